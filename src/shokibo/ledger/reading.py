"""Read a ledger from any carrier: return all of it, or all its problems."""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from types import MappingProxyType

import polars as pl

from shokibo.characters import invisible, label
from shokibo.ledger import limits, problems
from shokibo.ledger.carriers.headers import column_named
from shokibo.ledger.cells import CellError, Parsed, is_blank, parse, shown
from shokibo.ledger.columns import DELETE, Column, Kind
from shokibo.ledger.examples import is_left_from_example, without_examples
from shokibo.ledger.findings import Finding, ProblemList, UnreadableLedgerError, shortened
from shokibo.ledger.keys import ExternalIds, key_problems, referable_ids, reference_problems
from shokibo.ledger.model import Ledger, empty_frame
from shokibo.ledger.raw import (
    ROW,
    ROW_DTYPE,
    Carrier,
    FormattedCell,
    RawCell,
    RawTable,
    TableSource,
    UnusableCell,
    is_filled,
)
from shokibo.ledger.tables import BY_NAME

Progress = Callable[[str], None]

_NO_IDS: ExternalIds = MappingProxyType({})


@dataclass(frozen=True)
class Reading:
    """What could be read from a carrier, and what could not.

    `ledger` holds the rows without a problem; `ids` all ids in its tables, including those of rows
    with a problem. `problem_count` includes problems that are only counted.
    """

    ledger: Ledger
    problems: tuple[Finding, ...]
    problem_count: int
    ids: ExternalIds


def read_ledger(path: Path, progress: Progress = lambda _: None) -> Ledger:
    """Read a workbook or a folder of CSV or Parquet files.

    `progress` is called with the name of each table as it is read. Raises UnreadableLedgerError
    with all problems at once (see there); nothing is half-read.
    """
    read = read_rows(path, progress)
    if read.problems:
        raise UnreadableLedgerError(read.problems, read.problem_count)
    return read.ledger


def read_rows(
    path: Path, progress: Progress = lambda _: None, external: ExternalIds = _NO_IDS
) -> Reading:
    """Read the rows without problems, and list the problems of all others.

    Ids in `external` exist although the carrier does not have them.
    """
    carried = read_carrier(path)
    tables = [without_examples(raw) for raw in carried.tables]
    found = ProblemList(carried.problems)
    notes = list(carried.notes)
    frames = {name: _unmarked(name) for name in BY_NAME}
    sources = {name: TableSource(table.sheet, is_sheet=True) for name, table in BY_NAME.items()}
    for raw in tables:
        progress(raw.table.sheet)
        frame, source = _assemble(raw, found, notes)
        frames[raw.table.name], sources[raw.table.name] = frame, source
    absent = BY_NAME.keys() - {raw.table.name for raw in tables} - external.keys()
    whole = frames | {
        raw.table.name: _without(frames[raw.table.name], raw.merged_rows) for raw in tables
    }
    found.extend(key_problems(whole, sources))
    found.extend(reference_problems(frames, sources, absent, external))
    sound = {
        name: frame.clear()
        if name in found.codes["HEADER_MISSING"]
        else _without(frame, found.rows[name])
        for name, frame in whole.items()
    }
    split = {name: _split(frame) for name, frame in sound.items()}
    ledger = Ledger(
        {name: kept for name, (kept, _) in split.items()},
        {name: removed for name, (_, removed) in split.items()},
        sources,
        tuple(notes),
    )
    return Reading(ledger, tuple(found.listed), found.count, referable_ids(frames))


def read_carrier(path: Path) -> Carrier:
    """Read a carrier without parsing its cells."""
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
    """Drop all tables if there are too many rows or columns to continue."""
    found = list(carried.problems)
    for raw in carried.tables:
        at = (raw.table.name, raw.source.label)
        if len(raw.rows) > limits.MAX_ROWS:
            found.append(problems.at("TOO_MANY_ROWS", *at, limit=limits.MAX_ROWS))
        elif sum(not is_blank(header) for header in raw.headers) > limits.MAX_COLUMNS:
            found.append(problems.at("TOO_MANY_COLUMNS", *at, limit=limits.MAX_COLUMNS))
    if sum(len(raw.rows) for raw in carried.tables) > limits.MAX_LEDGER_ROWS:
        found.append(problems.at("TOO_MANY_ROWS", "", path.name, limit=limits.MAX_LEDGER_ROWS))
    if any(one.code in ("TOO_MANY_ROWS", "TOO_MANY_COLUMNS") for one in found):
        return Carrier(problems=found)
    return carried


