"""Counts of children's records: nothing but numbers leaves this module."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from shokibo.calendar import fiscal_year_of
from shokibo.care.codes import ANONYMOUS
from shokibo.care.stays import PROTECTION
from shokibo.opendata.children import ChildCounts, Counted, child_counts
from shokibo.opendata.disclosure import LEAST_THRESHOLD
from shokibo.web.care.known import age_band_of, known_of
from shokibo.web.care.models import AnonymousBreakdown, Child
from shokibo.web.care.reach import law_of
from shokibo.web.opendata.models import OpenSettings
from shokibo.web.register.models import Authority, Episode


def counts_of(authorities: Collection[Authority], day: dt.date) -> ChildCounts:
    """Count the children of some authorities together, on a day."""
    counted = [one for authority in authorities for one in _counted(authority, day)]
    return child_counts(counted, fiscal_year_of(day), threshold_of(authorities))


def threshold_of(authorities: Collection[Authority]) -> int:
    """Return the smallest count shown: the highest threshold of theirs for open data."""
    entered = OpenSettings.objects.filter(authority__in=authorities)
    return max([LEAST_THRESHOLD, *(one.threshold or 0 for one in entered)])


def _counted(authority: Authority, day: dt.date) -> Iterator[Counted]:
    law = law_of(authority)
    for known in known_of(list(Child.objects.filter(authority=authority))):
        running = known.open_clocks(law, day)
        protected = [row for row in known.records["placement"] if row.place == PROTECTION]
        yield Counted(
            known.stay.place if known.stay else None,
            age_band_of(known.child, day),
            _years(row.noticed_on for row in known.records["breakdown"]),
            _years(row.started_on for row in protected),
            frozenset(clock.what for clock in running),
            frozenset(clock.what for clock in running if clock.due < day),
        )
    yield from _anonymous(authority)


def _anonymous(authority: Authority) -> Iterator[Counted]:
    """Count children whose records are deleted, by their anonymous rows."""
    for row in AnonymousBreakdown.objects.filter(authority=authority):
        yield Counted(None, row.age_band, broke_down=frozenset({row.fiscal_year}))
    stays = Episode.objects.filter(authority=authority, of_records=True, place=PROTECTION)
    gone = stays.filter(child_code__startswith=ANONYMOUS).order_by("child_code")
    for _code, rows in groupby(gone, key=lambda row: row.child_code):
        yield Counted(None, "", protected=_years(row.started_on for row in rows))


def _years(days: Iterable[dt.date]) -> frozenset[int]:
    return frozenset(map(fiscal_year_of, days))
