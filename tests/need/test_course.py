"""The expected course next to a plain recurrence, a child and a month at a time."""

import datetime as dt
from collections import Counter
from functools import cache

import numpy as np
import pytest

from shokibo.need.course import expected_course, step
from shokibo.need.lives import OUTSIDE, STEPS, YEARS_OLD, Lives, phase, step_band
from shokibo.need.rates import Chances
from shokibo.need.scenarios import PLACES, Change, Scenario
from tests.need.lived import lives_of, random

AS_OF = dt.date(2020, 3, 31)
STEP, AGE = (len(PLACES), len(STEPS), 3, OUTSIDE + 1), (len(PLACES), YEARS_OLD)


def small() -> Lives:
    """Children of all ages in all places, some for years."""
    return lives_of(
        AS_OF,
        *(
            (
                f"C{n}",
                dt.date(2020 - n, 1 + n % 12, 1),
                PLACES[n % 6],
                dt.date(2020 - n // 2, 1, 15),
                None,
            )
            for n in range(1, 23)
        ),
    )


def chances(years: int) -> Chances:
    source = random()
    moving = source.dirichlet(np.ones(OUTSIDE + 2), (1, *STEP[:3]))[..., :-1] / 4
    for place in range(len(PLACES)):
        moving[:, place, ..., place] = 0
    moving[:, :, STEPS.index("end")] = 0
    moving[:, :, STEPS.index("end"), :, OUTSIDE] = 1
    return Chances(moving, source.random((1, years, *AGE)))


Cells = Counter[tuple[int, int, int]]
"""Expected children by place, month of birth and first month."""


def plain(found: Lives, given: Chances, last: int) -> list[float]:
    """Follow expected children one cell at a time; give them by place."""
    columns = (found.place, found.birth, found.first)
    now: Cells = Counter(zip(*(each[found.present].tolist() for each in columns), strict=True))
    for month in range(found.now, last):
        now = next_month(now, given, month)
        for place in range(len(PLACES)):
            for age in range(YEARS_OLD):
                whole = given.entering[0, (month - found.now) // 12, place, age]
                for months in range(12 * age, 12 * age + 12):
                    now[place, month + 1 - months, month + 1] += whole / 12
    total = [0.0] * len(PLACES)
    for (place, _, _), children in now.items():
        total[place] += children
    return total


@cache
def band_of(birth: int, month: int) -> int:
    return int(step_band(np.array(birth), np.array(month)))


@cache
def phase_of(months: int) -> int:
    return int(phase(np.array(months)))


def next_month(now: Cells, given: Chances, month: int) -> Cells:
    after: Cells = Counter()
    for (place, birth, first), children in now.items():
        band = band_of(birth, month)
        row = given.moving[0, place, band, phase_of(month - first)]
        for to in range(OUTSIDE):
            after[to, birth, month + 1] += children * row[to]
        after[place, birth, first] += children * (1 - sum(row))
    return after


@pytest.mark.parametrize("months", [1, 14])
def test_the_recurrence_is_that_of_single_cells(months: int) -> None:
    found, given = small(), chances(3)
    course = expected_course(found, given, [found.now + months])
    assert course[0].sum(axis=0) == pytest.approx(plain(found, given, found.now + months), 1e-12)


def test_months_asked_together_are_those_asked_alone() -> None:
    found, given = small(), chances(3)
    together = expected_course(found, given, [found.now + 5, found.now + 30])
    alone = expected_course(found, given, [found.now + 5])
    assert together[0].sum() == pytest.approx(alone[0].sum())


def test_nobody_stays_after_the_year_of_the_22nd_birthday() -> None:
    found, given = small(), chances(30)
    still = Chances(np.zeros_like(given.moving), np.zeros_like(given.entering))
    still.moving[:, :, STEPS.index("end"), :, OUTSIDE] = 1
    course = expected_course(found, still, [found.now + 12, found.now + 12 * 23])
    assert course[0].sum() == pytest.approx(22, abs=1)
    assert course[1].sum() == 0


def test_a_step_is_the_stock_times_its_band_and_who_enters() -> None:
    stock, entries = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.5, 0.0], [0.0, 0.25]])
    turn = np.array([[[0.0, 1.0], [1.0, 0.0]], [[0.5, 0.0], [0.0, 0.5]]])
    after = step(stock, turn, np.array([0, 1]), entries)
    assert after.tolist() == [[2.5, 1.0], [1.5, 2.25]]


def test_a_scenario_holds_from_its_month_on() -> None:
    found, given = small(), chances(3)
    none = Scenario("none come", dt.date(2021, 4, 1), (Change("entries", "all", factor=0),))
    months = [found.now + 12, found.now + 13]
    usual, changed = (
        expected_course(found, given, months, one).sum((1, 2)) for one in (None, none)
    )
    assert changed[0] == usual[0]
    assert usual[1] - changed[1] == pytest.approx(given.entering[0, 1].sum())
