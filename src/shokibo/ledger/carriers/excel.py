"""Read a workbook, one sheet a table."""

from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from shokibo.ledger import limits, problems
from shokibo.ledger.carriers.archive import inspect
from shokibo.ledger.carriers.headers import HEADER_WITHIN, column_named, find_header, table_named
from shokibo.ledger.carriers.sheet_facts import Place, SheetFacts
from shokibo.ledger.cells import Cell, is_blank
from shokibo.ledger.raw import Carried, RawTable, Source, Unusable, by_column, column_letter
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
    filled = _filled(sheet)
    rows, numbers = list(filled.values()), list(filled)
    if not rows:
        return
    header = find_header(rows, table)
    if header is None:
        place = f"{sheet.name}!A{numbers[0]}"
        carried.problems.append(problems.header_not_found(table, place))
        return
    merged = _merged_over(sheet, numbers[header])
    if merged:
        carried.problems.append(problems.header_merged(table, sheet.name, merged))
        return
    carried.tables.append(_table(sheet.name, table, filled, numbers[header], facts))


def _filled(sheet: CalamineSheet) -> dict[int, list[Cell]]:
    """Give the rows that hold anything, by their numbers; no more than tell that it is too many."""
    offset = sheet.start[1] if sheet.start else 0
    filled = (
        (number, [None] * offset + list(row))
        for number, row in enumerate(sheet.iter_rows(), start=1)
        if any(cell != "" for cell in row)
    )
    return dict(islice(filled, limits.MAX_ROWS + HEADER_WITHIN + 1))


def _table(
    name: str, table: Table, filled: dict[int, list[Cell]], header_row: int, facts: SheetFacts
) -> RawTable:
    """Give what stands below the header; a row of which only errors are seen is no blank one."""
    headers = filled[header_row]
    marks = _marks(facts, table, headers, header_row)
    body = {
        number: row
        for number, row in filled.items()
        if number > header_row and not all(is_blank(cell) for cell in row)
    }
    body |= {row: [] for row, _ in marks if row not in body}
    numbers = sorted(body)
    width = max(map(len, filled.values()))
    columns = by_column([body[number] for number in numbers], width)
    at = {number: position for position, number in enumerate(numbers)}
    for (row, index), code in marks.items():
        columns[index][at[row]] = Unusable(code)
    return RawTable(table, Source(name, is_sheet=True), header_row, headers, columns, numbers)


def _marks(
    facts: SheetFacts, table: Table, headers: list[Cell], header_row: int
) -> dict[Place, str]:
    """Give the codes of cells that hold no usable value, in the columns of the table."""
    known = {i for i, header in enumerate(headers) if column_named(table, header) is not None}
    return {
        place: code
        for code, places in (
            ("CELL_EXCEL_ERROR", facts.error_cells),
            ("CELL_FORMULA_EMPTY", facts.empty_formulas),
        )
        for place in places
        if place[0] > header_row and place[1] in known
    }


def _merged_over(sheet: CalamineSheet, header_row: int) -> str:
    """Name a merged range that lies over the header row."""
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if top <= header_row - 1 <= bottom:
            return f"{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}"
    return ""
