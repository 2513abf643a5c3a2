"""Cells of a type that their column does not hold: dates, times and numbers where text stands."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from shokibo.ledger.carriers.date_formats import BUILT_IN, Moment, shown_moment
from shokibo.ledger.carriers.number_formats import number_formats, shown_number
from shokibo.ledger.findings import Finding
from shokibo.ledger.reading import read_ledger

from .carriers import SHEETS, found, parquet_folder, problems_of
from .rawbook import SHEET, cell, raw_workbook, row, sheet_of

Write = Callable[[Worksheet, Callable[[str], Format]], object]


def book(path: Path, name: str, write: Write) -> Path:
    """Write the sound ledger as a workbook, with some cells of a sheet in formats of their own."""
    with xlsxwriter.Workbook(path / "w.xlsx") as written:
        for sheet_name, rows in SHEETS.items():
            sheet = written.add_worksheet(sheet_name)
            for number, values in enumerate(rows):
                sheet.write_row(number, 0, values)
            if sheet_name == name:
                write(sheet, lambda code: written.add_format({"num_format": code}))
    return path / "w.xlsx"


@pytest.mark.parametrize(
    ("value", "number_format", "code", "shown"),
    [
        (dt.date(2025, 3, 2), 'm"月"d"日"', "CELL_IS_DATE", "(3月2日)"),
        (dt.datetime(2025, 4, 1, 9, 30), "yyyy/m/d h:mm", "CELL_IS_DATE", "(2025/4/1 9:30)"),  # noqa: DTZ001
        (dt.time(1, 30), "h:mm", "CELL_IS_TIME", "(1:30)"),
        (True, "General", "CELL_IS_BOOLEAN", "TRUE"),
    ],
)
def test_what_excel_made_of_a_name_is_refused_at_its_cell(
    tmp_path: Path, value: object, number_format: str, code: str, shown: str
) -> None:
    def write(sheet: Worksheet, in_format: Callable[[str], Format]) -> None:
        sheet.write("C2", value, in_format(number_format))

    (problem,) = problems_of(book(tmp_path, "生活単位", write))
    assert found([problem]) == [(code, "生活単位!C2")]
    words = problem.message("ja")
    assert shown in words
    assert "書式を「文字列」に" in words


def notes_of(path: Path, number: float, number_format: str) -> list[Finding]:
    """Return the notes of reading a ledger in which a unit's name is a number."""

    def write(sheet: Worksheet, in_format: Callable[[str], Format]) -> None:
        sheet.write_number("C2", number, in_format(number_format))

    return list(read_ledger(book(path, "生活単位", write)).notes)


@pytest.mark.parametrize("number_format", ["General", "0", "@", "#", "0_ "])
@pytest.mark.parametrize("number", [1, 101, 99_999_999_999])
def test_a_whole_number_that_is_shown_as_it_is_is_a_name(
    tmp_path: Path, number: int, number_format: str
) -> None:
    assert [note.code for note in notes_of(tmp_path, number, number_format)] == []


@pytest.mark.parametrize(
    ("number", "number_format", "shown"),
    [
        (1, "000", "001"),
        (1, "0.0", "1.0"),
        (100_000, "0E+00", "1E+05"),
        (1, '"第"0"園"', "第1園"),
        (1200, "#,##0", "1,200"),
        (0.38, "0%", "38%"),
        (5011005003456, "General", "5.01101E+12"),
        (1.004, "0.0", "1.0"),
    ],
)
def test_a_number_that_is_shown_otherwise_is_named_with_what_is_shown(
    tmp_path: Path, number: float, number_format: str, shown: str
) -> None:
    (note,) = notes_of(tmp_path, number, number_format)
    assert (note.code, note.place) == ("CELL_SHOWN_OTHERWISE", "生活単位!C2")
    assert note.severity == "warning"
    assert note.values["shown"] == shown
    assert f"「{shown}」" in note.message("ja")


def test_a_code_of_an_authority_that_is_shown_with_its_zero_is_no_matter(tmp_path: Path) -> None:
    def write(sheet: Worksheet, in_format: Callable[[str], Format]) -> None:
        sheet.write_number("A2", 11002, in_format("000000"))
        sheet.write_number("A3", 131121)
        sheet.write_row("B2", ["札幌市", "指定都市"])
        sheet.write_row("B3", ["世田谷区", "児童相談所設置市"])

    ledger = read_ledger(book(tmp_path, "自治体", write))
    assert ledger["authorities"]["authority_code"].to_list() == ["011002", "131121"]
    assert ledger.notes == ()


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        (7, "0000;[Red]-0000", "0007"),
        (7, "[$-411]00", "07"),
        (7, "0\\号", "7号"),
        (-7, "000", "-007"),
        (1234567.5, "#,##0.0##", "1,234,567.5"),
        (0.5, "0.00", "0.50"),
        (2.5, "0", "3"),
        (1.5, "General", "1.5"),
        (0.1 + 0.2, "General", "0.3"),
        (1e20, "General", "1E+20"),
        (1e26, "0.00", "100000000000000000000000000.00"),
        (-1e300, "#,##0", f"-1{',000' * 100}"),
        (0.25, f"0.{'0' * 30}", f"0.25{'0' * 28}"),
        (7, "# ?/?", "7"),
        (7, "", "7"),
        (7, "0.0.0", "7"),
    ],
)
def test_a_number_is_shown_in_its_format(number: float, code: str, shown: str) -> None:
    assert shown_number(number, code) == shown


