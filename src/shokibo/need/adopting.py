"""The forecast as the need a plan is made for: a percentile of its paths, marked 推計."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import polars as pl

from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW, ROW_DTYPE
from shokibo.need.scenarios import Group

BANDS: Mapping[Group, str] = {"infant_home": "under_3", "three_and_over": "three_and_over"}
"""Groups that make up the need of an age band: children under three live in infant homes."""


def need_at(
    counts: Mapping[int, Mapping[Group, npt.NDArray[np.int64]]], percentile: int
) -> pl.DataFrame:
    """Return the need of each fiscal year: fiscal_year, age_band, children, basis.

    `counts` are those of `forecast.Drawn`. A band that has no child in any path gets no row: it is
    not known to be zero.
    """
    rows = [
        (year, band, at_percentile(groups[group], percentile))
        for year, groups in counts.items()
        for group, band in BANDS.items()
        if any(each[group].any() for each in counts.values())
    ]
    columns = {"fiscal_year": pl.Int64, "age_band": pl.String, "children": pl.Int64}
    return pl.DataFrame(rows, columns, orient="row").with_columns(basis=pl.lit("forecast"))


def at_percentile(children: npt.NDArray[np.int64], percentile: int) -> int:
    """Return the smallest count of children that at least this percentage of paths stays within."""
    return int(np.percentile(children, percentile, method="inverted_cdf"))


def with_need(ledger: Ledger, rows: pl.DataFrame, authority_code: str | None) -> Ledger:
    """Return a ledger with these rows in place of an authority's need in the same years.

    Other years stay, and so do `years_with_actual`. `authority_code` is as it is there.
    """
    added = rows.filter(~pl.col("fiscal_year").is_in(years_with_actual(ledger, authority_code)))
    replaced = _own(authority_code) & pl.col("fiscal_year").is_in(
        added["fiscal_year"].unique().to_list()
    )
    given = added.with_columns(authority_code=pl.lit(authority_code, pl.String))
    together = pl.concat(
        [ledger["need"].filter(~replaced), given],
        how="diagonal",
    )
    numbered = together.with_columns(pl.int_range(1, pl.len() + 1, dtype=ROW_DTYPE).alias(ROW))
    return replace(ledger, tables={**ledger.tables, "need": numbered})


def years_with_actual(ledger: Ledger, authority_code: str | None) -> list[int]:
    """Return the years for which an authority's need is known (実績).

    `authority_code` is None in a ledger of one authority, whose rows may leave it blank.
    """
    known = ledger["need"].filter(_own(authority_code) & (pl.col("basis") == "actual"))
    return sorted(known["fiscal_year"].unique())


def _own(authority_code: str | None) -> pl.Expr:
    if authority_code is None:
        return pl.lit(value=True)
    return pl.col("authority_code").eq_missing(pl.lit(authority_code))
