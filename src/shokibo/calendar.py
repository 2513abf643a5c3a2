"""Fiscal years (年度), eras and deadlines, in every form used by offices.

A fiscal year is an integer, the year in which it starts: 2022 is 令和4年度.
A month is the date of its first day.
"""

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from functools import cache

from shokibo.characters import plain_figures

FIRST_MONTH = 4


class NoSuchDayError(ValueError):
    """A date whose month has no such day; `last` is the last day of the month."""

    def __init__(self, last: dt.date) -> None:
        self.last = last
        super().__init__(last.isoformat())


@dataclass(frozen=True)
class Era:
    """An era: its name, its letter, and the Gregorian year before its first."""

    name: str
    letter: str
    offset: int
    first_day: dt.date


ERAS = (
    Era("令和", "R", 2018, dt.date(2019, 5, 1)),
    Era("平成", "H", 1988, dt.date(1989, 1, 8)),
    Era("昭和", "S", 1925, dt.date(1926, 12, 25)),
)

ERA_YEARS = range(1927, 2200)
"""Fiscal years that have an era and whose days all work in date arithmetic."""

_YEAR = r"(?:(?P<era>令和?|平成?|昭和?|[RHSrhs])(?P<era_year>元|\d{1,2})|(?P<year>\d{4}))"
_DATE = re.compile(
    rf"{_YEAR}(?:年|[./-])(?P<month>\d{{1,2}})(?:月|[./-])(?P<day>\d{{1,2}})日?"
    r"(?:\((?P<weekday>[月火水木金土日])\))?"
    r"(?:[ T]0?0:00(?::00(?:\.0+)?)?)?"
)
_MONTH = re.compile(rf"{_YEAR}(?:年|[./-])(?P<month>\d{{1,2}})月?")
_SPACE = re.compile(r"(?<!\d) | (?!\d)")
_FISCAL_YEAR = re.compile(rf"(?:FY(?=\d{{4}}))?{_YEAR}(?:年度?)?(?:\.0)?")


def parse_date(text: str) -> dt.date:
    """Read a date: 2022-04-01, 2022/4/1, 令和4年4月1日(金), 令4.4.1, R4.4.1, at 0:00 or bare.

    An era's years continue past its end (平成31年5月1日 is 2019-05-01), as on old papers. Raises
    ValueError if it is not a date, or falls on another day of the week, and NoSuchDayError if its
    month has no such day.
    """
    found = _matched(_DATE, text)
    first = dt.date(_gregorian_year(found), int(found["month"]), 1)
    try:
        day = first.replace(day=int(found["day"]))
    except ValueError as error:
        raise NoSuchDayError(month_end(first)) from error
    if found["weekday"] not in (None, weekday(day)):
        raise ValueError(text)
    return day


def parse_month(text: str) -> dt.date:
    """Read a month (2022-04, 2022/4, 令和4年4月, R4.4) or a day in it; return its first day."""
    if _DATE.fullmatch(plain_figures(text)):
        return parse_date(text).replace(day=1)
    found = _matched(_MONTH, text)
    return dt.date(_gregorian_year(found), int(found["month"]), 1)


def parse_fiscal_year(text: str) -> int:
    """Read a fiscal year: 令和4年度, R4, 2022, FY2022, 平成31年度 (the same as 令和元年度)."""
    return _gregorian_year(_matched(_FISCAL_YEAR, text))


