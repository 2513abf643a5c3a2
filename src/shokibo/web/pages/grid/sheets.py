"""The source of a grid: its stored rows, and the grid that is opened on or sent from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from shokibo.web.pages.grid.rows import Grid, Kind, blank_rows, stored_row, typed_rows
from shokibo.web.pages.grid.saving import Links

Names = Sequence[dict[str, Any]]
SPARE = 3
"""Blank rows at a grid's end."""


@dataclass(frozen=True)
class Sheet:
    """The source of a grid: its kind, stored rows, row names, and what cells may refer to.

    `each` holds the values that all rows share. `choices` are the ids, with labels, that a column
    may hold, and `links` the rows that they refer to.
    """

    kind: Kind
    stored: Sequence[Model]
    names: Names = ()
    each: dict[str, Any] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    links: Links = field(default_factory=dict)

    def notes(self, grid: Grid) -> dict[str, dict[str, str]]:
        """Return the texts to show below cells."""
        return {}

    def opened(self, *, may_write: bool = True) -> Grid:
        """Return the grid as stored, with some blank rows if rows can be added."""
        kind = self.kind
        if kind.named:
            by_name = {tuple(getattr(row, name) for name in kind.named): row for row in self.stored}
            rows = [
                stored_row(kind, number, by_name.get(tuple(names.values())), names)
                for number, names in enumerate(self.names, 1)
            ]
        else:
            rows = [
                stored_row(kind, number, row, self.each)
                for number, row in enumerate(self.stored, 1)
            ]
            if may_write:
                rows += blank_rows(kind, len(rows), SPARE, self.each)
        return Grid(kind, rows, self.choices)

    def sent(self, data: Mapping[str, str]) -> Grid:
        """Parse the submitted grid."""
        rows = typed_rows(self.kind, data, self.names, self.each)
        return Grid(self.kind, rows, self.choices).read()
