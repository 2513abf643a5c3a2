"""Checks of days that can't be meant: 9999-12-31, or a zero that Excel shows as a day."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from shokibo import calendar
from shokibo.ledger.checks.located import findings_at
from shokibo.ledger.columns import Table
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.tables import TABLES
from shokibo.texts import Text

DATE_IMPLAUSIBLE = Entry(
    "DATE_IMPLAUSIBLE",
    "warning",
    Text("「{header}」が{found:day}です。", "{header} is {found:day}."),
    Text(
        "日付を確かめてください。期限や終わりがなければ、空欄にします。",
        "Check the day; leave it blank if there is no end.",
    ),
)
_FIRST = calendar.fiscal_year_start(calendar.ERA_YEARS[0])
_LAST = calendar.fiscal_year_end(calendar.ERA_YEARS[-1])


def days(ledger: Ledger, table: Table) -> Iterator[Finding]:
    """Find a table's days outside the fiscal years that have an era."""
    dated = {c.name: c.header for c in table.columns if c.kind.dtype == pl.Date()}
    frame = ledger[table.name]
    implausible = frame.select(~pl.col(list(dated)).is_between(_FIRST, _LAST))
    for column, header in dated.items():
        if implausible[column].any():
            rows = frame.filter(implausible[column]).with_columns(
                header=pl.lit(header), found=pl.col(column)
            )
            yield from findings_at(ledger, DATE_IMPLAUSIBLE, table.name, column, rows)


CHECKS = tuple(partial(days, table=table) for table in TABLES)
ENTRIES = (DATE_IMPLAUSIBLE,)
