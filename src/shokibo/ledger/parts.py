"""A part of a ledger: one authority's, or one home's."""

from collections.abc import Mapping

import polars as pl

from shokibo.ledger.model import Ledger
from shokibo.ledger.tables import BY_NAME


def of_authority(ledger: Ledger, code: str) -> Ledger:
    """Give one authority's part. A blank authority_code belongs to the only authority.

    Raises KeyError where the ledger does not hold the authority.
    """
    if code not in ledger["authorities"]["authority_code"]:
        raise KeyError(code)
    homes = ledger["homes"].filter(pl.col("authority_code") == code)["home_id"]
    return _cut(ledger, homes, pl.col("authority_code").fill_null(code) == code)


def of_home(ledger: Ledger, home_id: str) -> Ledger:
    """Give one home's part. Raises KeyError where the ledger does not hold the home."""
    homes = ledger["homes"].filter(pl.col("home_id") == home_id)
    if homes.is_empty():
        raise KeyError(home_id)
    return _cut(ledger, homes["home_id"], pl.col("authority_code").is_in(homes["authority_code"]))


def _cut(ledger: Ledger, homes: pl.Series, of_authority: pl.Expr) -> Ledger:
    units = ledger["units"].filter(pl.col("home_id").is_in(homes.implode()))["unit_id"]
    return Ledger(
        _kept(ledger.tables, homes, units, of_authority),
        _kept(ledger.removed, homes, units, of_authority),
        ledger.sources,
        ledger.notes,
    )


def _kept(
    tables: Mapping[str, pl.DataFrame], homes: pl.Series, units: pl.Series, of_authority: pl.Expr
) -> dict[str, pl.DataFrame]:
    """Keep rows of the homes; where a row names none, of the units or else the authority."""
    of_homes = pl.col("home_id").is_in(homes.implode())
    kept = {}
    for name, frame in tables.items():
        if "home_id" not in frame.columns:
            by_unit = pl.col("unit_id").is_in(units.implode())
            keep = by_unit if "unit_id" in frame.columns else of_authority
        elif BY_NAME[name].column("home_id").required:
            keep = of_homes
        else:
            keep = of_homes | (pl.col("home_id").is_null() & of_authority)
        kept[name] = frame.filter(keep)
    return kept
