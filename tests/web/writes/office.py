"""Writes of what an authority sets for itself."""

import datetime as dt
from functools import partial
from pathlib import Path

from shokibo.web.office import actions
from shokibo.web.office.models import SettingProposal
from shokibo.web.office.proposals import ACCEPT, DECLINE, MAKE, WITHDRAW
from shokibo.web.register.models import OwnValue
from shokibo.web.steps.taking import take
from tests.web.applications import APRIL
from tests.web.test_own_values import SOURCE, proposed
from tests.web.world import World
from tests.web.writes.acting import Prepare, Write, act, on


def _make(world: World, _folder: Path) -> Write:
    def write() -> None:
        row = SettingProposal(
            authority=world.authority, change="reporting", reports_from=2022, reason="採用"
        )
        take(MAKE, office=world.office("officer"), row=row)

    return write


def _ending_another(world: World) -> SettingProposal:
    OwnValue.objects.create(
        authority=world.authority,
        name="base_staff",
        effective_from=dt.date(2020, 4, 1),
        value="4",
        source=SOURCE,
    )
    return proposed(world)


def _removing(world: World) -> SettingProposal:
    OwnValue.objects.create(
        authority=world.authority,
        name="base_staff",
        effective_from=APRIL,
        value="4",
        source=SOURCE,
    )
    return proposed(world, change="remove", value=None, source=None)


def _reporting(world: World) -> SettingProposal:
    return proposed(
        world,
        change="reporting",
        name=None,
        effective_from=None,
        value=None,
        source=None,
        reports_from=2022,
    )


OFFICE: dict[str, Prepare] = {
    "actions.set_contact": act("officer", actions.set_contact, version=1, contact="子ども課"),
    "steps.taking.take propose a setting": _make,
    "steps.taking.take withdraw a setting": on(proposed, "row", "officer", partial(take, WITHDRAW)),
    "steps.taking.take decline a setting": on(
        proposed, "row", "approver", partial(take, DECLINE), reason="根拠がない"
    ),
    "steps.taking.take decide on a value": on(
        _ending_another, "row", "approver", partial(take, ACCEPT)
    ),
    "steps.taking.take decide to take a value out": on(
        _removing, "row", "approver", partial(take, ACCEPT)
    ),
    "steps.taking.take decide how it reports": on(
        _reporting, "row", "approver", partial(take, ACCEPT)
    ),
}
