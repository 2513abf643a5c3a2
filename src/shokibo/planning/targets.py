"""P2, P5: the authority's targets, which may differ from the homes' plans, and the need."""

from typing import Annotated

import polars as pl

from shokibo.answers import Answer, Percent, about
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.ledger.tables import TARGET_ITEMS
from shokibo.planning.spans import of_authorities

ITEMS = tuple(TARGET_ITEMS)
_SUMS_OF_HOMES = {
    "main_six_or_more": pl.col("main_six_or_more"),
    "main_five_to_four": pl.col("main_five_to_four"),
    "main_capacity": pl.col("main_capacity"),
    "group_six_or_more": pl.col("group_six_or_more"),
    "group_five_to_four": pl.col("group_five_to_four"),
    "group_count": pl.col("group_count"),
    "group_capacity": pl.col("group_capacity"),
    "total": pl.col("main_capacity") + pl.col("group_capacity"),
}


class Target(Answer, frozen=True):
    """A target; if the ledger has none, the sum of the homes' plans."""

    title = "目標"
    value: int
    approximate: Annotated[bool, about("程度と書くか")]
    reason: Annotated[str | None, about("理由")]


class Targets(Answer, frozen=True):
    """The eight targets of a year."""

    title = "年度の目標"
    main_six_or_more: Target
    main_five_to_four: Target
    main_capacity: Target
    group_six_or_more: Target
    group_five_to_four: Target
    group_count: Target
    group_capacity: Target
    total: Target
    share_percent: Annotated[Percent, about("目標のグループホームの割合(%)")]


def targets(ledger: Ledger, ends: pl.DataFrame) -> pl.DataFrame:
    """Overlay the targets on the homes' sums.

    `ends` holds each authority's row of each fiscal year. Columns of the result: authority_code,
    fiscal_year, item, homes (the sum of the homes' plans), value (the target, or the sum if
    blank), given (whether the ledger gives a value), approximate, reason, `_row` (null if the
    ledger has no row).
    """
    key = ["authority_code", "fiscal_year"]
    sums = ends.select(*key, **_SUMS_OF_HOMES).unpivot(
        ITEMS, index=key, variable_name="item", value_name="homes"
    )
    return (
        sums.join(
            of_authorities(ledger, "targets"), on=[*key, "item"], how="left", maintain_order="left"
        )
        .with_columns(
            given=pl.col("value").is_not_null(),
            value=pl.coalesce("value", "homes"),
            approximate=pl.col("approximate").fill_null(value=False),
        )
        .sort(key, maintain_order=True)
    )


def need(ledger: Ledger) -> pl.DataFrame:
    """Return the children of three and over: authority_code, fiscal_year, need, `_row`.

    The sum of preschool and school age, or three_and_over if the ledger gives only that. A year
    for which it is not known has no row. `_row` is that of the last band.
    """
    key = ["authority_code", "fiscal_year"]
    preschool, school_age, three_and_over = (
        pl.col("children").filter(pl.col("age_band") == band).first()
        for band in ("preschool", "school_age", "three_and_over")
    )
    return (
        of_authorities(ledger, "need")
        .group_by(key)
        .agg(
            pl.coalesce(preschool + school_age, three_and_over).alias("need"),
            pl.col(ROW).filter(pl.col("age_band") != "under_3").max(),
        )
        .drop_nulls("need")
        .sort(key)
    )


def need_by_group(ledger: Ledger) -> dict[str, dict[int, int]]:
    """Return one authority's need by year, under the forecast's names of groups.

    `infant_home` under three, `three_and_over`, and `in_homes` if both are known.
    """
    under_three = dict(
        ledger["need"]
        .filter(pl.col("age_band") == "under_3")
        .select("fiscal_year", "children")
        .iter_rows()
    )
    older = dict(need(ledger).select("fiscal_year", "need").iter_rows())
    both = {year: older[year] + under_three[year] for year in older if year in under_three}
    return {"infant_home": under_three, "three_and_over": older, "in_homes": both}
