"""Keys given once, and ids that exist: what a reading checks between rows and tables."""

from collections.abc import Iterator, Mapping, Set

import polars as pl

from shokibo.ledger.findings import Finding
from shokibo.ledger.problems import CATALOGUE
from shokibo.ledger.raw import ROW, Source
from shokibo.ledger.tables import BY_NAME, Column, Table

Frames = Mapping[str, pl.DataFrame]
Sources = Mapping[str, Source]


def key_problems(frames: Frames, sources: Sources) -> Iterator[Finding]:
    """Name every row whose key an earlier row has."""
    for name, table in BY_NAME.items():
        if table.key:
            yield from _doubled(table, frames[name], sources[name])


def _doubled(table: Table, frame: pl.DataFrame, source: Source) -> Iterator[Finding]:
    required = [name for name in table.key if table.column(name).required]
    whole = frame.drop_nulls(required).select(*table.key, ROW)
    first = pl.col(ROW).first().over(table.key).alias("first")
    for row in whole.with_columns(first).filter(pl.col(ROW) != pl.col("first")).iter_rows(named=True):
        values = {
            "headers": [table.column(name).header for name in table.key],
            "first": source.place(row["first"], table.key[0]),
            "value": [str(row[name] if row[name] is not None else "") for name in table.key],
        }
        place = source.place(row[ROW], table.key[0])
        yield Finding(CATALOGUE["KEY_DUPLICATE"], table.name, place, values)


def reference_problems(frames: Frames, sources: Sources, absent: Set[str]) -> Iterator[Finding]:
    """Name every id that its table does not hold, or holds only as a row to be removed."""
    for name, table in BY_NAME.items():
        for column in table.columns:
            if column.refers:
                yield from _unknown_ids(table, column, frames, sources[name], absent)


def _unknown_ids(
    table: Table, column: Column, frames: Frames, source: Source, absent: Set[str]
) -> Iterator[Finding]:
    target = BY_NAME[column.refers or ""]
    given = frames[table.name].drop_nulls(column.name).select(column.name, "delete", ROW)
    every, kept = _ids(target, column.name, frames)
    unknown = given.filter(~pl.col(column.name).is_in(every.implode()))
    if unknown.height and target.name in absent:
        unknown = unknown.head(1)
    yield from _findings("ID_UNKNOWN", table, column, source, unknown)
    removed = given.filter(
        ~pl.col("delete")
        & pl.col(column.name).is_in(every.implode())
        & ~pl.col(column.name).is_in(kept.implode())
    )
    yield from _findings("ID_REMOVED", table, column, source, removed)


def _ids(target: Table, name: str, frames: Frames) -> tuple[pl.Series, pl.Series]:
    """Give all ids of a table, and those of rows that stay; a unit to be opened exists too."""
    frame = frames[target.name]
    every, kept = frame[name], frame.filter(~pl.col("delete"))[name]
    if target.name == "units":
        opened = frames["actions"].filter(pl.col("action") == "open")[name].drop_nulls()
        every, kept = every.append(opened), kept.append(opened)
    return every.drop_nulls(), kept.drop_nulls()


def _findings(
    code: str, table: Table, column: Column, source: Source, rows: pl.DataFrame
) -> Iterator[Finding]:
    target = BY_NAME[column.refers or ""]
    for value, row in rows.select(column.name, ROW).iter_rows():
        values = {"header": column.header, "value": value, "table": target.sheet}
        yield Finding(CATALOGUE[code], table.name, source.place(row, column.name), values)
