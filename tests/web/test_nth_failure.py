"""The n-th statement of every write fails: the old state or the new, and the log says which.

A database that goes away, a disk that is full: an error comes instead of a statement. RELEASE
SAVEPOINT stands for the commit, which a test's own transaction leaves out. A process that is
killed: see `killing.py`. By default the first and the last statement of each kind fail: what they
do, to which table, and reads before and after the first of them. `ATTACK=all` tries all.
"""

import ast
import hashlib
import os
import re
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from django.apps import apps
from django.db import OperationalError, connection, transaction

import shokibo.web
from shokibo.ledger.keys import ExternalIds
from shokibo.ledger.reading import Progress, Reading
from shokibo.web.audit import sealing
from shokibo.web.audit.models import Event
from shokibo.web.exchange import actions as exchange
from shokibo.web.exchange import dry_run
from shokibo.web.exchange.isolation import read_isolated
from shokibo.web.returns import actions as returns
from shokibo.web.running.backup import restore
from tests.builders import EXAMPLES
from tests.web.applications import proposed, submitted
from tests.web.imports import brought, downloaded, edited
from tests.web.installations import EMPTY, installed
from tests.web.killing import Killed
from tests.web.test_running import _run
from tests.web.world import World
from tests.web.writes import WRITES
from tests.web.writes.acting import Write

ALL_OF_THEM = os.environ.get("ATTACK") == "all"
CHANGED = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "\w+"|(?!SELECT)\w+')
"""What a statement changes, or does to the transaction; nothing for one that reads."""
KILLED = 4
"""So many tries of a killed process are between the first statement and the last."""
WEB = Path(shokibo.web.__file__).parent
OF_THE_MOMENT = {"sessions.session", "usersessions.usersession", "exchange.runprogress"}
"""What is no office's record: who is logged in, and how far the work on an import has come."""
UNLOGGED = {
    "audit.sealing._seal",
    "accounts.factor_secrets.bring_to_first_key",
    "certification.reminders._send",
    "exchange.actions.ask",
    "exchange.actions.again",
    "exchange.dry_run.dry_run",
    "exchange.models.Run.leave",
    "exchange.models.Run.leave of a waiting one",
    "exchange.tasks.take_up",
    "exchange.tasks._begun",
    "mail.backend.QueuedBackend.send_messages",
    "mail.tasks.take_up",
    "nation.tasks.take_up",
    "needs.computing.end",
    "needs.tasks.take_up",
    "running.demo.prepare_demo",
}
"""Writes of the program's own: no row of an office is changed."""
AROUND = {
    "people.views.invitation",
    "people.views.invite",
    "people.views.renew_invitation",
    "people.views.reset_second_factor",
    "api.operations.tables._add_writing",
    "api.views.make",
    "certification.views.letters.letters_file",
    "pages.grid.page._save",
}
"""Pages that hold one of the writes and what goes with it together; see the tests of pages."""
READING = {"running.backup._one_moment"}


class Failing:
    """Lists statements, and gives an error instead of the n-th. To go back never fails."""

    def __init__(self, at: int = 0) -> None:
        self.at, self.failed = at, ""
        self.statements: list[str] = []

    def __call__(
        self,
        execute: Callable[..., object],
        statement: str,
        values: object,
        many: bool,
        context: object,
    ) -> object:
        """Stand between the program and its database."""
        if not statement.startswith("ROLLBACK"):
            self.statements.append(statement)
            if len(self.statements) == self.at:
                self.failed = statement
                raise OperationalError("database or disk is full")
        return execute(statement, values, many, context)


