"""P2, P5: the authority's targets, which may differ from the homes' plans, and the need."""

import polars as pl

from shokibo.ledger.model import Ledger
from shokibo.ledger.tables import TARGET_ITEMS

ITEMS = tuple(TARGET_ITEMS)
_OF_HOMES = {
    "main_six_or_more": pl.col("main_six_or_more"),
    "main_five_to_four": pl.col("main_five_to_four"),
    "main_capacity": pl.col("main_capacity"),
    "group_six_or_more": pl.col("group_six_or_more"),
    "group_five_to_four": pl.col("group_five_to_four"),
    "group_count": pl.col("group_count"),
    "group_capacity": pl.col("group_capacity"),
    "total": pl.col("main_capacity") + pl.col("group_capacity"),
}


def targets(ledger: Ledger, ends: pl.DataFrame) -> pl.DataFrame:
    """Lay the targets over the homes' sums.

    `ends` holds the authority's row of each fiscal year. Columns of the result: fiscal_year, item,
    homes (the sum of the homes' plans), value (the target; where blank the sum), given (whether
    the ledger gives a value), approximate, reason, `_row` (null where the ledger has no row).
    """
    sums = ends.select("fiscal_year", **_OF_HOMES).unpivot(
        ITEMS, index="fiscal_year", variable_name="item", value_name="homes"
    )
    order = pl.col("item").replace_strict({item: n for n, item in enumerate(ITEMS)})
    given = ledger["targets"].select(
        "fiscal_year", "item", "value", "approximate", "reason", "_row"
    )
    return (
        sums.join(given, on=["fiscal_year", "item"], how="left")
        .with_columns(
            given=pl.col("value").is_not_null(),
            value=pl.coalesce("value", "homes"),
            approximate=pl.col("approximate").fill_null(value=False),
        )
        .sort("fiscal_year", order)
    )


def need(ledger: Ledger) -> dict[int, int]:
    """Give the children of three and over by fiscal year, where it is known.

    The sum of preschool and school age; three_and_over where the ledger gives only that.
    """
    bands = ledger["need"].pivot(
        "age_band", index="fiscal_year", values="children", aggregate_function="first"
    )
    for band in ("preschool", "school_age", "three_and_over"):
        if band not in bands.columns:
            bands = bands.with_columns(pl.lit(None, pl.Int64).alias(band))
    children = pl.coalesce(pl.col("preschool") + pl.col("school_age"), "three_and_over")
    known = bands.select("fiscal_year", children.alias("children")).drop_nulls()
    return dict(known.sort("fiscal_year").iter_rows())
