"""The inputs of a grid, rendered without templates: a page has hundreds of them."""

from collections.abc import Iterator, Mapping
from itertools import groupby, islice

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from shokibo.ledger.columns import Column, Kind
from shokibo.web.base.language import language
from shokibo.web.pages.grid.rows import Cell, Grid, Row, as_text
from shokibo.web.pages.grid.words import row_head

LEADING = 4
"""How many cells name a row on a phone, which shows it folded."""
_NUMBERS = {Kind.INTEGER, Kind.YEN, Kind.DECIMAL}
_NAMED = ("homes", "units")
"""Tables whose rows have names."""
Drawing = tuple[Row, str, Iterator[SafeString]]
"""A row with its own name and its cells."""


class Drawn:
    """A grid's cells as HTML. `notes` gives the text below a cell for what it names."""

    def __init__(self, grid: Grid, notes: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self.grid, self.notes = grid, notes or {}
        self._options: dict[str, tuple[tuple[str, str], ...]] = {}

    @property
    def heads(self) -> Iterator[tuple[Column, str]]:
        """The columns with their headers."""
        return ((column, _(column.header)) for column in self.grid.columns)

    @property
    def read_heads(self) -> list[str]:
        """The headers of the rows for reading, which name homes and units."""
        return [
            _(column.header.removesuffix("ID") if column.refers in _NAMED else column.header)
            for column in self.grid.columns
        ]

    @property
    def column_notes(self) -> list[tuple[str, str]]:
        """How the ledger says a column is filled in."""
        notes = ((head, column.explanation.say(language())) for column, head in self.heads)
        return [(head, words) for head, words in notes if words]

    def cells(self, row: Row) -> Iterator[SafeString]:
        """Render a row's cells, each a table cell with its input."""
        numbered = enumerate(row.cells.items(), 1)
        return (self._cell(row, place, name, cell) for place, (name, cell) in numbered)

    @property
    def rows(self) -> Iterator[Drawing]:
        """The rows, each with its name, if any, and its cells as inputs."""
        for row in self.grid.rows:
            yield row, self._head(row), self.cells(row)

    @property
    def years(self) -> Iterator[tuple[int, bool, list[Drawing]]]:
        """The rows by year, and whether a phone shows them: if one is changed or wrong."""
        for year, rows in groupby(self.rows, key=lambda row: row[0].names["fiscal_year"]):
            shown = list(rows)
            yield year, any(row.is_open for row, _name, _cells in shown), shown

    @property
    def read_rows(self) -> Iterator[tuple[Row, str, list[tuple[str, str]]]]:
        """The rows for reading only: each cell with its header."""
        for row in self.grid.rows:
            cells = []
            for head, (name, cell) in zip(self.read_heads, row.cells.items(), strict=True):
                named = self._named(name, cell)
                cells.append((head, named or as_text(cell.column, cell.value)))
            yield row, self._head(row), cells

    def _named(self, name: str, cell: Cell) -> str | None:
        """Name what a cell refers to."""
        named = self.grid.choices.get(name, {}).get(cell.typed)
        return named or self.notes.get(name, {}).get(cell.typed)

    def _head(self, row: Row) -> str:
        """Name a row by what identifies it, or by its first filled cells."""
        if self.grid.kind.named:
            return row_head(self.grid.kind.table, self.grid.kind.named, row.names)
        typed = ((name, cell) for name, cell in row.cells.items() if cell.typed)
        return "・".join(self._label(*one) for one in islice(typed, LEADING))

    def _label(self, name: str, cell: Cell) -> str:
        return self._named(name, cell) or dict(self._choices(cell.column)).get(
            cell.typed, cell.typed
        )

    def _cell(self, row: Row, place: int, name: str, cell: Cell) -> SafeString:
        """Render a cell; what each of hundreds has in common is left to the style sheet."""
        at = f"{row.number}-{name}"
        note = self.notes.get(name, {}).get(cell.typed, "")
        meanwhile = [
            words % {"value": values[name]}
            for words, values in (
                (_("今の値:%(value)s"), row.current),
                (_("ほかの人が変えました(前の値:%(value)s)"), row.given_way),
            )
            if name in values
        ]
        wrong = f' aria-invalid="true" aria-describedby="w{at}"' if cell.wrong else ""
        common = mark_safe(  # noqa: S308 - made of numbers and names of columns
            f'id="c{at}" name="{at}" aria-labelledby="r{row.number} h{place}"{wrong}'
        )
        options = self._choices(cell.column)
        if options:
            entry = format_html("<select {}>{}</select>", common, _options(options, cell.typed))
        else:
            if cell.column.refers == "units":
                home = row.names.get("home_id") or row.cells["home_id"].typed
                common = format_html('{} list="units-{}"', common, home)
            look = "figure" if cell.column.kind in _NUMBERS else ""
            look = "year" if cell.column.kind is Kind.FISCAL_YEAR else look
            entry = format_html(
                "<input {}{}{}{}>",
                format_html('class="{}" ', look) if look else "",
                common,
                format_html(' value="{}"', cell.typed) if cell.typed else "",
                format_html(' placeholder="{}"', cell.blank) if cell.blank else "",
            )
        return format_html(
            '<td class="{}" data-label="{}">{}{}{}{}</td>',
            f"c-{name}" if cell.typed or cell.wrong else f"c-{name} none",
            _(cell.column.header),
            entry,
            format_html('<small class="note">{}</small>', note) if note else "",
            format_html('<p class="wrong" id="w{}">{}</p>', at, cell.wrong) if cell.wrong else "",
            format_html_join("", '<p class="now">{}</p>', ((words,) for words in meanwhile)),
        )

    def _choices(self, column: Column) -> tuple[tuple[str, str], ...]:
        if column.name not in self._options:
            if column.codes is not None:
                offered = [(code, _(label)) for code, label in column.codes.items()]
            elif column.kind is Kind.YES_NO:
                offered = [("1", "○"), ("0", "×")]
            else:
                offered = list(self.grid.choices.get(column.name, {}).items())
            self._options[column.name] = tuple(offered)
        return self._options[column.name]


def _options(options: tuple[tuple[str, str], ...], typed: str) -> SafeString:
    """Render options; a typed value that is not among them becomes one, so that it is not lost.

    Their end tags, optional in HTML, would be a tenth of a page of many rows.
    """
    known = any(value == typed for value, _label in options)
    offered = options if known or not typed else (*options, (typed, typed))
    return mark_safe(  # noqa: S308 - every part is escaped
        "<option>"
        + "".join(
            f'<option value="{escape(value)}"{" selected" if value == typed else ""}>'
            f"{escape(label)}"
            for value, label in offered
        )
    )
