"""The pages of the tour in English: no Japanese but names, what people wrote, and the law's."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.db import models
from django.test import Client
from lxml import html

from shokibo.checking import CATALOGUE
from shokibo.ledger.tables import TABLES
from shokibo.returns.prefectures import PREFECTURES
from shokibo.web.base.language import COOKIE
from tests.web.browser.practice import PRACTICE_DAY, Practice, make_practice
from tests.web.browser.tour import stops
from tests.web.browser.visits import client_of
from tests.web.test_messages import JAPANESE

PARAMETERS = Path(__file__).parents[2] / "src" / "shokibo" / "law" / "parameters"
OF_THE_ADDRESS = {"open_offices", "open_office", "open_edition", "open_sum", "open_sum_edition"}
"""Public pages take their language from the address."""
OWN_WORDS = {
    "planning_propose": "what differs in the plan's chapters",
    "planning_compare": "what differs in the plan's chapters",
    "planning_compare_all": "what differs in the plan's chapters",
    "exchange_run_refused": "the workbook's sheets, headers and codes",
}
"""Pages whose subject is a text that is Japanese in itself, beyond what they mark as such."""
_NUMBER = re.compile("子発[0-9]+第[0-9]+号")
_ATTRIBUTES = ("aria-label", "alt", "title", "placeholder", "data-label")


@pytest.fixture
def practice(db: None, monkeypatch: pytest.MonkeyPatch) -> Practice:
    monkeypatch.setenv("SHOKIBO_TODAY", PRACTICE_DAY)
    return make_practice()


def test_no_japanese_is_left_on_the_tour_in_english(practice: Practice) -> None:
    clients: dict[str, Client] = {}
    pages: dict[str, str] = {}
    elsewhere = set()
    for name, (page, stop) in stops().items():
        address = stop.address(page, practice)
        if name in OWN_WORDS:
            continue
        if stop.role not in clients:
            clients[stop.role] = _client(practice, stop.role)
        asked = {"lang": "en"} if name in OF_THE_ADDRESS else {}
        answer = clients[stop.role].get(address, asked)
        if answer.status_code == 302:
            elsewhere.add(name)
        else:
            pages[name] = answer.content.decode()
    assert elsewhere == {"start", "start_without_an_office"}
    known = _known()
    left = {name: _left(page, known) for name, page in pages.items()}
    assert {name: found for name, found in left.items() if found} == {}


def _client(practice: Practice, role: str) -> Client:
    client = client_of(practice.person(role)) if role else Client()
    client.cookies[COOKIE] = "en"
    return client


def _left(page: str, known: list[str]) -> list[str]:
    """Return the Japanese texts of a page, without what is marked as Japanese or known."""
    shown = html.fromstring(page)
    for unread in shown.xpath('//script | //style | //body//*[@lang="ja"]'):
        unread.drop_tree()
    found = set()
    for element in shown.iter(tag=html.etree.Element):
        labels = (element.get(name) for name in _ATTRIBUTES)
        for text in (element.text, element.tail, *labels):
            if text and JAPANESE.search(_without(text, known)):
                found.add(text.strip())
    return sorted(found)


def _without(text: str, known: list[str]) -> str:
    for name in known:
        text = text.replace(name, "")
    return _NUMBER.sub("", text)


def _known() -> list[str]:
    """Return what may be Japanese, the longest first: names, rows, the law, the workbook."""
    sheets = (table.sheet for table in TABLES)
    prefectures = (one.name.ja for one in PREFECTURES.values())  # in files that are published
    known = {"shokibo(小規模)", "(案)", *_written(), *_law(), *sheets, *prefectures}
    return sorted(filter(JAPANESE.search, known), key=len, reverse=True)


IN_BOTH_LANGUAGES = {"audit.Event.subject", "exchange.RunChange.name_ja"}
"""What is stored in English too, so that no English page shows the Japanese."""


def _written() -> Iterator[str]:
    """Return every text in the database that people wrote."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if str(field) not in IN_BOTH_LANGUAGES and isinstance(
                field, models.CharField | models.TextField | models.JSONField
            ):
                for value in model._default_manager.values_list(field.attname, flat=True):
                    yield from _strings(value)


def _law() -> Iterator[str]:
    """Return the texts of the law and the names of its documents."""
    for path in PARAMETERS.glob("*.yaml"):
        yield from _strings(yaml.safe_load(path.read_text("utf-8")))
    yield from (entry.source for entry in CATALOGUE.values())


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        yield from value.splitlines()
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)
