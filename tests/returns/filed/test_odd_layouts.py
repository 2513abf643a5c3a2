"""Layouts of form 1 that mislead: the figures are right, or a question says what was not read."""

import re
import zipfile
from collections.abc import Callable
from itertools import count, groupby, pairwise
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from shokibo.law.parameters import national_law
from shokibo.ledger.carriers.struck import struck_cells
from shokibo.returns.counted import FormNumber
from shokibo.returns.filed.checks import figure_findings
from shokibo.returns.filed.figures import FiledForm, figures_of
from tests.returns.filed.invented import YEAR, filed, invented, workbook
from tests.returns.filed.layouts import Cell, Grid, grid_of, write
from tests.returns.filed.test_reading import read

FORM: FormNumber = 1
UNITS = 12
SEED = 7
Layout = Callable[[Grid], Any]


@pytest.fixture
def grid() -> Grid:
    return made()


def made() -> Grid:
    return grid_of(workbook(invented(SEED, units=UNITS)))


def read_one(folder: Path, grid: Grid) -> FiledForm:
    (found,) = read(write([grid], folder / "form.xlsx"))
    return found


def codes(form: FiledForm) -> set[str]:
    return {finding.code for finding in figure_findings(form, national_law(), YEAR)}


def sorted_by_home(grid: Grid) -> list[int]:
    """Sort the lines of the list by home, numbered again; return their rows."""
    first = grid.row_of("番号") + 1
    rows = [row for row in range(first, grid.last_row + 1) if (row, 6) in grid.cells]
    lines = sorted(
        ([grid.cells[row, at] for at in range(2, 8)] for row in rows), key=lambda x: x[4]
    )
    for number, (row, line) in enumerate(zip(rows, lines, strict=True), start=1):
        grid.cells |= {(row, 1): number}
        grid.cells |= {(row, at): cell for at, cell in enumerate(line, start=2)}
    return rows


def _homes_merged(grid: Grid) -> None:
    rows = sorted_by_home(grid)
    for _, each in groupby(rows, key=lambda row: grid.cells[row, 6]):
        of_home = list(each)
        for column in (6, 7) if len(of_home) > 1 else ():
            grid.merged.append((of_home[0], column, of_home[-1], column))
            for row in of_home[1:]:
                del grid.cells[row, column]


def _dittos(grid: Grid) -> None:
    rows = sorted_by_home(grid)
    before = dict(grid.cells)
    for above, row in pairwise(rows):
        for column in (4, 5, 6, 7):
            if before[above, column] == before[row, column]:
                grid.cells[row, column] = "〃" if row % 2 else "同上"


def _headers_split(grid: Grid) -> None:
    for header in ("地域小規模", "うち", "番号"):
        row = next(
            row
            for (row, _), cell in sorted(grid.cells.items())
            if str(cell).startswith(header) and not str(cell).endswith("加算")
        )
        grid.insert(0, row + 1)
        _split_row(grid, row)


def _split_row(grid: Grid, row: int) -> None:
    grid.merged = [area for area in grid.merged if not area[0] <= row <= area[2]]
    for (at, column), cell in list(grid.cells.items()):
        text = str(cell).replace("\n", "")
        if at == row and len(text) > 2:
            half = len(text) // 2
            grid.cells[row, column], grid.cells[row + 1, column] = text[:half], text[half:]


def _sums_between(grid: Grid) -> None:
    first = grid.row_of("番号") + 1
    grid.insert(0, first + 4)
    grid.cells |= {(first + 4, 2): "小計", (first + 4, 3): "19名", (first + 4, 5): 18.3}
    grid.insert(0, first + 2)
    grid.cells |= {(first + 2, 1): "架空第1学園　計", (first + 2, 3): 9, (first + 2, 5): "9名"}


