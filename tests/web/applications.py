"""Applications of every state to try things on: a unit that meets every rule, and its people."""

import datetime as dt
from typing import Any

from shokibo.web.accounts.access import Office, access_of
from shokibo.web.accounts.models import Membership, Person
from shokibo.web.base import clock
from shokibo.web.certification import actions
from shokibo.web.certification.judgement import Asked, judge_one
from shokibo.web.certification.models import Application
from shokibo.web.certification.transitions import (
    CERTIFY,
    CHANGE,
    END,
    PROPOSE_CERTIFY,
    PROPOSE_CHANGE,
    PROPOSE_END,
    PROPOSE_REJECT,
    REJECT,
    RETURN,
    SUBMIT,
)
from shokibo.web.register.models import Capacity, Posting, Unit
from shokibo.web.steps.taking import take
from tests.web.world import OURS, World

APRIL, OCTOBER = dt.date(2022, 4, 1), dt.date(2022, 10, 1)


def unit_of_four(world: World, code: str, staff: int = 4) -> Unit:
    """Add to the home a unit of four places, which meets every rule with four staff."""
    unit = Unit.objects.create(
        authority=world.authority,
        home=world.home,
        code=code,
        name=f"{code}の家",
        kind="community_home",
    )
    Capacity.objects.create(
        authority=world.authority, unit=unit, effective_from=dt.date(2019, 4, 1), capacity=4
    )
    for number in range(staff):
        Posting.objects.create(
            authority=world.authority,
            home=world.home,
            unit=unit,
            code=f"{code}-{number}",
            job="childcare_worker",
            employment="full_time",
            role="care",
            dedicated=True,
            main_rota=False,
        )
    return unit


def drafted(world: World, code: str = "c4", **given: Any) -> Application:  # noqa: ANN401
    """Draft an application of the home for a new unit."""
    staff = given.pop("staff", 4)
    return actions.draft(
        office=world.office("home_staff"),
        home=world.home,
        addon="dispersal",
        unit=unit_of_four(world, code, staff),
        **{"fiscal_year": 2022, "start_month": APRIL, "requested_extra": 1, **given},
    )


def submitted(world: World, code: str = "c4", **given: Any) -> Application:  # noqa: ANN401
    """Submit one; where more is asked for than there is, with the reason for it."""
    row, office = drafted(world, code, **given), world.office("home_staff")
    exceeds = given.get("staff", 4) < 4 or given.get("requested_extra", 1) > 1
    reason = "採用の予定" if exceeds else ""
    take(SUBMIT, office=office, row=row, version=row.version, reason=reason)
    return row


def returned(world: World, code: str = "c4", **comments: str) -> Application:
    """Return one."""
    row = submitted(world, code)
    take(
        RETURN,
        office=world.office("officer"),
        row=row,
        version=row.version,
        values={"comments": comments or {"start_month": "開始月を確かめてください"}},
    )
    return row


def proposed(world: World, code: str = "c4", decision: str = "certify") -> Application:
    """Propose one for a decision."""
    row = submitted(world, code)
    office = world.office("officer")
    if decision == "certify":
        take(
            PROPOSE_CERTIFY,
            office=office,
            row=row,
            version=row.version,
            values={"proposed_extra": 1},
            reason="確認した",
        )
    else:
        take(PROPOSE_REJECT, office=office, row=row, version=row.version, reason="要件を満たさない")
    return row


def certified(world: World, code: str = "c4") -> Application:
    """Certify one."""
    row = proposed(world, code)
    take(CERTIFY, office=world.office("approver"), row=row, version=row.version)
    return row


def ending(world: World, code: str = "c4", ended_on: dt.date = dt.date(2022, 4, 30)) -> Application:
    """Propose to end one."""
    row, values = certified(world, code), {"ended_on": ended_on}
    office = world.office("officer")
    take(PROPOSE_END, office=office, row=row, version=row.version, values=values, reason="退職")
    return row


