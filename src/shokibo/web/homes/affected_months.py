"""Which certified add-ons an edit of the register affects, and in which months.

A row counts for units or homes on some days. An edit affects the days on which the row counted
before or counts after; if its contents stay the same, only the days that differ.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import polars as pl
from django.db.models import Model, Q

from shokibo.law.certification import months_of_effect
from shokibo.law.register import BEGINNING, END
from shokibo.law.requirements import REQUIREMENTS
from shokibo.ledger.raw import ROW
from shokibo.web.base.words import month_span
from shokibo.web.certification.models import Application
from shokibo.web.register.models import Absence, Capacity, Confirmation, Home, Posting, Unit
from shokibo.web.store.edits import Edit
from shokibo.web.store.reading import ledger_of

Days = tuple[dt.date, dt.date]
_A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class AffectedCertification:
    """A certified application, and the first and last of its months that an edit affects."""

    home: Home
    code: str
    addon: str
    first: dt.date
    last: dt.date
    months: int

    @property
    def when(self) -> str:
        """The months in words."""
        return month_span(self.first, self.last, self.months)


@dataclass(frozen=True)
class _Effect:
    """On which days a row counts, its contents, and whose add-ons it may decide."""

    days: Days
    content: tuple[object, ...] = ()
    units: frozenset[int] = field(default_factory=frozenset)
    all_units_of: frozenset[int] = field(default_factory=frozenset)
    backup_of: frozenset[int] = field(default_factory=frozenset)


def affected(edits: Sequence[Edit]) -> list[AffectedCertification]:
    """Return the certified applications with a certified day that an edit affects.

    Many edits take as many queries as one.
    """
    neighbours = _Neighbours([row for edit in edits for row in edit if row is not None])
    days: dict[_Key, set[Days]] = {}
    for edit in edits:
        effects = [effect for row in edit if row and (effect := _effect(row, neighbours))]
        changed = _changed(effects)
        for effect in effects if changed else ():
            decided = (
                *(("dispersal", "unit", unit) for unit in effect.units),
                *(("dispersal", "home", home) for home in effect.all_units_of),
                *(("backup", "home", home) for home in effect.backup_of),
            )
            for key in decided:
                days.setdefault(key, set()).update(changed)
    found = _certified(neighbours, days) if days else []
    if not found:
        return []
    ledger = ledger_of(found[0].authority, {one.home for one in found}, only=("applications",))
    spans = [
        (application.pk, *span)
        for application in found
        for key in _keys_of(application)
        for span in days.get(key, ())
    ]
    changed_days = pl.DataFrame(
        spans, schema={ROW: pl.UInt32, "first": pl.Date, "last": pl.Date}, orient="row"
    )
    applications = ledger["applications"].filter(pl.col(ROW).is_in(changed_days[ROW].implode()))
    months = (
        months_of_effect(applications)
        .join(changed_days.lazy(), on=ROW)
        .filter(
            pl.col("first") <= pl.col("month").dt.month_end(), pl.col("last") >= pl.col("month")
        )
        .group_by(ROW)
        .agg(
            pl.col("month").min().alias("from"),
            pl.col("month").max().alias("to"),
            pl.col("month").n_unique(),
        )
        .collect()
    )
    spans_of = {key: rest for key, *rest in months.iter_rows()}
    return [
        AffectedCertification(one.home, one.code, one.get_addon_display(), *spans_of[one.pk])
        for one in found
        if one.pk in spans_of
    ]


def days_on_forms(edits: Sequence[Edit]) -> list[Days]:
    """Return the days on which edits change what a form counts or prints, names included."""
    neighbours = _Neighbours([row for edit in edits for row in edit if row is not None])
    changed: list[Days] = []
    for edit in edits:
        effects = [
            replace(
                effect, content=(*effect.content, *(getattr(row, name, None) for name in _PRINTED))
            )
            for row in edit
            if row is not None
            and not isinstance(row, Confirmation)
            and (effect := _effect(row, neighbours))
        ]
        changed += _changed(effects) if effects else []
    return changed


_PRINTED = ("name", "home_id", "continues_id")
"""The fields of a home or unit that forms print or count by."""


_Key = tuple[str, str, int]
"""What an effect decides: the add-on, and the key of the unit or home."""


def _changed(effects: list[_Effect]) -> list[Days]:
    """Return the affected days: if the contents stay the same, those that differ."""
    if len({effect.content for effect in effects}) != 1 or len(effects) == 1:
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


def _keys_of(application: Application) -> Iterator[_Key]:
    if application.addon == "dispersal" and application.unit_id:
        yield "dispersal", "unit", application.unit_id
    yield application.addon, "home", application.home_id


def _certified(neighbours: "_Neighbours", days: dict[_Key, set[Days]]) -> list[Application]:
    """Return the certified applications that any of `days` decides."""
    found = Application.objects.filter(
        authority=neighbours.authority, state__in=("certified", "ended")
    ).select_related("authority", "home")
    if len(days) <= _FEW:
        units = [key for _, kind, key in days if kind == "unit"]
        homes = [key for _, kind, key in days if kind == "home"]
        found = found.filter(Q(unit__in=units) | Q(home__in=homes))
    return [one for one in found if any(key in days for key in _keys_of(one))]


_FEW = 500
"""The most keys in a query; for more the whole authority is read."""


class _Neighbours:
    """Rows on which edited rows depend: capacities of their units, postings of their people."""

    def __init__(self, rows: Iterable[Model]) -> None:
        every = list(rows)
        self.authority = next((row.authority_id for row in every), None)  # type: ignore[attr-defined]
        units = {row.unit_id for row in every if isinstance(row, Capacity) and row.unit_id}
        self.capacities: dict[int, list[Capacity]] = {}
        if units:
            held = Capacity.objects.filter(authority=self.authority).order_by("effective_from")
            for one in held.filter(unit__in=units) if len(units) <= _FEW else held:
                self.capacities.setdefault(one.unit_id, []).append(one)
        codes = {row.code for row in every if isinstance(row, Posting | Absence)}
        self._postings: dict[str, list[Posting]] = {}
        if codes:
            found = Posting.objects.filter(authority=self.authority).order_by("pk")
            for row in found.filter(code__in=codes) if len(codes) <= _FEW else found:
                self._postings.setdefault(row.code, []).append(row)

    def postings(self, row: Posting | Absence) -> list[Posting]:
        """Return a person's postings that overlap a posting or leave."""
        first, last = _days(row.started_on, row.ended_on)
        spans = (
            (one, *_days(one.started_on, one.ended_on)) for one in self._postings.get(row.code, ())
        )
        return [one for one, begun, ended in spans if begun <= last and first <= ended]


