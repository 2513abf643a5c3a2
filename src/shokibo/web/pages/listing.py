"""List pages: columns as data; sorting, filter, search and page in the address; export."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.web.base.clock import today
from shokibo.web.base.download import attachment
from shokibo.web.base.parameters import PagedQuery, choice_field, words_field
from shokibo.web.base.words import circle, or_dash, room, wareki
from shokibo.web.pages.files_of_tables import csv_of, xlsx_of

Rows = Sequence[Any] | QuerySet[Any]


@dataclass(frozen=True)
class Column:
    """A column; one without a name only holds links, and is left out of files."""

    name: str
    """The path of its value (`home__name`), by which rows of the database are sorted too."""
    header: Any
    value: Callable[[Any], object] | None = None
    """Gives the exported value, if the path does not."""
    cell: Callable[[Any], object] | None = None
    """Renders the cell, if the page shows more than the value."""
    look: str = ""
    names_row: bool = False
    computed: bool = False
    """Whether it is not in the database: sorting by it reads all rows."""
    keys: Callable[[Sequence[Any]], Sequence[object]] | None = None
    """What all rows are sorted by, in one pass that is cheaper than computing them."""

    def value_of(self, row: Any) -> object:
        """Return a row's value; codes by their labels."""
        return self.value(row) if self.value else _at(row, self.name)

    def shown(self, row: Any) -> object:
        """Render a row's cell."""
        if self.cell:
            return self.cell(row)
        value = self.value_of(row)
        if isinstance(value, bool):
            return circle(value)
        return wareki(value) if isinstance(value, dt.date) else or_dash(value)


@dataclass(frozen=True)
class Listing:
    """A list as data; `search` are the paths of the values to search."""

    name: str
    columns: Sequence[Column]
    empty: Any
    hint: Any = ""
    """What to do if the list is empty."""
    caption: Any = ""
    search: Sequence[str] = ()
    size: int = 25
    """Rows per page: ten screens of a phone, with a card per row."""
    look: str = ""
    totals: Sequence[Any] = ()
    """Rows of totals: below every page, and at the end of a file."""


class ListQuery(PagedQuery):
    """The query of a list; the fields of subclasses are its filters."""

    sort = forms.CharField(required=False, max_length=50)
    export = choice_field(gettext_lazy("書出し"), {"xlsx": "Excel", "csv": "CSV"})


class SearchQuery(ListQuery):
    """The query of a searchable list."""

    words = words_field(gettext_lazy("含む語"))


@dataclass(frozen=True)
class Listed:
    """A page of a list, for its template."""

    listing: Listing
    page: Page[Any]
    sorts: Sequence[str] = ()
    """The columns by which the page can be sorted."""
    order: str = ""
    is_whole: bool = False
    """A short list within another page, without sorting, export or pagination."""

    @property
    def caption(self) -> str:
        """The caption, with the number of rows of all pages."""
        return (str(self.listing.caption) or _("%(n)s件")) % {"n": self.page.paginator.count}

    @property
    def heads(self) -> list[tuple[Column, str, str]]:
        """Each column with the order to which its head links, and the present order."""
        found = []
        for column in self.listing.columns:
            name, present = column.name, ""
            if name and name == self.order.removeprefix("-"):
                present = "descending" if self.order.startswith("-") else "ascending"
            leads_to = f"-{name}" if present == "ascending" else name
            found.append((column, leads_to if name in self.sorts else "", present))
        return found

    @property
    def rows(self) -> SafeString:
        """The rows as HTML; a template takes several times as long for so many small pieces."""
        return self._html(self.page)

    @property
    def totals(self) -> SafeString:
        """The rows that sum up all others, as HTML."""
        return self._html(self.listing.totals)

    def _html(self, rows: Iterable[Any]) -> SafeString:
        columns = [(one, escape(one.header)) for one in self.listing.columns]
        written = (
            "".join(_cell(column, label, column.shown(row)) for column, label in columns)
            for row in rows
        )
        return SafeString("\n".join(f"<tr>{cells}</tr>" for cells in written))


def _cell(column: Column, label: str, shown: object) -> str:
    """Write a cell, which names its column since a phone shows each row as a card."""
    cell: Any = localize(shown)
    given = f'class="{column.look}{room(cell)}" data-label="{label}"'
    if column.names_row:
        return f'<th scope="row" {given}>{conditional_escape(cell)}</th>'
    return f"<td {given}>{conditional_escape(cell)}</td>"


def list_page(
    request: HttpRequest,
    asked: ListQuery,
    listing: Listing,
    rows: Rows,
    template: str = "pages/rows.html",
    *,
    shown: Callable[[Sequence[Any]], object] = len,
    compute: Callable[[Sequence[Any]], object] = len,
    **context: Any,
) -> HttpResponse:
    """Show a page of a list, or export all its rows with their reference date.

    `rows` are those that the person may see and asked for; `shown` receives those that are shown,
    `compute` those whose computed columns are needed.
    """
    rows, sorts, order = arranged(asked, listing, rows, compute)
    if kind := asked.given["export"]:
        rows = list(rows)
        compute(rows)
        shown(rows)
        day = context.get("day", today())
        columns = [column for column in listing.columns if column.name]
        heads = [*(str(column.header) for column in columns), _("基準日")]
        table = [
            heads,
            *([*(one.value_of(row) for one in columns), day] for row in [*rows, *listing.totals]),
        ]
        content = csv_of(table) if kind == "csv" else xlsx_of({str(listing.name): table})
        return attachment(f"{listing.name}_{day:%Y%m%d}.{kind}", content)
    page = asked.page_of(rows, listing.size)
    compute(list(page))
    shown(list(page))
    listed = Listed(listing, page, sorts, order)
    return render(request, template, {"listed": listed, "asked": asked, "page": page, **context})


