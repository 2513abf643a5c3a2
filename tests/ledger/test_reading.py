"""A ledger is read from any carrier, all of it or all that is wrong with it."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from string import Formatter
from typing import Literal
from zipfile import ZipFile

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from shokibo.answers import plain
from shokibo.ledger.findings import Entry, Finding, UnreadableLedgerError, Value
from shokibo.ledger.model import Ledger
from shokibo.ledger.problems import CATALOGUE
from shokibo.ledger.raw import ROW
from shokibo.ledger.reading import read_ledger
from shokibo.ledger.tables import BY_NAME
from shokibo.texts import Language

from .carriers import (
    AUTHORITIES,
    CAPACITIES,
    HOMES,
    SHEETS,
    STAFF,
    UNITS,
    Rows,
    Sheets,
    csv_folder,
    csv_text,
    folder,
    found,
    in_english,
    openpyxl_workbook,
    parquet_folder,
    problems_of,
    workbook,
)

LANGUAGES: tuple[Language, ...] = ("ja", "en")
EXAMPLES = sorted(path for path in Path("examples").iterdir() if path.is_dir())
CARRIERS: dict[str, Callable[[Path, Sheets], Path]] = {
    "XlsxWriter": lambda path, sheets: workbook(path / "台帳.xlsx", sheets),
    "openpyxl": lambda path, sheets: openpyxl_workbook(path / "ledger.xlsx", sheets),
    "English workbook": lambda path, sheets: workbook(path / "e.xlsx", in_english(sheets)),
    "capitals": lambda path, sheets: workbook(path / "LEDGER.XLSX", sheets),
    "CSV": lambda path, sheets: csv_folder(path / "csv", sheets),
    "CSV in English": lambda path, sheets: csv_folder(path / "csv", in_english(sheets)),
    "CSV with a BOM": lambda path, sheets: csv_folder(path / "csv", sheets, "utf-8-sig"),
    "CSV in Shift_JIS": lambda path, sheets: csv_folder(path / "csv", sheets, "cp932"),
    "Parquet": lambda path, sheets: parquet_folder(path / "parquet", sheets),
    "Parquet in English": lambda path, sheets: parquet_folder(path / "p", in_english(sheets)),
}


def without_rows(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """Return the values of a ledger's tables, without the numbers of their rows."""
    return {name: frame.drop(ROW).rows() for name, frame in ledger.tables.items() if frame.height}


def notes_of(ledger: Ledger) -> list[tuple[str, str, str]]:
    """Return severity, code and place of a reading's notes."""
    return [(note.severity, note.code, note.place) for note in ledger.notes]


def with_rows(sheet: str, *rows: Sequence[object]) -> dict[str, Rows]:
    """Return the sound ledger with more rows at the end of a sheet."""
    return {**SHEETS, sheet: [*SHEETS[sheet], *rows]}


def with_column(sheet: str, header: str, *cells: object) -> dict[str, Rows]:
    """Return the sound ledger with one more column on a sheet."""
    values = [header, *cells]
    longer = [[*row, value] for row, value in zip(SHEETS[sheet], values, strict=True)]
    return {**SHEETS, sheet: longer}


# The carriers


@pytest.mark.parametrize("carrier", CARRIERS)
def test_every_carrier_gives_the_same_tables(tmp_path: Path, carrier: str) -> None:
    ledger = read_ledger(CARRIERS[carrier](tmp_path, SHEETS))
    assert without_rows(ledger) == {
        "authorities": [("131121", "世田谷区", "center_city", None, None)],
        "homes": [("H1", "髙﨑園", "法人", None, "131121", None, None)],
        "units": [
            ("U1", "H1", "a園", "community_home", *[None] * 4),
            ("U2", "H1", "b園", "branch_group_care", *[None] * 4),
        ],
        "capacities": [("U1", dt.date(2022, 4, 1), 6), ("U2", dt.date(2022, 4, 1), 4)],
        "staff": [
            *(staff("S1", "U1", "childcare_worker", "full_time", None, None),),
            *(staff("S2", "U1", "child_instructor", "part_time", 54_000, 139_500),),
            *(staff("S3", None, "other", "part_time", 47_988, 144_000),),
        ],
    }
    assert notes_of(ledger) == []


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("name", ["台帳 [1] #2 100% {令和4年度}", "a*b? 'x'"])
def test_a_carrier_is_read_from_a_folder_of_any_name(
    tmp_path: Path, carrier: str, name: str
) -> None:
    inner = tmp_path / name
    inner.mkdir()
    assert read_ledger(CARRIERS[carrier](inner, SHEETS))["staff"].height == 3


def staff(
    staff_id: str, unit: str | None, job: str, employment: str, weekly: int | None, full: int | None
) -> tuple[object, ...]:
    """Return a row of staff as it is read; who has no unit is a backup worker."""
    role = ("care", True, False) if unit else ("backup", False, True)
    return (staff_id, "H1", unit, job, employment, weekly, full, *role, None, None)


def test_typed_cells_give_the_same_as_their_texts(tmp_path: Path) -> None:
    path = tmp_path / "typed.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in SHEETS.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        day = book.add_format({"num_format": '[$-411]ggge"年"m"月"d"日"'})
        hours = book.add_format({"num_format": "[h]:mm"})
        capacities, staff_sheet = (
            book.get_worksheet_by_name("定員"),
            book.get_worksheet_by_name("職員"),
        )
        capacities.write_datetime("B2", dt.datetime(2022, 4, 1), day)  # noqa: DTZ001
        capacities.write_number("C2", 6)
        book.get_worksheet_by_name("自治体").write_number("A2", 131121)
        staff_sheet.write_number("F3", 15)
        staff_sheet.write_number("G3", (38 * 60 + 45) / 1440, hours)
        staff_sheet.write_number("F4", 13.33)
        staff_sheet.write_boolean("I2", True)
        staff_sheet.write_boolean("J2", False)
    typed, texts = read_ledger(path), read_ledger(workbook(tmp_path / "texts.xlsx", SHEETS))
    assert without_rows(typed) == without_rows(texts)


