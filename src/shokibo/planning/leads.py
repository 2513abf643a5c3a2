"""What the group homes of a year cost according to their leads, once all are contracted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from shokibo.planning.events import GROUP_HOMES, Events

INITIAL_COSTS = ("initial_cost", "equipment_cost", "conversion_cost")
"""The columns of a lead with one-off costs, paid when it opens."""
RENT = "monthly_rent"
CONTRACTED = ("contracted", "opened")
"""The states of a lead whose amounts are settled."""
_ITEMS = {
    "initial_cost": re.compile("礼金|仲介|敷金"),
    "equipment_cost": re.compile("備品"),
    "conversion_cost": re.compile("改築|改修"),
    RENT: re.compile("家賃"),
}
"""The words that identify an item of the costs with a column of a lead."""


@dataclass(frozen=True)
class OwnAmounts:
    """The leads of the group homes opening in a year: their number, and the sum of each column.

    A column that any of them leaves blank is None: its items keep their amounts per home.
    """

    homes: int
    sums: Mapping[str, int | None]


def own_amounts(leads: pl.DataFrame, events: Events, first: int) -> dict[int, OwnAmounts]:
    """Return the amounts of the years, from the plan's first, in which every home is contracted.

    A lead counts in the year for which it is planned, once it is contracted or opened. A year is
    left out if it has more or fewer such leads than openings, or if any of its homes closes again.
    """
    if leads.is_empty():
        return {}
    born, died = pl.col("born"), pl.col("died")
    opened = events.units.filter((born >= first) & pl.col("kind").is_in(GROUP_HOMES))
    openings = (
        opened.group_by(planned_year="born")
        .agg(homes=pl.col("count").sum(), closes=died.is_not_null().any())
        .filter(~pl.col("closes"))
        .drop("closes")
    )
    sums = [
        pl.when(pl.col(column).is_not_null().all()).then(pl.col(column).sum()).alias(column)
        for column in (*INITIAL_COSTS, RENT)
    ]
    settled = (
        leads.filter(pl.col("state").is_in(CONTRACTED))
        .group_by("planned_year")
        .agg(pl.len().cast(pl.Int64).alias("homes"), *sums)
        .join(openings, on=["planned_year", "homes"])
    )
    return {
        row.pop("planned_year"): OwnAmounts(row.pop("homes"), row)
        for row in settled.sort("planned_year").iter_rows(named=True)
    }


def items_of_leads(costs: pl.DataFrame) -> dict[str, list[str]]:
    """Find the items of opened homes whose amounts leads have, by the column of a lead.

    A single annual item is the rent. Several items of one column keep their own amounts.
    """
    by_home = costs.filter(pl.col("basis") == "opened_home")
    annual = by_home.filter(pl.col("timing") == "annual").height
    found: dict[str, list[str]] = {}
    for row in by_home.iter_rows(named=True):
        if column := _column_of(row, is_only=annual == 1):
            found.setdefault(column, []).append(row["item"])
    return found


def _column_of(cost: Mapping[str, Any], *, is_only: bool) -> str | None:
    if cost["timing"] == "annual":
        return RENT if is_only or _ITEMS[RENT].search(cost["item"]) else None
    words = (column for column in INITIAL_COSTS if _ITEMS[column].search(cost["item"]))
    return next(words, None)


@dataclass(frozen=True)
class LeadPart:
    """The part of an item that leads supply: yen, number of homes, and those that have begun."""

    amount: int = 0
    homes: int = 0
    begun: int = 0


def part_of_leads(
    own: Mapping[int, OwnAmounts], column: str | None, year: int, months: int | None
) -> LeadPart:
    """Return what leads supply of an item in a year; rent includes homes that opened before.

    `months` are the months of rent in the opening year; None means all twelve.
    """
    since = [
        (opened, leads.homes, amount)
        for opened, leads in own.items()
        if (opened == year or (column == RENT and opened < year))
        and (amount := leads.sums.get(column or "")) is not None
    ]
    first = (12 if months is None else months) if column == RENT else 1
    return LeadPart(
        sum(amount * (first if opened == year else 12) for opened, _, amount in since),
        sum(homes for _, homes, _ in since),
        sum(homes for opened, homes, _ in since if opened == year),
    )