def arranged(
    asked: ListQuery,
    listing: Listing,
    rows: Rows,
    compute: Callable[[Sequence[Any]], object] = len,
) -> tuple[Rows, list[str], str]:
    """Return the rows of all pages in order, the sortable columns, and the present order."""
    if listing.search:
        rows = _with_words(asked.given["words"].split(), listing.search, rows)
    sorts = [column.name for column in listing.columns if _sorts(column, rows)]
    order = asked.hold("sort", {*sorts, *(f"-{name}" for name in sorts)})
    all_needed = {one.name for one in listing.columns if one.computed and not one.keys}
    if order.removeprefix("-") in all_needed:
        rows = list(rows)
        compute(rows)
    return _in_order(order, listing, rows), sorts, order


def whole(listing: Listing, rows: Rows) -> Listed:
    """Return a short list within another page."""
    return Listed(listing, Paginator(rows, max(len(rows), 1)).page(1), is_whole=True)


def _with_words(words: Iterable[str], paths: Sequence[str], rows: Rows) -> Rows:
    """Filter the rows that contain every word in one of their values."""
    for word in words:
        if isinstance(rows, QuerySet):
            found = Q(*((f"{path}__icontains", word) for path in paths), _connector=Q.OR)
            rows = rows.filter(found)
        else:
            folded = word.casefold()
            rows = [
                row
                for row in rows
                if any(folded in str(_at(row, path)).casefold() for path in paths)
            ]
    return rows


def _at(row: Any, path: str) -> object:
    """Return the value at a path; codes by their labels."""
    for part in path.split("__"):
        label = getattr(row, f"get_{part}_display", None)
        row = label() if label else getattr(row, part, None)
    return row


def _sorts(column: Column, rows: Rows) -> bool:
    """Whether rows can be sorted by a column: those of a query only by what the database holds."""
    if column.computed or not isinstance(rows, QuerySet):
        return bool(column.name)
    held = {*rows.query.annotations, *(field.name for field in rows.model._meta.get_fields())}
    return column.name.split("__")[0] in held


def _in_order(order: str, listing: Listing, rows: Rows) -> Rows:
    """Sort by the requested column, blanks last; otherwise keep the order."""
    if not order:
        return rows
    name, descends = order.removeprefix("-"), order.startswith("-")
    (column,) = (one for one in listing.columns if one.name == name)
    if isinstance(rows, QuerySet) and not column.keys:
        by = F(name).desc if descends else F(name).asc
        return rows.order_by(by(nulls_last=True), "pk")
    rows = list(rows)
    keys: Any = column.keys(rows) if column.keys else [column.value_of(row) for row in rows]
    given = [at for at, key in enumerate(keys) if key is not None]
    blank = [at for at, key in enumerate(keys) if key is None]
    given.sort(key=keys.__getitem__, reverse=descends)
    return [rows[at] for at in (*given, *blank)]


def drawn(template: str, name: str) -> Callable[[Any], SafeString]:
    """Render cells with a template, in whose context the row has a name."""
    return lambda row: SafeString(render_to_string(template, {name: row}))


def link(url: str, label: Any, about: Any = "") -> SafeString:
    """Render a link; `about` tells screen readers what it is about."""
    unseen = f'<span class="unseen"> {conditional_escape(about)}</span>' if about else ""
    return SafeString(
        f'<a href="{conditional_escape(url)}">{conditional_escape(label)}{unseen}</a>'
    )


def acts(cell: Callable[[Any], object], header: object = "") -> Column:
    """Make the column of a row's actions, which is not printed."""
    return Column("", header or gettext_lazy("操作"), cell=cell, look="acts")


def tick(row: Any, *, ticked: bool) -> SafeString:
    """Render the checkbox of a row."""
    words = _("%(code)sを選ぶ") % {"code": row}
    html = '<input type="checkbox" name="pk" value="{}" aria-label="{}"{}>'
    return format_html(html, row.pk, words, SafeString(" checked") if ticked else "")


def lines(*parts: object) -> SafeString:
    """Join non-blank parts, a line each."""
    shown = ((part,) for part in parts if part not in (None, ""))
    return format_html("<span>{}</span>", format_html_join(SafeString("<br>"), "{}", shown))


def links(parts: Iterable[SafeString]) -> SafeString:
    """Join a row's actions on one line."""
    return SafeString(f'<span class="actions">{" ".join(parts)}</span>')


def note(*parts: object) -> SafeString | str:
    """Render a small remark below a cell's value."""
    text = " ".join(str(part) for part in parts if part not in (None, ""))
    return format_html('<span class="help">{}</span>', text) if text else ""
