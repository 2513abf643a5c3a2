"""A table as a grid: a row per ledger row, an input per cell.

Reading a grid loses nothing: what was typed stays, right or wrong, with each error at its cell.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from shokibo.ledger.cells import hours_text
from shokibo.ledger.columns import Column, Table
from shokibo.ledger.columns import Kind as Holds
from shokibo.ledger.formatting import rule_label
from shokibo.web.base.forms import LedgerField
from shokibo.web.base.language import language
from shokibo.web.base.seals import differs, seal_of
from shokibo.web.base.words import short_nendo, wareki
from shokibo.web.pages.grid.words import row_place
from shokibo.web.store.mapping import BY_LABEL, Mapped

MOST_ROWS = 500
"""The most rows that a grid may send; more are a mistake or an attack."""
_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class Kind:
    """A kind of grid: its table, the editable columns, and those that name a row.

    A grid with `named` rows has one for each name and no other; otherwise rows are added freely.
    `most` are the largest plausible figures of some columns: more are a typing error.
    """

    model: type[Model]
    typed: tuple[str, ...]
    named: tuple[str, ...] = ()
    most: Mapping[str, int] = field(default_factory=dict)

    @property
    def mapped(self) -> Mapped:
        """How the database holds the table."""
        return BY_LABEL[self.model._meta.label]

    @property
    def table(self) -> Table:
        """The ledger's table."""
        return self.mapped.table

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that identify a row; empty if equal rows are allowed."""
        return tuple(name for name in self.table.key if name in (*self.named, *self.typed))


@dataclass
class Cell:
    """A cell: the typed text, the value, the error, what a blank means."""

    column: Column
    typed: str = ""
    value: Any = None
    wrong: str = ""
    blank: str = ""

    def take_label(self, offered: Mapping[str, str]) -> bool:
        """Replace a typed label with its id; return whether the cell holds an offered id."""
        if self.value in offered:
            return True
        wanted = _folded(str(self.value))
        ids = [code for code, label in offered.items() if _folded(label) == wanted]
        if len(ids) == 1:
            self.typed = self.value = ids[0]
        return len(ids) == 1


@dataclass
class Row:
    """A row of a grid. `place` names it in words, `names` are the values that identify it.

    `at` is the prefix of its fields' names, by default its number.

    `pk` and `version` are those of the stored row, if any.

    `folded` leaves a row that the program filled in to its head on a phone, as one that is stored.

    If somebody else changed it meanwhile, `current` is what it holds now, by column, where this
    person changed it too, and `given_way` what it held where only the other one did. `derived` are
    figures that follow from it: the end of an id, the header, the text.
    """

    number: int
    cells: dict[str, Cell]
    place: str = ""
    names: dict[str, Any] = field(default_factory=dict)
    pk: int | None = None
    version: int = 0
    seal: str = ""
    removed: bool = False
    folded: bool = False
    current: dict[str, str] = field(default_factory=dict)
    given_way: dict[str, str] = field(default_factory=dict)
    derived: list[tuple[str, str, str]] = field(default_factory=list)
    at: str = ""

    def __post_init__(self) -> None:
        """Default the prefix of its fields' names."""
        self.at = self.at or str(self.number)

    @property
    def is_blank(self) -> bool:
        """Whether it is empty."""
        return not any(cell.typed for cell in self.cells.values())

    @property
    def is_spare(self) -> bool:
        """Whether it is a blank row to be filled in."""
        return self.pk is None and self.is_blank

    @property
    def typed(self) -> list[str]:
        """What is typed in its cells."""
        return [cell.typed for cell in self.cells.values()]

    @property
    def touched(self) -> bool:
        """Whether somebody changed it."""
        return self.removed or self.seal != seal_of(self.typed)

    def edited(self, name: str) -> bool:
        """Whether somebody changed a cell since the page was opened."""
        return differs(self.seal, list(self.cells).index(name), self.cells[name].typed)

    @property
    def is_wrong(self) -> bool:
        """Whether one of its cells has an error."""
        return any(cell.wrong for cell in self.cells.values())

    @property
    def is_open(self) -> bool:
        """Whether a phone shows its cells; otherwise only its head, until it is opened."""
        return self.is_wrong or (self.touched and not self.folded)

    @property
    def values(self) -> dict[str, Any]:
        """Its values by the ledger's columns."""
        return {**self.names, **{name: cell.value for name, cell in self.cells.items()}}

    @property
    def key(self) -> str:
        """What the page knows of the stored row."""
        return f"{self.pk or ''}.{self.version}.{self.seal}"


@dataclass(frozen=True)
class Wrong:
    """An error at a cell, for the summary above a grid."""

    row: Row
    header: str
    name: str
    words: str


