"""P3: the tables of each fiscal year's end, from the register at the baseline and the actions."""

from fractions import Fraction
from functools import cache

import polars as pl

from shokibo.planning.events import Events
from shokibo.rounding import fixed

BANDS = ("six_or_more", "five_to_four", "three_or_fewer")
PARTS = ("main", "group")
MEASURES = ("count", "unknown", *BANDS, "capacity")
COLUMNS = [*(f"{part}_{measure}" for part in PARTS for measure in MEASURES), "main_over_most"]


def sizes(events: Events, years: pl.DataFrame) -> pl.DataFrame:
    """Return every unit open at each year's end, with its capacity on that day.

    `years` holds authority_code and fiscal_year. Columns of the result: those of `events.units`
    (with the capacity at the year's end, null if not known) and fiscal_year.
    """
    open_units = (
        events.units.drop("capacity")
        .join(years, on="authority_code", maintain_order="left")
        .filter(
            (pl.col("born").is_null() | (pl.col("born") <= pl.col("fiscal_year")))
            & (pl.col("died").is_null() | (pl.col("died") > pl.col("fiscal_year")))
        )
        .sort("fiscal_year", maintain_order=True)
    )
    return open_units.join_asof(_steps(events), on="fiscal_year", by="unit", check_sortedness=False)


def _steps(events: Events) -> pl.DataFrame:
    """Return units' capacities from the year in which they hold: unit, fiscal_year, capacity.

    If two begin in one year, the last one holds. A closed unit has a step that is never used.
    """
    begun = events.units.select(
        "unit",
        fiscal_year=pl.col("born").fill_null(-9999),
        capacity=pl.coalesce("capacity", "opened_with"),
    )
    changed = events.changes.select("unit", "fiscal_year", "capacity")
    return pl.concat([begun, changed]).sort("fiscal_year", maintain_order=True)


def year_ends(
    sized: pl.DataFrame, homes: pl.DataFrame, years: pl.DataFrame, main_most: int
) -> pl.DataFrame:
    """Add units up by home and year: a row for each home and year, even without units.

    `homes` holds home_id and authority_code, `years` authority_code and fiscal_year, both in the
    order wanted. Columns of the result: home_id, authority_code, fiscal_year, and for main and
    group: count, unknown (units whose capacity is not known), the three bands and capacity;
    main_over_most counts main units above `main_most`.
    """
    key = ["home_id", "fiscal_year"]
    measured = sized.select(*key, *_measures(main_most))
    return (
        homes[["home_id", "authority_code"]]
        .join(years, on="authority_code", maintain_order="left_right")
        .join(measured, on=key, how="left", maintain_order="left")
        .group_by("home_id", "authority_code", "fiscal_year", maintain_order=True)
        .agg(pl.col(COLUMNS).sum())
    )


def together(rows: pl.DataFrame, years: pl.DataFrame) -> pl.DataFrame:
    """Add homes' rows up by authority and fiscal year, in order; zeros if there is no home."""
    key = ["authority_code", "fiscal_year"]
    return years.join(rows, on=key, how="left").group_by(key).agg(pl.col(COLUMNS).sum()).sort(key)


def places_per_unit(places: int, units: int) -> str | None:
    """Format places per main unit to one decimal, half up; None if there is no unit."""
    return fixed(Fraction(places, units), 1) if units else None


@cache
def _measures(main_most: int) -> tuple[pl.Expr, ...]:
    """Return what a unit adds to each of COLUMNS; null if it adds nothing."""
    size, units = pl.col("capacity"), pl.col("count")
    bands = {
        "six_or_more": size >= 6,
        "five_to_four": size.is_between(4, 5),
        "three_or_fewer": size <= 3,
        "count": pl.lit(value=True),
        "unknown": size.is_null(),
    }
    measures = []
    for part, name in zip(PARTS, ("main", "group_home"), strict=True):
        here = pl.col("place") == name
        measures += [
            pl.when(here & band).then(units).alias(f"{part}_{measure}")
            for measure, band in bands.items()
        ]
        measures.append(pl.when(here).then(size * units).alias(f"{part}_capacity"))
    above = (pl.col("place") == "main") & (size > main_most)
    return (*measures, pl.when(above).then(units).alias("main_over_most"))
