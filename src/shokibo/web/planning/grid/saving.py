"""From a grid as typed to what it changes in the database, and back where it can't be saved."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model

from shokibo.web.planning.actions import Changes, Opened
from shokibo.web.planning.grid.rows import Grid, Kind, Row, as_text, stored_row
from shokibo.web.register.models import Home


def changes_of(grid: Grid, stored: Sequence[Model], homes: Mapping[str, Home]) -> Changes:
    """Find the rows of a grid that differ from what is stored.

    A row that nobody typed in changes nothing, whatever somebody else made of it meanwhile.
    """
    found = Changes(grid.kind.model)
    by_pk = {row.pk: row for row in stored}
    key = grid.kind.key
    fields = [grid.kind.mapped.field(name) for name in key]
    opened = {row.pk for row in grid.rows}
    stored_since = {
        tuple(getattr(row, name) for name in fields): row.pk
        for row in stored
        if key and row.pk not in opened
    }
    for row in grid.rows:
        goes = row.removed or grid.is_left_out(row)
        if row.pk is None and key and not goes:
            # a row that somebody else stored under its key since, unseen, is changed by it
            row.pk = stored_since.get(tuple(row.values[name] for name in key))
        if row.pk is None:
            if not goes:
                found.added.append(_fields(grid.kind, row.values, homes))
        elif row.touched and goes:
            found.removed.append(Opened(row.pk, row.version))
        elif row.touched:
            values = _fields(grid.kind, row.values, homes)
            now = by_pk.get(row.pk)
            if now is None or any(getattr(now, name) != value for name, value in values.items()):
                found.changed.append((Opened(row.pk, row.version), values))
    return found


def _fields(kind: Kind, values: Mapping[str, Any], homes: Mapping[str, Home]) -> dict[str, Any]:
    """Return a row's values by the model's fields; a home is named by its id."""
    return {
        kind.mapped.field(name): homes[value] if name == "home_id" else value
        for name, value in values.items()
    }


def show_current(grid: Grid, current: Mapping[int, Model | None]) -> list[Row]:
    """Show the present values at rows that somebody else changed, and rest them on these.

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
        row.current = {
            name: as_text(cell.column, cell.value)
            for name, cell in fresh.cells.items()
            if cell.value != row.cells[name].value
        }
    return concerned
