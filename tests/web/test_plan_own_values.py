"""The authority's own values decide on the plan's pages, in its versions and its progress."""

from pathlib import Path

import pytest
from django.urls import reverse

from shokibo.law.own_values import meaning_of
from shokibo.web.planning.contents import Contents
from shokibo.web.planning.plan_page import stored_plan
from shokibo.web.planning.versions import comparing
from shokibo.web.register.models import OwnValue
from tests.web.plan_versions import plan_of, proposed
from tests.web.plans import text_of
from tests.web.world import OURS, World


@pytest.fixture
def office(world: World, tmp_path: Path) -> World:
    """Return an office with a plan for 2022 and 2023."""
    return plan_of(world, tmp_path)


def own(world: World, value: str) -> None:
    """Set the most places of a main unit."""
    OwnValue.objects.update_or_create(
        authority=world.authority,
        name="main_unit_most",
        effective_from="2019-04-01",
        defaults={"value": value, "source": "架空県要綱"},
    )


def test_the_overview_and_the_grid_count_by_them(office: World) -> None:
    own(office, "5")
    assert stored_plan(office.authority).plan.main_unit_most == 5  # type: ignore[union-attr]
    for page in ("planning:overview", "planning:actions"):
        shown = text_of(office.client("officer").get(reverse(page, args=[OURS])))
        assert "5人を超えるユニット 1 1" in shown


def test_a_version_keeps_those_of_its_day(office: World) -> None:
    own(office, "5")
    version = proposed(office)
    own(office, "7")
    kept, now = Contents.of_version(version), Contents.of_draft(office.authority)
    assert (kept.plan.main_unit_most, now.plan.main_unit_most) == (5, 7)
    assert kept.sha256 == version.sha256
    ((heading, (change,)),) = comparing.in_words(comparing.compared(kept, now))
    assert (heading, change.lines) == ("自治体の値", (("値", "5", "7"),))
    assert change.subject == f"{meaning_of('main_unit_most').ja} 平成31年4月1日"


def test_a_version_made_before_there_were_any_is_read(office: World) -> None:
    version = proposed(office)
    for name in ("applications", "parameters"):
        del version.snapshot["tables"][name]
    assert Contents.of_version(version).plan.main_unit_most == 6
