"""Simulated courses: rates drawn from what is known about them, then chance, child by child.

All children of all courses in a block are one set of columns; a step is a few operations on them.
Courses are drawn in blocks of a fixed size, each with its own stream of random numbers, so that
the results are the same in one process, in many, or on a cluster.
"""

from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

import numpy as np

from shokibo.need.arrays import Floats, Ints, Singles, on_one_thread
from shokibo.need.changing import changed
from shokibo.need.course import cohorts
from shokibo.need.lives import OUTSIDE, PHASES, STEPS, YEARS_OLD, Lives, phase, step_band
from shokibo.need.rates import Rates
from shokibo.need.scenarios import PLACES, Scenario

BLOCK = 250
_CELLS = len(PLACES) * len(STEPS) * len(PHASES)


@dataclass(frozen=True)
class Future:
    """What courses start from: the lives, the rates, the month ends wanted, what changes."""

    lives: Lives
    rates: Rates
    months: tuple[int, ...]
    scenario: Scenario | None = None


def blocks(number: int) -> int:
    """Return the number of blocks in which this many courses are drawn."""
    return -(-number // BLOCK)


def simulate(future: Future, number: int, seed: int, executor: Executor | None = None) -> Ints:
    """Return the children by course, month's end and place, for the given number of courses.

    The same seed gives the same courses, and a larger number begins with those of a smaller one.
    """
    seeds = np.random.SeedSequence(seed).spawn(blocks(number))
    mapped = executor.map if executor else map
    return np.concatenate(list(mapped(partial(_block, future), seeds)))[:number]


@on_one_thread
def _block(future: Future, seed: np.random.SeedSequence) -> Ints:
    """Run one block of courses, month by month."""
    random = np.random.default_rng(seed)
    lives, months, scenario = future.lives, future.months, future.scenario
    chances = future.rates.drawn(random, BLOCK)
    births = cohorts(lives.now, months[-1])
    children = _Children.present(lives, births)
    moving = _cumulated(chances.moving)
    counts = np.empty((BLOCK, len(months), len(PLACES)), dtype=np.int64)
    steady = False
    for month in range(lives.now, months[-1]):
        entering = chances.entering[:, (month - lives.now) // 12]
        if scenario and scenario.holds(month + 1):
            there = children.count().astype(float)
            now, entering = changed(chances.moving, entering, scenario.changes, there)
            if not steady:
                moving = _cumulated(now)
            steady = not scenario.depends_on_stock
        children = children.step(random, moving, births, month).joined(
            _Children.entering(random, entering, births, month + 1)
        )
        if month + 1 in months:
            counts[:, months.index(month + 1)] = children.count()
    return counts


def _cumulated(moving: Floats) -> Singles:
    """Accumulate the chances of a cell over its destinations, in single precision as draws are.

    Machines differ in the last digits of doubles; rounded, the chances are the same on all.
    """
    return moving.reshape(-1, OUTSIDE + 1).cumsum(axis=1).astype(np.float32)


@dataclass(frozen=True)
class _Children:
    """The children in care in all courses of a block: columns.

    `birth` is the index into the months of birth, `first` the first month at whose end the child
    is in its place.
    """

    course: Ints
    place: Ints
    birth: Ints
    first: Ints

    @classmethod
    def present(cls, lives: Lives, births: Ints) -> "_Children":
        """Put the children who are in care now into every course."""
        place, birth, first = (
            each[lives.present] for each in (lives.place, lives.birth, lives.first)
        )
        course = np.repeat(np.arange(BLOCK), len(place))
        cohort = np.maximum(birth - births[0], 0)
        return cls(course, *(np.tile(each, BLOCK) for each in (place, cohort, first)))

    @classmethod
    def entering(
        cls, random: np.random.Generator, expected: Floats, births: Ints, month: int
    ) -> "_Children":
        """Draw the entries of a month; months of birth within a year of age are equally likely."""
        flat = expected.reshape(BLOCK, -1).cumsum(axis=1).astype(np.float32)
        course = np.repeat(np.arange(BLOCK), random.poisson(flat[:, -1]))
        drawn = random.random(len(course), dtype=np.float32) * flat[course, -1]
        cell = (drawn[:, None] >= flat[course, :-1]).sum(axis=1)
        place, age = np.divmod(cell, YEARS_OLD)
        nth = random.integers(12, size=len(course))
        return cls(course, place, month - 12 * age - nth - births[0], np.full(len(course), month))

    def joined(self, other: "_Children") -> "_Children":
        """Return these children together with others."""
        return _Children(
            *(np.concatenate([getattr(self, name), getattr(other, name)]) for name in _COLUMNS)
        )

    def step(
        self, random: np.random.Generator, moving: Singles, births: Ints, month: int
    ) -> "_Children":
        """Take one step: children stay, move, or leave care and are dropped."""
        band = step_band(births, np.array(month))[self.birth]
        cell = np.ravel_multi_index(
            (self.place, band, phase(month - self.first)), (len(PLACES), len(STEPS), len(PHASES))
        )
        chances = cell + self.course * _CELLS
        drawn = random.random(len(cell), dtype=np.float32)
        goes = np.flatnonzero(drawn < moving[chances, -1])
        place, first = self.place.copy(), self.first.copy()
        place[goes] = (drawn[goes, None] >= moving[chances[goes]]).sum(axis=1)
        first[goes] = month + 1
        stays = place < OUTSIDE
        return _Children(self.course[stays], place[stays], self.birth[stays], first[stays])

    def count(self) -> Ints:
        """Count the children by course and place."""
        cells = self.course * len(PLACES) + self.place
        return np.bincount(cells, minlength=BLOCK * len(PLACES)).reshape(BLOCK, len(PLACES))


_COLUMNS = ("course", "place", "birth", "first")