def _another_column(header: str, after: int) -> Layout:
    def change(grid: Grid) -> None:
        row = next(row for (row, _), cell in grid.cells.items() if str(cell).startswith(header))
        grid.insert(1, after + 1)
        grid.merged = []
        grid.cells[row, after + 1] = "うち非常勤"
        for at in range(row + 1, row + 1 + UNITS):
            grid.cells[at, after + 1] = 1

    return change


def _note_between(grid: Grid) -> None:
    at = grid.row_of("番号") + 3
    grid.insert(0, at)
    grid.cells[at, 2] = "※第2の家は9月から定員を引き下げる。"


def _earlier_year_below(grid: Grid) -> None:
    at = grid.row_of("2. ")
    grid.insert(0, at)
    grid.cells |= {(at, 1): "（参考）前年度の加算認定か所数", (at, 4): 9, (at, 6): 9, (at, 7): 18}


def _dashes(grid: Grid) -> None:
    grid.change(lambda cell: "－" if cell == 0 else cell, grid.figures)


def _table_2_upright(grid: Grid) -> None:
    row = grid.row_of("児童養護施設数")
    columns = sorted(column for at, column in grid.cells if at == row)
    found = [(grid.cells.pop((row, at)), grid.cells.pop((row + 1, at))) for at in columns]
    grid.merged = [area for area in grid.merged if area[0] not in (row, row + 1)]
    grid.insert(0, row, 2)
    for at, (label, number) in enumerate(found, start=row):
        grid.cells |= {(at, 1): label, (at, 5): number}


def _examples_and_no_numbers(grid: Grid) -> None:
    header = grid.row_of("番号")
    for place in [place for place in grid.cells if place[0] > header and place[1] == 1]:
        if isinstance(grid.cells[place], int):
            del grid.cells[place]
    grid.insert(0, header + 1, 2)
    for row, number in ((header + 1, "(例)"), (header + 2, "")):
        values: tuple[Cell, ...] = (number, "a 園", "4名", "○", "4名", "A 園", "○")
        grid.cells |= {(row, at): cell for at, cell in enumerate(values, start=1) if cell}


def _parts_of_figures(grid: Grid) -> None:
    first = grid.row_of("番号") + 1
    grid.insert(0, first + 3)
    grid.cells |= {(first + 3, 2): "うち非常勤", (first + 3, 5): 1}
    grid.insert(0, first + 1)
    grid.cells[first + 1, 5] = "（うち非常勤１）"
    grid.cells[first, 2] = "うちの家"


def _other_headers(grid: Grid) -> None:
    words: dict[str, Cell] = {
        "地域小規模児童養護施設": "地域小規模児童養護施設（Ａ）",
        "分園型小規模グループケア": "分園型小規模グループケア数（か所）",
        "合計": "合計（A+B）",
        "児童養護施設数": "所管する児童養護施設数（単位：施設）",
        "番号": "通し番号",
        "定員数\n(注1)": "定員（人）",
        "職員数\n(注2)": "職員数（常勤換算後）（注２）",
        "本体施設名": "本体施設の名称",
    }
    for place, cell in grid.cells.items():
        grid.cells[place] = words.get(str(cell), cell)
    row = grid.row_of("所管する")
    grid.insert(0, row + 1)
    grid.cells |= {(row + 1, column): "（施設）" for column in (1, 3, 6, 7)}


def _earlier_year_in_table_2(grid: Grid) -> None:
    at = grid.row_of("児童養護施設数") + 1
    grid.insert(0, at)
    grid.insert(1, 1)
    grid.merged = []
    grid.cells |= {(at, 1): "前年度", **{(at, column): 9 for column in (2, 4, 7, 8)}}


def _year(text: str) -> Layout:
    def change(grid: Grid) -> None:
        grid.change(lambda cell: cell.replace("令和4年度", text) if isinstance(cell, str) else cell)

    return change


