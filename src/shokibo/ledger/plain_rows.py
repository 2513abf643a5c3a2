"""A ledger's rows as plain JSON values, under the ledger's column names, and back."""

import datetime as dt
from collections.abc import Iterable, Mapping

import polars as pl

from shokibo.ledger.model import Ledger, ledger_of
from shokibo.ledger.raw import ROW
from shokibo.ledger.tables import BY_NAME

PlainRow = dict[str, str | int | bool | None]


def plain_rows(ledger: Ledger, tables: Iterable[str]) -> dict[str, list[PlainRow]]:
    """Convert the rows of some tables, in order; days become ISO strings, blanks None."""
    return {
        name: [
            {
                column: value.isoformat() if isinstance(value, dt.date) else value
                for column, value in row.items()
                if column != ROW
            }
            for row in ledger[name].iter_rows(named=True)
        ]
        for name in tables
    }


def ledger_from_plain_rows(rows: Mapping[str, list[PlainRow]]) -> Ledger:
    """Restore a ledger from rows converted by `plain_rows`.

    Rows outlive the program that wrote them: missing tables and columns are empty, and those that
    are no longer declared are ignored.
    """
    frames = {}
    for name in filter(BY_NAME.__contains__, rows):
        schema = BY_NAME[name].schema
        days = [column for column, dtype in schema.items() if dtype == pl.Date()]
        written = pl.DataFrame(rows[name], {**schema, **dict.fromkeys(days, pl.String())})
        frames[name] = written.with_columns(pl.col(days).str.to_date("%Y-%m-%d"))
    return ledger_of(frames)