DAY = dt.datetime(2025, 3, 2, 13, 5, 9)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("moment", "code", "shown"),
    [
        (DAY, BUILT_IN[56], "3月2日"),
        (DAY, BUILT_IN[16], "2-Mar"),
        (DAY, "d-mmmm-yy", "2-March-25"),
        (DAY, "mmmmm", "M"),
        (DAY, "yyyy/mm/dd;@", "2025/03/02"),
        (DAY, '[$-411]ggge"年"m"月"d"日"', "令和7年3月2日"),
        (DAY, "[$-411]ge.m.d", "R7.3.2"),
        (DAY, "gg ee", "令 07"),
        (DAY, "yyyy/m/d(aaa)", "2025/3/2(日)"),
        (DAY, "aaaa ddd dddd", "日曜日 Sun Sunday"),
        (DAY, "h:mm", "13:05"),
        (DAY, "h:mm:ss AM/PM", "1:05:09 PM"),
        (dt.time(0, 30), "h:mm A/P", "12:30 AM"),
        (DAY, "mm:ss", "05:09"),
        (DAY, "m\\.d", "3.2"),
        (dt.date(2025, 4, 1), "m-d", "4-1"),
        (dt.time(1, 30), "[h]:mm", "1:30"),
        (dt.timedelta(hours=38, minutes=45), "[h]:mm", "38:45"),
        (dt.timedelta(hours=38, minutes=45), "[mm]", "2325"),
        (DAY, "0000", None),
        (dt.date(1920, 4, 1), "ge.m.d", None),
    ],
)
def test_a_moment_is_shown_in_its_format(moment: Moment, code: str, shown: str | None) -> None:
    assert shown_moment(moment, code) == shown


def test_a_format_is_found_in_any_form_of_a_sheet(tmp_path: Path) -> None:
    styles = (
        '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="000"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    body = row(2, "H", "園", "法人", "131121").replace(
        cell("A2", "H"), '<c r="A2" s="1"><v>1</v></c>'
    )
    for sheet in (sheet_of(body), sheet_of(f"<!-- -->{body}")):
        path = raw_workbook(tmp_path / "w.xlsx", {SHEET: sheet, "xl/styles.xml": styles})
        assert number_formats(path, "施設", {(2, 0), (2, 1)}) == {(2, 0): "000", (2, 1): "General"}


@pytest.mark.parametrize("number", ["NaN", "INF", "-INF", "1e999"])
def test_what_is_no_number_is_refused_at_its_cell(tmp_path: Path, number: str) -> None:
    body = row(2, "H1", "園", "法人", "131121").replace(
        cell("B2", "園"), f'<c r="B2"><v>{number}</v></c>'
    )
    path = raw_workbook(tmp_path / "w.xlsx", {SHEET: sheet_of(body)})
    assert ("CELL_NOT_NUMBER", "施設!B2") in found(problems_of(path))


def with_column(path: Path, name: str, header: str, values: pl.Series) -> Path:
    """Write the sound ledger as Parquet with one column of a type of its own."""
    at = parquet_folder(path / "parquet", SHEETS)
    frame = pl.read_parquet(at / f"{name}.parquet")
    frame.with_columns(values.alias(header)).write_parquet(at / f"{name}.parquet")
    return at


@pytest.mark.parametrize(
    "values",
    [
        pl.Series([dt.date(2025, 3, 2)] * 2),
        pl.Series([dt.datetime(2025, 3, 2)] * 2),  # noqa: DTZ001
        pl.Series([dt.time(1, 30)] * 2),
        pl.Series([dt.timedelta(hours=1)] * 2),
        pl.Series([True, False]),
    ],
    ids=lambda values: str(values.dtype),
)
def test_a_column_of_parquet_that_is_no_text_is_refused_once(
    tmp_path: Path, values: pl.Series
) -> None:
    problems = problems_of(with_column(tmp_path, "生活単位", "生活単位名", values))
    assert ("COLUMN_NOT_TEXT", "生活単位.parquet") in found(problems)
    assert "生活単位名" in problems[0].message("ja")


def test_whole_numbers_of_parquet_are_names(tmp_path: Path) -> None:
    path = with_column(tmp_path, "生活単位", "生活単位名", pl.Series([1, 2]))
    assert read_ledger(path)["units"]["name"].to_list() == ["1", "2"]


def test_what_is_no_number_in_parquet_is_refused_at_its_cell(tmp_path: Path) -> None:
    path = with_column(tmp_path, "定員", "定員", pl.Series([6.0, float("nan")]))
    assert found(problems_of(path)) == [("CELL_NOT_NUMBER", "定員.parquet:2 定員")]


@pytest.mark.parametrize("days", [2**31 - 1, -(2**31), 2_932_897, -719_163])
def test_a_day_outside_of_the_calendar_is_refused_at_its_cell(tmp_path: Path, days: int) -> None:
    values = pl.Series([19_000, days], dtype=pl.Int32).cast(pl.Date)
    path = with_column(tmp_path, "定員", "適用開始日", values)
    assert found(problems_of(path)) == [("CELL_DAY_STRANGE", "定員.parquet:2 適用開始日")]


@pytest.mark.parametrize(
    "time", [pl.Datetime("ms"), pl.Datetime("us", "Asia/Tokyo"), pl.Duration("ms")]
)
@pytest.mark.parametrize("number", [2**63 - 1, -(2**63)])
def test_a_time_outside_of_the_calendar_is_refused_at_its_cell(
    tmp_path: Path, time: pl.DataType, number: int
) -> None:
    values = pl.Series([0, number], dtype=pl.Int64).cast(time)
    path = with_column(tmp_path, "定員", "適用開始日", values)
    assert ("CELL_DAY_STRANGE", "定員.parquet:2 適用開始日") in found(problems_of(path))
