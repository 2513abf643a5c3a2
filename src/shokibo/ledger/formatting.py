"""Format values: for people in a workbook, for programs in a CSV file."""

import datetime as dt
from collections.abc import Callable

import polars as pl

from shokibo import calendar
from shokibo.ledger.cells import hours_text
from shokibo.ledger.columns import Column, Kind
from shokibo.texts import Language

_ERA_YEARS = range(1927, 2100)
"""Years that are written with their era; others, which are typing errors, stay as they are."""
_YES_NO = {True: "○", False: "×"}


def column_texts(column: Column, frame: pl.DataFrame) -> list[str | None]:
    """Format a column for programs: English codes, ISO dates, integers."""
    return [None if value is None else _plain(column.kind, value) for value in frame[column.name]]


def _plain(kind: Kind, value: object) -> str:
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, dt.date):
        return value.isoformat()[:7] if kind is Kind.MONTH else value.isoformat()
    if kind is Kind.HOURS and isinstance(value, int):
        return hours_text(value)
    return str(value)


def display_value(column: Column, value: object) -> str | int | float | dt.date | None:
    """Format a value for people: Japanese labels, 令和4年度, numbers and dates as such."""
    if value is None or isinstance(value, dt.date):
        return value
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, int):
        if column.kind is Kind.FISCAL_YEAR and value in _ERA_YEARS:
            return calendar.fiscal_year_label(value)
        if column.kind is not Kind.HOURS:
            return value
        text = hours_text(value)
        return text if ":" in text else float(text)
    text = str(value)
    return column.codes[text] if column.codes else _OF_TEXTS.get(column.kind, str)(text)


def _number(text: str) -> str | int | float:
    """Return a decimal as a number; as text if it ends in zeros, which a number would lose."""
    if "." not in text:
        return int(text)
    return text if text.endswith("0") else float(text)


def rule_label(rule: str, language: Language = "ja") -> str:
    """Format an eligibility rule as typed: 家賃2か月分まで:項目, 2 months of rent: item."""
    if rule in ("full", "none"):
        return {"full": "全額", "none": "対象外"}[rule] if language == "ja" else rule
    _, months, item = rule.split(":", 2)
    if language == "en":
        return f"{months} month{'' if months == '1' else 's'} of rent" + (item and f": {item}")
    return f"家賃{months}か月分まで" + (item and f":{item}")


_OF_TEXTS: dict[Kind, Callable[[str], str | int | float]] = {
    Kind.DECIMAL: _number,
    Kind.ELIGIBLE_RULE: rule_label,
}
"""How values stored as text are formatted."""
