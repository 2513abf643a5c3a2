"""The plan's tables in Excel, read back by openpyxl."""

import zipfile
from io import BytesIO

import openpyxl
import pytest
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from shokibo.documents.plan.xlsx import CONTENTS

from .test_plan_cases import (
    content,
    golden_budget,
    golden_rows,
    setagaya,
    squeezed,
    table,
    tables,
)


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content("xlsx")))


def sheet_rows(sheet: Worksheet, caption: str) -> list[list[Cell | MergedCell]]:
    """Return the cells under a caption, to the first blank row; merged ones as their first."""
    titles = enumerate((str(row[0].value) for row in sheet.iter_rows(max_col=1)), start=1)
    (at,) = [row for row, title in titles if title.startswith("表") and caption in title]
    merged = {
        place: (each.min_row, each.min_col)
        for each in sheet.merged_cells.ranges
        for place in each.cells
    }
    rows = []
    for row in sheet.iter_rows(min_row=at + 1):
        cells = [sheet.cell(*merged.get((c.row, c.column), (c.row, c.column))) for c in row]
        if all(cell.value is None for cell in cells):
            break
        rows.append(cells)
    return rows


def shown(cell: Cell | MergedCell) -> str:
    """Show a cell as its number format prints it."""
    if isinstance(cell.value, str):
        return squeezed(cell.value)
    figure, _, zero = cell.number_format.split(";")
    form = zero if cell.value == 0 else figure
    digits, *words = form.split('"')
    number = f"{cell.value:,.1f}" if ".0" in digits else f"{cell.value:,}"
    return squeezed((number if digits else "") + "".join(words))


@pytest.mark.parametrize(("caption", "names", "cells"), golden_rows())
def test_workbook_holds_the_golden_figures_as_numbers(
    book: openpyxl.Workbook, caption: str, names: tuple[str, ...], cells: list[str]
) -> None:
    sheet = book[table(setagaya(), caption).sheet]
    found = sheet_rows(sheet, caption)
    (row,) = [row for row in found if tuple(shown(c) for c in row[:2]) == names]
    assert [shown(cell) for cell in row[2:]] == cells
    assert all(isinstance(cell.value, int) for cell in row[2:])


@pytest.mark.parametrize(("caption", "name", "amount"), golden_budget())
def test_workbook_holds_the_golden_costs_as_numbers(
    book: openpyxl.Workbook, caption: str, name: str, amount: str
) -> None:
    found = sheet_rows(book["必要経費"], caption)
    year = [shown(cell) for cell in found[0]].index("令和4年度")
    (cell,) = [row[year] for row in found if name in [shown(c) for c in row]]
    assert cell.value == int(amount.replace(",", ""))


def test_workbook_has_a_sheet_a_group_with_pictures_and_print_set_up(
    book: openpyxl.Workbook,
) -> None:
    assert book.sheetnames == [
        CONTENTS,
        "定員の状況",
        "入所状況",
        "必要量",
        "各施設の計画",
        "目標",
        "職員",
        "必要経費",
        "スケジュール",
    ]
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.oddHeader is not None
        assert str(sheet.oddHeader.right.text).endswith("架空を含む")
    links = [row[0].hyperlink for row in book[CONTENTS].iter_rows() if row[0].hyperlink]
    assert len(links) == len(tables(setagaya())) + len(setagaya().figures)
    for link in links:
        name, place = str(link.location).split("!")
        below = [book[name.strip("'")][place].offset(rows).value for rows in range(4)]
        assert any(str(value).startswith(("表", "図")) for value in below)


def test_workbook_has_its_charts_as_described_pictures() -> None:
    with zipfile.ZipFile(BytesIO(content("xlsx"))) as package:
        names = package.namelist()
        drawings = [name for name in names if name.startswith("xl/drawings/drawing")]
        described = b"".join(package.read(name) for name in drawings).decode()
    assert len([name for name in names if name.startswith("xl/media/")]) == 5
    assert all(f'descr="{figure.alt}"' in described for figure in setagaya().figures)
