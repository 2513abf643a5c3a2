"""P3: the tables of each fiscal year's end, from the register at the baseline and the actions."""

import polars as pl

from shokibo.planning.events import CLOSING, Events

BANDS = ("six_or_more", "five_to_four", "three_or_fewer")
PARTS = ("main", "group")
MEASURES = ("count", "unknown", *BANDS, "capacity")
COLUMNS = [*(f"{part}_{measure}" for part in PARTS for measure in MEASURES), "main_over_most"]


def sizes(events: Events, years: pl.DataFrame) -> pl.DataFrame:
    """Give every unit that is open at each year's end, with its capacity then.

    `years` holds authority_code and fiscal_year. Columns of the result: those of `events.units`
    (its capacity being that at the year's end, null where it is not known) and fiscal_year.
    """
    steps = _steps(events)
    asked = (
        events.units.lazy()
        .drop("capacity")
        .join(years.lazy(), on="authority_code")
        .filter(
            (pl.col("born").is_null() | (pl.col("born") <= pl.col("fiscal_year")))
            & (pl.col("died").is_null() | (pl.col("died") > pl.col("fiscal_year")))
        )
        .sort("fiscal_year")
    )
    joined = asked.join_asof(steps, on="fiscal_year", by="unit", check_sortedness=False)
    return joined.collect()


def _steps(events: Events) -> pl.LazyFrame:
    """Capacities of units from the year in which they hold: unit, fiscal_year, capacity."""
    begun = events.units.lazy().select(
        "unit",
        fiscal_year=pl.col("born").fill_null(-9999),
        capacity=pl.coalesce("capacity", "opened_with"),
        order=pl.lit(0),
    )
    changed = (
        events.changes.lazy()
        .filter(~pl.col("action").is_in(CLOSING))
        .select("unit", "fiscal_year", "capacity", order=pl.lit(1))
    )
    return (
        pl.concat([begun, changed])
        .sort("fiscal_year", "order")
        .unique(["unit", "fiscal_year"], keep="last", maintain_order=True)
        .drop("order")
    )


def year_ends(
    sized: pl.DataFrame, homes: pl.DataFrame, years: pl.DataFrame, main_most: int
) -> pl.DataFrame:
    """Add units up by home and year: a row for each home and year, also where it has no unit.

    `homes` holds home_id and authority_code in the order wanted. Columns of the result: home_id,
    fiscal_year, and for main and group: count, unknown (units whose capacity is not known), the
    three bands and capacity; main_over_most counts main units above `main_most`.
    """
    sums = sized.lazy().group_by("home_id", "fiscal_year").agg(_measures(main_most))
    rows = (
        homes.lazy()
        .with_row_index("_home")
        .join(years.lazy(), on="authority_code")
        .join(sums, on=["home_id", "fiscal_year"], how="left")
        .sort("_home", "fiscal_year")
    )
    return rows.select(
        "home_id", "authority_code", "fiscal_year", pl.col(COLUMNS).fill_null(0)
    ).collect()


def together(rows: pl.DataFrame, years: pl.DataFrame) -> pl.DataFrame:
    """Add homes' rows up by authority and fiscal year, in order; zeros where there is no home."""
    key = ["authority_code", "fiscal_year"]
    sums = rows.group_by(key).agg(pl.col(COLUMNS).sum())
    return years.join(sums, on=key, how="left").with_columns(pl.col(COLUMNS).fill_null(0)).sort(key)


def _measures(main_most: int) -> list[pl.Expr]:
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
            units.filter(here & band.fill_null(value=False)).sum().alias(f"{part}_{measure}")
            for measure, band in bands.items()
        ]
        measures.append((size * units).filter(here).sum().alias(f"{part}_capacity"))
    above = (pl.col("place") == "main") & (size > main_most)
    return [*measures, units.filter(above).sum().alias("main_over_most")]
