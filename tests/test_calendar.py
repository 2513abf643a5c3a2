"""Fiscal years, eras and deadlines, in every form in which offices write them."""

import datetime as dt
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shokibo import calendar
from shokibo.calendar import (
    era_date,
    era_month,
    fiscal_year_end,
    fiscal_year_label,
    fiscal_year_of,
    fiscal_year_start,
    is_business_day,
    parse_date,
    parse_fiscal_year,
    parse_month,
    previous_business_day,
    short_fiscal_year,
)

FIRST_OF_APRIL = dt.date(2022, 4, 1)
LAST_WITH_TWO_DIGITS = dt.date(2117, 12, 31)  # 令和99年
DAYS_WITH_AN_ERA = st.dates(dt.date(1926, 12, 25), LAST_WITH_TWO_DIGITS)
DAYS_OF_OUR_TIME = st.dates(dt.date(1990, 1, 1), dt.date(2050, 12, 31))


def is_refused(read: Callable[[str], object], written: str) -> bool:
    """Say whether a reader raises ValueError, and nothing else, on what is written."""
    try:
        read(written)
    except ValueError:
        return True
    return False


# Dates


@pytest.mark.parametrize(
    "written",
    [
        "2022-04-01",
        "2022-4-1",
        "2022/4/1",
        "2022/04/01",
        "2022.4.1",
        "2022年4月1日",
        "2022年04月01日",
        "令和4年4月1日",
        "令和04年04月01日",
        "令和4年4月1",
        "令和4.4.1",
        "R4.4.1",
        "r4.4.1",
        "R4/4/1",
        "R04-04-01",
        "R4年4月1日",
        "㋿4年4月1日",
        "2022-04-01 00:00:00",
        "2022-04-01T00:00",
        "2022/4/1 00:00:00.000",
        "２０２２-０４-０１",
        "２０２２／４／１",
        "２０２２年４月１日",
        "令和４年４月１日",
        "Ｒ４．４．１",
        "  2022-04-01  ",
        "　令和４年　４月　１日　",
        "令和 4 年 4 月 1 日",
        "R 4. 4. 1",
        "令4.4.1",
        "令4年4月1日(金)",
        "2022年4月1日（金）",
    ],
)
def test_a_date_is_read_in_every_written_form(written: str) -> None:
    assert parse_date(written) == FIRST_OF_APRIL


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("令和元年5月1日", dt.date(2019, 5, 1)),
        ("令和1年5月1日", dt.date(2019, 5, 1)),
        ("R元.5.1", dt.date(2019, 5, 1)),
        ("R1.5.1", dt.date(2019, 5, 1)),
        ("平成31年4月30日", dt.date(2019, 4, 30)),
        ("H31.4.1", dt.date(2019, 4, 1)),
        ("平成31年5月1日", dt.date(2019, 5, 1)),  # counted on past the era's end
        ("平成34年4月1日", FIRST_OF_APRIL),
        ("令和元年10月4日", dt.date(2019, 10, 4)),
        ("平成元年1月8日", dt.date(1989, 1, 8)),
        ("H1.1.8", dt.date(1989, 1, 8)),
        ("昭和64年1月7日", dt.date(1989, 1, 7)),
        ("S22.12.12", dt.date(1947, 12, 12)),
        ("昭和元年12月25日", dt.date(1926, 12, 25)),
        ("2024-02-29", dt.date(2024, 2, 29)),
        ("令和6年2月29日", dt.date(2024, 2, 29)),
    ],
)
def test_the_years_of_an_era_are_counted_from_its_first(written: str, day: dt.date) -> None:
    assert parse_date(written) == day


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "-", "未定", "2022", "2022-04", "令和4年4月", "令和4年度", "4月1日"),
        *("2022-02-29", "令和5年2月29日", "2022-04-31", "2022-13-01", "2022-00-01", "2022-04-00"),
        *("0000-04-01", "令和0年4月1日", "R0.4.1", "明治33年1月1日", "T15.12.25", "M33.1.1"),
        *(
            "2022年4月1日(土)",
            "令4年4月1日(木)",
            "和4.4.1",
            "20220401",
            "44652",
            "4/1/2022",
            "22/4/1",
            "R100.4.1",
            "2022-4-001",
            "12022-04-01",
        ),
        *("2022-04-01 10:00", "2022-04-01 00:00:01", "2022-04-01から", "2022-04-01 2022-04-02"),
        *("令和四年四月一日", "-2022-04-01", "2022--04-01"),
    ],
)
def test_what_is_no_date_is_refused(written: str) -> None:
    assert is_refused(parse_date, written)


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("2022-02-30", dt.date(2022, 2, 28)),
        ("令和6年2月30日", dt.date(2024, 2, 29)),
        ("R4.4.31", dt.date(2022, 4, 30)),
        ("9999/12/32", dt.date(9999, 12, 31)),
    ],
)
def test_a_day_that_its_month_lacks_gives_the_month_s_last(written: str, last: dt.date) -> None:
    with pytest.raises(calendar.NoSuchDayError) as caught:
        parse_date(written)
    assert caught.value.last == last


