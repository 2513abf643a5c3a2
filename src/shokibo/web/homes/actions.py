"""What is done with rows of the register: each function is one change, atomic and logged.

All raise PermissionDenied where the person may not, and TouchesError where the change touches a
certified month and no reason is given. Changing and removing raise StaleError where somebody
else saved the row since `version`.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from types import MappingProxyType
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit import recording
from shokibo.web.audit.recording import Act, StaleError
from shokibo.web.base.refusal import TouchesError
from shokibo.web.homes.affected_months import Edit, affected
from shokibo.web.register.models import Capacity, Home, Unit
from shokibo.web.store.mapping import BY_LABEL

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@transaction.atomic
def add(
    *, office: Office, row: Model, values: Mapping[str, Any] = _NOTHING, reason: str = ""
) -> None:
    """Enter a new row, with further values of its fields."""
    _fill(row, values)
    _require(office, row)
    _explained(office, [(None, row)], reason)
    recording.add(Act(office.person, "register.add", reason), row)


@transaction.atomic
def add_all(*, office: Office, rows: Sequence[Model], reason: str = "") -> None:
    """Enter new rows of one model together."""
    for row in rows:
        _require(office, row)
    _explained(office, [(None, row) for row in rows], reason)
    recording.add_all(Act(office.person, "register.add", reason), rows)


@transaction.atomic
def add_unit(
    *,
    office: Office,
    unit: Unit,
    capacity: Capacity,
    values: Mapping[str, Any] = _NOTHING,
    reason: str = "",
) -> None:
    """Enter a new unit with its first capacity. It takes nothing from what is certified."""
    _fill(unit, values)
    act = Act(office.person, "register.add", reason)
    _require(office, unit)
    recording.add(act, unit)
    capacity.unit = unit
    recording.add(act, capacity)


@transaction.atomic
def change(
    *, office: Office, row: Model, version: int, values: dict[str, Any], reason: str = ""
) -> None:
    """Change fields of a row."""
    before = _locked(row, version)
    after = copy(before)
    _fill(after, values)
    _require(office, before)
    _require(office, after)
    _explained(office, [(before, after)], reason)
    recording.change(Act(office.person, "register.change", reason), row, version, values)


@transaction.atomic
def remove(*, office: Office, row: Model, version: int, reason: str = "") -> None:
    """Take out a row that was entered by mistake."""
    before = _locked(row, version)
    _require(office, before)
    _explained(office, [(before, None)], reason)
    recording.remove(Act(office.person, "register.remove", reason), row, version)


def _fill(row: Model, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _require(office: Office, row: Model) -> None:
    """Require the permission over the row's home; counts not split by home are the authority's."""
    if isinstance(row, Home):
        home: Home | None = row
    else:
        home = row.unit.home if isinstance(row, Capacity) else row.home  # type: ignore[attr-defined]
    permission = Permission.REGISTER_WRITE if home is None else BY_LABEL[row._meta.label].write
    ours = row.authority_id == office.authority.pk  # type: ignore[attr-defined]
    unit = getattr(row, "unit", None)
    if not ours or not office.may(permission, home) or (unit and unit.home_id != home.pk):  # type: ignore[union-attr]
        raise PermissionDenied(permission)


def _locked(row: Model, version: int) -> Model:
    current = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if current.version != version:  # type: ignore[attr-defined]
        raise StaleError(current)
    return current


def _explained(office: Office, edits: Sequence[Edit], reason: str) -> None:
    """Ask why; another home's certification, which the person may not see, is not named."""
    if reason:
        return
    found = [one for one in affected(edits) if office.may(Permission.APPLICATION_READ, one.home)]
    if found:
        raise TouchesError(found)
