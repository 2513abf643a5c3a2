"""The homes over the years: past year ends and today from the register, then the plan."""

import datetime as dt

import polars as pl

from shokibo import calendar
from shokibo.law import register
from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.planning.events import place
from shokibo.planning.plan import plan_of
from shokibo.planning.projection import places_per_unit
from shokibo.planning.targets import need
from shokibo.rounding import percent

KINDS = ("main_unit", "community_home", "branch_group_care", "other_group_home")
PAST_YEARS = 5
"""How many year ends before today are shown."""
_ORDER = {"actual": 0, "today": 1, "planned": 2}


def course(ledger: Ledger, law: Law, today: dt.date) -> pl.DataFrame:
    """Return the places and units of one authority's part of a ledger, from year end to year end.

    A row for each year end before today from the first with a known capacity, one for today, one
    for each year end of the plan from today's year on. Columns: point (actual, today, planned),
    fiscal_year; places of each of KINDS, main_capacity, group_capacity, total; main_small and
    main_large (units of at most, and of more than main_most places; a unit of unknown capacity is
    neither), main_most (the same in each row, null if no rule gives it), group_count; share,
    target_share (per cent) and places_per_main_unit as printed, null if there is nothing to
    divide by; need, null if not known.
    """
    plan = plan_of(ledger, law)
    days = _days(ledger, today)
    points, sizes = days.select("point", "fiscal_year"), [_actual(ledger, days)]
    if plan is not None:
        to_come = pl.col("fiscal_year") >= calendar.fiscal_year_of(today)
        points = pl.concat([points, _planned(plan.all).filter(to_come)])
        sizes.append(_planned(plan.sized, "kind", "capacity", "count").filter(to_come))
    most = law.integer("main_unit_most", today)
    key = ["point", "fiscal_year"]
    sums = pl.concat(sizes).group_by(key).agg(_measures(most or 0))
    rows = (
        points.join(sums, on=key, how="left")
        .with_columns(pl.col(sums.columns[len(key) :]).fill_null(0))
        .join(need(ledger).select("fiscal_year", "need"), on="fiscal_year", how="left")
        .sort("fiscal_year", pl.col("point").replace_strict(_ORDER, return_dtype=pl.Int64))
    )
    rows = rows.with_columns(main_most=pl.lit(most, pl.Int64))
    aims = {year: plan.targets_of(year).share_percent for year in plan.years} if plan else {}
    printed = [
        (
            main + group,
            percent(group, main + group),
            aims.get(year),
            places_per_unit(main, small + large),
        )
        for year, main, group, small, large in rows[
            ["fiscal_year", "main_capacity", "group_capacity", "main_small", "main_large"]
        ].iter_rows()
    ]
    texts = dict.fromkeys(("share", "target_share", "places_per_main_unit"), pl.String)
    return rows.hstack(pl.DataFrame(printed, {"total": pl.Int64, **texts}, orient="row"))


def year_end_sizes(ledger: Ledger, today: dt.date) -> pl.DataFrame:
    """Return the register's units at the same past year ends: fiscal_year, kind, capacity, units.

    A capacity that is not known is null. Kinds in the order of KINDS, capacities from the largest.
    """
    order = pl.col("kind").replace_strict({kind: n for n, kind in enumerate(KINDS)})
    return (
        _actual(ledger, _days(ledger, today))
        .filter(pl.col("point") == "actual")
        .group_by("fiscal_year", "kind", "capacity")
        .agg(units=pl.col("count").sum())
        .sort("fiscal_year", order, "capacity", descending=[False, False, True], nulls_last=True)
    )


def _days(ledger: Ledger, today: dt.date) -> pl.DataFrame:
    """Return the days for which the register is read: point, fiscal_year, as_of."""
    this_year = calendar.fiscal_year_of(today)
    known = [calendar.fiscal_year_of(day) for day in ledger["capacities"]["effective_from"]]
    first = max(this_year - PAST_YEARS, min(known, default=this_year))
    ends = [("actual", year, calendar.fiscal_year_end(year)) for year in range(first, this_year)]
    schema = {"point": pl.String, "fiscal_year": pl.Int64, "as_of": pl.Date}
    return pl.DataFrame([*ends, ("today", this_year, today)], schema, orient="row")


def _actual(ledger: Ledger, days: pl.DataFrame) -> pl.DataFrame:
    is_open = register.open_on(pl.col("as_of"))
    cases = days.lazy().join(register.units(ledger), how="cross").filter(is_open).collect()
    known = register.with_capacity(cases, ledger["capacities"])
    one_each = pl.lit(1, pl.Int64).alias("count")
    return known.select("point", "fiscal_year", "kind", "capacity", one_each).collect()


def _planned(rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
    return rows.select(pl.lit("planned").alias("point"), "fiscal_year", *columns)


def _measures(most: int) -> list[pl.Expr]:
    size, units = pl.col("capacity"), pl.col("count")
    places, in_main = size * units, place() == "main"
    small = (size <= most).fill_null(value=False)
    large = (size > most).fill_null(value=False)
    return [
        *(places.filter(pl.col("kind") == kind).sum().alias(kind) for kind in KINDS),
        places.filter(in_main).sum().alias("main_capacity"),
        places.filter(~in_main).sum().alias("group_capacity"),
        units.filter(in_main & small).sum().alias("main_small"),
        units.filter(in_main & large).sum().alias("main_large"),
        units.filter(~in_main).sum().alias("group_count"),
    ]
