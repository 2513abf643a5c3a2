"""The proposal for Setagaya, next to the published plan."""

import pytest

from benchmarks.authorities import authority
from shokibo.law.own_law import law_of
from shokibo.law.parameters import national_law
from shokibo.ledger.raw import ROW
from shokibo.ledger.reading import read_ledger
from shokibo.planning.plan import Plan
from shokibo.planning.proposal.answers import Proposal
from shokibo.planning.proposal.limits import Limits, Pin
from shokibo.planning.proposal.proposing import adopted, propose
from shokibo.planning.spans import plan_spans
from tests.planning.ledgers import EXAMPLE

LEDGER = read_ledger(EXAMPLE)
LAW = law_of(LEDGER, national_law())


def proposed(limits: Limits = Limits(), **options: object) -> Proposal:  # noqa: B008 - frozen
    return propose(LEDGER, LAW, limits, "ja", **options)  # type: ignore[arg-type]


def test_every_year_has_the_places_that_are_needed() -> None:
    found = proposed()
    assert found.status == "optimal"
    assert [(year.places, year.need) for year in found.years] == [
        (111, 111),
        (114, 112),
        (113, 113),
    ]
    assert [(one.value, one.proven) for one in found.objectives] == [
        (0, True),
        (0, True),
        (33, True),
        (74_763_000, True),
        (19, True),
    ]


@pytest.mark.parametrize(("keep_main", "named"), [(0, True), (4, False)])
def test_a_home_whose_last_main_unit_is_closed_is_named(keep_main: int, *, named: bool) -> None:
    found = proposed(Limits(to_year=2029, keep_main=keep_main))
    words = "東京育成園、福音寮の本体施設のユニットは、すべてなくなります。"
    assert any(note.startswith(words) for note in found.notes) is named
    assert (found.years[-1].main_capacity == 0) is named


def test_the_published_plan_is_shown_next_to_it() -> None:
    found = proposed()
    assert [year.places for year in found.planned] == [112, 112, 111]
    assert sum(year.net_cost for year in found.planned) == 71_232_000
    assert found.planned[-1].group_homes_over_five == 5


@pytest.mark.parametrize("keep_main", [0, 18])
def test_no_group_home_is_above_five_in_the_goal_year(keep_main: int) -> None:
    found = proposed(Limits(to_year=2029, keep_main=keep_main))
    assert found.status == "optimal"
    assert found.years[-1].group_homes_over_five == 0
    assert [year.shortage for year in found.years[:3]] == [0, 0, 0]
    assert found.years[-1].main_capacity == 2 * keep_main


@pytest.mark.parametrize("limits", [Limits(), Limits(to_year=2029), Limits(keep_actions=True)])
def test_plan_and_budget_say_of_the_adopted_actions_what_the_proposal_said(limits: Limits) -> None:
    found = proposed(limits)
    ledger = adopted(LEDGER, found, keep_actions=limits.keep_actions)
    plan = Plan(ledger, LAW, plan_spans(ledger))
    rows = {row["fiscal_year"]: row for row in plan.all.iter_rows(named=True)}
    for year in found.years:
        row, budget = rows[year.fiscal_year], plan.budget(year.fiscal_year)
        assert row["main_capacity"] + row["group_capacity"] == year.places
        assert row["group_six_or_more"] == year.group_homes_over_five
        assert (budget.opened, budget.net) == (year.opened, year.net_cost)


def test_without_actions_to_add_the_kept_ones_stay_first() -> None:
    found = proposed(Limits(keep_actions=True, openings_per_year=3))
    ledger = adopted(LEDGER, found, keep_actions=True)
    own = LEDGER["actions"]
    assert ledger["actions"][: own.height].drop(ROW).equals(own.drop(ROW))
    assert ledger["actions"].height == own.height + len(found.actions)


def test_a_pinned_action_stays() -> None:
    pin = Pin(home_id="fukuinryo", fiscal_year=2023, action="open", count=2, capacity=4)
    found = proposed(Limits(pins=(pin,)))
    opened = [
        one.count
        for one in found.actions
        if (one.home_id, one.fiscal_year) == ("fukuinryo", 2023) and one.capacity == 4
    ]
    assert opened == [2]


def test_other_plans_are_as_good_and_reported_by_what_differs() -> None:
    found = proposed(alternatives=2)
    assert len(found.alternatives) == 2
    for other in found.alternatives:
        values = [one.value for one in other.objectives]
        assert values[:3] == [one.value for one in found.objectives][:3]
        assert values[3] <= found.objectives[3].value * 101 // 100
        assert other.differences


def test_one_more_opening_brings_fifteen_places_into_small_homes() -> None:
    (gain,) = proposed(gains=True).gains
    assert (gain.limit, gain.number) == ("openings_per_year", 3)
    assert (gain.objective, gain.before, gain.after) == ("places_outside_small_group_homes", 33, 18)


def test_stopped_midway_the_best_so_far_keeps_the_limits() -> None:
    ledger, limits = authority(3, 12, 10)
    reported: list[str] = []
    found = propose(
        ledger,
        national_law(),
        limits,
        "ja",
        progress=lambda progress: reported.append(progress.objective),
        stop=lambda: "places_outside_small_group_homes" in reported,
    )
    proven = [one.proven for one in found.objectives]
    assert proven == sorted(proven, reverse=True)
    assert (found.status == "optimal") == all(proven)
    assert all(year.opened <= limits.openings_per_year for year in found.years)
    assert all(one.bound <= one.value for one in found.objectives)
    assert found.objectives[-1].bound >= 0  # of what was not even begun


def test_what_binds_is_named_by_year() -> None:
    found = proposed(Limits(budget=20_000_000))
    assert ("budget", 2024) in [(one.limit, one.fiscal_year) for one in found.binding]
    assert all(year.net_cost <= 20_000_000 for year in found.years)
