"""Forecasts of invented authorities beside what then came and beside who knows the true rates.

`python -m benchmarks.forecast 1000 [FIRST_SEED]` looks at so many worlds, on every core: how often
the intervals hold the truth one to five years ahead, the mean error beside that of "as it is
today" and that of a forecast with the true rates, the spread beside 200,000 courses counted by
another simulation. Each world has fifteen years of record.
"""

import datetime as dt
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from benchmarks.worlds import BURN_IN, START, Truth, World
from shokibo.need.course import expected_course
from shokibo.need.intervals import LEVELS, interval
from shokibo.need.lives import Lives, first_day, lives
from shokibo.need.paths import Future, simulate
from shokibo.need.rates import rates

RECORD = 15
AHEAD = 5
PATHS = 2000
COPIES = 500
GROUPS = {"in_homes": (0, 1), "three_and_over": (0,), "foster_care": (2, 3), "all": range(6)}
AIMS = {50: (47, 53), 80: (77, 83), 95: (92, 98)}


@dataclass(frozen=True)
class Compared:
    """Forecasts of a world by year ahead and group, and what came."""

    came: np.ndarray
    expected: np.ndarray
    knowing: np.ndarray
    today: np.ndarray
    within: np.ndarray  # by level first


def world_of(seed: int) -> World:
    """Let a world live until the end of its record, which is a fiscal year's."""
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


def compared(seed: int) -> Compared:
    """Forecast a world, then let it live on."""
    world = world_of(seed)
    known = record_of(world)
    months = tuple(world.month + 12 * year for year in range(1, AHEAD + 1))
    found = rates(known, AHEAD)
    drawn = grouped(simulate(Future(known, found, months), PATHS, seed))
    expected = grouped(expected_course(known, found.expected, months).sum(axis=1))
    today = grouped(known.count(world.month))
    knowing = grouped(lived(world.copied(COPIES), AHEAD).mean(axis=1))
    came = grouped(lived(world.copied(1), AHEAD)[:, 0])
    within = np.zeros((len(LEVELS), *came.shape), dtype=bool)
    for nth, level in enumerate(LEVELS):
        for place in np.ndindex(came.shape):
            low, high = interval(drawn[(slice(None), *place)], level)
            within[(nth, *place)] = low <= came[place] <= high
    return Compared(came, expected, knowing, np.broadcast_to(today, came.shape), within)


def lived(world: World, years: int) -> np.ndarray:
    """Let a world live on; count its children by year, copy and place."""
    counts = []
    for month in range(1, 12 * years + 1):
        world.step()
        if month % 12 == 0:
            counts.append(world.count())
    return np.stack(counts)


def grouped(places: np.ndarray) -> np.ndarray:
    """Add places, the last axis, up to the groups that are looked at."""
    return np.stack([places[..., list(which)].sum(axis=-1) for which in GROUPS.values()], axis=-1)


def summary(worlds: list[Compared]) -> dict[str, np.ndarray]:
    """Give, by year ahead: per cent inside each interval, and mean errors."""
    within = 100 * np.stack([one.within for one in worlds]).mean(axis=(0, 3))
    figures = {f"inside {level} %": within[nth] for nth, level in enumerate(LEVELS)}
    for name in ("expected", "knowing", "today"):
        errors = [np.abs(getattr(one, name) - one.came) for one in worlds]
        figures[f"error, {name}"] = np.stack(errors).mean(axis=(0, 2))
    return figures


def main() -> None:
    """Look at the worlds, print the figures; raise AssertionError where an aim is missed."""
    number, first = int(sys.argv[1]), int((*sys.argv, "0", "0")[2])
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        worlds = list(pool.map(compared, range(first, first + number), chunksize=4))
    figures = summary(worlds)
    for name, values in figures.items():
        print(f"{name:16}", *(f"{value:6.2f}" for value in values), f"  mean {values.mean():.3f}")
    ratio = figures["error, expected"] / figures["error, knowing"]
    print("error beside who knows", *(f"{one:.3f}" for one in ratio), f"mean {ratio.mean():.3f}")
    by_group = np.stack([one.within for one in worlds]).mean(axis=(0, 2)) * 100
    print(by_group.round(1))
    e, k = (
        np.stack([np.abs(getattr(one, n) - one.came) for one in worlds]).mean(axis=(0, 1))
        for n in ("expected", "knowing")
    )
    print((e / k).round(3), e.round(2))
    print("bias", np.stack([one.expected - one.came for one in worlds]).mean(axis=0).round(2))


if __name__ == "__main__":
    main()
