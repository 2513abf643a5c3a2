"""The subsidised trainings of a year, and the subsidising programme's share."""

from fractions import Fraction
from typing import Annotated, Any

import polars as pl

from shokibo import calendar
from shokibo.answers import Answer, about
from shokibo.ledger.model import Ledger
from shokibo.planning.costs import annual_rents, costs_of, eligible_part, opening_costs
from shokibo.rounding import floor_yen

_ITEM = "研修"
"""The word in the name of the cost item (basis year) that subsidises trainings."""


class TrainingCost(Answer, frozen=True):
    """What the subsidised trainings of a year cost, and the State's share of it."""

    title = "補助対象の研修の費用(円)"
    trainings: Annotated[int, about("研修の回数")]
    unknown: Annotated[int, about("うち費用の分からない回数", "of these without a cost")]
    amount: Annotated[int, about("費用の合計", "of the known costs")]
    programme: Annotated[
        str | None,
        about("制度。なければ null", "null unless exactly one item of basis year names 研修"),
    ]
    national_share: Annotated[str | None, about("国の負担割合。なければ null", "", "1/2")]
    national: Annotated[
        int | None,
        about("国の負担額", "share of the eligible amount, down to the yen; null without a share"),
    ]


def training_cost(ledger: Ledger, year: int) -> TrainingCost | None:
    """Add up the subsidised trainings held in a fiscal year; None if there were none."""
    held_in = pl.col("held_on").is_between(
        calendar.fiscal_year_start(year), calendar.fiscal_year_end(year)
    )
    trainings = ledger["trainings"].filter(held_in & pl.col("subsidised"))
    if trainings.is_empty():
        return None
    amount, unknown = int(trainings["cost"].sum()), trainings["cost"].null_count()
    in_force = costs_of(opening_costs(ledger["costs"]), year)
    named = in_force.filter(
        (pl.col("basis") == "year") & pl.col("item").str.contains(_ITEM, literal=True)
    )
    if named.height != 1:
        return TrainingCost(trainings.height, unknown, amount, None, None, None)
    (item,) = named.rows(named=True)
    return TrainingCost(
        trainings.height,
        unknown,
        amount,
        item["programme"],
        item["national_share"],
        _national(item, amount, in_force),
    )


def _national(item: dict[str, Any], amount: int, costs: pl.DataFrame) -> int | None:
    if item["programme"] is None or item["national_share"] is None:
        return None
    eligible, _ = eligible_part(item["eligible_rule"], amount, 1, annual_rents(costs))
    return floor_yen(eligible * Fraction(item["national_share"]))
