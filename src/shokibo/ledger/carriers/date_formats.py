"""How a sheet shows days and times: 2025-03-02 in a cell with format m"月"d"日" is 3月2日."""

import datetime as dt
import re
from collections.abc import Callable, Mapping

from shokibo import calendar

Moment = dt.date | dt.time | dt.timedelta

BUILT_IN: Mapping[int, str] = {
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
    30: "m/d/yy",
    32: "h時mm分",
    33: "h時mm分ss秒",
    **dict.fromkeys((27, 36, 50, 57), "ge.m.d"),
    **dict.fromkeys((28, 29, 51, 54, 58), "ggge年m月d日"),
    31: "yyyy年m月d日",
    **dict.fromkeys((34, 52, 55), "yyyy年m月"),
    **dict.fromkeys((35, 53, 56), "m月d日"),
}
"""The formats without a code in the file, as shown by a Japanese Excel (ECMA-376, 18.8.30)."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<half>AM/PM|A/P)'
    r"|\[(?P<elapsed>h+|m+|s+)\]|(?P<skipped>_.|\*.|\[[^\]]*\])"
    r"|(?P<part>y+|m+|d+|h+|s+|g+|e+|a{3,4})|(?P<literal>.)",
    re.IGNORECASE,
)
_WEEKDAYS = "月火水木金土日"


def shown_moment(moment: Moment, code: str) -> str | None:
    """Show a day, a time or a span of time as a format does.

    None if the format shows none, or shows the year of an unknown era.
    """
    tokens = list(_TOKEN.finditer(code.split(";", maxsplit=1)[0]))
    names = [(token["part"] or token["elapsed"] or "").casefold() for token in tokens]
    at = _at(moment)
    with_era = any(name[:1] in ("g", "e") for name in names if name)
    if not any(names) or (with_era and at.date() < calendar.ERAS[-1].first_day):
        return None
    in_halves = any(token["half"] for token in tokens)
    shown = previous = ""
    for index, (token, name) in enumerate(zip(tokens, names, strict=True)):
        if token["elapsed"]:
            seconds = moment.total_seconds() if isinstance(moment, dt.timedelta) else _seconds(at)
            shown += f"{int(seconds) // _IN[name[0]]:0{len(name)}}"
        elif token["half"]:
            shown += "AM" if at.hour < 12 else "PM"
        elif name:
            kind = name[0]
            following = next(filter(None, names[index + 1 :]), "")
            # m after hours or before seconds means minutes, otherwise months
            if kind == "m" and (previous[:1] == "h" or following[:1] == "s"):
                shown += f"{at.minute:0{len(name)}}"
            elif kind == "h" and in_halves:
                shown += f"{(at.hour - 1) % 12 + 1:0{len(name)}}"
            else:
                shown += _PARTS[kind](at, len(name))
        else:
            shown += token["quoted"] or token["escaped"] or token["literal"] or ""
        previous = name or previous
    return shown


def _at(moment: Moment) -> dt.datetime:
    """Return the moment with a day and a time; a time without a day is on Excel's first day."""
    first = dt.datetime(1900, 1, 1)  # noqa: DTZ001 - a sheet has no time zones
    if isinstance(moment, dt.timedelta):
        return first + moment % dt.timedelta(days=1)
    if isinstance(moment, dt.time):
        return dt.datetime.combine(first, moment)
    return moment if isinstance(moment, dt.datetime) else dt.datetime.combine(moment, dt.time())


def _seconds(at: dt.datetime) -> int:
    return (at.hour * 60 + at.minute) * 60 + at.second


_IN = {"h": 3600, "m": 60, "s": 1}


def _year(at: dt.datetime, length: int) -> str:
    return f"{at.year:04}" if length > 2 else f"{at.year % 100:02}"


def _month(at: dt.datetime, length: int) -> str:
    return f"{at.month:0{length}}" if length <= 2 else _name(at, "%b", "%B", length)


def _day(at: dt.datetime, length: int) -> str:
    return f"{at.day:0{length}}" if length <= 2 else _name(at, "%a", "%A", length)


def _name(at: dt.datetime, short: str, full: str, length: int) -> str:
    return at.strftime(full)[:1] if length == 5 else at.strftime(short if length == 3 else full)


def _era(at: dt.datetime, length: int) -> str:
    era = calendar.era_of(at.date())
    return {1: era.letter, 2: era.name[0]}.get(length, era.name)


_PARTS: Mapping[str, Callable[[dt.datetime, int], str]] = {
    "y": _year,
    "m": _month,
    "d": _day,
    "h": lambda at, length: f"{at.hour:0{length}}",
    "s": lambda at, length: f"{at.second:0{length}}",
    "g": _era,
    "e": lambda at, length: f"{at.year - calendar.era_of(at.date()).offset:0{length}}",
    "a": lambda at, length: _WEEKDAYS[at.weekday()] + ("曜日" if length == 4 else ""),
}
