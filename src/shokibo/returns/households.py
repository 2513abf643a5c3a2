"""R9: a household counts once on form 2, even if it continues as another unit.

Form 1 sees only what is open on 30 April, and so each unit by itself.
"""

import polars as pl

from shokibo.law import register
from shokibo.law.reference_date import reference_date
from shokibo.ledger.chains import households
from shokibo.ledger.model import Ledger
from shokibo.returns.counted import Period


def chains(ledger: Ledger, period: Period) -> pl.DataFrame:
    """Return the household of every unit and its place in it, as a form sees them."""
    if period.number == 1:
        return ledger["units"].select("unit_id", household="unit_id", place=pl.lit(0, pl.Int64))
    return households(ledger)


def last_of_each(units: pl.DataFrame) -> pl.DataFrame:
    """Return the last unit of each household, in the order of the units."""
    return units.filter(pl.col("place") == pl.col("place").max().over("household"))


def dispersal_by_household(counting: pl.DataFrame, of_units: pl.DataFrame) -> pl.DataFrame:
    """Per household: `certified`, and the start month of the latest certified, else of the latest.

    `of_units` as `chains`. Columns of the result: household, certified, start_month,
    application_id.
    """
    return (
        counting.filter(pl.col("addon") == "dispersal")
        .join(of_units, on="unit_id", maintain_order="left")
        .sort("certified", maintain_order=True)
        .group_by("household", maintain_order=True)
        .agg(pl.col("certified", "start_month", "application_id").last())
    )


def on_reference_days(
    ledger: Ledger, counted: pl.DataFrame, of_units: pl.DataFrame, kinds: pl.Series, year: int
) -> pl.DataFrame:
    """Return the unit as which each household lives on its reference date, with as_of.

    Its units of other kinds than `kinds` are left aside. The date is never before the first of
    them opens; between two of them it is the day on which the later opens.
    """
    members = (
        register.units(ledger)
        .filter(pl.col("kind").is_in(kinds.implode()))
        .collect()
        .join(of_units, on="unit_id", maintain_order="left")
        .join(counted.select("household", "start_month"), on="household")
    )
    first_opening = pl.col("opened_on").min().over("household")
    day = members.with_columns(opened_on=first_opening).select(reference_date(pl.lit(year)))
    dated = members.with_columns(day=day.to_series())
    lives, later = register.open_on(pl.col("day")), pl.col("opened_on") > pl.col("day")
    return (
        dated.with_columns(
            choice=pl.when(lives).then(0).when(later).then(1).otherwise(2),
            order=pl.when(later).then("place").otherwise(-pl.col("place")),
            as_of=pl.max_horizontal("day", "opened_on"),
        )
        .sort("choice", "order")
        .unique("household", keep="first", maintain_order=True)
        .drop("choice", "order", "day", "place", "start_month")
    )
