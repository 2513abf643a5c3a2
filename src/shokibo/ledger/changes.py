"""What an import would do to a ledger: rows added, changed and removed, by each table's key.

A row that the incoming ledger does not have stays; only one marked 削除 is removed. Actions have
no key: those of a home and fiscal year are replaced as a whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from shokibo.ledger import problems
from shokibo.ledger.columns import Table
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.ledger.tables import ACTIONS, TABLES

CURRENT_ROW = f"{ROW}_current"
"""The column of a change with the number of the row it changes."""


@dataclass(frozen=True)
class TableChanges:
    """What changes in one table.

    `added`: the table's columns and `_row` of the incoming ledger. `changed`: the same, and
    `_row_current`, the row it changes. `removed`: rows of the current ledger, with their `_row`.
    """

    table: Table
    added: pl.DataFrame
    changed: pl.DataFrame
    removed: pl.DataFrame

    @property
    def count(self) -> int:
        """The number of rows affected."""
        return self.added.height + self.changed.height + self.removed.height


def import_changes(current: Ledger, incoming: Ledger) -> list[TableChanges]:
    """Compare two ledgers of one authority, table by table in the order of declaration."""
    (authority,) = current["authorities"]["authority_code"].to_list()
    changes = []
    for table in TABLES:
        old = _with_authority(current[table.name], authority)
        new = _with_authority(incoming[table.name], authority)
        removed = _with_authority(incoming.removed.get(table.name, new.clear()), authority)
        if table is ACTIONS:
            changes.append(_compare_groups(table, old, new, removed))
            continue
        key = list(table.key)
        both = new.join(
            old, on=key, how="inner", nulls_equal=True, suffix="_current", maintain_order="left"
        )
        differs = pl.any_horizontal(
            pl.lit(value=False),
            *(
                pl.col(name).ne_missing(pl.col(f"{name}_current"))
                for name in table.schema
                if name not in key
            ),
        )
        changes.append(
            TableChanges(
                table,
                new.join(old, on=key, how="anti", nulls_equal=True, maintain_order="left"),
                both.filter(differs).select(*new.columns, CURRENT_ROW),
                old.join(removed, on=key, how="semi", nulls_equal=True, maintain_order="left"),
            )
        )
    return changes


def missing_removals(current: Ledger, incoming: Ledger) -> Iterator[Finding]:
    """Note the rows marked 削除 that the current ledger does not have."""
    (authority,) = current["authorities"]["authority_code"].to_list()
    entry = problems.CATALOGUE["ROW_NOT_THERE"]
    for table in TABLES:
        if not table.key or table.name not in incoming.removed:
            continue
        old = _with_authority(current[table.name], authority)
        missing = _with_authority(incoming.removed[table.name], authority).join(
            old, on=list(table.key), how="anti", nulls_equal=True
        )
        for row in missing.select(*table.key, ROW).iter_rows(named=True):
            key = "、".join(str(row[name]) for name in table.key if row[name] is not None)
            yield incoming.finding(entry, table.name, row[ROW], None, key=key)


def _compare_groups(
    table: Table, old: pl.DataFrame, new: pl.DataFrame, removed: pl.DataFrame
) -> TableChanges:
    """Replace the actions of each home and year that the incoming ledger mentions."""
    group = ["home_id", "fiscal_year"]
    mentioned = pl.concat([new, removed]).select(group).unique()
    content = [name for name in table.schema if name not in group]

    def contents(frame: pl.DataFrame) -> pl.DataFrame:
        rows = frame.group_by(group, maintain_order=True).agg(pl.struct(content).alias("rows"))
        return mentioned.join(rows, on=group, how="left")

    both = contents(old).join(contents(new), on=group, suffix="_new")
    replaced = both.filter(pl.col("rows").ne_missing(pl.col("rows_new"))).select(group)
    return TableChanges(
        table,
        new.join(replaced, on=group, how="semi", maintain_order="left"),
        new.clear().with_columns(pl.lit(None, pl.UInt32).alias(CURRENT_ROW)),
        old.join(replaced, on=group, how="semi", maintain_order="left"),
    )


def _with_authority(frame: pl.DataFrame, authority: str) -> pl.DataFrame:
    """Fill in the only authority in rows that leave it blank."""
    if "authority_code" not in frame.columns:
        return frame
    return frame.with_columns(pl.col("authority_code").fill_null(authority))
