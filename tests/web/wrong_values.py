"""Wrong values sent to pages: what they are, how they are sent, and whether a page noticed them.

By default some of the values are tried, by one role that may; `WRONG_VALUES=all` tries all of
them as every role.
"""

import os
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote

from django import forms
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import resolve

from shokibo.ledger.columns import Kind
from shokibo.web.base.forms import LedgerField
from shokibo.web.base.parameters import AddressField, Query
from tests.web.page_forms import CHOSEN, Field, Form

ALL_OF_THEM = os.environ.get("WRONG_VALUES") == "all"
NOTHING = ["abc", "２０ ２２x", "2022-13-01", "R5.13.1", "きのう", "<script>x</script>", "nan"]
NOTHING += ["' OR 1=1 --", "None", "[]", "²", "1e9", "🏠", "x" * 10_000, "\x00", "\ud800"]
"""What is not a number, no day, no year, no key and no code."""
NEVER = ["9" * 20, "１２x"]
"""What looks like a number and is none that a field takes."""
ODD = ["-1", "0", "", "\u200b"]
EACH_TRIES = 3
"""Values that a field is tried with by default."""
FRAME = {"csrfmiddlewaretoken", "form_token", "next", "seen", "seal"}
"""Fields that a page seals: what is no seal is as none, and the steps that need one ask for it."""
_WORDS_OF_REFUSAL = re.compile(r'class="(?:wrong|summary|notice (?:error|warning))"')
_TEXTS = (Kind.TEXT, Kind.REMARKS, Kind.ID, Kind.CHILD_CODE)


@dataclass
class Answer:
    """What came back; `forms` are those that the page read."""

    status: int
    location: str
    text: str
    forms: list[forms.BaseForm]


def values(place: int) -> list[str]:
    """Return the values to try; by default some of each sort, others for every field."""
    if ALL_OF_THEM:
        return NOTHING + NEVER + ODD
    picked = [NOTHING[(place * 2 + n) % len(NOTHING)] for n in range(EACH_TRIES - 1)]
    rest = NEVER + ODD
    return [*picked, rest[place % len(rest)]]


def sent(client: Client, method: str, address: str, fields: dict[str, str]) -> Answer:
    """Send, and put back what it changed; what was sent before is not counted against it."""
    cache.clear()
    before, cookies = transaction.savepoint(), deepcopy(client.cookies)
    client.raise_request_exception = False
    if method == "GET":
        path, _mark, query = address.partition("?")
        asked = {**dict(parse_qsl(query)), **fields}
        answer: Any = client.get(f"{path}?{_encoded(asked)}")
    else:
        form = "application/x-www-form-urlencoded"
        answer = client.generic(method, address, _encoded(fields), form)
    transaction.savepoint_rollback(before)
    client.cookies = cookies
    text = "" if answer.streaming or answer.status_code != 200 else text_of(answer)
    location = answer.get("Location", "")
    return Answer(answer.status_code, location, text, list(forms_in(answer)))


def _encoded(fields: dict[str, str]) -> str:
    return "&".join(f"{quote(name)}={quoted(value)}" for name, value in fields.items())


def quoted(value: str) -> str:
    """Encode as a form does; a lone surrogate goes as the bytes that stand for it."""
    return quote(value.encode("utf-8", "surrogatepass"), safe="")


def text_of(answer: Any) -> str:  # noqa: ANN401 - the test client's answer
    """Return the text of an answer."""
    return str(answer.content.decode("utf-8", "replace"))


def forms_in(answer: Any) -> Iterator[forms.BaseForm]:  # noqa: ANN401 - the test client's answer
    """Return every form with which a page was drawn, once."""
    drawn = answer.context or []
    found = {
        id(value): value
        for context in (drawn if isinstance(drawn, list) else [drawn])  # of one template, or many
        for layer in context.dicts
        for value in layer.values()
        if isinstance(value, forms.BaseForm)
    }
    yield from found.values()


def declared(address: str) -> dict[str, forms.Field]:
    """Return the parameters that the page at an address declares."""
    query: type[Query] | None = getattr(resolve(address.partition("?")[0]).func, "query", None)
    fields = query.base_fields if query else {}
    return {name.rstrip("_"): field for name, field in fields.items()}


def known_fields(answer: Any) -> dict[str, forms.Field]:  # noqa: ANN401 - the test client's answer
    """Return the fields of a page's forms by the names under which they are sent."""
    return {bound.html_name: bound.field for form in forms_in(answer) for bound in form}


def takes_anything(field: forms.Field) -> bool:
    """Say whether any text is right in a field, or whether it is only there or not."""
    if isinstance(field, LedgerField):
        return field.column.codes is None and field.column.kind in _TEXTS
    is_text = isinstance(field, forms.CharField)
    is_typed = isinstance(field, AddressField | forms.EmailField)
    return (is_text and not is_typed) or isinstance(field, forms.BooleanField | forms.FileField)


def wrong_parameters(client: Client, address: str, *, opens: bool) -> Iterator[object]:
    """Try every parameter of a page; return what was not refused, where the page opens at all."""
    for place, (name, field) in enumerate(declared(address).items(), len(address)):
        for value in values(place):
            status = sent(client, "GET", address, {name: value}).status
            refused = status in (400, 403, 404, 405) or not opens
            is_wrong = value in NOTHING + NEVER and not takes_anything(field)
            if status >= 500 or (is_wrong and not refused):
                yield name, value[:20], status


def wrong_fields(
    client: Client, form: Form, known: dict[str, forms.Field], place: int
) -> Iterator[object]:
    """Try every field of a form; return what was not noticed."""
    for method, address in form.targets:
        for field in of_each_sort(form.fields):
            place += 1
            for value in values(place):
                answer = sent(client, method, address, {**form.sent, field.name: value})
                ignored = _is_ignored(field, known.get(field.name), value, answer)
                if answer.status >= 500 or ignored:
                    yield method, address, field.name, value[:20], answer.status


def wrong_parts(client: Client, address: str) -> Iterator[tuple[str, int]]:
    """Try every part of an address that names something; return what was not refused.

    Zero is always tried: it looks like a key and like a year, and is neither.
    """
    path = address.partition("?")[0]
    for place, part in enumerate(resolve(path).kwargs.values(), len(path)):
        for value in [*values(place), "0"]:
            found = rf"(?<![0-9]){re.escape(str(part))}(?![0-9A-Za-z])"
            other = re.sub(found, quoted(value), path, count=1)
            status = sent(client, "GET", other, {}).status
            if status >= 500 or (value in NOTHING + NEVER and status not in (400, 404, 405)):
                yield other, status


def of_each_sort(fields: list[Field]) -> list[Field]:
    """Return the fields of a form; of the rows of a grid, one."""
    sorts = {re.sub(r"\d+", "1", field.name): field for field in fields}
    return [one for one in sorts.values() if one.kind != "submit"]


def _is_ignored(field: Field, known: forms.Field | None, value: str, answer: Answer) -> bool:
    """Say whether a page took a value without a word that is none of this field."""
    if answer.status not in (200, 302) or field.name in FRAME:
        return False
    if known is None:
        is_wrong = field.kind in CHOSEN and value in NOTHING
    else:
        is_wrong = not takes_anything(known) and value in NOTHING + NEVER
    read = [bound for form in answer.forms for bound in form if bound.html_name == field.name]
    if read:
        return is_wrong and not any(bound.errors for bound in read)
    return is_wrong and not _WORDS_OF_REFUSAL.search(answer.text)
