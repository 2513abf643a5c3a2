"""The program's log: a refused request is one line, a failure has its traceback."""

import io
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from shokibo.web import settings as production
from tests.web.world import OURS, World


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Collect what an installation's handler writes."""
    config: Any = production.LOGGING
    assert config["handlers"]["console"]["filters"] == ["refusals"]
    filters = logging.config.DictConfigurator(config)
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(filters.configure_filter(filters.config["filters"]["refusals"]))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("officer", "/nowhere/", 404),
        ("officer", "/people/", 404),
        ("officer", f"/{OURS}/log/", 403),
    ],
)
def test_a_refused_page_is_one_line(
    world: World, log: io.StringIO, role: str, path: str, status: int
) -> None:
    assert world.client(role).get(path).status_code == status
    lines = log.getvalue().splitlines()
    assert len(lines) == 1
    assert path in lines[0]


def test_an_unserved_host_name_is_one_line_of_log(db: None, log: io.StringIO) -> None:
    assert Client().get("/", headers={"Host": "elsewhere.example"}).status_code == 400
    assert len(log.getvalue().splitlines()) == 1


def test_a_failure_has_its_traceback(
    world: World, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("shokibo.web.people.views.menu_of", fail)
    client = world.client("officer")
    client.raise_request_exception = False
    assert client.get("/").status_code == 500
    assert "ZeroDivisionError" in log.getvalue()
    assert "Traceback" in log.getvalue()
