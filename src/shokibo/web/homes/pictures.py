"""The chart of a unit's capacities over time, as numbers for a template."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from shokibo import calendar
from shokibo.web.base.words import short_nendo
from shokibo.web.register.models import Capacity, Unit

WIDTH, HEIGHT = 720, 200
_LEFT, _RIGHT, _BASE, _TOP = 12, 708, 168, 48
_ROOM_FOR_LABEL = 34
_MOST_TICKS = 12
_MIDDLE = WIDTH // 2


@dataclass(frozen=True)
class Bar:
    """A capacity while it was in force. `label` is blank if there is no room for it."""

    x: int
    y: int
    width: int
    height: int
    label: str

    @property
    def middle(self) -> int:
        """The middle of the label."""
        return self.x + self.width // 2

    @property
    def above(self) -> int:
        """The height of the label."""
        return self.y - 6


@dataclass(frozen=True)
class Tick:
    """The first day of a fiscal year on the axis."""

    x: int
    label: str


@dataclass(frozen=True)
class Picture:
    """Bars over an axis of fiscal years, and the position of the page's day."""

    bars: list[Bar]
    ticks: list[Tick]
    day_x: int
    width: int = WIDTH
    height: int = HEIGHT
    base: int = _BASE
    top: int = _TOP
    left: int = _LEFT
    right: int = _RIGHT
    label_y: int = _BASE + 20

    @property
    def day_anchor(self) -> str:
        """The side of its line on which the day is written, so that it stays within the chart."""
        return "start" if self.day_x < _MIDDLE else "end"


def capacity_picture(unit: Unit, rows: Sequence[Capacity], day: dt.date) -> Picture | None:
    """Draw the capacities of a unit from the first to the page's day; None if there is none.

    `rows` are in the order of their days.
    """
    if not rows:
        return None
    first = max(rows[0].effective_from, unit.opened_on or rows[0].effective_from)
    until = max(day, rows[-1].effective_from)
    years = range(
        calendar.fiscal_year_of(min(first, until)), min(calendar.fiscal_year_of(until), 9998) + 1
    )
    start = calendar.fiscal_year_start(years.start)
    end = calendar.fiscal_year_end(years.stop - 1)
    last = min(unit.closed_on or end, end)
    most = max(row.capacity for row in rows)

    def across(at: dt.date) -> int:
        within = min(max(at, start), end)
        return _LEFT + (within - start).days * (_RIGHT - _LEFT) // max((end - start).days, 1)

    spans = zip(rows, [*(row.effective_from for row in rows[1:]), last], strict=True)
    bars = []
    for row, until in spans:
        begun, ended = max(row.effective_from, first), min(until, last)
        if begun < ended:
            x, width = across(begun), across(ended) - across(begun)
            height = max((_BASE - _TOP) * row.capacity // most, 2)
            label = str(row.capacity) if width >= _ROOM_FOR_LABEL else ""
            bars.append(Bar(x, _BASE - height, max(width, 1), height, label))
    step = -(-len(years) // _MOST_TICKS)
    ticks = [
        Tick(across(calendar.fiscal_year_start(year)), short_nendo(year)) for year in years[::step]
    ]
    return Picture(bars, ticks, across(day))
