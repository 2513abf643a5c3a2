"""R8: what is certified in each month of a fiscal year, and whether it holds."""

import polars as pl

from shokibo import calendar
from shokibo.law.certification import JudgedMonths, judged_months
from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger

_OWNERS = {"dispersal": "unit_id", "backup": "home_id"}


def certified_in(ledger: Ledger, addon: str, year: int) -> pl.LazyFrame:
    """Return the application that counts for each unit or home and month of a year.

    An application counts in a month if it is certified for the year, has begun, and has not ended
    before the month's last day; of several, the latest counts (by applied_on, then
    application_id). Columns: unit_id or home_id, month, certified_extra.
    """
    owner, month = _OWNERS[addon], pl.col("month")
    certified = ledger["applications"].filter(
        (pl.col("addon") == addon)
        & (pl.col("decision") == "certified")
        & (pl.col("fiscal_year") == year)
        & pl.col(owner).is_not_null()
    )
    lasting = pl.col("ended_on").is_null() | (pl.col("ended_on") >= month.dt.month_end())
    return (
        certified.lazy()
        .join(_months_of(year), how="cross")
        .filter((pl.col("start_month") <= month) & lasting)
        .sort("applied_on", "application_id", nulls_last=False)
        .group_by(owner, "month")
        .agg(pl.col("certified_extra").last())
    )


def months_of_year(ledger: Ledger, law: Law, year: int) -> JudgedMonths:
    """Judge each month of a year for units and homes with a certified month, in the ledger's order.

    `units`: unit_id, home_id, authority_code, month, certified_extra (0 in a month without; null
    if the application does not say), capacity, available_extra (both null while the unit is not
    open), holds (null if nothing is certified, or it can't be judged). `homes`: home_id,
    authority_code, month, certified, holds.
    """
    asked = (_all_months(ledger, addon, year) for addon in _OWNERS)
    judged = judged_months(ledger, law, *asked)
    extra = pl.col("certified_extra")
    allowed = (extra <= pl.col("available_extra")) & (extra <= pl.col("max_extra"))
    holds = pl.when("is_open").then(pl.col("eligible") & allowed).otherwise(False)
    units = judged.units.select(
        "unit_id",
        "home_id",
        "authority_code",
        "month",
        "certified_extra",
        "capacity",
        "available_extra",
        holds=pl.when(extra.ne_missing(0)).then(holds),
    )
    backup = pl.when("is_open").then("backup_eligible").otherwise(False)
    homes = judged.homes.select(
        "home_id", "authority_code", "month", "certified", holds=pl.when("certified").then(backup)
    )
    return JudgedMonths(units, homes)


def _all_months(ledger: Ledger, addon: str, year: int) -> pl.LazyFrame:
    """Return all twelve months of units or homes with a certified one: `certified`, and keys."""
    owner = _OWNERS[addon]
    table = {"unit_id": "units", "home_id": "homes"}[owner]
    found = certified_in(ledger, addon, year)
    extra = pl.when("certified").then("certified_extra").otherwise(0)
    return (
        ledger[table]
        .lazy()
        .select(owner)
        .join(found, on=owner, how="semi", maintain_order="left")
        .join(_months_of(year), how="cross", maintain_order="left_right")
        .join(
            found.with_columns(certified=True),
            on=[owner, "month"],
            how="left",
            maintain_order="left",
        )
        .with_columns(pl.col("certified").fill_null(value=False))
        .with_columns(certified_extra=extra)
    )


def _months_of(year: int) -> pl.LazyFrame:
    first, last = calendar.fiscal_year_start(year), calendar.fiscal_year_end(year)
    return pl.date_range(first, last, "1mo", eager=True).alias("month").to_frame().lazy()
