"""A part of a ledger: that of one authority or one home."""

import polars as pl

from shokibo.ledger.model import Ledger
from shokibo.ledger.tables import TABLES


def authority_part(ledger: Ledger, code: str) -> Ledger:
    """Extract one authority's part. A blank authority_code belongs to the only authority.

    Raises KeyError if the ledger does not have the authority.
    """
    if code not in ledger["authorities"]["authority_code"]:
        raise KeyError(code)
    homes = ledger["homes"].filter(pl.col("authority_code") == code)["home_id"]
    of_authority = pl.col("authority_code").fill_null(code) == code
    return _cut(ledger, homes, of_authority, pl.lit(value=True))


def home_part(ledger: Ledger, home_id: str) -> Ledger:
    """Extract one home's part, with its authority's plan, without figures of all homes or children.

    Raises KeyError if the ledger does not have the home.
    """
    homes = ledger["homes"].filter(pl.col("home_id") == home_id)
    if homes.is_empty():
        raise KeyError(home_id)
    code = homes["authority_code"].item()
    of_authority = pl.col("authority_code").fill_null(code) == code
    return _cut(ledger, homes["home_id"], of_authority, pl.lit(value=False))


def _cut(ledger: Ledger, homes: pl.Series, of_authority: pl.Expr, without_home: pl.Expr) -> Ledger:
    of_homes = pl.col("home_id").is_in(homes.implode())
    units = pl.concat(
        frame.filter(of_homes)["unit_id"].drop_nulls()
        for frame in (ledger["units"], ledger["actions"])  # an action may open a unit
    )
    people = ledger["staff"].filter(of_homes)["staff_id"]
    of_all = pl.col("home_id").is_null() & of_authority & without_home
    parts: dict[str, pl.Expr] = {}
    for table in TABLES:
        columns = {column.name: column for column in table.columns}
        if table.is_of_children:
            parts[table.name] = of_authority & without_home
        elif "home_id" in columns:
            parts[table.name] = of_homes if columns["home_id"].required else of_homes | of_all
        elif "unit_id" in columns:
            parts[table.name] = pl.col("unit_id").is_in(units.implode())
        elif "staff_id" in columns:
            parts[table.name] = pl.col("staff_id").is_in(people.implode())
        else:
            parts[table.name] = of_authority
    return Ledger(
        {name: frame.filter(parts[name]) for name, frame in ledger.tables.items()},
        {name: frame.filter(parts[name]) for name, frame in ledger.removed.items()},
        ledger.sources,
        ledger.notes,
    )