@pytest.mark.parametrize(
    "layout",
    [
        *(_dittos, _headers_split, _sums_between, _note_between, _earlier_year_below, _dashes),
        *(_table_2_upright, _homes_merged, _parts_of_figures, _other_headers),
        _earlier_year_in_table_2,
        *(_another_column("番号", 5), _another_column("番号", 3)),
        *map(_year, ("令和四年度", "令和４（2022）年度", "2022（令和4）年度", "Ｒ４年度")),
    ],
)
def test_the_figures_are_read(layout: Layout, grid: Grid, tmp_path: Path) -> None:
    plain = made()
    if layout in (_dittos, _homes_merged):
        sorted_by_home(plain)
    if layout is _parts_of_figures:
        plain.cells[plain.row_of("番号") + 1, 2] = "うちの家"
    layout(grid)
    (tmp_path / "plain").mkdir()
    expected, found = read_one(tmp_path / "plain", plain), read_one(tmp_path, grid)
    assert figures_of(found) == figures_of(expected)
    assert found.fiscal_year.value == YEAR
    asked = {"RETURN_BLANK"} if layout is _dashes else set()
    assert codes(found) == codes(expected) | asked


def test_examples_do_not_hide_lines_without_numbers(grid: Grid, tmp_path: Path) -> None:
    expected = filed(invented(SEED, units=UNITS))
    _examples_and_no_numbers(grid)
    found = read_one(tmp_path, grid)
    assert [row.key for row in found.rows] == [row.key for row in expected.rows]


@pytest.mark.parametrize("text", ["令和4（2023）年度", "令和零年度"])
def test_a_year_that_contradicts_itself_is_unknown(text: str, grid: Grid, tmp_path: Path) -> None:
    _year(text)(grid)
    found = read_one(tmp_path, grid)
    assert found.fiscal_year.value is None
    assert "RETURN_WRONG_YEAR" in codes(found)


def test_two_figures_under_one_header_are_none(grid: Grid, tmp_path: Path) -> None:
    row = grid.row_of("小規模かつ地域分散化された")
    grid.insert(1, 5)
    grid.merged = []
    grid.cells[row, 5] = 1
    cell = read_one(tmp_path, grid).counts["community_home", "units", ""]
    assert cell.is_unreadable
    assert cell.written.endswith(" 1")


def test_a_count_written_twice_is_none_of_two_figures(grid: Grid, tmp_path: Path) -> None:
    at = grid.row_of("2. ")
    grid.insert(0, at)
    grid.cells |= {(at, 1): "加算認定か所数", (at, 4): 99}
    cell = read_one(tmp_path, grid).counts["community_home", "certified", "total"]
    assert cell.is_unreadable
    assert cell.place == f"様式1!D{at}"


def test_a_second_row_or_table_of_other_figures_leaves_none(grid: Grid, tmp_path: Path) -> None:
    """Nobody but the sender can say which of two is this year's."""
    at = grid.row_of("児童養護施設数") + 2
    grid.cells |= {(at, 1): 9, (at, 3): 9, (at, 6): 9, (at, 7): 9}
    found = read_one(tmp_path, grid)
    assert found.counts["backup", "homes", ""].written.endswith("、9")
    assert {cell.value for path, cell in found.counts.items() if path[0] == "backup"} == {None}

    row = grid.row_of("小規模かつ地域分散化された")
    grid.merged = []
    grid.cells |= {(row - 1, 8): "地域小規模", (row - 1, 9): "分園型", (row - 1, 10): "合計"}
    grid.cells |= {(row, 8): 9, (row, 9): 9, (row, 10): 18}
    found = read_one(tmp_path, grid)
    assert [found.count(kind, "units") for kind in ("community_home", "total")] == [None, None]
    grid.cells[row - 2, 8] = "（参考）前年度"
    assert read_one(tmp_path, grid).count("community_home", "units") is not None


@pytest.mark.parametrize(("name", "count"), [("特例市", 1), ("記入例", 0), ("見本", 0)])
def test_a_sheet_of_an_example_is_not_read(
    name: str, count: int, grid: Grid, tmp_path: Path
) -> None:
    grid.name = name
    assert len(read(write([grid], tmp_path / "form.xlsx"))) == count


