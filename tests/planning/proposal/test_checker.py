"""The exact check: what the core says of actions, and which limits they don't keep."""

import time
from dataclasses import replace

import msgspec
import pytest

from benchmarks.authorities import authority
from shokibo.law.parameters import national_law
from shokibo.planning.proposal.answers import ProposedAction
from shokibo.planning.proposal.engine import Watch
from shokibo.planning.proposal.limiting import limited_model
from shokibo.planning.proposal.limits import LimitName
from shokibo.planning.proposal.linear import MOST
from shokibo.planning.proposal.proposing import Case, choose, open_case
from tests.planning.proposal.asking import opened
from tests.reference.every_plan import BASE, EXTRA
from tests.reference.generate_proposals import random_case


def best_of(case: Case) -> list[ProposedAction]:
    found = choose(case, case.demands, Watch(time.monotonic() + 600))
    assert found is not None
    assert found.checked.kept
    return found.actions


def a_case(seed: int = 9) -> Case:
    ledger, limits = authority(seed, 3, 3)
    limits = msgspec.structs.replace(limits, keep_main=0, budget=None, new_staff_per_year=None)
    return open_case(ledger, national_law(), limits)


LIMITS: list[LimitName] = ["openings_per_year", "budget", "new_staff_per_year", "shortage"]


@pytest.mark.parametrize("limit", LIMITS)
def test_a_limit_that_is_not_kept_is_named(limit: LimitName) -> None:
    case = a_case()
    actions = best_of(case)
    assert limit in case.check(actions, case.demands.changed(limit, -100)).broken


def test_residents_and_main_buildings_are_looked_at() -> None:
    case = a_case()
    homes = dict.fromkeys(case.situation.homes, 1000)
    crowded = replace(case, situation=replace(case.situation, residents=homes))
    assert "residents" in crowded.check([], case.demands).broken
    kept = case.demands.changed("keep_main", 1)
    closed = [
        ProposedAction(unit.home_id, case.situation.last, "close", unit.unit_id, None, 1, None)
        for unit in case.situation.units
        if unit.is_main
    ]
    assert "keep_main" in case.check(closed, kept).broken


def test_the_sizes_of_the_goal_year_are_looked_at() -> None:
    case = a_case()
    assert case.situation.goal_year == case.situation.last
    assert {"group_limit", "main_limit"} & {*case.check([], case.demands).broken}


def test_what_no_proposal_may_do_is_not_allowed() -> None:
    case = a_case()
    unit = next(unit for unit in case.situation.units if unit.is_main and unit.capacity > 5)
    group = next(unit for unit in case.situation.units if not unit.is_main)
    year = case.situation.last

    def act(action: str, capacity: int | None, of: str | None = unit.unit_id) -> ProposedAction:
        home = group.home_id if of == group.unit_id else unit.home_id
        kind = "community_home" if action == "open" else None
        return ProposedAction(home, year, action, of, kind, 1, capacity)  # type: ignore[arg-type]

    once = act("change_capacity", 5)
    assert case.check([once], case.demands).allowed
    for wrong in (
        [once, act("close", None)],
        [act("change_capacity", 3)],
        [act("change_capacity", unit.capacity)],
        [act("close", None, group.unit_id)],
        [act("open", 6, None)],
        [act("close", None, "nobody")],
        [msgspec.structs.replace(once, fiscal_year=year + 1)],
    ):
        assert not case.check(wrong, case.demands).allowed, wrong


@pytest.mark.parametrize("others", [None, 4])
def test_staff_of_the_model_is_that_of_the_sources(others: int | None) -> None:
    case, numbers = random_case(1)
    asked = opened(replace(case, staff_of_others=others or 0), numbers)
    for (kind, size, year), staff in asked.situation.needed.items():
        in_scope = kind in ("community_home", "branch_group_care") and size in EXTRA
        assert staff == (BASE + EXTRA[size] if in_scope else others or 0), (kind, size, year)


def test_net_costs_of_the_prices_are_those_of_the_budget() -> None:
    for seed in range(20):
        case, numbers = random_case(seed)
        asked = opened(case, numbers)
        found = choose(asked, asked.demands, Watch(time.monotonic() + 600))
        running = 0
        for year in found.checked.years if found else []:
            acts = (
                [one for one in found.actions if one.fiscal_year == year.fiscal_year]
                if found
                else []
            )
            new = sum(one.count for one in acts if one.action == "open")
            reduced = sum(one.action == "change_capacity" for one in acts)
            running += new
            prices = asked.situation.prices[year.fiscal_year]
            assert prices.net(new, running, reduced) == year.net_cost, f"seed {seed}"


@pytest.mark.parametrize(("homes", "years"), [(1, 1), (8, 10), (40, 10)])
def test_what_sums_can_come_to_stays_where_floats_are_exact(homes: int, years: int) -> None:
    for seed in range(4):
        ledger, limits = authority(seed, homes, years)
        case = open_case(ledger, national_law(), limits)
        model = limited_model(case.situation, case.demands)
        sums = [row.sum for row in model.linear.rows]
        sums += [worth.sum for worth in model.worth.values()]
        assert max(model.linear.reach(one) for one in sums) < MOST
