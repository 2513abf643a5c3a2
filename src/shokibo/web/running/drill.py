"""The drill: make a backup, restore it into a scratch database, and compare both.

`python -m shokibo.web.running.drill` is one; with a FILE it is its second half, which restores on
the database that its environment names, and prints what is there then.
"""

import datetime as dt
import json
import logging
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from django.db import DatabaseError

from shokibo.web.base.refusal import RefusedError
from shokibo.web.running.setup import migrate, ready

if TYPE_CHECKING:
    from shokibo.web.running.models import Drill

NIGHT = dt.time(2)
"""The time from which the night's drill is due."""
_DAY = 86_400
_LOG = logging.getLogger(__name__)


def drill() -> "Drill":
    """Make a backup, restore it elsewhere, compare; record and log the outcome."""
    from django.conf import settings

    from shokibo.web.running.models import Drill

    began = time.monotonic()
    done = Drill()
    with _alone(settings.ENVIRONMENT.var / "drill") as folder:
        try:
            _try(done, folder)
        except (DatabaseError, OSError, RefusedError) as error:
            done.failure = f"{type(error).__name__}: {error}"
    done.seconds = round(time.monotonic() - began)
    done.save()
    if done.failure:
        _LOG.error("drill: the backup could not be restored: %s", done.failure)
    else:
        _LOG.info("drill: %s rows restored into %s in %s s", done.rows, done.into, done.seconds)
    return done


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    """Return the drill's folder. Raises RefusedError while another has it.

    What a drill that was killed left there is removed after a day.
    """
    if folder.exists() and folder.stat().st_mtime < time.time() - _DAY:
        shutil.rmtree(folder)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError as error:
        raise RefusedError(
            f"復元の確認がもう動いています。動いていなければ {folder} を消してください。",
            f"A drill is under way already. If none is, delete {folder}.",
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _try(done: "Drill", folder: Path) -> None:
    from shokibo.web.running.backup import backup

    passphrase = token_hex(20)
    file = folder / "backup"
    written = backup(file, passphrase)
    with _scratch(folder) as (done.into, address):
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("SHOKIBO_")}
        own = {
            "DATABASE_URL": address,
            "SHOKIBO_VAR": str(folder / "var"),
            "SHOKIBO_BACKUP_KEY": passphrase,
        }
        restored = subprocess.run(  # noqa: S603
            [sys.executable, "-m", __name__, str(file)],
            env={**inherited, **own},
            capture_output=True,
            text=True,
            check=False,
        )
    if restored.returncode:
        done.failure = restored.stderr.strip()[-2_000:]
    elif json.loads(restored.stdout) != asdict(written):
        done.failure = "what was restored differs from what was backed up"
    done.rows = sum(written.rows.values())


@contextmanager
def _scratch(folder: Path) -> Iterator[tuple[str, str]]:
    """Return a kind and the address of an empty database that is gone afterwards.

    It is of the same kind where this installation may make one, otherwise SQLite, which a backup of
    PostgreSQL can be restored to as well.
    """
    from django.conf import settings
    from django.db import connection

    may_create = False
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            )
            (may_create,) = cursor.fetchone()
    if not may_create:
        yield "SQLite", f"sqlite:///{folder / 'scratch.sqlite3'}"
        return
    name = connection.ops.quote_name(scratch := f"shokibo_drill_{token_hex(6)}")
    parts = urlsplit(settings.ENVIRONMENT.database_url)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield "PostgreSQL", urlunsplit(parts._replace(path=f"/{scratch}"))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def is_due(now: dt.datetime) -> bool:
    """Return whether this night's drill is still to be done; a new installation counts as one."""
    from django.db.migrations.recorder import MigrationRecorder

    from shokibo.web.running.models import Drill

    last = Drill.objects.order_by("-at").values_list("at", flat=True).first()
    if last is None:
        last = MigrationRecorder.Migration.objects.earliest("applied").applied
    night = dt.datetime.combine(now, NIGHT, now.tzinfo)
    return last < (night if now >= night else night - dt.timedelta(days=1))


if __name__ == "__main__":
    ready()
    if sys.argv[1:]:
        migrate()
        from shokibo.web.running.backup import content, restore

        restore(Path(sys.argv[1]), os.environ["SHOKIBO_BACKUP_KEY"])
        print(json.dumps(asdict(content())))  # noqa: T201 - the answer to the process that asks
    else:
        drill()