@given(DAYS_WITH_AN_ERA)
def test_a_day_is_read_back_as_it_is_typed(day: dt.date) -> None:
    assert parse_date(calendar.short_date(day)) == day


@pytest.mark.parametrize(
    ("day", "typed"),
    [
        (dt.date(2019, 4, 30), "H31.4.30"),
        (dt.date(2019, 5, 1), "R1.5.1"),
        (dt.date(2117, 12, 31), "R99.12.31"),
        (dt.date(2118, 1, 1), "2118-01-01"),
        (dt.date(1900, 4, 1), "1900-04-01"),
    ],
)
def test_a_day_is_typed_by_its_era_where_it_has_one(day: dt.date, typed: str) -> None:
    assert calendar.short_date(day) == typed


@pytest.mark.parametrize("written", ["2022-4-1 1", "2022-1 2-3", "R4.4.1 0", "20 22-04-01"])
def test_a_space_between_digits_never_joins_them_to_another_date(written: str) -> None:
    assert is_refused(parse_date, written)


@given(DAYS_WITH_AN_ERA)
def test_a_day_written_with_its_era_is_read_back(day: dt.date) -> None:
    assert parse_date(era_date(day)) == day
    assert parse_month(era_month(day)) == day.replace(day=1)


@given(st.dates())
def test_a_day_written_in_any_gregorian_form_is_read_back(day: dt.date) -> None:
    year, month, number = day.year, day.month, day.day
    forms = [
        f"{year:04}-{month:02}-{number:02}",
        f"{year:04}/{month}/{number}",
        f"{year:04}.{month}.{number}",
        f"{year:04}年{month}月{number}日",
        f"{day.isoformat()} 00:00:00",
    ]
    assert [parse_date(form) for form in forms] == [day] * len(forms)
    wide = str.maketrans("0123456789-/.", "０１２３４５６７８９－／．")
    assert [parse_date(form.translate(wide)) for form in forms[:4]] == [day] * 4


@given(st.dates(dt.date(2019, 5, 1), LAST_WITH_TWO_DIGITS))
def test_the_letter_of_an_era_is_its_name(day: dt.date) -> None:
    year = day.year - 2018
    assert parse_date(f"R{year}.{day.month}.{day.day}") == day
    assert parse_date(f"令和{year}年{day.month}月{day.day}日") == day


@pytest.mark.parametrize(
    ("day", "written", "month"),
    [
        (FIRST_OF_APRIL, "令和4年4月1日", "令和4年4月"),
        (dt.date(2019, 5, 1), "令和元年5月1日", "令和元年5月"),
        (dt.date(2019, 4, 30), "平成31年4月30日", "平成31年4月"),
        (dt.date(2019, 12, 31), "令和元年12月31日", "令和元年12月"),
        (dt.date(2020, 1, 1), "令和2年1月1日", "令和2年1月"),
        (dt.date(1989, 1, 8), "平成元年1月8日", "平成元年1月"),
        (dt.date(1989, 1, 7), "昭和64年1月7日", "昭和64年1月"),
        (dt.date(1926, 12, 25), "昭和元年12月25日", "昭和元年12月"),
    ],
)
def test_a_day_is_written_with_its_own_era(day: dt.date, written: str, month: str) -> None:
    assert (era_date(day), era_month(day)) == (written, month)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (dt.date(1926, 12, 24), "1926年12月24日"),
        (dt.date(2117, 12, 31), "令和99年12月31日"),
        (dt.date(2118, 1, 1), "2118年1月1日"),
        (dt.date(9999, 12, 31), "9999年12月31日"),
        (dt.date(203, 4, 1), "0203年4月1日"),
    ],
)
def test_a_day_that_no_known_era_can_have_is_written_without_one(
    day: dt.date, written: str
) -> None:
    assert era_date(day) == written


# Months