def _matched(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    figures = plain_figures(text)
    # a space between two digits is kept: without it they would be another number
    found = pattern.fullmatch(figures) or pattern.fullmatch(
        _SPACE.sub("", " ".join(figures.split()))
    )
    if found is None:
        raise ValueError(text)
    return found


def _gregorian_year(found: re.Match[str]) -> int:
    year = 1 if found["era_year"] == "元" else int(found["era_year"] or found["year"])
    if year == 0:
        raise ValueError(found.string)
    return year + (_ERA_OFFSET[found["era"].upper()] if found["era"] else 0)


_ERA_OFFSET = {key: era.offset for era in ERAS for key in (era.name, era.name[0], era.letter)}


def era_year(year: int, era: Era) -> str:
    """Return the year of an era as it is written: 令和元年, 令和4年."""
    number = year - era.offset
    return f"{era.name}{'元' if number == 1 else number}年"


def era_of(day: dt.date) -> Era:
    """Return the era of a day. Raises ValueError before 昭和."""
    for era in ERAS:
        if day >= era.first_day:
            return era
    raise ValueError(day.isoformat())


def weekday(day: dt.date) -> str:
    """Return the day of the week: 月 to 日."""
    return "月火水木金土日"[day.weekday()]


def era_date(day: dt.date) -> str:
    """Return a day as offices write it: 令和4年4月1日; 9999年12月31日 if outside the known eras."""
    return f"{era_month(day)}{day.day}日"


def era_day(day: dt.date) -> str:
    """Format the reference day of a count: 令和3年9月末 for the last day of a month."""
    return f"{era_month(day)}末" if day == month_end(day) else era_date(day)


def era_month(day: dt.date) -> str:
    """Format a day's month as offices write it: 令和4年4月; 9999年12月 outside the known eras."""
    year = era_year(day.year, era_of(day)) if _has_known_era(day) else f"{day.year:04}年"
    return f"{year}{day.month}月"


def short_date(day: dt.date) -> str:
    """Return a day as it is typed, R4.4.1; outside the known eras as 2118-04-01."""
    if not _has_known_era(day):
        return day.isoformat()
    era = era_of(day)
    return f"{era.letter}{day.year - era.offset}.{day.month}.{day.day}"


def _has_known_era(day: dt.date) -> bool:
    return day >= ERAS[-1].first_day and day.year - ERAS[0].offset < 100


def fiscal_year_label(year: int) -> str:
    """Return a fiscal year as offices write it: 令和4年度; 2019 is 令和元年度 from its first day.

    A year outside the known eras, or with three digits in one, is written as 1900年度.
    """
    for era in ERAS:
        if era.first_day <= dt.date(year, 5, 1) and year - era.offset < 100:
            return f"{era_year(year, era)}度"
    return f"{year:04}年度"


def short_fiscal_year(year: int) -> str:
    """Return a fiscal year as it is typed, R4; outside the known eras as its number."""
    label = fiscal_year_label(year).removesuffix("年度").replace("元", "1")
    letters = {era.name: era.letter for era in ERAS}
    return letters[label[:2]] + label[2:] if label[:2] in letters else str(year)


def fiscal_year_of(day: dt.date) -> int:
    """Return the fiscal year in which a day lies."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def fiscal_year_start(year: int) -> dt.date:
    """Return 1 April of a fiscal year."""
    return dt.date(year, FIRST_MONTH, 1)


def fiscal_year_end(year: int) -> dt.date:
    """Return 31 March, the last day of a fiscal year."""
    return dt.date(year + 1, FIRST_MONTH, 1) - dt.timedelta(days=1)


def month_end(day: dt.date) -> dt.date:
    """Return the last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def end_of_april(year: int) -> dt.date:
    """Return 30 April of a fiscal year, by which both forms are due (子発1004第5号 4)."""
    return dt.date(year, 4, 30)


def is_business_day(day: dt.date) -> bool:
    """Return whether offices are open: not on weekends, holidays, or 29 December to 3 January."""
    closed_for_new_year = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() < 5 and not closed_for_new_year and not _is_holiday(day)


def previous_business_day(day: dt.date) -> dt.date:
    """Return the day itself if offices are open on it, otherwise the last such day before it."""
    while not is_business_day(day):
        day -= dt.timedelta(days=1)
    return day


@cache
def _is_holiday(day: dt.date) -> bool:
    import jpholiday  # slow to load, and needed only for deadlines

    return bool(jpholiday.is_holiday(day))
