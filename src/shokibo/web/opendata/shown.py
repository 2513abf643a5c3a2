"""Tables of open data as pages show them, live before and frozen after publication."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shokibo.documents.charts import Chart, Series
from shokibo.opendata.table import HIDDEN
from shokibo.opendata.writing import Field, Resource
from shokibo.returns import words
from shokibo.web.base.language import language
from shokibo.web.base.pictures import Picture
from shokibo.web.base.words import as_text, nendo
from shokibo.web.store.wording import short_kind


@dataclass(frozen=True)
class Header:
    """A column's words in the page's language."""

    name: str
    title: str
    about: str
    is_number: bool


@dataclass(frozen=True)
class Shown:
    """A table: its words, all columns of its files, and the page's headers and cells.

    A page shows labels and no codes. `hidden` counts the cells that are left blank.
    """

    name: str
    title: str
    about: str
    columns: list[Header]
    headers: list[Header]
    rows: list[list[tuple[str, bool]]]
    hidden: int


def shown(described: Resource, content: bytes) -> Shown:
    """Show a table from its description and its JSON file."""
    columns = [
        Header(
            field.name,
            *_words(field),
            field.type in ("integer", "number") and field.name not in _LABELS,
        )
        for field in described.schema.fields
    ]
    names = {column.name for column in columns}
    headers = [
        column
        for column in columns
        if not column.name.endswith("_mark") and f"{column.name}_name" not in names
    ]
    return Shown(
        described.name,
        *_words(described),
        columns,
        headers,
        [_row(headers, row) for row in json.loads(content, parse_float=Decimal)],
        described.hidden_cells,
    )


_COUNTED = {label.ja: label for labels in (words.COUNTS, words.BACKUP) for label in labels.values()}
_LABELS = ("fiscal_year", "form")
"""Whole numbers that name something and count nothing."""


def _words(of: Field | Resource) -> tuple[str, str]:
    """Return title and description in the page's language."""
    if language() == "en":
        return of.title_en, of.description_en
    return of.title, of.description


def _row(headers: Sequence[Header], row: Mapping[str, Any]) -> list[tuple[str, bool]]:
    return [
        (
            _("秘匿") if row.get(f"{head.name}_mark") == HIDDEN else _cell(head, row[head.name]),
            head.is_number,
        )
        for head in headers
    ]


def _cell(header: Header, value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "○" if value else "×"
    if header.name == "fiscal_year":
        return nendo(value)
    if header.name.endswith("_name"):
        label = _COUNTED.get(value)
        return _(str(value)) if label is None else as_text(label)
    return f"{value:,}" if header.is_number else str(value)


def places_picture(content: bytes, address: str) -> Picture | None:
    """Draw the published places by kind."""
    rows = json.loads(content)
    years = tuple(dict.fromkeys(row["fiscal_year"] for row in rows))
    kinds = dict.fromkeys(row["kind"] for row in rows)
    places = {(row["fiscal_year"], row["kind"]): row["places"] for row in rows}
    if not years:
        return None
    bars = tuple(
        Series(short_kind(kind), tuple(places.get((year, kind), 0) for year in years))
        for kind in kinds
    )
    chart = Chart(tuple(str(year) for year in years), bars, unit=_("人").strip())
    alt = _("年度末ごとの、種別ごとの定員を積み上げた棒。数値は表にあります。")
    return Picture("picture-places", _("種別ごとの定員"), alt, chart, address)
