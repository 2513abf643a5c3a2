"""A ledger edited in memory is the one that is read once the rows are written."""

import datetime as dt
from collections.abc import Callable
from copy import copy
from typing import Any

import pytest
from django.db.models import Model

from shokibo.ledger.raw import ROW
from shokibo.web.register.models import Absence, Capacity, Confirmation, Posting, Unit
from shokibo.web.store.edits import Edit, edited
from shokibo.web.store.reading import REGISTER, ledger_of
from tests.web.world import World


def changed(row: Any, **values: object) -> Edit:  # noqa: ANN401 - a row of any model
    after = copy(row)
    for name, value in values.items():
        setattr(after, name, value)
    return row, after


def _capacity(world: World) -> list[Edit]:
    day = dt.date(2022, 10, 1)
    new = Capacity(authority=world.authority, unit=world.unit("u4"), effective_from=day, capacity=6)
    return [(None, new), changed(Capacity.objects.get(unit__code="b5"), capacity=4)]


def _move(world: World) -> list[Edit]:
    row = Posting.objects.get(code="u-1")
    return [changed(row, unit=world.unit("b5"), weekly_hours=3600, employment="part_time")]


def _to_the_main_building(_world: World) -> list[Edit]:
    return [changed(Posting.objects.get(code="u-1"), unit=None)]


def _new_people(world: World) -> list[Edit]:
    given = {"authority": world.authority, "home": world.home, "code": "n-1"}
    post = {"job": "other", "employment": "full_time", "role": "care", "dedicated": True}
    leave = Absence(**given, started_on=dt.date(2022, 5, 1), kind="parental")
    return [
        (None, Posting(**given, **post, main_rota=False, unit=world.unit("u4"))),
        (None, leave),
    ]


def _kind_and_chain(world: World) -> list[Edit]:
    unit = world.unit("u4")
    return [changed(unit, kind="branch_group_care", continues=world.unit("b5"))]


def _removed(_world: World) -> list[Edit]:
    return [(Confirmation.objects.get(item="training"), None)]


def _new_unit(world: World) -> list[Edit]:
    unit = Unit(authority=world.authority, home=world.home, code="n4", name="新", kind="main_unit")
    day = dt.date(2022, 10, 1)
    first = Capacity(authority=world.authority, unit=unit, effective_from=day, capacity=6)
    return [(None, unit), (None, first)]


EDITS = [
    _capacity,
    _move,
    _to_the_main_building,
    _new_people,
    _kind_and_chain,
    _removed,
    _new_unit,
]


@pytest.mark.parametrize("made", EDITS)
def test_it_is_what_is_read_afterwards(world: World, made: Callable[[World], list[Edit]]) -> None:
    edits = made(world)
    found = edited(ledger_of(world.authority, only=REGISTER), edits)
    for before, after in edits:
        _write(before, after)
    written = ledger_of(world.authority, only=REGISTER)
    for name in REGISTER:
        columns = [column for column in written[name].columns if column != ROW]
        assert found[name].select(columns).equals(written[name].select(columns)), name


def _write(before: Model | None, after: Model | None) -> None:
    if after is None and before is not None:
        before.delete()
    if after is not None:
        if isinstance(after, Capacity):
            after.unit = after.unit  # a new unit has its key by now
        after.save()


def test_rows_that_are_added_have_each_their_own_number(world: World) -> None:
    found = edited(
        ledger_of(world.authority, only=REGISTER), _capacity(world) + _capacity(world)[:1]
    )
    assert found["capacities"][ROW].is_unique().all()


def test_a_unit_keeps_the_id_that_other_rows_name(world: World) -> None:
    ledger = ledger_of(world.authority, only=REGISTER)
    found = edited(ledger, [changed(world.unit("u4"), code="other", name="別の名")])
    assert "u4" in found["units"]["unit_id"]
    assert "別の名" in found["units"]["name"]
