"""Households whose places or certified extra staff changed in the year, and when."""

import polars as pl

from shokibo.law import register
from shokibo.law.certified_months import certified_in
from shokibo.ledger.model import Ledger
from shokibo.returns.counted import Period, open_in


def changed(ledger: Ledger, period: Period, of_units: pl.DataFrame) -> pl.DataFrame:
    """Return the spans of each household whose places or extra staff changed in the year.

    `of_units` as `households.chains`. Days on which none of its units is open are in no span.
    Columns: household, first, last, capacity, extra (0 if nothing is certified; what is not
    known is null).
    """
    days = pl.date_range(period.first, period.last, eager=True).alias("as_of").to_frame().lazy()
    living = (
        register.units(ledger)
        .filter(open_in(period))
        .join(of_units.lazy(), on="unit_id")
        .join(days, how="cross")
        .filter(register.open_on(pl.col("as_of")))
        .group_by("household", "as_of")
        .agg(pl.col("unit_id").max_by("place"))
        .collect()
    )
    extra = (
        certified_in(ledger, "dispersal", period.year)
        .join(of_units.lazy(), on="unit_id")
        .group_by("household", "month")
        .agg(extra=pl.col("certified_extra").max_by("place"), is_certified=pl.lit(value=True))
    )
    state = pl.struct("household", "capacity", "extra", "gap")
    spans = (
        register.with_capacity(living, ledger["capacities"])
        .with_columns(month=pl.col("as_of").dt.month_start())
        .join(extra, on=["household", "month"], how="left")
        .with_columns(extra=pl.when("is_certified").then("extra").otherwise(0))
        .sort("household", "as_of")
        .with_columns(gap=pl.col("as_of").diff().ne_missing(pl.duration(days=1)).cum_sum())
        .group_by("household", state.rle_id().alias("span"), maintain_order=True)
        .agg(
            pl.col("as_of").min().alias("first"),
            pl.col("as_of").max().alias("last"),
            pl.col("capacity", "extra").first(),
        )
    )
    differ = pl.struct("capacity", "extra").n_unique().over("household") > 1
    return spans.filter(differ).drop("span").collect()
