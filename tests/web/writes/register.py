"""Writes of the register."""

import datetime as dt
from functools import partial

from shokibo.web.base.seen import seal
from shokibo.web.certification.models import Handover
from shokibo.web.homes import actions, ending, proposals
from shokibo.web.homes.continuing import Continuation, continue_unit
from shokibo.web.homes.handing_over import UNDO
from shokibo.web.homes.renewing import renew
from shokibo.web.pages.grid.saving import Changes, Opened
from shokibo.web.register.models import (
    Capacity,
    ChangeProposal,
    Confirmation,
    Occupancy,
    Posting,
    Unit,
)
from shokibo.web.steps.taking import take
from tests.web.applications import APRIL
from tests.web.test_register_proposals import proposed
from tests.web.world import World
from tests.web.writes.acting import Made, Prepare, Write, on


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


def _confirmed(world: World) -> list[Confirmation]:
    return [
        Confirmation(
            authority=world.authority,
            home=world.home,
            item=item,
            result=True,
            confirmed_on=APRIL.replace(year=2023),
        )
        for item in ("long_term_plan", "training")
    ]


def _renew(world: World) -> None:
    cells = {f"{world.home.pk}-{item}-result": "1" for item in ("long_term_plan", "training")}
    days = {"confirmed_on": dt.date(2023, 4, 5), "holds_from": dt.date(2023, 4, 1)}
    values = {**days, "expires_on": dt.date(2024, 3, 31)}
    sheet = renew(office=world.office("officer"), year=2023, data=cells, values=values, reason="")
    assert not sheet.wrong


def _continue(world: World) -> Write:
    """Carry on a certified unit: its certification's end is proposed, and a draft prepared."""
    values = {"home": world.home, "code": "b5-2", "name": "家", "kind": "community_home"}

    def write(seen: str | None) -> Continuation:
        unit = world.unit("b5")
        return continue_unit(
            office=world.office("officer"),
            unit=unit,
            version=unit.version,
            day=dt.date(2022, 10, 1),
            values=values,
            capacity=5,
            carried=list(Posting.objects.filter(unit=unit)),
            ends=True,
            reason="移行",
            seen=seen,
        )

    return partial(write, seal(write(None).facts))


def _continued(world: World) -> Handover:
    _continue(world)()
    return Handover.objects.get()


def _sheet(world: World) -> Write:
    """Save a sheet of postings that adds, changes and removes."""
    changed, removed = Posting.objects.filter(home=world.home).order_by("pk")[:2]
    cells = {"job": "other", "employment": "full_time", "role": "care"}
    new = {"home": world.home, "code": "n", **cells, "dedicated": False, "main_rota": False}
    changes = Changes(
        Posting,
        [new],
        [(Opened(changed.pk, changed.version), {"job": "other"})],
        [Opened(removed.pk, removed.version)],
    )
    return partial(
        actions.save_rows, office=world.office("officer"), changes=changes, reason="異動"
    )


def _end(world: World) -> Write:
    rows = list(world.home.posting_set.filter(ended_on=None).order_by("pk")[:2])
    return partial(
        ending.end_all,
        office=world.office("officer"),
        keys=[row.pk for row in rows],
        ended_on=dt.date(2023, 3, 31),
        seen=seal(ending.facts_of(rows)),
        reason="退職",
    )


def _changed(made: Made, role: str, **values: object) -> Prepare:
    return on(made, "row", role, actions.change, values=values, reason="訂正")


REGISTER: dict[str, Prepare] = {
    "actions.add": lambda world, _folder: (
        lambda: actions.add(office=world.office("officer"), row=_count(world))
    ),
    "actions.add_all": lambda world, _folder: (
        lambda: actions.add_all(office=world.office("officer"), rows=_confirmed(world))
    ),
    "actions.save_rows": lambda world, _folder: _sheet(world),
    "ending.end_all": lambda world, _folder: _end(world),
    "renewing.renew": lambda world, _folder: partial(_renew, world),
    "continuing.continue_unit": lambda world, _folder: _continue(world),
    "steps.taking.take undo a continuation": on(
        _continued, "row", "officer", partial(take, UNDO), reason="日を誤った"
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
