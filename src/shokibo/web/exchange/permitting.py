"""Which rows of a workbook a person may import, and each row's place."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl

from shokibo.ledger.changes import CURRENT_ROW, TableChanges
from shokibo.ledger.columns import Table
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.web.exchange.problems import ENTRIES
from shokibo.web.exchange.reach import Reach
from shokibo.web.register.models import Episode
from shokibo.web.store.deleted_children import deleted_children
from shokibo.web.store.mapping import MAPPED


def permitted(reach: Reach, one: TableChanges, held: Ledger, incoming: Ledger) -> Iterator[Finding]:
    """Return the rows that the person may not change."""
    match one.table.name:
        case "applications":
            yield from _applications(reach, one, held, incoming)
        case "authorities":
            yield from _rows_of_homes(reach, one, held, incoming)
            yield from _reporting(one, held, incoming)
        case "parameters":
            for row, place in touched_rows(one, incoming):  # two people decide on each
                values = {"value": row["name"]}
                yield Finding(ENTRIES["OWN_VALUE_BY_PAGES"], one.table.name, place, values)
        case "units" | "capacities" if not reach.is_wide:
            return
        case "absences" if not reach.is_wide:
            yield from _absences(reach, one, held, incoming)
        case "episodes" if reach.office.may(MAPPED["episodes"].write):
            yield from _rows_of_homes(reach, one, held, incoming)
            yield from _episodes(reach, one, incoming)
            code = str(reach.office.authority.code)
            yield from deleted_children(code, touched_rows(one, incoming))
        case _:
            yield from _rows_of_homes(reach, one, held, incoming)


def _rows_of_homes(
    reach: Reach, one: TableChanges, held: Ledger, incoming: Ledger
) -> Iterator[Finding]:
    """Refuse rows of homes out of reach; rows without home are the authority's."""
    table, office = one.table, reach.office
    if table.name == "authorities":
        for row in one.removed.iter_rows(named=True):
            place = removed_place(incoming, table, row)
            yield Finding(ENTRIES["AUTHORITY_STAYS"], table.name, place)
    homes = {home.code: home for home in reach.homes}
    for row, place in touched_rows(one, incoming):
        home = homes.get(row.get("home_id") or "")
        needed = MAPPED[table.name].write
        allowed = office.may(needed, home) if home else office.may(needed) and reach.is_wide
        if not allowed:
            entry = ENTRIES["CHILDREN_OF_CENTER" if table.is_of_children else "NOT_KEPT_BY_YOU"]
            yield Finding(entry, table.name, place, {"table": table.sheet})
    if table.name == "staff" and not reach.is_wide:
        yield from _unregistered_units(one, held, incoming)


def _episodes(reach: Reach, one: TableChanges, incoming: Ledger) -> Iterator[Finding]:
    """Return rows of other centers' children, and of children with records."""
    stored = Episode.objects.filter(authority=reach.office.authority)
    derived = set(stored.filter(of_records=True).values_list("child_code", flat=True))
    others: set[str] = set()
    if reach.centers is not None:
        elsewhere = stored.exclude(center_code__in=reach.centers)
        others = set(elsewhere.values_list("child_code", flat=True))
    for row, place in touched_rows(one, incoming):
        child, center = row["child_code"], row["center_code"]
        is_elsewhere = reach.centers is not None and center not in reach.centers
        if is_elsewhere or child in others:
            entry = ENTRIES["CHILD_OF_OTHER_CENTER"]
        elif child in derived:
            entry = ENTRIES["EPISODE_OF_RECORDS"]
        else:
            continue
        yield Finding(entry, one.table.name, place, {"value": child})


