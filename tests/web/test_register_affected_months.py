"""An edit that touches a certified month names it: which rows, on which days, whose add-ons."""

import datetime as dt
from copy import copy
from typing import TypeVar

import pytest
from django.db.models import Model

from shokibo.web.certification.models import Application
from shokibo.web.homes.affected_months import affected
from shokibo.web.register.models import (
    Capacity,
    Confirmation,
    Occupancy,
    Posting,
)
from tests.web.world import World

Row = TypeVar("Row", bound=Model)
ALL = ["a-b5", "a-k", "a-u4"]


def codes(before: Model | None, **values: object) -> list[str]:
    after = copy(before)
    for name, value in values.items():
        setattr(after, name, value)
    return sorted(one.code for one in affected([(before, after)]))


def test_ending_a_posting_touches_only_the_days_after(world: World) -> None:
    posting = Posting.objects.get(code="u-1")
    assert codes(posting, ended_on=dt.date(2023, 3, 31)) == []
    assert codes(posting, ended_on=dt.date(2023, 3, 30)) == ["a-u4"]
    (one,) = affected([(posting, _with(posting, ended_on=dt.date(2023, 1, 31)))])
    assert (one.first, one.last, one.months) == (dt.date(2023, 2, 1), dt.date(2023, 3, 1), 2)
    assert one.addon == "小規模かつ地域分散化加算"


def test_a_changed_posting_touches_all_its_days(world: World) -> None:
    posting = Posting.objects.get(code="u-1")
    (one,) = affected([(posting, _with(posting, job="other"))])
    assert (one.first, one.last, one.months) == (dt.date(2022, 4, 1), dt.date(2023, 3, 1), 12)


def test_a_move_touches_both_units(world: World) -> None:
    posting = Posting.objects.get(code="u-1")
    assert codes(posting, unit=world.unit("b5")) == ["a-b5", "a-u4"]
    assert codes(posting, unit=world.unit("m6")) == ["a-u4"]


def test_a_backup_worker_touches_the_home_s_backup(world: World) -> None:
    assert codes(Posting.objects.get(code="k-1"), dedicated=True) == ["a-k"]


def test_a_change_that_changes_nothing_touches_nothing(world: World) -> None:
    assert codes(Posting.objects.get(code="u-1")) == []
    assert codes(world.unit("u4"), name="別の名") == []
    assert codes(world.home, name="別の名") == []


def test_a_simultaneous_posting_elsewhere_is_touched_too(world: World) -> None:
    """Two postings at once count by their hours, so the first unit's figures change as well."""
    first = Posting.objects.get(code="u-1")
    second = _with(first, pk=None, unit=world.unit("m6"), started_on=dt.date(2022, 7, 1))
    assert [one.code for one in affected([(None, second)])] == ["a-u4"]
    first.ended_on = dt.date(2022, 6, 30)
    first.save()
    assert affected([(None, second)]) == []


def test_a_capacity_holds_until_the_next_one(world: World) -> None:
    capacity = Capacity.objects.get(unit=world.unit("u4"))
    assert codes(capacity, capacity=5) == ["a-k", "a-u4"]
    Capacity.objects.create(
        authority=world.authority,
        unit=world.unit("u4"),
        effective_from=dt.date(2022, 4, 1),
        capacity=4,
    )
    assert codes(capacity, capacity=5) == []
    later = Capacity(
        authority=world.authority,
        unit=world.unit("u4"),
        effective_from=dt.date(2023, 4, 1),
        capacity=6,
    )
    assert affected([(None, later)]) == []


def test_a_day_that_moves_touches_the_days_between(world: World) -> None:
    row = Capacity.objects.create(
        authority=world.authority,
        unit=world.unit("u4"),
        effective_from=dt.date(2022, 6, 1),
        capacity=5,
    )
    found = affected([(row, _with(row, effective_from=dt.date(2022, 8, 1)))])
    assert {(one.code, one.first, one.last) for one in found} == {
        ("a-u4", dt.date(2022, 6, 1), dt.date(2022, 7, 1)),
        ("a-k", dt.date(2022, 6, 1), dt.date(2022, 7, 1)),
    }


def test_spans_that_share_no_day_touch_nothing_between(world: World) -> None:
    posting = Posting.objects.get(code="u-1")
    before = _with(posting, started_on=dt.date(2021, 4, 1), ended_on=dt.date(2021, 4, 30))
    after = _with(posting, started_on=dt.date(2023, 4, 1), ended_on=dt.date(2023, 4, 30))
    assert affected([(before, after)]) == []


def test_a_unit_and_a_home_touch_by_their_days_and_kind(world: World) -> None:
    assert codes(world.unit("u4"), kind="branch_group_care") == ["a-k", "a-u4"]
    assert codes(world.unit("u4"), closed_on=dt.date(2023, 3, 31)) == []
    assert codes(world.unit("u4"), closed_on=dt.date(2022, 12, 31)) == ["a-k", "a-u4"]
    assert codes(world.home, closed_on=dt.date(2022, 12, 31)) == ALL
    assert codes(world.sister, closed_on=dt.date(2022, 12, 31)) == []


@pytest.mark.parametrize(("item", "found"), [("training", ALL), ("duty_relief", ["a-k"])])
def test_a_requirement_touches_units_too_and_a_duty_the_backup(
    world: World, item: str, found: list[str]
) -> None:
    row = Confirmation.objects.get(item=item)
    assert codes(row, result=False) == found
    assert codes(row, result=True) == []
    assert codes(row, expires_on=dt.date(2023, 4, 30)) == []
    assert sorted(one.code for one in affected([(row, None)])) == found


def test_what_is_not_certified_or_has_ended_is_not_touched(world: World) -> None:
    posting = Posting.objects.get(code="u-1")
    application = Application.objects.get(code="a-u4")
    Application.objects.filter(pk=application.pk).update(
        state="ended", ended_on=dt.date(2022, 9, 30)
    )
    assert codes(posting, ended_on=dt.date(2022, 9, 30)) == []
    assert codes(posting, ended_on=dt.date(2022, 9, 29)) == ["a-u4"]
    for state in ("draft", "submitted", "returned", "proposed"):
        application.pk, application.code, application.state = None, state, state
        application.decided_on = application.certified_extra = None
        application.save(force_insert=True)
    assert codes(posting, started_on=dt.date(2022, 10, 2), ended_on=dt.date(2022, 10, 2)) == [
        "a-u4"
    ]
    assert codes(posting, started_on=None, ended_on=dt.date(2022, 10, 1)) == []


def test_a_count_of_children_touches_nothing(world: World) -> None:
    row = Occupancy(authority=world.authority, home=world.home, as_of=dt.date(2022, 5, 1))
    assert affected([(None, row)]) == []


def _with(row: Row, **values: object) -> Row:
    changed = copy(row)
    for name, value in values.items():
        setattr(changed, name, value)
    return changed


def test_it_reads_rows_of_every_model_that_a_rule_reads(world: World) -> None:
    for row in (
        world.home,
        world.unit("u4"),
        Capacity.objects.get(unit=world.unit("u4")),
        Posting.objects.get(code="u-1"),
        Confirmation.objects.get(item="training"),
    ):
        assert affected([(row, None)]), row
