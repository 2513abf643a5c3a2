"""Whose plan, from which day, for which years."""

import datetime as dt

import polars as pl

from shokibo import calendar
from shokibo.ledger.model import Ledger

SCHEMA = {
    "authority_code": pl.String,
    "baseline_on": pl.Date,
    "from_year": pl.Int64,
    "to_year": pl.Int64,
}


class NoPlanError(Exception):
    """A ledger without a row in the plan table, and no years were given instead."""


def plan_spans(
    ledger: Ledger,
    *,
    baseline: dt.date | None = None,
    from_year: int | None = None,
    to_year: int | None = None,
) -> pl.DataFrame:
    """Return each authority's plan: authority_code, baseline_on, from_year, to_year.

    Days and years that are given replace the ledger's; if all are given, the ledger needs no plan
    row. A blank authority_code is that of the only authority. Raises NoPlanError.
    """
    given = {"baseline_on": baseline, "from_year": from_year, "to_year": to_year}
    plans = of_authorities(ledger, "plan").select(*SCHEMA)
    if plans.is_empty():
        if None in given.values():
            raise NoPlanError
        plans = ledger["authorities"].select(
            "authority_code",
            *(pl.lit(None, SCHEMA[name]).alias(name) for name in given),
        )
    return plans.with_columns(
        pl.lit(value, SCHEMA[name]).alias(name)
        for name, value in given.items()
        if value is not None
    ).drop_nulls()


def of_authorities(ledger: Ledger, table: str) -> pl.DataFrame:
    """Return a table with blank authority_code filled in: that of the only authority."""
    if not ledger[table]["authority_code"].null_count():
        return ledger[table]
    codes = ledger["authorities"]["authority_code"]
    only = codes[0] if codes.len() == 1 else None
    return ledger[table].with_columns(pl.col("authority_code").fill_null(pl.lit(only, pl.String)))


def baseline_year() -> pl.Expr:
    """Return the fiscal year in which a plan's baseline lies."""
    day = pl.col("baseline_on")
    before_april = (day.dt.month() < calendar.FIRST_MONTH).cast(pl.Int64)
    return day.dt.year().cast(pl.Int64) - before_april


def years_of(spans: pl.DataFrame) -> pl.DataFrame:
    """Return a row per plan and fiscal year whose end it shows: authority_code, fiscal_year."""
    years = [
        (code, year)
        for code, first, last in spans[["authority_code", "from_year", "to_year"]].iter_rows()
        for year in range(first, last + 1)
    ]
    return pl.DataFrame(years, {"authority_code": pl.String, "fiscal_year": pl.Int64}, orient="row")
