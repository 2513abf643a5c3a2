"""A part of a ledger: one authority's, or one home's."""

import polars as pl

from shokibo.ledger.model import Ledger
from shokibo.ledger.tables import TABLES, Table


def authority_part(ledger: Ledger, code: str) -> Ledger:
    """Cut out one authority's part. A blank authority_code belongs to the only authority.

    Raises KeyError where the ledger does not hold the authority.
    """
    if code not in ledger["authorities"]["authority_code"]:
        raise KeyError(code)
    homes = ledger["homes"].filter(pl.col("authority_code") == code)["home_id"]
    of_authority = pl.col("authority_code").fill_null(code) == code
    return _cut(ledger, homes, of_authority, pl.lit(value=True))


def home_part(ledger: Ledger, home_id: str) -> Ledger:
    """Cut out one home's part, with its authority's plan but no figures of all homes together.

    Raises KeyError where the ledger does not hold the home.
    """
    homes = ledger["homes"].filter(pl.col("home_id") == home_id)
    if homes.is_empty():
        raise KeyError(home_id)
    code = homes["authority_code"].item()
    of_authority = pl.col("authority_code").fill_null(code) == code
    return _cut(ledger, homes["home_id"], of_authority, pl.lit(value=False))


def _cut(ledger: Ledger, homes: pl.Series, of_authority: pl.Expr, without_home: pl.Expr) -> Ledger:
    units = pl.concat(
        frame.filter(pl.col("home_id").is_in(homes.implode()))["unit_id"].drop_nulls()
        for frame in (ledger["units"], ledger["actions"])  # an action may open a unit
    )
    parts = {table.name: _part(table, homes, units, of_authority, without_home) for table in TABLES}
    return Ledger(
        {name: frame.filter(parts[name]) for name, frame in ledger.tables.items()},
        {name: frame.filter(parts[name]) for name, frame in ledger.removed.items()},
        ledger.sources,
        ledger.notes,
    )


def _part(
    table: Table, homes: pl.Series, units: pl.Series, of_authority: pl.Expr, without_home: pl.Expr
) -> pl.Expr:
    """Select rows of the homes; where a row names none, of the units or else the authority."""
    columns = {column.name: column for column in table.columns}
    in_homes = pl.col("home_id").is_in(homes.implode())
    if "home_id" in columns:
        of_all = pl.col("home_id").is_null() & of_authority & without_home
        return in_homes if columns["home_id"].required else in_homes | of_all
    if "unit_id" in columns:
        return pl.col("unit_id").is_in(units.implode())
    return of_authority
