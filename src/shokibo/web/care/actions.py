"""Changes of children's records: each function is one change, atomic and logged.

All lock the child first, so that its stays never overlap. They raise PermissionDenied, StaleError
if somebody saved the row since `version`, and RefusedError.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q

from shokibo.care import stays
from shokibo.care.access import Relation
from shokibo.care.codes import new_code
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.models import Membership
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit import recording
from shokibo.web.audit.recording import Act, StaleError
from shokibo.web.base.clock import today
from shokibo.web.base.refusal import RefusedError
from shokibo.web.care.deriving import derive
from shokibo.web.care.models import (
    MODELS,
    Breakdown,
    Child,
    Opening,
    Placement,
    Protection,
    Record,
    RecordVersion,
    Situation,
    UnitRule,
    UsedCode,
)
from shokibo.web.care.reach import reach_of
from shokibo.web.register.models import Episode, Unit

_MAIL = """{name} 様

{authority}の{center}の児童の記録が、関係のない職員により、理由を書いて開かれました。
だれがどの児童の記録を開いたかは、shokibo の「児童の期限と閲覧」で確かめられます。

このメールには児童の情報を書いていません。
"""


@transaction.atomic
def register(
    *, office: Office, values: Mapping[str, Any], draw: Callable[[int], int] = secrets.randbelow
) -> Child:
    """Register a child under an unused code, whose letters `draw` chooses."""
    if not office.may(Permission.CHILD_WRITE):
        raise PermissionDenied(Permission.CHILD_WRITE)
    child = Child(authority=office.authority, code=_unused_code(draw), **values)
    if reach_of(office).relation(child) is not Relation.OWN_CENTER:
        raise PermissionDenied(Permission.CHILD_WRITE)
    UsedCode.objects.create(digest=digest_of(child.code))
    recording.add(Act(office.person, "care.register"), child)
    return child


def digest_of(code: str) -> str:
    """Return the digest by which a code is known after its child is deleted."""
    return hashlib.sha256(code.encode()).hexdigest()


def _unused_code(draw: Callable[[int], int]) -> str:
    while True:
        code = new_code(draw)
        is_used = UsedCode.objects.filter(digest=digest_of(code)).exists()
        if not is_used and not Episode.objects.filter(child_code=code).exists():
            return code


@transaction.atomic
def add(*, office: Office, child: Child, kind: str, values: Mapping[str, Any]) -> Record:
    """Add a record; a stay ends the one before it."""
    locked = lock_child(office, child, kind)
    act = Act(office.person, "care.add")
    given: dict[str, Any] = {
        "authority": office.authority,
        "child": locked,
        "recorded_by": office.person,
        **values,
    }
    if kind == "placement":
        move_reason = given.pop("move_reason", None)
        row: Record = _begin_stay(act, Placement(**given), move_reason)
    elif kind == "protection":
        row = _protect(act, given)
    else:
        if kind == "breakdown":
            given["home"] = _present_home(locked)
        if kind == "situation":
            given["center_agreed_by"] = office.person
        row = MODELS[kind](**given)
        recording.add(act, row)
    keep_version(office, kind, row)
    derive(Act(office.person, "care.derive"), locked)
    return row


@transaction.atomic
def change(*, office: Office, kind: str, row: Record, version: int, values: dict[str, Any]) -> None:
    """Change fields of a record; a changed policy has to be agreed on again."""
    locked = lock_child(office, row.child, kind)
    values = dict(values)
    if isinstance(row, Protection):
        _move_start(office, row.stay, values.pop("started_on", row.stay.started_on))
    if isinstance(row, Situation):
        values |= {"center_agreed_by": office.person, "home_agreed_by": None}
    recording.change(Act(office.person, "care.change"), row, version, values)
    keep_version(office, kind, row)
    derive(Act(office.person, "care.derive"), locked)


@transaction.atomic
def change_child(*, office: Office, child: Child, version: int, values: dict[str, Any]) -> None:
    """Change a child's month of birth or its center."""
    locked = lock_child(office, child, "child")
    recording.change(Act(office.person, "care.change"), locked, version, values)
    derive(Act(office.person, "care.derive"), locked)


@transaction.atomic
def remove(*, office: Office, kind: str, row: Record, version: int) -> None:
    """Remove a record entered by mistake, with all its versions."""
    locked = lock_child(office, row.child, kind)
    act = Act(office.person, "care.remove")
    if kind == "placement":
        row = Placement.objects.get(pk=row.pk)
    RecordVersion.objects.filter(kind=kind, record_id=row.pk).delete()
    recording.remove(act, row, version)
    if isinstance(row, Protection):
        recording.remove(act, row.stay, row.stay.version)
    derive(Act(office.person, "care.derive"), locked)


@transaction.atomic
def end_care(
    *, office: Office, child: Child, version: int, ended_on: dt.date, end_reason: str
) -> None:
    """End the open stay of a child: care ends."""
    locked = lock_child(office, child, "placement")
    stay = open_stay(locked)
    if stay is None:
        raise RefusedError(
            "続いている養育がありません。画面を開き直してください。",
            "No stay is open. Open the page again.",
        )
    try:
        stays.check_end(_stay(stay), ended_on, today())
    except stays.StayError as error:
        raise RefusedError(error.text.ja, error.text.en) from error
    values = {"ended_on": ended_on, "end_reason": end_reason}
    recording.change(Act(office.person, "care.end"), stay, version, values)
    keep_version(office, "placement", stay)
    derive(Act(office.person, "care.derive"), locked)