def test_hours_of_time_cells_are_exact_to_the_minute(tmp_path: Path) -> None:
    minutes = range(0, 60 * 60, 7)
    rows = [
        [f"S{m}", "H1", None, "保育士", "常勤", None, None, "直接養育", "○", "×"] for m in minutes
    ]
    with xlsxwriter.Workbook(tmp_path / "hours.xlsx") as book:
        for name, table in {**SHEETS, "職員": [STAFF[0], *rows]}.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(table):
                sheet.write_row(number, 0, row)
        long, short = (book.add_format({"num_format": code}) for code in ("[h]:mm", "h:mm"))
        sheet = book.get_worksheet_by_name("職員")
        for number, minute in enumerate(minutes, start=1):
            sheet.write_number(number, 5, minute / 1440, long)
            sheet.write_number(number, 6, minute % 1440 / 1440, short)
    read = read_ledger(tmp_path / "hours.xlsx")["staff"]
    assert read["weekly_hours"].to_list() == [minute * 60 for minute in minutes]
    assert read["full_time_weekly_hours"].to_list() == [m % 1440 * 60 for m in minutes]


@pytest.mark.parametrize(
    "code", ["yyyy/m/d", "[$-411]ge.m.d", "[$-ja-JP-x-gannen]ggge年m月d日;@", "m月d日", "yyyy年m月"]
)
def test_a_date_cell_is_read_whatever_its_format_shows(tmp_path: Path, code: str) -> None:
    with xlsxwriter.Workbook(tmp_path / "dates.xlsx") as book:
        for name, rows in SHEETS.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        cell_format = book.add_format({"num_format": code})
        book.get_worksheet_by_name("定員").write_number("B2", 44652, cell_format)
    ledger = read_ledger(tmp_path / "dates.xlsx")
    assert ledger["capacities"]["effective_from"][0] == dt.date(2022, 4, 1)


def test_a_workbook_that_counts_its_days_from_1904_gives_the_same_dates(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "mac.xlsx", {"date_1904": True}) as book:
        for name, rows in SHEETS.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.get_worksheet_by_name("定員")
        sheet.write_datetime("B2", dt.datetime(2022, 4, 1), day)  # noqa: DTZ001
    ledger = read_ledger(tmp_path / "mac.xlsx")
    assert ledger["capacities"]["effective_from"][0] == dt.date(2022, 4, 1)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_are_read_without_a_word(example: Path) -> None:
    ledger = read_ledger(example)
    assert ledger.notes == ()
    assert {name for name, rows in ledger.tables.items() if rows.height} == {
        path.stem for path in example.glob("*.csv")
    }


def test_a_reading_announces_each_table_as_it_goes(tmp_path: Path) -> None:
    reported: list[str] = []
    read_ledger(workbook(tmp_path / "台帳.xlsx", SHEETS), reported.append)
    assert reported == ["自治体", "施設", "生活単位", "定員", "職員"]


# Headers and rows


def test_a_header_may_stand_under_a_title_and_away_from_the_corner(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "title.xlsx") as book:
        for name, rows in SHEETS.items():
            sheet = book.add_worksheet(name)
            sheet.merge_range("A1:H1", f"{name}の一覧(令和4年4月1日現在)")
            sheet.write("B3", "記入者:児童課")
            for number, row in enumerate(rows):
                sheet.write_row(4 + number, 2, row)
    ledger = read_ledger(tmp_path / "title.xlsx")
    assert ledger["staff"]["staff_id"].to_list() == ["S1", "S2", "S3"]
    assert ledger["staff"][ROW].to_list() == [6, 7, 8]
    assert ledger.place("staff", 7, "weekly_hours") == "職員!H7"


def test_a_table_away_from_the_corner_keeps_its_places(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "corner.xlsx") as book:
        for name, rows in SHEETS.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(3 + number, 2, row)
        book.get_worksheet_by_name("職員").write("H6", "たくさん")
    assert found(problems_of(tmp_path / "corner.xlsx")) == [("CELL_NOT_HOURS", "職員!H6")]


def test_a_header_under_nine_lines_is_found_and_under_ten_is_not(tmp_path: Path) -> None:
    def under(lines: int) -> Path:
        title = [[f"注{number}"] for number in range(lines)]
        return csv_folder(tmp_path / str(lines), {**SHEETS, "施設": [*title, *HOMES]})

    assert read_ledger(under(9))["homes"][ROW].to_list() == [11]
    problems = problems_of(under(10))
    assert ("HEADER_NOT_FOUND", "施設.csv:1") in found(problems)
    assert "施設ID、施設名、法人名、団体コード" in problems[0].message("ja")


@pytest.mark.parametrize(
    ("header", "written"),
    [
        ("施設ID", "施設ID*"),
        ("施設ID", "施設ID *"),
        ("施設ID", "施設ＩＤ＊"),
        ("施設ID", " 施設 ID "),
        ("施設ID", "施設\nID"),
        ("施設ID", "Home_ID"),
        ("施設ID", "home_id"),
        ("法人名", "法人名　"),
    ],
)
def test_width_case_spaces_and_the_mark_of_a_header_do_not_matter(
    tmp_path: Path, header: str, written: str
) -> None:
    headers = [written if name == header else name for name in HOMES[0]]
    sheets = {**SHEETS, "施設": [headers, *HOMES[1:]]}
    assert read_ledger(workbook(tmp_path / "h.xlsx", sheets))["homes"].height == 1


