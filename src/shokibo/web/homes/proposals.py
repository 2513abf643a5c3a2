"""A home's proposals: made, withdrawn, and accepted into the register or declined.

All raise PermissionDenied where the person may not, StaleError where somebody else saved the
proposal since `version`, and RefusedError where it is settled already. `seen` is what the page
showed: ChangedSinceError where the proposal or the register is another now.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit import recording
from shokibo.web.audit.recording import Act
from shokibo.web.base import clock
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import Facts, hold
from shokibo.web.homes import actions
from shokibo.web.register.models import Capacity, ChangeProposal, Unit
from shokibo.web.store.wording import display, fields_of

Shown = tuple[tuple[str, str], ...]
"""Labels and values as a page lists them."""


def shown_of(proposal: ChangeProposal) -> Shown:
    """Give what the pages of a proposal show: what it asks for, and what the register holds."""
    names = ("unit", "effective_on", "unit_name", "unit_kind", "capacity", "reason")
    given = [name for name in names if getattr(proposal, name) not in (None, "")]
    return (
        *fields_of(proposal, "change", *given),
        (_("申し出た人"), proposal.proposed_by.name),
        *_registered(proposal),
    )


def _registered(proposal: ChangeProposal) -> Shown:
    """Give what the register holds of the unit on the day of the change."""
    if proposal.unit is None:
        return ()
    unit = Unit.objects.get(pk=proposal.unit.pk)
    earlier = Capacity.objects.filter(unit=unit, effective_from__lte=proposal.effective_on)
    capacity = earlier.order_by("effective_from").values_list("capacity", flat=True).last()
    return (
        (_("台帳の種別"), display(Unit, "kind", unit.kind)),
        (_("台帳のその日の定員"), display(Capacity, "capacity", capacity)),
        (_("台帳の廃止日"), display(Unit, "closed_on", unit.closed_on)),
    )


def facts_of(proposal: ChangeProposal) -> Facts:
    """Give the same in Japanese, for a decision."""
    with translation.override("ja"):
        return dict(shown_of(proposal))


@transaction.atomic
def make(*, office: Office, proposal: ChangeProposal) -> None:
    """Propose a change to the officer."""
    _require(office, proposal, Permission.CHANGE_PROPOSE)
    if proposal.unit is not None and proposal.unit.home_id != proposal.home_id:
        raise PermissionDenied(Permission.CHANGE_PROPOSE)
    proposal.proposed_by = office.person
    recording.add(Act(office.person, "proposal.make", proposal.reason), proposal)


@transaction.atomic
def withdraw(
    *, office: Office, proposal: ChangeProposal, version: int, seen: str | None = None
) -> None:
    """Take a proposal back."""
    _require(office, proposal, Permission.CHANGE_PROPOSE)
    hold(seen, facts_of(proposal))
    _settle(office, proposal, version, "withdrawn", "proposal.withdraw", "")


@transaction.atomic
def decline(
    *,
    office: Office,
    proposal: ChangeProposal,
    version: int,
    comment: str,
    seen: str | None = None,
) -> None:
    """Leave the register as it is, and say why."""
    _require(office, proposal, Permission.REGISTER_WRITE)
    hold(seen, facts_of(proposal))
    _settle(office, proposal, version, "declined", "proposal.decline", comment)


@transaction.atomic
def accept(
    *,
    office: Office,
    proposal: ChangeProposal,
    version: int,
    code: str | None = None,
    reason: str = "",
    seen: str | None = None,
) -> None:
    """Enter what was proposed into the register; `code` is the new unit's 生活単位ID.

    Raises TouchesError where it touches a certified month and no reason is given.
    """
    _require(office, proposal, Permission.REGISTER_WRITE)
    if proposal.proposed_by_id == office.person.pk:
        raise RefusedError(
            "自分が申し出た変更は登録できません。ほかの担当者に頼んでください。",
            "Who proposed a change can't accept it; another officer has to.",
        )
    hold(seen, facts_of(proposal))
    _settle(office, proposal, version, "accepted", "proposal.accept", reason)
    entering = {
        "open": _open,
        "close": _close,
        "kind": _convert,
        "capacity": _change_capacity,
    }
    entering[proposal.change](office, proposal, code or "", reason)


def _open(office: Office, proposal: ChangeProposal, code: str, reason: str) -> None:
    unit = Unit(
        authority=office.authority,
        home=proposal.home,
        code=code,
        name=proposal.unit_name,
        kind=proposal.unit_kind,
        opened_on=proposal.effective_on,
    )
    capacity = Capacity(
        authority=office.authority,
        effective_from=proposal.effective_on,
        capacity=proposal.capacity,
    )
    actions.add_unit(office=office, unit=unit, capacity=capacity, reason=reason)


def _close(office: Office, proposal: ChangeProposal, code: str, reason: str) -> None:
    _change(office, _unit(proposal), {"closed_on": proposal.effective_on}, reason)


def _convert(office: Office, proposal: ChangeProposal, code: str, reason: str) -> None:
    _change(office, _unit(proposal), {"kind": proposal.unit_kind}, reason)


def _change_capacity(office: Office, proposal: ChangeProposal, code: str, reason: str) -> None:
    day: dt.date = proposal.effective_on
    standing = Capacity.objects.filter(unit=proposal.unit, effective_from=day).first()
    if standing is not None:
        _change(office, standing, {"capacity": proposal.capacity}, reason)
        return
    row = Capacity(
        authority=office.authority,
        unit=proposal.unit,
        effective_from=day,
        capacity=proposal.capacity,
    )
    actions.add(office=office, row=row, reason=reason)


def _change(office: Office, row: Unit | Capacity, values: dict[str, Any], reason: str) -> None:
    actions.change(office=office, row=row, version=row.version, values=values, reason=reason)


def _unit(proposal: ChangeProposal) -> Unit:
    if proposal.unit is None:
        raise RefusedError("生活単位のない申出です。", "The proposal names no unit.")
    return proposal.unit


def _settle(
    office: Office, proposal: ChangeProposal, version: int, state: str, action: str, comment: str
) -> None:
    if proposal.state != "pending":
        raise RefusedError(
            "この申出は、もう処理されています。", "This proposal has been settled already."
        )
    values = {
        "state": state,
        "decided_at": clock.now(),
        "decided_by": office.person,
        "comment": comment,
    }
    recording.change(Act(office.person, action, comment), proposal, version, values)


def _require(office: Office, proposal: ChangeProposal, permission: Permission) -> None:
    ours = proposal.authority_id == office.authority.pk
    if not ours or not office.may(permission, proposal.home):
        raise PermissionDenied(permission)
