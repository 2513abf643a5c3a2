"""The drill: a backup is restored elsewhere each night, compared, and shown to administrators."""

import datetime as dt
from pathlib import Path

import pytest
from django.db.migrations.recorder import MigrationRecorder

from scripts.with_postgresql import postgresql
from shokibo.web.running.drill import is_due
from shokibo.web.running.models import Drill
from tests.web.installations import DEMONSTRATION, EMPTY, installed
from tests.web.test_running import _environment, _python, _run
from tests.web.world import World

JAPAN = dt.timezone(dt.timedelta(hours=9))
FOUND = (
    "from shokibo.web.running.models import Drill\n"
    "for d in Drill.objects.all(): print(d.into, d.rows, bool(d.failure))\n"
)
DATABASES = (
    "from django.db import connection\n"
    "with connection.cursor() as c:\n"
    "    c.execute('SELECT datname FROM pg_database')\n"
    "    print(c.fetchall())\n"
)


def _at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 4, day, hour, minute, tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (_at(1, 2, 5), _at(1, 23), False),
        (_at(1, 2, 5), _at(2, 1, 59), False),
        (_at(1, 2, 5), _at(2, 2), True),
        (_at(1, 1, 59), _at(1, 2), True),
        (_at(1, 1, 59), _at(1, 1, 59), False),
        (_at(1, 2, 5), _at(9, 14), True),
    ],
)
def test_a_drill_is_due_once_a_night(
    db: None, last: dt.datetime, now: dt.datetime, due: bool
) -> None:
    Drill.objects.create(into="SQLite")
    Drill.objects.update(at=last)
    assert is_due(now) is due


def test_a_new_installation_is_drilled_from_its_first_night_on(db: None) -> None:
    MigrationRecorder.Migration.objects.update(applied=_at(1, 14))
    assert [is_due(now) for now in (_at(1, 15), _at(2, 1, 59), _at(2, 2))] == [False, False, True]


def test_the_drill_restores_everything_and_leaves_nothing(tmp_path: Path) -> None:
    environment = installed(tmp_path / "var", DEMONSTRATION)
    done = _run(environment, "drill")
    assert (done.returncode, "すべて同じであることを確かめました" in done.stderr) == (0, True)
    into, rows, failed = _python(environment, FOUND).split()
    assert (into, int(rows) > 400, failed) == ("SQLite", True, "False")
    assert not list((tmp_path / "var").glob("drill*"))


@pytest.mark.parametrize(("role", "into"), [("shokibo", "PostgreSQL"), ("runs", "SQLite")])
def test_on_postgresql_the_scratch_database_is_of_its_kind_where_permitted(
    tmp_path: Path, role: str, into: str
) -> None:
    with postgresql() as address:
        environment = _environment(tmp_path / "var", DATABASE_URL=address)
        granted = (
            "from django.db import connection\n"
            "with connection.cursor() as c:\n"
            "    c.execute('CREATE ROLE runs LOGIN; GRANT ALL ON SCHEMA public TO runs; "
            "GRANT ALL ON ALL TABLES IN SCHEMA public TO runs; "
            "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO runs')\n"
        )
        _python(environment, DEMONSTRATION + granted)
        theirs = {**environment, "DATABASE_URL": address.replace("shokibo@", f"{role}@")}
        done = _run(theirs, "drill")
        assert done.returncode == 0, done.stderr
        assert "drill" not in _python(environment, DATABASES)
        assert _python(environment, FOUND).split()[0] == into


def test_a_backup_that_can_not_be_restored_is_reported(tmp_path: Path) -> None:
    environment = installed(tmp_path / "var", DEMONSTRATION)
    spoiled = (
        "from django.db import connection\n"
        "with connection.cursor() as c:\n"
        "    c.execute('PRAGMA foreign_keys = 0')\n"
        "    c.execute('UPDATE accounts_membership SET home_id = 999 WHERE home_id IS NOT NULL')\n"
    )
    _python(environment, spoiled)
    done = _run(environment, "drill")
    assert (done.returncode, "控えを戻せませんでした" in done.stderr) == (2, True), done.stderr
    assert _python(environment, FOUND).split()[2] == "True"


def test_two_drills_do_not_run_at_once(tmp_path: Path) -> None:
    environment = installed(tmp_path / "var", EMPTY)
    (tmp_path / "var" / "drill").mkdir()
    done = _run(environment, "drill")
    assert (done.returncode, "もう動いています" in done.stderr) == (2, True)


def test_the_administrator_sees_the_last_good_day_and_a_failure(world: World) -> None:
    client = world.client("admin")
    assert "まだ確かめていません" in client.get("/people/").content.decode()
    Drill.objects.create(into="PostgreSQL", rows=563)
    page = client.get("/people/").content.decode()
    assert "令和4年4月5日" in page
    assert "PostgreSQLに563行" in page
    assert "控えを戻せませんでした" not in page
    Drill.objects.create(into="PostgreSQL", failure="IntegrityError: x")
    assert "控えを戻せませんでした" in client.get("/people/").content.decode()