class Grid:
    """The rows of a grid, as stored or as typed. `choices` are those of some columns."""

    def __init__(
        self, kind: Kind, rows: list[Row], choices: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        self.kind, self.rows, self.choices = kind, rows, choices or {}

    @cached_property
    def columns(self) -> list[Column]:
        """The editable columns."""
        return [self.kind.table.column(name) for name in self.kind.typed]

    def read(self) -> "Grid":
        """Parse every row that is filled in or stored, marking errors.

        Errors are unreadable cells, and rows with the key of an earlier one.
        """
        fields = {column.name: LedgerField(column) for column in self.columns}
        for row in self.rows:
            if not row.removed and not self.is_left_out(row):
                for name, cell in row.cells.items():
                    self._read(fields[name], cell)
        key = () if self.kind.named else self.kind.key
        seen: dict[tuple[Any, ...], int] = {}
        for row in self.rows if key else ():
            if row.removed or row.is_wrong or self.is_left_out(row):
                continue
            first = seen.setdefault(tuple(row.values[name] for name in key), row.number)
            if first != row.number:
                headers = "、".join(_(self.kind.table.column(name).header) for name in key)
                row.cells[key[0]].wrong = _(
                    "%(row)s行目と、%(headers)sが同じです。どちらかを修正するか、削除してください。"
                ) % {"row": first, "headers": headers}
        return self

    def is_left_out(self, row: Row) -> bool:
        """Whether a row is empty: it is not stored, or removed if it was."""
        return row.is_blank and (row.pk is None or bool(self.kind.named))

    @property
    def touched(self) -> bool:
        """Whether somebody changed it."""
        return any(row.touched for row in self.rows)

    @property
    def wrong(self) -> Iterator[Wrong]:
        """All errors, row by row."""
        for row in self.rows:
            for name, cell in row.cells.items():
                if cell.wrong:
                    yield Wrong(row, _(cell.column.header), name, cell.wrong)

    def _read(self, ledger_field: LedgerField, cell: Cell) -> None:
        try:
            cell.value = ledger_field.clean(cell.typed)
        except ValidationError as error:
            cell.wrong = " ".join(error.messages)
            return
        if cell.value is None:
            return
        allowed = self.choices.get(cell.column.name)
        if allowed is not None and not cell.take_label(allowed):
            cell.wrong = _("選べるものから選んでください。")
        most = self.kind.most.get(cell.column.name)
        if most is not None and cell.value > most:
            cell.wrong = _("%(most)s以下の数を記入してください。") % {"most": most}


def stored_row(
    kind: Kind, number: int, row: Model | None, names: dict[str, Any] | None = None
) -> Row:
    """Make a grid row of a stored row, or a blank one."""
    cells = {}
    for name in kind.typed:
        column = kind.table.column(name)
        value = None if row is None else stored_value(row, kind.mapped.paths[name])
        cells[name] = Cell(column, shown(column, value), value)
    place = row_place(kind.table, number, kind.named, names or {})
    made = Row(number, cells, place, dict(names or {}))
    made.seal = seal_of(made.typed)
    if row is not None:
        made.pk, made.version = row.pk, row.version  # type: ignore[attr-defined]
    return made


def blank_rows(kind: Kind, after: int, count: int, each: dict[str, Any] | None = None) -> list[Row]:
    """Make blank rows for the end of a grid."""
    return [stored_row(kind, after + number, None, each) for number in range(1, count + 1)]


def typed_rows(
    kind: Kind,
    data: Mapping[str, str],
    names: Sequence[dict[str, Any]] = (),
    each: dict[str, Any] | None = None,
) -> list[Row]:
    """Make the rows of a submitted grid. Raises BadRequest if no page sends such data."""
    count = len(names) if kind.named else _number(data.get("rows", "0"))
    if count > MOST_ROWS and not kind.named:
        raise BadRequest
    rows = []
    for number, named in enumerate(names if kind.named else [each or {}] * count, 1):
        cells = typed_cells(kind, data, str(number))
        pk, _dot, rest = data.get(f"{number}-key", "").partition(".")
        version, _dot, seal = rest.partition(".")
        row = Row(
            number,
            cells,
            row_place(kind.table, number, kind.named, named),
            dict(named),
            _number(pk) if pk else None,
            _number(version or "0"),
            seal,
        )
        row.removed = bool(data.get(f"{number}-removed"))
        rows.append(row)
    return rows


def typed_cells(kind: Kind, data: Mapping[str, str], at: str) -> dict[str, Cell]:
    """Make a row's cells of its submitted fields."""
    return {
        name: Cell(kind.table.column(name), _line(data.get(f"{at}-{name}", "")))
        for name in kind.typed
    }


def _number(text: str) -> int:
    """Read a number written by a page, no longer than the database's keys."""
    if not _NUMBER.fullmatch(text):
        raise BadRequest
    return int(text)


def _line(text: str) -> str:
    """Return typed text as the single line that an input holds."""
    return " ".join(text.split())


def _folded(text: str) -> str:
    return _line(unicodedata.normalize("NFKC", text)).casefold()


def stored_value(row: Model, path: str) -> Any:
    """Return the value at a lookup path of a row; None if a link on it is blank."""
    found: Any = row
    for part in path.split("__"):
        found = None if found is None else getattr(found, part)
    return found


def shown(column: Column, value: Any) -> str:
    """Format a value as it is typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if column.kind is Holds.ELIGIBLE_RULE:
        return rule_label(value, language())
    return _WRITTEN[column.kind](value) if column.kind in _WRITTEN else _line(str(value))


_WRITTEN: dict[Holds, Callable[[Any], str]] = {
    Holds.FISCAL_YEAR: short_nendo,
    Holds.YEN: "{:,}".format,
    Holds.HOURS: hours_text,
    Holds.DATE: wareki,
}


def as_text(column: Column, value: Any) -> str:
    """Format a value for reading: codes by their label, a dash for a blank."""
    if column.codes is not None and value is not None:
        return _(column.codes[value])
    if isinstance(value, bool):
        return "○" if value else "×"
    return shown(column, value) or "—"
