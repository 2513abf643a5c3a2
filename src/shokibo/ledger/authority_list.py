"""A list of authorities, by code and name: a ledger, or any table with both columns."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from shokibo.ledger import problems
from shokibo.ledger.carriers.files import decoded
from shokibo.ledger.carriers.headers import column_named
from shokibo.ledger.carriers.sheets import FilledSheet, filled_sheets
from shokibo.ledger.cells import Cell, CellError, is_blank, parse
from shokibo.ledger.columns import Column
from shokibo.ledger.findings import Finding, UnreadableLedgerError
from shokibo.ledger.raw import RawCell
from shokibo.ledger.reading import read_ledger
from shokibo.ledger.tables import AUTHORITIES

_COLUMNS = {name: AUTHORITIES.column(name) for name in ("authority_code", "name")}


class UnreadableListError(UnreadableLedgerError):
    """The list at a path can't be read: its problems, each with its place."""

    def __init__(self, path: Path, error: UnreadableLedgerError) -> None:
        self.path = path
        super().__init__(error.problems, error.count)


def read_authorities(path: Path) -> list[tuple[str, str]]:
    """Return the code and name of each authority in a list, in its order.

    Raises UnreadableListError with every problem at once.
    """
    try:
        return _read(path)
    except UnreadableLedgerError as error:
        raise UnreadableListError(path, error) from error


def _read(path: Path) -> list[tuple[str, str]]:
    if path.is_dir():
        return list(read_ledger(path)["authorities"].select(*_COLUMNS).iter_rows())
    if not path.is_file():
        raise UnreadableLedgerError([problems.at_file("NOT_FOUND", path)])
    found = _sheets(path)
    if isinstance(found, Finding):
        raise UnreadableLedgerError([found])
    for sheet in found:
        for row, cells in sheet.by_row.items():
            columns = _header(cells)
            if columns.keys() == _COLUMNS.keys():
                return _rows(sheet, row, columns)
    place = found[0].name if found else path.name
    raise UnreadableLedgerError([problems.header_not_found(AUTHORITIES, place)])


def _sheets(path: Path) -> Sequence[FilledSheet] | Finding:
    if path.suffix.casefold() != ".csv":
        return filled_sheets(path)
    text = decoded(path.read_bytes())
    if text is None:
        return problems.at_file("ENCODING_UNKNOWN", path)
    rows = enumerate(csv.reader(io.StringIO(text, newline="")), start=1)
    cells = {
        (row, column): cell
        for row, line in rows
        for column, cell in enumerate(line)
        if not is_blank(cell)
    }
    return [FilledSheet(path.name, cells)]


def _header(cells: Mapping[int, RawCell]) -> dict[str, int]:
    named = ((at, column_named(AUTHORITIES, _plain(cell))) for at, cell in cells.items())
    return {column.name: at for at, column in named if column and column.name in _COLUMNS}


def _plain(cell: RawCell) -> Cell:
    return cell if isinstance(cell, str | int | float) else None


def _rows(sheet: FilledSheet, header: int, columns: Mapping[str, int]) -> list[tuple[str, str]]:
    found: list[Finding] = []
    rows: list[tuple[str, str]] = []
    for row, cells in sheet.by_row.items():
        if row <= header:
            continue
        values: list[str] = []
        for name, at in columns.items():
            cell = _plain(cells.get(at))
            values += _value(_COLUMNS[name], cell, sheet.place(row, at), found)
        if len(values) == len(_COLUMNS):
            by_name = dict(zip(columns, values, strict=True))
            rows.append((by_name["authority_code"], by_name["name"]))
    if found:
        raise UnreadableLedgerError(found)
    return rows


def _value(column: Column, cell: Cell, place: str, found: list[Finding]) -> Iterator[str]:
    if is_blank(cell):
        found.append(problems.at("CELL_BLANK", AUTHORITIES.name, place, header=column.header))
        return
    try:
        value = str(parse(cell, column))
    except CellError as error:
        values = {"header": column.header, **error.values}
        found.append(problems.at(error.code, AUTHORITIES.name, place, **values))
        return
    yield value