def ended(world: World, ended_on: dt.date, code: str = "c4") -> Application:
    """End one."""
    row = ending(world, code, ended_on)
    take(END, office=world.office("approver"), row=row, version=row.version)
    return row


def certified_for_two(world: World, code: str = "c4") -> Application:
    """Certify one for two extra staff: the unit has six places and a staff of five."""
    row, officer = drafted(world, code, staff=5, requested_extra=2), world.office("officer")
    Capacity.objects.filter(unit=row.unit).update(capacity=6)
    take(SUBMIT, office=world.office("home_staff"), row=row, version=row.version)
    values = {"proposed_extra": 2}
    take(PROPOSE_CERTIFY, office=officer, row=row, version=row.version, values=values)
    take(CERTIFY, office=world.office("approver"), row=row, version=row.version)
    return row


def leaves(world: World, code: str, last: dt.date) -> None:
    """Let one of a unit's staff leave after a day."""
    Posting.objects.filter(authority=world.authority, code=f"{code}-0").update(ended_on=last)


def changing(world: World, code: str = "c4", from_month: dt.date = OCTOBER) -> Application:
    """Propose to change one from a month on to one extra worker."""
    row, values = certified_for_two(world, code), {"from_month": from_month, "changed_extra": 1}
    office = world.office("officer")
    take(PROPOSE_CHANGE, office=office, row=row, version=row.version, values=values, reason="退職")
    return row


def changed(world: World, code: str = "c4", from_month: dt.date = OCTOBER) -> Application:
    """Change one; return what replaces it."""
    row = changing(world, code, from_month)
    take(CHANGE, office=world.office("approver"), row=row, version=row.version)
    return Application.objects.select_related("home", "unit", "replaces").get(replaces=row)


def rejected(world: World, code: str = "c4") -> Application:
    """Reject one."""
    row = proposed(world, code, "reject")
    take(REJECT, office=world.office("approver"), row=row, version=row.version)
    return row


def standing(world: World, state: str, unit: Unit, **given: Any) -> Application:  # noqa: ANN401
    """Put a row into a state without any step, with all that a next step may ask for."""
    person, now = world.people["officer"], clock.now()
    applied = {"applied_on": APRIL} if state != "draft" else {}
    values: dict[str, Any] = {}
    if state == "proposed":
        asked = Asked(world.home, unit, 2022, APRIL)
        values |= {
            "proposal": "certify",
            "proposed_extra": 1,
            "proposed_at": now,
            "proposed_by": person,
            "judgement": judge_one(world.authority, asked).as_json(),
        }
    if state in ("ending", "changing"):
        values |= {
            "end_proposed_extra": 2 if state == "changing" else None,
            "end_proposed_on": dt.date(2022, 4, 30),
            "end_proposal_reason": "退職",
            "end_proposed_at": now,
            "end_proposed_by": person,
        }
        state = "certified"
    if state in ("certified", "rejected", "withdrawn", "ended"):
        values |= {"decided_on": APRIL}
    if state in ("certified", "ended"):
        values |= {"certified_extra": 1}
    if state == "ended":
        values |= {"ended_on": dt.date(2022, 4, 30), "end_reason": "退職"}
    return Application.objects.create(
        authority=world.authority,
        home=world.home,
        unit=unit,
        addon="dispersal",
        code=f"t-{Application.objects.count()}",
        state=state,
        **{
            "fiscal_year": 2022,
            "requested_extra": 1,
            "start_month": APRIL,
            **applied,
            **values,
            **given,
        },
    )


def another(world: World, role: str, name: str) -> Office:
    """Add one more person of a role over the authority; return their office."""
    person = Person.objects.create_user(f"{name}@example.jp", f"架空 {name}")
    Membership.objects.create(person=person, role=role, authority=world.authority)
    office = access_of(person).office(OURS)
    assert office is not None
    return office


def also(world: World, role: str, second: str) -> Office:
    """Return a person of a role a second role over the authority; return their office."""
    person = world.people[role]
    Membership.objects.create(person=person, role=second, authority=world.authority)
    office = access_of(person).office(OURS)
    assert office is not None
    return office
