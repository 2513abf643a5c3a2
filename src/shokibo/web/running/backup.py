"""Writing a whole installation to a file, and restoring it, on either database.

The file's first line is the manifest: program version, migrations, and the number of rows of every
table. A line per row follows. A backup of SQLite can be restored to PostgreSQL. Rows are processed
one by one, so that memory is bounded by the largest row, not by the installation.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import (
    DEFAULT_DB_ALIAS,
    DataError,
    IntegrityError,
    connection,
    connections,
    transaction,
)
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import BinaryField, Model

from shokibo.web.audit.sealing import anchor, seal_all
from shokibo.web.base import clock
from shokibo.web.base.refusal import RefusedError
from shokibo.web.care import deletions
from shokibo.web.running.backup_file import DamagedError, reading, writing

_LEFT_OUT = {
    "contenttypes",
    "auth",
    "sessions",
    "usersessions",
    "mail",
    "django_tasks_database",
    "running.drill",
    "accounts.draft",
}
"""Apps and tables that the program makes itself, or that are temporary."""
_BATCH = 500


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first line of the file, under the same seal as the rows.

    `log` is the last seal of the log, to be compared with the log years later.
    """

    program: str
    made_at: str
    migrations: list[str]
    tables: dict[str, int]
    log: str


@dataclass(frozen=True)
class Content:
    """The contents of a backup or database: rows by table, their digest, the log's last seal."""

    rows: dict[str, int]
    sha256: str
    log: str


@dataclass(frozen=True)
class Restored:
    """What was restored, and how many rows of children were deleted again."""

    content: Content
    deleted_again: int


class _Exact(DjangoJSONEncoder):
    """Writes microseconds, which Django's own encoder cuts."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, dt.datetime) else super().default(o)


def backup(path: Path, passphrase: str | None) -> Content:
    """Write everything as of one moment, with the list of deletions next to it; None: unencrypted.

    Raises OSError if the file can't be written, and RefusedError if the database is of another
    version.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RefusedError(
            "データベースがこの版のものではありません(空か、以前の版です)。"
            "DATABASE_URL と SHOKIBO_VAR を確かめ、shokibo serve でこの版にしてください。",
            "The database is not of this version (it is empty, or of a former one). Check "
            "DATABASE_URL and SHOKIBO_VAR; `shokibo serve` upgrades it.",
        )
    seal_all()
    with _one_moment():
        manifest = Manifest(
            program=version("shokibo"),
            made_at=clock.now().isoformat(timespec="seconds"),
            migrations=_migrations(),
            tables=_rows(),
            log=str(anchor()),
        )
        digest = hashlib.sha256()
        with writing(path, passphrase) as write:
            write(msgspec.json.encode(manifest) + b"\n")
            for line in _lines():
                digest.update(line)
                write(line)
    deletions.keep(path.parent)
    return Content(manifest.tables, digest.hexdigest(), manifest.log)


def restore(path: Path, passphrase: str | None) -> Restored:
    """Restore everything into an empty database, or nothing.

    Records of children that were deleted since are deleted again, by the lists of deletions next to
    the backup and in the program's own folder.

    Raises OSError where the file can't be read, and RefusedError where it is damaged, of the other
    kind or of another version, or the database holds something already.
    """
    try:
        with reading(path, passphrase) as lines, transaction.atomic():
            manifest = _manifest_in(next(lines, b""))
            digest = hashlib.sha256()
            _restore_rows(manifest.tables, lines, digest)
            deleted = deletions.repeat([path.parent, settings.ENVIRONMENT.var])
        return Restored(Content(manifest.tables, digest.hexdigest(), manifest.log), deleted)
    except (DamagedError, DeserializationError, IntegrityError, DataError) as error:
        raise RefusedError(
            f"「{path.name}」は shokibo の控えではないか、壊れています。何も戻していません。",
            f"{path.name} is no backup of shokibo, or is damaged. Nothing was restored.",
        ) from error


def content() -> Content:
    """Return what the database holds now."""
    digest = hashlib.sha256()
    with _one_moment():
        rows, last = _rows(), str(anchor())
        for line in _lines():
            digest.update(line)
    return Content(rows, digest.hexdigest(), last)


def backed_up() -> list[type[Model]]:
    """Return the tables that a backup holds."""
    return [
        model
        for model in apps.get_models()
        if model._meta.managed and not {model._meta.app_label, _name(model)} & _LEFT_OUT
    ]


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as of one moment, and let people write meanwhile."""
    connection.ensure_connection()
    with ExitStack() as stack:
        if connection.vendor == "sqlite":  # as a reader, who takes no lock
            wrapper = vars(connections[DEFAULT_DB_ALIAS])
            stack.callback(wrapper.update, transaction_mode=wrapper["transaction_mode"])
            wrapper["transaction_mode"] = "DEFERRED"
        stack.enter_context(transaction.atomic())
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _rows() -> dict[str, int]:
    return {_name(model): model._default_manager.count() for model in backed_up()}


def _lines() -> Iterator[bytes]:
    """Return every row as a line of JSON, in the order of the tables and of their keys."""
    for model in backed_up():
        holds_files = any(isinstance(field, BinaryField) for field in model._meta.concrete_fields)
        rows = model._default_manager.order_by("pk").iterator(1 if holds_files else _BATCH)
        for row in rows:
            yield serializers.serialize("jsonl", [row], cls=_Exact, sort_keys=True).encode()


def _name(model: type[Model]) -> str:
    return model._meta.label_lower


def _manifest_in(line: bytes) -> Manifest:
    """Read the manifest, and refuse what can't be restored here and now."""
    try:
        manifest = msgspec.json.decode(line, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedError from error
    if manifest.migrations != _migrations():
        raise RefusedError(
            f"控えは別の版(shokibo {manifest.program})のものです。"
            "その版のプログラムで戻してから、新しい版にしてください。",
            f"The backup is of another version (shokibo {manifest.program}). "
            "Restore it with that version, then upgrade.",
        )
    if any(model._default_manager.exists() for model in backed_up()):
        raise RefusedError(
            "データベースが空ではありません。空のデータベースに戻してください。"
            "今の内容は shokibo backup で控えられます。",
            "The database is not empty. Restore into an empty one; "
            "`shokibo backup` keeps what is there now.",
        )
    if sorted(manifest.tables) != sorted(map(_name, backed_up())):
        raise DamagedError
    return manifest


def _restore_rows(tables: dict[str, int], lines: Iterator[bytes], digest: "hashlib._Hash") -> None:
    """Restore as many rows of each table as the manifest counts, and no line more."""
    for model in backed_up():
        for _ in range(tables[_name(model)]):
            line = next(lines, b"")
            digest.update(line)
            try:
                (found,) = serializers.deserialize("jsonl", [line])  # a text is split at U+2028
                if type(found.object) is not model:
                    raise DamagedError
                found.object.save_base(raw=True, force_insert=True)  # no field is set by a save
            except (ValueError, TypeError, OverflowError) as error:
                raise DamagedError from error
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
                cursor.execute(statement)
    if next(lines, None) is not None:  # read to the end, which is under the seal too
        raise DamagedError


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app not in _LEFT_OUT)
