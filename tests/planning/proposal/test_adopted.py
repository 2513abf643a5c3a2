"""Proposals for random ledgers: what plan and budget then say, and plans near them."""

from random import Random

import pytest
from msgspec.structs import replace

from benchmarks.authorities import authority
from shokibo.law.own_law import law_of
from shokibo.law.parameters import national_law
from shokibo.planning.proposal.answers import ProposedAction
from shokibo.planning.proposal.proposing import Case, adopted, open_case, propose
from tests.planning.ledgers import in_memory, outline_of
from tests.planning.proposal.asking import limits_of
from tests.reference.generate_proposals import random_case, tables_of, with_months

LAW = national_law()


@pytest.mark.parametrize("seed", range(30))
def test_plan_and_budget_say_of_the_written_ledger_what_the_proposal_said(seed: int) -> None:
    case, numbers = random_case(seed)
    ledger = in_memory(tables_of(with_months(case, seed)))
    limits = limits_of(case, numbers)
    found = propose(ledger, law_of(ledger, LAW), limits, "ja")
    if found.status == "infeasible":
        assert found.actions == []
        return
    written = adopted(ledger, found, keep_actions=limits.keep_actions)
    plan = outline_of(written)
    rows = {row["fiscal_year"]: row for row in plan.all.iter_rows(named=True)}
    for year in found.years:
        row, budget = rows[year.fiscal_year], plan.budget(year.fiscal_year)
        parts = (year.main_capacity, year.group_capacity)
        assert (row["main_capacity"], row["group_capacity"]) == parts
        assert sum(parts) == year.places
        assert (row["group_count"], row["group_six_or_more"]) == (
            year.group_count,
            year.group_homes_over_five,
        )
        assert (budget.opened, budget.net) == (year.opened, year.net_cost)
    assert written["actions"].height == len(found.actions) + (
        ledger["actions"].height if limits.keep_actions else 0
    )


@pytest.mark.parametrize("seed", range(2))
def test_no_plan_found_by_chance_near_it_is_better(seed: int) -> None:
    """Of three homes over three years, of which nobody can look at every plan."""
    ledger, limits = authority(seed, 3, 3)
    limits = replace(limits, budget=None, new_staff_per_year=None)
    case, dice = open_case(ledger, LAW, limits), Random(seed)
    found = propose(ledger, LAW, limits, "ja")
    assert found.status == "optimal"
    best, kept = tuple(one.value for one in found.objectives), 0
    for _ in range(60):
        near = found.actions
        for _ in range(dice.randint(1, 3)):
            near = changed(near, case, dice)
        checked = case.check(near, case.demands)
        if checked.kept:
            kept += 1
            assert tuple(checked.values.values()) >= best
    assert kept >= 5


def changed(actions: list[ProposedAction], case: Case, dice: Random) -> list[ProposedAction]:
    """Leave an action out, do it in another year or with other places, or add one."""
    situation, chosen = case.situation, list(actions)
    if not chosen or dice.random() < 0.3:
        home, year = dice.choice(situation.homes), dice.choice(situation.years)
        size = dice.choice((4, 5))
        return [*chosen, ProposedAction(home, year, "open", None, "community_home", 1, size)]
    one = chosen.pop(dice.randrange(len(chosen)))
    match dice.randrange(3):
        case 0:
            return chosen
        case 1:
            return [*chosen, replace(one, fiscal_year=dice.choice(situation.years))]
        case _:
            places = None if one.capacity is None else dice.choice((4, 5, 6))
            return [*chosen, replace(one, capacity=places)]
