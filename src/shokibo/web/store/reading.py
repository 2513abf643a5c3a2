"""From the database to a ledger: one query per table; `_row` is the primary key."""

from collections.abc import Collection
from functools import partial

import polars as pl
from django.db.models import QuerySet

from shokibo.ledger.model import Ledger, empty_frame
from shokibo.ledger.raw import ROW, ROW_DTYPE, TableSource
from shokibo.ledger.tables import BY_NAME
from shokibo.web.register.models import Authority, Home, Unit
from shokibo.web.store.answers import cached
from shokibo.web.store.mapping import DECISION_OF_STATE, MAPPED, Mapped

REGISTER = tuple(name for name, mapped in MAPPED.items() if mapped.is_judged)
"""The tables that rules read."""
WITHOUT_CHILDREN = tuple(name for name, table in BY_NAME.items() if not table.is_of_children)
"""The tables without rows of children."""


def ledger_of(
    authority: Authority,
    homes: Collection[Home] | None = None,
    only: Collection[str] = WITHOUT_CHILDREN,
    centers: Collection[str] | None = None,
) -> Ledger:
    """Read the ledger of an authority or some of its homes; tables not in `only` are empty.

    Rows of children are read only if requested, of some `centers` or of all. The findings' places
    name table and primary key.
    """
    frames = {
        name: _read(MAPPED[name], authority, homes, centers) if name in only else empty_frame(table)
        for name, table in BY_NAME.items()
    }
    sources = {
        name: TableSource(
            table.sheet, is_sheet=False, columns={c.name: c.header for c in table.columns}
        )
        for name, table in BY_NAME.items()
    }
    return Ledger(frames, sources=sources)


def rows_of(mapped: Mapped, authority: Authority, homes: Collection[Home] | None) -> QuerySet:  # type: ignore[type-arg]
    """Return the rows of a table that belong to an authority or some of its homes."""
    if mapped.model is Authority:
        return Authority.objects.filter(pk=authority.pk)
    rows = mapped.model._default_manager.filter(authority=authority)
    path = mapped.model.home_path  # type: ignore[attr-defined]
    if homes is not None and path is not None:
        rows = rows.filter(**{f"{path}__in": [home.pk for home in homes]})
    return rows.order_by("pk")


def _read(
    mapped: Mapped,
    authority: Authority,
    homes: Collection[Home] | None,
    centers: Collection[str] | None,
) -> pl.DataFrame:
    """Read a table; a whole one is cached until it, or the homes and units it refers to, change."""
    centers = centers if mapped.table.is_of_children else None
    make = partial(_frame, mapped, authority, homes, centers)
    if homes is not None or centers is not None:
        return make()
    return cached(authority, ("table", mapped.table.name), make, (mapped.model, Home, Unit))


def _frame(
    mapped: Mapped,
    authority: Authority,
    homes: Collection[Home] | None,
    centers: Collection[str] | None,
) -> pl.DataFrame:
    found = rows_of(mapped, authority, homes)
    if centers is not None:
        found = found.filter(center_code__in=centers)
    rows = found.values_list(*mapped.paths.values(), "pk")
    schema = {**mapped.table.schema, ROW: ROW_DTYPE}
    frame = pl.DataFrame(list(rows), schema=schema, orient="row")
    if "decision" in frame.columns:
        frame = frame.with_columns(pl.col("decision").replace_strict(DECISION_OF_STATE))
    return frame
