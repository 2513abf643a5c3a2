"""From a frame of rows that are wrong to located findings."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from shokibo.ledger.findings import Entry, Finding, Severity, Value
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.texts import Text
from shokibo.wording import names_in


def entry(code: str, severity: Severity, found: Text, remedy: Text, source: str = "") -> Entry:
    """Make an entry of a catalogue."""
    return Entry(code, severity, found, remedy, source)


@dataclass(frozen=True)
class RowCheck:
    """A check that looks at one row alone: rows where `wrong` is true, told at `column`."""

    entry: Entry
    table: str
    column: str
    wrong: pl.Expr


def check_rows(ledger: Ledger, checks: Sequence[RowCheck]) -> Iterator[Finding]:
    """Run row checks, each table looked at once; a wrong row's own columns are the values."""
    for table in dict.fromkeys(check.table for check in checks):
        of_table = [check for check in checks if check.table == table]
        marked = (
            ledger[table]
            .lazy()
            .select(
                check.wrong.fill_null(value=False).alias(str(number))
                for number, check in enumerate(of_table)
            )
        )
        flags = marked.collect()
        for number, check in enumerate(of_table):
            flag = flags[str(number)]
            if flag.any():
                rows = ledger[table].filter(flag)
                yield from findings_at(ledger, check.entry, table, check.column, rows)


def findings_at(
    ledger: Ledger, what: Entry, table: str, column: str, rows: pl.DataFrame
) -> Iterator[Finding]:
    """Give a finding at a column of each row; the values are those the entry's words name.

    `unit_name`, `home_name` and `unit_home_name` are those of its unit_id, home_id and unit_home.
    """
    for row in _named(ledger, what, rows).iter_rows(named=True):
        yield finding_at(ledger, what, table, column, row)


def finding_at(
    ledger: Ledger, what: Entry, table: str, column: str, row: Mapping[str, Any]
) -> Finding:
    """Give a finding at a column of one row."""
    names = names_in(what.found) | names_in(what.remedy)
    names |= {key for name, key in _KEYS.items() if name in names}
    values = {name: json_value(value) for name, value in row.items() if name in names}
    return ledger.finding(what, table, row[ROW], column, **values)


_KEYS = {"unit_name": "unit_id", "home_name": "home_id", "unit_home_name": "unit_home"}


def _named(ledger: Ledger, what: Entry, rows: pl.DataFrame) -> pl.DataFrame:
    """Add the names of units and homes of which the words speak, an id where there is no name."""
    spoken_of = names_in(what.found) | names_in(what.remedy)
    for name, key in _KEYS.items():
        if name in spoken_of and name not in rows.columns:
            table, of = ("units", "unit_id") if name == "unit_name" else ("homes", "home_id")
            names = ledger[table].select(pl.col(of).alias(key), pl.col("name").alias(name))
            rows = rows.join(names, on=key, how="left", maintain_order="left").with_columns(
                pl.coalesce(name, key)
            )
    return rows


def json_value(value: object) -> Value:
    """Make a cell's value fit for a finding: dates become ISO text."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return [part.isoformat() if isinstance(part, dt.date) else part for part in value]
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(value)


def spans_overlap(first: str, last: str, other_first: str, other_last: str) -> pl.Expr:
    """Tell whether two spans of days share one; a blank end is open."""
    begins = pl.col(first).is_null() | pl.col(other_last).is_null()
    ends = pl.col(last).is_null() | pl.col(other_first).is_null()
    return (begins | (pl.col(first) <= pl.col(other_last))) & (
        ends | (pl.col(other_first) <= pl.col(last))
    )
