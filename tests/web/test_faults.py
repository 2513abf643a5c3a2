"""What stands after the process was killed, and what is said while the database is away."""

import hashlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.models import Model
from django.test import Client

from scripts.with_postgresql import server
from shokibo.web.accounts.models import Person
from shokibo.web.audit.models import Event
from shokibo.web.certification.models import Application, Comment
from shokibo.web.returns import actions as returns
from shokibo.web.returns.models import Return, ReturnFile
from shokibo.web.running.practice import PASSWORD
from tests.web.applications import proposed, submitted
from tests.web.test_running import SHOKIBO, _answer, _environment, _free_port
from tests.web.world import OURS, World

CHILD = """
import os, signal
from shokibo.web.running.setup import ready
ready()
from django.db.backends.base.base import BaseDatabaseWrapper
from shokibo.web.accounts.access import access_of
from shokibo.web.accounts.models import Person
from shokibo.web.audit import recording
from shokibo.web.certification import actions as applications
from shokibo.web.certification.models import Application, Comment
from shokibo.web.returns import actions as returns
from shokibo.web.returns.models import Return

def office(email):
    return access_of(Person.objects.get(email=email)).office("{code}")

def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def then_die(done):
    def doing(*args, **kwargs):
        done(*args, **kwargs)
        die()
    return doing

{prepared}
{point}
{act}
"""
ACTS = {
    "submit a return": (
        "who, row = office('approver@example.jp'), Return.objects.get(state='draft')",
        "returns.submit(office=who, drafted=row, version=row.version, letter_number='1',"
        " letter_date=None, left_blank={'letter_date'})",
    ),
    "certify": (
        "who, row = office('approver@example.jp'), Application.objects.get(state='proposed')",
        "applications.certify(office=who, application=row, version=row.version)",
    ),
    "return an application": (
        "who, row = office('officer@example.jp'), Application.objects.get(state='submitted')",
        "applications.send_for_correction("
        "office=who, application=row, version=row.version, comments={'unit': '直す'})",
    ),
}
_COMMIT = "BaseDatabaseWrapper.commit"
POINTS = {
    "after the row, before the event": "recording._log = die",
    "after the event": "recording._log = then_die(recording._log)",
    "before the files": "returns.add_all = die",
    "before the comment": "Comment.save = die",
    "before the commit": f"{_COMMIT} = die",
    "after the commit": f"{_COMMIT} = then_die({_COMMIT})",
}
OF_ALL = {"after the row, before the event", "before the commit", "after the commit"}
CASES = [
    *((act, point) for act in ACTS for point in POINTS if point in OF_ALL),
    ("submit a return", "after the event"),
    ("submit a return", "before the files"),
    ("return an application", "before the comment"),
]


@pytest.mark.parametrize(("act", "point"), CASES)
def test_a_killed_process_leaves_the_old_state_or_the_new_one(
    committed_world: World, tmp_path: Path, act: str, point: str
) -> None:
    _prepare(committed_world, act)
    before = _standing()
    prepared, doing = ACTS[act]
    code = CHILD.format(code=OURS, prepared=prepared, point=POINTS[point], act=doing)
    child = subprocess.run(
        [sys.executable, "-c", code], env=_beside(tmp_path), capture_output=True, text=True
    )
    assert child.returncode == -signal.SIGKILL, child.stderr
    if point != "after the commit":
        assert _standing() == before
        return
    new = {label: rows - before[label] for label, rows in _standing().items()}
    _WHOLE[act](new)


def _prepare(world: World, act: str) -> None:
    if act == "submit a return":
        returns.draft(office=world.office("officer"), form=1, year=2022)
    elif act == "certify":
        proposed(world)
    else:
        submitted(world)


def _standing() -> dict[str, set[tuple[object, ...]]]:
    """Give every row that the acts touch."""
    models: tuple[type[Model], ...] = (Return, ReturnFile, Application, Comment, Event)
    return {
        model._meta.label_lower: {
            tuple(str(value) for value in row)
            for row in model._default_manager.values_list(*_plain(model))
        }
        for model in models
    }


