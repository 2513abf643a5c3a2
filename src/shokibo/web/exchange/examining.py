"""The dry run: what a workbook would change, and every problem at its cell. Writes nothing."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import polars as pl

from shokibo import calendar
from shokibo.checking import check
from shokibo.ledger import problems as reading_problems
from shokibo.ledger.changes import CURRENT_ROW, TableChanges, import_changes, missing_removals
from shokibo.ledger.checks import check_tables
from shokibo.ledger.columns import Kind, Table
from shokibo.ledger.findings import Finding
from shokibo.ledger.merging import ids_still_in_use, merge_ledgers, new_findings
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.ledger.reading import Reading
from shokibo.ledger.tables import AUTHORITIES
from shokibo.texts import Text
from shokibo.web.exchange.naming import Names, named, names_of
from shokibo.web.exchange.permitting import (
    first_column,
    permitted,
    removed_place,
    touched_rows,
)
from shokibo.web.exchange.planned import Planned, values_of
from shokibo.web.exchange.problems import ENTRIES
from shokibo.web.exchange.proposing import proposed
from shokibo.web.exchange.reach import Reach
from shokibo.web.register.models import ChangeProposal, Episode, Home
from shokibo.web.store.loading import REFUSED_BY_DATABASE
from shokibo.web.store.mapping import MAPPED
from shokibo.web.store.reading import rows_of
from shokibo.web.store.rules import own_law

REFUSED = REFUSED_BY_DATABASE | {"STAFF_HOME_DIFFERS", "START_MONTH_OUTSIDE_YEAR"}
_YEARS = range(1927, 2200)
MOST_ROWS = 100_000
"""The most rows of an import: twice those of ten years of the largest authority."""
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Examined:
    """The result of a dry run: problems that prevent it, or rows and warnings.

    `only_counted` is how many problems there are beyond those given.
    """

    problems: tuple[Finding, ...]
    of_workbook: tuple[Finding, ...] = ()
    """What there is to look at in the workbook itself."""
    rows: tuple[Planned, ...] = ()
    only_counted: int = 0
    before: Ledger | None = None
    """The present ledger if there are no problems, and `after` the import."""
    after: Ledger | None = None

    @cached_property
    def notes(self) -> tuple[Finding, ...]:
        """All there is to look at.

        Checked on first use: applying a run that still holds shows none.
        """
        if self.before is None or self.after is None or not self.rows:
            return self.of_workbook
        found = [check(ledger, own_law(ledger)) for ledger in (self.before, self.after)]
        return (*self.of_workbook, *new_findings(*found))


def examine(reach: Reach, read: Reading, progress: Progress = lambda _: None) -> Examined:
    """Compare what was read with what is registered; nothing changes."""
    if sum(frame.height for frame in read.ledger.tables.values()) > MOST_ROWS:
        return Examined((reading_problems.at("TOO_MANY_ROWS", "", "", limit=MOST_ROWS),))
    incoming = _own(reach, read.ledger)
    held = reach.held()
    found = import_changes(held, incoming)
    after = merge_ledgers(held, incoming, found)
    rows, refused, names = [], [], names_of(held, incoming)
    for one in found:
        progress(one.table.name)
        planned, wrong = _planned(reach, one, held, incoming, names)
        rows += planned
        refused += wrong
    refused += ids_still_in_use(incoming, after, found)
    refused += new_findings(_refused(held), _refused(after))
    first: dict[tuple[str, str], Finding] = {}
    for finding in refused:  # one cause at a cell is one problem
        first.setdefault((finding.place, finding.code), finding)
    every = [*_unread(reach, read), *first.values()]
    if every:
        only_counted = read.problem_count - len(read.problems)
        return Examined(tuple(every), read.ledger.notes, only_counted=only_counted)
    of_workbook = (*read.ledger.notes, *missing_removals(held, incoming))
    return Examined((), of_workbook, tuple(rows), before=held, after=after)


def _refused(ledger: Ledger) -> list[Finding]:
    return [one for one in check_tables(ledger) if one.code in REFUSED]


# Of which authority


def _unread(reach: Reach, read: Reading) -> Iterator[Finding]:
    """Return what could not be read, and rows of other authorities."""
    code = str(reach.office.authority.code)
    header = AUTHORITIES.column("authority_code").header
    for finding in read.problems:
        if finding.code == "ID_UNKNOWN" and finding.values["header"] == header:
            values = {"value": finding.values["value"], "code": code}
            yield Finding(ENTRIES["OTHER_AUTHORITY"], finding.table, finding.place, values)
        else:
            yield finding
    for frames in (read.ledger.tables, read.ledger.removed):
        for name, frame in frames.items():
            if "authority_code" not in frame.columns:
                continue
            other = frame.filter(pl.col("authority_code") != code)
            for value, row in other.select("authority_code", ROW).iter_rows():
                yield read.ledger.finding(
                    ENTRIES["OTHER_AUTHORITY"], name, row, "authority_code", value=value, code=code
                )


def _own(reach: Reach, incoming: Ledger) -> Ledger:
    code = reach.office.authority.code

    def own(frame: pl.DataFrame) -> pl.DataFrame:
        if "authority_code" not in frame.columns:
            return frame
        return frame.filter(pl.col("authority_code").fill_null(code) == code)

    return replace(
        incoming,
        tables={name: own(frame) for name, frame in incoming.tables.items()},
        removed={name: own(frame) for name, frame in incoming.removed.items()},
    )


# Rows


def _planned(
    reach: Reach, one: TableChanges, held: Ledger, incoming: Ledger, names: Names
) -> tuple[list[Planned], list[Finding]]:
    """Return the rows of a table that would change, and the refusals."""
    if not one.count:
        return [], []
    wrong = [
        *permitted(reach, one, held, incoming),
        *_storable(one, incoming),
        *_used_elsewhere(one, incoming),
    ]
    if one.table.name in ("units", "capacities") and not reach.is_wide:
        rows, more = proposed(reach, one, held, incoming, names)
        return rows, [*wrong, *more]
    return list(_rows(reach, one, held, incoming, names)), wrong


def _rows(
    reach: Reach, one: TableChanges, held: Ledger, incoming: Ledger, names: Names
) -> Iterator[Planned]:
    table = one.table
    versions: dict[int, int] = {}
    if one.changed.height or one.removed.height:
        part = None if reach.is_wide else reach.homes
        stored = rows_of(MAPPED[table.name], reach.office.authority, part)
        versions = dict(stored.values_list("pk", "version"))
    for row, name in _named(table, one.removed, names):
        place = removed_place(incoming, table, row)
        yield Planned(
            table.name,
            "remove",
            place,
            name,
            row[ROW],
            versions.get(row[ROW]),
            before=values_of(table, row),
        )
    changed = held[table.name].filter(pl.col(ROW).is_in(one.changed[CURRENT_ROW].implode()))
    registered = {row[ROW]: row for row in changed.iter_rows(named=True)}
    for row, name in _named(table, one.changed, names):
        old, new = values_of(table, registered[row[CURRENT_ROW]]), values_of(table, row)
        differing = [column for column in new if new[column] != old[column]]
        yield Planned(
            table.name,
            "change",
            incoming.place(table.name, row[ROW], differing[0]),
            name,
            row[CURRENT_ROW],
            versions.get(row[CURRENT_ROW]),
            {column: old[column] for column in differing},
            {column: new[column] for column in differing},
        )
    kind = "draft" if table.name == "applications" else "add"
    for row, name in _named(table, one.added, names):
        place = incoming.place(table.name, row[ROW], first_column(table))
        yield Planned(table.name, kind, place, name, after=values_of(table, row))


def _named(
    table: Table, frame: pl.DataFrame, names: Names
) -> Iterator[tuple[dict[str, Any], Text]]:
    rows = frame.rows(named=True)
    return zip(rows, named(table, rows, names), strict=True)


# Why a row may not be imported


def _storable(one: TableChanges, incoming: Ledger) -> Iterator[Finding]:
    """Return the cells that the database can't store or pages can't show."""
    for row, _ in touched_rows(replace(one, removed=one.removed.clear()), incoming):
        for column in one.table.columns:
            value = row[column.name]
            values: dict[str, Any] = {"header": column.header}
            if isinstance(value, str) and "\x00" in value:
                entry = ENTRIES["NOT_A_CHARACTER"]
            elif isinstance(value, dt.date) and value < calendar.ERAS[-1].first_day:
                entry = ENTRIES["DAY_WITHOUT_ERA"]
                values["value"] = value.isoformat()
            elif column.kind is Kind.FISCAL_YEAR and isinstance(value, int) and value not in _YEARS:
                entry = ENTRIES["YEAR_UNLIKELY"]
                values["value"] = value
            else:
                continue
            yield incoming.finding(entry, one.table.name, row[ROW], column.name, **values)


def _used_elsewhere(one: TableChanges, incoming: Ledger) -> Iterator[Finding]:
    """Return the homes and units that can't be removed: rows outside of imports refer to them."""
    if one.table.name not in ("homes", "units") or one.removed.is_empty():
        return
    pks = one.removed[ROW].to_list()
    path = "home" if one.table.name == "homes" else "unit"
    used = set(ChangeProposal.objects.filter(**{f"{path}__in": pks}).values_list(path, flat=True))
    children = set(Episode.objects.filter(**{f"{path}__in": pks}).values_list(path, flat=True))
    with_people: set[int] = set()
    if one.table.name == "homes":
        with_people = set(
            Home.objects.filter(pk__in=pks, membership__isnull=False).values_list("pk", flat=True)
        )
    for row in one.removed.iter_rows(named=True):
        for others, keys in (
            ("申出の記録", used),
            ("利用者の役割", with_people),
            ("児童の記録", children),
        ):
            if row[ROW] in keys:
                place = removed_place(incoming, one.table, row)
                values = {
                    "table": one.table.sheet,
                    "value": row[one.table.key[0]],
                    "others": others,
                }
                yield Finding(ENTRIES["USED_ELSEWHERE"], one.table.name, place, values)
