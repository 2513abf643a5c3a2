"""The costs that hold in a year, and the eligible part of an amount."""

from collections.abc import Mapping
from fractions import Fraction

import polars as pl

RENT_RULE = "months_of_rent"
ADDON_BASES = {"extra_staff_month": "dispersal", "backup_month": "backup"}
"""The bases that are person-months, and the add-on certified for each."""


def opening_costs(costs: pl.DataFrame) -> pl.DataFrame:
    """Return the plan's own costs, without the prices of certified add-ons.

    A blank basis means a group home that is opened.
    """
    filled = costs.with_columns(basis=pl.col("basis").fill_null("opened_home"))
    return filled.filter(~pl.col("basis").is_in(list(ADDON_BASES)))


def addon_prices(costs: pl.DataFrame) -> pl.DataFrame:
    """Return the monthly prices of certified add-ons."""
    return costs.filter(pl.col("basis").is_in(list(ADDON_BASES)) & (pl.col("timing") == "annual"))


def costs_of(costs: pl.DataFrame, year: int) -> pl.DataFrame:
    """Return the costs that hold in a year: for each item the latest not after it, in ledger order.

    A one-off of the year itself (basis year, initial) is paid only in the year of its row.
    """
    key = ["authority_code", "item", "account", "timing", "basis"]
    once = (pl.col("basis") == "year") & (pl.col("timing") == "initial")
    since = pl.col("fiscal_year")
    latest = since.filter(since <= year).max().over(key)
    return costs.filter((since == latest) & (~once | (since == year)))


def annual_rents(costs: pl.DataFrame) -> dict[str, int]:
    """Return the annual items with their amounts; a months-of-rent rule names one of them."""
    annual = costs.filter(pl.col("timing") == "annual")
    return dict(annual.select("item", "amount").iter_rows())


def eligible_part(
    rule: str | None, amount: int, count: int, rents: Mapping[str, int | Fraction]
) -> tuple[Fraction, bool]:
    """Return the eligible part of an amount, and whether it is based on months of rent.

    Without a rule nothing is eligible.
    """
    if rule == "full":
        return Fraction(amount), False
    if rule is None or rule == "none":
        return Fraction(0), False
    _, months, item = rule.split(":", 2)
    monthly = Fraction(rent_of(item, rents) or 0, 12)
    return min(Fraction(amount), int(months) * monthly * count), True


def rent_of(item: str, rents: Mapping[str, int | Fraction]) -> int | Fraction | None:
    """Find the annual item that a months-of-rent rule names; a single one need not be named."""
    if not item and len(rents) == 1:
        return next(iter(rents.values()))
    return rents.get(item)
