"""The pages judge as `shokibo evaluate` does; what is near; what no longer holds; what counts."""

import datetime as dt

import pytest

from shokibo.answers import plain
from shokibo.law.day_evaluation import day_evaluation
from shokibo.law.evaluate import evaluate
from shokibo.law.parameters import national_law
from shokibo.returns.counted import applications, period_of
from shokibo.returns.households import chains, dispersal_by_household
from shokibo.texts import Language
from shokibo.web.certification.judgement import Asked, Judgement, judge, judge_one
from shokibo.web.certification.lapsed import lapsed_applications
from shokibo.web.certification.models import Application
from shokibo.web.certification.shortfalls import shortfall_of
from shokibo.web.certification.transitions import CERTIFY, PROPOSE_CERTIFY, REVISE, SUBMIT, WITHDRAW
from shokibo.web.register.models import Capacity, Posting, Unit
from shokibo.web.steps.taking import take
from shokibo.web.store.reading import ledger_of
from shokibo.web.store.rules import Rules
from tests.builders import LANGUAGES
from tests.web.applications import APRIL, certified, proposed, returned, unit_of_four
from tests.web.world import World


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("start", [APRIL, dt.date(2022, 7, 1)])
def test_a_judgement_is_what_evaluate_prints(
    world: World, start: dt.date, language: Language
) -> None:
    unit_of_four(world, "c4", staff=3)
    law = national_law()
    whole = ledger_of(world.authority)
    printed = plain(day_evaluation(evaluate(whole, law, [start]), law, start, language))
    units = {row["unit_id"]: row for row in printed["units"]}
    homes = {row["home_id"]: row for row in printed["homes"]}
    asked = [
        Asked(unit.home, unit, 2022, start)
        for unit in Unit.objects.filter(authority=world.authority).select_related("home")
    ]
    asked += [Asked(home, None, 2022, start) for home in (world.home, world.sister)]
    for each, judgement in zip(asked, judge(world.authority, asked), strict=True):
        wanted = units[each.unit.code] if each.unit else homes[each.home.code]
        assert judgement.as_of == start
        assert {
            **plain(judgement.figures),
            "reasons": plain(judgement.reasons_by_language[language]),
        } == wanted
        assert plain(judgement.text) == printed["text"]


def test_a_posting_in_another_home_counts_by_hours(world: World) -> None:
    unit = unit_of_four(world, "c4")
    asked = Asked(world.home, unit, 2022, APRIL)
    assert _staff(judge_one(world.authority, asked)) == "4.0"
    for home in (world.home, world.sister):
        Posting.objects.filter(code="c4-0").update(
            weekly_hours=20 * 3600, full_time_weekly_hours=40 * 3600
        )
        if home == world.sister:
            Posting.objects.create(
                authority=world.authority,
                home=home,
                unit=world.unit("s4"),
                code="c4-0",
                job="childcare_worker",
                employment="part_time",
                weekly_hours=20 * 3600,
                full_time_weekly_hours=40 * 3600,
                role="care",
                dedicated=True,
                main_rota=False,
            )
    assert _staff(judge_one(world.authority, asked)) == "3.5"


def _staff(judgement: Judgement) -> str | None:
    assert judgement.of_unit
    return judgement.of_unit.staff_fte


def test_the_reference_date_is_never_before_the_unit_opens(world: World) -> None:
    unit = unit_of_four(world, "c4")
    Unit.objects.filter(pk=unit.pk).update(opened_on=dt.date(2022, 6, 15))
    judgement = judge_one(world.authority, Asked(world.home, unit, 2022, APRIL))
    assert judgement.as_of == dt.date(2022, 6, 15)


def test_a_closed_unit_says_so(world: World) -> None:
    unit = unit_of_four(world, "c4")
    Unit.objects.filter(pk=unit.pk).update(closed_on=dt.date(2022, 3, 31))
    judgement = judge_one(world.authority, Asked(world.home, unit, 2022, APRIL))
    assert (judgement.eligible, judgement.figures) == (False, None)
    assert "開設していません" in judgement.not_open


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (16, "あと0.6人で加配1名"),
        (1, "あと1.0人で加配1名"),
        (None, "あと1.0人で加配1名"),
        (40, None),
    ],
)
def test_near_says_what_is_lacking(world: World, hours: int | None, words: str | None) -> None:
    unit = unit_of_four(world, "c4", staff=4 if hours else 3)
    if hours:
        Posting.objects.filter(code="c4-0").update(
            employment="part_time",
            weekly_hours=hours * 3600,
            full_time_weekly_hours=40 * 3600,
        )
    found = shortfall_of(judge_one(world.authority, Asked(world.home, unit, 2022, APRIL)))
    assert (found.words.ja if found else None) == words