@transaction.atomic
def agree(*, office: Office, row: Situation, version: int) -> None:
    """Agree to a policy for the home that it names, or for the center."""
    child = Child.objects.select_for_update().get(pk=row.child_id)
    reach = reach_of(office)
    if (
        not reach.sight(child, "situation").agree
        or not reach.records(child, "situation").filter(pk=row.pk).exists()
    ):
        raise PermissionDenied(Permission.CHILD_OF_HOME)
    by = "home_agreed_by" if row.home_id in reach.homes else "center_agreed_by"
    recording.change(Act(office.person, "care.agree"), row, version, {by: office.person})
    keep_version(office, "situation", row)


@transaction.atomic
def open_records(*, office: Office, child: Child, reason: str) -> Opening:
    """Open the records of another center's child for fifteen minutes; the center is notified."""
    if reach_of(office).relation(child) is not Relation.OTHER_CENTER:
        raise PermissionDenied(Permission.CHILD_READ)
    row = Opening(authority=office.authority, child=child, person=office.person, reason=reason)
    recording.add(Act(office.person, "care.open"), row)
    members = Membership.objects.filter(
        Q(center_code=child.center_code) | Q(center_code__isnull=True) | Q(center_code=""),
        authority=office.authority,
        role="center_staff",
        ended_at__isnull=True,
        person__is_active=True,
    )
    for member in members.exclude(person=office.person).select_related("person"):
        body = _MAIL.format(
            name=member.person.name,
            authority=office.authority.name,
            center=f"児童相談所{child.center_code}",
        )
        send_mail("【shokibo】児童の記録が開かれました", body, None, [member.person.email])
    return row


@transaction.atomic
def set_unit_rule(*, office: Office, unit: Unit, version: int, values: dict[str, Any]) -> None:
    """Set which children a unit accepts."""
    if not office.may(Permission.CHILD_WRITE, unit.home):
        raise PermissionDenied(Permission.CHILD_WRITE)
    Unit.objects.select_for_update().get(pk=unit.pk)
    act, rule = Act(office.person, "care.unit_rule"), UnitRule.objects.filter(unit=unit).first()
    if rule is not None:
        recording.change(act, rule, version, values)
    elif version:
        raise StaleError(UnitRule(unit=unit))
    else:
        recording.add(act, UnitRule(authority=office.authority, unit=unit, **values))


def open_stay(child: Child) -> Placement | None:
    """Return the open stay."""
    return Placement.objects.filter(child=child, ended_on__isnull=True).first()


def stays_of(child: Child) -> list[stays.Stay]:
    """Return a child's stays in order."""
    return [_stay(row) for row in Placement.objects.filter(child=child).order_by("started_on")]


def _stay(row: Placement) -> stays.Stay:
    return stays.Stay(row.place, row.started_on, row.ended_on)


def lock_child(office: Office, child: Child, kind: str) -> Child:
    """Lock a child whose records of a kind the person may write."""
    locked = Child.objects.select_for_update().get(pk=child.pk)
    may = office.may(Permission.CHILD_WRITE) and locked.authority_id == office.authority.pk
    if not may or not reach_of(office).sight(locked, kind).write:
        raise PermissionDenied(Permission.CHILD_WRITE)
    return locked


def _begin_stay(act: Act, row: Placement, move_reason: str | None) -> Placement:
    """End the open stay the day before, and begin a new one."""
    try:
        ending = stays.begin(stays_of(row.child), _stay(row), today())
    except stays.StayError as error:
        raise RefusedError(error.text.ja, error.text.en) from error
    last = open_stay(row.child)
    if ending is not None and last is not None:
        values = {
            "ended_on": ending.ended_on,
            "end_reason": ending.end_reason,
            "move_reason": move_reason,
        }
        recording.change(act, last, last.version, values)
    recording.add(act, row)
    return row


def _protect(act: Act, given: dict[str, Any]) -> Protection:
    values = dict(given)
    whose = {name: values[name] for name in ("authority", "child", "recorded_by")}
    started_on = values.pop("started_on")
    stay = Placement(**whose, place=stays.PROTECTION, started_on=started_on)
    follows = _open_breakdown(stay.child, started_on)
    row = Protection(**values, stay=_begin_stay(act, stay, "breakdown" if follows else "other"))
    recording.add(act, row)
    return row


def _open_breakdown(child: Child, day: dt.date) -> bool:
    """Whether the present stay broke down by a day."""
    last = open_stay(child)
    since = last.started_on if last else dt.date.min
    broken = Breakdown.objects.filter(child=child, noticed_on__gte=since)
    return broken.filter(noticed_on__lte=day).exists()


def _present_home(child: Child) -> Any:
    last = Placement.objects.filter(child=child).exclude(place=stays.PROTECTION).first()
    return last.home if last else None


def _move_start(office: Office, stay: Placement, started_on: dt.date) -> None:
    if started_on != stay.started_on:
        values = {"started_on": started_on}
        recording.change(Act(office.person, "care.change"), stay, stay.version, values)


def keep_version(office: Office, kind: str, row: Record) -> None:
    """Store the current version of a record."""
    own = {"id", "authority", "child", "version", "recorded_by", "recorded_at"}
    values = {
        field.name: field.value_to_string(row)
        if isinstance(getattr(row, field.attname), dt.date)
        else getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in own
    }
    RecordVersion.objects.create(
        child=row.child,
        kind=kind,
        record_id=row.pk,
        version=row.version,
        by=office.person,
        values=values,
    )
