"""Unique keys and existing ids: the checks of a reading across rows and tables."""

import datetime as dt
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

import polars as pl

from shokibo.calendar import era_date
from shokibo.ledger.carriers.headers import name_key
from shokibo.ledger.cells import Parsed
from shokibo.ledger.columns import Column, Kind
from shokibo.ledger.findings import Finding, Value, shortened
from shokibo.ledger.formatting import display_value
from shokibo.ledger.problems import CATALOGUE
from shokibo.ledger.raw import ROW, TableSource
from shokibo.ledger.tables import BY_NAME

Frames = Mapping[str, pl.DataFrame]
Names = Mapping[str, str | None]
"""Ids, each with its name; blank if it is not known, or its table has none."""
ExternalIds = Mapping[str, Names]
"""The ids of each table that exist elsewhere: in the database into which a workbook is imported."""
Sources = Mapping[str, TableSource]
REFERABLE = ("authorities", "homes", "units", "applications")
"""The tables that others refer to."""


def referable_ids(frames: Frames) -> dict[str, Names]:
    """Return the ids of `REFERABLE`, with their names."""
    return {name: _named(frames[name], BY_NAME[name].key[0]) for name in REFERABLE}


def _named(frame: pl.DataFrame, key: str) -> Names:
    name = pl.col("name") if "name" in frame.columns else pl.lit(None, pl.String)
    return dict(frame.drop_nulls(key).select(key, name.alias("named")).iter_rows())


def key_problems(frames: Frames, sources: Sources) -> Iterator[Finding]:
    """Report every row with the same key as an earlier row."""
    for name, table in BY_NAME.items():
        frame, key = frames[name], table.key
        if frame.height < 2 or not key:
            continue
        if not frame.select(pl.struct(key).is_duplicated().any()).item():
            continue
        required = [column for column in key if table.column(column).required]
        first = pl.col(ROW).first().over(key).alias("first")
        rows = frame.drop_nulls(required).select(*key, ROW).with_columns(first)
        for row in rows.filter(pl.col(ROW) != pl.col("first")).iter_rows(named=True):
            values: dict[str, Value] = {
                "headers": [table.column(column).header for column in key],
                "key": [_in_words(table.column(column), row[column]) for column in key],
                "first": sources[name].place(row["first"], key[0]),
                "value": [shortened(row[column]) for column in key],
            }
            at = (row[ROW], key[0])
            yield Finding(CATALOGUE["KEY_DUPLICATE"], name, sources[name].place(*at), values, *at)


def _in_words(column: Column, value: Parsed) -> str:
    """Format a column and its value for people: 年度「令和6年度」."""
    shown = display_value(column, value)
    words = era_date(shown) if isinstance(shown, dt.date) else shown
    return f"{column.header}は空欄" if value is None else f"{column.header}「{shortened(words)}」"


def reference_problems(
    frames: Frames, sources: Sources, absent: Set[str], external: ExternalIds
) -> Iterator[Finding]:
    """Report every id that its table does not have, or only in a row to be removed.

    Ids in `external` exist although no row of the carrier has them. For a table that is missing
    entirely only the first unknown id is reported.
    """
    targets = {
        name: _target(frames[name], BY_NAME[name].key[0], external.get(name, {}))
        for name in REFERABLE
    }
    opened = set(frames["actions"].filter(pl.col("action") == "open")["unit_id"].to_list())
    for name, table in BY_NAME.items():
        for column in table.columns:
            if not column.refers or frames[name].is_empty():
                continue
            target = targets[column.refers]
            # a unit to be opened exists too
            coming = opened if column.refers == "units" and name != "units" else set()
            ids = set(frames[name][column.name].to_list()) - {None} - target.staying - coming
            if not ids:
                continue
            rows = frames[name].filter(pl.col(column.name).is_in(list(ids)))
            is_removed = pl.col(column.name).is_in(list(target.removed))
            unknown = rows.filter(~is_removed)
            if column.refers in absent:
                unknown = unknown.head(1)
            removed = rows.filter(~pl.col("delete") & is_removed)
            by_name = _ids_by_name(target.names)
            for code, wrong in (("ID_UNKNOWN", unknown), ("ID_REMOVED", removed)):
                for value, row in wrong.select(column.name, ROW).iter_rows():
                    meant = by_name.get(name_key(value), []) if code == "ID_UNKNOWN" else []
                    cause = _by_name(column) if meant else code
                    values: dict[str, Value] = {
                        "header": column.header,
                        "value": shortened(value),
                        **({"ids": meant} if meant else {"table": BY_NAME[column.refers].sheet}),
                    }
                    place = sources[name].place(row, column.name)
                    yield Finding(CATALOGUE[cause], name, place, values, row, column.name)


@dataclass(frozen=True)
class _Target:
    """The ids of a table that others refer to: which stay, and which only removed rows have."""

    names: Names
    staying: set[str]
    removed: set[str]


def _target(frame: pl.DataFrame, key: str, elsewhere: Names) -> _Target:
    kept = set(frame.filter(~pl.col("delete"))[key].to_list())
    deleted = set(frame.filter("delete")[key].to_list())
    staying = kept | (elsewhere.keys() - deleted)
    return _Target({**elsewhere, **_named(frame, key)}, staying, deleted - staying)


def _by_name(column: Column) -> str:
    """Return the problem code for a name in place of an id."""
    return "AUTHORITY_BY_NAME" if column.kind is Kind.AUTHORITY_CODE else "ID_BY_NAME"


def _ids_by_name(names: Names) -> dict[str, list[str]]:
    """Return the ids of each name, regardless of spaces and width."""
    ids: dict[str, list[str]] = {}
    for key, name in names.items():
        if name:
            ids.setdefault(name_key(name), []).append(key)
    return ids
