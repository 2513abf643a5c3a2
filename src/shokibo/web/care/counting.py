"""From children's records to what is counted of them: numbers alone leave here."""

import datetime as dt
from collections.abc import Collection, Iterator

import numpy as np

from shokibo.calendar import fiscal_year_of
from shokibo.need.lives import age_band, month_of
from shokibo.opendata.children import ChildCounts, Counted, child_counts
from shokibo.opendata.disclosure import LEAST_THRESHOLD
from shokibo.web.care.known import Known, known_of
from shokibo.web.care.models import Child
from shokibo.web.care.reach import law_of
from shokibo.web.opendata.models import OpenSettings
from shokibo.web.register.models import Authority

_UNDER_3, _PRESCHOOL = 2, 3
"""How many bands of `need.lives.AGES` end before the age of 3, and before school."""


def counts_of(authorities: Collection[Authority], day: dt.date) -> ChildCounts:
    """Count the children of some authorities together, on a day."""
    counted = [one for authority in authorities for one in _counted(authority, day)]
    return child_counts(counted, fiscal_year_of(day), threshold_of(authorities))


def threshold_of(authorities: Collection[Authority]) -> int:
    """Return the least count that is shown: the highest that any of them set for open data."""
    entered = OpenSettings.objects.filter(authority__in=authorities)
    return max([LEAST_THRESHOLD, *(one.threshold or 0 for one in entered)])


def _counted(authority: Authority, day: dt.date) -> Iterator[Counted]:
    law = law_of(authority)
    for known in known_of(list(Child.objects.filter(authority=authority))):
        running = known.open_clocks(law, day)
        yield Counted(
            known.stay.place if known.stay else None,
            _band(known, day),
            _years(row.noticed_on for row in known.records["breakdown"]),
            _years(row.started_on for row in known.records["protection"]),
            frozenset(clock.what for clock in running),
            frozenset(clock.what for clock in running if clock.due < day),
        )


def _band(known: Known, day: dt.date) -> str:
    """Return the band of a child's age at the end of a day's month."""
    at = int(age_band(np.array(month_of(known.child.birth_month)), np.array(month_of(day))))
    return "under_3" if at < _UNDER_3 else "preschool" if at < _PRESCHOOL else "school_age"


def _years(days: Iterator[dt.date]) -> frozenset[int]:
    return frozenset(map(fiscal_year_of, days))
