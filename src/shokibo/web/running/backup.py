"""Keep a whole installation in one file, and bring it back, on either database.

The file is a zip: `manifest.json` (program version, migrations, and of every table its rows and
SHA-256) and a file of JSON lines a table. What SQLite kept can be brought back to PostgreSQL.
"""

import datetime as dt
import hashlib
import json
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from shokibo.files import replacing
from shokibo.web.look import clock
from shokibo.web.refusal import RefusedError

_NOT_KEPT = {"contenttypes", "auth", "sessions", "django_tasks_database"}
"""Made by the program itself, or of the moment only."""
_BATCH = 500


class _Exact(DjangoJSONEncoder):
    """Keeps microseconds, which Django's own encoder cuts."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, dt.datetime) else super().default(o)


def backup(path: Path) -> dict[str, int]:
    """Write everything as it stands at one moment; give the rows by table.

    Raises OSError where the file can't be written.
    """
    with replacing([path]) as (draft,), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            tables = {_name(model): _write(archive, model) for model in _kept()}
            manifest = {
                "program": version("shokibo"),
                "made_at": clock.now().isoformat(timespec="seconds"),
                "migrations": _migrations(),
                "tables": tables,
            }
            archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    return {name: int(told["rows"]) for name, told in tables.items()}


def restore(path: Path) -> dict[str, int]:
    """Bring everything back into an empty database, or nothing; give the rows by table.

    Raises RefusedError where the file is damaged or of another version, or the database holds
    something already.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            _check(manifest)
            with transaction.atomic():
                return {
                    _name(model): _read(archive, model, manifest["tables"][_name(model)])
                    for model in _kept()
                }
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise _damaged(path.name) from error


def _kept() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if model._meta.managed and model._meta.app_label not in _NOT_KEPT
    ]


def _name(model: type[Model]) -> str:
    return model._meta.label_lower


def _write(archive: zipfile.ZipFile, model: type[Model]) -> dict[str, str | int]:
    digest, rows = hashlib.sha256(), 0
    with archive.open(f"{_name(model)}.jsonl", "w") as file:
        for row in model._default_manager.order_by("pk").iterator(_BATCH):
            line = serializers.serialize("jsonl", [row], cls=_Exact, sort_keys=True).encode()
            digest.update(line)
            file.write(line)
            rows += 1
    return {"rows": rows, "sha256": digest.hexdigest()}


def _check(manifest: dict[str, Any]) -> None:
    if manifest["migrations"] != _migrations():
        raise RefusedError(
            f"控えは別の版(shokibo {manifest['program']})のものです。"
            "その版のプログラムで戻してから、新しい版にしてください。",
            f"The backup is of another version (shokibo {manifest['program']}). "
            "Restore it with that version, then upgrade.",
        )
    if any(model._default_manager.exists() for model in _kept()):
        raise RefusedError(
            "データベースが空ではありません。空のデータベースに戻してください。"
            "今の内容は shokibo backup で控えられます。",
            "The database is not empty. Restore into an empty one; "
            "`shokibo backup` keeps what is there now.",
        )


def _read(archive: zipfile.ZipFile, model: type[Model], told: dict[str, Any]) -> int:
    with archive.open(f"{_name(model)}.jsonl") as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() != told["sha256"]:
        raise ValueError(_name(model))
    for found in serializers.deserialize("jsonl", content.decode()):
        found.object.save_base(raw=True, force_insert=True)  # as it was: no field set anew
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)
    return int(told["rows"])


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app not in _NOT_KEPT)


def _damaged(name: str) -> RefusedError:
    return RefusedError(
        f"「{name}」は shokibo の控えではないか、壊れています。何も戻していません。",
        f"{name} is no backup of shokibo, or is damaged. Nothing was restored.",
    )
