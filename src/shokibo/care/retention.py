"""When a child's records are deleted: a rule for each kind, counted from the end of care.

A period is a number of whole fiscal years, beginning with the one after care ended. A kind without
a rule is kept, and so is everything while care lasts. Stays are deleted last, with the child's own
row: they date the end of care.
"""

import datetime as dt
from collections.abc import Collection, Mapping

from shokibo.calendar import fiscal_year_of, fiscal_year_start

CHILD, STAYS = "child", "placement"
RULES = {
    kind: f"keep_{kind}_years"
    for kind in (CHILD, "situation", "assessment", "breakdown", "protection", "backing")
}
"""The parameter for each kind of record; stays follow the child's."""


def deletion_days(
    kinds: Collection[str], ended_on: dt.date | None, years: Mapping[str, int]
) -> dict[str, dt.date]:
    """Return the day from which each kind of record is deleted, without the kinds that are kept.

    `kinds` are those recorded for the child, `ended_on` is the last day of care, None while it
    lasts, `years` are the periods that are set. The child's own row is deleted with its last
    record. For a child without stays, `ended_on` is the last recorded day, and everything is
    deleted together.
    """
    if ended_on is None:
        return {}
    first = fiscal_year_of(ended_on) + 1
    recorded = {CHILD, *kinds} - {STAYS}
    days = {kind: fiscal_year_start(first + years[kind]) for kind in recorded if kind in years}
    last = max(days.values()) if len(days) == len(recorded) else None
    days.pop(CHILD, None)
    if STAYS not in kinds:
        days.clear()
    return days if last is None else {**days, CHILD: last}
