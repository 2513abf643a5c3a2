"""From what stands in a cell to a value, by the column's kind.

Each parser takes a cell that is not blank and raises ValueError where it can't be understood.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction

from shokibo import calendar
from shokibo.ledger.tables import Column, Kind

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
Parsed = str | int | bool | dt.date | None

_YES = {"○", "◯", "〇", "1", "true", "はい", "yes"}
_NO = {"×", "✕", "✗", "0", "false", "いいえ", "no"}
_HOURS = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?")
_DECIMAL = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_INTEGER = re.compile(r"(-?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4}))(?:\.0+)?")
_SHARE = re.compile(r"(\d{1,6})\s*/\s*(\d{1,6})")
_RENT_RULE = re.compile(r"(?:months_of_rent:(\d+)|家賃(\d+)[かヵヶケカ箇]月分まで)(?::(.*))?")
_WAVES = str.maketrans({"〜": "~"})
SECONDS_IN_HOUR = 3600
MOST_HOURS = 1000
"""More digits than hours of a week can have."""


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell holds nothing; white space, full width too, is nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def parse(cell: Cell, column: Column) -> Parsed:
    """Read a cell that is not blank as its column's kind."""
    if column.codes is not None:
        return _code(cell, column.codes)
    return _PARSERS[column.kind](cell)


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return str(cell).strip()


def folded(cell: Cell) -> str:
    """Give a cell's text after NFKC: full-width letters and digits become plain ones."""
    return unicodedata.normalize("NFKC", _text(cell)).strip()


def _authority_code(cell: Cell) -> str:
    """Six digits; a sheet that takes the code for a number drops its leading zero."""
    return folded(cell).zfill(6) if folded(cell).isdigit() else folded(cell)


def _code(cell: Cell, codes: dict[str, str]) -> str:
    wanted = _code_key(folded(cell))
    for code, label in codes.items():
        if wanted in (code, _code_key(unicodedata.normalize("NFKC", label))):
            return code
    raise ValueError(cell)


def _code_key(text: str) -> str:
    return "".join(text.translate(_WAVES).casefold().split())


def _date(cell: Cell) -> dt.date:
    if isinstance(cell, dt.datetime):
        if cell.time() != dt.time():
            raise ValueError(cell)
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, str):
        return calendar.parse_date(cell)
    raise ValueError(cell)


def _month(cell: Cell) -> dt.date:
    if isinstance(cell, dt.date):
        return dt.date(cell.year, cell.month, 1)
    if isinstance(cell, str):
        return calendar.parse_month(cell)
    raise ValueError(cell)


def _date_or_month(cell: Cell) -> dt.date:
    try:
        return _date(cell)
    except ValueError:
        return _month(cell)


def _fiscal_year(cell: Cell) -> int:
    return calendar.parse_fiscal_year(_text(cell))


def _integer(cell: Cell) -> int:
    found = _INTEGER.fullmatch(folded(cell).replace("−", "-"))
    if found is None or isinstance(cell, dt.date):
        raise ValueError(cell)
    return int(found[1].replace(",", ""))


def _hours(cell: Cell) -> int:
    """Read hours as whole seconds; a calculated number is what its cell shows."""
    if isinstance(cell, dt.timedelta):
        return _seconds(Fraction(cell // dt.timedelta(microseconds=1), 1_000_000))
    if isinstance(cell, dt.time):
        return _seconds(
            (cell.hour * 60 + cell.minute) * 60 + cell.second + Fraction(cell.microsecond, 10**6)
        )
    text = f"{cell:.9f}" if isinstance(cell, float) else folded(cell)
    if clock := _HOURS.fullmatch(text):
        return (int(clock[1]) * 60 + int(clock[2])) * 60 + int(clock[3] or 0)
    if not _DECIMAL.fullmatch(text):
        raise ValueError(cell)
    return _seconds(Fraction(text) * SECONDS_IN_HOUR)


def _seconds(seconds: Fraction) -> int:
    if seconds.denominator != 1 or not 0 <= seconds < MOST_HOURS * SECONDS_IN_HOUR:
        raise ValueError(seconds)
    return int(seconds)


def _yes_no(cell: Cell) -> bool:
    text = folded(cell).casefold()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise ValueError(cell)


def _share(cell: Cell) -> str:
    found = _SHARE.fullmatch(folded(cell))
    if found is None or int(found[2]) == 0:
        raise ValueError(cell)
    return f"{int(found[1])}/{int(found[2])}"


def _eligible_rule(cell: Cell) -> str:
    text = folded(cell)
    plain = {"full": "full", "全額": "full", "none": "none", "対象外": "none"}
    if text in plain:
        return plain[text]
    found = _RENT_RULE.fullmatch(text)
    if found is None:
        raise ValueError(cell)
    return f"months_of_rent:{int(found[1] or found[2])}:{(found[3] or '').strip()}"


_PARSERS: dict[Kind, Callable[[Cell], Parsed]] = {
    Kind.TEXT: _text,
    Kind.ID: folded,
    Kind.AUTHORITY_CODE: _authority_code,
    Kind.DATE: _date,
    Kind.MONTH: _month,
    Kind.DATE_OR_MONTH: _date_or_month,
    Kind.FISCAL_YEAR: _fiscal_year,
    Kind.INTEGER: _integer,
    Kind.YEN: _integer,
    Kind.HOURS: _hours,
    Kind.YES_NO: _yes_no,
    Kind.SHARE: _share,
    Kind.ELIGIBLE_RULE: _eligible_rule,
}


def hours_text(seconds: int) -> str:
    """Write seconds as hours: 139500 is "38.75", 26400 is "7:20"."""
    minutes, rest = divmod(seconds, 60)
    if seconds % 36 == 0:
        return f"{seconds // SECONDS_IN_HOUR}.{seconds % SECONDS_IN_HOUR // 36:02d}".rstrip(
            "0"
        ).rstrip(".")
    clock = f"{minutes // 60}:{minutes % 60:02d}"
    return f"{clock}:{rest:02d}" if rest else clock
