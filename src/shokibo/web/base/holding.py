"""One process at a time works on a task's row; a dead process holds nothing."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

from django.db import Error, connection

from shokibo.files import private


class Work(Enum):
    """What is worked on; the value is the first number of its PostgreSQL advisory locks.

    The second number is the row's key.
    """

    RUN = 7_310_452
    CALCULATION = 7_310_453
    DELIVERED_FILE = 7_310_454


@contextmanager
def claimed(work: Work, key: int) -> Iterator[bool]:
    """Claim a row while it is worked on; yields False if another living process has claimed it."""
    claim = _in_database if connection.vendor == "postgresql" else _in_file
    with claim(work, key) as is_claimed:
        yield is_claimed


@contextmanager
def _in_database(work: Work, key: int) -> Iterator[bool]:
    if not _asked("pg_try_advisory_lock", work, key):
        yield False
        return
    try:
        yield True
    finally:
        with suppress(Error):  # the lock went with the connection
            _asked("pg_advisory_unlock", work, key)


def _asked(function: str, work: Work, key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [work.value, key])
        (is_done,) = cursor.fetchone()
    return bool(is_done)


@contextmanager
def _in_file(work: Work, key: int) -> Iterator[bool]:
    """Lock a file next to SQLite's: all its processes are on one machine."""
    path = Path(f"{connection.settings_dict['NAME']}-{work.name.lower()}-{key}")
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
