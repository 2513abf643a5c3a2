"""Read a ledger from any carrier: all of it, or all that is wrong with it."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import polars as pl

from shokibo.ledger import limits, problems
from shokibo.ledger.carriers.headers import column_named
from shokibo.ledger.cells import Cell, Parsed, is_blank, parse
from shokibo.ledger.findings import Collected, Finding, UnreadableLedgerError, shortened
from shokibo.ledger.keys import Known, key_problems, reference_problems
from shokibo.ledger.model import Ledger, empty_frame
from shokibo.ledger.raw import ROW, Carried, RawCell, RawTable, Source, Unusable
from shokibo.ledger.tables import BY_NAME, DELETE, Column, Kind, Table

Progress = Callable[[str], None]

CODES_OF_KINDS = {
    Kind.DATE: "CELL_NOT_DATE",
    Kind.MONTH: "CELL_NOT_MONTH",
    Kind.DATE_OR_MONTH: "CELL_NOT_DATE",
    Kind.FISCAL_YEAR: "CELL_NOT_YEAR",
    Kind.INTEGER: "CELL_NOT_INTEGER",
    Kind.YEN: "CELL_NOT_INTEGER",
    Kind.HOURS: "CELL_NOT_HOURS",
    Kind.YES_NO: "CELL_NOT_YES_NO",
    Kind.SHARE: "CELL_NOT_SHARE",
    Kind.ELIGIBLE_RULE: "CELL_NOT_RULE",
    Kind.CODE: "CELL_UNKNOWN_CODE",
}
"""The code of the problem of a cell that can't be read as its column's kind."""


NOTHING_KNOWN: Known = MappingProxyType({})


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
    path: Path, progress: Progress = lambda _: None, known: Known = NOTHING_KNOWN
) -> Reading:
    """Read what can be understood, beside all that can't: for who goes on to check the rest.

    Ids of `known` exist though the carrier does not hold them.
    """
    carried = carry(path)
    found = Collected(carried.problems)
    notes = list(carried.notes)
    frames = {name: _with_delete(empty_frame(table)) for name, table in BY_NAME.items()}
    sources = {name: Source(table.sheet, is_sheet=True) for name, table in BY_NAME.items()}
    for raw in carried.tables:
        progress(raw.table.sheet)
        frame, source = _assemble(raw, found, notes)
        frames[raw.table.name], sources[raw.table.name] = frame, source
    absent = BY_NAME.keys() - {raw.table.name for raw in carried.tables} - known.keys()
    found.extend(key_problems(frames, sources))
    found.extend(reference_problems(frames, sources, absent, known))
    sound = {name: _sound(name, frame, found) for name, frame in frames.items()}
    ledger = Ledger(
        {name: frame.filter(~pl.col("delete")).drop("delete") for name, frame in sound.items()},
        {name: frame.filter("delete").drop("delete") for name, frame in sound.items()},
        sources,
        tuple(notes),
    )
    return Reading(ledger, tuple(found.kept), found.count, _ids(frames))


def _sound(table: str, frame: pl.DataFrame, found: Collected) -> pl.DataFrame:
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


def carry(path: Path) -> Carried:
    """Read the carrier at a path as it stands."""
    try:
        if path.is_dir():
            from shokibo.ledger.carriers.files import read_folder

            return _within_bounds(read_folder(path), path)
        if not path.exists():
            return Carried(problems=[problems.at_file("NOT_FOUND", path)])
        if not path.is_file():
            return Carried(problems=[problems.at_file("NOT_A_FILE", path)])
        from shokibo.ledger.carriers.excel import read_workbook

        carried = read_workbook(path)
    except PermissionError:
        return Carried(problems=[problems.at_file("NO_PERMISSION", path)])
    except OSError:
        return Carried(problems=[problems.at_file("NOT_FOUND", path)])
    if not carried.tables and not carried.problems:
        carried.problems.append(problems.at_file("NO_TABLES", path))
    return _within_bounds(carried, path)


def _within_bounds(carried: Carried, path: Path) -> Carried:
    """Give what was carried; nothing of it but the reason where it is too much to go on with."""
    found = [*carried.problems, *(one for raw in carried.tables if (one := _beyond(raw)))]
    if sum(len(raw.rows) for raw in carried.tables) > limits.MAX_LEDGER_ROWS:
        found.append(problems.too_many("TOO_MANY_ROWS", "", path.name, limits.MAX_LEDGER_ROWS))
    if any(one.code in ("TOO_MANY_ROWS", "TOO_MANY_COLUMNS") for one in found):
        return Carried(problems=found)
    return carried


def _beyond(raw: RawTable) -> Finding | None:
    at = (raw.table.name, raw.source.label)
    if len(raw.rows) > limits.MAX_ROWS:
        return problems.too_many("TOO_MANY_ROWS", *at, limits.MAX_ROWS)
    if sum(not is_blank(header) for header in raw.headers) > limits.MAX_COLUMNS:
        return problems.too_many("TOO_MANY_COLUMNS", *at, limits.MAX_COLUMNS)
    return None


def _assemble(raw: RawTable, found: Collected, notes: list[Finding]) -> tuple[pl.DataFrame, Source]:
    places = _columns_of(raw, found, notes)
    found.extend(
        _header_missing(raw, column)
        for column in raw.table.columns
        if column.required and column.name not in places
    )
    series = [
        _series(raw, column, places.get(column.name), found)
        for column in (*raw.table.columns, DELETE)
    ]
    source = Source(
        raw.source.label,
        raw.source.is_sheet,
        {name: raw.letter(index) for name, index in places.items()},
    )
    frame = pl.DataFrame([*series, pl.Series(ROW, raw.rows, pl.UInt32)])
    return _with_delete(frame), source


def _with_delete(frame: pl.DataFrame) -> pl.DataFrame:
    if "delete" not in frame.columns:
        return frame.with_columns(delete=pl.lit(value=False))
    return frame.with_columns(pl.col("delete").fill_null(value=False))


def _header_missing(raw: RawTable, column: Column) -> Finding:
    return problems.at_header(
        "HEADER_MISSING", raw, None, table=raw.table.sheet, header=column.header
    )


def _columns_of(raw: RawTable, found: Collected, notes: list[Finding]) -> dict[str, int]:
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
    if is_blank(header) and all(isinstance(c, Unusable) or is_blank(c) for c in raw.columns[index]):
        return
    values = {"header": shown(header), "table": raw.table.sheet}
    yield problems.at_header("COLUMN_UNKNOWN", raw, index, **values)


def _series(raw: RawTable, column: Column, index: int | None, found: Collected) -> pl.Series:
    if index is None:
        return pl.Series(column.name, [None] * len(raw.rows), column.kind.dtype)
    cells = raw.columns[index]
    read: dict[tuple[type, RawCell], Parsed] = {}
    wrong: dict[tuple[type, RawCell], str] = {}
    for cell in {(type(cell), cell) for cell in cells}:
        code = _read_one(cell[1], column, read, cell)
        if code:
            wrong[cell] = code
    if wrong:
        _collect(raw, column, index, wrong, found)
    values = [read.get((type(cell), cell)) for cell in cells]
    return pl.Series(column.name, values, column.kind.dtype, strict=True)


def _read_one(
    cell: RawCell,
    column: Column,
    read: dict[tuple[type, RawCell], Parsed],
    key: tuple[type, RawCell],
) -> str:
    """Read one distinct cell into `read`; give the code of what is wrong with it, or nothing."""
    if isinstance(cell, Unusable):
        return cell.code
    if is_blank(cell):
        return "CELL_BLANK" if column.required else ""
    try:
        read[key] = parse(cell, column)
    except (ValueError, OverflowError):
        return CODES_OF_KINDS[column.kind]
    return ""


def _collect(
    raw: RawTable,
    column: Column,
    index: int,
    wrong: dict[tuple[type, RawCell], str],
    found: Collected,
) -> None:
    for row, cell in zip(raw.rows, raw.columns[index], strict=True):
        code = wrong.get((type(cell), cell))
        if code and found.takes(code, raw.table.name, row):
            found.kept.append(_problem(code, raw, row, index, column, cell))


def _problem(
    code: str, raw: RawTable, row: int, index: int, column: Column, cell: RawCell
) -> Finding:
    if code != "CELL_UNKNOWN_CODE":
        return problems.at_cell(code, raw, row, index, column, value=shown(cell))
    codes = list((column.codes or {}).values())
    return problems.at_cell(code, raw, row, index, column, value=shown(cell), codes=codes)


def shown(cell: RawCell) -> str:
    """Give a cell as it is shown to people in a message, shortened where it is long.

    A zero formatted as a date is read as midnight; Excel shows it as a day before the first.
    """
    if cell == dt.time():
        return "0(1900/1/0)"
    return shortened(None if isinstance(cell, Unusable) else cell)


def tables_read(ledger: Ledger) -> list[Table]:
    """Give the tables that hold a row, in their declared order."""
    return [table for name, table in BY_NAME.items() if ledger[name].height]
