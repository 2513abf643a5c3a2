"""Records whose retention period is over: which are deleted today, and what remains."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from secrets import randbelow
from typing import Any

from django.utils import timezone

from shokibo.calendar import fiscal_year_of
from shokibo.care.anonymous import birth_in_year, spread
from shokibo.care.codes import ANONYMOUS, new_code
from shokibo.care.retention import CHILD, RULES, deletion_days
from shokibo.care.stays import Stay
from shokibo.law.parameters import Law
from shokibo.web.audit.recording import Act, remove_all
from shokibo.web.care.actions import digest_of
from shokibo.web.care.deriving import episodes_of
from shokibo.web.care.known import DAY_OF, Known, age_band_of, known_of
from shokibo.web.care.models import (
    MODELS,
    AnonymousBreakdown,
    Child,
    Deletion,
    Opening,
    Placement,
    RecordVersion,
)
from shokibo.web.register.forgetting import Forgotten, forgotten
from shokibo.web.register.models import Authority, Episode

_REMOVED_IN_ORDER = ("situation", "assessment", "breakdown", "backing", "protection", "placement")
"""A protection rests on its stay."""


@dataclass(frozen=True)
class Going:
    """What of a child is due for deletion: kinds of records, or "child" for all; since when."""

    child: Child
    kinds: tuple[str, ...]
    ended_on: dt.date
    since: dt.date
    rows: int


def going(children: Iterable[Child], law: Law, day: dt.date) -> list[Going]:
    """Return what is due for deletion by the rules of a day."""
    found = (_going(known, years_of(law, day), day) for known in known_of(list(children)))
    return [one for one in found if one is not None]


def years_of(law: Law, day: dt.date) -> dict[str, int]:
    """Return the periods that are set on a day, in fiscal years, by kind of record."""
    set_years = {kind: law.integer(name, day) for kind, name in RULES.items()}
    return {kind: years for kind, years in set_years.items() if years is not None}


def _going(known: Known, years: Mapping[str, int], day: dt.date) -> Going | None:
    recorded = [kind for kind, rows in known.records.items() if rows]
    ended_on = _end_of_care(known)
    days = deletion_days(recorded, ended_on, years)
    over = {kind: since for kind, since in days.items() if since <= day}
    if CHILD in over:
        over = {CHILD: over[CHILD]}
    kinds = [kind for kind in (CHILD, *MODELS) if kind in over]
    if ended_on is None or not kinds:
        return None
    rows = sum(len(known.records[kind]) for kind in _in_all(kinds))
    return Going(known.child, tuple(kinds), ended_on, min(over.values()), rows)


def _end_of_care(known: Known) -> dt.date | None:
    """Return the last day of care with the backing after it; None while either lasts.

    Of a child without stays it is the last day that is recorded, and of one of whom nothing is
    recorded the day of its registration.
    """
    stays = known.records["placement"] + known.records["backing"]
    days = [row.ended_on for row in stays] or _days(known)
    if not days:
        return timezone.localdate(known.child.registered_at)
    return None if None in days else max(days)


def _days(known: Known) -> list[dt.date]:
    """Return the days of all records."""
    return [getattr(row, DAY_OF[kind]) for kind, rows in known.records.items() for row in rows]


def _in_all(kinds: Collection[str]) -> list[str]:
    """Return the kinds of records in an order in which they can be deleted."""
    return [kind for kind in _REMOVED_IN_ORDER if CHILD in kinds or kind in kinds]


@dataclass(frozen=True)
class Deleting:
    """Which records of a child are to be deleted: those recorded until `at`, all with the child."""

    child: Child
    kinds: Collection[str]
    at: dt.datetime


def delete(act: Act, found: Iterable[Deleting]) -> int:
    """Delete records of children; return how many.

    To be called within a transaction. Their versions go too. Breakdowns and stays leave anonymous
    rows, which are not logged: the log would reveal whose they were. The list of deletions gets a
    line for each.
    """
    deleted, gone = 0, []
    for one in found:
        child = Child.objects.select_for_update().get(pk=one.child.pk)
        (known,) = known_of([child])
        if CHILD in one.kinds:
            gone.append(_delete_episodes(act, known))
        for kind in _in_all(one.kinds):
            deleted += _delete_records(act, known, kind, one)
        note_deleted(child.authority, digest_of(child.code), one.at, one.kinds)
        if CHILD in one.kinds:
            openings = list(Opening.objects.filter(child=child))
            remove_all(act, openings, [row.version for row in openings])
            remove_all(act, [child], [child.version])
    forgotten.send(None, children=gone)
    return deleted


def note_deleted(
    authority: Authority, digest: str, at: dt.datetime, kinds: Collection[str]
) -> None:
    """Add a line to the list of deletions."""
    Deletion.objects.create(authority=authority, digest=digest, at=at, kinds=sorted(kinds))


def _delete_episodes(act: Act, known: Known) -> Forgotten:
    """Put anonymous rows in place of the child's episodes."""
    child, stays = known.child, known.records["placement"]
    derived = list(episodes_of(child))
    rows = [child, *derived, *(row for rows in known.records.values() for row in rows)]
    forgotten_child = Forgotten(child.authority, child.code, rows)
    remove_all(act, derived, [row.version for row in derived])
    Episode.objects.bulk_create(_anonymous_episodes(child.birth_month, stays, _days(known)))
    return forgotten_child


