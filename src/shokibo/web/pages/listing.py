"""A list page: columns as data; sort, filter, search and page in the address; export as shown."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter import Workbook

from shokibo.formulas import escaped
from shokibo.web.base.clock import today
from shokibo.web.base.download import attachment
from shokibo.web.base.parameters import PagedQuery, choice_field, words_field
from shokibo.web.base.words import circle, wareki

Rows = Sequence[Any] | QuerySet[Any]
FORMATS = {"xlsx": "Excel", "csv": "CSV"}


@dataclass(frozen=True)
class Column:
    """A column: `value` is what is exported and, without a `cell`, what is shown."""

    name: str
    header: Any
    value: Callable[[Any], object] = lambda row: None
    sort: str = ""
    """The lookup by which rows of the database are sorted."""
    cell: Callable[[Any], object] | None = None
    look: str = ""
    head: bool = False
    """Whether it names the row."""
    is_exported: bool = True

    def shown(self, row: Any) -> object:
        """Write the cell of a row as the page shows it."""
        return self.cell(row) if self.cell else in_words(self.value(row))


@dataclass(frozen=True)
class Listing:
    """A list as data; `search` are the lookups among which words are looked for."""

    name: str
    columns: Sequence[Column]
    caption: Any
    empty: Any
    search: Sequence[str] = ()
    size: int = 50
    look: str = ""
    hint: Any = ""
    """What to do where the list is empty."""


class ListQuery(PagedQuery):
    """What the address of a list asks for; the fields of subclasses are its filters."""

    sort = forms.CharField(required=False, max_length=50, widget=forms.HiddenInput)
    export = choice_field(gettext_lazy("書出し"), FORMATS)

    @property
    def filters(self) -> list[Any]:
        """The fields to choose rows by."""
        return [self[name] for name in self.fields if name not in ("page", "sort", "export")]


class SearchQuery(ListQuery):
    """A list that is searched by words."""

    words = words_field(gettext_lazy("含む語"))


@dataclass(frozen=True)
class Listed:
    """A page of a list, as its template shows it."""

    listing: Listing
    page: Page[Any]
    order: str | None = None
    """The order that was asked for; None where the page offers none, nor other pages and files."""

    @property
    def caption(self) -> str:
        """The caption, with the number of rows of all pages."""
        return str(self.listing.caption) % {"n": self.page.paginator.count}

    @property
    def heads(self) -> list[tuple[Column, str, str]]:
        """Each column with the order that its head leads to, and the present one."""
        found = []
        for one in self.listing.columns:
            present = {one.name: "ascending", f"-{one.name}": "descending"}.get(
                self.order or "", ""
            )
            leads_to = f"-{one.name}" if present == "ascending" else one.name
            found.append((one, leads_to if one.sort and self.order is not None else "", present))
        return found

    @property
    def rows(self) -> list[list[tuple[Column, object]]]:
        """The cells of each row with their columns."""
        return [[(one, one.shown(row)) for one in self.listing.columns] for row in self.page]


def list_page(
    request: HttpRequest,
    asked: ListQuery,
    listing: Listing,
    rows: Rows,
    template: str,
    *,
    day: dt.date | None = None,
    looked_at: Callable[[int], None] = lambda n: None,
    **context: Any,
) -> HttpResponse:
    """Show a page of a list, or hand all its rows out as a file.

    `rows` are those that the person may see and asked for. `looked_at` hears how many were shown.
    """
    if asked.given.get("words") and listing.search:
        found = Q()
        for lookup in listing.search:
            found |= Q(**{f"{lookup}__icontains": asked.given["words"]})
        rows = cast("QuerySet[Any]", rows).filter(found)
    rows = _sorted(asked, listing, rows)
    if kind := asked.given["export"]:
        looked_at(len(rows))
        return _export(listing, rows, kind, day or today())
    page = asked.page_of(rows, listing.size)
    looked_at(len(page))
    listed = Listed(listing, page, asked.given["sort"])
    shown = {"listed": listed, "asked": asked, "page": page, "day": day}
    return render(request, template, {**shown, **context})


def whole(listing: Listing, rows: Sequence[Any], **changed: Any) -> Listed:
    """Give a short list within another page; `changed` are other words of the listing."""
    page = Paginator(rows, max(len(rows), 1)).page(1)
    return Listed(replace(listing, **changed), page)


def _sorted(asked: ListQuery, listing: Listing, rows: Rows) -> Rows:
    """Sort by the column that is asked for, blanks last; else leave the order."""
    sorts = {one.name: one.sort for one in listing.columns if one.sort}
    order = asked.hold("sort", {*sorts, *(f"-{name}" for name in sorts)})
    if not order:
        return rows
    field = F(sorts[order.removeprefix("-")])
    by = field.desc if order.startswith("-") else field.asc
    return cast("QuerySet[Any]", rows).order_by(by(nulls_last=True), "pk")


def _export(listing: Listing, rows: Iterable[Any], kind: str, day: dt.date) -> HttpResponse:
    """Write every row with the day of which the list is; no cell is a formula."""
    columns = [one for one in listing.columns if one.is_exported]
    table: list[list[Any]] = [[*(str(one.header) for one in columns), _("基準日")]]
    table += [[*(_cell(one.value(row)) for one in columns), day] for row in rows]
    write = _csv if kind == "csv" else _xlsx
    return attachment(f"{listing.name}_{day:%Y%m%d}.{kind}", write(table))


def _cell(value: object) -> Any:
    if isinstance(value, dt.datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return circle(value)
    return value if isinstance(value, int | dt.date) else "" if value is None else str(value)


def _csv(table: list[list[Any]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([escaped(str(c)) for c in r] for r in table)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(table: list[list[Any]]) -> bytes:
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(table):
            for column, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(place, column, dt.datetime.combine(value, dt.time.min))
                elif isinstance(value, int):
                    sheet.write_number(place, column, value)
                else:
                    sheet.write_string(place, column, value)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return content.getvalue()


def in_words(value: object) -> object:
    """Write a value as a page shows it."""
    if isinstance(value, bool):
        return circle(value)
    if isinstance(value, dt.date):
        return wareki(value)
    return "—" if value is None or value == "" else value


def link(url: str, label: object, about: object = "") -> SafeString:
    """Lead on; `about` says to readers of the screen of what."""
    unseen = format_html('<span class="unseen"> {}</span>', about) if about else ""
    return format_html('<a href="{}">{}{}</a>', url, label, unseen)


def lines(*parts: object) -> SafeString:
    """Put what is not blank on lines of its own."""
    shown = ((part,) for part in parts if part not in (None, ""))
    return format_html("<span>{}</span>", format_html_join(SafeString("<br>"), "{}", shown))


def links(*parts: SafeString) -> SafeString:
    """Put the actions of a row side by side."""
    shown = ((part,) for part in parts)
    return format_html('<span class="actions">{}</span>', format_html_join(" ", "{}", shown))


def note(text: object) -> SafeString | str:
    """Write a small remark below a cell's value."""
    return format_html('<span class="help">{}</span>', text) if text else ""