@pytest.mark.parametrize("name", ["職 員", "Staff", "STAFF", "ｓｔａｆｆ", "職員*"])
def test_width_case_and_spaces_of_a_sheet_s_name_do_not_matter(tmp_path: Path, name: str) -> None:
    sheets = {name if sheet == "職員" else sheet: rows for sheet, rows in SHEETS.items()}
    assert read_ledger(csv_folder(tmp_path / "c", sheets))["staff"].height == 3


def test_the_order_of_columns_is_free(tmp_path: Path) -> None:
    turned = {name: [list(reversed(row)) for row in rows] for name, rows in SHEETS.items()}
    plain = read_ledger(workbook(tmp_path / "plain.xlsx", SHEETS))
    assert without_rows(read_ledger(workbook(tmp_path / "t.xlsx", turned))) == without_rows(plain)


@pytest.mark.parametrize("blank", [None, "", " ", "　"])
def test_blank_rows_are_passed_over_and_keep_the_count(tmp_path: Path, blank: str | None) -> None:
    rows = [HOMES[0], [blank] * 4, HOMES[1], [blank] * 4, ["H2", "園", "法人", "131121"]]
    for path in (
        workbook(tmp_path / "b.xlsx", {**SHEETS, "施設": rows}),
        csv_folder(tmp_path / "b", {**SHEETS, "施設": rows}),
    ):
        assert read_ledger(path)["homes"][ROW].to_list() == [3, 5]


def test_short_and_long_lines_of_csv_are_filled_up(tmp_path: Path) -> None:
    lines = (
        "home_id,name,operator,authority_code,opened_on\nH1,園,法人,131121\nH2,園,法人,131121,,,\n"
    )
    files = {"authorities.csv": csv_text(AUTHORITIES), "homes.csv": lines}
    ledger = read_ledger(folder(tmp_path / "c", files))
    assert ledger["homes"]["opened_on"].to_list() == [None, None]
    assert ledger.notes == ()