def _delete_records(act: Act, known: Known, kind: str, asked: Deleting) -> int:
    rows = [
        row for row in known.records[kind] if row.recorded_at <= asked.at or CHILD in asked.kinds
    ]
    if kind == "breakdown":
        AnonymousBreakdown.objects.bulk_create(_anonymous_breakdowns(known, rows))
    keys = [row.pk for row in rows]
    RecordVersion.objects.filter(kind=kind, record_id__in=keys).delete()
    remove_all(act, rows, [row.version for row in rows])
    return len(rows)


def delete_bare_episodes(act: Act, rows: Sequence[Episode]) -> Forgotten:
    """Put anonymous rows in place of the episodes of a child that has no records yet."""
    first, days = rows[0], [row.started_on for row in rows]
    forgotten_child = Forgotten(first.authority, first.child_code, rows)
    remove_all(act, rows, [row.version for row in rows])
    Episode.objects.bulk_create(_anonymous_episodes(first.birth_month, rows, days))
    return forgotten_child


def _anonymous_episodes(
    birth_month: dt.date, lived: Sequence[Placement | Episode], days: Sequence[dt.date]
) -> Iterator[Episode]:
    """Return what is left of a child's stays.

    One that lasts, as in a backup made before care ended, ends on the last of the recorded days.
    """
    stays = sorted(lived, key=lambda row: row.started_on)
    last = max(days, default=dt.date.min)
    left = spread([Stay(row.place, row.started_on, row.ended_on or last) for row in stays])
    code = ANONYMOUS + new_code(randbelow)
    for row, stay in zip(stays, left, strict=True):
        yield Episode(
            authority=row.authority,
            child_code=code,
            birth_month=birth_in_year(birth_month),
            place=row.place,
            home=row.home,
            started_on=stay.started_on,
            ended_on=stay.ended_on,
            end_reason=row.end_reason,
            move_reason=row.move_reason,
            of_records=True,
        )


def _anonymous_breakdowns(known: Known, rows: Iterable[Any]) -> Iterator[AnonymousBreakdown]:
    """Return a row per fiscal year with breakdowns: what counts is children."""
    of_years = {fiscal_year_of(row.noticed_on): row for row in rows}
    for year, row in of_years.items():
        yield AnonymousBreakdown(
            authority=row.authority,
            fiscal_year=year,
            place=_place_on(known, row.noticed_on),
            age_band=age_band_of(known.child, row.noticed_on),
            reason=row.breakdown,
        )


def _place_on(known: Known, day: dt.date) -> str | None:
    begun = (row for row in known.records["placement"] if row.started_on <= day)
    return next((str(row.place) for row in begun), None)
