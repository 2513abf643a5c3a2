"""The workbook, read back by another reader."""

import warnings
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.worksheet import Worksheet

from shokibo.documents.forms.layout import FormSheet
from shokibo.documents.forms.xlsx import form_xlsx

from .sheets import form, made_row, sheet_of, sheet_with_rows

LIST_HEADING = "3. 児童養護施設の小規模かつ地域分散化加算等認定施設一覧"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "form.xlsx"


def written(sheet: FormSheet, path: Path) -> Workbook:
    path.write_bytes(form_xlsx(sheet))
    return load_workbook(path)


def cells(page: Worksheet) -> Iterator[Cell | MergedCell]:
    for row in page.iter_rows():
        yield from row


def row_of(page: Worksheet, value: object) -> int:
    """Return the first row that holds a value."""
    return next(cell.row or 0 for cell in cells(page) if cell.value == value)


def list_row(page: Worksheet, number: int) -> int:
    """Return the row of a number of the list."""
    return row_of(page, LIST_HEADING) + 1 + number


def footer(page: Worksheet) -> HeaderFooterItem:
    assert page.oddFooter is not None
    return page.oddFooter


def test_every_word_of_the_form_is_in_the_workbook(path: Path) -> None:
    sheet = sheet_of(form(number=2), number="第1号", authority="架空県")
    page = written(sheet, path)["様式2"]
    found = {str(cell.value) for cell in cells(page) if cell.value is not None}
    expected = {
        sheet.heading,
        sheet.number,
        sheet.date,
        sheet.addressee,
        "架空県　民生主管部（局）長",
        sheet.title,
        f"　{sheet.opening}",
        sheet.units.heading,
        *sheet.units.columns,
        *(each.label for row in sheet.units.rows for each in (row, *row.parts)),
        sheet.backup.heading,
        *sheet.backup.columns,
        sheet.listed.heading,
        *sheet.listed.columns,
        *(note.text for note in sheet.notes),
        *(note.mark for note in sheet.notes if note.mark),
    }
    assert expected <= found


def test_blank_form_names_the_kinds_of_authorities_next_to_the_officer(path: Path) -> None:
    page = written(sheet_of(form()), path)["様式1"]
    first = row_of(page, "都　道　府　県")
    assert page.cell(first + 1, 6).value == "指　定　都　市"
    assert page.cell(first + 2, 6).value == "児童相談所設置市"
    assert page.cell(first, 7).value == "民生主管部（局）長"
    assert f"G{first}:G{first + 2}" in {str(merged) for merged in page.merged_cells.ranges}


def test_counts_are_numbers_that_show_their_unit(path: Path) -> None:
    page = written(sheet_of(form()), path)["様式1"]
    row = row_of(page, "加算申請か所数")
    figures = [page.cell(row, column) for column in (4, 6, 7)]
    assert [cell.value for cell in figures] == [2, 1, 3]
    assert [cell.number_format for cell in figures] == ['0"か所"'] * 3
    row = row_of(page, "加算認定施設数") + 1
    homes = [page.cell(row, column) for column in (1, 3, 6, 7)]
    assert [cell.value for cell in homes] == [3, 3, 2, 2]
    assert [cell.number_format for cell in homes] == ['0"か所"'] * 4


def test_a_split_by_one_capacity_alone_is_drawn_too(path: Path) -> None:
    sheet = sheet_of(form())
    rows = tuple(replace(row, parts=row.parts[:1]) for row in sheet.units.rows)
    page = written(replace(sheet, units=replace(sheet.units, rows=rows)), path).worksheets[0]
    labels = [cell.value for cell in page["B"] if str(cell.value).startswith("定員")]
    assert labels[:2] == ["定員4名", "定員4名"]


def test_the_four_example_rows_are_printed(path: Path) -> None:
    page = written(sheet_of(form()), path)["様式1"]
    first = list_row(page, 1)
    printed = [[cell.value for cell in row] for row in page.iter_rows(first, first + 3)]
    assert printed == [
        [1, "a 園", 4, "○", 4, "A 園", "○"],
        [2, "b 園", 6, "○", 6, "A 園", "○"],
        [3, "a 園", 5, "○", 5, "B 園", "×"],
        [4, "a 園", 5, "×", 4, "C 園", "○"],
    ]


@pytest.mark.parametrize(("tenths", "value"), [(40, 4), (48, 4.8)])
def test_staff_is_a_number_that_is_never_shown_with_a_bare_point(
    tenths: int, value: float, path: Path
) -> None:
    page = written(sheet_with_rows(1, made_row(staff=tenths)), path)["様式1"]
    staff, capacity = page.cell(list_row(page, 1), 5), page.cell(list_row(page, 1), 3)
    assert (staff.value, staff.number_format) == (value, 'General"名"')
    assert (capacity.value, capacity.number_format) == (6, '0"名"')


def test_a_line_without_figures_shows_the_unit_alone(path: Path) -> None:
    page = written(sheet_with_rows(1, made_row(staff=None, capacity=None)), path)["様式1"]
    for number in (1, 15):
        row = list_row(page, number)
        assert [page.cell(row, column).value for column in (3, 5)] == ["名", "名"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "http://a.example"])
