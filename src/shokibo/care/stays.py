"""A child's consecutive stays: what a new stay ends, and which days are refused."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from shokibo.texts import Text

FOSTER = ("foster", "family_home")
PROTECTION = "temporary_protection"
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Stay:
    """A stay in care; `ended_on` is its last day, None while it lasts."""

    place: str
    started_on: dt.date
    ended_on: dt.date | None = None


@dataclass(frozen=True)
class Ending:
    """How a stay ends when another begins."""

    ended_on: dt.date
    end_reason: str


class StayError(ValueError):
    """A stay that can't begin or end on that day; `field` names the wrong day."""

    def __init__(self, field: str, text: Text) -> None:
        self.field, self.text = field, text
        super().__init__(text.en)


def begin(stays: Sequence[Stay], new: Stay, today: dt.date) -> Ending | None:
    """Return how the latest stay ends as a new one begins; None if none is open.

    The last day of a stay is the day before the next. Raises StayError.
    """
    if new.started_on > today:
        raise StayError("started_on", FUTURE)
    if not stays:
        return None
    last = max(stays, key=lambda stay: stay.started_on)
    if new.started_on <= (last.ended_on or last.started_on):
        raise StayError("started_on", NOT_AFTER_LAST)
    if last.ended_on is not None:
        return None
    goes_to_foster = new.place in FOSTER and last.place not in FOSTER
    return Ending(new.started_on - _DAY, "foster" if goes_to_foster else "transfer")


def check_end(stay: Stay, ended_on: dt.date, today: dt.date) -> None:
    """Check the last day of an open stay. Raises StayError."""
    if ended_on > today:
        raise StayError("ended_on", FUTURE)
    if ended_on < stay.started_on:
        raise StayError("ended_on", ENDS_BEFORE_START)


FUTURE = Text(
    "まだ来ていない日です。その日になってから記録してください。",
    "This day has not come yet. Record it when it has.",
)
NOT_AFTER_LAST = Text(
    "前の養育の場の期間と重なります。前の場の最後の日より後の日にしてください。",
    "It overlaps the stay before. Enter a day after the last day there.",
)
ENDS_BEFORE_START = Text(
    "終了日が開始日より前です。開始日以後の日にしてください。",
    "It ends before it starts. Enter the first day or a later one.",
)
