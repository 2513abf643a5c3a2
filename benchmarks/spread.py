"""The spread of drawn courses next to 200,000 courses of another simulation.

`python -m benchmarks.spread`: the other one keeps no children. It counts them by place, month of
birth and months in the place, and draws how many of a cell go where (multinomial), with rates
drawn again for each course.
"""

import sys
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial

import numpy as np

from benchmarks.forecast import AHEAD, grouped, record_of, world_of
from shokibo.need.arrays import Floats, Ints
from shokibo.need.lives import OUTSIDE, PHASES, YEARS_OLD, phase, step_band
from shokibo.need.paths import Future, simulate
from shokibo.need.rates import rates

PATHS = 10_000
COURSES = 200_000
WITHIN = 0.02
_CHUNK = 1000
_LONGEST = PHASES[-1]


def counted_courses(
    future: Future, number: int, seed: int, executor: Executor | None = None
) -> Ints:
    """Return children by course, month's end and place."""
    sizes = [min(_CHUNK, number - begun) for begun in range(0, number, _CHUNK)]
    seeds = np.random.SeedSequence(seed).spawn(len(sizes))
    spread = executor.map if executor else map
    return np.concatenate(list(spread(partial(_chunk, future), sizes, seeds)))


def _chunk(future: Future, size: int, seed: np.random.SeedSequence) -> Ints:
    """Draw so many courses: cells are rows of course, place, birth, months there, children."""
    random = np.random.default_rng(seed)
    lives, chances = future.lives, future.rates.drawn(random, size)
    columns = (lives.place, lives.birth, lives.first)
    place, birth, first = (each[lives.present] for each in columns)
    stay = np.minimum(lives.now - first, _LONGEST)
    cells, children = np.unique(np.stack([place, birth, stay]), axis=1, return_counts=True)
    rows = np.vstack(
        [np.repeat(np.arange(size), len(children)), np.tile(cells, size), np.tile(children, size)]
    )
    found = np.zeros((size, len(future.months), OUTSIDE), dtype=np.int64)
    for month in range(lives.now, future.months[-1]):
        course, place, birth, stay, children = rows
        band = step_band(birth, np.array(month))
        chance = chances.moving[course, place, band, phase(stay)]
        going = random.multinomial(children, _with_staying(chance))
        entering = random.poisson(chances.entering[:, (month - lives.now) // 12])
        rows = np.hstack(
            [_stayed(rows, going), _moved(rows, going), _come(random, entering, month)]
        )
        if month + 1 in future.months:
            at = (rows[0], future.months.index(month + 1), rows[1])
            np.add.at(found, at, rows[4])
    return found


def _with_staying(chance: Floats) -> Floats:
    return np.concatenate([chance, (1 - chance.sum(axis=1, keepdims=True)).clip(0)], axis=1)


def _stayed(rows: Ints, going: Ints) -> Ints:
    course, place, birth, stay, _ = rows
    kept = np.stack([course, place, birth, np.minimum(stay + 1, _LONGEST), going[:, -1]])
    return kept[:, kept[4] > 0]


def _moved(rows: Ints, going: Ints) -> Ints:
    row, to = np.nonzero(going[:, :OUTSIDE])
    return np.stack([rows[0, row], to, rows[2, row], np.zeros_like(row), going[row, to]])


def _come(random: np.random.Generator, entering: Ints, month: int) -> Ints:
    course, place, age = (
        np.repeat(each, entering.ravel()) for each in np.indices(entering.shape).reshape(3, -1)
    )
    assert entering.shape[-1] == YEARS_OLD
    birth = month + 1 - 12 * age - random.integers(12, size=len(age))
    return np.stack([course, place, birth, np.zeros_like(age), np.ones_like(age)])


def main() -> None:
    """Compare one world's spreads; raise AssertionError where one is off by more than allowed."""
    known = record_of(world_of(1))
    months = tuple(known.now + 12 * year for year in range(1, AHEAD + 1))
    future = Future(known, rates(known, AHEAD), months)
    courses = int((*sys.argv, str(COURSES))[1])
    ours = grouped(simulate(future, PATHS, 1)).std(axis=0)
    with ProcessPoolExecutor() as pool:
        other = grouped(counted_courses(future, courses, 2, pool)).std(axis=0)
    print((ours / other).round(4))
    assert np.abs(ours / other - 1).max() <= WITHIN


if __name__ == "__main__":
    main()
