"""Fixtures of the web application's tests."""

from pathlib import Path

import pytest

from tests.web.world import World, make_world


@pytest.fixture
def world(db: None, tmp_path: Path) -> World:
    """Two authorities and people of every role."""
    return make_world(tmp_path)
