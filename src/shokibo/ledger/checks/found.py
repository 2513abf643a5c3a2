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
                yield from at_rows(ledger, check.entry, table, check.column, rows)


def at_rows(
    ledger: Ledger, what: Entry, table: str, column: str, rows: pl.DataFrame
) -> Iterator[Finding]:
    """Give a finding at a column of each row; the values are those the entry's words name."""
    for row in rows.iter_rows(named=True):
        yield at_row(ledger, what, table, column, row)


def at_row(ledger: Ledger, what: Entry, table: str, column: str, row: Mapping[str, Any]) -> Finding:
    """Give a finding at a column of one row."""
    values = {name: plain(value) for name, value in row.items() if _named(what, name)}
    return ledger.finding(what, table, row[ROW], column, **values)


def _named(what: Entry, name: str) -> bool:
    mark = "{" + name + "}"
    return any(mark in words for text in (what.found, what.remedy) for words in (text.ja, text.en))


def plain(value: object) -> Value:
    """Make a cell's value fit for a finding: dates become ISO text."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return [part.isoformat() if isinstance(part, dt.date) else part for part in value]
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(value)


def overlap(first: str, last: str, other_first: str, other_last: str) -> pl.Expr:
    """Tell whether two spans of days share one; a blank end is open."""
    begins = pl.col(first).is_null() | pl.col(other_last).is_null()
    ends = pl.col(last).is_null() | pl.col(other_first).is_null()
    return (begins | (pl.col(first) <= pl.col(other_last))) & (
        ends | (pl.col(other_first) <= pl.col(last))
    )
