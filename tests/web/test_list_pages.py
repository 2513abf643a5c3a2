"""Every list page: its files hold the rows of all its pages, and each head sorts both ways."""

import csv
import html
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse
from openpyxl import load_workbook

from shokibo.formulas import escaped
from shokibo.web.base.parameters import PagedQuery
from shokibo.web.pages.files_of_tables import in_file
from shokibo.web.pages.listing import Listed, ListQuery
from tests.web.test_matrix import INSTANCE, PAGES
from tests.web.test_scaling import ONE, grow
from tests.web.world import OURS, World

EVERY = {**PAGES, **INSTANCE}
ROWS = 3
"""Rows on a page here, so that lists have several."""
UNSORTED = {"system_log": {"changes"}, "trail:events": {"changes"}}
"""Columns that do not sort, by page: what an event changed, put in words."""


def _lists() -> Iterator[str]:
    """Find the pages whose address has the parameters of a list."""
    for name in EVERY:
        arguments = [OURS, *[1] * 3] if name in PAGES else []
        for count in range(len(arguments) + 1):
            try:
                view: Any = resolve(reverse(name, args=arguments[:count])).func
            except NoReverseMatch:
                continue
            if issubclass(getattr(view, "query", object), ListQuery):
                yield name
            break


LISTS = sorted(set(_lists()) - {"certification:application"})


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = PagedQuery.page_of
    monkeypatch.setattr(PagedQuery, "page_of", lambda self, rows, size: whole(self, rows, ROWS))


def _all_pages(client: Client, address: str) -> tuple[Listed, list[list[str]]]:
    rows: list[list[str]] = []
    number = last = 1
    while number <= last:
        listed: Listed = client.get(f"{address}page={number}").context["listed"]
        last, number = listed.page.paginator.num_pages, number + 1
        rows += [_cells(listed, row) for row in listed.page]
    return listed, [*rows, *(_cells(listed, row) for row in listed.listing.totals)]


def _cells(listed: Listed, row: object) -> list[str]:
    columns = [column for column in listed.listing.columns if column.name]
    return [escaped(str(in_file(column.value_of(row)))) for column in columns]


def _opened(world: World, name: str) -> tuple[Client, str]:
    """Return who sees most of a list, and its address, to which parameters can be added."""
    page = EVERY[name]
    arguments = [*([OURS] if name in PAGES else []), *page.arguments(world)]
    asked = page.asked(world) or "?"
    kind = "&kind=units" if name == "today:search" else ""
    role = "officer" if "officer" in page.get else min(page.get)
    return world.client(role), f"{reverse(name, args=arguments)}{asked}{kind}&"


def _exported(client: Client, address: str) -> list[list[str]]:
    """Return the rows of the file without their 基準日."""
    content = client.get(f"{address}export=csv").content.decode("utf-8-sig")
    _heads, *rows = csv.reader(io.StringIO(content))
    return [row[:-1] for row in rows]


@pytest.mark.parametrize(
    ("name", "query", "verbs"),
    [
        ("list_posting", "words=u-1", ("edit", "leave", "end", "remove")),
        ("list_unit", "words=u4", ("edit",)),
        ("list_home", "sort=name", ("edit",)),
        ("list_confirmation", "sort=-item", ("edit", "remove")),
        ("staff", "show=all", ("edit", "leave", "end", "remove")),
    ],
)
def test_the_pages_of_a_row_lead_back_to_the_list_as_it_was_filtered(
    world: World, name: str, query: str, verbs: tuple[str, ...]
) -> None:
    arguments = [OURS, world.home.pk] if name == "staff" else [OURS]
    client, address = world.client("officer"), reverse(f"homes:{name}", args=arguments)
    page = client.get(f"{address}?{query}&page=1").content.decode()
    for verb in verbs:
        found = re.search(rf'href="([^"]*/{verb}/\?[^"]*)"', page)
        assert found, verb
        opened = client.get(html.unescape(found[1])).content.decode()
        assert f'href="{address}?{query}"' in opened, verb


@pytest.mark.parametrize("name", LISTS)
def test_a_file_holds_the_rows_of_all_pages_of_the_same_list(world: World, name: str) -> None:
    grow(world, ONE)
    client, address = _opened(world, name)
    listed, rows = _all_pages(client, address)
    assert _exported(client, address) == rows
    book: Any = load_workbook(io.BytesIO(client.get(f"{address}export=xlsx").content)).active
    assert book.max_row == 1 + len(rows)
    chosen = [f"sort=-{listed.sorts[-1]}&"]
    if listed.listing.search and name != "today:search":
        chosen += ["words=架空&", "words=a1&", f"words=1&sort={listed.sorts[0]}&"]
    for query in chosen:
        assert _exported(client, address + query) == _all_pages(client, address + query)[1]


@pytest.mark.parametrize("name", LISTS)
def test_every_column_sorts_both_ways(world: World, name: str) -> None:
    grow(world, ONE)
    client, address = _opened(world, name)
    listed, rows = _all_pages(client, address)
    named = {column.name for column in listed.listing.columns if column.name}
    assert named - set(listed.sorts) == UNSORTED.get(name, set())
    for column in listed.sorts:
        for order in (column, f"-{column}"):
            assert sorted(_exported(client, f"{address}sort={order}&")) == sorted(rows)
