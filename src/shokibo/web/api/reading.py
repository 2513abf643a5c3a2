"""Rows of the ledger's tables as the API gives them, scoped through the office."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode

from shokibo.ledger.cells import hours_text
from shokibo.ledger.columns import Column, Kind, Table
from shokibo.web.accounts.permissions import Permission
from shokibo.web.api.caller import TokenOffice
from shokibo.web.api.schemas.asked import PageAsked
from shokibo.web.register.models import Home
from shokibo.web.store.mapping import DECISION_OF_STATE, MAPPED


def may_write(office: TokenOffice, table: Table) -> bool:
    """Return whether a caller may write rows of a table."""
    mapped = MAPPED[table.name]
    return bool(mapped.form) and office.may(mapped.write) and office.may(mapped.read)


def page_of(
    request: HttpRequest, office: TokenOffice, table: Table, asked: PageAsked
) -> dict[str, Any]:
    """Return a page of a table's rows in the order of their ids, and where the next one is."""
    home_id = getattr(asked, "home_id", None)
    rows = _of_home(_rows(office, table), table, home_id)
    found = _as_json(rows.filter(pk__gt=asked.after)[: asked.limit + 1], table)
    shown, rest = found[: asked.limit], found[asked.limit :]
    following = _address(request, asked, shown[-1]["id"]) if rest else None
    _record_look(office, table, len(shown), home_id)
    return {"count": rows.count(), "next": following, "rows": shown}


def row_of(office: TokenOffice, table: Table, pk: int) -> dict[str, Any] | None:
    """Return one row; None if the caller sees no such row."""
    found = _as_json(_rows(office, table).filter(pk=pk), table)
    if found:
        _record_look(office, table, 1)
    return found[0] if found else None


def _rows(office: TokenOffice, table: Table) -> QuerySet[Model]:
    return office.rows(MAPPED[table.name].model, MAPPED[table.name].read).order_by("pk")


def _of_home(rows: QuerySet[Model], table: Table, home_id: str | None) -> QuerySet[Model]:
    if home_id is None:
        return rows
    path = MAPPED[table.name].model.home_path  # type: ignore[attr-defined]
    return rows.filter(**{"code" if path == "pk" else f"{path}__code": home_id})


def _address(request: HttpRequest, asked: PageAsked, after: int) -> str:
    given = {name: value for name, value in asked.dict().items() if value is not None}
    return request.build_absolute_uri(f"{request.path}?{urlencode({**given, 'after': after})}")


def _record_look(office: TokenOffice, table: Table, rows: int, home_id: str | None = None) -> None:
    """Record that somebody looked at rows of staff or of children, as the pages do."""
    if MAPPED[table.name].read is Permission.CHILD_READ:
        office.looked(f"{table.sheet}(API)", rows)
    elif MAPPED[table.name].read is Permission.STAFF_READ:
        homes = office.rows(Home, Permission.STAFF_READ)
        home = homes.filter(code=home_id).first() if home_id else None
        office.looked(f"{table.sheet}(API)", rows, home)


def _as_json(rows: QuerySet[Model], table: Table) -> list[dict[str, Any]]:
    mapped = MAPPED[table.name]
    writers = {column.name: _writer(column) for column in table.columns}
    return [
        {
            "id": pk,
            "version": version,
            **{
                name: write(one) for (name, write), one in zip(writers.items(), values, strict=True)
            },
        }
        for pk, version, *values in rows.values_list("pk", "version", *mapped.paths.values())
    ]


def _writer(column: Column) -> Callable[[Any], Any]:
    if column.name == "decision":
        return lambda state: DECISION_OF_STATE[state]
    if column.kind is Kind.HOURS:
        return lambda seconds: None if seconds is None else hours_text(seconds)
    if column.kind is Kind.MONTH:
        return lambda month: None if month is None else f"{month:%Y-%m}"
    return lambda value: value.isoformat() if isinstance(value, dt.date) else value
