"""The parts from which the ledger's tables are declared: kinds of cells, columns, tables.

Columns that many tables share are made here.
"""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import polars as pl

from shokibo.texts import NOTHING, Text


class Kind(Enum):
    """The kind of cells in a column, and their type in a frame."""

    TEXT = "text"  # a single line
    REMARKS = "remarks"  # may have several lines
    ID = "id"  # compared and stored after NFKC
    AUTHORITY_CODE = "authority_code"  # a six-digit id; Excel drops a leading zero
    CHILD_CODE = "child_code"  # an id that can't be a name
    CODE = "code"
    DATE = "date"
    MONTH = "month"  # the first day of the month
    DATE_OR_MONTH = "date_or_month"
    FISCAL_YEAR = "fiscal_year"
    INTEGER = "integer"
    YEN = "yen"
    DECIMAL = "decimal"  # non-negative; text with the digits as given, so that it is exact
    HOURS = "hours"  # whole seconds, so that 38:45 and 13.33 are both exact
    YES_NO = "yes_no"
    SHARE = "share"  # a fraction as text, "1/2"
    ELIGIBLE_RULE = "eligible_rule"

    @property
    def dtype(self) -> pl.DataType:
        """The Polars type of a column of this kind."""
        return _DTYPES.get(self, pl.String())


_DTYPES: dict[Kind, pl.DataType] = {
    Kind.DATE: pl.Date(),
    Kind.MONTH: pl.Date(),
    Kind.DATE_OR_MONTH: pl.Date(),
    Kind.FISCAL_YEAR: pl.Int64(),
    Kind.INTEGER: pl.Int64(),
    Kind.YEN: pl.Int64(),
    Kind.HOURS: pl.Int64(),
    Kind.YES_NO: pl.Boolean(),
}


_LENGTHS = {
    Kind.TEXT: 200,
    Kind.REMARKS: 1_000,
    Kind.ID: 100,
    Kind.AUTHORITY_CODE: 6,
    Kind.CHILD_CODE: 100,
    Kind.DECIMAL: 20,
    Kind.SHARE: 20,
    Kind.ELIGIBLE_RULE: 200,
}


@dataclass(frozen=True)
class Column:
    """A column: its English name, Japanese header, kind, and how it is filled in.

    `on_blank` says what a blank cell means; the note does not.

    `is_last_day` marks a date as the last day of something. `blank_code` is the problem code of a
    blank cell if the column is required. A decimal has at most `decimals` digits after the point.
    `depends` marks a column that only some rows must fill in.
    """

    name: str
    header: str
    kind: Kind = Kind.TEXT
    required: bool = False
    codes: dict[str, str] | None = None
    refers: str | None = None
    note: Text = NOTHING
    on_blank: Text = NOTHING
    is_last_day: bool = False
    length: int | None = None
    blank_code: str = "CELL_BLANK"
    decimals: int = 0
    depends: bool = False

    @property
    def explanation(self) -> Text:
        """The note, and what a blank cell means."""
        return Text(self.note.ja + self.on_blank.ja, f"{self.note.en} {self.on_blank.en}".strip())

    @property
    def longest(self) -> int | None:
        """The maximum length of its text; None if its kind or its codes limit it."""
        return None if self.codes else self.length or _LENGTHS.get(self.kind)


@dataclass(frozen=True)
class Table:
    """A table: its English name, Japanese sheet, columns and key.

    If `maintained_by_home`, it is in a home's own workbook. If `for_form1`, it decides what form 1
    prints, or whether what that certifies holds. If it `is_of_children`, each row is about a child.
    """

    name: str
    sheet: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    note: Text
    maintained_by_home: bool = False
    for_form1: bool = False
    is_of_children: bool = False

    def column(self, name: str) -> Column:
        """Return a column by its English name. Raises KeyError if there is none."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """The columns' Polars types, in order."""
        return {column.name: column.kind.dtype for column in self.columns}


DELETE = Column(
    "delete",
    "削除",
    Kind.YES_NO,
    note=Text("○の行は台帳から除く。", "A row with yes is removed."),
    on_blank=Text("空欄は除かない。", "Blank keeps it."),
)
"""Any table may have this column; only a yes in it removes a row."""


def authority_of_table() -> Column:
    """Make the authority column of a table whose rows name it if there are several."""
    return Column(
        "authority_code",
        "団体コード",
        Kind.AUTHORITY_CODE,
        refers="authorities",
        note=Text(
            "台帳に自治体が複数あるときは必須。", "Needed if the ledger holds several authorities."
        ),
        on_blank=Text("空欄は、ただ一つの自治体。", "Blank: the only one."),
    )


def home_id(*, required: bool = True, on_blank: Text = NOTHING) -> Column:
    """Make the column of the home that a row belongs to."""
    return Column("home_id", "施設ID", Kind.ID, required, refers="homes", on_blank=on_blank)


def unit_id(*, required: bool = False, note: Text = NOTHING, on_blank: Text = NOTHING) -> Column:
    """Make the column of the unit that a row belongs to."""
    return Column(
        "unit_id",
        "生活単位ID",
        Kind.ID,
        required,
        refers="units",
        note=note,
        on_blank=on_blank,
    )


BLANK_UNKNOWN = Text("空欄は不明。", "Blank: not known.")