def test_quoted_line_breaks_keep_the_line_numbers(tmp_path: Path) -> None:
    lines = (
        "施設ID,施設名,法人名,団体コード\n"
        '"H1","一行目\n二行目\r\n三行目","法人",131121\n'
        "\n"
        'H2,"二""園""",法人,131121\n'
        "H3,園,,131121\n"
    )
    files = {"自治体.csv": csv_text(AUTHORITIES), "施設.csv": lines}
    path = folder(tmp_path / "c", files)
    assert found(problems_of(path)) == [("CELL_BLANK", "施設.csv:7 法人名")]
    mended = folder(tmp_path / "d", {**files, "施設.csv": lines.replace("H3,園,,", "H3,園,法人,")})
    homes = read_ledger(mended)["homes"]
    assert homes[ROW].to_list() == [2, 6, 7]
    assert homes["name"].to_list() == ["一行目 二行目 三行目", '二"園"', "園"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_csv_of_any_line_ending_is_read(tmp_path: Path, ending: str) -> None:
    files = {
        "自治体.csv": csv_text(AUTHORITIES).replace("\n", ending),
        "施設.csv": csv_text(HOMES).replace("\n", ending),
    }
    assert read_ledger(folder(tmp_path / "c", files))["homes"][ROW].to_list() == [2]


def test_furigana_is_not_part_of_a_text(tmp_path: Path) -> None:
    path = workbook(tmp_path / "f.xlsx", SHEETS)
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    plain = "<si><t>髙﨑園</t></si>".encode()
    assert plain in parts["xl/sharedStrings.xml"]
    furigana = (
        "<si><t>髙﨑園</t><rPh sb='0' eb='2'><t>タカサキ</t></rPh>"
        "<rPh sb='2' eb='3'><t>エン</t></rPh><phoneticPr fontId='1'/></si>"
    )
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(plain, furigana.encode())
    with ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert read_ledger(path)["homes"]["name"].to_list() == ["髙﨑園"]


# What is wrong, and where


def with_odd_staff(row_12: Sequence[object]) -> dict[str, Rows]:
    """Return the sound ledger with twelve rows on the staff sheet, the last one given."""
    more = [[f"T{number}", *STAFF[1][1:]] for number in range(5, 12)]
    return {**SHEETS, "職員": [*STAFF, *more, row_12]}


def test_a_place_is_named_as_the_person_sees_it(tmp_path: Path) -> None:
    odd = ["S12", "H1", "U1", "保育士", "非常勤", "たくさん", "40", "直接養育", "○", "×"]
    sheets = with_odd_staff(odd)
    assert [problem.place for problem in problems_of(workbook(tmp_path / "w.xlsx", sheets))] == [
        "職員!F12"
    ]
    english = in_english(sheets)
    assert [problem.place for problem in problems_of(csv_folder(tmp_path / "c", english))] == [
        "staff.csv:12 weekly_hours"
    ]
    assert [problem.place for problem in problems_of(parquet_folder(tmp_path / "p", english))] == [
        "staff.parquet:11 weekly_hours"
    ]


def test_all_that_is_wrong_is_reported_at_once_over_all_sheets(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "自治体": [AUTHORITIES[0], ["131121", None, "区"]],
        "施設": [*HOMES, ["H1", "園", "法人", "131121"], ["H2", "園", "法人", "999999"]],
        "生活単位": [["生活単位ID", "施設ID", "種別"], ["U1", "H9", "寮"]],
        "定員": [*CAPACITIES, ["U1", "四月", "六"], ["U7", "R4.4.31", "6.5"]],
        "職員": [*STAFF, ["S4", "H1", "U1", "医師", "常勤", "40h", 40, "直接養育", "△", "×"]],
        "経費単価": [
            ["年度", "項目", "科目", "区分", "金額(円)", "国の負担割合", "対象経費"],
            ["四年", "家賃等", "扶助費", "年間", "千円", "0.5", "半額"],
        ],
        "申請認定": [
            ["申請ID", "加算区分", "施設ID", "年度", "適用開始月", "認定結果"],
            ["A1", "小規模かつ地域分散化加算", "H1", "R4", "四月", "認定"],
        ],
    }
    assert sorted(found(problems_of(workbook(tmp_path / "w.xlsx", sheets)))) == sorted(
        [
            ("CELL_BLANK", "自治体!B2"),
            ("CELL_UNKNOWN_CODE", "自治体!C2"),
            ("KEY_DUPLICATE", "施設!A3"),
            ("ID_UNKNOWN", "施設!D4"),
            ("HEADER_MISSING", "生活単位"),
            ("CELL_UNKNOWN_CODE", "生活単位!C2"),
            ("ID_UNKNOWN", "生活単位!B2"),
            ("CELL_NOT_DATE", "定員!B4"),
            ("CELL_NOT_INTEGER", "定員!C4"),
            ("CELL_NO_SUCH_DAY", "定員!B5"),
            ("CELL_NOT_INTEGER", "定員!C5"),
            ("ID_UNKNOWN", "定員!A3"),
            ("ID_UNKNOWN", "定員!A5"),
            ("CELL_UNKNOWN_CODE", "職員!D5"),
            ("CELL_NOT_HOURS", "職員!F5"),
            ("CELL_NOT_YES_NO", "職員!I5"),
            ("CELL_NOT_YEAR", "経費単価!A2"),
            ("CELL_NOT_INTEGER", "経費単価!E2"),
            ("CELL_NOT_SHARE", "経費単価!F2"),
            ("CELL_NOT_RULE", "経費単価!G2"),
            ("CELL_NOT_MONTH", "申請認定!E2"),
        ]
    )


@pytest.mark.parametrize(
    ("sheets", "code", "ja", "en"),
    [
        (
            with_rows("定員", ["U1", "令和4年13月1日", 6]),
            "CELL_NOT_DATE",
            ["適用開始日", "「令和4年13月1日」", "2022-04-01", "令和4年4月1日"],
            ["“令和4年13月1日”", "not a date", "R4.4.1"],
        ),
        (
            with_rows("定員", ["U1", "R5.4", 6]),
            "CELL_IS_MONTH",
            ["「R5.4」", "令和5年4月1日ですか", "R5.4.1 と書いて"],
            ["“R5.4”", "Is 2023-04-01 meant?"],
        ),
        (
            with_rows("定員", ["U1", "2023-02-30", 6]),
            "CELL_NO_SUCH_DAY",
            ["「2023-02-30」", "末日は令和5年2月28日です", "R5.2.28 と書いて"],
            ["“2023-02-30”", "write 2023-02-28"],
        ),
        (
            with_rows("定員", ["U1", None, 6]),
            "CAPACITY_START_BLANK",
            ["必須の「適用開始日」が空欄", "「生活単位」の開設日"],
            ["required but blank", "the unit's opening day"],
        ),
        (
            with_rows("生活単位", ["U3", "髙﨑 園", "c園", "その他のグループホーム"]),
            "ID_BY_NAME",
            ["「施設ID」の「髙﨑 園」", "名前です", "IDは H1 です"],
            ["is a name", "is H1"],
        ),
        (
            with_rows("施設", ["H2", "園", "法人", "世田谷区"]),
            "AUTHORITY_BY_NAME",
            ["「団体コード」の「世田谷区」", "団体コードは 131121 です"],
            ["name of an authority", "is 131121"],
        ),
        (
            with_rows("施設", ["H2", "園", "法人", 13112]),
            "CODE_OF_FIVE_DIGITS",
            ["「13112」は5桁", "6桁の 131121 を書いて"],
            ["five digits", "check digit: 131121"],
        ),
        (
            with_rows("定員", ["U1", "2023-04-01", "六人"]),
            "CELL_NOT_INTEGER",
            ["「定員」", "「六人」", "整数", "数字だけ"],
            ["“六人”", "not an integer", "digits only"],
        ),
        (
            with_rows("生活単位", ["U3", "H1", "c園", "寮"]),
            "CELL_UNKNOWN_CODE",
            ["「種別」", "「寮」", "本体施設ユニット、地域小規模児童養護施設、分園型"],
            ["“寮”", "not one of the codes", "Write one of"],
        ),
        (
            with_rows("定員", [None, "2023-04-01", 6]),
            "CELL_BLANK",
            ["必須", "生活単位ID", "記入"],
            ["required", "blank", "Fill it in"],
        ),
        (
            with_rows("施設", HOMES[1]),
            "KEY_DUPLICATE",
            ["施設ID", "H1", "先は施設!A2"],
            ["施設!A2", "H1", "Delete or correct"],
        ),
        (
            with_rows("定員", ["U9", "2023-04-01", 6]),
            "ID_UNKNOWN",
            ["生活単位ID", "「U9」", "表「生活単位」"],
            ["“U9”", "add a row"],
        ),
        (
            {**SHEETS, "施設": [row[1:] for row in HOMES]},
            "HEADER_MISSING",
            ["表「施設」", "必須の列「施設ID」", "加えて"],
            ["required column", "Add the column"],
        ),
        (
            with_column("施設", "施設名", "又の名"),
            "HEADER_DUPLICATE",
            ["見出し「施設名」", "先は施設!B1", "消して"],
            ["施設!B1", "Delete the column"],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_problem_names_the_value_what_is_wrong_and_what_would_be_right(
    tmp_path: Path, sheets: dict[str, Rows], code: str, ja: list[str], en: list[str]
) -> None:
    problems = problems_of(workbook(tmp_path / "w.xlsx", sheets))
    named = next(problem for problem in problems if problem.code == code)
    assert [word for word in ja if word not in named.message("ja")] == []
    assert [word for word in en if word not in named.message("en")] == []
    assert named.severity == "error"


def test_a_name_that_several_units_have_gives_the_ids_of_all(tmp_path: Path) -> None:
    units = [
        ["U3", "H1", "なかよし", "本体施設ユニット"],
        ["U4", "H1", "なかよし", "本体施設ユニット"],
    ]
    sheets = {**with_rows("生活単位", *units), "定員": [*CAPACITIES, ["なかよし", "2023-04-01", 6]]}
    (problem,) = problems_of(workbook(tmp_path / "w.xlsx", sheets))
    assert (problem.code, problem.values["ids"]) == ("ID_BY_NAME", ["U3", "U4"])


def test_a_long_value_is_reported_in_short(tmp_path: Path) -> None:
    sheets = with_rows("定員", ["U1", "長" * 5000, 6])
    (problem,) = problems_of(workbook(tmp_path / "w.xlsx", sheets))
    assert len(problem.message("ja")) < 250


def test_a_refusal_says_its_places_and_codes(tmp_path: Path) -> None:
    sheets = with_rows("定員", ["U9", "四月", 6])
    with pytest.raises(UnreadableLedgerError, match=r"定員!B4: CELL_NOT_DATE; 定員!A4: ID_UNKNOWN"):
        read_ledger(workbook(tmp_path / "w.xlsx", sheets))


def test_a_problem_is_printed_with_its_values(tmp_path: Path) -> None:
    (problem,) = problems_of(
        workbook(tmp_path / "w.xlsx", with_rows("定員", ["U1", "2023", "六"]))
    )[:1]
    assert plain(problem.report("ja")) == {
        "code": "CELL_NOT_DATE",
        "severity": "error",
        "table": "capacities",
        "place": "定員!B4",
        "message": problem.message("ja"),
        "values": {"header": "適用開始日", "value": "2023"},
        "source": "",
    }


def test_what_is_needed_only_in_some_cases_does_not_stop_a_reading(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        **with_rows(
            "職員", ["S9", "H1", "U1", "保育士", "非常勤", None, None, "直接養育", "○", "×"]
        ),
        "申請認定": [
            ["申請ID", "加算区分", "施設ID", "年度", "適用開始月", "認定結果"],
            ["A1", "小規模かつ地域分散化加算", "H1", "R4", "2022-04", "認定"],
        ],
        "取組": [["施設ID", "年度", "取組"], ["H1", "R4", "定員変更"], ["H1", "R4", "新設"]],
    }
    ledger = read_ledger(workbook(tmp_path / "w.xlsx", sheets))
    assert ledger["staff"].filter(staff_id="S9")["weekly_hours"].to_list() == [None]
    assert ledger["applications"]["unit_id"].to_list() == [None]
    assert ledger["actions"].height == 2


def test_a_blank_cell_is_a_missing_value_and_never_zero_or_no(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        **SHEETS,
        "入所状況": [
            ["基準日", "対象", "区分", "入所児童数", "個別的ケアが必要な児童数"],
            ["2022-04-01", "当該自治体が措置した児童", "合計", "85", "　"],
            ["2022-04-02", "当該自治体が措置した児童", "合計", "0", "0"],
        ],
        "要件確認": [
            ["施設ID", "確認事項", "結果", "確認日"],
            ["H1", "人材育成", None, "2022-04-01"],
        ],
    }
    ledger = read_ledger(workbook(tmp_path / "w.xlsx", sheets))
    assert ledger["occupancy"]["individual_care"].to_list() == [None, 0]
    assert ledger["confirmations"]["result"].to_list() == [None]


# Keys


@pytest.mark.parametrize(
    ("sheet", "row", "headers"),
    [
        ("自治体", ["131121", "別の名", "都道府県"], ["団体コード"]),
        ("施設", ["H1", "別の名", "法人", "131121"], ["施設ID"]),
        ("施設", ["Ｈ１", "別の名", "法人", "131121"], ["施設ID"]),
        ("生活単位", ["U1", "H1", "別の名", "本体施設ユニット"], ["生活単位ID"]),
        ("定員", ["U1", "R4.4.1", 5], ["生活単位ID", "適用開始日"]),
        (
            "職員",
            ["S1", "H1", "U1", *STAFF[1][3:]],
            ["職員ID", "施設ID", "生活単位ID", "役割", "配置開始日"],
        ),
        (
            "職員",
            ["S3", "H1", None, *STAFF[3][3:]],
            ["職員ID", "施設ID", "生活単位ID", "役割", "配置開始日"],
        ),
    ],
)
def test_a_key_given_twice_is_named_with_the_first_place(
    tmp_path: Path, sheet: str, row: list[object], headers: list[str]
) -> None:
    sheets = with_rows(sheet, row)
    (problem,) = problems_of(workbook(tmp_path / "w.xlsx", sheets))
    assert found([problem]) == [("KEY_DUPLICATE", f"{sheet}!A{len(sheets[sheet])}")]
    assert problem.values["headers"] == headers
    assert str(problem.values["first"]).startswith(f"{sheet}!A")


def test_two_roles_at_one_place_are_two_rows(tmp_path: Path) -> None:
    care = [*STAFF[3][:7], "直接養育", *STAFF[3][8:]]
    sheets = with_rows("職員", care)
    assert read_ledger(workbook(tmp_path / "w.xlsx", sheets))["staff"].height == 4


KEYED: dict[str, Rows] = {
    "要件確認": [
        ["施設ID", "確認事項", "確認日", "結果"],
        ["H1", "人材育成", "2022-04-01", "○"],
        ["H1", "人材育成", "R4.4.1", "×"],
    ],
    "申請認定": [
        ["申請ID", "加算区分", "施設ID", "年度", "適用開始月", "認定結果"],
        ["A1", "バックアップ職員加算", "H1", "R4", "2022-04", "作成中"],
        ["A1", "バックアップ職員加算", "H1", "R5", "2023-04", "作成中"],
    ],
    "計画": [
        ["計画名", "基準日", "計画開始年度", "計画終了年度"],
        ["計画", "2021-12-01", "R4", "R6"],
        ["別の計画", "2021-12-01", "R4", "R6"],
    ],
    "必要量": [
        ["年度", "年齢区分", "人数"],
        ["R4", "3歳未満", 5],
        ["2022", "under_3", 6],
    ],
    "目標": [["年度", "項目", "値"], ["R4", "合計定員", 5], ["2022", "total", 6]],
    "入所状況": [
        ["基準日", "対象", "区分", "入所児童数"],
        ["2022-04-01", "区域内施設の全入所児童", "合計", 95],
        ["2022-04-01", "residents", "all", 96],
    ],
    "経費単価": [
        ["年度", "項目", "科目", "区分", "金額(円)"],
        ["R4", "家賃等", "扶助費", "年間", 100],
        ["R4", "家賃等", "扶助費", "年間", 200],
    ],
}


@pytest.mark.parametrize("sheet", KEYED)
def test_every_keyed_table_refuses_a_key_given_twice(tmp_path: Path, sheet: str) -> None:
    problems = problems_of(workbook(tmp_path / "w.xlsx", {**SHEETS, sheet: KEYED[sheet]}))
    assert [(problem.code, problem.table) for problem in problems] == [
        ("KEY_DUPLICATE", next(t.name for t in BY_NAME.values() if t.sheet == sheet))
    ]


def test_one_person_may_be_posted_in_several_places_and_times(tmp_path: Path) -> None:
    sheets = with_column("職員", "配置開始日", None, None, None)
    first = [*STAFF[1], "2022-04-01"]
    other_unit, at_main = [*first], [*first]
    other_unit[2], at_main[2] = "U2", None
    sheets["職員"] = [*sheets["職員"], first, other_unit, at_main]
    assert read_ledger(workbook(tmp_path / "w.xlsx", sheets))["staff"].height == 6


def test_actions_have_no_key_and_every_row_counts_in_its_order(tmp_path: Path) -> None:
    rows: Rows = [
        ["施設ID", "年度", "取組", "生活単位ID", "定員"],
        ["H1", "R5", "定員変更", "U1", 5],
        ["H1", "R4", "定員変更", "U1", 4],
        ["H1", "R5", "定員変更", "U1", 5],
    ]
    ledger = read_ledger(workbook(tmp_path / "w.xlsx", {**SHEETS, "取組": rows}))
    assert ledger["actions"]["fiscal_year"].to_list() == [2023, 2022, 2023]


# Ids


def test_ids_are_compared_after_nfkc(tmp_path: Path) -> None:
    wide = with_rows("定員", ["Ｕ１", "2023-04-01", 5])
    ledger = read_ledger(workbook(tmp_path / "w.xlsx", wide))
    assert ledger["capacities"]["unit_id"].to_list() == ["U1", "U2", "U1"]


@pytest.mark.parametrize(
    ("sheet", "rows", "place"),
    [
        ("施設", [*HOMES, ["H2", "園", "法人", "131130"]], "施設!D3"),
        ("生活単位", [*UNITS, ["U3", "H9", "c園", "本体施設ユニット"]], "生活単位!B4"),
        ("定員", [*CAPACITIES, ["U9", "2022-04-01", 6]], "定員!A4"),
        ("職員", [*STAFF, ["S4", "H9", None, *STAFF[1][3:]]], "職員!B5"),
        ("職員", [*STAFF, ["S4", "H1", "U9", *STAFF[1][3:]]], "職員!C5"),
        (
            "要件確認",
            [["施設ID", "確認事項", "確認日"], ["H9", "人材育成", "R4.4.1"]],
            "要件確認!A2",
        ),
        (
            "申請認定",
            [
                ["申請ID", "加算区分", "施設ID", "生活単位ID", "年度", "適用開始月", "認定結果"],
                ["A1", "dispersal", "H1", "U9", "R4", "2022-04", "作成中"],
            ],
            "申請認定!D2",
        ),
        ("取組", [["施設ID", "年度", "取組", "生活単位ID"], ["H1", "R4", "廃止", "U9"]], "取組!D2"),
        (
            "必要量",
            [["団体コード", "年度", "年齢区分", "人数"], ["999999", "R4", "3歳未満", 1]],
            "必要量!A2",
        ),
    ],
)
def test_an_id_that_does_not_exist_is_named(
    tmp_path: Path, sheet: str, rows: Rows, place: str
) -> None:
    problems = problems_of(workbook(tmp_path / "w.xlsx", {**SHEETS, sheet: rows}))
    assert found(problems) == [("ID_UNKNOWN", place)]


def test_a_unit_to_be_opened_exists_for_every_table(tmp_path: Path) -> None:
    actions: Rows = [
        ["施設ID", "年度", "取組", "生活単位ID", "種別", "定員"],
        ["H1", "R5", "定員変更", "N1", None, 4],
        ["H1", "R4", "新設", "N1", "分園型小規模グループケア", 6],
        ["H1", "R6", "廃止", "N2", None, None],
    ]
    sheets = {**with_rows("定員", ["Ｎ１", "2023-04-01", 4]), "取組": actions}
    assert found(problems_of(workbook(tmp_path / "w.xlsx", sheets))) == [("ID_UNKNOWN", "取組!D4")]
    mended = {**sheets, "取組": actions[:3]}
    assert read_ledger(workbook(tmp_path / "m.xlsx", mended))["capacities"].height == 3


def test_ids_of_a_missing_table_are_reported_once(tmp_path: Path) -> None:
    sheets = {name: rows for name, rows in SHEETS.items() if name != "生活単位"}
    assert found(problems_of(workbook(tmp_path / "w.xlsx", sheets))) == [
        ("ID_UNKNOWN", "定員!A2"),
        ("ID_UNKNOWN", "職員!C2"),
    ]


# Rows to be removed


def marked(sheet: str, *marks: object) -> dict[str, Rows]:
    """Return the sound ledger with marks in the column 削除 of a sheet."""
    return with_column(sheet, "削除", *marks)


@pytest.mark.parametrize("mark", ["○", "1", "true", "はい", True, 1])
def test_a_row_marked_for_removal_is_listed_separately(tmp_path: Path, mark: object) -> None:
    ledger = read_ledger(workbook(tmp_path / "w.xlsx", marked("職員", None, mark, "×")))
    assert ledger["staff"]["staff_id"].to_list() == ["S1", "S3"]
    assert ledger.removed["staff"]["staff_id"].to_list() == ["S2"]
    assert "delete" not in ledger["staff"].columns


def test_the_mark_may_be_in_english_and_blank_or_no_keeps_a_row(tmp_path: Path) -> None:
    sheets = in_english(SHEETS)
    sheets["staff"] = [
        [*row, mark] for row, mark in zip(sheets["staff"], ["delete", "no", "", "yes"], strict=True)
    ]
    ledger = read_ledger(csv_folder(tmp_path / "c", sheets))
    assert ledger["staff"]["staff_id"].to_list() == ["S1", "S2"]
    assert ledger.removed["staff"]["staff_id"].to_list() == ["S3"]


def test_a_mark_that_is_neither_yes_nor_no_stops_the_reading(tmp_path: Path) -> None:
    path = workbook(tmp_path / "w.xlsx", marked("職員", None, "済", None))
    assert found(problems_of(path)) == [("CELL_NOT_YES_NO", "職員!K3")]


def test_a_remaining_row_may_not_refer_to_a_removed_one(tmp_path: Path) -> None:
    path = workbook(tmp_path / "w.xlsx", marked("生活単位", None, "○"))
    (problem,) = problems_of(path)
    assert found([problem]) == [("ID_REMOVED", "定員!A3")]
    assert "削除" in problem.message("ja")
    both = {**marked("生活単位", None, "○"), "定員": marked("定員", None, "○")["定員"]}
    ledger = read_ledger(workbook(tmp_path / "m.xlsx", both))
    assert ledger["units"]["unit_id"].to_list() == ["U1"]
    assert ledger.removed["capacities"]["unit_id"].to_list() == ["U2"]


# Tables left out, unknown and hidden


def test_tables_that_are_left_out_are_empty_and_typed(tmp_path: Path) -> None:
    ledger = read_ledger(workbook(tmp_path / "w.xlsx", SHEETS))
    for name, table in BY_NAME.items():
        assert ledger[name].schema == {**table.schema, ROW: pl.UInt32}
        assert ledger.removed[name].schema == ledger[name].schema
    assert {name for name in BY_NAME if ledger[name].height} == {
        *("authorities", "homes", "units", "capacities", "staff")
    }


@pytest.mark.parametrize("rows", [[], [[]], [["", None]]])
def test_an_empty_sheet_is_a_table_left_out(tmp_path: Path, rows: Rows) -> None:
    ledger = read_ledger(workbook(tmp_path / "w.xlsx", {**SHEETS, "取組": rows}))
    assert ledger["actions"].height == 0
    assert ledger.notes == ()


def test_a_table_may_have_headers_only(tmp_path: Path) -> None:
    ledger = read_ledger(workbook(tmp_path / "w.xlsx", {**SHEETS, "職員": STAFF[:1]}))
    assert ledger["staff"].height == 0


def test_an_unknown_column_is_a_warning_and_is_not_read(tmp_path: Path) -> None:
    ledger = read_ledger(workbook(tmp_path / "w.xlsx", with_column("施設", "電話番号", "03-1234")))
    assert notes_of(ledger) == [("warning", "COLUMN_UNKNOWN", "施設!E1")]
    assert "電話番号" in ledger.notes[0].message("ja")
    assert "電話番号" not in ledger["homes"].columns


def test_a_column_without_a_header_is_reported_only_if_it_holds_something(
    tmp_path: Path,
) -> None:
    silent = read_ledger(workbook(tmp_path / "a.xlsx", with_column("施設", "", None)))
    reported = read_ledger(workbook(tmp_path / "b.xlsx", with_column("施設", "", "覚え")))
    assert notes_of(silent) == []
    assert notes_of(reported) == [("warning", "COLUMN_UNNAMED", "施設!E1")]
    assert "見出しのない列に記入があり" in reported.notes[0].message("ja")


def test_unknown_sheets_and_files_are_reported(tmp_path: Path) -> None:
    book = workbook(tmp_path / "w.xlsx", {**SHEETS, "メモ": [["覚え"]]})
    files = csv_folder(tmp_path / "c", {**SHEETS, "メモ": [["覚え"]]})
    folder(files, {"readme.txt": "x", "写真.png": b"\x89PNG"})
    assert notes_of(read_ledger(book)) == [("info", "SHEET_UNKNOWN", "メモ")]
    assert notes_of(read_ledger(files)) == [("info", "SHEET_UNKNOWN", "メモ.csv")]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_read_and_reported(
    tmp_path: Path, state: Literal["hidden", "veryHidden"]
) -> None:
    path = openpyxl_workbook(tmp_path / "w.xlsx", SHEETS)
    book = openpyxl.load_workbook(path)
    book["職員"].sheet_state = state
    book.save(path)
    ledger = read_ledger(path)
    assert notes_of(ledger) == [("info", "SHEET_HIDDEN", "職員")]
    assert ledger["staff"].height == 3


@pytest.mark.parametrize(
    ("first", "second"), [("職員", "staff"), ("職員", "ＳＴＡＦＦ"), ("staff", "職 員")]
)
def test_a_duplicate_table_stops_the_reading(tmp_path: Path, first: str, second: str) -> None:
    sheets = {first if name == "職員" else name: rows for name, rows in SHEETS.items()}
    for path, suffix in (
        (workbook(tmp_path / "w.xlsx", {**sheets, second: STAFF}), ""),
        (csv_folder(tmp_path / "c", {**sheets, second: STAFF}), ".csv"),
    ):
        problems = problems_of(path)
        assert [problem.code for problem in problems] == ["TABLE_TWICE"]
        names = {problems[0].place, str(problems[0].values["first"])}
        assert names == {f"{first}{suffix}", f"{second}{suffix}"}


def test_a_folder_with_a_table_as_csv_and_as_parquet_is_refused(tmp_path: Path) -> None:
    path = csv_folder(tmp_path / "c", SHEETS)
    parquet_folder(path, {"職員": STAFF})
    assert [problem.code for problem in problems_of(path)] == ["TABLE_TWICE"]


def test_csv_and_parquet_may_stand_in_one_folder(tmp_path: Path) -> None:
    path = csv_folder(tmp_path / "c", {n: rows for n, rows in SHEETS.items() if n != "職員"})
    parquet_folder(path, {"職員": STAFF})
    assert read_ledger(path)["staff"].height == 3


# Formulas and errors


def formulas(path: Path, write: Callable[[Worksheet], None]) -> Path:
    """Write the sound ledger and change its sheet of units."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in SHEETS.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        write(book.get_worksheet_by_name("生活単位"))
    return path


def test_the_stored_value_of_a_formula_is_read(tmp_path: Path) -> None:
    def write(sheet: Worksheet) -> None:
        sheet.write_formula("C3", '="b"&"園"', None, "b園")
        sheet.write_formula("B3", "=施設!A2", None, "H1")

    ledger = read_ledger(formulas(tmp_path / "w.xlsx", write))
    assert ledger["units"]["name"].to_list() == ["a園", "b園"]
    assert ledger["units"]["home_id"].to_list() == ["H1", "H1"]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?"])
def test_an_error_of_the_sheet_is_no_value(tmp_path: Path, error: str) -> None:
    path = formulas(tmp_path / "w.xlsx", lambda s: s.write_formula("C3", "=1/0", None, error))
    (problem,) = problems_of(path)
    assert found([problem]) == [("CELL_EXCEL_ERROR", "生活単位!C3")]
    assert "式を修正するか" in problem.message("ja")


def test_an_error_in_a_column_that_may_be_blank_is_not_taken_for_a_blank(tmp_path: Path) -> None:
    def write(sheet: Worksheet) -> None:
        sheet.write("E1", "開設日")
        sheet.write_formula("E2", "=1/0", None, "#DIV/0!")

    assert found(problems_of(formulas(tmp_path / "w.xlsx", write))) == [
        ("CELL_EXCEL_ERROR", "生活単位!E2")
    ]


def test_a_row_of_errors_only_is_not_passed_over(tmp_path: Path) -> None:
    def write(sheet: Worksheet) -> None:
        for column in range(4):
            sheet.write_formula(3, column, "=#REF!A1", None, "#REF!")

    assert ("CELL_EXCEL_ERROR", "生活単位!A4") in found(
        problems_of(formulas(tmp_path / "w.xlsx", write))
    )


def test_errors_outside_the_table_make_no_row(tmp_path: Path) -> None:
    def write(sheet: Worksheet) -> None:
        sheet.write_formula(0, 6, "=1/0", None, "#DIV/0!")
        sheet.write_formula(9, 6, "=1/0", None, "#DIV/0!")

    assert read_ledger(formulas(tmp_path / "w.xlsx", write))["units"].height == 2


def test_a_sheet_without_headers_is_refused_with_the_headers_wanted(tmp_path: Path) -> None:
    path = workbook(tmp_path / "w.xlsx", {**SHEETS, "職員": [[], ["一覧"], ["S1", "H1"]]})
    (problem,) = problems_of(path)
    assert found([problem]) == [("HEADER_NOT_FOUND", "職員!A2")]
    assert "職員ID" in problem.message("ja")


@pytest.mark.parametrize(
    "row", [["U3", "H1", "=C2", "本体施設ユニット"], ["=A2", "=B2", "=C2", "=D2"]]
)
def test_a_formula_without_a_stored_value_is_no_blank(tmp_path: Path, row: list[str]) -> None:
    path = openpyxl_workbook(tmp_path / "w.xlsx", with_rows("生活単位", row))
    problems = problems_of(path)
    assert ("CELL_FORMULA_EMPTY", "生活単位!C4") in found(problems)
    assert "保存し直す" in problems[0].message("ja")


def test_merged_header_cells_stop_the_reading(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "w.xlsx") as book:
        for name, rows in SHEETS.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        book.get_worksheet_by_name("施設").merge_range("B1:C1", "施設名")
    (problem, *_) = problems_of(tmp_path / "w.xlsx")
    assert found([problem]) == [("HEADER_MERGED", "施設!B1:C1")]
    assert "結合" in problem.message("ja")


# The catalogue


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: entry.code)
def test_every_problem_can_be_reported_in_both_languages(entry: Entry) -> None:
    words = (*(entry.found.ja, entry.remedy.ja), *(entry.found.en, entry.remedy.en))
    places = [(name, mark) for _, name, mark, _ in Formatter().parse("".join(words)) if name]
    values: dict[str, Value] = {
        name: "2022-04-01" if mark in ("day", "typed") else ["one", "two"] for name, mark in places
    }
    ja, en = (Finding(entry, "", "", values).message(language) for language in LANGUAGES)
    assert ja != en
    assert ("one、two" in ja) == ("one, two" in en) == bool(values)
    assert ("令和4年4月1日ですか" in ja) == ("day" in values)


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_problem_is_shown_by_a_test(code: str) -> None:
    tests = [path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py")]
    assert any(f'"{code}"' in text for text in tests)
