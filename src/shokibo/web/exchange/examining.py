"""The dry run: what a workbook would change, and every problem at its cell. It writes nothing."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from shokibo import calendar
from shokibo.checking import check
from shokibo.ledger import problems as reading_problems
from shokibo.ledger.changes import CURRENT_ROW, TableChanges, import_changes, missing_removals
from shokibo.ledger.checks import check_tables
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.merging import ids_still_in_use, merge_ledgers, new_findings
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.ledger.reading import Reading
from shokibo.ledger.tables import AUTHORITIES, Column, Kind, Table
from shokibo.web.certification.judgement import law
from shokibo.web.exchange import problems
from shokibo.web.exchange.homes_own import proposed
from shokibo.web.exchange.planned import Planned, name_of, values_of
from shokibo.web.exchange.reach import Reach
from shokibo.web.register.models import ChangeProposal, Home
from shokibo.web.store.loading import REFUSED_BY_DATABASE
from shokibo.web.store.mapping import MAPPED
from shokibo.web.store.reading import rows_of

REFUSED = REFUSED_BY_DATABASE | {"STAFF_HOME_DIFFERS", "START_MONTH_OUTSIDE_YEAR"}
_YEARS = range(1927, 2200)
MOST_ROWS = 100_000
"""So many rows one import may bring; ten years of the largest authority are half of it."""
Told = Callable[[str], None]


@dataclass(frozen=True)
class Examined:
    """What a dry run gives: problems that stop it, or else rows, and what to look at.

    `only_counted` is how many problems there are beyond those given.
    """

    problems: tuple[Finding, ...]
    notes: tuple[Finding, ...] = ()
    rows: tuple[Planned, ...] = ()
    only_counted: int = 0


def examine(reach: Reach, read: Reading, told: Told = lambda _: None) -> Examined:
    """Hold what was read against what is held; nothing changes."""
    if sum(frame.height for frame in read.ledger.tables.values()) > MOST_ROWS:
        return Examined((reading_problems.at("TOO_MANY_ROWS", "", "", limit=MOST_ROWS),))
    foreign = list(_other_authority(reach, read.ledger))
    incoming = _own(reach, read.ledger)
    held = reach.held()
    found = import_changes(held, incoming)
    after = merge_ledgers(held, incoming, found)
    rows, refused = [], []
    for one in found:
        told(one.table.name)
        planned, wrong = _planned(reach, one, held, incoming, read)
        rows += planned
        refused += wrong
    refused += ids_still_in_use(incoming, after, found)
    refused += new_findings(_refused(held), _refused(after))
    unread = [_of_other_authority(reach, one) for one in read.problems]
    every = [*unread, *foreign, *_once_a_place(refused)]
    if every:
        only_counted = read.problem_count - len(read.problems)
        return Examined(tuple(every), read.ledger.notes, only_counted=only_counted)
    notes = [*read.ledger.notes, *missing_removals(held, incoming)]
    if rows:
        notes += new_findings(check(held, law()), check(after, law()))
    return Examined((), tuple(notes), tuple(rows))


def _refused(ledger: Ledger) -> list[Finding]:
    return [one for one in check_tables(ledger) if one.code in REFUSED]


def _once_a_place(found: Sequence[Finding]) -> list[Finding]:
    """Tell one thing of a cell: a row that may not come in needs no more said of it."""
    first: dict[tuple[str, str], Finding] = {}
    for finding in found:
        first.setdefault((finding.place, finding.code), finding)
    return list(first.values())


# Of which authority


def _other_authority(reach: Reach, incoming: Ledger) -> Iterator[Finding]:
    code = reach.office.authority.code
    for frames in (incoming.tables, incoming.removed):
        for name, frame in frames.items():
            if "authority_code" not in frame.columns:
                continue
            other = frame.filter(pl.col("authority_code") != code)
            for value, row in other.select("authority_code", ROW).iter_rows():
                yield incoming.finding(
                    problems.OTHER_AUTHORITY, name, row, "authority_code", value=value, code=code
                )


def _of_other_authority(reach: Reach, finding: Finding) -> Finding:
    """Say of a code that is unknown here that it is another authority's."""
    if finding.code != "ID_UNKNOWN" or finding.values["header"] != _CODE_HEADER:
        return finding
    values = {"value": finding.values["value"], "code": str(reach.office.authority.code)}
    return Finding(problems.OTHER_AUTHORITY, finding.table, finding.place, values)


