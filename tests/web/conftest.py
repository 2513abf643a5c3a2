"""Fixtures of the web application's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.web.world import World, make_world


@pytest.fixture
def world(db: None, tmp_path: Path) -> World:
    """Two authorities and people of every role."""
    return make_world(tmp_path)


@pytest.fixture
def _triggers_again(django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    """Put back what `committed_world` took away; torn down after the tables are emptied."""
    statements: list[str] = []
    yield statements
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def committed_world(
    _triggers_again: list[str], transactional_db: None, tmp_path: Path
) -> Iterator[World]:
    """Give a world that is committed, for tests with several connections.

    Emptying SQLite's tables afterwards deletes rows that the database refuses to delete, so its
    triggers are away for that moment. PostgreSQL truncates, which asks no trigger.
    """
    yield make_world(tmp_path)
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, statement in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
            _triggers_again.append(statement)