def _plain(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _is_submitted(new: dict[str, set[tuple[object, ...]]]) -> None:
    row = Return.objects.get()
    files = ReturnFile.objects.filter(of=row)
    assert (row.state, files.count()) == ("submitted", 2)
    assert all(hashlib.sha256(bytes(f.content)).hexdigest() == f.sha256 for f in files)
    assert len(new["audit.event"]) == 1 + 2 + 1  # the return, its files, their digests


def _is_certified(new: dict[str, set[tuple[object, ...]]]) -> None:
    row = Application.objects.get(code="2022-0001")
    assert (row.state, row.certified_extra) == ("certified", 1)
    assert len(new["audit.event"]) == 1


def _is_returned(new: dict[str, set[tuple[object, ...]]]) -> None:
    row = Application.objects.get(code="2022-0001")
    assert (row.state, [c.text for c in row.comments.all()]) == ("returned", ["直す"])
    assert len(new["audit.event"]) == 1


_WHOLE = {
    "submit a return": _is_submitted,
    "certify": _is_certified,
    "return an application": _is_returned,
}


def _beside(folder: Path) -> dict[str, str]:
    """Give the environment of a process on this test's database."""
    name = str(connection.settings_dict["NAME"])
    given = os.environ.get("DATABASE_URL", "")
    address = f"{given.rpartition('/')[0]}/{name}" if given else f"sqlite:///{name}"
    return {**_environment(folder), "DATABASE_URL": address, "SHOKIBO_TODAY": "2022-04-05"}


# The database away


class _Away:
    """Stands for anything that asks the database."""

    def __call__(self, *_args: object, **_kwargs: object) -> None:
        raise OperationalError("server closed the connection")


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (SessionStore, "load"),
        (SessionStore, "save"),
        (AuthenticationBackend, "authenticate"),
        (Person, "memberships"),
        (cache, "get"),
    ],
    ids=["session", "session saved", "log-in", "roles", "cache"],
)
def test_whatever_asks_the_database_gives_the_plain_page_while_it_is_away(
    world: World, monkeypatch: pytest.MonkeyPatch, place: object, name: str
) -> None:
    client = world.client("officer")
    client.raise_request_exception = False
    monkeypatch.setattr(place, name, property(_Away()) if name == "memberships" else _Away())
    sent = {"login": "officer@example.jp", "password": PASSWORD}
    answers = [
        client.get(f"/{OURS}/register/"),
        Client(raise_request_exception=False).post("/account/login/", sent),
    ]
    away = [answer for answer in answers if answer.status_code != 200]
    assert away
    for answer in away:
        assert answer.status_code == 503
        assert answer["Retry-After"] == "30"
        assert "データベースに接続できません" in answer.content.decode()


def test_the_pages_come_back_when_the_database_does(tmp_path: Path) -> None:
    with server() as database:
        port = _free_port()
        root = f"http://127.0.0.1:{port}"
        program = subprocess.Popen(
            [SHOKIBO, "serve", "--demo", "--port", str(port)],
            env=_environment(tmp_path / "var", DATABASE_URL=database.address),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            _answer(f"{root}/health/", program)
            person = _LoggedIn(root)
            pages = ["/", "/account/", "/131121/register/", "/131121/applications/"]
            assert [person.status(page) for page in pages] == [200] * 4
            database.stop()
            assert [person.status(page) for page in [*pages, "/health/"]] == [503] * 5
            assert person.log_in() == 503
            assert "入力した内容は登録されていません" in person.said
            database.start()
            until = time.monotonic() + 30
            while person.status("/") != 200 and time.monotonic() < until:
                time.sleep(0.2)
            assert [person.status(page) for page in pages] == [200] * 4
        finally:
            program.kill()
            program.communicate()


class _LoggedIn:
    """A person with a browser's cookies. `said` is the last page."""

    def __init__(self, root: str) -> None:
        self.root, self.said, self.cookies = root, "", CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.status("/account/login/")
        assert self.log_in() == 200

    def log_in(self) -> int:
        token = next(c.value for c in self.cookies if c.name == "csrftoken")
        given = {"login": "officer@example.jp", "password": PASSWORD, "csrfmiddlewaretoken": token}
        return self.status("/account/login/", urllib.parse.urlencode(given).encode())

    def status(self, page: str, sent: bytes | None = None) -> int:
        try:
            with self.opener.open(self.root + page, sent, timeout=60) as answer:
                self.said = answer.read().decode()
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                self.said = error.read().decode()
            return error.code
