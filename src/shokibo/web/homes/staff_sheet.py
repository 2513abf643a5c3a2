"""A home's current and future postings as a sheet."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shokibo.law.register import BEGINNING, END
from shokibo.web.pages.constraints import words_of
from shokibo.web.pages.grid.rows import Grid, Kind, Row
from shokibo.web.pages.grid.sheets import Sheet
from shokibo.web.register.models import Home, Posting, Unit
from shokibo.web.store.mapping import MAPPED

STAFF = Kind(Posting, MAPPED["staff"].form)
Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class StaffSheet(Sheet):
    """A home's sheet; `over` are its past postings, which are not shown."""

    over: Sequence[Posting] = ()

    def sent(self, data: Mapping[str, str]) -> Grid:
        """Parse the submitted sheet; a person's days at a place are in order and don't overlap."""
        grid = super().sent(data)
        taken: defaultdict[tuple[Any, Any], list[Days]] = defaultdict(list)
        for one in self.over:
            taken[one.code, one.unit and one.unit.code].append(_days(one.started_on, one.ended_on))
        for row in grid.rows:
            if not (row.removed or row.is_wrong or grid.is_left_out(row)):
                _mark(row, taken[row.values["staff_id"], row.values["unit_id"]])
        return grid


def _mark(row: Row, taken: list[Days]) -> None:
    first, last = _days(row.values["started_on"], row.values["ended_on"])
    if last < first:
        row.cells["ended_on"].wrong = words_of("posting_end_not_before_start")
    elif any(begun <= last and first <= ended for begun, ended in taken):
        row.cells["started_on"].wrong = words_of("posting_no_overlap")
    taken.append((first, last))


def _days(started_on: dt.date | None, ended_on: dt.date | None) -> Days:
    return started_on or BEGINNING, ended_on or END


def staff_sheet(home: Home, day: dt.date) -> StaffSheet:
    """Return the sheet of a home as of a day."""
    rows = Posting.objects.filter(home=home).select_related("home", "unit")
    rows = rows.order_by("unit_id", "code", "started_on", "pk")
    units = {unit.code: unit for unit in Unit.objects.filter(home=home).order_by("pk")}
    stored = [row for row in rows if row.ended_on is None or row.ended_on >= day]
    return StaffSheet(
        kind=STAFF,
        stored=stored,
        each={"home_id": home.code},
        choices={"unit_id": {code: unit.name for code, unit in units.items()}},
        links={"home_id": {home.code: home}, "unit_id": units},
        over=[row for row in rows if row not in stored],
    )
