"""Parse a cell's content according to the kind of its column.

Each parser takes a cell that is not blank and raises ValueError if it can't be understood.
"""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction

from shokibo import calendar
from shokibo.characters import clean, label, plain_figures, unprintable
from shokibo.ledger.authority_codes import has_right_check_digit, with_check_digit
from shokibo.ledger.columns import Column, Kind
from shokibo.ledger.findings import Value, shortened
from shokibo.ledger.tables import FORMER_WORDS

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
Parsed = str | int | bool | dt.date | None

TEXT_KINDS = frozenset({Kind.TEXT, Kind.REMARKS, Kind.ID, Kind.AUTHORITY_CODE, Kind.CHILD_CODE})
"""Kinds whose cells must be text; an integer is taken as its digits."""
_CODES_OF_KINDS = {
    Kind.DATE: "CELL_NOT_DATE",
    Kind.MONTH: "CELL_NOT_MONTH",
    Kind.DATE_OR_MONTH: "CELL_NOT_DATE",
    Kind.FISCAL_YEAR: "CELL_NOT_YEAR",
    Kind.INTEGER: "CELL_NOT_INTEGER",
    Kind.YEN: "CELL_NOT_INTEGER",
    Kind.DECIMAL: "CELL_NOT_DECIMAL",
    Kind.HOURS: "CELL_NOT_HOURS",
    Kind.YES_NO: "CELL_NOT_YES_NO",
    Kind.SHARE: "CELL_NOT_SHARE",
    Kind.ELIGIBLE_RULE: "CELL_NOT_RULE",
    Kind.CODE: "CELL_UNKNOWN_CODE",
}
"""The problem code of a cell that can't be read as its column's kind."""
_YES = {"○", "◯", "〇", "1", "true", "はい", "yes"}
_NO = {"×", "✕", "✗", "0", "false", "いいえ", "no"}
_HOURS = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?")
_DECIMAL = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_DIGITS = re.compile(r"(\d{1,9})(?:\.(\d+))?")
_INTEGER = re.compile(r"(-?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4}))(?:\.0+)?")
_YEN_UNITS = {"千": 10**3, "万": 10**4, "億": 10**8}
_YEN = re.compile(
    r"(?P<minus>-?)[¥\\]?\s*(?P<number>-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?)\s*"
    r"(?:(?P<unit>[千万億]?)円)?"
)
"""A yen sign is a backslash on many Japanese keyboards."""
_SHARE = re.compile(r"(\d{1,6})\s*/\s*(\d{1,6})")
_RENT_RULE = re.compile(
    r"(?:months_of_rent:(\d+)|家賃(\d+)[かヵヶケカ箇]月分まで|(\d+) months? of rent)(?::(.*))?"
)
_WAVES = str.maketrans({"〜": "~"})
SECONDS_IN_HOUR = 3600
_CLOCK = re.compile(r"(?P<day>.+?)[ T](?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)")
_OF_NAMES = ("CJK ", "IDEOGRAPHIC ", "HIRAGANA ", "KATAKANA", "HENTAIGANA ")
"""The Unicode names of the scripts of Japanese names; a code has none of these."""
MOST_HOURS = 1000
"""More digits than weekly hours can have."""


class CellError(ValueError):
    """A cell that can't be read: the problem code, and the values of its message."""

    def __init__(self, code: str, **values: Value) -> None:
        self.code, self.values = code, values
        super().__init__(f"{code}: {values}")


def is_blank(cell: Cell) -> bool:
    """Return whether a cell holds only white space and invisible characters."""
    if not isinstance(cell, str):
        return cell is None
    return not ("!" <= cell[:1] <= "~" or clean(cell))


def parse(cell: Cell, column: Column) -> Parsed:
    """Read a cell that is not blank as its column's kind. Raises CellError."""
    if isinstance(cell, float) and not math.isfinite(cell):
        raise CellError("CELL_NOT_NUMBER", value=str(cell))
    try:
        if column.kind in _COLUMN_PARSERS:
            return _COLUMN_PARSERS[column.kind](cell, column)
        value = _PARSERS[column.kind](cell)
    except CellError:
        raise
    except (ValueError, OverflowError) as error:
        code = _CODES_OF_KINDS[column.kind]
        raise CellError(code, value=shown(cell), **_allowed(column)) from error
    if isinstance(value, str) and (longest := column.longest) and len(value) > longest:
        raise CellError("TOO_LONG", found=len(value), limit=longest)
    return value


