"""Writes of the register."""

import datetime as dt
from functools import partial

from shokibo.web.homes import actions, proposals
from shokibo.web.register.models import Capacity, ChangeProposal, Confirmation, Occupancy, Unit
from shokibo.web.steps.taking import take
from tests.web.applications import APRIL
from tests.web.test_register_proposals import proposed
from tests.web.world import World
from tests.web.writes.acting import Made, Prepare, on


def _unit(world: World) -> Unit:
    return world.unit("u4")


def _capacity(world: World) -> Capacity:
    return Capacity.objects.get(unit=_unit(world))


def _confirmation(world: World) -> Confirmation:
    return Confirmation.objects.filter(authority=world.authority).earliest("pk")


def _count(world: World) -> Occupancy:
    return Occupancy(
        authority=world.authority,
        home=world.home,
        as_of=dt.date(2022, 4, 1),
        population="residents",
        place="all",
        children=3,
    )


def _counted(world: World) -> Occupancy:
    row = _count(world)
    row.save()
    return row


def _changed(made: Made, role: str, **values: object) -> Prepare:
    return on(made, "row", role, actions.change, values=values, reason="訂正")


REGISTER: dict[str, Prepare] = {
    "actions.add": lambda world, _folder: (
        lambda: actions.add(office=world.office("officer"), row=_count(world))
    ),
    "actions.add_unit": lambda world, _folder: (
        lambda: actions.add_unit(
            office=world.office("officer"),
            unit=Unit(
                authority=world.authority,
                home=world.home,
                code="n",
                name="家",
                kind="community_home",
            ),
            capacity=Capacity(authority=world.authority, effective_from=APRIL, capacity=4),
        )
    ),
    "actions.change home": _changed(lambda world: world.home, "officer", name="新しい名"),
    "actions.change unit": _changed(_unit, "officer", name="新しい名"),
    "actions.change capacity": _changed(_capacity, "officer", capacity=5),
    "actions.change posting": _changed(
        lambda world: _unit(world).posting_set.earliest("pk"), "officer", job="other"
    ),
    "actions.change confirmation": _changed(_confirmation, "officer", result=False),
    "actions.change occupancy": _changed(_counted, "officer", children=4),
    "actions.remove": on(_capacity, "row", "officer", actions.remove, reason="誤り"),
    "steps.taking.take make a proposal": lambda world, _folder: (
        lambda: take(
            proposals.MAKE,
            office=world.office("home_staff"),
            row=ChangeProposal(
                authority=world.authority,
                home=world.home,
                unit=_unit(world),
                change="capacity",
                capacity=6,
                effective_on=dt.date(2023, 4, 1),
                reason="児童の減少",
            ),
        )
    ),
    "steps.taking.take withdraw a proposal": on(
        proposed, "row", "home_staff", partial(take, proposals.WITHDRAW)
    ),
    "steps.taking.take decline a proposal": on(
        proposed, "row", "officer", partial(take, proposals.DECLINE), reason="早い"
    ),
    "steps.taking.take accept a proposal capacity": on(
        proposed, "row", "officer", partial(take, proposals.ACCEPT), reason="申出"
    ),
    "steps.taking.take accept a proposal opening": on(
        lambda world: proposed(
            world, "open", unit_name="家", unit_kind="community_home", capacity=4
        ),
        "row",
        "officer",
        partial(take, proposals.ACCEPT),
        values={"code": "n"},
    ),
}
