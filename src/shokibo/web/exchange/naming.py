"""Names of an import's rows: homes and units by name, days and codes in words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from shokibo.law.own_values import meaning_of
from shokibo.ledger.cells import hours_text
from shokibo.ledger.columns import Column, Kind, Table
from shokibo.ledger.formatting import display_value
from shokibo.ledger.model import Ledger
from shokibo.ledger.tables import BY_NAME
from shokibo.texts import Text
from shokibo.web.base.language import all_in_both, written_in_both
from shokibo.web.base.words import as_text, month, nendo, wareki
from shokibo.web.exchange.models import LONGEST_NAME

_OWNERS = {"home_id": "homes", "unit_id": "units"}
_ACTION_KEY = ("home_id", "fiscal_year", "action", "unit_id")
_OWN_VALUE = BY_NAME["parameters"].column("name")
Names = Mapping[str, Mapping[str, str]]


def names_of(*ledgers: Ledger) -> Names:
    """Return the names of homes and units by id; later ledgers take precedence."""
    return {
        column: {
            row[column]: row["name"]
            for ledger in ledgers
            for row in ledger[table].select(column, "name").iter_rows(named=True)
            if row["name"]
        }
        for column, table in _OWNERS.items()
    }


def name_of(table: Table, row: Mapping[str, Any], names: Names) -> Text:
    """Name a row by its key."""
    return named(table, [row], names)[0]


def named(table: Table, rows: Sequence[Mapping[str, Any]], names: Names) -> list[Text]:
    """Name each of many rows by its key."""
    key = [table.column(name) for name in table.key or _ACTION_KEY]
    key = key if len(key) == 1 else [one for one in key if one.name != "authority_code"]

    def words(column: Column) -> list[str]:
        values, known = [row[column.name] for row in rows], names.get(column.name, {})
        written = {
            value: known.get(value) or value_in_words(column, value) for value in set(values)
        }
        return [written[value] for value in values]

    def write() -> list[str]:
        parts = zip(*map(words, key), strict=True)
        return [" ".join(filter(None, each))[:LONGEST_NAME] for each in parts]

    return all_in_both(write)


def with_sheet(table: str, name: Text) -> Text:
    """Name a row after its table."""
    sheet = written_in_both(lambda: _(BY_NAME[table].sheet))
    return Text(f"{sheet.ja} {name.ja}", f"{sheet.en} {name.en}")


def value_in_words(column: Column, value: Any) -> str:
    """Format a value of the ledger in the page's language; days may be JSON text."""
    if value is None:
        return ""
    if column.kind is Kind.FISCAL_YEAR:
        return nendo(value)
    if column.kind is Kind.HOURS:
        return hours_text(value)
    if column.kind in (Kind.MONTH, Kind.DATE, Kind.DATE_OR_MONTH):
        day = dt.date.fromisoformat(value) if isinstance(value, str) else value
        return month(day) if column.kind is Kind.MONTH else wareki(day)
    if column is _OWN_VALUE:
        return as_text(meaning_of(value))
    text = f"{value:,}" if column.kind is Kind.YEN else str(display_value(column, value))
    return _(text) if column.codes is not None else text
