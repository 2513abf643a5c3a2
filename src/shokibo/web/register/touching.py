"""Which certified add-ons an edit of the register touches, and in which months.

A row counts somewhere (units, homes) on some days. An edit changes the days on which the row
counted before or counts after; where it still says the same, only the days that differ.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

import polars as pl
from django.db.models import Model, Q

from shokibo.law.certification import months_of_effect
from shokibo.law.register import BEGINNING, END
from shokibo.law.requirements import REQUIREMENTS
from shokibo.ledger.raw import ROW
from shokibo.web.bridge.reading import ledger_of
from shokibo.web.certification.models import Application
from shokibo.web.register.models import Capacity, Confirmation, Home, Posting, Unit

Days = tuple[dt.date, dt.date]
_A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Touched:
    """A certified application, and the first and last of its months that an edit touches."""

    home: Home
    code: str
    addon: str
    first: dt.date
    last: dt.date
    months: int


class TouchesError(Exception):
    """An edit touches certified months, and nobody said why."""

    def __init__(self, touched: list[Touched]) -> None:
        self.touched = touched
        super().__init__(", ".join(one.code for one in touched))


@dataclass(frozen=True)
class _Effect:
    """On which days a row counts, what it says, and whose add-ons it may decide."""

    days: Days
    says: tuple[object, ...] = ()
    units: frozenset[int] = field(default_factory=frozenset)
    all_units_of: frozenset[int] = field(default_factory=frozenset)
    backup_of: frozenset[int] = field(default_factory=frozenset)


def touched(before: Model | None, after: Model | None) -> list[Touched]:
    """Name the certified applications whose months of effect hold a day that an edit changes.

    `before` is the row as it stands, None where it is added; `after` as it will be, None where
    it is removed.
    """
    effects = [effect for row in (before, after) if row and (effect := _effect(row))]
    changed = _changed(effects)
    if not changed:
        return []
    certified = Application.objects.filter(state__in=("certified", "ended"))
    found = certified.filter(_decided_by(effects)).select_related("authority", "home")
    return list(_in_months(list(found), changed))


def _changed(effects: list[_Effect]) -> list[Days]:
    """Give the days that change: of a row that still says the same, those that differ."""
    if len({effect.says for effect in effects}) != 1 or len(effects) == 1:
        return [effect.days for effect in effects]
    (first, last), (new_first, new_last) = (effect.days for effect in effects)
    if last < new_first or new_last < first:
        return [effect.days for effect in effects]
    changed = []
    if first != new_first:
        changed.append((min(first, new_first), max(first, new_first) - _A_DAY))
    if last != new_last:
        changed.append((min(last, new_last) + _A_DAY, max(last, new_last)))
    return changed


def _decided_by(effects: list[_Effect]) -> Q:
    asked = [
        Q(addon="dispersal", unit__in=effect.units)
        | Q(addon="dispersal", home__in=effect.all_units_of)
        | Q(addon="backup", home__in=effect.backup_of)
        for effect in effects
    ]
    return reduce(or_, asked)


def _in_months(found: list[Application], changed: list[Days]) -> Iterator[Touched]:
    if not found:
        return
    homes = {application.home for application in found}
    ledger = ledger_of(found[0].authority, homes, only=("applications",))
    applications = ledger["applications"].filter(pl.col(ROW).is_in([a.pk for a in found]))
    overlap = reduce(
        or_,
        [
            (pl.lit(first) <= pl.col("month").dt.month_end()) & (pl.lit(last) >= pl.col("month"))
            for first, last in changed
        ],
    )
    months = (
        months_of_effect(applications)
        .filter(overlap)
        .group_by(ROW)
        .agg(pl.col("month").min().alias("first"), pl.col("month").max().alias("last"), pl.len())
    )
    held = {key: rest for key, *rest in months.iter_rows()}
    for application in found:
        if application.pk in held:
            addon = application.get_addon_display()
            yield Touched(application.home, application.code, addon, *held[application.pk])


def _effect(row: Model) -> _Effect | None:
    """Say where and when a row counts; None for one that no rule reads."""
    match row:
        case Home():
            home = frozenset({row.pk})
            return _Effect(_days(row.opened_on, row.closed_on), (), frozenset(), home, home)
        case Unit():
            return _Effect(
                _days(row.opened_on, row.closed_on),
                (row.kind,),
                frozenset({row.pk}),
                backup_of=frozenset({row.home_id}),
            )
        case Capacity():
            return _Effect(
                _days_of_capacity(row),
                (row.capacity,),
                frozenset({row.unit_id}),
                backup_of=frozenset({row.unit.home_id}),
            )
        case Posting():
            return _effect_of_posting(row)
        case Confirmation():
            home = frozenset({row.home_id})
            of_units = home if row.item in REQUIREMENTS.values() else frozenset()
            return _Effect(
                _days(row.holds_from or row.confirmed_on, row.expires_on),
                (row.item, row.result is not False, row.confirmed_on),
                all_units_of=of_units,
                backup_of=home,
            )
    return None


def _days(first: dt.date | None, last: dt.date | None) -> Days:
    return first or BEGINNING, last or END


def _days_of_capacity(row: Capacity) -> Days:
    following = (
        Capacity.objects.filter(unit=row.unit_id, effective_from__gt=row.effective_from)
        .exclude(pk=row.pk)
        .order_by("effective_from")
        .first()
    )
    return row.effective_from, following.effective_from - _A_DAY if following else END


def _effect_of_posting(row: Posting) -> _Effect:
    """Look at the person's other postings too: each counts by its hours while there are two."""
    days = _days(row.started_on, row.ended_on)
    others = Posting.objects.filter(authority=row.authority_id, code=row.code).exclude(pk=row.pk)
    places = [row, *(other for other in others if _share_a_day(other, days))]
    return _Effect(
        days,
        (
            row.code,
            row.unit_id,
            row.job,
            row.employment,
            row.weekly_hours,
            row.full_time_weekly_hours,
            row.role,
            row.dedicated,
            row.main_rota,
        ),
        units=frozenset(place.unit_id for place in places if place.unit_id),
        backup_of=frozenset(
            place.home_id for place in places if place.role == "backup" and not place.unit_id
        ),
    )


def _share_a_day(posting: Posting, days: Days) -> bool:
    first, last = _days(posting.started_on, posting.ended_on)
    return first <= days[1] and days[0] <= last
