"""Scenarios: what would change from a given month on, written by an authority in a small file."""

import datetime as dt
from typing import Literal

import msgspec

Flow = Literal["entries", "exits", "moves"]
Place = Literal[
    "children_home", "infant_home", "foster", "family_home", "temporary_protection", "other"
]
Group = Literal[
    "children_home",
    "infant_home",
    "foster",
    "family_home",
    "temporary_protection",
    "other",
    "in_homes",
    "three_and_over",
    "foster_care",
    "all",
]

PLACES: tuple[Place, ...] = (
    "children_home",
    "infant_home",
    "foster",
    "family_home",
    "temporary_protection",
    "other",
)
GROUPS: dict[Group, tuple[Place, ...]] = {
    **{place: (place,) for place in PLACES},
    "in_homes": ("children_home", "infant_home"),
    "three_and_over": ("children_home",),
    "foster_care": ("foster", "family_home"),
    "all": PLACES,
}


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One flow that changes: multiplied by a factor, and with a number added per year.

    `entries` come into care in a place of the group, `exits` leave care from there, `moves` go
    from there to the place `to` (to any other if it is not given). `add` may be below 0; no flow
    falls below zero.
    """

    flow: Flow
    group: Group
    to: Place | None = None
    factor: float = 1.0
    add: float = 0.0


class Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What changes from a month on; `from_month` is the month's first day, `from` in a file."""

    name: str
    from_month: dt.date = msgspec.field(name="from")
    changes: tuple[Change, ...] = ()

    def holds(self, month: int) -> bool:
        """Return whether the changes hold in a numbered month (year x 12 + month - 1)."""
        return month >= self.from_month.year * 12 + self.from_month.month - 1

    @property
    def depends_on_stock(self) -> bool:
        """Return whether a chance depends on the stock: a number of departures a year is added."""
        return any(change.add and change.flow != "entries" for change in self.changes)
