"""The lines that an office's collector gets: one JSON each, no values, nothing that ends a line."""

import datetime as dt
import json
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import Act, note
from shokibo.web.audit.sealing import anchor, seal_all
from shokibo.web.base.lines import LINES, write_line
from tests.web.world import OURS, World


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def of(self, kind: str) -> list[dict[str, object]]:
        return [one for one in map(json.loads, self.lines) if one["line"] == kind]


@pytest.fixture
def collector() -> Iterator[_Collector]:
    """Collect the lines as in production."""
    made, level = _Collector(), LINES.level
    LINES.addHandler(made)
    LINES.setLevel(logging.INFO)
    yield made
    LINES.removeHandler(made)
    LINES.setLevel(level)


def test_each_event_is_one_line_with_its_seal(
    committed_world: World, collector: _Collector
) -> None:
    officer = committed_world.people["officer"]
    seal_all()
    collector.lines.clear()
    note(Act(officer, "export.ledger", "秘密の理由"), committed_world.home, {"file": "x.xlsx"})
    (line,) = collector.of("event")
    event = Event.objects.latest("pk")
    assert line["seal"] == str(anchor())
    assert (line["action"], line["actor"]) == ("export.ledger", officer.pk)
    assert (line["authority"], line["home"]) == (event.authority_id, committed_world.home.pk)
    at = dt.datetime.fromisoformat(str(line["at"]))
    assert at.utcoffset() is not None
    assert at == event.at
    assert "秘密" not in collector.lines[0]
    assert "x.xlsx" not in collector.lines[0]


@pytest.mark.parametrize(
    ("role", "method", "path", "status"),
    [
        ("home_staff", "GET", f"/{OURS}/log/", 403),
        ("officer:other", "GET", f"/{OURS}/register/", 404),
        ("officer", "DELETE", f"/{OURS}/register/", 405),
        ("officer", "GET", f"/{OURS}/register/?as_of=kinou", 400),
    ],
)
def test_a_refused_request_says_who_asked_for_what(
    world: World, collector: _Collector, role: str, method: str, path: str, status: int
) -> None:
    assert world.client(role).generic(method, path).status_code == status
    (line,) = collector.of("refusal")
    assert (line["status"], line["method"]) == (status, method)
    assert line["path"] == path.partition("?")[0]
    assert line["person"] == world.people[role].pk


def test_a_form_without_its_token_and_a_wrong_api_token_are_lines(
    world: World, collector: _Collector
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.client("officer").cookies
    assert client.post("/language/", {"language": "en"}).status_code == 403
    wrong = Client().get("/api/v1/me", headers={"authorization": "Bearer wrong"})
    assert wrong.status_code == 401
    assert [line["status"] for line in collector.of("refusal")] == [403, 401]
    assert "wrong" not in "".join(collector.lines)


def test_a_page_that_answers_is_no_line(world: World, collector: _Collector) -> None:
    assert world.client("officer").get(f"/{OURS}/register/").status_code == 200
    assert collector.of("refusal") == []


@pytest.mark.parametrize("odd", ["a\nb", "a\r\nb", "\x1b[2J", "a\u2028b", '"}', "\ud800"])
def test_nothing_in_a_line_ends_or_commands(collector: _Collector, odd: str) -> None:
    write_line("test", path=odd)
    (line,) = collector.lines
    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line)["path"] == odd


def test_a_path_s_signs_stay_within_the_line(world: World, collector: _Collector) -> None:
    world.client("officer").get("/no%0Asuch%1Bpage/")
    (line,) = collector.lines
    assert line.isprintable()
    assert json.loads(line)["path"] == "/no\nsuch\x1bpage/"
