"""From a typed grid to changes in the database, and back if it can't be saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from shokibo.web.pages.grid.rows import Grid, Kind, Row, as_text, stored_row, stored_value

Links = Mapping[str, Mapping[str, Model]]
"""The rows that a column may refer to, by their ids."""


@dataclass(frozen=True)
class Opened:
    """A stored row as it was opened: its key and its version at that time."""

    pk: int
    version: int


@dataclass(frozen=True)
class Changes:
    """What a grid changes in one table; values are by the model's fields."""

    model: type[Model]
    added: list[dict[str, Any]] = field(default_factory=list)
    changed: list[tuple[Opened, dict[str, Any]]] = field(default_factory=list)
    removed: list[Opened] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many rows change."""
        return len(self.added) + len(self.changed) + len(self.removed)

    @property
    def opened(self) -> list[Opened]:
        """The stored rows that are changed or removed."""
        return [*self.removed, *(one for one, _values in self.changed)]


@dataclass(frozen=True)
class Counts:
    """How many rows of a grid were added, changed and removed, and how many have errors."""

    added: int
    changed: int
    removed: int
    wrong: int


class StaleRowsError(Exception):
    """Somebody else changed rows meanwhile: each as it is now, None if deleted."""

    def __init__(self, current: dict[int, Model | None]) -> None:
        self.current = current
        super().__init__(str(sorted(current)))


def lock_rows(rows: QuerySet[Any], opened: Sequence[Opened]) -> dict[int, Any]:
    """Lock the rows to change. Raises StaleRowsError with all that differ from what was opened."""
    wanted = {one.pk: one.version for one in opened}
    found = {row.pk: row for row in rows.select_for_update().filter(pk__in=wanted)}
    stale = {
        pk: found.get(pk)
        for pk, version in wanted.items()
        if pk not in found or found[pk].version != version
    }
    if stale:
        raise StaleRowsError(stale)
    return found


def counts_of(grid: Grid) -> Counts:
    """Count the edits in a grid, readable or not."""
    gone = [row for row in grid.rows if row.removed or grid.is_left_out(row)]
    rest = [row for row in grid.rows if not (row.removed or grid.is_left_out(row))]
    return Counts(
        added=sum(row.pk is None for row in rest),
        changed=sum(row.pk is not None and row.touched for row in rest),
        removed=sum(row.pk is not None and row.touched for row in gone),
        wrong=sum(row.is_wrong for row in rest),
    )


def changes_of(grid: Grid, stored: Sequence[Model], links: Links) -> Changes:
    """Find the rows of a grid that differ from what is stored.

    A row that was not edited changes nothing, even if somebody else changed it meanwhile.
    """
    found = Changes(grid.kind.model)
    by_pk = {row.pk: row for row in stored}
    key = grid.kind.key
    paths = [grid.kind.mapped.paths[name] for name in key]
    opened = {row.pk for row in grid.rows}
    stored_since = {
        tuple(stored_value(row, path) for path in paths): row.pk
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
                found.added.append(_fields(grid.kind, row.values, links))
        elif row.touched and goes:
            found.removed.append(Opened(row.pk, row.version))
        elif row.touched:
            values = _fields(grid.kind, row.values, links)
            now = by_pk.get(row.pk)
            if now is None or any(getattr(now, name) != value for name, value in values.items()):
                found.changed.append((Opened(row.pk, row.version), values))
    return found


def _fields(kind: Kind, values: Mapping[str, Any], links: Links) -> dict[str, Any]:
    """Return a row's values by model field; rows that it refers to by their ids."""
    return {
        kind.mapped.field(name): links[name][value] if value and name in links else value
        for name, value in values.items()
    }


def show_current(grid: Grid, current: Mapping[int, Model | None]) -> list[Row]:
    """Show the present values of rows that somebody else changed, and rebase them on these.

    A cell that only the other person changed takes its present value. A deleted row becomes a new
    one: saving again adds it. Returns the rows concerned.
    """
    concerned = [row for row in grid.rows if row.pk in current]
    for row in concerned:
        stored = current[row.pk] if row.pk is not None else None
        if stored is None:
            row.pk, row.version = None, 0
            continue
        fresh = stored_row(grid.kind, row.number, stored, row.names)
        for name, now in fresh.cells.items():
            mine = row.cells[name]
            if now.value == mine.value:
                continue
            if row.removed or row.edited(name):
                row.current[name] = as_text(now.column, now.value)
            else:
                row.given_way[name] = as_text(mine.column, mine.value)
                mine.typed, mine.value = now.typed, now.value
        row.version, row.seal = fresh.version, fresh.seal
    return concerned
