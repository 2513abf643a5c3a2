"""The body of a sheet, below its headers: its rows, and any structure that would mislead."""

import datetime as dt
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineSheet

from shokibo.ledger import problems
from shokibo.ledger.carriers.date_formats import shown_moment
from shokibo.ledger.carriers.headers import column_named
from shokibo.ledger.carriers.number_formats import GENERAL, number_formats, shown_number
from shokibo.ledger.carriers.sheet_facts import Place, SheetFacts
from shokibo.ledger.cells import TEXT_KINDS, Cell, is_blank, shown
from shokibo.ledger.columns import Column, Table
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

_NOT_TEXT = (int, float, dt.date, dt.time, dt.timedelta)


@dataclass(frozen=True)
class Area:
    """A range of cells: rows from 1 and columns from 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        """Its name as written in a sheet, B5:B8."""
        return f"{column_letter(self.left)}{self.top}:{column_letter(self.right)}{self.bottom}"

    def rows(self, rows: list[int]) -> list[int]:
        """Return which of some rows the range covers, in their order."""
        return rows[bisect_left(rows, self.top) : bisect_right(rows, self.bottom)]


def merged_areas(sheet: CalamineSheet) -> list[Area]:
    """Return a sheet's merged ranges of more than one cell."""
    areas = (
        Area(top + 1, left, bottom + 1, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
    )
    return [area for area in areas if (area.top, area.left) != (area.bottom, area.right)]


@dataclass(frozen=True)
class OpenSheet:
    """A sheet being read, its workbook, and what is already known about it."""

    path: Path
    cells: CalamineSheet
    facts: SheetFacts

    @property
    def name(self) -> str:
        """Its name."""
        return self.cells.name

    def merged(self) -> list[Area]:
        """Return the merged ranges of more than one cell."""
        return merged_areas(self.cells)

    def merged_problem(self, code: str, table: Table, area: Area) -> Finding:
        """Make the problem for merged cells in the headers or the body."""
        return problems.at(code, table.name, f"{self.name}!{area.name}", range=area.name)


@dataclass(frozen=True)
class _Body:
    """The table's columns by index, and the rows that hold anything."""

    sheet: OpenSheet
    table: Table
    known: Mapping[int, Column]
    rows: list[int]
    columns: list[list[RawCell]]


def body_of(
    sheet: OpenSheet,
    table: Table,
    filled: dict[int, list[Cell]],
    header_row: int,
    carried: Carrier,
) -> RawTable:
    """Read the rows below the headers; misleading structure is refused or noted in `carried`.

    A row that shows nothing but errors is not blank. Raises ValueError if merged ranges
    overlap.
    """
    headers = filled[header_row]
    columns = {index: column_named(table, header) for index, header in enumerate(headers)}
    known = {index: column for index, column in columns.items() if column is not None}
    unusable = {
        place: code
        for places, code in (
            (sheet.facts.error_cells, "CELL_EXCEL_ERROR"),
            (sheet.facts.empty_formulas, "CELL_FORMULA_EMPTY"),
        )
        for place in places
        if place[0] > header_row and place[1] in known
    }
    filled_rows = {
        number: row
        for number, row in filled.items()
        if number > header_row and not all(is_blank(cell) for cell in row)
    }
    filled_rows |= {row: [] for row, _ in unusable if row not in filled_rows}
    rows = sorted(filled_rows)
    width = max(map(len, filled.values()))
    body = _Body(sheet, table, known, rows, transposed([filled_rows[row] for row in rows], width))
    merged = _merged(body)
    covered = (  # blanked by merging, which shows only the first cell of a range
        (row, index)
        for area in merged
        for row in area.rows(rows)
        for index in known
        if area.left <= index <= area.right and (row, index) != (area.top, area.left)
    )
    replaced: dict[Place, UnusableCell | FormattedCell] = {
        **_formatted(body),
        **dict.fromkeys(covered, UnusableCell("")),
        **{place: UnusableCell(code) for place, code in unusable.items()},
    }
    at = {row: position for position, row in enumerate(rows)}
    for (row, index), cell in replaced.items():
        body.columns[index][at[row]] = cell
    carried.problems += [sheet.merged_problem("CELLS_MERGED", table, area) for area in merged]
    carried.notes += _hidden(body)
    merged_rows = frozenset(row for area in merged for row in area.rows(rows))
    source = TableSource(sheet.name, is_sheet=True)
    return RawTable(table, source, header_row, headers, body.columns, rows, merged_rows)


def _merged(body: _Body) -> list[Area]:
    """Select the merged ranges over cells that are read: the others do no harm."""
    found = [
        area
        for area in body.sheet.merged()
        if area.rows(body.rows) and any(area.left <= index <= area.right for index in body.known)
    ]
    cells = sum(len(area.rows(body.rows)) for area in found)
    if cells > len(body.rows) * len(body.known):
        raise ValueError("merged ranges overlap")
    return found


def _formatted(body: _Body) -> dict[Place, FormattedCell]:
    """Find the numbers, days and times in columns of text, and how the sheet shows them."""
    typed = {
        (row, index): cell
        for index, column in body.known.items()
        if column.kind in TEXT_KINDS
        for row, cell in zip(body.rows, body.columns[index], strict=True)
        if isinstance(cell, _NOT_TEXT) and not isinstance(cell, bool)
        if cell != dt.time() and (not isinstance(cell, float) or math.isfinite(cell))
    }
    if not typed:
        return {}
    formats = number_formats(body.sheet.path, body.sheet.name, typed.keys())
    formatted = {}
    for place, cell in typed.items():
        code = formats[place]
        if isinstance(cell, int | float):
            text = shown_number(cell, code)
        else:
            text = (code != GENERAL and shown_moment(cell, code)) or shown(cell)
        formatted[place] = FormattedCell(cell, text)
    return formatted


def _hidden(body: _Body) -> Iterator[Finding]:
    """Note hidden rows and columns, which are read anyway."""
    facts = body.sheet.facts
    rows = [(row, str(row)) for row in body.rows if row in facts.hidden_rows]
    columns = [
        (index, column_letter(index))
        for index in sorted(body.known)
        if any(first <= index <= last for first, last in facts.hidden_columns)
    ]
    for code, hidden in (("ROWS_HIDDEN", rows), ("COLUMNS_HIDDEN", columns)):
        runs: list[list[str]] = []
        for position, (number, name) in enumerate(hidden):
            if position and hidden[position - 1][0] == number - 1:
                runs[-1][1:] = [name]
            else:
                runs.append([name])
        if runs:
            place = f"{body.sheet.name}!{runs[0][0]}:{runs[0][-1]}"
            parts = ["-".join(run) for run in runs]
            yield problems.at(code, body.table.name, place, parts=parts)
