"""Every change of a row goes through here: guarded against concurrent saves, and logged.

All functions expect to be called within `transaction.atomic()`.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import F, ForeignKey, Model
from django.dispatch import Signal
from django.utils import translation

from shokibo.web.audit import once
from shokibo.web.audit.models import LONGEST_NAME, Event
from shokibo.web.audit.sealing import seal_later
from shokibo.web.audit.words import ACTIONS
from shokibo.web.base.bulk import insert
from shokibo.web.base.language import all_in_both
from shokibo.web.base.outage import saves

_NOT_LOGGED = {
    "id",
    "version",
    "password",
    "last_login",
    "content",
    "digest",
    "judgement",
    "figures",
    "notes",
    "snapshot",
    "description",
    "written",
}

recorded = Signal()
"""Sent when rows were changed and their events are about to be saved."""

_BATCH = 500
"""The most rows read, changed or removed in one statement."""


class StaleError(Exception):
    """Somebody else saved the row in the meantime. `current` is the row as it is now."""

    def __init__(self, current: Model) -> None:
        self.current = current
        super().__init__(str(current))


class Actor(Protocol):
    """A person, whose model is of an app above this one."""

    pk: Any
    name: Any


@dataclass(frozen=True)
class Act:
    """Who does what, and why: what an event records besides the change."""

    actor: Actor | None
    action: str
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse an action that has no name in `ACTIONS`."""
        if self.action not in ACTIONS:
            raise ValueError(self.action)

    @property
    def actor_name(self) -> str:
        """The name as it is kept with the event."""
        return str(self.actor.name) if self.actor else "system"


@dataclass(frozen=True)
class Change:
    """A row to be changed in bulk: the version it must still have, and its new values."""

    row: Model
    version: int
    values: dict[str, Any]


def add(act: Act, row: Model) -> None:
    """Save a new row, and log it."""
    row.save(force_insert=True)
    _log(act, [(row, {}, _values(row))])


def add_all(act: Act, rows: Sequence[Model]) -> None:
    """Save new rows of one model in bulk, and log each."""
    if rows:
        insert(rows)
        _log(act, [(row, {}, _values(row)) for row in rows])


def change(act: Act, row: Model, version: int, values: dict[str, Any]) -> None:
    """Change fields of a row that still has this version, and log what differs.

    Raises StaleError if somebody saved it since.
    """
    model = type(row)
    locked = model._default_manager.select_for_update().get(pk=row.pk)
    before = _values(locked)
    changed = model._default_manager.filter(pk=row.pk, version=version).update(
        **values, version=F("version") + 1
    )
    if not changed:
        raise StaleError(locked)
    row.refresh_from_db()
    after = _values(row)
    differing = {name for name in after if before[name] != after[name]}
    if differing:
        _log(act, [(row, _only(before, differing), _only(after, differing))])


def change_all(act: Act, changes: Sequence[Change]) -> None:
    """Change fields of rows of one model in bulk, and log what differs in each.

    Raises StaleError for the first row that somebody saved since, and changes none.
    """
    if not changes:
        return
    model = type(changes[0].row)
    locked = _locked(model, [one.row for one in changes], [one.version for one in changes])
    before = {key: _values(row) for key, row in locked.items()}
    for one in changes:
        row = locked[one.row.pk]
        for name, value in one.values.items():
            setattr(row, name, value)
        row.version += 1
    names = {name for one in changes for name in one.values}
    fields = sorted({model._meta.get_field(name).name for name in names})
    model._default_manager.bulk_update(locked.values(), [*fields, "version"], _BATCH)
    after = {key: _values(row) for key, row in locked.items()}
    _log(
        act,
        [
            (row, _only(before[key], differing), _only(after[key], differing))
            for key, row in locked.items()
            if (differing := {name for name in after[key] if before[key][name] != after[key][name]})
        ],
    )


def remove_all(act: Act, rows: Sequence[Model], versions: Sequence[int]) -> None:
    """Delete rows of one model in bulk, and log their contents. Raises StaleError."""
    if not rows:
        return
    model = type(rows[0])
    locked = _locked(model, rows, versions)
    keys = list(locked)
    for start in range(0, len(keys), _BATCH):
        model._default_manager.filter(pk__in=keys[start : start + _BATCH]).delete()
    _log(act, [(row, _values(row), {}) for row in locked.values()])


