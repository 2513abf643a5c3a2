"""Read a workbook, one sheet a table."""

from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from shokibo.ledger import problems
from shokibo.ledger.carriers.archive import SheetFacts, inspect
from shokibo.ledger.carriers.headers import find_header, table_named
from shokibo.ledger.cells import Cell
from shokibo.ledger.raw import (
    Carried,
    RawTable,
    Source,
    Unusable,
    by_column,
    column_letter,
    filled_rows,
)
from shokibo.ledger.tables import Table

OWN_SHEETS = frozenset({"はじめに", "選択肢", "Guide"})
"""Sheets of the template that are no tables."""


def read_workbook(path: Path) -> Carried:
    """Read every sheet that is a table; a hidden one too, and it is said."""
    carried = Carried()
    facts, reason = inspect(path)
    if reason is not None:
        carried.problems.append(reason)
        return carried
    try:
        _read_sheets(path, facts, carried)
    except (CalamineError, ValueError, OSError):
        carried.problems.append(problems.at_file("WORKBOOK_DAMAGED", path))
    return carried


def _read_sheets(path: Path, facts: dict[str, SheetFacts], carried: Carried) -> None:
    seen: dict[str, str] = {}
    with CalamineWorkbook.from_path(str(path)) as workbook:
        for sheet in workbook.sheets_metadata:
            table = table_named(sheet.name)
            if table is None:
                if sheet.name not in OWN_SHEETS:
                    carried.notes.append(problems.note("SHEET_UNKNOWN", "", sheet.name))
                continue
            if table.name in seen:
                carried.problems.append(problems.table_twice(table, seen[table.name], sheet.name))
                continue
            seen[table.name] = sheet.name
            if sheet.name not in facts:  # its reach is not known, so it is not safe to read
                carried.problems.append(problems.at_file("WORKBOOK_DAMAGED", path))
                continue
            if sheet.visible != SheetVisibleEnum.Visible:
                carried.notes.append(problems.note("SHEET_HIDDEN", table.name, sheet.name))
            _read_sheet(
                workbook.get_sheet_by_name(sheet.name),
                table,
                facts[sheet.name],
                carried,
            )


def _read_sheet(sheet: CalamineSheet, table: Table, facts: SheetFacts, carried: Carried) -> None:
    offset = sheet.start[1] if sheet.start else 0
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if any(cell != "" for cell in row):
            rows.append([None] * offset + list(row))
            numbers.append(number)
    if not rows:
        return
    header = find_header(rows, table)
    if header is None:
        place = f"{sheet.name}!A{numbers[0]}"
        carried.problems.append(problems.header_not_found(table, place))
        return
    headers = rows[header]
    merged = _merged_over(sheet, numbers[header])
    if merged:
        carried.problems.append(problems.header_merged(table, sheet.name, merged))
        return
    body, at = rows[header + 1 :], numbers[header + 1 :]
    kept = filled_rows(body)
    width = max((len(row) for row in rows), default=0)
    raw = RawTable(
        table,
        Source(sheet.name, is_sheet=True),
        numbers[header],
        headers,
        by_column([body[i] for i in kept], width),
        [at[i] for i in kept],
    )
    _mark(raw, facts.error_cells, "CELL_EXCEL_ERROR")
    _mark(raw, facts.empty_formulas, "CELL_FORMULA_EMPTY")
    carried.tables.append(raw)


def _merged_over(sheet: CalamineSheet, header_row: int) -> str:
    """Name a merged range that lies over the header row."""
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if top <= header_row - 1 <= bottom:
            return f"{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}"
    return ""


def _mark(raw: RawTable, cells: frozenset[tuple[int, int]], code: str) -> None:
    at = {row: position for position, row in enumerate(raw.rows)}
    for row, index in cells:
        if row in at and index < len(raw.columns):
            raw.columns[index][at[row]] = Unusable(code)
