"""What a sheet's structure hides: merged cells, hidden rows and columns."""

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from shokibo.ledger.findings import Finding, grouped_by_message
from shokibo.ledger.reading import Reading, read_ledger, read_rows
from shokibo.ledger.tables import TABLES

from .carriers import SHEETS, found


def book(path: Path, change: Callable[[Worksheet], object], name: str = "職員") -> Path:
    """Write the sound ledger as a workbook, one sheet of it changed."""
    with xlsxwriter.Workbook(path) as written:
        for sheet_name, rows in SHEETS.items():
            sheet = written.add_worksheet(sheet_name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if sheet_name == name:
                change(sheet)
    return path


def merged(path: Path, cells: str, value: str = "U1", name: str = "職員") -> Reading:
    """Read the ledger with merged cells."""
    return read_rows(book(path / "w.xlsx", lambda sheet: sheet.merge_range(cells, value), name))


def test_cells_merged_over_rows_are_refused_at_their_range(tmp_path: Path) -> None:
    reading = merged(tmp_path, "C2:C4")
    assert found(reading.problems) == [("CELLS_MERGED", "職員!C2:C4")]
    words = reading.problems[0].message("ja")
    assert "C2:C4" in words
    assert "セルの結合を解除し、各行に値を記入してください" in words
    assert reading.ledger["staff"].is_empty()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_cells_of_every_column_of_every_table_are_refused(tmp_path: Path, table: object) -> None:
    assert isinstance(table, type(TABLES[0]))
    for index, column in enumerate(table.columns):
        with xlsxwriter.Workbook(tmp_path / "w.xlsx") as written:
            sheet = written.add_worksheet(table.sheet)
            sheet.write_row(0, 0, [each.header for each in table.columns])
            for row in (1, 2, 3):
                sheet.write_row(row, 0, ["x"] * len(table.columns))
            sheet.merge_range(1, index, 2, index, "x")
        problems = found(read_rows(tmp_path / "w.xlsx").problems)
        place = f"{table.sheet}!{chr(65 + index)}2:{chr(65 + index)}3"
        assert ("CELLS_MERGED", place) in problems, column.name
        assert not [one for one in problems if one[1] == f"{table.sheet}!{chr(65 + index)}3"]


def test_cells_merged_along_a_row_are_refused(tmp_path: Path) -> None:
    reading = merged(tmp_path, "I2:J2", "○")
    assert found(reading.problems) == [("CELLS_MERGED", "職員!I2:J2")]
    assert reading.ledger["staff"]["staff_id"].to_list() == ["S2", "S3"]


def test_a_number_left_under_a_merged_cell_is_not_read(tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.merge_range("B2:B4", "H1")
        sheet.write_number("B3", 5)

    problems = read_rows(book(tmp_path / "w.xlsx", edit, "職員")).problems
    assert found(problems) == [("CELLS_MERGED", "職員!B2:B4")]


def test_a_required_cell_under_a_merged_one_is_one_message_with_it(tmp_path: Path) -> None:
    assert found(merged(tmp_path, "B2:B4", "H1").problems) == [("CELLS_MERGED", "職員!B2:B4")]


@pytest.mark.parametrize("cells", ["C6:C9", "L2:L4", "A20:J30"])
def test_cells_merged_where_nothing_is_read_are_ignored(tmp_path: Path, cells: str) -> None:
    assert merged(tmp_path, cells, "").problems == ()


@pytest.mark.parametrize("cells", ["B1:C1", "A1:A2", "L1:M1"])
def test_merged_cells_over_the_headers_are_refused(tmp_path: Path, cells: str) -> None:
    problems = merged(tmp_path, cells, "施設ID").problems
    assert ("HEADER_MERGED", f"職員!{cells}") in found(problems)


def notes_of(path: Path, change: Callable[[Worksheet], object]) -> list[Finding]:
    """Return the notes of reading a ledger of which a sheet is changed."""
    return list(read_ledger(book(path / "w.xlsx", change)).notes)


def test_hidden_rows_are_read_and_named(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        for row in (1, 2, 8):  # the last holds nothing
            sheet.set_row(row, None, None, {"hidden": True})

    (note,) = notes_of(tmp_path, hide)
    assert (note.code, note.place, note.severity) == ("ROWS_HIDDEN", "職員!2:3", "info")
    assert note.values == {"parts": ["2-3"]}
    assert note.message("ja").startswith(
        "非表示の行も、フィルターで隠れた行も読みました(2-3行目)。"
    )


def test_rows_that_a_filter_hides_are_named(tmp_path: Path) -> None:
    def filter_rows(sheet: Worksheet) -> None:
        sheet.autofilter("A1:J4")
        sheet.filter_column("A", "x == S2")
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(3, None, None, {"hidden": True})

    (note,) = notes_of(tmp_path, filter_rows)
    assert note.values == {"parts": ["2", "4"]}
    assert "フィルター" in note.message("ja")


def test_rows_of_no_height_are_hidden(tmp_path: Path) -> None:
    (note,) = notes_of(tmp_path, lambda sheet: sheet.set_row(2, 0))
    assert note.values == {"parts": ["3"]}


def test_hidden_columns_are_read_and_named(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.set_column("C:D", None, None, {"hidden": True})
        sheet.set_column("F:F", 0)
        sheet.set_column("L:XFD", None, None, {"hidden": True})  # hold nothing

    (note,) = notes_of(tmp_path, hide)
    assert (note.code, note.place, note.severity) == ("COLUMNS_HIDDEN", "職員!C:D", "info")
    assert note.values == {"parts": ["C-D", "F"]}


def test_a_row_that_a_copied_formula_left_is_one_problem_and_its_cells_none(
    tmp_path: Path,
) -> None:
    def copied(sheet: Worksheet) -> None:
        for row in range(40, 931):
            sheet.write_formula(row, 5, f"=E{row}*2", None, 0)

    problems = read_rows(book(tmp_path / "w.xlsx", copied)).problems
    assert {problem.code for problem in problems} == {"ROW_STRAY"}
    ((line, _, count),) = grouped_by_message(problems, "ja")
    assert (line, count) == ("職員!F41:F931(891件)", 891)
