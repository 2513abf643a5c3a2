"""The register on a day: the open homes and units, and their capacities.

A unit is open only while its home is; a blank opening day means before the ledger begins.
"""

import datetime as dt

import polars as pl

from shokibo.engines import collected
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW

BEGINNING = dt.date.min
END = dt.date.max


def homes(ledger: Ledger) -> pl.LazyFrame:
    """Return the homes with their first and last open day, blanks replaced by distant days."""
    return (
        ledger["homes"]
        .lazy()
        .select("home_id", "name", "authority_code", *_days(), pl.col(ROW).alias("home_row"))
    )


def units(ledger: Ledger) -> pl.LazyFrame:
    """Return the units with the first and last day on which both they and their home are open."""
    of_home = homes(ledger).select(
        "home_row",
        "authority_code",
        home_opened="opened_on",
        home_closed="closed_on",
        home_name="name",
    )
    return (
        ledger["units"]
        .lazy()
        .select(
            *("unit_id", "home_id", "name", "kind"),
            *_days(),
            pl.col(ROW).alias("unit_row"),
            ledger.rows_of("units", "home_id"),
        )
        .join(of_home, on="home_row", how="left", maintain_order="left")
        .with_columns(
            opened_on=pl.max_horizontal("opened_on", "home_opened"),
            closed_on=pl.min_horizontal("closed_on", "home_closed"),
        )
        .drop("home_opened", "home_closed")
    )


def _days() -> list[pl.Expr]:
    return [pl.col("opened_on").fill_null(BEGINNING), pl.col("closed_on").fill_null(END)]


def open_on(day: pl.Expr) -> pl.Expr:
    """Return whether a home or unit is open on a day."""
    return (pl.col("opened_on") <= day) & (pl.col("closed_on") >= day)


def with_capacity(
    cases: pl.DataFrame, capacities: pl.DataFrame, unit: str = "unit_id"
) -> pl.LazyFrame:
    """Add the capacity in force on each case's day; null before the first one.

    `cases` has the column `unit` that identifies units in both frames, and as_of; the order of its
    rows is kept.
    """
    ordered = cases.lazy().with_row_index("_case")
    known = capacities.lazy().select(unit, "effective_from", "capacity")
    days = cases["as_of"].unique()
    if days.len() == 1:
        by, current = unit, known.with_columns(as_of=pl.lit(days.item(), pl.Date))
    else:
        of_cases = ordered.select(unit, "as_of", "_case")
        by, current = "_case", known.join(of_cases, on=unit)
    latest = (
        current.filter(pl.col("effective_from") <= pl.col("as_of"))
        .group_by(by)
        .agg(pl.col("capacity").max_by("effective_from"))
    )
    in_force = collected(latest, capacities.height).sort(by)
    return ordered.join(in_force.lazy(), on=by, how="left", maintain_order="left").drop("_case")
