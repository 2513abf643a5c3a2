"""The steps of a home's proposal: made, withdrawn, and accepted into the register or declined."""

from copy import copy
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.utils.translation import gettext as _

from shokibo.texts import Text
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.seen import Facts
from shokibo.web.homes import actions
from shokibo.web.homes.consequences import consequences_of
from shokibo.web.register.models import Capacity, ChangeProposal, Unit
from shokibo.web.steps.step import NEW, Process, Step, Taking, settled
from shokibo.web.store.edits import Edit
from shokibo.web.store.wording import Comparison, Labelled, display, fields_of, header


def shown_of(proposal: ChangeProposal) -> Labelled:
    """Return what pages show of a proposal."""
    return (
        *fields_of(proposal, "change", *(["unit"] if proposal.unit else [])),
        *fields_of(proposal, "effective_on", "reason"),
        (_("申し出た人"), proposal.proposed_by.name),
    )


def comparison_of(proposal: ChangeProposal) -> Comparison:
    """Return the register's values on the day next to the proposed ones; without blank rows."""
    if _lacks_unit(proposal):
        return ()
    unit, asked = proposal.unit, _asked(proposal)[1]
    now: dict[str, Any] = {"kind": None, "capacity": None, "closed_on": None}
    if unit is None:
        now, asked = {"name": None, **now}, {**asked, "capacity": proposal.capacity}
    else:
        held = {
            one.effective_from: one.capacity
            for one in unit.capacities.all()
            if one.effective_from <= proposal.effective_on
        }
        capacity = held[max(held)] if held else None
        now = {"kind": unit.kind, "capacity": capacity, "closed_on": unit.closed_on}
    return tuple(
        (header(model, name), display(model, name, value), display(model, name, then))
        for name, value in now.items()
        for model in [Capacity if name == "capacity" else Unit]
        for then in [asked.get(name, value)]
        if (value, then) != (None, None)
    )


def facts_of(proposal: ChangeProposal) -> Facts:
    """Return the same in Japanese, for a decision."""
    with translation.override("ja"):
        rows = comparison_of(proposal)
        held = {f"今の{label}": now for label, now, _then in rows}
        asked = {f"申出の{label}": then for label, _now, then in rows}
        return {**dict(shown_of(proposal)), **held, **asked}


def edits_of(proposal: ChangeProposal) -> list[Edit]:
    """Return a proposal's edits of the register."""
    if _lacks_unit(proposal):
        return []
    row, values = _asked(proposal)
    after = copy(row)
    for name, value in values.items():
        setattr(after, name, value)
    edit: Edit = (row if row.pk else None, after)
    if not isinstance(after, Unit) or after.pk:
        return [edit]
    first = _first_capacity(proposal)
    first.unit = after
    return [edit, (None, first)]


def _asked(proposal: ChangeProposal) -> tuple[Unit | Capacity, dict[str, Any]]:
    """Return the row that a proposal changes or adds, and the proposed fields."""
    day, home = proposal.effective_on, proposal.home
    if proposal.change == "open":
        values = {"name": proposal.unit_name, "kind": proposal.unit_kind, "opened_on": day}
        return Unit(authority=home.authority, home=home), values
    unit = proposal.unit
    if unit is None:
        raise RefusedError("生活単位のない申出です。", "The proposal names no unit.")
    if proposal.change == "close":
        return unit, {"closed_on": day}
    if proposal.change == "kind":
        return unit, {"kind": proposal.unit_kind}
    stored = next((one for one in unit.capacities.all() if one.effective_from == day), None)
    new = Capacity(authority=home.authority, unit=unit, effective_from=day)
    return stored or new, {"capacity": proposal.capacity}


def _first_capacity(proposal: ChangeProposal) -> Capacity:
    return Capacity(
        authority=proposal.home.authority,
        effective_from=proposal.effective_on,
        capacity=proposal.capacity,
    )


def _of_the_home(taking: Taking[ChangeProposal]) -> None:
    unit = taking.row.unit
    if unit is not None and unit.home_id != taking.row.home_id:
        raise PermissionDenied(Permission.CHANGE_PROPOSE)


def _is_seen(taking: Taking[ChangeProposal]) -> None:
    """Require the home to see the consequences of its proposal. Raises ConsequencesError."""
    confirmed = taking.given.get("confirmed")
    if confirmed is not None:
        actions.require_confirmed(consequences_of(taking.office, edits_of(taking.row)), confirmed)


def _enter(taking: Taking[ChangeProposal]) -> None:
    """Enter what was proposed; `code` is the new unit's 生活単位ID.

    Raises ConsequencesError as the register's actions do.
    """
    row, values = _asked(taking.row)
    given: dict[str, Any] = {
        "office": taking.office,
        "reason": taking.reason,
        "confirmed": taking.given.get("confirmed"),
    }
    if row.pk is not None:
        actions.change(row=row, version=row.version, values=values, **given)
    elif isinstance(row, Unit):
        values |= {"code": taking.given.get("code") or ""}
        actions.add_unit(unit=row, values=values, capacity=_first_capacity(taking.row), **given)
    else:
        actions.add(row=row, values=values, **given)


def _lacks_unit(proposal: ChangeProposal) -> bool:
    return proposal.change != "open" and proposal.unit is None


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
    (_of_the_home, _is_seen),
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
