"""The steps of a home's proposal: made, withdrawn, and accepted into the register or declined."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.utils.translation import gettext as _

from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import Facts
from shokibo.web.homes import actions
from shokibo.web.register.models import Capacity, ChangeProposal, Unit
from shokibo.web.steps.step import NEW, Process, Step, Taking, settled
from shokibo.web.store.wording import display, fields_of

Shown = tuple[tuple[str, str], ...]
"""Labels and values as a page lists them."""


def shown_of(proposal: ChangeProposal) -> Shown:
    """Return what the pages of a proposal show: what it asks for, and what the register holds."""
    names = ("unit", "effective_on", "unit_name", "unit_kind", "capacity", "reason")
    given = [name for name in names if getattr(proposal, name) not in (None, "")]
    shown = (
        *fields_of(proposal, "change", *given),
        (_("申し出た人"), proposal.proposed_by.name),
    )
    if proposal.unit is None:
        return shown
    unit = Unit.objects.get(pk=proposal.unit.pk)
    earlier = Capacity.objects.filter(unit=unit, effective_from__lte=proposal.effective_on)
    capacity = earlier.order_by("effective_from").values_list("capacity", flat=True).last()
    return (
        *shown,
        (_("台帳の種別"), display(Unit, "kind", unit.kind)),
        (_("台帳のその日の定員"), display(Capacity, "capacity", capacity)),
        (_("台帳の廃止日"), display(Unit, "closed_on", unit.closed_on)),
    )


def facts_of(proposal: ChangeProposal) -> Facts:
    """Return the same in Japanese, for a decision."""
    with translation.override("ja"):
        return dict(shown_of(proposal))


def _of_the_home(taking: Taking[ChangeProposal]) -> None:
    unit = taking.row.unit
    if unit is not None and unit.home_id != taking.row.home_id:
        raise PermissionDenied(Permission.CHANGE_PROPOSE)


def _enter(taking: Taking[ChangeProposal]) -> None:
    """Enter what was proposed; `code` is the new unit's 生活単位ID.

    Raises TouchesError where it touches a certified month and no reason is given.
    """
    office, row, reason = taking.office, taking.row, taking.reason
    capacity = Capacity(
        authority=office.authority,
        unit=row.unit,
        effective_from=row.effective_on,
        capacity=row.capacity,
    )
    if row.change == "open":
        unit = Unit(
            authority=office.authority,
            home=row.home,
            code=taking.given.get("code") or "",
            name=row.unit_name,
            kind=row.unit_kind,
            opened_on=row.effective_on,
        )
        actions.add_unit(office=office, unit=unit, capacity=capacity, reason=reason)
    elif row.change == "close":
        _change(office, _unit(row), {"closed_on": row.effective_on}, reason)
    elif row.change == "kind":
        _change(office, _unit(row), {"kind": row.unit_kind}, reason)
    else:
        of_the_day = Capacity.objects.filter(unit=row.unit, effective_from=row.effective_on)
        if stored := of_the_day.first():
            _change(office, stored, {"capacity": row.capacity}, reason)
        else:
            actions.add(office=office, row=capacity, reason=reason)


def _change(office: Office, row: Unit | Capacity, values: dict[str, Any], reason: str) -> None:
    actions.change(office=office, row=row, version=row.version, values=values, reason=reason)


def _unit(proposal: ChangeProposal) -> Unit:
    if proposal.unit is None:
        raise RefusedError("生活単位のない申出です。", "The proposal names no unit.")
    return proposal.unit


PROCESS = Process(
    ChangeProposal,
    ChangeProposal.STATES,
    lambda row: Text(f"申出「{row}」", f"proposal {row}"),
    parent=lambda row: row.home,
)
MAKE = Step(
    PROCESS,
    Text("申し出る", "Propose"),
    "proposal.make",
    Permission.CHANGE_PROPOSE,
    (NEW,),
    "pending",
    (_of_the_home,),
    because=lambda taking: taking.row.reason,
    values=lambda taking: {"proposed_by": taking.office.person},
)
WITHDRAW = Step(
    PROCESS,
    Text("取り下げる", "Withdraw"),
    "proposal.withdraw",
    Permission.CHANGE_PROPOSE,
    ("pending",),
    "withdrawn",
    facts=facts_of,
    values=settled,
)
DECLINE = Step(
    PROCESS,
    Text("登録しない", "Decline"),
    "proposal.decline",
    Permission.REGISTER_WRITE,
    ("pending",),
    "declined",
    reason="required",
    facts=facts_of,
    values=settled,
)
ACCEPT = Step(
    PROCESS,
    Text("登録する", "Accept"),
    "proposal.accept",
    Permission.REGISTER_WRITE,
    ("pending",),
    "accepted",
    never_by=(
        (
            lambda row: (row.proposed_by_id,),
            Text(
                "自分が申し出た変更は登録できません。ほかの担当者に頼んでください。",
                "Who proposed a change can't accept it; another officer has to.",
            ),
        ),
    ),
    reason="optional",
    facts=facts_of,
    values=settled,
    more=_enter,
)
