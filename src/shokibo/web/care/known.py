"""All records of some children, read at once, with their chain, clocks and place."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from shokibo.care import clocks
from shokibo.care.chain import Done, Step, chain
from shokibo.care.clocks import Clock, Review, protection_clocks, review_clocks
from shokibo.care.kinds import RECORDS
from shokibo.law.parameters import Law
from shokibo.need.lives import age_band, month_of
from shokibo.web.care.models import MODELS, Child, Placement

DAY_OF = {kind.code: kind.dated_by for kind in RECORDS}
"""The item that dates a record, by its kind."""
CLOCKED = {
    "placement": ("started_on", "ended_on"),
    "protection": (
        *("consent", "consent_on", "warrant_asked_on", "prolonged_on"),
        *("stay__started_on", "stay__ended_on"),
    ),
    "situation": ("recorded_on", "review_on"),
    "backing": ("started_on", "review_on", "ended_on"),
}
"""What the clocks read, by kind of record."""
CHAINED = {
    "situation": ("recorded_on",),
    "assessment": ("assessed_on",),
    "placement": ("started_on", "ended_on", "place"),
    "breakdown": ("noticed_on", "next_step"),
    "protection": ("stay__started_on",),
    "backing": ("started_on",),
}
"""What the chain reads, by kind of record."""
PLACED = {"placement": ("started_on", "ended_on", "place", "home", "unit")}
"""What the present place is read from."""
_UNDER_3, _PRESCHOOL = 2, 3
"""How many bands of `need.lives.AGES` end before the age of 3, and before school."""


@dataclass
class Known:
    """What is known about a child: its records by kind, the latest first."""

    child: Child
    records: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))

    @property
    def stay(self) -> Placement | None:
        """The open stay."""
        latest = next(iter(self.records["placement"]), None)
        return latest if latest is not None and latest.ended_on is None else None

    @property
    def steps(self) -> list[Step]:
        """The chain, with its next step."""
        done = [
            Done(
                kind,
                getattr(row, DAY_OF[kind]),
                getattr(row, "place", ""),
                getattr(row, "next_step", ""),
            )
            for kind, rows in self.records.items()
            for row in rows
        ]
        return chain(done)

    @property
    def next_step(self) -> Step | None:
        """The next step; None if all are done."""
        return next((step for step in self.steps if step.is_next), None)

    def clocks(self, law: Law) -> Iterator[Clock]:
        """Return every clock of the child."""
        for row in self.records["protection"]:
            yield from protection_clocks(
                clocks.Protection(
                    row.stay.started_on,
                    row.stay.ended_on,
                    row.consent_on if row.consent else None,
                    row.warrant_asked_on,
                    row.prolonged_on,
                ),
                law,
            )
        yield from review_clocks(self._reviews())

    def _reviews(self) -> Iterator[Review]:
        stays = self.records["placement"]
        ended_on = stays[0].ended_on if stays else None
        for row in self.records["situation"]:
            yield Review(clocks.POLICY_REVIEW, row.recorded_on, row.review_on, ended_on)
        for row in self.records["backing"]:
            yield Review(clocks.BACKING_REVIEW, row.started_on, row.review_on, row.ended_on)

    def open_clocks(self, law: Law, day: dt.date) -> list[Clock]:
        """Return the clocks running on a day, the nearest deadline first."""
        running = (clock for clock in self.clocks(law) if clock.is_open(day))
        return sorted(running, key=lambda clock: (clock.due, clock.what))


def known_of(
    children: Collection[Child], only: Mapping[str, Sequence[str]] | None = None
) -> list[Known]:
    """Read the records of some children: a query per kind. `only` names kinds and their fields.

    The children keep their order.
    """
    found = {child.pk: Known(child) for child in children}
    for kind in only or MODELS:
        rows: Any = MODELS[kind]._default_manager.filter(child__in=found)
        if kind == "protection":
            rows = rows.select_related("stay")
        elif kind == "placement" and (not only or "home" in only[kind]):
            rows = rows.select_related("home", "unit")
        for row in rows.only("child", *only[kind]) if only else rows:
            found[row.child_id].records[kind].append(row)
    return list(found.values())


def age_band_of(child: Child, day: dt.date) -> str:
    """Return the band of a child's age at the end of a day's month."""
    at = int(age_band(np.array(month_of(child.birth_month)), np.array(month_of(day))))
    return "under_3" if at < _UNDER_3 else "preschool" if at < _PRESCHOOL else "school_age"
