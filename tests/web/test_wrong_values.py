"""Every address with wrong values in every parameter and field: 400 or a message, never a fault.

The parameters are those that a page declares and those that its forms send. By default some of the
values are tried, by one role that may; `WRONG_VALUES=all` tries all of them as every role.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.db import transaction
from django.test import Client
from django.urls import reverse

import shokibo.web
from shokibo.web.base.parameters import RowsField
from tests.web.page_forms import Form, forms_of
from tests.web.test_matrix import ALL, INSTANCE, OF_ITS_OWNER, OWN, PAGES, Page
from tests.web.world import OURS, World
from tests.web.wrong_values import (
    ALL_OF_THEM,
    declared,
    known_fields,
    of_each_sort,
    sent,
    text_of,
    values,
    wrong_fields,
    wrong_parameters,
    wrong_parts,
)

WEB = Path(shokibo.web.__file__).parent


def _tried_as(page: Page) -> list[str]:
    return sorted(ALL) if ALL_OF_THEM else sorted(page.get)[:1]


def _wrong(world: World, page: Page, address: str) -> dict[str, list[object]]:
    (reader, *_rest) = sorted(page.get)
    opened = world.client(reader).get(address)
    is_page = opened.status_code == 200 and "html" in opened["Content-Type"]
    found = forms_of(text_of(opened), address) if is_page else []
    known = known_fields(opened)
    wrong: dict[str, list[object]] = {}
    for role in _tried_as(page):
        client = world.client(role)
        faults = list(wrong_parameters(client, address, opens=role in page.get))
        for place, form in enumerate(found):
            if role in page.get:
                faults += wrong_fields(client, form, known, place)
            else:
                faults += _faults(client, form)
        if faults:
            wrong[role] = faults
    return wrong


def _faults(client: Client, form: Form) -> Iterator[object]:
    """Try the fields of a form as one who may not send it."""
    for method, target in form.targets:
        for field in of_each_sort(form.fields):
            for value in values(len(field.name)):
                status = sent(client, method, target, {field.name: value}).status
                if status >= 500:
                    yield method, target, field.name, status


@pytest.mark.parametrize("name", [*PAGES, *INSTANCE])
def test_a_wrong_value_is_refused_in_words(world: World, name: str) -> None:
    page = PAGES.get(name) or INSTANCE[name]
    office = [OURS] if name in PAGES else []
    address = reverse(name, args=[*office, *page.arguments(world)]) + page.asked(world)
    assert _wrong(world, page, address) == {}


@pytest.mark.parametrize("name", sorted(OWN.keys() - {"start", "api:docs", "api:schemas"}))
def test_a_wrong_value_on_an_account_page_is_refused(world: World, name: str) -> None:
    page = Page(ALL if ALL_OF_THEM else {"officer"})
    assert _wrong(world, page, reverse(name, args=OWN[name])) == {}


def test_a_wrong_part_of_an_address_is_no_page(world: World) -> None:
    wrong: list[object] = []
    owned = {name: Page({role}, None, made) for name, (role, made) in OF_ITS_OWNER.items()}
    for name, page in {**PAGES, **INSTANCE, **owned}.items():
        before = transaction.savepoint()
        office = [OURS] if name in PAGES else []
        address = reverse(name, args=[*office, *page.arguments(world)])
        for role in sorted(page.get) if ALL_OF_THEM else sorted(page.get)[:1]:
            wrong += wrong_parts(world.client(role), address)
        transaction.savepoint_rollback(before)
    assert wrong == []


def test_every_parameter_is_read_in_one_way() -> None:
    """Others only hand `request.GET` to a form, or write it into links again."""
    reads = re.compile(r"request\.GET[.\[]|isdigit|isdecimal")
    files = {path.relative_to(WEB).as_posix(): path for path in WEB.rglob("*.py")}
    assert {name for name, path in files.items() if reads.search(path.read_text("utf-8"))} == {
        "api/answering.py",
        "api/asking.py",
        "base/parameters.py",
        "environment/reading.py",
        "homes/views/crumbs.py",
        "opendata/middleware.py",
    }


def test_a_parameter_given_twice_is_refused(world: World) -> None:
    accepted = []
    for name, page in {**PAGES, **INSTANCE}.items():
        before = transaction.savepoint()
        office = [OURS] if name in PAGES else []
        path = reverse(name, args=[*office, *page.arguments(world)])
        client = world.client(sorted(page.get)[0])
        for asked, field in declared(path).items():
            is_one = not isinstance(field, forms.MultipleChoiceField | RowsField)
            if is_one and client.get(f"{path}?{asked}=&{asked}=").status_code != 400:
                accepted.append((name, asked))
        transaction.savepoint_rollback(before)
    assert accepted == []
