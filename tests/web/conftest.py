"""Fixtures of the web application's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from shokibo.web.store import answers
from tests.web.world import World, make_world


@pytest.fixture(autouse=True)
def _nothing_left() -> None:
    """Forget the wrong passwords and the answers of the test before, whose keys are given again."""
    cache.clear()
    answers._answers.clear()


@pytest.fixture
def world(db: None, tmp_path: Path) -> World:
    """Two authorities and people of every role."""
    return make_world(tmp_path)


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """Commit what a test writes, for tests with several connections.

    Emptying SQLite's tables afterwards deletes rows that the database refuses to delete, so its
    triggers are away for that moment. PostgreSQL truncates, which asks no trigger.
    """
    yield
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        call_command("flush", interactive=False, verbosity=0)
        for _, statement in triggers:
            cursor.execute(statement)


@pytest.fixture
def committed_world(committed: None, tmp_path: Path) -> World:
    """Return a world that is committed."""
    return make_world(tmp_path)