@pytest.mark.parametrize(
    "written",
    [
        *("2022-04", "2022/4", "2022.4", "2022年4月", "令和4年4月", "R4.4", "r4/4", "R04-04"),
        *("２０２２／４", "令和４年４月", "　令和 4 年 4 月　", "平成34年4月"),
        *("2022-04-01", "2022-04-30", "令和4年4月15日", "R4.4.1", "2022-04-01 00:00:00"),
        *("２０２２／４／１５", "令和４年４月１５日", " R4.4.15 "),
    ],
)
def test_a_month_is_read_in_every_written_form_or_from_a_day_in_it(written: str) -> None:
    assert parse_month(written) == FIRST_OF_APRIL


@pytest.mark.parametrize(
    "written", ["", "2022", "4月", "2022-13", "R4.0", "2022-02-29", "令和4年度"]
)
def test_what_is_no_month_is_refused(written: str) -> None:
    assert is_refused(parse_month, written)


# Fiscal years


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("令和4年度", 2022),
        ("令和4年", 2022),
        ("令和4", 2022),
        ("R4", 2022),
        ("r4", 2022),
        ("R04年度", 2022),
        ("2022", 2022),
        ("2022.0", 2022),
        ("2022年度", 2022),
        ("２０２２", 2022),
        ("令和４年度", 2022),
        ("Ｒ４", 2022),
        (" 令和 4 年度 ", 2022),
        ("　令和４年度　", 2022),
        ("令和元年度", 2019),
        ("令和1年度", 2019),
        ("R元", 2019),
        ("平成31年度", 2019),
        ("H31", 2019),
        ("平成30年度", 2018),
        ("令和2年度", 2020),
        ("平成元年度", 1989),
        ("昭和64年度", 1989),
        ("S63", 1988),
        ("令和11年度", 2029),
        ("FY2022", 2022),
        ("令4", 2022),
    ],
)
def test_a_fiscal_year_is_read_in_every_written_form(written: str, year: int) -> None:
    assert parse_fiscal_year(written) == year


@pytest.mark.parametrize(
    "written",
    [
        *("", "4", "22", "令和", "年度", "令和0年度", "大正15年度", "20222", "2022.5", "-2022"),
        *("2022-04-01", "令和4年4月", "FY令和4", "令和四年度", "2022~2024"),
    ],
)
def test_what_is_no_fiscal_year_is_refused(written: str) -> None:
    assert is_refused(parse_fiscal_year, written)


@pytest.mark.parametrize("written", ["20 22", "令和1 1年度"])
def test_a_space_between_digits_never_joins_them_to_another_year(written: str) -> None:
    assert is_refused(parse_fiscal_year, written)


def test_there_is_no_fiscal_year_zero() -> None:
    assert is_refused(parse_fiscal_year, "0000")


@given(st.integers(1, 9999))
@example(1926)
@example(1927)
@example(2117)
@example(2118)
def test_every_fiscal_year_is_read_back_from_its_label(year: int) -> None:
    assert parse_fiscal_year(f"{year:04}") == year
    assert parse_fiscal_year(fiscal_year_label(year)) == year


@pytest.mark.parametrize(
    ("year", "label"),
    [
        (2018, "平成30年度"),
        (2019, "令和元年度"),  # from its first day, 平成31年4月1日
        (2020, "令和2年度"),
        (2022, "令和4年度"),
        (1988, "昭和63年度"),
        (1989, "平成元年度"),
    ],
)
def test_a_fiscal_year_is_written_with_the_era_of_most_of_it(year: int, label: str) -> None:
    assert fiscal_year_label(year) == label


@pytest.mark.parametrize(
    ("year", "typed"),
    [(2018, "H30"), (2019, "R1"), (2022, "R4"), (1989, "H1"), (1800, "1800")],
)
def test_a_fiscal_year_as_it_is_typed(year: int, typed: str) -> None:
    assert short_fiscal_year(year) == typed
    assert parse_fiscal_year(typed) == year


@given(st.dates(dt.date(2, 1, 1), dt.date(9998, 12, 31)))
def test_a_day_is_between_the_ends_of_its_fiscal_year(day: dt.date) -> None:
    year = fiscal_year_of(day)
    assert fiscal_year_start(year) <= day <= fiscal_year_end(year)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (dt.date(2022, 3, 31), 2021),
        (dt.date(2022, 4, 1), 2022),
        (dt.date(2022, 12, 31), 2022),
        (dt.date(2023, 1, 1), 2022),
        (dt.date(2024, 2, 29), 2023),
    ],
)
def test_a_fiscal_year_turns_on_the_first_of_april(day: dt.date, year: int) -> None:
    assert fiscal_year_of(day) == year


