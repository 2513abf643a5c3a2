"""How often RETURN_CHANGED_MUCH asks about what is right, and how often it finds a slip.

Invented nations of 80 authorities, whose counts change by openings and closings (Poisson) at
rates that differ between authorities; the form of each year is compared as `shokibo receive`
compares it. `python -m benchmarks.false_alarms` prints a line a world, for docs/receive.ja.md.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

from shokibo.returns.filed.history import TESTED, is_rare

AUTHORITIES, YEARS, NATIONS, FORMS = 80, 5, 5, 2
Rates = Callable[[random.Random, int], float]


@dataclass(frozen=True)
class World:
    """How many openings a year an authority of a size has, and how many come at once."""

    name: str
    openings: Rates
    closings: Rates
    at_once: int = 1
    before: int = 1


def _even(a_year: float) -> Rates:
    return lambda _chance, size: a_year * size / 20


def _uneven(a_year: float, shape: float) -> Rates:
    return lambda chance, size: a_year * size / 20 * chance.gammavariate(shape, 1 / shape)


WORLDS = (
    World("steady", _even(0.5), _even(0.2)),
    World("growing", _even(2), _even(0.2)),
    World("uneven", _uneven(1, 2), _uneven(0.3, 2)),
    World("very uneven", _uneven(1, 1), _uneven(0.3, 1)),
    World("in pairs", _uneven(0.5, 2), _uneven(0.2, 2), at_once=2),
    World("ten years known", _uneven(1, 2), _uneven(0.3, 2), before=10),
)


def _events(chance: random.Random, rate: float) -> int:
    count, left = 0, chance.expovariate(1)
    while left < rate:
        count, left = count + 1, left + chance.expovariate(1)
    return count


def nation(world: World, chance: random.Random) -> dict[int, dict[int, int]]:
    """Return a count of each authority by year: those known before, and five to be compared."""
    every: dict[int, dict[int, int]] = {}
    for authority in range(AUTHORITIES):
        at = size = max(round(chance.lognormvariate(3, 0.8)), 1)
        opening, closing = world.openings(chance, size), world.closings(chance, size)
        every[authority] = {}
        for year in range(world.before + YEARS):
            every[authority][year] = at
            at += world.at_once * (_events(chance, opening) - _events(chance, closing))
            at = max(at, 0)
    return every


def measured(world: World, seed: int = 1) -> tuple[float, float]:
    """Return the false alarms of an authority in five years, and the share of slips found.

    A slip is a count that doubles. The counts of a form are taken as if each changed by itself,
    which is the worst case: they go together.
    """
    chance, alarms, slips, found = random.Random(seed), 0, 0, 0
    for _ in range(NATIONS):
        counts = [nation(world, chance) for _ in TESTED]
        for year in range(world.before, world.before + YEARS):
            for authority in range(AUTHORITIES):
                seen = [
                    {one: _until(series, year) for one, series in every.items()} for every in counts
                ]
                alarms += any(is_rare(authority, every, year) for every in seen)
                if authority % 8 == 0:
                    slips += 1
                    own = seen[0][authority]
                    wrong = {**seen[0], authority: {**own, year: 2 * own[year]}}
                    found += is_rare(authority, wrong, year)
    return FORMS * alarms / (NATIONS * AUTHORITIES), found / slips


def _until(series: dict[int, int], year: int) -> dict[int, int]:
    return {at: count for at, count in series.items() if at <= year}


if __name__ == "__main__":
    for world in WORLDS:
        alarms, found = measured(world)
        print(
            f"{world.name:16} {alarms:5.2f} false alarms in five years, {found:4.0%} of slips found"
        )