_CODE_HEADER = AUTHORITIES.column("authority_code").header


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
    reach: Reach, one: TableChanges, held: Ledger, incoming: Ledger, read: Reading
) -> tuple[list[Planned], list[Finding]]:
    """Give the rows of a table that would change, and what stands against them."""
    if not one.count:
        return [], []
    wrong = [*_permitted(reach, one, held, incoming), *_storable(one, incoming)]
    wrong += _used_elsewhere(reach, one, incoming)
    if one.table.name in ("units", "capacities") and not reach.is_wide:
        rows, more = proposed(reach, one, held, incoming)
        return rows, [*wrong, *more]
    return list(_rows(reach, one, held, incoming)), wrong


def _rows(reach: Reach, one: TableChanges, held: Ledger, incoming: Ledger) -> Iterator[Planned]:
    table = one.table
    versions = _versions(reach, table) if one.changed.height or one.removed.height else {}
    for row in one.removed.iter_rows(named=True):
        place = _removed_place(incoming, table, row)
        yield Planned(
            table.name,
            "remove",
            place,
            name_of(table, row),
            row[ROW],
            versions.get(row[ROW]),
            before=values_of(table, row),
        )
    standing = {row[ROW]: row for row in _those(held[table.name], one.changed[CURRENT_ROW])}
    for row in one.changed.iter_rows(named=True):
        old, new = values_of(table, standing[row[CURRENT_ROW]]), values_of(table, row)
        differing = [name for name in new if new[name] != old[name]]
        yield Planned(
            table.name,
            "change",
            incoming.place(table.name, row[ROW], differing[0]),
            name_of(table, row),
            row[CURRENT_ROW],
            versions.get(row[CURRENT_ROW]),
            {name: old[name] for name in differing},
            {name: new[name] for name in differing},
        )
    kind = "draft" if table.name == "applications" else "add"
    for row in one.added.iter_rows(named=True):
        place = incoming.place(table.name, row[ROW], _first(table))
        yield Planned(table.name, kind, place, name_of(table, row), after=values_of(table, row))


def _those(frame: pl.DataFrame, rows: pl.Series) -> Iterator[dict[str, Any]]:
    return frame.filter(pl.col(ROW).is_in(rows.implode())).iter_rows(named=True)


def _versions(reach: Reach, table: Table) -> dict[int, int]:
    part = None if reach.is_wide else reach.homes
    found = rows_of(MAPPED[table.name], reach.office.authority, part)
    return dict(found.values_list("pk", "version"))


def _removed_place(incoming: Ledger, table: Table, row: dict[str, Any]) -> str:
    """Name the row that is marked 削除; actions are replaced without a mark."""
    marked = incoming.removed.get(table.name)
    if not table.key or marked is None:
        return incoming.place(table.name)
    same = pl.all_horizontal(
        pl.col(name).eq_missing(pl.lit(row[name], dtype=marked.schema[name]))
        for name in table.key
        if name != "authority_code" or len(table.key) == 1
    )
    numbers = marked.filter(same)[ROW]
    if numbers.is_empty():
        return incoming.place(table.name)
    return incoming.place(table.name, numbers[0], "delete")


# What stands against a row


def _permitted(
    reach: Reach, one: TableChanges, held: Ledger, incoming: Ledger
) -> Iterator[Finding]:
    """Say of which rows the person may not bring a change in."""
    table, office = one.table, reach.office
    if table.name == "applications":
        yield from _applications(reach, one, incoming)
        return
    if table.name == "authorities" and one.removed.height:
        yield _at_removed(problems.AUTHORITY_STAYS, one, incoming)
    if table.name in ("units", "capacities") and not reach.is_wide:
        return
    homes = {home.code: home for home in reach.homes}
    for row, place in _touched_rows(one, incoming):
        home = homes.get(row.get("home_id") or "")
        needed = MAPPED[table.name].write
        allowed = office.may(needed, home) if home else office.may(needed) and reach.is_wide
        if not allowed:
            values = {"table": table.sheet}
            yield Finding(problems.NOT_KEPT_BY_YOU, table.name, place, values)
    if table.name == "staff" and not reach.is_wide:
        yield from _units_not_registered(one, held, incoming)