@given(st.integers(1, 9997))
def test_fiscal_years_follow_each_other_without_a_gap(year: int) -> None:
    assert fiscal_year_end(year) + dt.timedelta(days=1) == fiscal_year_start(year + 1)
    assert fiscal_year_end(year) == calendar.month_end(dt.date(year + 1, 3, 1))


@given(st.dates(dt.date(2, 1, 1), dt.date(9998, 12, 31)))
def test_the_day_after_a_month_s_end_begins_the_next(day: dt.date) -> None:
    end = calendar.month_end(day)
    assert (end.year, end.month) == (day.year, day.month)
    assert (end + dt.timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (dt.date(2022, 2, 1), dt.date(2022, 2, 28)),
        (dt.date(2024, 2, 29), dt.date(2024, 2, 29)),
        (dt.date(2022, 4, 30), dt.date(2022, 4, 30)),
        (dt.date(2022, 12, 31), dt.date(2022, 12, 31)),
    ],
)
def test_a_month_ends_on_its_last_day(day: dt.date, last: dt.date) -> None:
    assert calendar.month_end(day) == last


# Deadlines


def test_both_forms_are_due_by_30_april() -> None:
    assert calendar.end_of_april(2022) == dt.date(2022, 4, 30)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        # a Saturday after a holiday
        (dt.date(2022, 4, 30), dt.date(2022, 4, 28)),
        # a Sunday after a holiday on a Saturday
        (dt.date(2023, 4, 30), dt.date(2023, 4, 28)),
        # a Tuesday between holidays, on which offices work
        (dt.date(2024, 4, 30), dt.date(2024, 4, 30)),
        # ten days without work at the change of the era
        (dt.date(2019, 4, 30), dt.date(2019, 4, 26)),
        # a holiday moved to Monday
        (dt.date(2021, 8, 9), dt.date(2021, 8, 6)),
        # the new year
        (dt.date(2022, 12, 28), dt.date(2022, 12, 28)),
        (dt.date(2022, 12, 29), dt.date(2022, 12, 28)),
        (dt.date(2022, 12, 31), dt.date(2022, 12, 28)),
        (dt.date(2023, 1, 3), dt.date(2022, 12, 28)),
        (dt.date(2023, 1, 4), dt.date(2023, 1, 4)),
        # the new year next to a weekend
        (dt.date(2024, 12, 29), dt.date(2024, 12, 27)),
    ],
)
def test_a_deadline_moves_over_days_without_work(day: dt.date, before: dt.date) -> None:
    assert previous_business_day(day) == before


@settings(deadline=None)  # holidays are loaded once
@given(DAYS_OF_OUR_TIME)
def test_the_previous_business_day_is_the_nearest(day: dt.date) -> None:
    before = previous_business_day(day)
    assert is_business_day(before)
    skipped = [before + dt.timedelta(days=n) for n in range(1, (day - before).days + 1)]
    assert not any(map(is_business_day, skipped))
    assert before <= day


@settings(deadline=None)  # holidays are loaded once
@given(DAYS_OF_OUR_TIME)
def test_offices_never_work_on_weekends_or_at_the_new_year(day: dt.date) -> None:
    closed = day.weekday() >= 5 or (day.month, day.day) in {
        *((12, number) for number in (29, 30, 31)),
        *((1, number) for number in (1, 2, 3)),
    }
    assert not (closed and is_business_day(day))


def test_eras_stand_from_the_latest_and_do_not_overlap() -> None:
    first_days = [era.first_day for era in calendar.ERAS]
    assert all(later > earlier for later, earlier in pairwise(first_days))
    assert [calendar.era_year(era.first_day.year, era) for era in calendar.ERAS] == [
        "令和元年",
        "平成元年",
        "昭和元年",
    ]


def test_a_day_before_showa_has_no_era() -> None:
    assert calendar.era_of(calendar.ERAS[-1].first_day).name == "昭和"
    with pytest.raises(ValueError, match="1926-12-24"):
        calendar.era_of(dt.date(1926, 12, 24))


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (dt.date(2021, 9, 30), "令和3年9月末"),
        (dt.date(2021, 9, 29), "令和3年9月29日"),
        (dt.date(2024, 2, 29), "令和6年2月末"),
        (dt.date(2024, 2, 28), "令和6年2月28日"),
    ],
)
def test_the_last_day_of_a_month_is_written_as_its_end(day: dt.date, written: str) -> None:
    assert calendar.era_day(day) == written