def _allowed(column: Column) -> dict[str, Value]:
    """Return what the message for an unreadable cell says about its column."""
    if column.kind is Kind.DECIMAL:
        return {"decimals": column.decimals}
    return {"codes": list(column.codes.values())} if column.codes else {}


def shown(cell: Cell) -> str:
    """Format a cell for a message, shortened if it is long.

    A zero formatted as a date is read as midnight; Excel shows it as a day before the first.
    """
    if cell == dt.time():
        return "0(1900/1/0)"
    return shortened(_text(cell))


def _text(cell: Cell, *, lines: bool = False) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return clean(str(cell), lines=lines)


def _text_or_number(cell: Cell) -> Cell:
    """Return the cell unchanged. Raises CellError if Excel turned it into a date or the like."""
    for kind, code in _NO_TEXT:
        if isinstance(cell, kind):
            raise CellError(code, value=shown(cell))
    return cell


_NO_TEXT: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "CELL_IS_BOOLEAN"),
    (dt.date, "CELL_IS_DATE"),
    ((dt.time, dt.timedelta), "CELL_IS_TIME"),
)


def _line(cell: Cell) -> str:
    return _text(_text_or_number(cell))


def _id(cell: Cell) -> str:
    text = folded(_text_or_number(cell))
    if odd := unprintable(text):
        characters = list(dict.fromkeys(label(character) for _, character in odd))
        raise CellError("CELL_NOT_PRINTED", value=shown(cell), characters=characters)
    return text


def folded(cell: Cell) -> str:
    """Normalise a cell's text by NFKC: full-width letters and digits become half-width."""
    return unicodedata.normalize("NFKC", _text(cell)).strip()


def _child_code(cell: Cell) -> str:
    """Read a code. Raises CellError if it may be a name, with kanji, kana or a space."""
    text = _id(cell)
    if any(sign.isspace() or unicodedata.name(sign, "").startswith(_OF_NAMES) for sign in text):
        raise CellError("CHILD_CODE_IS_NAME", value=shown(cell))
    return text


def _figures(cell: Cell) -> str:
    return plain_figures(_text(cell))


def _authority_code(cell: Cell) -> str:
    """Read a code of six digits; a sheet that stores it as a number drops its leading zero.

    In five other digits the check digit was left out.
    """
    text = _id(cell)
    if not text.isdigit():
        return text
    code = text.zfill(6)
    if len(text) == 5 and not has_right_check_digit(code):
        raise CellError("CODE_OF_FIVE_DIGITS", value=text, six=with_check_digit(text))
    return code


def _code(cell: Cell, column: Column) -> str:
    typed = _code_key(folded(cell))
    codes = column.codes or {}
    for code, words in (*codes.items(), *FORMER_WORDS.items()):
        if code in codes and typed in (code, _code_key(unicodedata.normalize("NFKC", words))):
            return code
    raise ValueError(cell)


def _code_key(text: str) -> str:
    return "".join(text.translate(_WAVES).casefold().split())


def _date(cell: Cell, column: Column) -> dt.date:
    if isinstance(cell, dt.datetime):
        if cell.time() != dt.time():
            day = cell.date().isoformat()
            raise CellError("CELL_DAY_WITH_TIME", value=shown(cell), day=day)
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if not isinstance(cell, str):
        raise ValueError(cell)  # noqa: TRY004 - a cell's content is a value
    try:
        return calendar.parse_date(clean(cell))
    except calendar.NoSuchDayError as error:
        last = error.last.isoformat()
        raise CellError("CELL_NO_SUCH_DAY", value=shown(cell), last=last) from error
    except ValueError as error:
        return _day_meant(_figures(cell), column, error)


