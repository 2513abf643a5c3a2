"""Read a workbook, one sheet a table."""

from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from shokibo.ledger import limits, problems
from shokibo.ledger.carriers.archive import inspect
from shokibo.ledger.carriers.headers import HEADER_WITHIN, find_header, matched_tables
from shokibo.ledger.carriers.sheet_body import OpenSheet, body_of
from shokibo.ledger.cells import Cell
from shokibo.ledger.columns import Table
from shokibo.ledger.raw import Carrier

OWN_SHEETS = frozenset({"はじめに", "選択肢", "Guide", "確認事項"})
"""Sheets of the template, and of a checked workbook, that are not tables."""


def read_workbook(path: Path) -> Carrier:
    """Read every sheet that is a table, including hidden ones, with a note."""
    carried = Carrier()
    facts, reason = inspect(path)
    if reason is not None:
        carried.problems.append(reason)
        return carried
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            sheets = [one for one in workbook.sheets_metadata if one.name not in OWN_SHEETS]
            visible = {one.name: one.visible for one in reversed(sheets)}
            for name, table in matched_tables(((one.name, one.name) for one in sheets), carried):
                if name not in facts:  # its extent is not known, so it is not safe to read
                    carried.problems.append(problems.at_file("WORKBOOK_DAMAGED", path))
                    continue
                if visible[name] != SheetVisibleEnum.Visible:
                    carried.notes.append(problems.at("SHEET_HIDDEN", table.name, name, name=name))
                sheet = OpenSheet(path, workbook.get_sheet_by_name(name), facts[name])
                _read_sheet(sheet, table, carried)
    except (CalamineError, ValueError, OSError):
        carried.problems.append(problems.at_file("WORKBOOK_DAMAGED", path))
    return carried


def _read_sheet(sheet: OpenSheet, table: Table, carried: Carrier) -> None:
    # the numbers of the rows that hold anything; one too many if there are too many
    offset = sheet.cells.start[1] if sheet.cells.start else 0
    every = (
        (number, [None] * offset + list(row))
        for number, row in enumerate(sheet.cells.iter_rows(), start=1)
        if any(cell != "" for cell in row)
    )
    filled: dict[int, list[Cell]] = dict(islice(every, limits.MAX_ROWS + HEADER_WITHIN + 1))
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
            carried.problems.append(sheet.merged_problem("HEADER_MERGED", table, area))
            return
    carried.tables.append(body_of(sheet, table, filled, header_row, carried))
