"""Writes of children's records."""

import datetime as dt
from functools import partial
from pathlib import Path
from typing import Any

from shokibo.web.care import actions, deletions, taking_over
from shokibo.web.care.models import Child, Protection, Situation
from shokibo.web.care.retention import Going
from shokibo.web.register.models import Unit
from tests.web.children import (
    BORN,
    CENTER,
    NEED,
    POLICY,
    PROTECTED,
    child_of,
    child_with_records,
    imported_child,
    moved_to_center,
    placed,
    recorded,
)
from tests.web.world import World
from tests.web.writes.acting import Prepare, Write, fresh

_BEGUN = {**PROTECTED, "started_on": dt.date(2022, 3, 11), "consent": True}


def _adding(kind: str, **values: object) -> Prepare:
    def prepare(world: World, _folder: Path) -> Write:
        child = child_with_records(world)
        return partial(
            actions.add, office=world.office(CENTER), child=child, kind=kind, values=values
        )

    return prepare


def _of_policy(act: Any, role: str = CENTER, **given: object) -> Prepare:  # noqa: ANN401
    def prepare(world: World, _folder: Path) -> Write:
        child_with_records(world)
        row = Situation.objects.get()

        def write() -> None:
            current = fresh(row)
            act(office=world.office(role), row=current, version=current.version, **given)

        return write

    return prepare


def _of_protection(act: Any, **given: object) -> Prepare:  # noqa: ANN401
    def prepare(world: World, _folder: Path) -> Write:
        row = recorded(world, child_with_records(world), "protection", **PROTECTED)

        def write() -> None:
            current = Protection.objects.get(pk=row.pk)
            office = world.office(CENTER)
            act(office=office, kind="protection", row=current, version=current.version, **given)

        return write

    return prepare


def _of_child(act: Any, **given: object) -> Prepare:  # noqa: ANN401
    def prepare(world: World, _folder: Path) -> Write:
        child = child_with_records(world)

        def write() -> None:
            current = Child.objects.get(pk=child.pk)
            act(office=world.office(CENTER), child=current, version=1, **given)

        return write

    return prepare


def _opening(world: World, _folder: Path) -> Write:
    child = child_with_records(world)
    moved_to_center(world, CENTER, "C2")
    office = world.office(CENTER)
    return partial(actions.open_records, office=office, child=child, reason="緊急の連絡")


def _placing(world: World, _folder: Path) -> Write:
    return partial(placed, world, child_with_records(world), started_on=dt.date(2022, 4, 1))


def _expiring(world: World, _folder: Path) -> Write:
    child = child_with_records(world)
    placed(world, child, started_on=dt.date(2022, 4, 1))
    going = Going(child, ("child",), BORN, BORN, 4)
    return partial(deletions.delete_going, world.people[CENTER], [going])


def _ruling(world: World, _folder: Path) -> Write:
    unit = Unit.objects.select_related("home").get(pk=world.unit("u4").pk)
    return partial(
        actions.set_unit_rule,
        office=world.office(CENTER),
        unit=unit,
        version=0,
        values={"gender": "girl", "age_from": 6},
    )


def _taking_over(world: World, _folder: Path) -> Write:
    imported_child(world)
    office = world.office(CENTER)
    return lambda: taking_over.take_over(office=office, found=taking_over.candidates(office))


def _unregistering(world: World, _folder: Path) -> Write:
    child = child_of(world)
    office = world.office(CENTER)
    return partial(deletions.unregister, office=office, child=child, version=1)


CARE: dict[str, Prepare] = {
    "actions.register": lambda world, _folder: partial(
        actions.register,
        office=world.office(CENTER),
        values={"birth_month": BORN, "center_code": "C1"},
    ),
    "actions.add": _adding("assessment", **NEED),
    "actions.add of a protection": _adding("protection", **PROTECTED),
    "actions.add of a placement": _placing,
    "actions.change": _of_policy(
        actions.change, kind="situation", values={**POLICY, "goal": "stay"}
    ),
    "actions.change of a protection": _of_protection(actions.change, values=_BEGUN),
    "actions.change_child": _of_child(
        actions.change_child, values={"birth_month": BORN, "center_code": "C2"}
    ),
    "actions.remove": _of_protection(actions.remove),
    "actions.end_care": _of_child(
        actions.end_care, ended_on=dt.date(2022, 4, 5), end_reason="independence"
    ),
    "actions.agree": _of_policy(actions.agree, "home_staff"),
    "actions.open_records": _opening,
    "actions.set_unit_rule": _ruling,
    "taking_over.take_over": _taking_over,
    "deletions.delete_going": _expiring,
    "deletions.unregister": _unregistering,
}
