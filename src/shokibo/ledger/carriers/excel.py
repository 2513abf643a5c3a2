"""Read a workbook, one sheet a table."""

from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from shokibo.ledger import limits, problems
from shokibo.ledger.carriers.archive import inspect
from shokibo.ledger.carriers.headers import HEADER_WITHIN, find_header, table_named
from shokibo.ledger.carriers.sheet_body import Sheet, body_of
from shokibo.ledger.carriers.sheet_facts import SheetFacts
from shokibo.ledger.cells import Cell
from shokibo.ledger.raw import Carrier
from shokibo.ledger.tables import Table

OWN_SHEETS = frozenset({"はじめに", "選択肢", "Guide"})
"""Sheets of the template that are no tables."""


def read_workbook(path: Path) -> Carrier:
    """Read every sheet that is a table; a hidden one too, and it is said."""
    carried = Carrier()
    facts, reason = inspect(path)
    if reason is not None:
        carried.problems.append(reason)
        return carried
    try:
        _read_sheets(path, facts, carried)
    except (CalamineError, ValueError, OSError):
        carried.problems.append(problems.at_file("WORKBOOK_DAMAGED", path))
    return carried


def _read_sheets(path: Path, facts: dict[str, SheetFacts], carried: Carrier) -> None:
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
            opened = Sheet(path, workbook.get_sheet_by_name(sheet.name), facts[sheet.name])
            _read_sheet(opened, table, carried)


def _read_sheet(sheet: Sheet, table: Table, carried: Carrier) -> None:
    filled = _filled(sheet.cells)
    rows, numbers = list(filled.values()), list(filled)
    if not rows:
        return
    header = find_header(rows, table)
    if header is None:
        place = f"{sheet.name}!A{numbers[0]}"
        carried.problems.append(problems.header_not_found(table, place))
        return
    header_row = numbers[header]
    for area in sheet.merged():
        if area.rows([header_row]):
            carried.problems.append(problems.header_merged(table, sheet.name, area.name))
            return
    carried.tables.append(body_of(sheet, table, filled, header_row, carried))


def _filled(sheet: CalamineSheet) -> dict[int, list[Cell]]:
    """Give the rows that hold anything, by their numbers; no more than tell that it is too many."""
    offset = sheet.start[1] if sheet.start else 0
    filled = (
        (number, [None] * offset + list(row))
        for number, row in enumerate(sheet.iter_rows(), start=1)
        if any(cell != "" for cell in row)
    )
    return dict(islice(filled, limits.MAX_ROWS + HEADER_WITHIN + 1))
