"""Read a ledger from any carrier: all of it, or all that is wrong with it."""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import MappingProxyType

import polars as pl

from shokibo.characters import invisible, label
from shokibo.ledger import limits, problems
from shokibo.ledger.carriers.headers import column_named
from shokibo.ledger.cells import Cell, CellError, Parsed, is_blank, parse, shown
from shokibo.ledger.findings import Finding, ProblemList, UnreadableLedgerError, shortened
from shokibo.ledger.keys import ExternalIds, key_problems, reference_problems
from shokibo.ledger.model import Ledger, empty_frame
from shokibo.ledger.raw import (
    ROW,
    Carrier,
    FormattedCell,
    RawCell,
    RawTable,
    TableSource,
    UnusableCell,
)
from shokibo.ledger.tables import BY_NAME, DELETE, Column, Kind, Table

Progress = Callable[[str], None]

NOTHING_KNOWN: ExternalIds = MappingProxyType({})


@dataclass(frozen=True)
class Reading:
    """What could be read of a carrier, and what could not.

    `ledger` holds the rows without a problem, `ids` all ids that its tables name, those of rows
    with a problem too. `problem_count` is of all problems, also those that are only counted.
    """

    ledger: Ledger
    problems: tuple[Finding, ...]
    problem_count: int
    ids: Mapping[str, frozenset[str]]


def read_ledger(path: Path, progress: Progress = lambda _: None) -> Ledger:
    """Read a workbook or a folder of CSV or Parquet files.

    `progress` is told the name of each table as it is read. Raises UnreadableLedgerError with
    every problem at once (see there); nothing is half-read.
    """
    read = read_rows(path, progress)
    if read.problems:
        raise UnreadableLedgerError(read.problems, read.problem_count)
    return read.ledger


def read_rows(
    path: Path, progress: Progress = lambda _: None, known: ExternalIds = NOTHING_KNOWN
) -> Reading:
    """Read what can be understood, beside all that can't: for who goes on to check the rest.

    Ids of `known` exist though the carrier does not hold them.
    """
    carried = read_carrier(path)
    found = ProblemList(carried.problems)
    notes = list(carried.notes)
    frames = {name: _with_delete(empty_frame(table)) for name, table in BY_NAME.items()}
    sources = {name: TableSource(table.sheet, is_sheet=True) for name, table in BY_NAME.items()}
    for raw in carried.tables:
        progress(raw.table.sheet)
        frame, source = _assemble(raw, found, notes)
        frames[raw.table.name], sources[raw.table.name] = frame, source
    absent = BY_NAME.keys() - {raw.table.name for raw in carried.tables} - known.keys()
    whole = frames | {
        raw.table.name: frames[raw.table.name].filter(~pl.col(ROW).is_in(list(raw.unsound)))
        for raw in carried.tables
    }
    found.extend(key_problems(whole, sources))
    found.extend(reference_problems(frames, sources, absent, known))
    sound = {name: _sound(name, frame, found) for name, frame in whole.items()}
    ledger = Ledger(
        {name: frame.filter(~pl.col("delete")).drop("delete") for name, frame in sound.items()},
        {name: frame.filter("delete").drop("delete") for name, frame in sound.items()},
        sources,
        tuple(notes),
    )
    return Reading(ledger, tuple(found.kept), found.count, _ids(frames))


def _sound(table: str, frame: pl.DataFrame, found: ProblemList) -> pl.DataFrame:
    """Give the rows without a problem: none where a header is missing."""
    if table in found.codes["HEADER_MISSING"]:
        return frame.clear()
    wrong = pl.Series(sorted(found.rows[table]), dtype=frame.schema[ROW])
    return frame.filter(~pl.col(ROW).is_in(wrong.implode()))


def _ids(frames: Mapping[str, pl.DataFrame]) -> dict[str, frozenset[str]]:
    """Give the ids of the tables to which others refer."""
    return {
        name: frozenset(frames[name][BY_NAME[name].key[0]].drop_nulls().to_list())
        for name in ("authorities", "homes", "units")
    }


