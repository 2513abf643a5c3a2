"""The words of 様式1 and 様式2 as 子発1004第5号 prints them, and what is filled in."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from shokibo.documents.forms.layout import Line
from shokibo.returns.counted import FormNumber

from .sheets import form, made_row, sheet_of, sheet_with_rows

CAPACITY_NOTE = {
    1: (
        "定員数欄には、毎年度4月1日時点又は小規模かつ地域分散化加算適用開始月初日時点における、"
        "小規模かつ地域分散化された生活単位ごとの定員数を記載すること。"
    ),
    2: "小規模かつ地域分散化された生活単位ごとの定員数を記載すること。",
}
STAFF_NOTE = (
    "職員数欄には、毎年度4月1日時点又は小規模かつ地域分散化加算適用開始月初日時点における、"
    "小規模かつ地域分散化された生活単位ごとに配置された職員数（非常勤職員を含み、"
    "バックアップ職員等本体施設からの応援職員を除く。）を記載すること。"
    "なお、非常勤職員については常勤換算(※)を行ったうえで職員数に算定すること"
    "（非常勤職員が複数名配置されている場合は、合算して小数点第2位を四捨五入）。"
)
FTE_NOTE = (
    "常勤換算は、非常勤職員の勤務時間数を常勤職員の勤務時間数で割り返して算定することとする。"
)
EXAMPLE_NOTE = (
    "勤務時間週3日5時間の非常勤職員が2名配置されており、常勤職員の勤務時間が週5日8時間である場合"
)
EXAMPLE_SUM = (
    "15時間（非常勤職員の勤務時間数）÷ 40時間（常勤職員の勤務時間数）× 2名 = 0.75名 ≒ 0.8名"
)


@pytest.mark.parametrize("number", [1, 2])
def test_notes_are_printed_word_for_word(number: FormNumber) -> None:
    notes = sheet_of(form(number=number)).notes
    assert [(note.mark, note.text) for note in notes] == [
        ("(注1)", CAPACITY_NOTE[number]),
        ("(注2)", STAFF_NOTE),
        ("※", FTE_NOTE),
        ("(例)", EXAMPLE_NOTE),
        ("", EXAMPLE_SUM),
    ]


@pytest.mark.parametrize(
    ("number", "heading", "title"),
    [
        (
            1,
            "別紙様式1",
            "令和4年度児童養護施設の小規模かつ地域分散化加算等の申請及び認定状況について",
        ),
        (2, "別紙様式2", "令和4年度児童養護施設の小規模かつ地域分散化加算等の実施状況について"),
    ],
)
def test_each_form_has_its_heading_and_title(number: FormNumber, heading: str, title: str) -> None:
    sheet = sheet_of(form(number=number))
    assert (sheet.heading, sheet.title) == (heading, title)


@pytest.mark.parametrize("number", [1, 2])
def test_both_forms_open_with_the_notification(number: FormNumber) -> None:
    assert sheet_of(form(number=number)).opening == (
        "標記について、令和元年10月4日子発1004第5号厚生労働省子ども家庭局長通知の別紙の4に基づき"
        "下記のとおり報告する。"
    )


@pytest.mark.parametrize(("number", "span"), [(1, ""), (2, "（年間実績）")])
def test_tables_have_the_forms_headings(number: FormNumber, span: str) -> None:
    sheet = sheet_of(form(number=number))
    assert [sheet.units.heading, sheet.backup.heading, sheet.listed.heading] == [
        f"1. 小規模かつ地域分散化加算{span}",
        f"2. 地域小規模児童養護施設等バックアップ職員加算{span}",
        f"3. 児童養護施設の小規模かつ地域分散化加算等認定施設一覧{span}",
    ]


def test_tables_have_the_forms_columns() -> None:
    sheet = sheet_of(form())
    assert sheet.units.columns == ("地域小規模児童養護施設", "分園型小規模グループケア", "合計")
    assert sheet.backup.columns == (
        "児童養護施設数",
        "うち小規模かつ地域分散化された生活単位保有施設数",
        "加算申請施設数",
        "加算認定施設数",
    )
    assert sheet.listed.columns == (
        "番号",
        "小規模かつ地域分散化された生活単位の施設名",
        "定員数\n(注1)",
        "小規模かつ地域分散化加算の適用の有無",
        "職員数\n(注2)",
        "本体施設名",
        "地域小規模児童養護施設等バックアップ職員加算の適用の有無",
    )


def test_tables_one_and_two_hold_the_figures_of_the_example() -> None:
    sheet = sheet_of(form())
    rows = [each for row in sheet.units.rows for each in (row, *row.parts)]
    assert [(row.label, row.counts) for row in rows] == [
        ("小規模かつ地域分散化された生活単位か所数", (2, 2, 4)),
        ("加算申請か所数", (2, 1, 3)),
        ("定員4名", (1, 0, 1)),
        ("定員5名", (1, 0, 1)),
        ("定員6名", (0, 1, 1)),
        ("加算認定か所数", (2, 1, 3)),
        ("定員4名", (1, 0, 1)),
        ("定員5名", (1, 0, 1)),
        ("定員6名", (0, 1, 1)),
    ]
    assert sheet.backup.counts == (3, 3, 2, 2)


def test_the_four_example_rows_come_out_as_printed() -> None:
    (page,) = sheet_of(form()).listed.pages
    assert page[:4] == (
        Line(1, "a 園", 4, "○", Decimal(4), "A 園", "○"),
        Line(2, "b 園", 6, "○", Decimal(6), "A 園", "○"),
        Line(3, "a 園", 5, "○", Decimal(5), "B 園", "×"),
        Line(4, "a 園", 5, "×", Decimal(4), "C 園", "○"),
    )
    assert page[4:] == tuple(Line(number) for number in range(5, 16))


@pytest.mark.parametrize(
    ("tenths", "printed"), [(40, "4"), (48, "4.8"), (100, "10"), (0, "0"), (None, "None")]
)
def test_staff_has_a_decimal_only_where_it_is_not_whole(tenths: int | None, printed: str) -> None:
    filled = dataclasses.replace(form(), rows=[made_row(staff=tenths)])
    assert str(sheet_of(filled).listed.pages[0][0].staff) == printed


@pytest.mark.parametrize(
    ("rows", "pages"), [(0, 1), (1, 1), (15, 1), (16, 2), (30, 2), (31, 3), (40, 3)]
)
def test_the_list_continues_in_full_pages_with_running_numbers(rows: int, pages: int) -> None:
    listed = sheet_with_rows(rows).listed
    assert [len(page) for page in listed.pages] == [15] * pages
    lines = [line for page in listed.pages for line in page]
    assert [line.number for line in lines] == list(range(1, 15 * pages + 1))
    assert [bool(line.unit_name) for line in lines] == [n < rows for n in range(15 * pages)]


@pytest.mark.parametrize(
    ("number", "year", "addressee"),
    [
        (1, 2022, "厚生労働省子ども家庭局家庭福祉課長"),
        (2, 2021, "厚生労働省子ども家庭局家庭福祉課長"),
        (2, 2022, "こども家庭庁支援局家庭福祉課長"),
        (1, 2023, "こども家庭庁支援局家庭福祉課長"),
    ],
)
def test_addressee_is_the_office_of_the_day_the_form_is_due(
    number: FormNumber, year: int, addressee: str
) -> None:
    assert sheet_of(form(number=number, year=year)).addressee == addressee


def test_what_is_not_known_is_left_as_on_the_blank_form() -> None:
    sheet = sheet_of(form())
    assert sheet.number == "番　　　号"
    assert sheet.date == "令和　　年　　月　　日"
    assert sheet.bodies == ("都　道　府　県", "指　定　都　市", "児童相談所設置市")
    assert sheet.officer == "民生主管部（局）長"
    assert sheet.day == dt.date(2022, 4, 30)


def test_what_is_known_is_filled_in() -> None:
    sheet = sheet_of(
        form(),
        number="4世子家第123号",
        date=dt.date(2022, 4, 28),
        authority="世田谷区",
        officer="子ども・若者部長",
    )
    assert (sheet.number, sheet.date) == ("4世子家第123号", "令和4年4月28日")
    assert (sheet.bodies, sheet.officer) == (("世田谷区",), "子ども・若者部長")
    assert sheet.footer == "別紙様式1　令和4年度　世田谷区"


def test_first_fiscal_year_of_reiwa_is_gannen() -> None:
    assert sheet_of(form(year=2019)).title.startswith("令和元年度児童養護施設の")


def test_a_day_before_showa_is_written_without_an_era() -> None:
    assert "1900年1月1日" in str(sheet_of(form(), date=dt.date(1900, 1, 1)))