def _locked(model: type[Model], rows: Sequence[Model], versions: Sequence[int]) -> dict[int, Any]:
    """Lock rows and return them as they are now, with the home and unit that the log names.

    Raises StaleError for one of another version, ObjectDoesNotExist for one that is gone.
    """
    locked: dict[int, Any] = {}
    keys = [row.pk for row in rows]
    named = [f.name for f in model._meta.concrete_fields if f.name in ("home", "unit")]
    named += ["unit__home"] if named == ["unit"] else []
    for start in range(0, len(keys), _BATCH):
        found = model._default_manager.select_for_update(of=("self",)).order_by("pk")
        if named:
            found = found.select_related(*named)
        locked |= {row.pk: row for row in found.filter(pk__in=keys[start : start + _BATCH])}
    for row, version in zip(rows, versions, strict=True):
        if row.pk not in locked:
            raise ObjectDoesNotExist
        if locked[row.pk].version != version:
            raise StaleError(locked[row.pk])
    return locked


def remove(act: Act, row: Model, version: int) -> None:
    """Delete a row that still has this version, and log its contents. Raises StaleError."""
    before, key = _values(row), row.pk
    locked = type(row)._default_manager.select_for_update().get(pk=key)
    if locked.version != version:  # type: ignore[attr-defined]
        raise StaleError(locked)
    row.delete()
    row.pk = key
    _log(act, [(row, before, {})])


def note(act: Act, subject: Model, after: dict[str, Any] | None = None) -> None:
    """Log an act on a row that changed none of its fields."""
    _log(act, [(subject, {}, after or {})])


def people_who(model: type[Model], keys: Iterable[int], actions: Iterable[str]) -> set[int]:
    """Return everybody who did any of the actions on any of the rows."""
    done = Event.objects.filter(
        subject_kind=model._meta.label_lower,
        subject_id__in=list(keys),
        action__in=list(actions),
        actor__isnull=False,
    )
    return set(done.values_list("actor", flat=True))


def _only(values: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in names}


def _values(row: Model) -> dict[str, Any]:
    """Return a row's fields as the log stores them, blank ones too, dates as text."""
    return {
        field.name: _plain(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.name not in _NOT_LOGGED
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return value


def _log(act: Act, changes: Sequence[tuple[Model, dict[str, Any], dict[str, Any]]]) -> None:
    events = []
    names = all_in_both(lambda: [str(row) for row, *_ in changes])
    for (row, *sides), name in zip(changes, names, strict=True):
        before, after = _names_only(row, *sides) if _goes_one_day(row) else sides
        owner = getattr(row, "owner", row)
        is_authority = owner._meta.label_lower == "register.authority"
        event = Event(
            actor_id=act.actor.pk if act.actor else None,
            actor_name=act.actor_name,
            action=act.action,
            reason=act.reason,
            authority_id=owner.pk if is_authority else getattr(owner, "authority_id", None),
            home_id=_home(owner),
            subject_kind=row._meta.label_lower,
            subject_id=row.pk,
            subject=name.say("ja")[:LONGEST_NAME],
            subject_en=name.say("en")[:LONGEST_NAME],
            before=before,
            after={name: value for name, value in after.items() if value is not None},
        )
        events.append(event)
    once.claim()
    recorded.send(None)
    insert(events)
    seal_later()
    saves()


def _goes_one_day(row: Model) -> bool:
    """Whether the log must not keep the row's contents after it is deleted."""
    return getattr(row, "log_names_only", False)


def _names_only(
    row: Model, before: dict[str, Any], after: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the log keeps of such a row: the names of its fields."""
    with translation.override("ja"):
        named = [row._meta.get_field(name) for name in {**before, **after}]
        return {}, {"fields": [str(getattr(one, "verbose_name", one.name)) for one in named]}


def _home(row: Model) -> int | None:
    if row._meta.label_lower == "register.home":
        return int(row.pk)
    if any(isinstance(f, ForeignKey) and f.name == "home" for f in row._meta.concrete_fields):
        return row.home_id  # type: ignore[attr-defined, no-any-return]
    unit = getattr(row, "unit", None)
    return unit.home_id if unit else None
