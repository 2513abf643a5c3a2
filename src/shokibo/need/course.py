"""The expected course, by exact recurrence over states.

A state is a place and the months spent in it (24 and more are one state); children born in the
same month are a cohort, which ages with the calendar. One step: stock' = stock x transition +
entries, where a cohort's band of age selects the transition.
"""

from collections.abc import Sequence

import numpy as np

from shokibo.need.arrays import Floats, Ints, on_one_thread
from shokibo.need.changing import changed
from shokibo.need.lives import OUTSIDE, PHASES, STEPS, YEARS_OLD, Lives, phase, step_band
from shokibo.need.rates import Chances
from shokibo.need.scenarios import PLACES, Scenario

LONGEST = PHASES[-1]
_STATES = len(PLACES) * (LONGEST + 1)
_OLDEST = 24 * 12


def cohorts(now: int, last: int) -> Ints:
    """Return the months of birth of all children who can be in care from now to a last month."""
    return np.arange(now - _OLDEST, last + 1)


def step(stock: Floats, transition: Floats, band: Ints, entries: Floats) -> Floats:
    """Take one step: a cohort's stock by state times its band's transition, plus the entries."""
    after = entries.copy()
    for one in set(band.tolist()):
        rows = band == one
        after[rows] += stock[rows] @ transition[one]
    return after


def transitions(moving: Floats) -> Floats:
    """Build the transition matrix of each band of a step: state to state, without leaving care.

    `moving` is that of `Chances` for one course. A child who stays has been there a month longer.
    """
    months = np.arange(LONGEST + 1)
    chance = moving[:, :, phase(months)]
    matrix = np.zeros((len(STEPS), len(PLACES), LONGEST + 1, len(PLACES), LONGEST + 1))
    for place in range(len(PLACES)):
        stay = 1 - chance[place].sum(axis=-1)
        matrix[:, place, months, place, np.minimum(months + 1, LONGEST)] += stay
        matrix[:, place, :, :, 0] += chance[place][:, :, :OUTSIDE]
    return matrix.reshape(len(STEPS), _STATES, _STATES)


@on_one_thread
def expected_course(
    lives: Lives, chances: Chances, months: Sequence[int], scenario: Scenario | None = None
) -> Floats:
    """Return the expected children at the ends of months, by month, month of birth and place.

    `chances` are those of one course; the months of birth are those of `cohorts`.
    """
    births = cohorts(lives.now, months[-1])
    stock = np.zeros((len(births), len(PLACES), LONGEST + 1))
    place, birth, first = (each[lives.present] for each in (lives.place, lives.birth, lives.first))
    longer = np.minimum(lives.now - first, LONGEST)
    np.add.at(stock, (np.maximum(birth - births[0], 0), place, longer), 1)
    found = {}
    matrices = transitions(chances.moving[0])
    for month in range(lives.now, months[-1]):
        if month in months:
            found[month] = stock.sum(axis=-1)
        moving, entering = chances.moving, chances.entering[:, (month - lives.now) // 12]
        if scenario and scenario.holds(month + 1):
            there = stock.sum(axis=(0, 2))[None]
            moving, entering = changed(moving, entering, scenario.changes, there)
            matrices = transitions(moving[0])
        entries = np.zeros_like(stock)
        entries[:, :, 0] = _by_birth(births, month + 1, entering[0])
        flat = (len(births), _STATES)
        stock = step(
            stock.reshape(flat), matrices, step_band(births, np.array(month)), entries.reshape(flat)
        ).reshape(stock.shape)
    found[months[-1]] = stock.sum(axis=-1)
    return np.stack([found[month] for month in months])


def _by_birth(births: Ints, month: int, entering: Floats) -> Floats:
    """Spread the entries at one year of age evenly over its twelve months of birth."""
    age = (month - births) // 12
    enters = (age >= 0) & (age < YEARS_OLD)
    return np.where(enters[:, None], entering.T[age.clip(0, YEARS_OLD - 1)] / 12, 0.0)