def read_carrier(path: Path) -> Carrier:
    """Read the carrier at a path as it stands."""
    try:
        if path.is_dir():
            from shokibo.ledger.carriers.files import read_folder

            return _within_bounds(read_folder(path), path)
        if not path.exists():
            return Carrier(problems=[problems.at_file("NOT_FOUND", path)])
        if not path.is_file():
            return Carrier(problems=[problems.at_file("NOT_A_FILE", path)])
        from shokibo.ledger.carriers.excel import read_workbook

        carried = read_workbook(path)
    except PermissionError:
        return Carrier(problems=[problems.at_file("NO_PERMISSION", path)])
    except OSError:
        return Carrier(problems=[problems.at_file("NOT_FOUND", path)])
    if not carried.tables and not carried.problems:
        carried.problems.append(problems.at_file("NO_TABLES", path))
    return _within_bounds(carried, path)


def _within_bounds(carried: Carrier, path: Path) -> Carrier:
    """Give what was carried; nothing of it but the reason where it is too much to go on with."""
    found = [*carried.problems, *(one for raw in carried.tables if (one := _beyond(raw)))]
    if sum(len(raw.rows) for raw in carried.tables) > limits.MAX_LEDGER_ROWS:
        found.append(problems.too_many("TOO_MANY_ROWS", "", path.name, limits.MAX_LEDGER_ROWS))
    if any(one.code in ("TOO_MANY_ROWS", "TOO_MANY_COLUMNS") for one in found):
        return Carrier(problems=found)
    return carried


def _beyond(raw: RawTable) -> Finding | None:
    at = (raw.table.name, raw.source.label)
    if len(raw.rows) > limits.MAX_ROWS:
        return problems.too_many("TOO_MANY_ROWS", *at, limits.MAX_ROWS)
    if sum(not is_blank(header) for header in raw.headers) > limits.MAX_COLUMNS:
        return problems.too_many("TOO_MANY_COLUMNS", *at, limits.MAX_COLUMNS)
    return None


def _assemble(
    raw: RawTable, found: ProblemList, notes: list[Finding]
) -> tuple[pl.DataFrame, TableSource]:
    places = _columns_of(raw, found, notes)
    found.extend(
        _header_missing(raw, column)
        for column in raw.table.columns
        if column.required and column.name not in places
    )
    stray = _stray_rows(raw, places)
    found.extend(
        problems.at_cell("ROW_STRAY", raw, row, places[column.name], column)
        for row, column in stray.items()
    )
    series = [
        _series(raw, column, places.get(column.name), found, notes, stray.keys())
        for column in (*raw.table.columns, DELETE)
    ]
    source = TableSource(
        raw.source.label,
        raw.source.is_sheet,
        {name: raw.letter(index) for name, index in places.items()},
    )
    frame = pl.DataFrame([*series, pl.Series(ROW, raw.rows, pl.UInt32)])
    return _with_delete(frame), source


def _stray_rows(raw: RawTable, places: Mapping[str, int]) -> dict[int, Column]:
    """Give the rows with nothing in any required column, each with its first filled column.

    That is what a formula leaves that was dragged down too far. A table with one required column
    has none: there it is a cell that was forgotten.
    """
    known = [column for column in raw.table.columns if column.name in places]
    required = [column for column in known if column.required]
    if len(required) < 2:
        return {}
    filled = {
        column.name: [not _holds_nothing(cell) for cell in raw.columns[places[column.name]]]
        for column in known
    }
    return {
        row: first
        for at, row in enumerate(raw.rows)
        if row not in raw.unsound and not any(filled[column.name][at] for column in required)
        if (first := next((column for column in known if filled[column.name][at]), None))
    }


def _holds_nothing(cell: RawCell) -> bool:
    return not isinstance(cell, UnusableCell | FormattedCell) and is_blank(cell)


def _with_delete(frame: pl.DataFrame) -> pl.DataFrame:
    if "delete" not in frame.columns:
        return frame.with_columns(delete=pl.lit(value=False))
    return frame.with_columns(pl.col("delete").fill_null(value=False))


def _header_missing(raw: RawTable, column: Column) -> Finding:
    return problems.at_header(
        "HEADER_MISSING", raw, None, table=raw.table.sheet, header=column.header
    )


