"""From a ledger to the database: all rows, into an authority without rows."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Model

from shokibo.ledger.checks import check_tables
from shokibo.ledger.findings import Finding, UnreadableLedgerError
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.web.audit.recording import Act, add_all
from shokibo.web.base.refusal import RefusedError
from shokibo.web.register.models import Authority, home_on
from shokibo.web.store.deleted_children import deleted_children
from shokibo.web.store.mapping import MAPPED, Mapped, named_first

Known = dict[str, dict[str, Any]]
"""Rows to which others refer: by table, by the ledger's id."""
_NAMED = ("authorities", "homes", "units", "applications")


REFUSED_BY_DATABASE = frozenset(
    {
        "AUTHORITY_CODE_NEEDED",
        "HOME_DATES_REVERSED",
        "UNIT_DATES_REVERSED",
        "CAPACITY_NOT_POSITIVE",
        "CONTINUES_ITSELF",
        "CONTINUES_CIRCLE",
        "CONTINUES_OTHER_AUTHORITY",
        "STAFF_DATES_REVERSED",
        "POSTING_OVERLAPS",
        "ABSENCE_DATES_REVERSED",
        "ABSENCE_OF_NOBODY",
        "ABSENCE_OVERLAPS",
        "CONFIRMATION_DATES_REVERSED",
        "APPLICATION_UNIT_MISSING",
        "APPLICATION_UNIT_NEEDLESS",
        "DECIDED_ON_MISSING",
        "ENDED_NOT_CERTIFIED",
        "REPLACES_CIRCLE",
        "REPLACES_OTHER",
        "PLAN_YEARS_REVERSED",
        "CHILDREN_NEGATIVE",
        "EPISODE_DATES_REVERSED",
        "OWN_VALUE_DATES_REVERSED",
        "OWN_VALUE_OVERLAPS",
        "SUPPORT_NUMBER_NEGATIVE",
        "LEAD_STATE_BEFORE_FOUND",
        "LEAD_OPENED_WITHOUT_UNIT",
        "LEAD_UNIT_TWICE",
    }
)
"""Findings of rows that the database refuses, or that refer to another authority's rows."""


@transaction.atomic
def load(act: Act, ledger: Ledger) -> list[Authority]:
    """Add every row of a ledger, logged; return its authorities.

    Raises UnreadableLedgerError with all rows that the database refuses, RefusedError where an
    authority is there already.
    """
    problems = [one for one in check_tables(ledger) if one.code in REFUSED_BY_DATABASE]
    problems += _of_deleted_children(ledger)
    if problems:
        raise UnreadableLedgerError(problems)
    known = Authority.objects.filter(code__in=ledger["authorities"]["authority_code"].to_list())
    if names := "、".join(known.values_list("name", flat=True)):
        raise RefusedError(
            f"{names}は、もう登録されています。何も読み込んでいません。",
            f"{names} is there already. Nothing was loaded.",
        )
    known_rows: Known = {}
    for name, mapped in MAPPED.items():
        known_rows[name] = {}
        for group in named_first(mapped.table, ledger[name].iter_rows(named=True), lambda row: row):
            rows: list[Any] = list(_rows(mapped, group, known_rows))
            add_all(act, rows)
            if name in _NAMED:
                known_rows[name].update((row.code, row) for row in rows)
            if name == "staff":  # a person may have several postings
                for row in rows:
                    known_rows[name].setdefault(row.code, []).append(row)
    codes = ledger["authorities"]["authority_code"].to_list()
    return list(Authority.objects.filter(code__in=codes))


def _of_deleted_children(ledger: Ledger) -> Iterator[Finding]:
    """Return episodes of children whose deletion the program's own folder still knows of."""
    only = str(ledger["authorities"]["authority_code"].first())
    by_authority: dict[str, list[tuple[dict[str, Any], str]]] = {}
    for row in ledger["episodes"].iter_rows(named=True):
        place = ledger.place("episodes", row[ROW], "child_code")
        by_authority.setdefault(row["authority_code"] or only, []).append((row, place))
    for code, rows in by_authority.items():
        yield from deleted_children(code, rows)


def _rows(mapped: Mapped, rows: list[dict[str, Any]], known: Known) -> Iterator[Model]:
    for row in rows:
        values = {
            field: value
            for column in mapped.table.columns
            for field, value in [_field(mapped, column.name, row[column.name], known)]
        }
        if mapped.table.name == "applications":
            has_ended = row["decision"] == "certified" and row["ended_on"] is not None
            decided = "submitted" if row["decision"] == "pending" else row["decision"]
            values["state"] = "ended" if has_ended else decided
        if mapped.table.name == "absences":
            values["home"] = home_on(known["staff"][row["staff_id"]], row["started_on"])
        if mapped.model is not Authority and values.get("authority") is None:
            # its home's, or its unit's, or the only one
            owner = values.get("home") or values.get("unit")
            if owner is None:
                (values["authority"],) = known["authorities"].values()
            else:
                values["authority"] = owner.authority
        yield mapped.model(**values)


def _field(mapped: Mapped, column: str, value: Any, known: Known) -> tuple[str, Any]:
    """Return a column's field and value: for a reference the row itself, not its key.

    The log writes a row's name, which may include its unit's; so none is queried again.
    """
    linked, _, attribute = mapped.paths[column].partition("__")
    named = mapped.table.column(column).refers if attribute else None
    return linked, known[named][value] if named and value is not None else value
