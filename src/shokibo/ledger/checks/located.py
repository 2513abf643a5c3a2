"""Make located findings for the wrong rows of a frame."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from shokibo.ledger.findings import Entry, Finding, Value
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.wording import names_in

_KEYS = {"unit_name": "unit_id", "home_name": "home_id", "unit_home_name": "unit_home"}
"""The columns whose ids a message shows by name."""


@dataclass(frozen=True)
class RowCheck:
    """A check of single rows: those where `wrong` is true are reported at `column`."""

    entry: Entry
    table: str
    column: str
    wrong: pl.Expr


def check_rows(ledger: Ledger, checks: Sequence[RowCheck]) -> Iterator[Finding]:
    """Run row checks in one pass per table; a finding's values are the columns of the wrong row."""
    for table in dict.fromkeys(check.table for check in checks):
        table_checks = [check for check in checks if check.table == table]
        flags = ledger[table].select(
            check.wrong.fill_null(value=False).alias(str(number))
            for number, check in enumerate(table_checks)
        )
        for number, check in enumerate(table_checks):
            flag = flags[str(number)]
            if flag.any():
                rows = ledger[table].filter(flag)
                yield from findings_at(ledger, check.entry, table, check.column, rows)


def findings_at(
    ledger: Ledger, what: Entry, table: str, column: str, rows: pl.DataFrame
) -> Iterator[Finding]:
    """Make a finding at a column of each row; its values are those used in the message.

    `unit_name`, `home_name` and `unit_home_name` are those of its unit_id, home_id and unit_home,
    or the id if there is no name.
    """
    if rows.is_empty():
        return
    mentioned = names_in(what.found) | names_in(what.remedy)
    for name, key in _KEYS.items():
        if name in mentioned and name not in rows.columns:
            named, own_key = ("units", "unit_id") if name == "unit_name" else ("homes", "home_id")
            names = ledger[named].select(pl.col(own_key).alias(key), pl.col("name").alias(name))
            rows = rows.join(names, on=key, how="left", maintain_order="left").with_columns(
                pl.coalesce(name, key)
            )
    for row in rows.iter_rows(named=True):
        yield finding_at(ledger, what, table, column, row)


def finding_at(
    ledger: Ledger, what: Entry, table: str, column: str, row: Mapping[str, Any]
) -> Finding:
    """Make a finding at a column of one row."""
    names = names_in(what.found) | names_in(what.remedy)
    names |= {key for name, key in _KEYS.items() if name in names}
    values = {name: json_value(value) for name, value in row.items() if name in names}
    return ledger.finding(what, table, row[ROW], column, **values)


def json_value(value: object) -> Value:
    """Convert a cell's value for a finding: dates become ISO strings."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return [part.isoformat() if isinstance(part, dt.date) else part for part in value]
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(value)


def spans_overlap(first: str, last: str, other_first: str, other_last: str) -> pl.Expr:
    """Return whether two spans of days overlap; a blank end is open."""
    begins = pl.col(first).is_null() | pl.col(other_last).is_null()
    ends = pl.col(last).is_null() | pl.col(other_first).is_null()
    return (begins | (pl.col(first) <= pl.col(other_last))) & (
        ends | (pl.col(other_first) <= pl.col(last))
    )


def begun_too_early(
    ledger: Ledger, table: str, key: Sequence[str], first: str, last: str
) -> pl.DataFrame:
    """Select rows that begin while an earlier one with the same key lasts; a blank end is open.

    Columns in addition to the table's: `other`, the place of the one that lasts the longest, and
    `day_before`, the day before the row begins. Rows that end before they begin are left out.
    """
    ends = pl.col(last).fill_null(dt.date.max)
    longest = ends.cum_max()
    holder = pl.when(ends == longest).then(pl.col(ROW)).forward_fill()
    place = pl.col("other").map_elements(
        lambda row: ledger.place(table, row, key[-1]), return_dtype=pl.String
    )
    return (
        ledger[table]
        .filter(ends >= pl.col(first))
        .sort(first, ROW)
        .with_columns(
            until=longest.shift().over(key),
            other=holder.shift().over(key),
            day_before=pl.col(first).dt.offset_by("-1d"),
        )
        .filter(pl.col("until") >= pl.col(first))
        .with_columns(place)
        .sort(ROW)
    )
