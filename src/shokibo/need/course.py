"""The expected course, by exact recurrence over states.

A state is a place and the months in it (24 and more are one state); children of one month of
birth are a cohort, which ages as the calendar does. One step: stock' = stock x transition +
entries, where a cohort's band of age says which transition.
"""

from collections.abc import Sequence

import numpy as np

from shokibo.need.arrays import Floats, Ints, on_one_thread
from shokibo.need.changing import changed
from shokibo.need.lives import AGES, OUTSIDE, PHASES, STEPS, Lives, age_band, phase, step_band
from shokibo.need.rates import Chances
from shokibo.need.scenarios import PLACES, Scenario

LONGEST = PHASES[-1]
_STATES = len(PLACES) * (LONGEST + 1)
_OLDEST = 24 * 12
_OLDEST_TO_ENTER = 22 * 12


def cohorts(now: int, last: int) -> Ints:
    """Return the months of birth of all who can be in care from now to a last month."""
    return np.arange(now - _OLDEST, last + 1)


def step(stock: Floats, transition: Floats, band: Ints, entries: Floats) -> Floats:
    """Take one step: a cohort's stock by state times its band's transition, and who enters."""
    after = entries.copy()
    for one in np.unique(band):
        after[band == one] += stock[band == one] @ transition[one]
    return after


def transitions(moving: Floats) -> Floats:
    """Make a transition of each band of a step: from state to state, leaving care left out.

    `moving` is that of `Chances` for one course. Who stays has been there a month longer.
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


def entering_band(births: Ints, month: int) -> Ints:
    """Return the band of age in which each month of birth enters at a month's end; -1 if never."""
    age = month - births
    bands = age_band(births, np.array(month))
    return np.where((age >= 0) & (age < _OLDEST_TO_ENTER), bands, -1)


def _by_birth(births: Ints, month: int, entering: Floats) -> Floats:
    """Spread who enters evenly over the months of birth in each band of age."""
    band = entering_band(births, month)
    size = np.array([(band == one).sum() for one in range(len(AGES))])
    return np.where(band[:, None] >= 0, (entering / size).T[band], 0.0)
