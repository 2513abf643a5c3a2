"""The tables of a page, read from its HTML, so that files contain what the page shows."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from lxml import etree

from shokibo.web.base.download import attachment
from shokibo.web.pages.files_of_tables import csv_of, xlsx_of

APART = "data-no-file"
"""Marks what is left out of files: a table, a row, the head of a column, part of a cell."""
_BREAKS = {"br", "p", "div", "li", "dt", "dd", "small"}
_PARSER = etree.HTMLParser()
"""Plain elements: `lxml.html` looks up a class for each."""
_NUMBER = re.compile(r"△?-?[\d,]+(\.\d+)?")


@dataclass(frozen=True)
class ShownTable:
    """A table of a page: its caption or the heading above, and its element.

    `language` is its `lang` attribute; blank if it is the page's own.
    """

    caption: str
    language: str
    element: Any

    @cached_property
    def rows(self) -> list[list[object]]:
        """The rows, the head first; parsed only for a file."""
        return list(_squared(self.element))

    def of_day(self, day: dt.date) -> list[list[object]]:
        """Return the rows with 基準日, their reference date."""
        head, *rows = self.rows
        return [[*head, _("基準日")], *([*row, day] for row in rows)]


class ShownTablesMiddleware:
    """Returns the tables of a page instead of the page, if its address asks for them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Respond as the page does, with its tables as the content; with 404 without any."""
        answer = self.get_response(request)
        if answer.status_code == HTTPStatus.OK and hasattr(request, "tables_file"):
            if request.tables_file is None:  # the page says so
                answer.status_code = HTTPStatus.NOT_FOUND
                return answer
            answer.content = request.tables_file.content
            for name, value in request.tables_file.headers.items():
                answer[name] = value
        return answer


def file_of(wanted: str, title: str, tables: list[ShownTable], day: dt.date) -> HttpResponse | None:
    """Make the requested file; None if there is no such table."""
    if wanted == "xlsx" and tables:
        sheets: dict[str, list[list[object]]] = {}
        for number, one in enumerate(tables, 1):
            name = f"{one.caption} {number}" if one.caption in sheets else one.caption
            sheets[name] = one.of_day(day)
        return attachment(f"{title}_{day:%Y%m%d}.xlsx", xlsx_of(sheets))
    for number, one in enumerate(tables, 1):
        if wanted == str(number):
            return attachment(f"{one.caption}_{day:%Y%m%d}.csv", csv_of(one.of_day(day)))
    return None


def _parsed(content: str) -> Any:
    return etree.fromstring(f"<html><body>{content}</body></html>", _PARSER)


def title_of(content: str) -> str:
    """Return the heading of a page."""
    return next((_text(one) for one in _parsed(content).iter("h1")), "")


def tables_of(content: str) -> list[ShownTable]:
    """Read the tables of a page, without blank rows of a form and what is marked `APART`."""
    found = []
    for table in _parsed(content).iter("table"):
        if APART not in table.attrib and next(_squared(table), None) is not None:
            marked = table.xpath("ancestor-or-self::*/@lang")
            heads = table.xpath("caption") or table.xpath(
                "preceding::*[self::h1|self::h2|self::h3]"
            )
            title = _text(heads[-1]) if heads else ""
            found.append(ShownTable(title, marked[-1] if marked else "", table))
    return found


def _squared(table: Any) -> Iterator[list[object]]:
    """Return the rows, each value in the first of the positions that its cell spans."""
    apart: set[int] = set()
    below: dict[int, int] = {}
    for row in table.iter("tr"):
        if APART in row.attrib or "blank" in row.get("class", "").split():
            continue
        cells = iter(row.xpath("th|td"))
        values: list[object] = []
        while True:
            if below.get(len(values)):
                below[len(values)] -= 1
                values.append("")
                continue
            cell = next(cells, None)
            if cell is None:
                break
            if APART in cell.attrib:
                apart.add(len(values))
            across = int(cell.get("colspan", 1))
            for place in range(len(values), len(values) + across):
                below[place] = int(cell.get("rowspan", 1)) - 1
            values += [_value(cell), *[""] * (across - 1)]
        yield [value for place, value in enumerate(values) if place not in apart]


def _value(cell: Any) -> object:
    """Return what a cell shows: a number if it is styled as one, otherwise its text."""
    text = _text(cell)
    is_number = "number" in cell.get("class", "").split() or cell.xpath("input[@class='figure']")
    if is_number and _NUMBER.fullmatch(text):
        plain = text.replace(",", "").replace("△", "-")
        return Decimal(plain) if "." in plain else int(plain)
    return "" if text == "—" else text


def _text(element: Any) -> str:
    """Return an element's visible text, or else what a screen reader reads out."""
    seen = " ".join("".join(_pieces(element, is_seen=True)).split())
    return seen or " ".join("".join(_pieces(element, is_seen=False)).split())


def _pieces(element: Any, *, is_seen: bool) -> Iterable[str]:
    if APART in element.attrib:
        return
    if element.tag == "input":
        yield _typed(element)
    elif element.tag == "select":
        yield from (_text(one) for one in element.iter("option") if "selected" in one.attrib)
    elif not (is_seen and "unseen" in element.get("class", "").split() and element.tag == "span"):
        yield element.text or ""
        for part in element:
            yield " " if part.tag in _BREAKS else ""
            yield from _pieces(part, is_seen=is_seen)
            yield " " if part.tag in _BREAKS else ""
            yield part.tail or ""


def _typed(field: Any) -> str:
    """Return a field's value; the checkbox of a row has none."""
    return "" if field.get("type") in ("checkbox", "hidden") else str(field.get("value", ""))
