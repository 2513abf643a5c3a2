"""Add-ons that ran to the end of the previous year and were not applied for again."""

import datetime as dt

import polars as pl

from shokibo import calendar
from shokibo.law import register
from shokibo.ledger.chains import households
from shokibo.ledger.model import Ledger
from shokibo.returns.counted import FormNumber, applications, period_of

_OWNER = pl.when(pl.col("addon") == "backup").then("home_id").otherwise("household")


def not_applied_again(ledger: Ledger, year: int, counting: FormNumber = 1) -> pl.DataFrame:
    """Return the last application for each add-on that ran on to 31 March and has none this year.

    Its unit or home is open on 30 April; a household as whichever unit it lives then. An
    application of this year counts as on form 1; as on form 2 whenever it was made. Columns: those
    of the applications; household, and unit_id, the unit that is open (both null for a backup
    add-on); whose.
    """
    of_units = households(ledger)
    last_year = ledger["applications"].filter(
        (pl.col("fiscal_year") == year - 1)
        & (pl.col("decision") == "certified")
        & (pl.col("ended_on").fill_null(dt.date.max) >= dt.date(year, 3, 31))
    )
    ran_on, again = (
        frame.join(of_units.drop("place"), on="unit_id", how="left", maintain_order="left")
        .with_columns(owner=_OWNER)
        .drop_nulls("owner")
        for frame in (last_year, applications(ledger, period_of(counting, year)))
    )
    is_open = register.open_on(pl.lit(calendar.end_of_april(year)))
    units = (
        register.units(ledger)
        .filter(is_open)
        .collect()
        .join(of_units, on="unit_id", maintain_order="left")
        .sort("place")
        .unique("household", keep="last")
        .select(
            *("household", "unit_id", "home_id"),
            whose=pl.format("「{}」「{}」", "home_name", "name"),
        )
    )
    homes = register.homes(ledger).filter(is_open).collect()
    lapsed = (
        ran_on.join(again, on=["addon", "owner"], how="anti")
        .sort("applied_on", "application_id", nulls_last=False)
        .unique(["addon", "owner"], keep="last", maintain_order=True)
    )
    backup = lapsed.filter(pl.col("addon") == "backup").join(
        homes.select("home_id", whose=pl.format("「{}」", "name")), on="home_id"
    )
    dispersal = lapsed.filter(pl.col("addon") == "dispersal").drop("unit_id", "home_id")
    found = pl.concat([dispersal.join(units, on="household"), backup], how="diagonal")
    return found.drop("owner").sort("_row")