@pytest.fixture(autouse=True)
def _files_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a workbook in a process of its own only the first time."""
    known = dict[bytes, Reading]()

    def once(name: str, content: bytes, tables: ExternalIds, _progress: Progress) -> Reading:
        if content not in known:
            known[content] = read_isolated(name, content, tables)
        return known[content]

    monkeypatch.setattr(dry_run, "read_isolated", once)


@pytest.mark.parametrize("name", WRITES)
def test_a_write_whose_nth_statement_fails_leaves_the_old_state(
    world: World, tmp_path: Path, name: str
) -> None:
    write = WRITES[name](world, tmp_path)
    statements = _statements(write)
    before, events = _state(), Event.objects.count()
    wrong = []
    for number in _tried(statements):
        undone = transaction.savepoint()
        fails, came_out = Failing(number), False
        with connection.execute_wrapper(fails):
            try:
                write()
            except OperationalError:
                came_out = True
        if not came_out or _state() != before:
            wrong.append((number, came_out, fails.failed))
        transaction.savepoint_rollback(undone)
    assert wrong == []
    write()
    assert _state() != before
    assert sealing.verify().broken is None
    is_logged = Event.objects.count() > events
    assert is_logged is (name not in UNLOGGED)


def _statements(write: Write) -> list[str]:
    """List the statements of a write, and take it back."""
    listing = Failing()
    with transaction.atomic():
        with connection.execute_wrapper(listing):
            write()
        transaction.set_rollback(True)
    return listing.statements


def _tried(statements: list[str]) -> list[int]:
    """Return the numbers of the statements that are to fail, from one."""
    if ALL_OF_THEM:
        return [*range(1, len(statements) + 1)]
    places: dict[tuple[str, bool], list[int]] = {}
    has_written = False
    for number, statement in enumerate(statements, 1):
        changed = CHANGED.match(statement)
        has_written = has_written or statement.startswith(("INSERT", "UPDATE", "DELETE"))
        kind = (changed[0], False) if changed else ("", has_written)
        places.setdefault(kind, []).append(number)
    return sorted({number for of_kind in places.values() for number in (of_kind[0], of_kind[-1])})


def _state() -> dict[str, str]:
    """Return a digest of every table."""
    state = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.label_lower in OF_THE_MOMENT:
                continue
            table, key = map(
                connection.ops.quote_name, (model._meta.db_table, model._meta.pk.column)
            )
            cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")  # noqa: S608
            digest = hashlib.sha256()
            for row in cursor:
                digest.update(
                    repr([bytes(v) if isinstance(v, memoryview) else v for v in row]).encode()
                )
            state[model._meta.label_lower] = digest.hexdigest()
    return state


def test_every_write_of_the_program_is_tried() -> None:
    tried = {name.partition(" ")[0] for name in WRITES} | {"running.backup.restore"}
    assert tried | AROUND | READING == set(_atomic_functions())


def _atomic_functions() -> Iterator[str]:
    """Name every function that opens a transaction, with its class where it has one."""
    for path in sorted(WEB.rglob("*.py")):
        module = ".".join(path.relative_to(WEB).with_suffix("").parts)
        if "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        scopes = [(module, tree.body)]
        scopes += [
            (f"{module}.{node.name}", node.body)
            for node in tree.body
            if isinstance(node, ast.ClassDef)
        ]
        for scope, body in scopes:
            for node in body:
                if isinstance(node, ast.FunctionDef) and "transaction.atomic" in _names(node):
                    yield f"{scope}.{node.name}"


def _names(function: ast.FunctionDef) -> set[str]:
    return {ast.unparse(node) for node in ast.walk(function) if isinstance(node, ast.Attribute)}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Back up an installation with a ledger in it."""
    folder = tmp_path_factory.mktemp("kept")
    environment = installed(folder / "var", EMPTY)
    for command in (("load", EXAMPLES / "form1"), ("backup", "--plain", "-o", folder / "backup")):
        done = _run(environment, *command)
        assert done.returncode == 0, done.stderr
    return folder / "backup"


@pytest.fixture
def sequences(db: None) -> Iterator[None]:
    """Set PostgreSQL's sequences back, which go with no transaction."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE last_value > 0")
        before = cursor.fetchall()
        yield
        cursor.executemany("SELECT setval(%s::text::regclass, %s)", before)


def test_a_restore_whose_nth_statement_fails_leaves_an_empty_database(
    sequences: None, kept: Path
) -> None:
    write, before = partial(restore, kept, None), _state()
    for number in _tried(_statements(write)):
        with (
            connection.execute_wrapper(Failing(number)),
            pytest.raises(OperationalError),
        ):
            write()
        assert _state() == before, number
    write()
    assert _state() != before
    assert sealing.verify().broken is None


# The process is killed


def _return_drafted(world: World) -> None:
    returns.draft(office=world.office("officer"), form=1, year=2022)


def _import_asked(world: World) -> None:
    content = edited(downloaded(world.office("officer")), "staff", "u-1", job="その他")
    run = brought(world, "officer", edited(content, "staff", "m-1", delete="○"))
    exchange.ask(office=world.office("officer"), run=run, version=run.version, reason="試験")


@pytest.mark.parametrize(
    ("act", "prepare", "actions"),
    [
        ("certify", proposed, ["application.certify"]),
        ("submit", _return_drafted, ["return.submit"] * 4),  # itself, two files, their digests
        ("return", submitted, ["application.return"]),
        ("apply", _import_asked, ["import.apply"] * 3),  # two rows and the run
    ],
)
def test_a_killed_process_leaves_the_old_state_or_the_new_one(
    committed_world: World,
    tmp_path: Path,
    act: str,
    prepare: Callable[[World], object],
    actions: list[str],
) -> None:
    prepare(committed_world)
    before, last = _state(), Event.objects.latest("pk").pk
    with Killed(act, tmp_path) as killed:
        count = killed.count()
        points = [1, count, *range(1, count, 1 if ALL_OF_THEM else max(count // KILLED, 1))]
        for point in (*sorted({*points}), "before the commit"):
            assert killed.act(point) == -signal.SIGKILL
            assert _state() == before, point
        assert killed.act("after the commit") == -signal.SIGKILL
    assert _state() != before
    new = Event.objects.filter(pk__gt=last).order_by("pk")
    assert list(new.values_list("action", flat=True)) == actions
    assert sealing.verify().broken is None
