"""A nation after ten years at work: its pages with ten million events in the log, in PostgreSQL.

`python -m benchmarks.decade` loads the nation of `load_office`, adds ten years of returns and of
events with their seals (`decade_rows`), and prints the times of pages, the sizes and the times of
indexes, and the time of a migration. `--events N` makes a smaller log.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import load_office
from benchmarks.load import production
from benchmarks.measure import Figures, run
from scripts.with_postgresql import postgresql

EVENTS = 10_000_000
TIMES = 9
SIZES_FILE = "sizes.json"


def main() -> None:
    """Make the nation, measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.decade")
    parser.add_argument("--events", type=int, default=EVENTS)
    wanted = parser.parse_args().events
    with TemporaryDirectory() as folder, postgresql() as database:
        Path(folder).chmod(0o755)
        Path(folder, SIZES_FILE).write_text(json.dumps({"events": wanted}), "utf-8")
        environment = production(database, folder)
        for task in (load_office.fill, grow, measure):
            name = f"{task.__module__}:{task.__name__}".replace("__main__", "benchmarks.decade")
            command = (sys.executable, "-m", "benchmarks.measure", name, folder)
            done = run(*command, environment=environment)
            print(f"{task.__name__}: {done.seconds:.0f} s, peak {done.peak_mb:.0f} MB")
            for figure, value in json.loads(done.output).items():
                print(f"  {figure}: {value:,.1f}")


def grow(folder: str) -> Figures:
    """Add ten years of returns and of events; return the rows and the seconds that it took."""
    from shokibo.web.running.setup import ready

    ready()
    from benchmarks import decade_rows

    events = json.loads(Path(folder, SIZES_FILE).read_text("utf-8"))["events"]
    begin = time.perf_counter()
    returns = decade_rows.add_returns()
    of_returns = time.perf_counter() - begin
    decade_rows.add_events(events)
    of_events = time.perf_counter() - begin - of_returns
    return {"returns": returns, "s of returns": of_returns, "s of events": of_events}


def measure(_folder: str) -> Figures:
    """Give the milliseconds of pages, of a month of the log by each index, and of a migration."""
    from shokibo.web.running.setup import ready

    ready()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = False
    return {**dict(_pages()), **dict(_sizes()), **dict(_indexes()), **dict(_migration())}


def _pages() -> Iterator[tuple[str, float]]:
    """Open each page several times; its first time is that of a process that has just begun."""
    from django.test import Client

    from shokibo.web.accounts.models import Membership, Person
    from shokibo.web.register.models import Authority

    authority = Authority.objects.order_by("code")[0]
    people = {}
    for role in ("officer", "auditor", "ministry"):
        people[role] = Person.objects.create_user(f"decade-{role}@example.jp", f"架空 {role}")
        of = None if role == "ministry" else authority
        Membership.objects.create(person=people[role], role=role, authority=of)
    form = f"form=1&year={load_office.YEAR}"
    day = f"{load_office.YEAR}-05-01"
    for name, role, path in (
        ("start page", "officer", f"/{authority.code}/"),
        ("roll-up", "ministry", f"/nation/?{form}"),
        ("map of years", "ministry", "/nation/timeliness/?form=1"),
        ("over the years", "ministry", "/nation/years/?form=1"),
        ("by prefecture", "ministry", f"/nation/prefectures/?{form}"),
        ("log", "auditor", f"/{authority.code}/log/"),
        ("log from a day", "auditor", f"/{authority.code}/log/?from={day}"),
        ("log by words", "auditor", f"/{authority.code}/log/?words=架空職員123"),
        ("log, page 50", "auditor", f"/{authority.code}/log/?page=50"),
    ):
        client = Client()
        client.force_login(people[role])
        seconds = [_seconds(partial(_opened, client, path)) for _ in range(TIMES)]
        yield f"ms of {name}, first", seconds[0] * 1000
        yield f"ms of {name}", statistics.median(seconds[1:]) * 1000


def _opened(client: object, path: str) -> None:
    answer = client.get(path, secure=True)  # type: ignore[attr-defined]
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")


def _sizes() -> Iterator[tuple[str, float]]:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("audit_event", "audit_seal", "returns_return"):
            cursor.execute(f"SELECT count(*), pg_total_relation_size('{table}') FROM {table}")  # noqa: S608
            rows, size = cursor.fetchone()
            yield f"rows of {table}", rows
            yield f"MB of {table} with its indexes", size / 2**20


def _indexes() -> Iterator[tuple[str, float]]:
    """Count a month's events of all authorities without an index on the day, by BRIN, by B-tree."""
    with _statements() as execute:
        month = f"at >= '{load_office.YEAR - 3}-04-01' AND at < '{load_office.YEAR - 3}-05-01'"
        ask = f"SELECT count(*) FROM audit_event WHERE {month}"  # noqa: S608
        yield "ms of a month without an index on the day", _seconds(lambda: execute(ask)) * 1000
        for kind in ("brin", "btree"):
            make = f"CREATE INDEX measured_{kind} ON audit_event USING {kind} (at)"
            yield f"s to make {kind}", _seconds(partial(execute, make))
            execute("VACUUM ANALYZE audit_event")
            execute(ask)
            yield f"ms of a month by {kind}", _seconds(lambda: execute(ask)) * 1000
            size: Any = execute(f"SELECT pg_relation_size('measured_{kind}') / 1048576.0")
            yield f"MB of {kind}", float(size)
            execute(f"DROP INDEX measured_{kind}")


def _migration() -> Iterator[tuple[str, float]]:
    """Add a column with a default, and drop it: what a later version's migration may do."""
    with _statements() as execute:
        add = "ALTER TABLE audit_event ADD COLUMN measured integer NOT NULL DEFAULT 0"
        yield "ms to add a column to the log", _seconds(lambda: execute(add)) * 1000
        drop = "ALTER TABLE audit_event DROP COLUMN measured"
        yield "ms to drop it", _seconds(lambda: execute(drop)) * 1000
    from django.core.management import call_command

    yield (
        "s of `migrate` with nothing to do",
        _seconds(lambda: call_command("migrate", verbosity=0)),
    )


@contextmanager
def _statements() -> Iterator[Callable[[str], object]]:
    from django.db import connection

    with connection.cursor() as cursor:

        def execute(statement: str) -> object:
            cursor.execute(statement)
            return cursor.fetchone()[0] if statement.startswith("SELECT") else None

        yield execute


def _seconds(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
