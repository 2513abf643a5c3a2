"""One process at a time works on a run; what a process held is free as soon as it is dead."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import Error, connection

from shokibo.files import private

_LOCKS_OF_RUNS = 7_310_452
"""The first number of PostgreSQL's advisory locks on runs; the second is the run's key."""


@contextmanager
def claimed(run: int) -> Iterator[bool]:
    """Claim a run while it is worked on; False where another living process has claimed it."""
    claim = _in_database if connection.vendor == "postgresql" else _in_file
    with claim(run) as is_claimed:
        yield is_claimed


@contextmanager
def _in_database(run: int) -> Iterator[bool]:
    if not _asked("pg_try_advisory_lock", run):
        yield False
        return
    try:
        yield True
    finally:
        with suppress(Error):  # the lock went with the connection
            _asked("pg_advisory_unlock", run)


def _asked(function: str, run: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [_LOCKS_OF_RUNS, run])
        (is_done,) = cursor.fetchone()
    return bool(is_done)


@contextmanager
def _in_file(run: int) -> Iterator[bool]:
    """Lock a file next to SQLite's, whose processes are all on one machine."""
    path = Path(f"{connection.settings_dict['NAME']}-run-{run}")
    with open(path, "ab", opener=private) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        try:
            yield True
        finally:
            path.unlink(missing_ok=True)
