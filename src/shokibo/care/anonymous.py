"""What remains of a child whose records are deleted: stays by fiscal year, without exact days.

The children in each place at every fiscal year's end stay as many as they were, and so do those who
come to a place, leave it or move from one to another in a year. Within a year the changes of a
child are spread evenly, in their order. A change on 1 April keeps its day: most young people leave
care at the end of March, and a forecast has to learn that.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from shokibo.calendar import fiscal_year_of, fiscal_year_start
from shokibo.care.stays import Stay

_DAY = dt.timedelta(days=1)


def birth_in_year(birth_month: dt.date) -> dt.date:
    """Return the first month of the fiscal year of birth, so that school years stay the same."""
    return fiscal_year_start(fiscal_year_of(birth_month))


def spread(stays: Sequence[Stay]) -> list[Stay]:
    """Return stays, all ended and in order, on days that reveal only the fiscal year."""
    days = {stay.started_on for stay in stays} | {_after(stay) for stay in stays}
    moved: dict[dt.date, dt.date] = {}
    for year, changes in groupby(sorted(days), key=fiscal_year_of):
        first = fiscal_year_start(year)
        inside = [day for day in changes if day != first]
        length = (fiscal_year_start(year + 1) - first).days
        moved[first] = first
        for nth, day in enumerate(inside, 1):
            moved[day] = first + nth * length // (len(inside) + 1) * _DAY
    return [
        replace(stay, started_on=moved[stay.started_on], ended_on=moved[_after(stay)] - _DAY)
        for stay in stays
    ]


def _after(stay: Stay) -> dt.date:
    """Return the day after an ended stay."""
    if stay.ended_on is None:
        raise ValueError(stay)
    return stay.ended_on + _DAY
