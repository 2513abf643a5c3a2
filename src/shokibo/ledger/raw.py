"""A table as stored in its carrier, before its cells are parsed."""

from dataclasses import dataclass, field

import polars as pl

from shokibo.ledger.cells import Cell, is_blank
from shokibo.ledger.columns import Table
from shokibo.ledger.findings import Finding


@dataclass(frozen=True)
class TableSource:
    """A table's sheet or file, which names rows and columns as a person sees them.

    `columns` maps each English column name to its letter on a sheet, or its header in a file.
    """

    label: str
    is_sheet: bool
    columns: dict[str, str] = field(default_factory=dict)

    def place(self, row: int | None = None, column: str | None = None) -> str:
        """Name a place: `職員!F12`, `staff.csv:12 weekly_hours`, or only sheet, file or row."""
        if row is None:
            return self.label
        return self.cell(row, self.columns.get(column, "") if column else "")

    def cell(self, row: int, column: str) -> str:
        """Name a cell by its row and its column's letter or header."""
        if self.is_sheet:
            return f"{self.label}!{column}{row}"
        return f"{self.label}:{row} {column}".rstrip()


@dataclass(frozen=True)
class UnusableCell:
    """A cell that shows something but holds no value; `code` says why.

    The code is blank if the problem is reported once for a whole range of cells.
    """

    code: str


@dataclass(frozen=True)
class FormattedCell:
    """A number, day or time in a text column, and how its sheet shows it."""

    value: Cell
    text: str


RawCell = Cell | UnusableCell | FormattedCell


def is_filled(cell: RawCell) -> bool:
    """Return whether a cell shows anything."""
    return isinstance(cell, UnusableCell | FormattedCell) or not is_blank(cell)


@dataclass(frozen=True)
class RawTable:
    """A table's headers, its cells by column, and the number of each row in the carrier."""

    table: Table
    source: TableSource
    header_row: int
    headers: list[Cell]
    columns: list[list[RawCell]]
    rows: list[int]
    merged_rows: frozenset[int] = frozenset()
    """Rows with a cell of a merged range."""

    def letter(self, index: int) -> str:
        """Name a column as its carrier does: a letter on a sheet, else its header or number."""
        if self.source.is_sheet:
            return column_letter(index)
        return str(self.headers[index] or index + 1)

    def place(self, row: int, index: int) -> str:
        """Name a cell by its row and its column's index."""
        return self.source.cell(row, self.letter(index))


@dataclass
class Carrier:
    """The content of a carrier: its tables, what stops the reading, what is only worth noting."""

    tables: list[RawTable] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)


def column_letter(index: int) -> str:
    """Name a sheet's column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def transposed(rows: list[list[Cell]], width: int) -> list[list[RawCell]]:
    """Transpose rows into columns, padding short rows with blanks."""
    if not rows:
        return [[] for _ in range(width)]
    full = [row if len(row) == width else [*row, *[None] * (width - len(row))] for row in rows]
    return [list(column) for column in zip(*full, strict=True)]


ROW = "_row"
"""The column, in every frame, with the row's number in its carrier."""
ROW_DTYPE = pl.UInt32()
