"""Changes of the register's rows: each function is one change, atomic and logged.

All raise PermissionDenied, and ConsequencesError if the change affects a certified month without a
reason, or has other consequences than those that the page showed: `confirmed` names these, blank
for none yet, None for a program without pages. Changing and removing raise StaleError if somebody
else saved the row since `version`.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from types import MappingProxyType
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model

from shokibo import calendar
from shokibo.ledger.columns import Kind
from shokibo.texts import Text, literal
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit import recording
from shokibo.web.audit.recording import Act, Change, StaleError
from shokibo.web.base.clock import today
from shokibo.web.base.refusal import ConsequencesError, RefusedError
from shokibo.web.homes.consequences import Consequences, consequences_of, touched_by
from shokibo.web.pages.grid.saving import Changes, lock_rows
from shokibo.web.register.models import Capacity, Episode, Home, Unit
from shokibo.web.store.deleted_children import refuse_deleted_child
from shokibo.web.store.edits import Edit
from shokibo.web.store.mapping import BY_LABEL

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@transaction.atomic
def add(
    *,
    office: Office,
    row: Model,
    values: Mapping[str, Any] = _NOTHING,
    reason: str = "",
    confirmed: str | None = None,
) -> None:
    """Add a row, with further values of its fields."""
    _fill(row, values)
    _require(office, row)
    _explained(office, [(None, row)], reason, confirmed)
    recording.add(Act(office.person, "register.add", reason), row)


@transaction.atomic
def add_all(
    *, office: Office, rows: Sequence[Model], reason: str = "", confirmed: str | None = None
) -> None:
    """Add rows of one model together."""
    for row in rows:
        _require(office, row)
    _explained(office, [(None, row) for row in rows], reason, confirmed)
    recording.add_all(Act(office.person, "register.add", reason), rows)


@transaction.atomic
def add_unit(
    *,
    office: Office,
    unit: Unit,
    capacity: Capacity,
    values: Mapping[str, Any] = _NOTHING,
    reason: str = "",
    confirmed: str | None = None,
) -> None:
    """Add a unit with its first capacity, which never affects what is certified."""
    _fill(unit, values)
    act = Act(office.person, "register.add", reason)
    _require(office, unit)
    capacity.unit = unit
    if confirmed is not None:
        require_confirmed(consequences_of(office, [(None, unit), (None, capacity)]), confirmed)
    recording.add(act, unit)
    capacity.unit = unit  # once more, now that it has a key
    recording.add(act, capacity)


@transaction.atomic
def change(
    *,
    office: Office,
    row: Model,
    version: int,
    values: dict[str, Any],
    reason: str = "",
    confirmed: str | None = None,
) -> None:
    """Change fields of a row."""
    before = _locked(row, version)
    after = copy(before)
    _fill(after, values)
    _require(office, before)
    _require(office, after)
    _explained(office, [(before, after)], reason, confirmed)
    recording.change(Act(office.person, "register.change", reason), row, version, values)


@transaction.atomic
def remove(
    *, office: Office, row: Model, version: int, reason: str = "", confirmed: str | None = None
) -> None:
    """Remove a row entered by mistake."""
    before = _locked(row, version)
    _require(office, before)
    _explained(office, [(before, None)], reason, confirmed)
    recording.remove(Act(office.person, "register.remove", reason), row, version)


@transaction.atomic
def save_rows(
    *, office: Office, changes: Changes, reason: str = "", confirmed: str | None = None
) -> None:
    """Save a whole sheet, or nothing if any row was changed by somebody else.

    Raises StaleRowsError, and IntegrityError if a row with the same key exists.
    """
    permission = BY_LABEL[changes.model._meta.label].write
    rows = lock_rows(office.rows(changes.model, permission), changes.opened)
    new = [changes.model(authority=office.authority, **values) for values in changes.added]
    edits: list[Edit] = [(rows[one.pk], None) for one in changes.removed]
    for one, values in changes.changed:
        after = copy(rows[one.pk])
        _fill(after, values)
        edits.append((rows[one.pk], after))
    edits += [(None, row) for row in new]
    for row in (row for edit in edits for row in edit if row is not None):
        _require(office, row)
    _explained(office, edits, reason, confirmed)
    person = office.person
    removed = [rows[one.pk] for one in changes.removed]
    versions = [one.version for one in changes.removed]
    recording.remove_all(Act(person, "register.remove", reason), removed, versions)
    changed = [Change(rows[one.pk], one.version, values) for one, values in changes.changed]
    recording.change_all(Act(person, "register.change", reason), changed)
    recording.add_all(Act(person, "register.add", reason), new)


def _fill(row: Model, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _require(office: Office, row: Model) -> None:
    """Require the permission over the row's home; counts not split by home are the authority's."""
    if isinstance(row, Home):
        home: Home | None = row
    else:
        home = row.unit.home if isinstance(row, Capacity) else row.home  # type: ignore[attr-defined]
    mapped = BY_LABEL[row._meta.label]
    of_all = home is None and not mapped.table.is_of_children
    permission = Permission.REGISTER_WRITE if of_all else mapped.write
    ours = row.authority_id == office.authority.pk  # type: ignore[attr-defined]
    if isinstance(row, Episode):
        _refuse_others_child(row, office.centers(mapped.write))
        _refuse_derived(row)
        refuse_deleted_child(str(office.authority.code), row.child_code)
    unit = getattr(row, "unit", None)
    if not ours or not office.may(permission, home) or (unit and unit.home != home):
        raise PermissionDenied(permission)


def far_days(row: Model) -> Iterator[tuple[str, Text]]:
    """Find days of a record of what was done that are after the next fiscal year: a wrong era.

    Gives the field and what to do. Only as the row will be: one that came with an import can be
    corrected and removed.
    """
    mapped = BY_LABEL[row._meta.label]
    if mapped.read not in (Permission.SUPPORT_READ, Permission.HOUSING_READ):
        return
    last = calendar.fiscal_year_end(calendar.fiscal_year_of(today()) + 1)
    for column in mapped.table.columns:
        name = mapped.field(column.name)
        day = getattr(row, name) if column.kind is Kind.DATE else None
        if day is not None and day > last:
            yield (
                name,
                literal(
                    f"「{column.header}」が{calendar.era_date(day)}です。"
                    f"{calendar.era_date(last)}までの日にしてください。",
                    f"{column.name} is {day}. Enter a day not after {last}.",
                ),
            )


def _refuse_others_child(row: Episode, centers: frozenset[str] | None) -> None:
    """Leave the children of other centers to these, and say nothing more of them.

    Raises RefusedError.
    """
    if centers is None:
        return
    if row.center_code not in centers:
        raise RefusedError(
            "児童相談所コードを、あなたの児童相談所のものにしてください。",
            "Enter the code of your own center.",
        )
    same = Episode.objects.filter(authority=row.authority_id, child_code=row.child_code)
    if same.exclude(center_code__in=centers).exists():
        raise RefusedError(
            "この児童コードは、あなたの児童相談所では使えません。コードを確かめてください。",
            "This code can't be used by your center. Check the code.",
        )


def _refuse_derived(row: Episode) -> None:
    """Refuse episodes derived from a child's records. Raises RefusedError."""
    same = Episode.objects.filter(authority=row.authority_id, child_code=row.child_code)
    if same.filter(of_records=True).exists():
        raise RefusedError(
            "この児童には記録があり、養育の経過は記録から作られます。「児童の記録」で修正してください。",
            "The episodes of this child are derived from its records. Correct those.",
        )


def _locked(row: Model, version: int) -> Model:
    current = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if current.version != version:  # type: ignore[attr-defined]
        raise StaleError(current)
    return current


def _explained(office: Office, edits: Sequence[Edit], reason: str, confirmed: str | None) -> None:
    """Require a reason if a certified month is affected, and confirmation of the consequences."""
    for _before, after in edits:
        if after is not None:
            for _name, text in far_days(after):
                raise RefusedError(text.ja, text.en)
    if confirmed is None:
        found = Consequences(() if reason else touched_by(office, edits))
    else:
        found = consequences_of(office, edits)
    if found.touched and not reason:
        raise ConsequencesError(found, needs_reason=True)
    require_confirmed(found, confirmed)


def require_confirmed(found: Consequences, confirmed: str | None) -> None:
    """Require confirmation of the consequences. Raises ConsequencesError."""
    if confirmed is not None and found.is_grave and found.digest != confirmed:
        raise ConsequencesError(found, needs_reason=False)
