"""Keys given once, and ids that exist: what a reading checks between rows and tables."""

import datetime as dt
from collections.abc import Iterator, Mapping, Set

import polars as pl

from shokibo.calendar import era_date
from shokibo.ledger.cells import Parsed
from shokibo.ledger.findings import Finding, Value, shortened
from shokibo.ledger.formatting import display_value
from shokibo.ledger.problems import CATALOGUE
from shokibo.ledger.raw import ROW, TableSource
from shokibo.ledger.tables import BY_NAME, Column, Table

Frames = Mapping[str, pl.DataFrame]
ExternalIds = Mapping[str, Set[str]]
"""By table the ids that exist elsewhere: in the database into which a workbook is brought."""
Sources = Mapping[str, TableSource]


def key_problems(frames: Frames, sources: Sources) -> Iterator[Finding]:
    """Name every row whose key an earlier row has."""
    for name, table in BY_NAME.items():
        if table.key and frames[name].select(pl.struct(table.key).is_duplicated().any()).item():
            yield from _doubled(table, frames[name], sources[name])


def _doubled(table: Table, frame: pl.DataFrame, source: TableSource) -> Iterator[Finding]:
    required = [name for name in table.key if table.column(name).required]
    whole = frame.drop_nulls(required).select(*table.key, ROW)
    first = pl.col(ROW).first().over(table.key).alias("first")
    for row in (
        whole.with_columns(first).filter(pl.col(ROW) != pl.col("first")).iter_rows(named=True)
    ):
        values: dict[str, Value] = {
            "headers": [table.column(name).header for name in table.key],
            "key": [_in_words(table.column(name), row[name]) for name in table.key],
            "first": source.place(row["first"], table.key[0]),
            "value": [shortened(row[name]) for name in table.key],
        }
        place = source.place(row[ROW], table.key[0])
        at = (row[ROW], table.key[0])
        yield Finding(CATALOGUE["KEY_DUPLICATE"], table.name, place, values, *at)


def _in_words(column: Column, value: Parsed) -> str:
    """Write a column and its value as people do: 年度「令和6年度」."""
    shown = display_value(column, value)
    words = era_date(shown) if isinstance(shown, dt.date) else shown
    return f"{column.header}は空欄" if value is None else f"{column.header}「{shortened(words)}」"


def reference_problems(
    frames: Frames, sources: Sources, absent: Set[str], known: ExternalIds
) -> Iterator[Finding]:
    """Name every id that its table does not hold, or holds only as a row to be removed.

    An id of `known` exists though no row of the carrier has it.
    """
    for name, table in BY_NAME.items():
        for column in table.columns:
            if column.refers and frames[name].height:
                found = _unknown_ids(table, column, frames, sources[name], known)
                yield from found if column.refers not in absent else _once(found)


def _once(found: Iterator[Finding]) -> Iterator[Finding]:
    """Keep the first unknown id: where a whole table is absent, one tells of all."""
    unknown = 0
    for finding in found:
        unknown += finding.code == "ID_UNKNOWN"
        if unknown <= 1 or finding.code != "ID_UNKNOWN":
            yield finding


def _unknown_ids(
    table: Table, column: Column, frames: Frames, source: TableSource, known: ExternalIds
) -> Iterator[Finding]:
    target = BY_NAME[column.refers or ""]
    given = frames[table.name]
    every, kept = _ids(target, frames, known.get(target.name, frozenset()))
    ids, stays = pl.col(column.name), ~pl.col("delete")
    wrong = given.select(
        unknown=~ids.is_in(every.implode()),
        removed=stays & ids.is_in(every.implode()) & ~ids.is_in(kept.implode()),
    )
    if wrong["unknown"].any():
        yield from _findings("ID_UNKNOWN", table, column, source, given.filter(wrong["unknown"]))
    if wrong["removed"].any():
        removed = given.filter(wrong["removed"])
        yield from _findings("ID_REMOVED", table, column, source, removed)


def _ids(target: Table, frames: Frames, known: Set[str]) -> tuple[pl.Series, pl.Series]:
    """Give all ids of a table, and those of rows that stay; a unit to be opened exists too."""
    name = target.key[0]
    frame = frames[target.name]
    elsewhere = pl.Series(name, sorted(known), pl.String)
    removed = frame.filter("delete")[name].drop_nulls()
    every = pl.concat([frame[name], elsewhere])
    stays = elsewhere.filter(~elsewhere.is_in(removed.implode()))
    kept = pl.concat([frame.filter(~pl.col("delete"))[name], stays])
    if target.name == "units":
        opened = frames["actions"].filter(pl.col("action") == "open")[name]
        every, kept = pl.concat([every, opened]), pl.concat([kept, opened])
    return every.drop_nulls(), kept.drop_nulls()


def _findings(
    code: str, table: Table, column: Column, source: TableSource, rows: pl.DataFrame
) -> Iterator[Finding]:
    target = BY_NAME[column.refers or ""]
    for value, row in rows.select(column.name, ROW).iter_rows():
        values = {"header": column.header, "value": shortened(value), "table": target.sheet}
        place = source.place(row, column.name)
        yield Finding(CATALOGUE[code], table.name, place, values, row, column.name)