def _columns_of(raw: RawTable, found: ProblemList, notes: list[Finding]) -> dict[str, int]:
    """Find which column of the carrier is which; say which are doubled or unknown."""
    places: dict[str, int] = {}
    for index, header in enumerate(raw.headers):
        column = column_named(raw.table, header)
        if column is None:
            notes.extend(_unknown_column(raw, index, header))
        elif column.name in places:
            first = raw.place(raw.header_row, places[column.name])
            values = {"header": column.header, "first": first}
            found.extend([problems.at_header("HEADER_DUPLICATE", raw, index, **values)])
        else:
            places[column.name] = index
    return places


def _unknown_column(raw: RawTable, index: int, header: Cell) -> Iterator[Finding]:
    if is_blank(header) and all(
        isinstance(c, UnusableCell | FormattedCell) or is_blank(c) for c in raw.columns[index]
    ):
        return
    values = {"header": shown(header), "table": raw.table.sheet}
    yield problems.at_header("COLUMN_UNKNOWN", raw, index, **values)


Key = tuple[type, RawCell]
"""A distinct cell: 1, 1.0 and True are equal and not the same."""


def _series(
    raw: RawTable,
    column: Column,
    index: int | None,
    found: ProblemList,
    notes: list[Finding],
    stray: Set[int],
) -> pl.Series:
    """Read a column; of a stray row no cell is told, the row is."""
    if index is None:
        return pl.Series(column.name, [None] * len(raw.rows), column.kind.dtype)
    cells = [(type(cell), cell) for cell in raw.columns[index]]
    read: dict[Key, Parsed] = {}
    wrong: dict[Key, CellError] = {}
    odd: dict[Key, CellError] = {}
    for key in set(cells):
        try:
            read[key] = _read_one(key[1], column)
        except CellError as error:
            wrong[key] = error
            continue
        if note := _noted(key[1], column, read[key]):
            odd[key] = note
    for row, what in _rows_of(raw, index, wrong):
        if row not in stray and what.code and found.takes(what.code, raw.table.name, row):
            found.kept.append(problems.at_cell(what.code, raw, row, index, column, **what.values))
    notes.extend(
        problems.at_cell(note.code, raw, row, index, column, **note.values)
        for row, note in islice(_rows_of(raw, index, odd), limits.MAX_ALIKE)
        if row not in stray
    )
    values = [read.get(key) for key in cells]
    return pl.Series(column.name, values, column.kind.dtype, strict=True)


def _read_one(cell: RawCell, column: Column) -> Parsed:
    """Read one distinct cell. Raises CellError."""
    if isinstance(cell, UnusableCell):
        raise CellError(cell.code)
    if isinstance(cell, FormattedCell):
        try:
            return parse(cell.value, column)
        except CellError as error:
            as_shown = {"value": shortened(cell.text)} if "value" in error.values else {}
            raise CellError(error.code, **(error.values | as_shown)) from error
    if is_blank(cell):
        if column.required:
            raise CellError("CELL_BLANK")
        return None
    return parse(cell, column)


def _noted(cell: RawCell, column: Column, value: Parsed) -> CellError | None:
    """Describe what is odd about a cell that was read: shown otherwise, or with unseen text."""
    if isinstance(cell, FormattedCell) and cell.text != value:
        return CellError("CELL_SHOWN_OTHERWISE", value=str(value), shown=cell.text)
    if isinstance(cell, str) and (odd := invisible(cell, lines=column.kind is Kind.REMARKS)):
        characters = list(dict.fromkeys(label(character) for _, character in odd))
        return CellError("CHARACTERS_REMOVED", value=shown(cell), characters=characters)
    return None


def _rows_of(
    raw: RawTable, index: int, odd: Mapping[Key, CellError]
) -> Iterator[tuple[int, CellError]]:
    """Give the rows whose cell of a column is one of some, with what is odd about it."""
    if not odd:
        return
    for row, cell in zip(raw.rows, raw.columns[index], strict=True):
        if (error := odd.get((type(cell), cell))) is not None:
            yield row, error


def tables_read(ledger: Ledger) -> list[Table]:
    """Give the tables that hold a row, in their declared order."""
    return [table for name, table in BY_NAME.items() if ledger[name].height]
