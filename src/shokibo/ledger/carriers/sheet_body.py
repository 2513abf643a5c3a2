"""What stands below a sheet's headers: its rows, and what of their structure would mislead."""

import datetime as dt
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from python_calamine import CalamineSheet

from shokibo.ledger import problems
from shokibo.ledger.carriers.date_formats import Moment, shown_moment
from shokibo.ledger.carriers.headers import column_named
from shokibo.ledger.carriers.number_formats import GENERAL, number_formats, shown_number
from shokibo.ledger.carriers.sheet_facts import Place, SheetFacts
from shokibo.ledger.cells import TEXT_KINDS, Cell, is_blank, shown
from shokibo.ledger.findings import Finding
from shokibo.ledger.raw import (
    Carrier,
    FormattedCell,
    RawCell,
    RawTable,
    TableSource,
    UnusableCell,
    column_letter,
    transposed,
)
from shokibo.ledger.tables import Column, Table


@dataclass(frozen=True)
class Area:
    """A range of cells: rows from 1 and columns from 0, both ends within."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        """Its name as a sheet writes it, B5:B8."""
        return f"{column_letter(self.left)}{self.top}:{column_letter(self.right)}{self.bottom}"

    def rows(self, rows: list[int]) -> list[int]:
        """Give those of some rows, in their order, over which it reaches."""
        return rows[bisect_left(rows, self.top) : bisect_right(rows, self.bottom)]


@dataclass(frozen=True)
class Sheet:
    """A sheet that is read, the workbook it is of, and what is known of it before."""

    path: Path
    cells: CalamineSheet
    facts: SheetFacts

    @property
    def name(self) -> str:
        """Its name."""
        return self.cells.name

    def merged(self) -> list[Area]:
        """Give the merged ranges of more than one cell."""
        areas = (
            Area(top + 1, left, bottom + 1, right)
            for (top, left), (bottom, right) in self.cells.merged_cell_ranges or []
        )
        return [area for area in areas if (area.top, area.left) != (area.bottom, area.right)]


@dataclass(frozen=True)
class _Body:
    """The columns of the table by their indexes, and the rows that hold anything."""

    sheet: Sheet
    table: Table
    known: Mapping[int, Column]
    rows: list[int]
    columns: list[list[RawCell]]


def body_of(
    sheet: Sheet,
    table: Table,
    filled: dict[int, list[Cell]],
    header_row: int,
    carried: Carrier,
) -> RawTable:
    """Give what stands below the headers; what would mislead is refused or noted in `carried`.

    A row of which only errors are seen is no blank one. Raises ValueError where merged ranges
    overlap.
    """
    headers = filled[header_row]
    columns = {index: column_named(table, header) for index, header in enumerate(headers)}
    known = {index: column for index, column in columns.items() if column is not None}
    marks = {
        place: code
        for place, code in _marks(sheet.facts)
        if place[0] > header_row and place[1] in known
    }
    held = {
        number: row
        for number, row in filled.items()
        if number > header_row and not all(is_blank(cell) for cell in row)
    }
    held |= {row: [] for row, _ in marks if row not in held}
    rows = sorted(held)
    width = max(map(len, filled.values()))
    body = _Body(sheet, table, known, rows, transposed([held[row] for row in rows], width))
    merged = _merged(body)
    at = {row: position for position, row in enumerate(rows)}
    for row, index in _covered(body, merged):
        body.columns[index][at[row]] = UnusableCell("")
    for (row, index), typed in _typed(body).items():
        body.columns[index][at[row]] = typed
    for (row, index), code in marks.items():
        body.columns[index][at[row]] = UnusableCell(code)
    carried.problems += [problems.cells_merged(table, sheet.name, area.name) for area in merged]
    carried.notes += _hidden(body)
    unsound = frozenset(row for area in merged for row in area.rows(rows))
    source = TableSource(sheet.name, is_sheet=True)
    return RawTable(table, source, header_row, headers, body.columns, rows, unsound)


def _marks(facts: SheetFacts) -> Iterator[tuple[Place, str]]:
    """Give the cells that hold no usable value, with the code of why."""
    yield from ((place, "CELL_EXCEL_ERROR") for place in facts.error_cells)
    yield from ((place, "CELL_FORMULA_EMPTY") for place in facts.empty_formulas)


def _merged(body: _Body) -> list[Area]:
    """Give the merged ranges over cells that are read: others mislead nobody."""
    found = [
        area
        for area in body.sheet.merged()
        if area.rows(body.rows) and any(area.left <= index <= area.right for index in body.known)
    ]
    cells = sum(len(area.rows(body.rows)) for area in found)
    if cells > len(body.rows) * len(body.known):
        raise ValueError("merged ranges overlap")
    return found


def _covered(body: _Body, merged: list[Area]) -> Iterator[Place]:
    """Give the cells that merging hides: all but the first of a range."""
    for area in merged:
        for row in area.rows(body.rows):
            for index in body.known:
                if area.left <= index <= area.right and (row, index) != (area.top, area.left):
                    yield row, index


def _typed(body: _Body) -> dict[Place, FormattedCell]:
    """Give the numbers, days and times in columns of text, with how the sheet shows them."""
    typed = {
        (row, index): cell
        for index, column in body.known.items()
        if column.kind in TEXT_KINDS
        for row, cell in zip(body.rows, body.columns[index], strict=True)
        if _is_typed(cell)
    }
    if not typed:
        return {}
    formats = number_formats(body.sheet.path, body.sheet.name, typed.keys())
    return {
        place: FormattedCell(cell, _as_shown(cell, formats[place])) for place, cell in typed.items()
    }


def _as_shown(cell: int | float | Moment, code: str) -> str:
    if isinstance(cell, int | float):
        return shown_number(cell, code)
    return (code != GENERAL and shown_moment(cell, code)) or shown(cell)


def _is_typed(cell: RawCell) -> TypeGuard[int | float | Moment]:
    if isinstance(cell, bool):
        return False
    if isinstance(cell, float):
        return math.isfinite(cell)
    return isinstance(cell, int | Moment) and cell != dt.time()


def _hidden(body: _Body) -> Iterator[Finding]:
    """Note rows and columns that are read though nobody sees them."""
    facts = body.sheet.facts
    rows = [(row, str(row)) for row in body.rows if row in facts.hidden_rows]
    columns = [
        (index, column_letter(index))
        for index in sorted(body.known)
        if any(first <= index <= last for first, last in facts.hidden_columns)
    ]
    for code, hidden in (("ROWS_HIDDEN", rows), ("COLUMNS_HIDDEN", columns)):
        if hidden:
            yield problems.hidden(code, body.table, body.sheet.name, _runs(hidden))


def _runs(parts: list[tuple[int, str]]) -> list[tuple[str, str]]:
    """Give the first and last name of each run of rows or columns that follow one another."""
    runs: list[list[tuple[int, str]]] = []
    for part in parts:
        if runs and runs[-1][-1][0] == part[0] - 1:
            runs[-1].append(part)
        else:
            runs.append([part])
    return [(run[0][1], run[-1][1]) for run in runs]
