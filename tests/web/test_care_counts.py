"""Children in numbers: for who sees no child, without a code, and without small counts."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from shokibo.web.accounts.permissions import Permission
from shokibo.web.accounts.roles import holders
from shokibo.web.audit.models import Look
from shokibo.web.care.counting import counts_of, threshold_of
from shokibo.web.care.models import Child
from shokibo.web.opendata.models import OpenSettings
from tests.web.children import BROKEN, PROTECTED, child_of, placed, recorded
from tests.web.markup import markup_of
from tests.web.world import OURS, World

DAY = dt.date(2022, 4, 5)
COUNTING = ("officer", "approver", "auditor", "ministry")


def address(role: str) -> str:
    return reverse("nation_children") if role == "ministry" else reverse("care:counts", args=[OURS])


def seven(shown: str) -> bool:
    return re.search(r'data-label="児童数">7</td>', shown) is not None


def some(world: World, count: int, **given: object) -> None:
    """Place children in our home, or elsewhere."""
    for _ in range(count):
        placed(world, child_of(world), **given)


def elsewhere(place: str) -> dict[str, object]:
    return {"place": place, "home": None, "unit": None}


def test_who_counts_is_who_holds_a_permission_for_it() -> None:
    roles = holders(Permission.CHILD_COUNT, Permission.CHILD_COUNT_NATION)
    assert {role.code for role in roles} == set(COUNTING)


@pytest.mark.parametrize("role", COUNTING)
def test_the_page_has_numbers_and_no_code(world: World, role: str) -> None:
    some(world, 4)
    some(world, 3, **elsewhere("foster"))
    shown = markup_of(world.client(role).get(address(role)))
    assert [code for code in Child.objects.values_list("code", flat=True) if code in shown] == []
    assert seven(shown)
    look = Look.objects.get(actor=world.people[role])
    assert (look.what, look.rows, look.child) == ("児童の数", 0, None)
    start = reverse("nation") if role == "ministry" else reverse("today:today", args=[OURS])
    assert f'href="{address(role)}"' in world.client(role).get(start).content.decode()


def test_a_small_count_is_blank_with_what_would_give_it_away(world: World) -> None:
    some(world, 5)
    some(world, 2, **elsewhere("foster"))
    found = counts_of([world.authority], DAY)
    assert (found.total, found.places["children_home"], found.places["foster"]) == (None, 5, None)
    assert set(found.ages.values()) == {None}
    shown = markup_of(world.client("officer").get(address("officer")))
    assert not seven(shown)
    assert 'data-label="児童数">秘匿</td>' in shown, "a phone leaves a mere dash out"
    assert "1人以上3人未満の行は" in shown


def test_records_are_counted_by_year_and_clock(world: World) -> None:
    for at in range(4):
        child = child_of(world)
        placed(world, child)
        recorded(world, child, "breakdown", **BROKEN)
        if at < 3:
            recorded(world, child, "protection", **{**PROTECTED, "started_on": DAY})
    found = counts_of([world.authority], DAY)
    assert (found.years[2021], found.years[2022]) == ((4, 0), (0, 3))
    assert found.clocks["prolongation"] == (3, 0)
    late = counts_of([world.authority], dt.date(2022, 6, 5))
    assert late.clocks["prolongation"] == (3, 3)


@pytest.mark.parametrize(("born", "band"), [((2019, 5), "under_3"), ((2019, 4), "preschool")])
def test_ages_are_those_of_the_month_s_end(world: World, born: tuple[int, int], band: str) -> None:
    some(world, 3)
    Child.objects.update(birth_month=dt.date(*born, 1))
    assert counts_of([world.authority], DAY).ages[band] == 3


@pytest.mark.parametrize(("entered", "held"), [(None, 3), (1, 3), (5, 5)])
def test_the_threshold_is_that_of_open_data_and_never_below_the_least(
    world: World, entered: int | None, held: int
) -> None:
    OpenSettings.objects.create(authority=world.authority, threshold=entered)
    assert threshold_of([world.authority]) == held
