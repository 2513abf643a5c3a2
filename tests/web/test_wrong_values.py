"""Every address with wrong values in every parameter and field: 400 or a message, never a fault.

The parameters are those that a page declares and those that its forms send. By default some of the
values are tried, by one role that may; `WRONG_VALUES=all` tries all of them as every role.
"""

import os
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import parse_qsl, quote

import pytest
from django import forms
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse

import shokibo.web
from shokibo.web.forms import LedgerField
from shokibo.web.parameters import AddressField, Query
from tests.web.page_forms import CHOSEN, Field, Form, forms_of
from tests.web.test_matrix import ALL, INSTANCE, OWN, PAGES, Page
from tests.web.world import OURS, World

WEB = Path(shokibo.web.__file__).parent
ALL_OF_THEM = os.environ.get("WRONG_VALUES") == "all"
NOTHING = ["abc", "２０ ２２x", "2022-13-01", "R5.13.1", "きのう", "<script>x</script>", "nan"]
NOTHING += ["' OR 1=1 --", "None", "[]", "²", "1e9", "🏠", "x" * 10_000, "\x00", "\ud800"]
"""What is no number, no day, no year, no key and no code."""
ODD = ["-1", "0", "9" * 20, "", "\u200b", "１２x"]
EACH_TRIES = 3
"""Values that a field is tried with by default."""
WORDS_OF_REFUSAL = re.compile(r'class="(?:wrong|summary|notice (?:error|warning))"')
FRAME = {"csrfmiddlewaretoken", "form_token", "next", "seen"}
"""Fields that a page seals: what is no seal is as none, and the steps that need one ask for it."""


def _values(place: int) -> list[str]:
    """Give the values to try; by default some of each sort, others for every field."""
    if ALL_OF_THEM:
        return NOTHING + ODD
    picked = [NOTHING[(place * 2 + n) % len(NOTHING)] for n in range(EACH_TRIES - 1)]
    return [*picked, ODD[place % len(ODD)]]


def _encoded(fields: dict[str, str]) -> str:
    """Encode fields as a form does; a lone surrogate goes as the bytes that stand for it."""
    return "&".join(
        f"{quote(name)}={quote(value.encode('utf-8', 'surrogatepass'))}"
        for name, value in fields.items()
    )


def _send(client: Client, method: str, address: str, fields: dict[str, str]) -> tuple[int, str]:
    """Send, and put back what it changed."""
    before = transaction.savepoint()
    client.raise_request_exception = False
    if method == "GET":
        path, _mark, query = address.partition("?")
        asked = {**dict(parse_qsl(query)), **fields}
        answer = client.get(f"{path}?{_encoded(asked)}")
    else:
        answer = client.generic(
            "POST", address, _encoded(fields), "application/x-www-form-urlencoded"
        )
    transaction.savepoint_rollback(before)
    text = "" if answer.streaming or answer.status_code != 200 else _text(answer.content)
    return answer.status_code, text


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _is_words(field: forms.Field) -> bool:
    is_text = isinstance(field, forms.CharField)
    return is_text and not isinstance(field, LedgerField | AddressField)


def _declared(address: str) -> dict[str, forms.Field]:
    """Give the parameters that the page at an address declares."""
    query: type[Query] | None = getattr(resolve(address.partition("?")[0]).func, "query", None)
    fields = query.base_fields if query else {}
    return {name.rstrip("_"): field for name, field in fields.items()}


def _tried_as(page: Page) -> list[str]:
    return sorted(ALL) if ALL_OF_THEM else sorted(page.get)[:1]


def _wrong_parameters(client: Client, address: str, *, opens: bool) -> Iterator[object]:
    for place, (name, field) in enumerate(_declared(address).items(), len(address)):
        for value in _values(place):
            status, _text = _send(client, "GET", address, {name: value})
            refused = status in (400, 403, 404, 405) or not opens
            if status >= 500 or not (refused or _is_words(field) or value in ODD):
                yield name, value[:20], status


def _wrong_fields(client: Client, form: Form, place: int) -> Iterator[object]:
    for method, address in form.targets:
        for field in _of_each_sort(form.fields):
            place += 1
            for value in _values(place):
                status, text = _send(client, method, address, {**form.sent, field.name: value})
                if status >= 500 or _is_ignored(field, value, status, text):
                    yield method, address, field.name, value[:20], status


def _of_each_sort(fields: list[Field]) -> list[Field]:
    """Give the fields that a person or a page fills in; of the rows of a grid, one."""
    sorts = {re.sub(r"\d+", "1", field.name): field for field in fields}
    return [one for one in sorts.values() if one.name not in FRAME and one.kind != "submit"]


def _is_ignored(field: Field, value: str, status: int, text: str) -> bool:
    """Tell whether a value that the page can't have given was taken without a word."""
    is_chosen = field.kind in CHOSEN and value in NOTHING
    return is_chosen and status in (200, 302) and not WORDS_OF_REFUSAL.search(text)


def _wrong(world: World, page: Page, address: str) -> dict[str, list[object]]:
    (reader, *_rest) = sorted(page.get)
    client = world.client(reader)
    opened = client.get(address)
    is_page = opened.status_code == 200 and "html" in opened["Content-Type"]
    found = forms_of(_text(opened.content), address) if is_page else []
    wrong: dict[str, list[object]] = {}
    for role in _tried_as(page):
        client = world.client(role)
        faults = list(_wrong_parameters(client, address, opens=role in page.get))
        if role in page.get:
            for place, form in enumerate(found):
                faults += _wrong_fields(client, form, place)
        else:
            faults += [
                (method, target, name, status)
                for form in found
                for method, target in form.targets
                for name in form.sent
                for value in _values(len(name))
                if (status := _send(client, method, target, {name: value})[0]) >= 500
            ]
        if faults:
            wrong[role] = faults
    return wrong


@pytest.mark.parametrize("name", [*PAGES, *INSTANCE])
def test_a_wrong_value_is_refused_in_words(world: World, name: str) -> None:
    page = PAGES.get(name) or INSTANCE[name]
    office = [OURS] if name in PAGES else []
    address = reverse(name, args=[*office, *page.arguments(world)]) + page.asked(world)
    assert _wrong(world, page, address) == {}


@pytest.mark.parametrize("name", sorted(OWN - {"start", "api:docs", "api:schemas"}))
def test_a_wrong_value_on_one_s_own_page_is_refused(world: World, name: str) -> None:
    page = Page(ALL if ALL_OF_THEM else {"officer"})
    assert _wrong(world, page, reverse(name)) == {}


def test_a_wrong_part_of_an_address_is_no_page(world: World) -> None:
    wrong = []
    for name, page in PAGES.items():
        before = transaction.savepoint()
        client, arguments = world.client(sorted(page.get)[0]), page.arguments(world)
        for place, value in product(range(len(arguments)), ("9" * 18, "9" * 20, "x", "\x00", "🏠")):
            given = [*arguments[:place], value, *arguments[place + 1 :]]
            try:
                address = reverse(name, args=[OURS, *given])
            except NoReverseMatch:
                continue
            status, _text = _send(client, "GET", address, {})
            if status not in (400, 404, 405):
                wrong.append((address, status))
        transaction.savepoint_rollback(before)
    assert wrong == []


def test_every_parameter_is_read_in_one_way() -> None:
    """Others only hand `request.GET` to a form, or write it into links again."""
    reads = re.compile(r"request\.GET[.\[]|isdigit|isdecimal")
    found = {path.name for path in WEB.rglob("*.py") if reads.search(path.read_text("utf-8"))}
    assert found == {"trail.py", "middleware.py", "answering.py", "environment.py"}
