"""From what stands in a cell to a value: each kind, from text and from typed cells."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shokibo.ledger.cells import Cell, CellError, Parsed, folded, hours_text, is_blank, parse
from shokibo.ledger.columns import Column, Kind
from shokibo.ledger.formatting import display_value, rule_label
from shokibo.ledger.tables import CONFIRMATION_ITEMS, JOBS, PLACES, TABLES, TARGET_ITEMS, UNIT_KINDS
from shokibo.texts import Language

HOUR = 3600
DAY = dt.date(2022, 4, 1)


def read(kind: Kind, cell: Cell) -> Parsed:
    """Read a cell of a column of a kind."""
    return parse(cell, Column("column", "見出し", kind))


def is_refused(kind: Kind, cell: Cell) -> bool:
    """Say whether a cell raises ValueError, and nothing else."""
    try:
        read(kind, cell)
    except ValueError:
        return True
    return False


# Decimals and codes of children

RATE = Column("rate", "率", Kind.DECIMAL, decimals=2)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("16.5", "16.5"),
        ("16.50", "16.50"),  # as it was given
        ("0016.5", "16.5"),
        ("１６．５", "16.5"),
        (" 75 ", "75"),
        ("0", "0"),
        (0, "0"),
        (75, "75"),
        (75.0, "75"),
        (16.25, "16.25"),
        (0.1 + 0.2, "0.3"),  # as Excel shows it
        (123456789.12, "123456789.12"),
    ],
)
def test_a_decimal_keeps_the_digits_it_was_given(cell: Cell, number: str) -> None:
    assert parse(cell, RATE) == number


@pytest.mark.parametrize(
    "cell",
    ["16.505", 16.505, 1 / 3, "-1", "−1", "75%", "1,5", ".5", "5.", "1e2", "六", True, DAY, 10**9],
)
def test_what_is_not_a_decimal_of_this_many_digits_is_refused(cell: Cell) -> None:
    with pytest.raises(CellError) as refused:
        parse(cell, RATE)
    assert refused.value.code == "CELL_NOT_DECIMAL"
    assert refused.value.values["decimals"] == 2


@given(st.integers(0, 10**9 - 1), st.text("0123456789", max_size=4))
def test_a_decimal_is_read_as_it_is_written(whole: int, after: str) -> None:
    rate = Column("rate", "率", Kind.DECIMAL, decimals=4)
    number = f"{whole}.{after}" if after else str(whole)
    assert parse(number, rate) == number
    shown = display_value(rate, number)
    assert parse(shown, rate) == number


@pytest.mark.parametrize(("cell", "code"), [("C-0123", "C-0123"), ("Ｃ－０１", "C-01"), (12, "12")])
def test_a_child_code_is_an_id(cell: Cell, code: str) -> None:
    assert read(Kind.CHILD_CODE, cell) == code


@pytest.mark.parametrize(
    "cell", ["山田", "やまだ", "ヤマダ", "ﾔﾏﾀﾞ", "T Yamada", "T　1", "佐々木1", "〇1", "ー1", "﨑1"]
)
def test_what_may_be_a_name_is_no_child_code(cell: str) -> None:
    with pytest.raises(CellError) as refused:
        read(Kind.CHILD_CODE, cell)
    assert refused.value.code == "CHILD_CODE_IS_NAME"


# Blank


@pytest.mark.parametrize("cell", [None, "", " ", "\t", "\n", "\u3000", " \u3000 ", "\xa0"])
def test_white_space_of_any_width_is_blank(cell: Cell) -> None:
    assert is_blank(cell)


@pytest.mark.parametrize("cell", [0, 0.0, False, "0", "×", dt.time(), dt.timedelta(), DAY])
def test_zero_and_no_are_not_blank(cell: Cell) -> None:
    assert not is_blank(cell)


# Text and ids


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("髙橋 﨑", "髙橋 﨑"),
        ("ｶﾅ株式会社①㈱", "ｶﾅ株式会社①㈱"),
        ("Ａ園　１号", "Ａ園　１号"),
        ("葛󠄀城", "葛󠄀城"),  # with a variation selector
        ("　髙﨑園　", "髙﨑園"),
        ("一行目\n二行目", "一行目 二行目"),
        ("さくら\u200b", "さくら"),
        (12.0, "12"),
        (12, "12"),
        (1.5, "1.5"),
    ],
)
def test_text_is_read_as_it_comes(cell: Cell, text: str) -> None:
    assert read(Kind.TEXT, cell) == text


def test_remarks_are_read_with_their_lines() -> None:
    assert read(Kind.REMARKS, "一行目\r\n二行\u200b目\r三行目\n") == "一行目\n二行目\n三行目"


@pytest.mark.parametrize(
    "kind", [Kind.TEXT, Kind.REMARKS, Kind.ID, Kind.AUTHORITY_CODE, Kind.CHILD_CODE]
)
@pytest.mark.parametrize(
    ("cell", "code", "value"),
    [
        (True, "CELL_IS_BOOLEAN", "TRUE"),
        (False, "CELL_IS_BOOLEAN", "FALSE"),
        (dt.datetime(2022, 4, 1), "CELL_IS_DATE", "2022-04-01"),  # noqa: DTZ001
        (dt.datetime(2022, 4, 1, 9, 30), "CELL_IS_DATE", "2022-04-01 09:30:00"),  # noqa: DTZ001
        (DAY, "CELL_IS_DATE", "2022-04-01"),
        (dt.time(1, 30), "CELL_IS_TIME", "01:30:00"),
        (dt.timedelta(hours=38), "CELL_IS_TIME", "1 day, 14:00:00"),
        (float("nan"), "CELL_NOT_NUMBER", "nan"),
        (float("inf"), "CELL_NOT_NUMBER", "inf"),
    ],
)
def test_a_value_that_is_no_text_is_refused_in_a_text_column(
    kind: Kind, cell: Cell, code: str, value: str
) -> None:
    with pytest.raises(CellError) as refused:
        read(kind, cell)
    assert (refused.value.code, refused.value.values) == (code, {"value": value})


@pytest.mark.parametrize("kind", [Kind.ID, Kind.AUTHORITY_CODE, Kind.CHILD_CODE])
@pytest.mark.parametrize(
    ("cell", "character"), [("H\ue000", "U+E000"), ("H\x01", "U+0001"), ("🏠", "🏠 (U+1F3E0)")]
)
def test_an_id_that_no_document_prints_is_refused(kind: Kind, cell: str, character: str) -> None:
    with pytest.raises(CellError) as refused:
        read(kind, cell)
    assert refused.value.code == "CELL_NOT_PRINTED"
    assert refused.value.values["characters"] == [character]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
def test_what_is_no_number_is_refused_in_every_column(kind: Kind, number: str) -> None:
    with pytest.raises(CellError) as refused:
        read(kind, float(number))
    assert refused.value.code == "CELL_NOT_NUMBER"


@pytest.mark.parametrize(
    "kind",
    [
        Kind.INTEGER,
        Kind.YEN,
        Kind.DECIMAL,
        Kind.HOURS,
        Kind.SHARE,
        Kind.FISCAL_YEAR,
        Kind.MONTH,
        Kind.DATE,
        Kind.DATE_OR_MONTH,
    ],
)
@pytest.mark.parametrize("mark", ["²", "₂", "②", "⑫", "⒉", "½", "㋃"])
@pytest.mark.parametrize("text", ["", "6", "1/2", "R4", "R4.4", "R4.4.1", "2022-04-0"])
def test_a_raised_or_circled_figure_is_no_digit(kind: Kind, mark: str, text: str) -> None:
    with pytest.raises(CellError) as refused:
        read(kind, text + mark)
    assert refused.value.values["value"] == text + mark


@pytest.mark.parametrize("clock", [" 0:00", " 00:00", "T00:00:00", " 0:00:00", " 00:00:00.000"])
@pytest.mark.parametrize("day", ["2022/4/1", "2022-04-01", "令和4年4月1日", "R4.4.1"])
def test_a_day_at_midnight_is_the_day(day: str, clock: str) -> None:
    assert read(Kind.DATE, day + clock) == DAY
    assert read(Kind.DATE_OR_MONTH, day + clock) == DAY
    assert read(Kind.MONTH, day + clock) == DAY


@pytest.mark.parametrize("kind", [Kind.DATE, Kind.DATE_OR_MONTH])
@pytest.mark.parametrize(
    "cell",
    ["2022/4/1 9:30", "2022-04-01 00:00:01", "R4.4.1 23:59", dt.datetime(2022, 4, 1, 9, 30)],  # noqa: DTZ001
)
def test_a_day_with_an_hour_is_refused_and_the_day_offered(kind: Kind, cell: Cell) -> None:
    with pytest.raises(CellError) as refused:
        read(kind, cell)
    assert refused.value.code == "CELL_DAY_WITH_TIME"
    assert refused.value.values["day"] == "2022-04-01"


@pytest.mark.parametrize("cell", ["R4.4", "2022-04", "2022/4", "令和4年4月"])
@pytest.mark.parametrize(("is_last_day", "day"), [(False, "2022-04-01"), (True, "2022-04-30")])
def test_a_month_in_place_of_a_day_is_refused_and_a_day_offered(
    cell: str, is_last_day: bool, day: str
) -> None:
    column = Column("column", "見出し", Kind.DATE, is_last_day=is_last_day)
    with pytest.raises(CellError) as refused:
        parse(cell, column)
    assert refused.value.code == "CELL_IS_MONTH"
    assert refused.value.values["day"] == day
    assert read(Kind.MONTH, cell) == read(Kind.DATE_OR_MONTH, cell) == DAY


def test_columns_of_last_days_are_marked() -> None:
    marked = {c.name for table in TABLES for c in table.columns if c.is_last_day}
    assert marked == {"closed_on", "ended_on", "expires_on", "effective_to"}


@pytest.mark.parametrize(
    ("cell", "identifier"),
    [
        ("Ｈ１", "H1"),
        ("H1", "H1"),
        ("　H1 ", "H1"),
        ("ｶﾞ", "ガ"),
        ("Ｈ－１", "H-1"),
        (12.0, "12"),
        (7, "7"),
        ("髙1", "髙1"),
        ("﨑1", "﨑1"),
        ("007", "007"),
        ("h1", "h1"),
    ],
)
def test_an_id_is_compared_after_nfkc(cell: Cell, identifier: str) -> None:
    assert read(Kind.ID, cell) == identifier
    assert folded(cell) == identifier


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("131121", "131121"),
        (131121, "131121"),
        (131121.0, "131121"),
        ("１３１１２１", "131121"),
        (11002.0, "011002"),  # a number has lost its leading zero
        ("11002", "011002"),
        ("011002", "011002"),
        ("世田谷", "世田谷"),
    ],
)
def test_an_authority_code_has_six_digits(cell: Cell, code: str) -> None:
    assert read(Kind.AUTHORITY_CODE, cell) == code


@pytest.mark.parametrize(
    ("cell", "code"),
    [("13112", "131121"), (13112, "131121"), ("１３１１２", "131121"), ("01100", "011002")],
)
def test_five_digits_are_offered_with_their_check_digit(cell: Cell, code: str) -> None:
    with pytest.raises(CellError) as caught:
        read(Kind.AUTHORITY_CODE, cell)
    assert (caught.value.code, caught.value.values["six"]) == ("CODE_OF_FIVE_DIGITS", code)


# Codes


@pytest.mark.parametrize("codes", [c.codes for t in TABLES for c in t.columns if c.codes])
def test_every_code_is_read_in_english_and_in_japanese(codes: dict[str, str]) -> None:
    column = Column("column", "見出し", Kind.CODE, codes=codes)
    for code, label in codes.items():
        assert [parse(cell, column) for cell in (code, code.upper(), label)] == [code] * 3


@pytest.mark.parametrize(
    ("codes", "cell", "code"),
    [
        (UNIT_KINDS, "　地域小規模児童養護施設　", "community_home"),
        (UNIT_KINDS, "地域小規模 児童養護施設", "community_home"),
        (UNIT_KINDS, "その他のｸﾞﾙｰﾌﾟﾎｰﾑ", "other_group_home"),
        (UNIT_KINDS, "Ｃｏｍｍｕｎｉｔｙ＿ｈｏｍｅ", "community_home"),
        (JOBS, " Childcare_Worker ", "childcare_worker"),
        (TARGET_ITEMS, "本体5~4人", "main_five_to_four"),
        (TARGET_ITEMS, "本体５～４人", "main_five_to_four"),
        (TARGET_ITEMS, "本体5〜4人", "main_five_to_four"),
        (TARGET_ITEMS, "ＧＨ定員", "group_capacity"),
        (PLACES, "グループホーム", "group_home"),
        (CONFIRMATION_ITEMS, "早期家庭復帰等の支援", "early_return"),
        (CONFIRMATION_ITEMS, "計画策定", "long_term_plan"),
        (CONFIRMATION_ITEMS, "地域関係", "duty_community"),
        (TARGET_ITEMS, "GHか所数", "group_count"),
    ],
)
def test_a_code_is_read_in_any_width_and_case(codes: dict[str, str], cell: str, code: str) -> None:
    assert parse(cell, Column("column", "見出し", Kind.CODE, codes=codes)) == code


@pytest.mark.parametrize("cell", ["community", "地域小規模", "community home x", 1, True, DAY, "×"])
def test_what_is_no_code_is_refused(cell: Cell) -> None:
    with pytest.raises(CellError) as refused:
        parse(cell, Column("kind", "種別", Kind.CODE, codes=UNIT_KINDS))
    assert refused.value.code == "CELL_UNKNOWN_CODE"
    assert refused.value.values["codes"] == list(UNIT_KINDS.values())


# Dates, months, fiscal years


@pytest.mark.parametrize(
    "cell",
    [
        *("2022-04-01", "2022/4/1", "令和4年4月1日", "R4.4.1", "２０２２／４／１"),
        *(DAY, dt.datetime(2022, 4, 1), dt.datetime(2022, 4, 1, tzinfo=dt.UTC)),  # noqa: DTZ001
    ],
)
@pytest.mark.parametrize("kind", [Kind.DATE, Kind.MONTH, Kind.DATE_OR_MONTH])
def test_a_day_is_read_from_text_and_from_a_date(kind: Kind, cell: Cell) -> None:
    assert read(kind, cell) == DAY
    assert type(read(kind, cell)) is dt.date


@pytest.mark.parametrize(
    "cell",
    [
        *("未定", "2022-02-29", "2022", 2022, 44652, 44652.0, True, dt.time(9), dt.timedelta(1)),
        dt.datetime(2022, 4, 1, 9),  # noqa: DTZ001  (a time of day is not a day)
    ],
)
def test_what_is_no_day_is_refused(cell: Cell) -> None:
    assert is_refused(Kind.DATE, cell)


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("2022-04", DAY),
        ("令和4年4月", DAY),
        ("R4.4", DAY),
        ("2022-04-30", DAY),
        (dt.date(2022, 4, 30), DAY),
        (dt.datetime(2022, 4, 30, 9), DAY),  # noqa: DTZ001
    ],
)
def test_a_month_is_its_first_day(cell: Cell, month: dt.date) -> None:
    assert read(Kind.MONTH, cell) == month
    assert type(read(Kind.MONTH, cell)) is dt.date


@pytest.mark.parametrize("cell", ["2022", "4月", "2022-13", 4, 4.0, 202204, True, dt.time(4)])
def test_what_is_no_month_is_refused(cell: Cell) -> None:
    assert is_refused(Kind.MONTH, cell)
    assert is_refused(Kind.DATE_OR_MONTH, cell)


def test_where_a_month_will_do_a_day_stays_a_day() -> None:
    assert read(Kind.DATE_OR_MONTH, "令和3年12月") == dt.date(2021, 12, 1)
    assert read(Kind.DATE_OR_MONTH, "令和3年12月15日") == dt.date(2021, 12, 15)
    assert read(Kind.DATE_OR_MONTH, dt.date(2021, 12, 15)) == dt.date(2021, 12, 15)


@pytest.mark.parametrize(
    "cell", ["令和4年度", "R4", "2022", "平成34年度", "２０２２", 2022, 2022.0, "2022年度"]
)
def test_a_fiscal_year_is_read_from_text_and_number(cell: Cell) -> None:
    assert read(Kind.FISCAL_YEAR, cell) == 2022


@pytest.mark.parametrize("cell", [4, 22, 2022.5, True, DAY, dt.time(4), "4", 1e300, float("nan")])
def test_what_is_no_fiscal_year_is_refused(cell: Cell) -> None:
    assert is_refused(Kind.FISCAL_YEAR, cell)


# Whole numbers


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("6", 6),
        ("６", 6),
        (" 6 ", 6),
        ("6.0", 6),
        ("6.00", 6),
        (6, 6),
        (6.0, 6),
        ("0", 0),
        ("-1", -1),
        ("−1", -1),
        ("－１", -1),
        ("1,000", 1000),
        ("１，１７７，０００", 1_177_000),
        ("12,345,678", 12_345_678),
        (999_999_999_999_999, 999_999_999_999_999),
    ],
)
@pytest.mark.parametrize("kind", [Kind.INTEGER, Kind.YEN])
def test_a_whole_number_is_read(kind: Kind, cell: Cell, number: int) -> None:
    assert read(kind, cell) == number


@pytest.mark.parametrize(
    "cell",
    [
        *("六", "6人", "6.5", 6.5, "1e3", "6-7", "約6", "+-6", "--6", ".", "6.", "６人"),
        *(True, False, DAY, dt.time(6), dt.timedelta(6), float("nan"), float("inf"), -float("inf")),
        *(10**15, 1e300, "9" * 40),
    ],
)
@pytest.mark.parametrize("kind", [Kind.INTEGER, Kind.YEN])
def test_what_is_no_whole_number_is_refused(kind: Kind, cell: Cell) -> None:
    assert is_refused(kind, cell)


AMOUNTS = {
    "¥1,200,000": 1_200_000,
    "￥１，２００，０００": 1_200_000,
    "\\1200": 1200,
    "0円": 0,
    "1,200,000円": 1_200_000,
    "１０００円": 1000,
    "¥ 1,200 円": 1200,
    "1.0円": 1,
    "-¥1,200": -1200,
    "¥-1,200": -1200,
    "−1,200円": -1200,
    "0.0001万円": 1,
    "120万円": 1_200_000,
    "1.5万円": 15_000,
    "1,200千円": 1_200_000,
    "2億円": 200_000_000,
}


@pytest.mark.parametrize(("cell", "amount"), AMOUNTS.items())
def test_an_amount_is_read_with_its_sign_or_unit(cell: str, amount: int) -> None:
    assert read(Kind.YEN, cell) == amount
    assert is_refused(Kind.INTEGER, cell)


@pytest.mark.parametrize(
    "cell",
    [
        *("円", "¥", "万円", "120万", "0.00001万円", "1.5円", "¥¥1", "1円円", "--1円", "-¥-1"),
        *(
            "1,20円",
            "1,2000円",
            "$1,200",
            "1,200ドル",
            "約120万円",
            "99999999億円",
            "１②円",
            "1億2千円",
        ),
    ],
)
def test_what_is_no_amount_in_yen_is_refused(cell: str) -> None:
    assert is_refused(Kind.YEN, cell)


@pytest.mark.parametrize("cell", ["6,5", "1,2,3", "1,00", ",5", "5,", "1,,000", "1000,000"])
def test_commas_stand_before_three_digits_or_the_number_is_refused(cell: str) -> None:
    assert is_refused(Kind.INTEGER, cell)


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_every_whole_number_is_read_back(number: int) -> None:
    assert read(Kind.INTEGER, str(number)) == number
    assert read(Kind.INTEGER, f"{number:,}") == number
    assert read(Kind.INTEGER, number) == number


# Hours


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("38:45", "38.75"),
        ("38.75", "38.75"),
        (38.75, "38.75"),
        (dt.timedelta(hours=38, minutes=45), "38.75"),  # an [h]:mm cell
        ("３８：４５", "38.75"),
        ("３８．７５", "38.75"),
        ("38:45:00", "38.75"),
        ("7:45", "7.75"),
        (dt.time(7, 45), "7.75"),  # an h:mm cell under 24 hours
        ("13.33", "13.33"),
        (13.33, "13.33"),
        ("13.3", "13.3"),
        ("40", "40"),
        (40, "40"),
        (40.0, "40"),
        (dt.timedelta(hours=40), "40"),
        ("0", "0"),
        (".5", "0.5"),
        ("7:20", "22/3"),  # no decimal says it, and it is exact
        (dt.timedelta(hours=7, minutes=20), "22/3"),
        ("168:00", "168"),
        ("0:00:01", "1/3600"),
    ],
)
def test_hours_are_exact(cell: Cell, hours: str) -> None:
    seconds = read(Kind.HOURS, cell)
    assert isinstance(seconds, int)
    assert Fraction(seconds, HOUR) == Fraction(hours)


@pytest.mark.parametrize("hours", [f"{n / 100:.2f}" for n in range(0, 4100, 7)])
def test_hours_of_two_decimals_are_the_same_as_text_and_as_a_float(hours: str) -> None:
    seconds = Fraction(hours) * HOUR
    assert read(Kind.HOURS, hours) == seconds
    assert read(Kind.HOURS, float(hours)) == seconds


@pytest.mark.parametrize(
    "cell",
    [
        *("40時間", "週40", "38:60", "38:5", "38.", "1e1", "-5", -5.0, "38:45:60", "1000:00"),
        *("13.3333", 13.3333, 1 / 3, True, float("nan"), float("inf"), DAY, "38-45", "38,75"),
        dt.datetime(1900, 1, 1, 14, 45),  # noqa: DTZ001  (38:45 in an h:mm cell shows 14:45)
    ],
)
def test_what_is_no_exact_number_of_hours_is_refused(cell: Cell) -> None:
    assert is_refused(Kind.HOURS, cell)


@pytest.mark.parametrize(
    "cell", [dt.timedelta(hours=-1), dt.timedelta(days=-1, hours=1), dt.timedelta(seconds=-1)]
)
def test_hours_below_zero_are_refused_in_a_time_cell_too(cell: Cell) -> None:
    assert is_refused(Kind.HOURS, cell)


@pytest.mark.parametrize("cell", [dt.time(7, 45, 0, 500_000), dt.timedelta(milliseconds=500)])
def test_no_part_of_a_second_is_dropped(cell: Cell) -> None:
    assert is_refused(Kind.HOURS, cell)


@pytest.mark.parametrize("cell", ["9" * 30, 1e300, 10**25, "1" + "0" * 19])
def test_hours_that_no_frame_can_hold_are_refused(cell: Cell) -> None:
    assert is_refused(Kind.HOURS, cell)


@pytest.mark.parametrize(
    ("cell", "hours"), [(1.1 * 3, "3.3"), (0.1 * 3, "0.3"), (4.35 * 3, "13.05")]
)
def test_a_calculated_number_of_hours_is_what_the_cell_shows(cell: float, hours: str) -> None:
    assert str(cell) != hours
    assert read(Kind.HOURS, cell) == Fraction(hours) * HOUR


@given(st.integers(0, 999 * HOUR + 3599))
def test_hours_written_as_text_are_read_back(seconds: int) -> None:
    assert read(Kind.HOURS, hours_text(seconds)) == seconds


@given(st.integers(0, 167), st.integers(0, 59), st.integers(0, 59))
def test_hours_of_a_time_cell_are_those_of_its_text(hours: int, minutes: int, rest: int) -> None:
    written = f"{hours}:{minutes:02}:{rest:02}"
    cell = dt.timedelta(hours=hours, minutes=minutes, seconds=rest)
    assert read(Kind.HOURS, cell) == read(Kind.HOURS, written)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (139_500, "38.75"),
        (144_000, "40"),
        (36_000, "10"),
        (0, "0"),
        (26_400, "7:20"),
        (47_988, "13.33"),
        (1_800, "0.5"),
        (36, "0.01"),
        (37, "0:00:37"),
        (139_501, "38:45:01"),
        (360_000, "100"),
    ],
)
def test_hours_are_written_in_decimals_where_two_are_exact(seconds: int, text: str) -> None:
    assert hours_text(seconds) == text


# Yes and no


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        (
            ["○", "◯", "〇", "1", "true", "TRUE", "はい", "yes", "１", "ＴＲＵＥ", 1, 1.0, True],
            True,
        ),
        (["×", "✕", "0", "false", "False", "いいえ", "no", "０", " × ", 0, 0.0, False], False),
    ],
)
def test_yes_and_no_are_read_in_every_written_form(cells: list[Cell], answer: bool) -> None:
    assert [read(Kind.YES_NO, cell) for cell in cells] == [answer] * len(cells)


@pytest.mark.parametrize("cell", ["△", "有", "2", 2, -1, 0.5, "○×", "-", DAY, dt.time(1)])
def test_what_is_neither_yes_nor_no_is_refused(cell: Cell) -> None:
    assert is_refused(Kind.YES_NO, cell)


# Shares and rules of costs


@pytest.mark.parametrize(
    ("cell", "share"), [("1/2", "1/2"), ("１／２", "1/2"), (" 2 / 3 ", "2/3"), ("02/04", "2/4")]
)
def test_a_share_is_a_fraction_as_text(cell: str, share: str) -> None:
    assert read(Kind.SHARE, cell) == share


@pytest.mark.parametrize(
    "cell",
    [
        *("0.5", 0.5, 1, "半分", "1/0", "1/2/3", "-1/2", "1 1/2", "/2", "1/"),
        dt.datetime(2022, 1, 2),  # noqa: DTZ001  (what a sheet makes of 1/2)
        dt.date(2022, 1, 2),
    ],
)
def test_what_is_no_share_is_refused(cell: Cell) -> None:
    assert is_refused(Kind.SHARE, cell)


@pytest.mark.parametrize(
    "rule", ["full", "none", "months_of_rent:1:", "months_of_rent:2:家賃等", "months_of_rent:0:"]
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_rule_of_what_is_eligible_is_read_as_it_is_written(rule: str, language: Language) -> None:
    assert read(Kind.ELIGIBLE_RULE, rule_label(rule, language)) == rule


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("full", "full"),
        ("全額", "full"),
        ("none", "none"),
        ("対象外", "none"),
        ("months_of_rent:2:家賃等", "months_of_rent:2:家賃等"),
        ("家賃2か月分まで:家賃等", "months_of_rent:2:家賃等"),
        ("家賃２ヶ月分まで：家賃等", "months_of_rent:2:家賃等"),
        ("家賃2ヵ月分まで:家賃等", "months_of_rent:2:家賃等"),
        ("家賃12箇月分まで: 家賃等", "months_of_rent:12:家賃等"),
        ("months_of_rent:2", "months_of_rent:2:"),
        ("1 month of rent", "months_of_rent:1:"),
        ("2 months of rent: 家賃等", "months_of_rent:2:家賃等"),
        ("months of rent: 家賃等", None),
        ("months_of_rent:x:家賃等", None),
        ("家賃まで", None),
        ("半額", None),
        (2, None),
    ],
)
def test_what_is_eligible_is_a_rule(cell: Cell, rule: str | None) -> None:
    if rule is None:
        assert is_refused(Kind.ELIGIBLE_RULE, cell)
    else:
        assert read(Kind.ELIGIBLE_RULE, cell) == rule


# Any cell at all


CELLS = st.one_of(
    st.text(max_size=12),
    st.text("0123456789-/.:,年月日令和元RH ０１", max_size=14),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@settings(deadline=None)
@given(CELLS.filter(lambda cell: not is_blank(cell)), st.sampled_from(Kind))
def test_a_cell_is_a_value_that_its_column_can_hold_or_it_is_refused(
    cell: Cell, kind: Kind
) -> None:
    codes = JOBS if kind is Kind.CODE else None
    try:
        value = parse(cell, Column("column", "見出し", kind, codes=codes))
    except ValueError:
        return
    holds = {"String": str, "Int64": int, "Boolean": bool, "Date": dt.date}
    assert type(value) is holds[str(kind.dtype)]
    if type(value) is int:
        assert -(2**63) <= value < 2**63


def test_a_decimal_of_a_data_frame_is_read_as_its_text() -> None:
    cell: object = Decimal("38.75")
    assert parse(cell, Column("hours", "時間", Kind.HOURS)) == 139_500  # type: ignore[arg-type]
