"""Values formatted for people: days in eras, hours, numbers, yes and no."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shokibo import calendar
from shokibo.ledger.cells import hours_text
from shokibo.ledger.columns import Kind
from shokibo.rounding import tenths
from shokibo.texts import Text
from shokibo.web.base.clock import today
from shokibo.web.base.language import language


def as_text(text: Text) -> str:
    """Return a text in the page's language."""
    return text.say(language())


def counted(words: str, n: int) -> str:
    """Write a number into a message, which English may have in the singular."""
    return ngettext(words, words, n) % {"n": n}


def bracketed(text: object, remark: object) -> str:
    """Add a remark in brackets to a text; English has a space before them."""
    return f"{text} ({remark})" if language() == "en" else f"{text}({remark})"


def wareki(day: dt.date | dt.datetime | None) -> str:
    """Write a day with its era (令和4年4月1日), or as ISO in English; a dash for none."""
    if day is None:
        return "—"
    if isinstance(day, dt.datetime):
        from django.utils.timezone import localtime

        moment = localtime(day)
        return f"{wareki(moment.date())} {moment:%H:%M}"
    if language() == "en":
        return day.isoformat()
    return calendar.era_date(day)


def clock_time(moment: dt.datetime) -> str:
    """Format a time of today (14時05分); of another day with its date."""
    from django.utils.timezone import localtime

    local = localtime(moment)
    time = _("%(hour)s時%(minute)s分") % {"hour": local.hour, "minute": f"{local:%M}"}
    if local.date() == today():
        return time
    return _("%(day)s %(time)s") % {"day": wareki(local.date()), "time": time}


def month(day: dt.date) -> str:
    """Write a month with its era."""
    return f"{day:%Y-%m}" if language() == "en" else calendar.era_month(day)


def day_or_month(day: dt.date) -> str:
    """Write a day that may stand for its month: the first of a month as the month."""
    return month(day) if day.day == 1 else wareki(day)


def month_name(number: int) -> str:
    """Name a month of any year (4月, or Apr in English)."""
    return f"{dt.date(2000, number, 1):%b}" if language() == "en" else f"{number}月"


def month_span(first: dt.date, last: dt.date, count: int) -> str:
    """Format a number of months by the first and the last of them."""
    if count == 1:
        return month(first)
    words = _("%(first)sから%(last)sまで(%(n)sか月)")
    return words % {"first": month(first), "last": month(last), "n": count}


def nendo(year: int) -> str:
    """Write a fiscal year: 令和4年度, FY2022."""
    return f"FY{year}" if language() == "en" else calendar.fiscal_year_label(year)


def short_nendo(year: int) -> str:
    """Write a fiscal year short, as on the forms: R4, or FY2022 in English."""
    return f"FY{year}" if language() == "en" else calendar.short_fiscal_year(year)


def year_in_both_counts(year: int) -> str:
    """Write a calendar year by its eras and by number: 平成31年・令和元年(2019年)."""
    ends = (dt.date(year, 1, 1), dt.date(year, 12, 31))
    eras = dict.fromkeys(calendar.era_of(day) for day in ends)
    if language() == "en":
        return f"{year} ({'/'.join(f'{era.letter}{year - era.offset}' for era in eras)})"
    return f"{'・'.join(calendar.era_year(year, era) for era in eras)}({year}年)"


def in_both_counts(value: dt.date | int, kind: Kind) -> str:
    """Write a day with its weekday, a month or a fiscal year by its era and by number."""
    english = language() == "en"
    if isinstance(value, int):
        if english:
            return f"{nendo(value)} ({calendar.short_fiscal_year(value)})"
        return f"{nendo(value)}({value}年度)"
    if english:
        era = f"{calendar.era_of(value).letter}{value.year - calendar.era_of(value).offset}"
        return f"{month(value)} ({era})" if kind is Kind.MONTH else f"{value:%Y-%m-%d, %A} ({era})"
    if kind is Kind.MONTH:
        return f"{month(value)}({value.year}年)"
    return f"{wareki(value)}({value.year}年、{calendar.weekday(value)}曜日)"


def hours(seconds: int | None) -> str:
    """Write hours; a dash where they are blank."""
    return "—" if seconds is None else hours_text(seconds)


def fte(value: int | None) -> str:
    """Write FTE with its decimal; a dash if it is not known."""
    return "—" if value is None else tenths(value)


def comma(value: int | Decimal) -> str:
    """Format a number in groups of three, with △ if negative."""
    return f"{value:,}".replace("-", "△")


def signed(value: int | Decimal) -> str:
    """Format a difference with its sign, as offices do: +3, △3."""
    return f"+{value:,}" if value > 0 else comma(value)


def circle(value: bool | None) -> str:
    """Write yes and no as ○ and ×; a dash for blank."""
    return {True: "○", False: "×", None: "—"}[value]


def colon(label: object) -> str:
    """Add a colon to a label; English has a space after it."""
    return f"{label}: " if language() == "en" else f"{label}:"


def headed(words: str, header: str) -> str:
    """Put a field's name before a message that does not contain it."""
    return words if str(header) in words else f"{colon(header)}{words}"


def or_dash(value: object) -> object:
    """Write a dash for a blank; zero stays zero."""
    return "—" if value is None or value == "" else value


def people(value: object) -> object:
    """Write a number of people with its unit; a dash alone for a blank."""
    return "—" if value is None or value == "" else f"{value}{_('人')}"


def shown(value: object) -> object:
    """Write any value of a row: months with their era, a dash for blank."""
    return month(value) if isinstance(value, dt.date) else or_dash(value)


_TAG = re.compile("<[^>]*>")
_BRIEF, _LONG = 16, 80
"""Half-width characters up to which a label stays on one line, and a text on two."""


def room(cell: object) -> str:
    """Return the CSS classes of a cell: too short to wrap, long, or only a dash.

    Wide letters count double.
    """
    if cell == "—":
        return " brief none"
    shown = _TAG.sub("", str(cell))
    if len(shown) * 2 <= _BRIEF:
        return " brief"
    width = sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in shown)
    return " brief" if width <= _BRIEF else " long" if width > _LONG else ""
