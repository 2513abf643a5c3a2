"""Forecasts of invented authorities, compared with the outcome and with the true rates.

`python -m benchmarks.forecast 1000 [FIRST_SEED]` examines that many worlds, on every core: how
often the intervals cover the truth one to five years ahead, and the mean error compared with "as
it is today" and with a forecast given the true rates. Each world has twenty years of record, and
two hundred futures, each of which counts as the truth.
"""

import datetime as dt
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from benchmarks.worlds import BURN_IN, START, Truth, World
from shokibo.need.arrays import Floats, Ints
from shokibo.need.course import expected_course
from shokibo.need.intervals import LEVELS, interval
from shokibo.need.lives import Lives, first_day, lives
from shokibo.need.paths import Future, simulate
from shokibo.need.rates import Rates, rates

RECORD = 20
AHEAD = 5
PATHS = 2000
FUTURES = 200
GROUPS = {
    "in_homes": (0, 1),
    "three_and_over": (0,),
    "foster_care": (2, 3),
    "all": (0, 1, 2, 3, 4, 5),
}
AIMS = {50: (47, 53), 80: (77, 83), 95: (92, 98)}
MOST = 1.10
"""How many times the error of a forecast given the true rates is allowed."""


@dataclass(frozen=True)
class Compared:
    """A world's forecasts by year ahead and group: shares inside (by level first), mean errors."""

    inside: Floats
    error: Floats
    knowing: Floats
    today: Floats


def world_of(seed: int) -> World:
    """Simulate a world to the end of its record, which is a fiscal year's end."""
    random = np.random.default_rng(seed)
    world = World(Truth.drawn(random), random)
    for _ in range(BURN_IN + 12 * RECORD - 1):
        world.step()
    return world


def record_of(world: World) -> Lives:
    """Return what the world's authority knows now."""
    day = first_day(world.month + 1) - dt.timedelta(days=1)
    found = lives(world.episodes(START + BURN_IN), day)
    assert found
    return found


def compared(seed: int, estimated: Callable[[Lives, int], Rates] = rates) -> Compared:
    """Forecast a world with rates estimated from its record, then simulate its future."""
    world = world_of(seed)
    known = record_of(world)
    months = tuple(world.month + 12 * year for year in range(1, AHEAD + 1))
    found = estimated(known, AHEAD)
    drawn = grouped(simulate(Future(known, found, months), PATHS, seed))
    expected = grouped(expected_course(known, found.expected, months).sum(axis=1))
    came = grouped(lived(world.copied(FUTURES), AHEAD))
    inside = np.zeros((len(LEVELS), AHEAD, len(GROUPS)))
    for nth, level in enumerate(LEVELS):
        for place in np.ndindex(AHEAD, len(GROUPS)):
            low, high = interval(drawn[(slice(None), *place)].astype(np.int64), level)
            truth = came[place[0], :, place[1]]
            inside[(nth, *place)] = np.mean((low <= truth) & (truth <= high))
    forecasts = (expected, came.mean(axis=1), grouped(known.count(world.month)))
    errors = (np.abs(came - each[..., None, :]).mean(axis=1) for each in forecasts)
    return Compared(inside, *errors)


def lived(world: World, years: int) -> Ints:
    """Continue simulating a world; count its children by year, copy and place."""
    counts = []
    for month in range(1, 12 * years + 1):
        world.step()
        if month % 12 == 0:
            counts.append(world.count())
    return np.stack(counts)


def grouped(places: Ints | Floats) -> Floats:
    """Add up places, the last axis, into the examined groups."""
    return np.stack(
        [places[..., list(which)].sum(axis=-1, dtype=float) for which in GROUPS.values()], axis=-1
    )


def summary(worlds: Sequence[Compared]) -> dict[str, Floats]:
    """Return means by year ahead and group: per cent inside each interval, and errors."""
    inside = 100 * np.mean([one.inside for one in worlds], axis=0)
    figures = {f"inside {level} %": inside[nth] for nth, level in enumerate(LEVELS)}
    for name in ("error", "knowing", "today"):
        figures[name] = np.mean([getattr(one, name) for one in worlds], axis=0)
    return figures


def main() -> None:
    """Examine the worlds and print the figures; raise AssertionError if an aim is missed."""
    number, first = int(sys.argv[1]), int((*sys.argv, "0", "0")[2])
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        worlds = list(pool.map(compared, range(first, first + number), chunksize=4))
    figures = summary(worlds)
    print(f"{number} worlds; one to {AHEAD} years ahead")
    for name, values in figures.items():
        by_year = " ".join(f"{value:6.2f}" for value in values.mean(axis=1))
        print(f"{name:12} {by_year}  mean {values.mean():.2f}")
    ratio = figures["error"].mean(axis=1) / figures["knowing"].mean(axis=1)
    whole = figures["error"].mean() / figures["knowing"].mean()
    print("beside who knows", " ".join(f"{one:.3f}" for one in ratio), f" mean {whole:.3f}")
    for level, (low, high) in AIMS.items():
        assert low <= figures[f"inside {level} %"].mean() <= high, level
    assert figures["error"].mean() < figures["today"].mean()
    assert whole <= MOST


if __name__ == "__main__":
    main()
