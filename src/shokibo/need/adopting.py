"""The forecast as the need that a plan is made for, marked 推計."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW, ROW_DTYPE
from shokibo.ledger.tables import NEED
from shokibo.need.answers import Forecast


def need_rows(need: Mapping[int, Mapping[str, int]], found: Forecast) -> pl.DataFrame:
    """Return the rows of `need_of_quantile`: fiscal_year, age_band, children, basis.

    Children under three have none where the forecast has never a child in an infant home: that
    their need is nought is not known.
    """
    infants = found.known.now["infant_home"] or any(
        year.groups["infant_home"].interval_95[1] for year in found.years
    )
    rows = [
        (year, band, children)
        for year, bands in need.items()
        for band, children in bands.items()
        if infants or band != "under_3"
    ]
    columns = {"fiscal_year": pl.Int64, "age_band": pl.String, "children": pl.Int64}
    return pl.DataFrame(rows, columns, orient="row").with_columns(basis=pl.lit("forecast"))


def with_need(ledger: Ledger, rows: pl.DataFrame, authority_code: str | None) -> Ledger:
    """Return a ledger with these rows in place of an authority's need of their years.

    Other years stay, and so do `years_with_actual`. `authority_code` as there.
    """
    added = rows.filter(~pl.col("fiscal_year").is_in(years_with_actual(ledger, authority_code)))
    replaced = _own(authority_code) & pl.col("fiscal_year").is_in(
        added["fiscal_year"].unique().to_list()
    )
    given = added.with_columns(authority_code=pl.lit(authority_code, pl.String))
    together = pl.concat(
        [ledger["need"].filter(~replaced), given.select(list(NEED.schema))],
        how="diagonal",
    )
    numbered = together.with_columns(pl.int_range(1, pl.len() + 1, dtype=ROW_DTYPE).alias(ROW))
    return replace(ledger, tables={**ledger.tables, "need": numbered})


def years_with_actual(ledger: Ledger, authority_code: str | None) -> list[int]:
    """Return the years whose need is known (実績), of an authority.

    `authority_code` is None in a ledger of one authority, whose rows may leave it blank.
    """
    known = ledger["need"].filter(_own(authority_code) & (pl.col("basis") == "actual"))
    return sorted(known["fiscal_year"].unique())


def _own(authority_code: str | None) -> pl.Expr:
    if authority_code is None:
        return pl.lit(value=True)
    return pl.col("authority_code").eq_missing(pl.lit(authority_code))