def test_who_lacks_more_than_one_worker_is_not_near(world: World) -> None:
    unit = unit_of_four(world, "c4", staff=2)
    assert shortfall_of(judge_one(world.authority, Asked(world.home, unit, 2022, APRIL))) is None


def test_the_judgement_at_the_proposal_stays_when_the_register_changes(world: World) -> None:
    row = proposed(world)
    kept = Judgement.of_json(row.judgement or {})
    assert kept.agrees_with(judge_one(world.authority, Asked.by(row)))
    Posting.objects.filter(unit=row.unit, code="c4-0").delete()
    row.refresh_from_db()
    assert Judgement.of_json(row.judgement or {}).available == 1
    assert not kept.agrees_with(judge_one(world.authority, Asked.by(row)))


def test_a_certified_add_on_that_no_longer_holds_is_found(world: World) -> None:
    row = certified(world)
    codes = [one.application.code for one in lapsed_applications(Rules(world.authority), [2022])]
    assert row.code not in codes
    Posting.objects.filter(unit=row.unit, code="c4-0").update(ended_on=dt.date(2022, 8, 31))
    lapsed = {one.application: one for one in lapsed_applications(Rules(world.authority), [2022])}
    assert lapsed[row].severity == "error"
    assert any("(令和4年9月から" in words for words in lapsed[row].messages)
    assert lapsed_applications(Rules(world.authority), [2021]) == []
    assert lapsed_applications(Rules(world.authority, [world.sister]), [2022]) == []


def test_a_certification_above_the_capacity_is_found_once_however_often(world: World) -> None:
    row = certified(world)
    assert row.unit is not None
    Capacity.objects.create(
        authority=world.authority, unit=row.unit, effective_from=dt.date(2022, 10, 1), capacity=8
    )
    found = [
        one for one in lapsed_applications(Rules(world.authority), [2022]) if one.application == row
    ]
    assert len(found) == 1
    assert {f.code for f in found[0].findings} == {"CERTIFIED_NOT_ELIGIBLE"}


def _counted(world: World, number: int) -> dict[str, tuple[bool, str]]:
    """Return for each household that applied whether it is certified, and its application."""
    ledger = ledger_of(world.authority)
    period = period_of(number, 2022)  # type: ignore[arg-type]
    found = dispersal_by_household(applications(ledger, period), chains(ledger, period))
    return {
        household: (certified, application)
        for household, certified, application in found.select(
            "household", "certified", "application_id"
        ).iter_rows()
    }


@pytest.mark.parametrize("number", [1, 2])
def test_a_returned_version_and_a_certified_one_are_one_unit(world: World, number: int) -> None:
    row = returned(world)
    assert row.unit is not None
    home, officer = world.office("home_staff"), world.office("officer")
    assert _counted(world, number)["c4"][0] is False
    new = take(REVISE, office=home, row=row, version=row.version)
    assert _counted(world, number)["c4"][0] is False
    take(SUBMIT, office=home, row=new, version=new.version)
    take(
        PROPOSE_CERTIFY,
        office=officer,
        row=new,
        version=new.version,
        values={"proposed_extra": 1},
        reason="",
    )
    take(CERTIFY, office=world.office("approver"), row=new, version=new.version)
    assert Application.objects.filter(unit=row.unit).count() == 2
    assert _counted(world, number)["c4"] == (True, new.code)


@pytest.mark.parametrize("number", [1, 2])
def test_withdrawn_versions_are_not_counted_at_all(world: World, number: int) -> None:
    row = returned(world)
    home = world.office("home_staff")
    new = take(REVISE, office=home, row=row, version=row.version)
    take(SUBMIT, office=home, row=new, version=new.version)
    take(WITHDRAW, office=home, row=new, version=new.version, reason="取りやめ")
    assert "c4" not in _counted(world, number)