def _reporting(one: TableChanges, held: Ledger, incoming: Ledger) -> Iterator[Finding]:
    """Return changes of how the authority reports, which two people decide."""
    before = held[one.table.name].rename({ROW: CURRENT_ROW})
    for row in one.changed.join(before, on=CURRENT_ROW, suffix="_before").iter_rows(named=True):
        for name in ("reporting_officer", "reports_from"):
            if row[name] != row[f"{name}_before"]:
                header = one.table.column(name).header
                yield incoming.finding(
                    ENTRIES["REPORTING_BY_PAGES"], one.table.name, row[ROW], name, header=header
                )


def _absences(reach: Reach, one: TableChanges, held: Ledger, incoming: Ledger) -> Iterator[Finding]:
    """Return leave of people who are not the home's, considering staff that the workbook adds."""
    people = {*held["staff"]["staff_id"], *incoming["staff"]["staff_id"]}
    for row, place in touched_rows(one, incoming):
        if row["staff_id"] not in people or not reach.office.may(MAPPED[one.table.name].write):
            values = {"table": one.table.sheet}
            yield Finding(ENTRIES["NOT_KEPT_BY_YOU"], one.table.name, place, values)


def _unregistered_units(one: TableChanges, held: Ledger, incoming: Ledger) -> Iterator[Finding]:
    """Return a home's postings to a unit that the same workbook only proposes."""
    unknown = ~pl.col("unit_id").is_in(held["units"]["unit_id"].implode())
    for frame in (one.added, one.changed):
        for row, unit in frame.filter(unknown).select(ROW, "unit_id").iter_rows():
            yield incoming.finding(
                ENTRIES["UNIT_NOT_REGISTERED"], one.table.name, row, "unit_id", value=unit
            )


def _applications(
    reach: Reach, one: TableChanges, held: Ledger, incoming: Ledger
) -> Iterator[Finding]:
    """Return all changes but a home's new drafts: no workbook bypasses examiner and approver."""
    amended = {finding.row: finding for finding in _amended(one, held, incoming)}
    drafts = (pl.col("decision") == "draft") & pl.col("replaces").is_null()
    added = one.added.filter(~drafts) if not reach.is_wide else one.added
    for row, place in touched_rows(replace(one, added=added), incoming):
        values = {"value": row["application_id"]}
        refused = Finding(ENTRIES["APPLICATION_BY_PAGES"], "applications", place, values)
        yield amended.get(row[ROW], refused) if CURRENT_ROW in row else refused


def _amended(one: TableChanges, held: Ledger, incoming: Ledger) -> Iterator[Finding]:
    """Find certified applications whose decision would change without an end."""
    before = held["applications"].rename({ROW: CURRENT_ROW})
    rows = one.changed.join(before, on=CURRENT_ROW, suffix="_before", maintain_order="left").filter(
        (pl.col("decision_before") == "certified") & pl.col("ended_on").is_null()
    )
    for row in rows.iter_rows(named=True):
        for name in [name for name in _DECIDED if row[name] != row[f"{name}_before"]][:1]:
            yield incoming.finding(
                ENTRIES["CERTIFIED_AMENDED"],
                one.table.name,
                row[ROW],
                name,
                application_id=row["application_id"],
                header=one.table.column(name).header,
                before=row[f"{name}_before"],
                after=row[name],
            )


_DECIDED = ("certified_extra", "requested_extra")
"""What a decision states; it changes only by an end and a new application."""


def touched_rows(one: TableChanges, incoming: Ledger) -> Iterator[tuple[dict[str, Any], str]]:
    """Return the rows with an effect, each with its place in the workbook."""
    for frame in (one.added, one.changed):
        for row in frame.iter_rows(named=True):
            yield row, incoming.place(one.table.name, row[ROW], first_column(one.table))
    for row in one.removed.iter_rows(named=True):
        yield row, removed_place(incoming, one.table, row)


def removed_place(incoming: Ledger, table: Table, row: dict[str, Any]) -> str:
    """Return the place of a row marked 削除; actions are replaced without a mark."""
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


def first_column(table: Table) -> str:
    """Return the column of a finding about a whole row."""
    return next(name for name in (*table.key, "home_id") if name != "authority_code" or table.key)
