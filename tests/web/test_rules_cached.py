"""What is cached of a whole authority says about its homes what they say judged alone."""

import datetime as dt

import pytest
from django.db import transaction
from polars.testing import assert_frame_equal

from shokibo.web.audit.recording import Act, add, change
from shokibo.web.certification.judgement import Asked, judge_one
from shokibo.web.homes import judging
from shokibo.web.register.models import Home, OwnValue, Posting
from shokibo.web.returns.drawing import drawn
from shokibo.web.store.rules import Rules
from tests.web.world import World

APRIL = dt.date(2022, 4, 1)


def _share_staff(world: World) -> None:
    """Post somebody of the home in its sister too, so that both count them by hours."""
    row = Posting(
        authority=world.authority,
        home=world.sister,
        unit=world.unit("s4"),
        code="u-1",
        job="childcare_worker",
        employment="full_time",
        weekly_hours=72_000,
        full_time_weekly_hours=144_000,
        role="care",
        dedicated=True,
        main_rota=False,
    )
    with transaction.atomic():
        add(Act(None, "register.add"), row)


def _alone(world: World, home: Home) -> Rules:
    return Rules(world.authority, [home])


def _applications(rules: Rules) -> set[str]:
    """Return the certified applications of the year that something is found of."""
    found = rules.certified_findings(2022)
    return {each.application_id for one in found for each in one.applications}


@pytest.mark.parametrize("name", ["home", "sister"])
def test_homes_judged_together_and_alone_are_judged_the_same(
    committed_world: World, name: str
) -> None:
    _share_staff(committed_world)
    home = getattr(committed_world, name)
    together = _alone(committed_world, home).evaluated(APRIL)
    cached_findings = _alone(committed_world, home).certified_findings(2022)
    with transaction.atomic():
        alone = _alone(committed_world, home).evaluated(APRIL)
        findings = _alone(committed_world, home).certified_findings(2022)
    assert_frame_equal(together.units, alone.units)
    assert_frame_equal(together.homes, alone.homes)
    assert alone.units.height > 0
    assert [one.finding.message("ja") for one in cached_findings] == [
        one.finding.message("ja") for one in findings
    ]


def test_a_change_is_judged_immediately(committed_world: World) -> None:
    home = committed_world.home
    before = _alone(committed_world, home)
    assert before.certified_findings(2022) == []
    staff = before.evaluated(APRIL).units.filter(unit_id="u4")["staff_fte"].item()
    row = Posting.objects.get(code="u-1", home=home)
    with transaction.atomic():
        change(Act(None, "register.change"), row, row.version, {"ended_on": dt.date(2022, 3, 31)})
    after = _alone(committed_world, home)
    assert after.evaluated(APRIL).units.filter(unit_id="u4")["staff_fte"].item() == staff - 10
    assert "a-u4" in _applications(after)


def test_a_form_follows_a_change_at_once(committed_world: World) -> None:
    authority, unit = committed_world.authority, committed_world.unit("u4")
    before = drawn(authority, 1, 2022).form.units["total"].units
    with transaction.atomic():
        change(
            Act(None, "register.change"), unit, unit.version, {"closed_on": dt.date(2022, 3, 31)}
        )
    assert drawn(authority, 1, 2022).form.units["total"].units == before - 1


def test_an_authoritys_own_value_takes_effect_and_is_named(
    committed_world: World,
) -> None:
    authority, unit = committed_world.authority, committed_world.unit("u4")
    asked = Asked(unit.home, unit, 2022, APRIL)
    assert judge_one(authority, asked).eligible is True
    row = OwnValue(
        authority=authority,
        name="base_staff",
        effective_from=dt.date(2019, 4, 1),
        value="4",
        source="架空要綱第3条",
    )
    with transaction.atomic():
        add(Act(None, "register.add"), row)
    judged = judge_one(authority, asked)
    assert judged.eligible is False
    named = [value for reason in judged.reasons_by_language["ja"] for value in reason.own_values]
    assert [(value.name, value.source) for value in named] == [("base_staff", "架空要綱第3条")]
    page = judging.judged(authority, [unit.home], APRIL).unit("u4")
    assert page is not None
    assert any("架空要綱第3条" in reason.message for reason in page.reasons)
    assert "a-u4" in _applications(_alone(committed_world, unit.home))