def test_a_name_is_never_a_formula_or_a_link(name: str, path: Path) -> None:
    page = written(sheet_with_rows(1, made_row(unit_name=name, home_name=name)), path)["様式1"]
    for column in (2, 6):
        cell = page.cell(list_row(page, 1), column)
        assert (cell.value, cell.data_type, cell.hyperlink) == (name, "s", None)


@pytest.mark.parametrize(("rows", "pages"), [(15, 1), (16, 2), (31, 3)])
def test_a_page_ends_after_fifteen_rows_and_repeats_the_headings(
    rows: int, pages: int, path: Path
) -> None:
    page = written(sheet_with_rows(rows), path)["様式1"]
    breaks = [found.id for found in page.row_breaks.brk]
    assert breaks == [list_row(page, 15 * number) for number in range(1, pages)]
    heading = row_of(page, LIST_HEADING)
    assert page.print_title_rows == f"${heading}:${heading + 1}"


def test_a_list_too_tall_for_the_first_page_begins_on_the_next(path: Path) -> None:
    page = written(sheet_with_rows(16, made_row(unit_name="とても長い名前の" * 5)), path)["様式1"]
    breaks = [found.id for found in page.row_breaks.brk]
    assert breaks == [row_of(page, LIST_HEADING) - 1, list_row(page, 15)]


def test_long_names_have_the_room_they_need(path: Path) -> None:
    page = written(sheet_with_rows(2, made_row(unit_name="長" * 40)), path)["様式1"]
    tall = page.row_dimensions[list_row(page, 1)].height
    single = page.row_dimensions[list_row(page, 3)].height
    assert single is not None
    assert tall is not None
    assert tall >= 4 * 9
    assert page.cell(list_row(page, 1), 2).alignment.wrap_text
    assert single == 14.25


def test_it_prints_on_a4_upright_one_page_wide(path: Path) -> None:
    page = written(sheet_with_rows(16), path)["様式1"]
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "portrait")
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToWidth in (None, 1)  # left out where it is 1
    assert page.page_setup.fitToHeight == 0
    assert page.print_area == f"'様式1'!$A$1:$G${page.max_row}"
    assert page.freeze_panes is None
    assert footer(page).center.text == "&P"


def test_no_two_merged_cells_overlap(path: Path) -> None:
    ranges = written(sheet_with_rows(16), path)["様式1"].merged_cells.ranges
    assert len(ranges) > 20
    assert all(one.isdisjoint(other) for one, other in combinations(ranges, 2))


def test_words_are_in_a_japanese_font(path: Path) -> None:
    page = written(sheet_of(form()), path)["様式1"]
    fonts = {cell.font.name for cell in cells(page) if cell.value is not None}
    assert fonts == {"ＭＳ 明朝"}


@pytest.mark.parametrize("fictitious", [True, False])
def test_every_page_of_a_fictitious_form_says_so(fictitious: bool, path: Path) -> None:
    book = written(sheet_of(form("setagaya", 2), fictitious=fictitious), path)
    for page in book.worksheets:
        shown = page.oddHeader.center.text if page.oddHeader else None
        assert shown == ("架空" if fictitious else None)


@pytest.mark.parametrize("example", ["form1", "setagaya"])
def test_it_is_the_form_alone(example: str, path: Path) -> None:
    assert written(sheet_of(form(example)), path).sheetnames == ["様式1"]


@pytest.mark.parametrize(
    ("authority", "words"),
    [
        ("A&B市", "別紙様式1　令和4年度　A&&B市"),
        ("長" * 400, "別紙様式1　令和4年度　" + "長" * 19),
        ("W" * 400, "別紙様式1　令和4年度　" + "W" * 38),
    ],
)
def test_any_name_of_an_authority_fits_the_footer(authority: str, words: str, path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        page = written(sheet_of(form(), authority=authority), path)["様式1"]
    assert footer(page).left.text == words


@pytest.mark.parametrize(
    ("name", "lines"), [("W" * 40, 2), ("カ" * 40, 4), ("ｶ" * 40, 2), ("さくらの家", 1)]
)
def test_a_name_without_a_break_has_the_height_of_its_lines(
    name: str, lines: int, path: Path
) -> None:
    sheet = sheet_with_rows(1, made_row(unit_name=name, home_name=name))
    page = written(sheet, path)["様式1"]
    row = list_row(page, 1)
    height = page.row_dimensions[row].height
    assert height is not None
    assert height >= lines * 9 * 1.25
    for column in "BF":
        assert page[f"{column}{row}"].alignment.wrap_text is True


def test_the_same_form_gives_the_same_bytes() -> None:
    sheet = sheet_of(form("setagaya"))
    assert form_xlsx(sheet) == form_xlsx(sheet)


def test_the_document_has_a_title(path: Path) -> None:
    sheet = sheet_of(form())
    properties = written(sheet, path).properties
    assert (properties.title, properties.subject) == (sheet.title, "別紙様式1")
