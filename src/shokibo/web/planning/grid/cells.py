"""The inputs of a grid, written without a template each: a page has hundreds of them."""

from collections.abc import Iterator, Mapping

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from shokibo.ledger.tables import Column, Kind
from shokibo.web.planning.grid.rows import Cell, Grid, Row, told
from shokibo.web.planning.grid.words import row_head

_NUMBERS = {Kind.INTEGER, Kind.YEN}


class Drawn:
    """A grid's cells as HTML. `notes` gives words to stand under what a cell names."""

    def __init__(self, grid: Grid, notes: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self.grid, self.notes = grid, notes or {}
        self._options: dict[str, tuple[tuple[str, str], ...]] = {}

    @property
    def heads(self) -> Iterator[tuple[Column, str]]:
        """The columns with their headers."""
        return ((column, _(column.header)) for column in self.grid.columns)

    def cells(self, row: Row) -> Iterator[SafeString]:
        """Draw a row's cells, each a table cell with its input."""
        return (self._cell(row, name, cell) for name, cell in row.cells.items())

    @property
    def rows(self) -> Iterator[tuple[Row, str, Iterator[SafeString]]]:
        """The rows, each with its own name where it has one, and its cells as inputs."""
        for row in self.grid.rows:
            yield row, self._head(row), self.cells(row)

    @property
    def read_rows(self) -> Iterator[tuple[Row, str, list[tuple[str, str]]]]:
        """The rows to be read only: each cell with its header."""
        for row in self.grid.rows:
            cells = [(_(cell.column.header), self._told(cell)) for cell in row.cells.values()]
            yield row, self._head(row), cells

    def _head(self, row: Row) -> str:
        return row_head(self.grid.kind.table, self.grid.kind.named, row.names)

    def _told(self, cell: Cell) -> str:
        named = self.grid.choices.get(cell.column.name, {}).get(cell.typed)
        return (
            named
            or self.notes.get(cell.column.name, {}).get(cell.typed)
            or told(cell.column, cell.value)
        )

    def _cell(self, row: Row, name: str, cell: Cell) -> SafeString:
        at = f"{row.number}-{name}"
        note = self.notes.get(name, {}).get(cell.typed, "")
        stands = row.stands.get(name)
        return format_html(
            '<td class="{}">{}{}{}{}</td>',
            f"c-{name}",
            self._input(row, name, cell, at),
            format_html('<small class="note">{}</small>', note) if note else "",
            format_html('<p class="wrong" id="w{}">{}</p>', at, cell.wrong) if cell.wrong else "",
            format_html('<p class="now">{}</p>', _("今の値:%(now)s") % {"now": stands})
            if stands
            else "",
        )

    def _input(self, row: Row, name: str, cell: Cell, at: str) -> SafeString:
        wrong = f' aria-invalid="true" aria-describedby="w{at}"' if cell.wrong else ""
        common = mark_safe(  # noqa: S308 - made of numbers and names of columns
            f'id="c{at}" name="{at}" aria-labelledby="r{row.number} h-{name}"{wrong}'
        )
        options = self._choices(cell.column)
        if options:
            return format_html("<select {}>{}</select>", common, _options(options, cell.typed))
        if cell.column.refers == "units":
            common = format_html('{} list="units-{}"', common, _home_of(row))
        kind = "figure" if cell.column.kind in _NUMBERS else "words"
        if cell.column.kind is Kind.FISCAL_YEAR:
            kind = "year"
        return format_html(
            '<input type="text" class="{}" {} value="{}"{} autocomplete="off">',
            kind,
            common,
            cell.typed,
            format_html(' placeholder="{}"', cell.blank) if cell.blank else "",
        )

    def _choices(self, column: Column) -> tuple[tuple[str, str], ...]:
        if column.name not in self._options:
            self._options[column.name] = tuple(self._offered(column))
        return self._options[column.name]

    def _offered(self, column: Column) -> Iterator[tuple[str, str]]:
        if column.codes is not None:
            yield from ((code, _(label)) for code, label in column.codes.items())
        elif column.kind is Kind.YES_NO:
            yield from (("1", "○"), ("0", "×"))
        else:
            yield from self.grid.choices.get(column.name, {}).items()


def _home_of(row: Row) -> str:
    home = row.cells.get("home_id")
    return str(row.names.get("home_id", "")) or (home.typed if home else "")


def _options(options: tuple[tuple[str, str], ...], typed: str) -> SafeString:
    """Write options; what was typed and is none of them stays as one, so that it is not lost."""
    known = any(value == typed for value, _label in options)
    offered = (("", ""), *options) if known or not typed else (("", ""), *options, (typed, typed))
    return mark_safe(  # noqa: S308 - every part is escaped
        "".join(
            f'<option value="{escape(value)}"{" selected" if value == typed else ""}>'
            f"{escape(label)}</option>"
            for value, label in offered
        )
    )