def _day_meant(text: str, column: Column, error: ValueError) -> dt.date:
    """Read a month if one will do; otherwise suggest the day that is meant. Raises CellError."""
    if with_time := _CLOCK.fullmatch(text):
        code, meant = "CELL_DAY_WITH_TIME", calendar.parse_date(with_time["day"])
    else:
        code, meant = "CELL_IS_MONTH", calendar.parse_month(text)
        if column.kind is Kind.DATE_OR_MONTH:
            return meant
        meant = calendar.month_end(meant) if column.is_last_day else meant
    raise CellError(code, value=text, day=meant.isoformat()) from error


def _month(cell: Cell) -> dt.date:
    if isinstance(cell, dt.date):
        return dt.date(cell.year, cell.month, 1)
    if isinstance(cell, str):
        return calendar.parse_month(clean(cell))
    raise ValueError(cell)


def _fiscal_year(cell: Cell) -> int:
    return calendar.parse_fiscal_year(_text(cell))


def _integer(cell: Cell) -> int:
    found = _INTEGER.fullmatch(_figures(cell).replace("−", "-"))
    if found is None or isinstance(cell, dt.date):
        raise ValueError(cell)
    return int(found[1].replace(",", ""))


def _yen(cell: Cell) -> int:
    """Read an amount, with or without its sign or unit: ¥1,200,000, 1,200,000円, 120万円."""
    if not isinstance(cell, str):
        return _integer(cell)
    found = _YEN.fullmatch(_figures(cell).replace("−", "-"))
    if found is None:
        raise ValueError(cell)
    number = found["minus"] + found["number"]
    if not found["unit"]:
        return _integer(number)
    amount = Fraction(number.replace(",", "")) * _YEN_UNITS[found["unit"]]
    return _integer(str(amount))  # of a part of a yen a fraction, which it refuses


def _decimal(cell: Cell, column: Column) -> str:
    """Read a non-negative number, with its digits as given; Excel holds fifteen."""
    text = f"{cell:.15g}" if isinstance(cell, float) else _figures(cell)
    found = _DIGITS.fullmatch(text)
    if found is None or len(found[2] or "") > column.decimals:
        raise ValueError(cell)
    return f"{int(found[1])}.{found[2]}" if found[2] else str(int(found[1]))


def _hours(cell: Cell) -> int:
    """Read hours as whole seconds; a calculated number is taken as its cell shows it."""
    if isinstance(cell, dt.timedelta):
        return _seconds(Fraction(cell // dt.timedelta(microseconds=1), 1_000_000))
    if isinstance(cell, dt.time):
        return _seconds(
            (cell.hour * 60 + cell.minute) * 60 + cell.second + Fraction(cell.microsecond, 10**6)
        )
    text = f"{cell:.9f}" if isinstance(cell, float) else _figures(cell)
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
    found = _SHARE.fullmatch(_figures(cell))
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
    months = int(found[1] or found[2] or found[3])
    return f"months_of_rent:{months}:{(found[4] or '').strip()}"


_COLUMN_PARSERS: dict[Kind, Callable[[Cell, Column], Parsed]] = {
    Kind.CODE: _code,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.DATE_OR_MONTH: _date,
}
_PARSERS: dict[Kind, Callable[[Cell], Parsed]] = {
    Kind.TEXT: _line,
    Kind.REMARKS: lambda cell: _text(_text_or_number(cell), lines=True),
    Kind.ID: _id,
    Kind.AUTHORITY_CODE: _authority_code,
    Kind.CHILD_CODE: _child_code,
    Kind.MONTH: _month,
    Kind.FISCAL_YEAR: _fiscal_year,
    Kind.INTEGER: _integer,
    Kind.YEN: _yen,
    Kind.HOURS: _hours,
    Kind.YES_NO: _yes_no,
    Kind.SHARE: _share,
    Kind.ELIGIBLE_RULE: _eligible_rule,
}


def hours_text(seconds: int) -> str:
    """Format seconds as hours: 139500 is "38.75", 26400 is "7:20"."""
    minutes, rest = divmod(seconds, 60)
    if seconds % 36 == 0:
        return f"{seconds // SECONDS_IN_HOUR}.{seconds % SECONDS_IN_HOUR // 36:02d}".rstrip(
            "0"
        ).rstrip(".")
    clock = f"{minutes // 60}:{minutes % 60:02d}"
    return f"{clock}:{rest:02d}" if rest else clock
