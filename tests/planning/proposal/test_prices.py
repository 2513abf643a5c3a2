"""A year's net cost as a sum of what is opened, running and reduced, next to plain arithmetic."""

import itertools

import pytest

from tests.planning.proposal.asking import opened
from tests.reference.every_plan import net_cost
from tests.reference.generate_proposals import random_case, with_months


@pytest.mark.parametrize("seed", range(20))
def test_any_counts_cost_what_the_ledgers_prices_say(seed: int) -> None:
    case, numbers = random_case(seed)
    case = with_months(case, seed)
    prices = opened(
        case, {"openings_per_year": numbers.get("openings_per_year", 3)}
    ).situation.prices
    for year in case.years:
        kept = [one for one in case.kept if one.year <= year]
        begun = sum(one.count for one in kept if one.year == year)
        running = sum(one.count for one in kept)
        for new, before, reduced in itertools.product((0, 1, 5), (0, 2), (0, 3)):
            said = prices[year].net(new, new + before, reduced)
            assert said == net_cost(case, year, begun + new, running + new + before, reduced)
