"""Small random cases: what is proposed is the best of all plans there are."""

import os
import time

import pytest

from shokibo.planning.proposal.engine import Watch
from shokibo.planning.proposal.proposing import choose
from tests.planning.proposal.asking import opened
from tests.reference import every_plan, second_opinion
from tests.reference.generate_proposals import random_case, with_months

SEEDS = range(300 if os.environ.get("ATTACK") == "all" else 60)
BATCH = 20


@pytest.mark.parametrize("first", SEEDS[::BATCH])
def test_no_plan_is_better_on_any_objective(first: int) -> None:
    for seed in range(first, first + BATCH):
        case, numbers = random_case(seed)
        asked = opened(case, numbers)
        found = choose(asked, asked.demands, Watch(time.monotonic() + 600))
        best = every_plan.best(case, numbers)
        values = None if found is None else tuple(one.value for one in found.objectives)
        assert values == best, f"seed {seed}"
        assert best == second_opinion.best(case, numbers), f"seed {seed}"
        if found is not None:
            assert found.checked.kept, f"seed {seed}"
            assert all(one.proven for one in found.objectives), f"seed {seed}"


@pytest.mark.parametrize("first", SEEDS[:20:BATCH])
def test_first_years_that_do_not_come_to_whole_yen_are_proven_too(first: int) -> None:
    for seed in range(first, first + BATCH):
        case, numbers = random_case(seed)
        case = with_months(case, seed)
        asked = opened(case, numbers)
        found = choose(asked, asked.demands, Watch(time.monotonic() + 600))
        values = None if found is None else tuple(one.value for one in found.objectives)
        assert values == every_plan.best(case, numbers), f"seed {seed}"
        assert found is None or all(one.proven for one in found.objectives), f"seed {seed}"


def test_the_random_cases_reach_every_sort() -> None:
    cases = [random_case(seed) for seed in range(300)]
    assert {len(case.homes) for case, _ in cases} == {0, 1, 2}
    limits = [numbers.keys() for _, numbers in cases]
    for limit in set().union(*limits):
        assert sum(limit in one for one in limits) >= 60, limit
    assert sum(bool(case.kept) for case, _ in cases) >= 30
    assert sum(bool(case.pinned) for case, _ in cases) >= 30
    assert sum(every_plan.best(*random_case(seed)) is None for seed in SEEDS) >= len(SEEDS) // 10
