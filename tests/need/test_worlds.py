"""A few invented authorities: the intervals hold what came, and those of a wrong model do not.

`python -m benchmarks.forecast` looks at a thousand of them.
"""

from functools import cache

import numpy as np

from benchmarks.forecast import MOST, compared, summary
from shokibo.need.arrays import Floats
from shokibo.need.lives import Lives
from shokibo.need.rates import Chances, Rates, rates

WORLDS = range(1, 6)
BOUNDS = {50: (45, 55), 80: (75, 85), 95: (92, 98)}


@cache
def as_it_is() -> dict[str, Floats]:
    return summary([compared(seed) for seed in WORLDS])


def are_inside(figures: dict[str, Floats]) -> list[bool]:
    """Return for each level whether as many truths lie inside as it says."""
    return [
        low <= figures[f"inside {level} %"].mean() <= high for level, (low, high) in BOUNDS.items()
    ]


def test_intervals_hold_about_as_many_as_they_say() -> None:
    assert all(are_inside(as_it_is()))


def test_it_errs_less_than_as_it_is_today_and_little_more_than_who_knows_the_rates() -> None:
    error, today, knowing = (as_it_is()[name].mean() for name in ("error", "today", "knowing"))
    assert error < today
    assert error < MOST * knowing


class Certain(Rates):
    """Rates taken as known: courses differ by chance alone."""

    def drawn(self, random: np.random.Generator, number: int) -> Chances:
        """Return the expected rates for every course."""
        del random
        one = self.expected
        return Chances(*(np.repeat(each, number, axis=0) for each in (one.moving, one.entering)))


def certain(found: Lives, years: int) -> Rates:
    made = rates(found, years)
    return Certain(made.leaving, made.onward, made.entries, made.cells, made.ages, made.years)


def test_intervals_of_chance_alone_are_found_too_narrow() -> None:
    figures = summary([compared(seed, certain) for seed in WORLDS])
    assert not any(are_inside(figures))