def _assemble(
    raw: RawTable, found: ProblemList, notes: list[Finding]
) -> tuple[pl.DataFrame, TableSource]:
    """Make a table's frame, and record its columns' places; report duplicate and unknown ones."""
    name, sheet = raw.table.name, raw.table.sheet
    places: dict[str, int] = {}
    for index, header in enumerate(raw.headers):
        column = column_named(raw.table, header)
        place = raw.place(raw.header_row, index)
        if column is None and not is_blank(header):
            values = {"header": shown(header), "table": sheet}
            notes.append(problems.at("COLUMN_UNKNOWN", name, place, **values))
        elif column is None:
            if any(map(is_filled, raw.columns[index])):
                notes.append(problems.at("COLUMN_UNNAMED", name, place, table=sheet))
        elif column.name in places:
            first = raw.place(raw.header_row, places[column.name])
            values = {"header": column.header, "first": first}
            found.extend([problems.at("HEADER_DUPLICATE", name, place, **values)])
        else:
            places[column.name] = index
    found.extend(
        problems.at("HEADER_MISSING", name, raw.source.label, table=sheet, header=column.header)
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
    letters = {column: raw.letter(index) for column, index in places.items()}
    source = TableSource(raw.source.label, raw.source.is_sheet, letters)
    frame = pl.DataFrame([*series, pl.Series(ROW, raw.rows, pl.UInt32)])
    return frame.with_columns(pl.col("delete").fill_null(value=False)), source


def _stray_rows(raw: RawTable, places: Mapping[str, int]) -> dict[int, Column]:
    """Find rows in which all required columns are blank, each with its first filled column.

    They come from formulas dragged down too far. In a table with one required column there are
    none: there, the cell was forgotten.
    """
    known = [column for column in raw.table.columns if column.name in places]
    required = [column for column in known if column.required]
    if len(required) < 2:
        return {}
    cells = {column.name: raw.columns[places[column.name]] for column in known}
    return {
        row: first
        for at, row in enumerate(raw.rows)
        if row not in raw.merged_rows
        and not any(is_filled(cells[column.name][at]) for column in required)
        and (first := next((one for one in known if is_filled(cells[one.name][at])), None))
    }


@cache
def _unmarked(name: str) -> pl.DataFrame:
    """Return the frame of a table that the carrier does not have."""
    return empty_frame(BY_NAME[name]).with_columns(delete=pl.lit(value=False))


def _without(frame: pl.DataFrame, rows: Set[int]) -> pl.DataFrame:
    if not rows:
        return frame
    return frame.filter(~pl.col(ROW).is_in(pl.Series(sorted(rows), dtype=ROW_DTYPE).implode()))


def _split(frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows that stay, and those to be removed."""
    marked, rows = frame["delete"], frame.drop("delete")
    if not marked.any():
        return rows, rows.clear()
    return rows.filter(~marked), rows.filter(marked)


_DistinctCell = tuple[type, RawCell]
"""A cell with its type: 1, 1.0 and True are equal, but not the same."""


def _series(
    raw: RawTable,
    column: Column,
    index: int | None,
    found: ProblemList,
    notes: list[Finding],
    stray: Set[int],
) -> pl.Series:
    """Read a column; a stray row is reported once, not for each cell."""
    if index is None:
        return pl.Series(column.name, [None] * len(raw.rows), column.kind.dtype)
    cells = [(type(cell), cell) for cell in raw.columns[index]]
    read: dict[_DistinctCell, Parsed] = {}
    wrong: dict[_DistinctCell, CellError] = {}
    odd: dict[_DistinctCell, CellError] = {}
    for key in set(cells):
        try:
            read[key], note = _read_one(key[1], column)
        except CellError as error:
            wrong[key] = error
            continue
        if note:
            odd[key] = note
    for row, cause in _rows_of(raw, index, wrong):
        if row not in stray and cause.code and found.count_one(cause.code, raw.table.name, row):
            problem = problems.at_cell(cause.code, raw, row, index, column, **cause.values)
            found.listed.append(problem)
    notes.extend(
        problems.at_cell(note.code, raw, row, index, column, **note.values)
        for row, note in islice(_rows_of(raw, index, odd), limits.MAX_ALIKE)
        if row not in stray
    )
    values = [read.get(key) for key in cells]
    return pl.Series(column.name, values, column.kind.dtype, strict=True)


def _read_one(cell: RawCell, column: Column) -> tuple[Parsed, CellError | None]:
    """Parse one cell, blank or not, with a note on anything suspicious. Raises CellError.

    A cell is suspicious if it shows something other than its value, or has invisible text.
    """
    if isinstance(cell, UnusableCell):
        raise CellError(cell.code)
    if is_left_from_example(cell, column):
        raise CellError("CELL_FROM_EXAMPLE", value=shown(cell))
    if isinstance(cell, FormattedCell):
        try:
            value = parse(cell.value, column)
        except CellError as error:
            as_shown = {"value": shortened(cell.text)} if "value" in error.values else {}
            raise CellError(error.code, **(error.values | as_shown)) from error
        if cell.text == value:
            return value, None
        return value, CellError("CELL_SHOWN_OTHERWISE", value=str(value), shown=cell.text)
    blank = is_blank(cell)
    if blank and column.required:
        raise CellError(column.blank_code)
    value = None if blank else parse(cell, column)
    if isinstance(cell, str) and (odd := invisible(cell, lines=column.kind is Kind.REMARKS)):
        characters = list(dict.fromkeys(label(character) for _, character in odd))
        return value, CellError("CHARACTERS_REMOVED", value=shown(cell), characters=characters)
    return value, None


def _rows_of(
    raw: RawTable, index: int, odd: Mapping[_DistinctCell, CellError]
) -> Iterator[tuple[int, CellError]]:
    """Find the rows whose cell in a column is among those given, each with its error or note."""
    if not odd:
        return
    for row, cell in zip(raw.rows, raw.columns[index], strict=True):
        if (error := odd.get((type(cell), cell))) is not None:
            yield row, error
