"""The ledger as it would be after an import: what is held, with what a workbook changes."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

import polars as pl

from shokibo.ledger.changes import CURRENT_ROW, TableChanges
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger, empty_frame
from shokibo.ledger.raw import ROW, TableSource
from shokibo.ledger.tables import ACTIONS, BY_NAME, Column, Table
from shokibo.texts import Text

_INCOMING = 2**31
"""Rows of the carrier are numbered from here on, after all that are held: they are the later."""

STILL_NAMED = Entry(
    "STILL_NAMED",
    "error",
    Text(
        "{table}「{value}」は消せません。登録済みの{others}がこのIDを使っています({count}行)。",
        "{value} of {table} can't be removed: {count} held rows of {others} name it.",
    ),
    Text(
        "使っている行も削除するか、この行の○を消してください。",
        "Remove those rows too, or take the mark away.",
    ),
)


@dataclass(frozen=True)
class _Both(TableSource):
    """A source of which some rows stand in a carrier and others are held already."""

    held: pl.DataFrame = field(default_factory=pl.DataFrame)
    key: tuple[str, ...] = ()

    def place(self, row: int | None = None, column: str | None = None) -> str:
        """Name a cell of the carrier, or a row that is held by its key."""
        if row is None or row >= _INCOMING:
            return super().place(None if row is None else row - _INCOMING, column)
        values = self.held.row(row, named=True)
        key = " ".join(str(values[name]) for name in self.key if values[name] is not None)
        return f"{self.label}(登録済み) {key}".rstrip()


def merge_ledgers(held: Ledger, incoming: Ledger, found: Sequence[TableChanges]) -> Ledger:
    """Give the ledger as it would be; places of rows that stay as they are say so."""
    tables = {one.table.name: _merged(held[one.table.name], one) for one in found}
    sources = {
        name: _Both(
            incoming.sources[name].label,
            incoming.sources[name].is_sheet,
            incoming.sources[name].columns,
            held[name],
            BY_NAME[name].key or ("home_id", "fiscal_year"),
        )
        for name in tables
    }
    return Ledger(tables, sources=sources)


def _merged(held: pl.DataFrame, found: TableChanges) -> pl.DataFrame:
    gone = pl.concat([found.removed[ROW], found.changed[CURRENT_ROW]])
    kept = (
        held.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias(CURRENT_ROW))
        .filter(~pl.col(ROW).is_in(gone.implode()))
        .drop(ROW)
        .rename({CURRENT_ROW: ROW})
    )
    brought = pl.concat([found.changed.drop(CURRENT_ROW), found.added])
    later = (pl.col(ROW).cast(pl.Int64) + _INCOMING).cast(pl.UInt32).alias(ROW)
    return pl.concat([kept, brought.with_columns(later)])


def ids_still_in_use(
    incoming: Ledger, after: Ledger, found: Sequence[TableChanges]
) -> Iterator[Finding]:
    """Name every row to be removed whose id a row that stays still names."""
    for one in found:
        if one.removed.is_empty() or one.table.name not in ("homes", "units"):
            continue
        key = one.table.key[0]
        rows = _asked(incoming, one.table).filter(pl.col(key).is_in(one.removed[key].implode()))
        for value, row in rows.select(key, ROW).iter_rows():
            for table, count in _naming(after, one.table, value):
                values = {
                    "table": one.table.sheet,
                    "value": value,
                    "others": table.sheet,
                    "count": count,
                }
                yield incoming.finding(STILL_NAMED, one.table.name, row, key, **values)


def _asked(incoming: Ledger, table: Table) -> pl.DataFrame:
    return incoming.removed.get(table.name, empty_frame(table))


def _naming(after: Ledger, target: Table, value: str) -> Iterator[tuple[Table, int]]:
    """Give the tables with rows that name an id; an action may name a unit that is gone."""
    for name, table in BY_NAME.items():
        for column in _referring(table, target):
            count = after[name].filter(pl.col(column.name) == value).height
            if count:
                yield table, count


def _referring(table: Table, target: Table) -> list[Column]:
    if table is ACTIONS and target.name == "units":
        return []
    return [column for column in table.columns if column.refers == target.name]


_Told = tuple[str, str, tuple[tuple[str, str], ...]]


def new_findings(before: Sequence[Finding], after: Sequence[Finding]) -> list[Finding]:
    """Give the findings that were not there before, whatever row they stand at."""
    known: dict[_Told, int] = {}
    for finding in before:
        known[_told(finding)] = known.get(_told(finding), 0) + 1
    new = []
    for finding in after:
        told = _told(finding)
        if known.get(told, 0):
            known[told] -= 1
        else:
            new.append(finding)
    return new


def _told(finding: Finding) -> _Told:
    values = tuple(sorted((name, repr(value)) for name, value in finding.values.items()))
    return finding.code, finding.table, values


def referable_ids(ledger: Ledger) -> Mapping[str, Set[str]]:
    """Give the ids that rows of other tables may name."""
    return {
        name: frozenset(ledger[name][BY_NAME[name].key[0]].to_list())
        for name in ("authorities", "homes", "units")
    }
