"""Every change of a row goes through here: guarded against a second save, and logged.

All functions expect to be called within `transaction.atomic()`.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, ForeignKey, Model
from django.utils import translation

from shokibo.web.accounts.models import Person
from shokibo.web.audit.models import Event

_NOT_LOGGED = {
    "id",
    "version",
    "password",
    "last_login",
    "content",
    "digest",
    "judgement",
    "figures",
    "description",
}


class StaleError(Exception):
    """Somebody else saved the row in the meantime. `current` is the row as it stands now."""

    def __init__(self, current: Model) -> None:
        self.current = current
        super().__init__(str(current))


@dataclass(frozen=True)
class Act:
    """Who does what, and why: what an event says beside the change itself."""

    actor: Person | None
    action: str
    reason: str = ""

    @property
    def actor_name(self) -> str:
        """The name as it is kept with the event."""
        return self.actor.name if self.actor else "system"


def add(act: Act, row: Model) -> None:
    """Save a new row, and log it."""
    row.save(force_insert=True)
    _log(act, [(row, {}, _values(row))])


def add_all(act: Act, rows: Sequence[Model]) -> None:
    """Save new rows of one model in bulk, and log each."""
    if rows:
        type(rows[0])._default_manager.bulk_create(rows)
        _log(act, [(row, {}, _values(row)) for row in rows])


def change(act: Act, row: Model, version: int, values: dict[str, Any]) -> None:
    """Change fields of a row that still has this version, and log what differs.

    Raises StaleError where somebody saved it since.
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


def remove(act: Act, row: Model, version: int) -> None:
    """Delete a row that still has this version, and log what it held. Raises StaleError."""
    before, key = _values(row), row.pk
    locked = type(row)._default_manager.select_for_update().get(pk=key)
    if locked.version != version:  # type: ignore[attr-defined]
        raise StaleError(locked)
    row.delete()
    row.pk = key
    _log(act, [(row, before, {})])


def note(act: Act, subject: Model, after: dict[str, Any] | None = None) -> None:
    """Log something that was done with a row and changed no field of it."""
    _log(act, [(subject, {}, after or {})])


def _only(values: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in names}


def _values(row: Model) -> dict[str, Any]:
    """Give a row's fields as the log keeps them: blank ones left out of nothing, dates as text."""
    return {
        field.name: _plain(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.name not in _NOT_LOGGED
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return value


def _log(act: Act, changes: Iterable[tuple[Model, dict[str, Any], dict[str, Any]]]) -> None:
    Event.objects.bulk_create(
        Event(
            actor=act.actor,
            actor_name=act.actor_name,
            action=act.action,
            reason=act.reason,
            authority_id=_authority(getattr(row, "owner", row)),
            home_id=_home(getattr(row, "owner", row)),
            subject_kind=row._meta.label_lower,
            subject_id=row.pk,
            subject=_named(row),
            before=before,
            after={name: value for name, value in after.items() if value is not None},
        )
        for row, before, after in changes
    )


def _named(row: Model) -> str:
    """Name a row in Japanese, whatever language the person reads: the log has one."""
    with translation.override("ja"):
        return str(row)[:300]


def _authority(row: Model) -> int | None:
    if row._meta.label_lower == "register.authority":
        return int(row.pk)
    return getattr(row, "authority_id", None)


def _home(row: Model) -> int | None:
    if row._meta.label_lower == "register.home":
        return int(row.pk)
    if any(isinstance(f, ForeignKey) and f.name == "home" for f in row._meta.concrete_fields):
        return row.home_id  # type: ignore[attr-defined, no-any-return]
    unit = getattr(row, "unit", None)
    return unit.home_id if unit else None
