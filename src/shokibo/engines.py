"""How Polars runs a query."""

from typing import Literal

import polars as pl

_MANY = 50_000
_AS_WRITTEN = pl.QueryOptFlags.none()


def collected(
    query: pl.LazyFrame, rows: int, many: Literal["streaming", "in-memory"] = "streaming"
) -> pl.DataFrame:
    """Run a query over that many rows in the way that takes the least time of a processor.

    Few rows are computed sooner than a better plan is found. Of many, the streaming engine reads
    parts that stay in the processor's cache; the in-memory engine joins columns that are in order
    without a hash table.
    """
    return query.collect(engine=many) if rows > _MANY else as_written(query)


def as_written(query: pl.LazyFrame) -> pl.DataFrame:
    """Run a query step by step, which keeps the order of rows that its steps keep."""
    return query.collect(engine="in-memory", optimizations=_AS_WRITTEN)
