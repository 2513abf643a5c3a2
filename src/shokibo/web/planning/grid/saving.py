"""From a grid as typed to what it changes in the database, and back where it can't be saved."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model

from shokibo.web.planning.actions import Changes, Held
from shokibo.web.planning.grid.rows import Cell, Grid, Kind, Row, stored_row, told
from shokibo.web.register.models import Home


def changes_of(grid: Grid, stored: Sequence[Model], homes: Mapping[str, Home]) -> Changes:
    """Find the rows of a grid that differ from what is stored.

    A row that nobody typed in changes nothing, whatever somebody else made of it meanwhile.
    """
    found = Changes(grid.kind.model)
    _join(grid, stored)
    standing = {row.pk: row for row in stored}
    for row in grid.rows:
        if row.pk is not None:
            if row.touched:
                _changed(grid, row, standing.get(row.pk), found, homes)
        elif not (row.removed or grid.is_left_out(row)):
            found.added.append(_fields(grid.kind, row.values, homes))
    return found


def _join(grid: Grid, stored: Sequence[Model]) -> None:
    """Let a new row stand on the one that somebody else stored under its key since, unseen."""
    key = grid.kind.key
    if not key:
        return
    fields = [grid.kind.mapped.field(name) for name in key]
    opened = {row.pk for row in grid.rows}
    others = {
        tuple(getattr(row, name) for name in fields): row.pk
        for row in stored
        if row.pk not in opened
    }
    for row in grid.rows:
        if row.pk is None and not (row.removed or grid.is_left_out(row)):
            row.pk = others.get(tuple(row.values[name] for name in key))


def _changed(
    grid: Grid, row: Row, stored: Model | None, found: Changes, homes: Mapping[str, Home]
) -> None:
    assert row.pk is not None  # noqa: S101 - for the type checker: the caller asked
    held = Held(row.pk, row.version)
    if row.removed or grid.is_left_out(row):
        found.removed.append(held)
        return
    values = _fields(grid.kind, row.values, homes)
    if stored is None or any(getattr(stored, name) != value for name, value in values.items()):
        found.changed.append((held, values))


def _fields(kind: Kind, values: Mapping[str, Any], homes: Mapping[str, Home]) -> dict[str, Any]:
    """Give a row's values by the model's fields; a home is named by its id."""
    return {
        kind.mapped.field(name): homes[value] if name == "home_id" else value
        for name, value in values.items()
    }


def set_beside(grid: Grid, current: Mapping[int, Model | None]) -> list[Row]:
    """Put what stands now beside rows that somebody else changed, and let them stand on it.

    A row that is gone becomes a new one: saving again adds it. Gives the rows concerned.
    """
    concerned = [row for row in grid.rows if row.pk in current]
    for row in concerned:
        now = current[row.pk] if row.pk is not None else None
        if now is None:
            row.pk, row.version = None, 0
            continue
        fresh = stored_row(grid.kind, row.number, now, row.names)
        row.version = fresh.version
        row.stands = {
            name: told(cell.column, cell.value)
            for name, cell in fresh.cells.items()
            if _differs(cell, row.cells[name])
        }
    return concerned


def _differs(stored: Cell, typed: Cell) -> bool:
    return bool(stored.value != typed.value)
