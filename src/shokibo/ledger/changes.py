"""What an import would do to a ledger: rows added, changed and removed, by each table's key.

A row that the incoming ledger does not hold stays; only one marked 削除 is removed. Actions have
no key: those of a home and fiscal year are replaced as a whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from shokibo.ledger import problems
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.ledger.tables import ACTIONS, TABLES, Table

CURRENT_ROW = f"{ROW}_held"
"""The column of a change that holds the row's number in the ledger that is there."""


@dataclass(frozen=True)
class TableChanges:
    """What changes in one table.

    `added`: the table's columns and `_row` of the incoming ledger. `changed`: the same, and
    `_row_held`, the row it changes. `removed`: rows as they are held, with their `_row`.
    """

    table: Table
    added: pl.DataFrame
    changed: pl.DataFrame
    removed: pl.DataFrame

    @property
    def count(self) -> int:
        """How many rows it is about."""
        return self.added.height + self.changed.height + self.removed.height


def import_changes(held: Ledger, incoming: Ledger) -> list[TableChanges]:
    """Give what would change, table by table in their declared order; both of one authority."""
    (authority,) = held["authorities"]["authority_code"].to_list()
    return [_changes(table, held, incoming, authority) for table in TABLES]


def missing_removals(held: Ledger, incoming: Ledger) -> Iterator[Finding]:
    """Tell of rows marked 削除 that the ledger does not hold."""
    (authority,) = held["authorities"]["authority_code"].to_list()
    entry = problems.CATALOGUE["ROW_NOT_THERE"]
    for table in TABLES:
        if not table.key or table.name not in incoming.removed:
            continue
        asked = _of(incoming.removed[table.name], authority)
        missing = asked.join(
            _of(held[table.name], authority), on=list(table.key), how="anti", nulls_equal=True
        )
        for row in missing.select(*table.key, ROW).iter_rows(named=True):
            key = "、".join(str(row[name]) for name in table.key if row[name] is not None)
            yield incoming.finding(entry, table.name, row[ROW], None, key=key)


def _changes(table: Table, held: Ledger, incoming: Ledger, authority: str) -> TableChanges:
    old, new = _of(held[table.name], authority), _of(incoming[table.name], authority)
    if table is ACTIONS:
        return _grouped(table, old, new, incoming, authority)
    key = list(table.key)
    added = new.join(old, on=key, how="anti", nulls_equal=True, maintain_order="left")
    both = new.join(
        old, on=key, how="inner", nulls_equal=True, suffix="_held", maintain_order="left"
    )
    values = [name for name in table.schema if name not in key]
    differs = pl.any_horizontal(
        pl.lit(value=False), *(pl.col(name).ne_missing(pl.col(f"{name}_held")) for name in values)
    )
    changed = both.filter(differs).select(*new.columns, CURRENT_ROW)
    asked = incoming.removed.get(table.name, new.clear())
    removed = old.join(
        _of(asked, authority), on=key, how="semi", nulls_equal=True, maintain_order="left"
    )
    return TableChanges(table, added, changed, removed)


def _grouped(
    table: Table, old: pl.DataFrame, new: pl.DataFrame, incoming: Ledger, authority: str
) -> TableChanges:
    """Replace the actions of each home and year of which the incoming ledger says something."""
    group, marked = ["home_id", "fiscal_year"], incoming.removed.get(table.name, new.clear())
    named = pl.concat([new, _of(marked, authority)]).select(group).unique()
    content = [name for name in table.schema if name not in group]

    def told(frame: pl.DataFrame) -> pl.DataFrame:
        rows = frame.group_by(group, maintain_order=True).agg(pl.struct(content).alias("rows"))
        return named.join(rows, on=group, how="left")

    same = told(old).join(told(new), on=group, suffix="_new")
    replaced = same.filter(pl.col("rows").ne_missing(pl.col("rows_new"))).select(group)
    return TableChanges(
        table,
        new.join(replaced, on=group, how="semi", maintain_order="left"),
        new.clear().with_columns(pl.lit(None, pl.UInt32).alias(CURRENT_ROW)),
        old.join(replaced, on=group, how="semi", maintain_order="left"),
    )


def _of(frame: pl.DataFrame, authority: str) -> pl.DataFrame:
    """Fill in the only authority where a row leaves it blank."""
    if "authority_code" not in frame.columns:
        return frame
    return frame.with_columns(pl.col("authority_code").fill_null(authority))