@pytest.mark.parametrize(
    ("row", "label"),
    [
        ("定員6名", "加算申請か所数(合計、定員6名)"),
        ("加算認定か所数", "加算認定か所数(合計)"),
        ("児童養護施設数", "加算認定施設数"),
        ("番号", "3. 認定施設一覧"),
    ],
)
def test_what_is_not_found_is_asked_for(row: str, label: str, grid: Grid, tmp_path: Path) -> None:
    at = grid.row_of(row)
    grid.cells = {place: cell for place, cell in grid.cells.items() if place[0] != at}
    findings = figure_findings(read_one(tmp_path, grid), national_law(), YEAR)
    asked = next(one for one in findings if one.code == "RETURN_PART_NOT_FOUND")
    assert label in str(asked.values["labels"])


def test_hidden_rows_and_columns_are_read_and_named(grid: Grid, tmp_path: Path) -> None:
    path = write([grid], tmp_path / "form.xlsx")
    book = load_workbook(path)
    sheet, row = book["様式1"], grid.row_of("番号") + 2
    sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["G"].hidden = True
    book.save(path)
    (found,) = read(path)
    assert found.hidden == (f"様式1!{row}:{row}", "様式1!G:G")
    assert figures_of(found) == figures_of(filed(invented(SEED, units=UNITS)))
    assert "RETURN_HIDDEN" in codes(found)


@pytest.mark.parametrize("is_shared", [True, False])
def test_what_is_struck_out_is_asked_about(is_shared: bool, grid: Grid, tmp_path: Path) -> None:
    """A struck 4 before a 5 reads as 45: nobody else can say what is meant."""
    path, row = write([grid], tmp_path / "form.xlsx"), grid.row_of("番号") + 1
    book = load_workbook(path, rich_text=True)
    sheet = book["様式1"]
    struck = TextBlock(InlineFont(strike=True), "4")
    sheet.cell(row, 5).value = CellRichText(struck, TextBlock(InlineFont(strike=False), "5"))
    sheet.cell(row + 1, 2).font = Font(strike=True)
    sheet.cell(row + 1, 3).font = Font(strike=False)
    sheet.cell(row, 12).font = Font(strike=True)  # is blank
    book.save(path)
    if is_shared:
        _share_strings(path)
    (found,) = read(path)
    assert found.struck == (f"様式1!E{row}", f"様式1!B{row + 1}")
    assert found.rows[0].staff.written == "45"
    assert "RETURN_STRUCK" in codes(found)


def test_a_struck_cell_without_its_reference_has_its_place(grid: Grid, tmp_path: Path) -> None:
    path, row = write([grid], tmp_path / "form.xlsx"), grid.row_of("番号") + 1
    book = load_workbook(path)
    book["様式1"].cell(row, 1).font = Font(strike=True)
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(r'<c r="A\d+"', "<c", parts[sheet])
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    assert struck_cells(path) == {"様式1": {(row, 0)}}


def _share_strings(path: Path) -> None:
    """Put the inline strings of a workbook where Excel has them."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet, inline = "xl/worksheets/sheet1.xml", re.compile(r't="inlineStr"><is>(.*?)</is>')
    strings = inline.findall(parts[sheet])
    numbers = count()
    parts[sheet] = inline.sub(lambda _: f't="s"><v>{next(numbers)}</v>', parts[sheet])
    items = "".join(f"<si>{one}</si>" for one in strings)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{items}</sst>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def test_a_formula_without_its_result_is_named(grid: Grid, tmp_path: Path) -> None:
    row = grid.row_of("小規模かつ地域分散化された")
    grid.cells[row, 7] = f"=D{row}+F{row}"
    cell = read_one(tmp_path, grid).counts["total", "units", ""]
    assert cell.is_unreadable
    assert cell.written == "計算結果のない数式"