def _effect(row: Model, neighbours: _Neighbours) -> _Effect | None:
    """Return where and when a row counts; None if no rule reads it."""
    match row:
        case Home():
            home = _keys(row.pk)
            return _Effect(_days(row.opened_on, row.closed_on), (), frozenset(), home, home)
        case Unit():
            return _Effect(
                _days(row.opened_on, row.closed_on),
                (row.kind,),
                _keys(row.pk),
                backup_of=_keys(row.home_id),
            )
        case Capacity():
            ends = [
                other.effective_from - _A_DAY
                for other in neighbours.capacities.get(row.unit_id, ())
                if other.pk != row.pk and other.effective_from > row.effective_from
            ]
            return _Effect(
                (row.effective_from, min(ends, default=END)),
                (row.capacity,),
                _keys(row.unit_id),
                backup_of=_keys(row.unit.home_id),
            )
        case Posting() | Absence():
            return _effect_of_person(row, neighbours.postings(row))
        case Confirmation():
            home = _keys(row.home_id)
            of_units = home if row.item in REQUIREMENTS.values() else frozenset()
            return _Effect(
                _days(row.holds_from or row.confirmed_on, row.expires_on),
                (row.item, row.result is not False, row.confirmed_on),
                all_units_of=of_units,
                backup_of=home,
            )
    return None


def _keys(*keys: int | None) -> frozenset[int]:
    """Return the keys that are not None: an unsaved row has none."""
    return frozenset(key for key in keys if key is not None)


def _days(first: dt.date | None, last: dt.date | None) -> Days:
    return first or BEGINNING, last or END


def _effect_of_person(row: Posting | Absence, posted: list[Posting]) -> _Effect:
    """Consider all of the person's postings: each counts by its hours while there are several."""
    content: tuple[object, ...] = (row.code,)
    if isinstance(row, Absence):
        content += (row.counted,)
    else:
        posted = [row, *(other for other in posted if other.pk != row.pk)]
        content += (row.unit_id, row.job, row.employment, row.weekly_hours)
        content += (row.full_time_weekly_hours, row.role, row.dedicated, row.main_rota)
    backup = (place.home_id for place in posted if place.role == "backup" and not place.unit_id)
    return _Effect(
        _days(row.started_on, row.ended_on),
        content,
        _keys(*(place.unit_id for place in posted)),
        backup_of=_keys(*backup),
    )
