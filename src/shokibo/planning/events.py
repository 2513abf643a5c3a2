"""What the actions do to units: every action that takes effect, and why the others don't.

If a unit has several actions in one year, the last one counts. A unit that is closed, or converted
without places, stays so: actions after that have no effect, nor do actions before it opens.
"""

from dataclasses import dataclass

import polars as pl

from shokibo.law import register
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.planning.spans import baseline_year

GROUP_HOMES = ("community_home", "branch_group_care", "other_group_home")


@dataclass(frozen=True)
class Events:
    """Units and what happens to them.

    `units`: unit (a key), home_id, authority_code, kind, place (main, group_home), count (units
    that the key stands for), capacity (at the baseline; null if it opens later or is not known),
    born (fiscal year in which it opens, null at the baseline), died (year in which it is closed or
    converted without places, null if never), the `_row` of the opening action.
    `changes`: the last effective action of each unit and year: unit, fiscal_year, action,
    capacity, new_function, announced, note and `_row`.
    `void`: `_row` of the actions without effect and `why` (see `checks`).
    """

    units: pl.DataFrame
    changes: pl.DataFrame
    void: pl.DataFrame


def plan_events(ledger: Ledger, spans: pl.DataFrame, homes: pl.DataFrame) -> Events:
    """Combine the register at the baseline with the actions, for all plans at once.

    `homes` holds home_id, authority_code and baseline_on of the homes open at the baseline.
    """
    baseline = _baseline(ledger, spans)
    begun = homes.select("home_id", of_home="authority_code", first=baseline_year())
    actions = (  # with blanks filled in, and the reasons why some are invalid from the start
        ledger["actions"]
        .join(begun, on="home_id", how="left", maintain_order="left")
        .with_columns(
            authority_code="of_home",
            count=pl.when(pl.col("unit_id").is_null())
            .then(pl.col("count").fill_null(1))
            .otherwise(1),
            announced=pl.col("announced").fill_null(value=True),
            why=pl.when(pl.col("first").is_null())
            .then(pl.lit("home"))
            .when(pl.col("fiscal_year") < pl.col("first"))
            .then(pl.lit("early")),
        )
    )
    openings = _openings(actions, ledger["units"], baseline)
    opened = openings.filter(pl.col("why").is_null()).select(
        "home_id",
        "authority_code",
        "kind",
        place(),
        "count",
        unit=pl.coalesce("unit_id", pl.format("open:{}", ROW)),
        born=pl.col("fiscal_year"),
        opened_with=pl.col("capacity"),
        opened_by=pl.col(ROW),
        opening_announced=pl.col("announced"),
    )
    units = pl.concat([baseline, opened], how="diagonal")
    others = _others(actions, units)
    # of a unit's actions in one year all but the last fail, and all after it ends
    ordered = others.filter(pl.col("why").is_null()).sort("unit", "fiscal_year", ROW)
    last = pl.struct("unit", "fiscal_year").is_last_distinct()
    ended = pl.when(last & _ends()).then("fiscal_year").min().over("unit")
    effective = ordered.with_columns(
        why=pl.when(pl.col("fiscal_year") > ended)
        .then(pl.lit("closed"))
        .when(~last)
        .then(pl.lit("replaced"))
    )
    changes = effective.filter(pl.col("why").is_null()).select(*_CHANGE)
    died = changes.filter(_ends()).select("unit", died="fiscal_year")
    return Events(
        units.join(died, on="unit", how="left", maintain_order="left"),
        changes,
        pl.concat(part.select(ROW, "why") for part in (openings, others, effective)).drop_nulls(),
    )


_CHANGE = (
    "unit",
    "fiscal_year",
    "action",
    "capacity",
    "new_function",
    "announced",
    "note",
    ROW,
)


def place() -> pl.Expr:
    """Return the part of the home in which a kind of unit is: `main` or `group_home`."""
    is_main = pl.col("kind") == "main_unit"
    return pl.when(is_main).then(pl.lit("main")).otherwise(pl.lit("group_home")).alias("place")


def _ends() -> pl.Expr:
    """Whether an action leaves a unit without places: a conversion may leave some."""
    converted = (pl.col("action") == "convert") & pl.col("capacity").is_null()
    return (pl.col("action") == "close") | converted


def _baseline(ledger: Ledger, spans: pl.DataFrame) -> pl.DataFrame:
    """Return the units open on their authority's baseline, with their capacity on it."""
    cases = (
        register.units(ledger)
        .join(spans.lazy(), on="authority_code", maintain_order="left")
        .filter(register.open_on(pl.col("baseline_on")))
        .with_columns(as_of=pl.col("baseline_on"))
        .collect()
    )
    known = register.with_capacity(cases, ledger["capacities"]).select(
        "home_id",
        "authority_code",
        "kind",
        "capacity",
        place(),
        unit=pl.col("unit_id"),
        count=pl.lit(1, pl.Int64),
        born=pl.lit(None, pl.Int64),
    )
    return known.collect()


def _openings(
    actions: pl.DataFrame, register_units: pl.DataFrame, baseline: pl.DataFrame
) -> pl.DataFrame:
    """Return openings and why some fail; a unit with an id opens once, and only if not yet open."""
    registered = register_units.select("unit_id", registered="home_id")
    opening = (
        actions.filter(pl.col("action") == "open")
        .join(registered, on="unit_id", how="left")
        .sort("fiscal_year", ROW)
    )
    named = pl.col("unit_id").is_not_null()
    why = (
        pl.when(pl.col("why").is_not_null())
        .then("why")
        .when(pl.col("unit_kind").is_null() | pl.col("capacity").is_null())
        .then(pl.lit("incomplete"))
        .when(pl.col("capacity") < 1)
        .then(pl.lit("not_positive"))
        .when(pl.col("count") < 1)
        .then(pl.lit("no_units"))
        .when(pl.col("registered") != pl.col("home_id"))
        .then(pl.lit("other_home"))
        .when(named & pl.col("unit_id").is_in(baseline["unit"].implode()))
        .then(pl.lit("open_already"))
    )
    again = named & ~pl.struct("unit_id", pl.col("why").is_null()).is_first_distinct()
    return opening.with_columns(why=why, kind="unit_kind").with_columns(
        why=pl.coalesce("why", pl.when(again).then(pl.lit("open_already")))
    )


def _others(actions: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Return changes, closings and conversions, and why some fail: their unit must exist."""
    known = units.select("born", "opened_by", unit_id="unit", unit_home="home_id")
    others = actions.filter(pl.col("action") != "open").join(known, on="unit_id", how="left")
    changing = pl.col("action") == "change_capacity"
    sizing = pl.col("action").is_in(["change_capacity", "convert"])
    why = (
        pl.when(pl.col("why").is_not_null())
        .then("why")
        .when(pl.col("unit_id").is_null() | (changing & pl.col("capacity").is_null()))
        .then(pl.lit("incomplete"))
        .when(sizing & (pl.col("capacity") < 1))
        .then(pl.lit("not_positive"))
        .when(pl.col("unit_home").is_null())
        .then(pl.lit("not_open"))
        .when(pl.col("unit_home") != pl.col("home_id"))
        .then(pl.lit("other_home"))
        .when(
            (pl.col("fiscal_year") < pl.col("born"))
            | ((pl.col("fiscal_year") == pl.col("born")) & (pl.col(ROW) < pl.col("opened_by")))
        )
        .then(pl.lit("not_open"))
    )
    return others.with_columns(why=why, unit="unit_id")
