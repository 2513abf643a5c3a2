"""The ledger as it would be after an import: the current one with a workbook's changes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from shokibo.ledger.changes import CURRENT_ROW, TableChanges
from shokibo.ledger.columns import Column
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.formatting import display_value
from shokibo.ledger.model import Ledger, empty_frame
from shokibo.ledger.raw import ROW, TableSource
from shokibo.ledger.tables import ACTIONS, BY_NAME
from shokibo.texts import Text

_INCOMING = 2**31
"""The carrier's rows are numbered from here, after all current ones, because they are later."""

STILL_NAMED = Entry(
    "STILL_NAMED",
    "error",
    Text(
        "{table}「{value}」は消せません。登録済みの{others}がこのIDを使っています({count}行)。",
        "{value} of {table} can't be removed: {count} {count:stored row|stored rows} of {others} "
        "{count:refers|refer} to it.",
    ),
    Text(
        "使っている行も削除するか、この行の○を消してください。",
        "Remove those rows too, or remove the mark.",
    ),
)


@dataclass(frozen=True)
class _MergedSource(TableSource):
    """A source with rows of a carrier and rows of the current ledger."""

    current: pl.DataFrame = field(default_factory=pl.DataFrame)
    key: tuple[Column, ...] = ()
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The names that only one home or unit has, by the column of their ID."""

    def place(self, row: int | None = None, column: str | None = None) -> str:
        """Name a cell of the carrier, or a row of the current ledger by its key."""
        if row is None or row >= _INCOMING:
            return super().place(None if row is None else row - _INCOMING, column)
        values = self.current.row(row, named=True)
        key = " ".join(filter(None, (self._words(one, values[one.name]) for one in self.key)))
        return f"{self.label}(登録済み) {key}".rstrip()

    def _words(self, column: Column, value: object) -> str:
        """Write a part of the key: what has a name or label by that."""
        if value is None:
            return ""
        named = self.names.get(column.name, {}).get(str(value))
        return named or str(display_value(column, value))


_NAMED = {"home_id": "homes", "unit_id": "units"}


def merge_ledgers(current: Ledger, incoming: Ledger, changes: Sequence[TableChanges]) -> Ledger:
    """Make the ledger as it would be; unchanged rows keep places of their own."""
    tables = {one.table.name: _merged(current[one.table.name], one) for one in changes}
    names = {
        column: dict(
            current[table]
            .select(column, "name")
            .filter(~pl.col("name").is_duplicated())
            .drop_nulls()
            .iter_rows()
        )
        for column, table in _NAMED.items()
    }
    sources = {
        name: _MergedSource(
            incoming.sources[name].label,
            incoming.sources[name].is_sheet,
            incoming.sources[name].columns,
            current[name],
            tuple(map(BY_NAME[name].column, BY_NAME[name].key or ("home_id", "fiscal_year"))),
            names,
        )
        for name in tables
    }
    return Ledger(tables, sources=sources)


def _merged(current: pl.DataFrame, changes: TableChanges) -> pl.DataFrame:
    gone = pl.concat([changes.removed[ROW], changes.changed[CURRENT_ROW]])
    unchanged = (
        current.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias(CURRENT_ROW))
        .filter(~pl.col(ROW).is_in(gone.implode()))
        .drop(ROW)
        .rename({CURRENT_ROW: ROW})
    )
    imported = pl.concat([changes.changed.drop(CURRENT_ROW), changes.added])
    later = (pl.col(ROW).cast(pl.Int64) + _INCOMING).cast(pl.UInt32).alias(ROW)
    return pl.concat([unchanged, imported.with_columns(later)])


def ids_still_in_use(
    incoming: Ledger, after: Ledger, changes: Sequence[TableChanges]
) -> Iterator[Finding]:
    """Report rows to be removed whose id other rows refer to; an action's unit may be removed."""
    for one in changes:
        target = one.table
        if one.removed.is_empty() or target.name not in ("homes", "units"):
            continue
        key = target.key[0]
        referring = [
            (table, column)
            for table in BY_NAME.values()
            for column in table.columns
            if column.refers == target.name and not (table is ACTIONS and target.name == "units")
        ]
        marked = incoming.removed.get(target.name, empty_frame(target))
        marked = marked.filter(pl.col(key).is_in(one.removed[key].implode()))
        for value, row in marked.select(key, ROW).iter_rows():
            for table, column in referring:
                if count := after[table.name].filter(pl.col(column.name) == value).height:
                    values = {"table": target.sheet, "value": value, "others": table.sheet}
                    yield incoming.finding(
                        STILL_NAMED, target.name, row, key, **values, count=count
                    )


def new_findings(before: Sequence[Finding], after: Sequence[Finding]) -> list[Finding]:
    """Select the findings that were not there before, regardless of their rows."""
    known = Counter(map(_identity, before))
    new = []
    for finding in after:
        if known[_identity(finding)]:
            known[_identity(finding)] -= 1
        else:
            new.append(finding)
    return new


def _identity(finding: Finding) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    values = tuple(sorted((name, repr(value)) for name, value in finding.values.items()))
    return finding.code, finding.table, values
