"""The chain of a child's records: what was done, when, and which step is next."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shokibo.care.stays import PROTECTION


@dataclass(frozen=True)
class Done:
    """A record in a chain: its kind and day, a stay's place, a breakdown's next step."""

    kind: str
    day: dt.date
    place: str = ""
    next_step: str = ""


@dataclass(frozen=True)
class Step:
    """A step of the chain; `done_on` None if it is still to be done."""

    kind: str
    done_on: dt.date | None
    is_next: bool = False


FIRST = ("assessment", "placement", "situation")
"""The steps of coming into care."""
AFTER_BREAKDOWN = ("breakdown", "protection", "assessment", "placement", "backing")
"""Breakdown, protection, reassessment, return and backing."""
_LEFT_OUT = {"reassessment": {"protection"}, "support": {"protection", "assessment", "placement"}}
"""Steps that a breakdown does not require, by the chosen next step."""


def chain(records: Sequence[Done]) -> list[Step]:
    """Return the steps since the latest breakdown, or of coming into care; the first open is next.

    A step counts from the day of the step before it.
    """
    breakdowns = [one for one in records if one.kind == "breakdown"]
    if not breakdowns:
        return list(_steps(FIRST, records, dt.date.min))
    latest = max(breakdowns, key=lambda one: one.day)
    left_out = _LEFT_OUT.get(latest.next_step, set())
    kinds = tuple(kind for kind in AFTER_BREAKDOWN if kind not in left_out)
    return list(_steps(kinds, records, latest.day))


def _steps(kinds: Sequence[str], records: Sequence[Done], since: dt.date) -> Iterator[Step]:
    found_next = False
    for kind in kinds:
        days = [one.day for one in records if _is(one, kind) and one.day >= since]
        done_on = None if found_next or not days else min(days)
        yield Step(kind, done_on, is_next=done_on is None and not found_next)
        found_next = found_next or done_on is None
        since = done_on or since


def _is(record: Done, kind: str) -> bool:
    return record.kind == kind and not (kind == "placement" and record.place == PROTECTION)
