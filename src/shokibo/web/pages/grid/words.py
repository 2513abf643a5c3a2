"""The names of a grid's rows in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from shokibo.ledger.columns import Table
from shokibo.web.base.words import nendo


def row_place(table: Table, number: int, named: tuple[str, ...], names: Mapping[str, Any]) -> str:
    """Name a row: its table and number, or the names that identify it."""
    sheet = _(table.sheet)
    if not named:
        return _("%(sheet)s %(n)s行目") % {"sheet": sheet, "n": number}
    return f"{sheet} {nendo(names['fiscal_year'])} {row_head(table, named, names)}"


def row_head(table: Table, named: tuple[str, ...], names: Mapping[str, Any]) -> str:
    """Name a row within its year."""
    column = table.column(named[1])
    return _((column.codes or {})[names[column.name]])
