"""Drawn courses: the same for the same seed wherever they run, and as wide as they should be."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pytest

from benchmarks.spread import counted_courses
from shokibo.need.course import expected_course
from shokibo.need.paths import BLOCK, Future, simulate
from shokibo.need.rates import rates
from tests.need.lived import invented_lives


def future(seed: int = 1, years: int = 2) -> Future:
    found = invented_lives(seed)
    months = tuple(found.now + 12 * year for year in range(1, years + 1))
    return Future(found, rates(found, years), months)


def test_the_same_seed_gives_the_same_bytes_on_one_two_and_four_processes() -> None:
    here = simulate(future(), 4 * BLOCK, 5).tobytes()
    for processes in (1, 2, 4):
        with ProcessPoolExecutor(processes) as pool:
            assert simulate(future(), 4 * BLOCK, 5, pool).tobytes() == here
    with ThreadPoolExecutor(2) as threads:
        assert simulate(future(), 4 * BLOCK, 5, threads).tobytes() == here


def test_the_first_courses_are_those_of_fewer() -> None:
    many, few = simulate(future(), BLOCK + 30, 5), simulate(future(), 40, 5)
    assert np.array_equal(many[:40], few)
    assert len(many) == BLOCK + 30


def test_another_seed_gives_other_courses() -> None:
    assert not np.array_equal(simulate(future(), 50, 5), simulate(future(), 50, 6))


def test_the_courses_lie_around_the_expected_one() -> None:
    one = future()
    drawn = simulate(one, 4000, 3).sum(axis=-1)
    expected = expected_course(one.lives, one.rates.expected, one.months).sum(axis=(1, 2))
    assert drawn.mean(axis=0) == pytest.approx(expected, rel=0.02)


def test_the_spread_is_that_of_courses_counted_by_cell() -> None:
    one = future(2)
    drawn = simulate(one, 4000, 3).sum(axis=-1).std(axis=0)
    counted = counted_courses(one, 4000, 11).sum(axis=-1).std(axis=0)
    assert drawn == pytest.approx(counted, rel=0.08)