def _units_not_registered(one: TableChanges, held: Ledger, incoming: Ledger) -> Iterator[Finding]:
    """Say where somebody is posted to a unit that the same workbook opens, which is proposed."""
    known = {*held["units"]["unit_id"], None}
    for frame in (one.added, one.changed):
        for row in frame.iter_rows(named=True):
            if row["unit_id"] not in known:
                yield incoming.finding(
                    problems.UNIT_NOT_REGISTERED,
                    one.table.name,
                    row[ROW],
                    "unit_id",
                    value=row["unit_id"],
                )


def _touched_rows(one: TableChanges, incoming: Ledger) -> Iterator[tuple[dict[str, Any], str]]:
    for frame in (one.added, one.changed):
        for row in frame.iter_rows(named=True):
            yield row, incoming.place(one.table.name, row[ROW], _first(one.table))
    for row in one.removed.iter_rows(named=True):
        yield row, _removed_place(incoming, one.table, row)


def _first(table: Table) -> str:
    """Name the column at which something is said of a whole row."""
    return next(name for name in (*table.key, "home_id") if name != "authority_code" or table.key)


def _applications(reach: Reach, one: TableChanges, incoming: Ledger) -> Iterator[Finding]:
    """Let a home's new drafts in, and nothing else: examiner and approver are not passed by."""
    drafts = pl.col("decision") == "draft"
    added = one.added.filter(~drafts) if not reach.is_wide else one.added
    for row, place in _touched_rows(replace(one, added=added), incoming):
        values = {"value": row["application_id"]}
        yield Finding(problems.APPLICATION_BY_PAGES, "applications", place, values)


def _at_removed(entry: Entry, one: TableChanges, incoming: Ledger) -> Finding:
    (row, *_rest) = one.removed.iter_rows(named=True)
    return Finding(entry, one.table.name, _removed_place(incoming, one.table, row))


def _storable(one: TableChanges, incoming: Ledger) -> Iterator[Finding]:
    """Say which cells the database could not hold, or no page could show."""
    brought = replace(one, removed=one.removed.clear())
    for row, _ in _touched_rows(brought, incoming):
        for column in one.table.columns:
            for entry, values in _wrong(column, row[column.name]):
                yield incoming.finding(
                    entry, one.table.name, row[ROW], column.name, header=column.header, **values
                )


def _wrong(column: Column, value: object) -> Iterator[tuple[Entry, dict[str, Any]]]:
    if isinstance(value, str):
        if "\x00" in value:
            yield problems.NOT_A_CHARACTER, {}
    elif isinstance(value, dt.date) and value < calendar.ERAS[-1].first_day:
        yield problems.DAY_WITHOUT_ERA, {"value": value.isoformat()}
    elif column.kind is Kind.FISCAL_YEAR and isinstance(value, int) and value not in _YEARS:
        yield problems.YEAR_UNLIKELY, {"value": value}


def _used_elsewhere(reach: Reach, one: TableChanges, incoming: Ledger) -> Iterator[Finding]:
    """Say which homes and units can't go because proposals or people stand on them."""
    if one.table.name not in ("homes", "units") or one.removed.is_empty():
        return
    pks = one.removed[ROW].to_list()
    path = "home" if one.table.name == "homes" else "unit"
    used = set(ChangeProposal.objects.filter(**{f"{path}__in": pks}).values_list(path, flat=True))
    with_people: set[int] = set()
    if one.table.name == "homes":
        with_people = set(
            Home.objects.filter(pk__in=pks, membership__isnull=False).values_list("pk", flat=True)
        )
    for row in one.removed.iter_rows(named=True):
        for others, keys in (("申出の記録", used), ("利用者の役割", with_people)):
            if row[ROW] in keys:
                place = _removed_place(incoming, one.table, row)
                values = {
                    "table": one.table.sheet,
                    "value": row[one.table.key[0]],
                    "others": others,
                }
                yield Finding(problems.USED_ELSEWHERE, one.table.name, place, values)
