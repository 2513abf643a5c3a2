"""Changes of units in a home's own workbook, as proposals for the officer."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from shokibo.ledger.changes import CURRENT_ROW, TableChanges
from shokibo.ledger.checks.located import json_value
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.web.base.clock import today
from shokibo.web.exchange.naming import Names, name_of
from shokibo.web.exchange.planned import Planned
from shokibo.web.exchange.problems import ENTRIES
from shokibo.web.exchange.reach import Reach
from shokibo.web.register.models import ChangeProposal


def proposed(
    reach: Reach, one: TableChanges, held: Ledger, incoming: Ledger, names: Names
) -> tuple[list[Planned], list[Finding]]:
    """Return the proposals made of a table's changes, and the changes that fit none."""
    making = _unit_proposals if one.table.name == "units" else _capacity_proposals
    pending = ChangeProposal.objects.filter(home__in=reach.homes, state="pending")
    columns = ("change", "unit_name", "unit_kind", "capacity", "unit__code", "effective_on")
    waiting = {
        _identity({**row, "unit_id": row["unit__code"], "effective_on": str(row["effective_on"])})
        for row in pending.values(*columns)
    }
    rows: list[Planned] = []
    wrong: list[Finding] = []
    for found in making(one, held, incoming, names):
        if isinstance(found, Finding):
            wrong.append(found)
        elif _identity(found.held) not in waiting:
            rows.append(found)
    return rows, wrong


def _identity(asked: dict[str, Any]) -> tuple[object, ...]:
    """Return what distinguishes a proposal: a new unit has no id."""
    change = asked["change"]
    return (
        change,
        None if change == "open" else asked["unit_id"],
        *(asked.get(name) for name in ("unit_name", "unit_kind", "capacity")),
        None if change == "kind" else asked["effective_on"],
    )


def _unit_proposals(
    one: TableChanges, held: Ledger, incoming: Ledger, names: Names
) -> Iterator[Planned | Finding]:
    for row in one.removed.iter_rows(named=True):
        yield _unfit(one, incoming, row["unit_id"], None)
    registered = {row[ROW]: row for row in held["units"].iter_rows(named=True)}
    for row in one.changed.iter_rows(named=True):
        old = registered[row[CURRENT_ROW]]
        differing = {name for name in one.table.schema if row[name] != old[name]}
        reopened = "closed_on" in differing and row["closed_on"] is None
        if reopened or not differing <= {"kind", "closed_on"}:
            yield _unfit(one, incoming, row["unit_id"], row[ROW])
            continue
        if "kind" in differing:
            day = today().isoformat()
            asked = {"change": "kind", "unit_kind": row["kind"], "effective_on": day}
            yield _planned(one, incoming, row, old, ["kind"], asked, names)
        if "closed_on" in differing:
            asked = {"change": "close", "effective_on": row["closed_on"].isoformat()}
            yield _planned(one, incoming, row, old, ["closed_on"], asked, names)
    for row in one.added.iter_rows(named=True):
        yield _opening(one, incoming, row, names)


def _opening(
    one: TableChanges, incoming: Ledger, row: dict[str, Any], names: Names
) -> Planned | Finding:
    """Propose a new unit with its first capacity in the workbook."""
    first = (
        incoming["capacities"]
        .filter(pl.col("unit_id") == row["unit_id"])
        .sort("effective_from")["capacity"]
    )
    further = [row[name] for name in ("closed_on", "continues", "area")]
    if row["opened_on"] is None or first.is_empty() or any(further):
        return _unfit(one, incoming, row["unit_id"], row[ROW])
    asked = {
        "change": "open",
        "unit_name": row["name"],
        "unit_kind": row["kind"],
        "capacity": first[0],
        "effective_on": row["opened_on"].isoformat(),
        "home_id": row["home_id"],
    }
    return _planned(one, incoming, row, {}, ["name", "kind", "opened_on"], asked, names)


def _capacity_proposals(
    one: TableChanges, held: Ledger, incoming: Ledger, names: Names
) -> Iterator[Planned | Finding]:
    known = set(held["units"]["unit_id"])
    registered = {row[ROW]: row for row in held["capacities"].iter_rows(named=True)}
    for row in one.removed.iter_rows(named=True):
        yield _unfit(one, incoming, row["unit_id"], None)
    for frame in (one.changed, one.added):
        for row in frame.iter_rows(named=True):
            if row["unit_id"] not in known:
                continue  # part of the proposal that opens the unit
            asked = {
                "change": "capacity",
                "capacity": row["capacity"],
                "effective_on": row["effective_from"].isoformat(),
            }
            old = registered.get(row.get(CURRENT_ROW, -1), {})
            columns = ["capacity"] if old else ["effective_from", "capacity"]
            yield _planned(one, incoming, row, old, columns, asked, names)


def _planned(
    one: TableChanges,
    incoming: Ledger,
    row: dict[str, Any],
    old: dict[str, Any],
    columns: list[str],
    asked: dict[str, Any],
    names: Names,
) -> Planned:
    return Planned(
        one.table.name,
        "propose",
        incoming.place(one.table.name, row[ROW], columns[-1]),
        name_of(one.table, row, names),
        before={name: json_value(old[name]) for name in columns} if old else {},
        after={name: json_value(row[name]) for name in columns},
        held={"unit_id": row["unit_id"], **asked},
    )


def _unfit(one: TableChanges, incoming: Ledger, unit: str, row: int | None) -> Finding:
    column = "unit_id" if row is not None else None
    values = {"value": unit}
    place = incoming.place(one.table.name, row, column)
    return Finding(ENTRIES["NO_PROPOSAL_FOR_IT"], one.table.name, place, values)
