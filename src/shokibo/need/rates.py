"""Rates from lives: leaving a place, the destination, and entering care; each with its uncertainty.

The chance of leaving a place at a step depends on the place, the band of age and the phase of the
stay; the destination depends on the place and coarse age; the number of entries in a year depends
on place and band of age, on a level that may drift, and on variation between years. All of them
are shrunk towards pooled rates (`smoothing`). `Chances` holds them for one course or for many at
once.
"""

from dataclasses import dataclass

import numpy as np

from shokibo.need.arrays import Floats, Ints, on_one_thread
from shokibo.need.lives import AGES, END, OUTSIDE, PHASES, STEPS, YEARS_OLD, Lives
from shokibo.need.scenarios import PLACES
from shokibo.need.smoothing import Effects, Posterior, one_hot, smooth

_SHAPE = len(PLACES), END, len(PHASES)
_COARSE = np.array([0, 0, 1, 2, 2, 2, 3, 3, 3, 3, 3])
"""The coarse age of each band of a step, by which destinations differ."""
_FIRST_YEARS = np.array([0, 1, 3, 7, 13, 16, 18])
"""The first year of age of each band in which entries are counted."""
_BAND_OF_YEAR = np.searchsorted(_FIRST_YEARS, np.arange(YEARS_OLD), side="right") - 1
_LEAN_AGES = 5.0
_STRENGTHS = 2.0 ** np.arange(11)
_FEWEST = 1.0
"""How many departures the destinations of all places count as in estimating those of one."""
_TREND = 2.5
"""Standard errors by which a trend of entries must differ from zero."""


@dataclass(frozen=True)
class Chances:
    """Rates by course (the first axis): for each step, and for each year from now.

    `moving`: course, place, band of the step, phase, destination: the chance in one step.
    `entering`: course, year, place, completed years of age: children a month.
    """

    moving: Floats
    entering: Floats


@dataclass(frozen=True)
class Rates:
    """The rates estimated from the lives, for a number of years to come."""

    leaving: Posterior
    onward: Floats
    entries: Posterior
    cells: tuple[Ints, Ints]
    ages: Floats
    years: int

    @property
    def expected(self) -> Chances:
        """Return the expected rates, as those of one course."""
        leaving = _logistic(self.leaving.centre)
        onward = self.onward / self.onward.sum(axis=-1, keepdims=True)
        entering = np.exp(self.entries.centre + self._luck / 2)
        return self._chances(leaving[None], onward[None], entering[None])

    def drawn(self, random: np.random.Generator, number: int) -> Chances:
        """Draw rates for a number of courses."""
        skew = self.leaving.variance / 2 * (1 - 2 * _logistic(self.leaving.centre))
        leaving = _logistic(self.leaving.draws(random, number) - skew)
        weights = random.standard_gamma(self.onward, (number, *self.onward.shape))
        onward = weights / weights.sum(axis=-1, keepdims=True)
        skew = (self.entries.variance - self._luck) / 2
        entering = np.exp(self.entries.draws(random, number) - skew)
        return self._chances(leaving, onward, entering)

    @property
    def _luck(self) -> Floats:
        """The variance of log entries that no amount of record reduces: future years differ."""
        width = len(self.cells[0])
        ahead = np.maximum(
            np.arange(len(self.entries.rows)) // width
            - len(self.entries.rows) // width
            + self.years
            + 1,
            0,
        )
        _, _, of_year, of_place, drift = np.square(self.entries.widths[:5])
        return np.where(ahead > 0, of_year + of_place + ahead * drift, 0)

    def _chances(self, leaving: Floats, onward: Floats, yearly: Floats) -> Chances:
        number = len(leaving)
        moving = np.zeros((number, len(PLACES), len(STEPS), len(PHASES), OUTSIDE + 1))
        moving[:, :, :END] = (
            leaving.reshape(number, *_SHAPE, 1) * onward[:, :, _COARSE][:, :, :, None]
        )
        moving[:, :, END, :, OUTSIDE] = 1
        entering = np.zeros((number, self.years, len(PLACES), len(AGES)))
        coming = yearly.reshape(number, -1, len(self.cells[0]))[:, -self.years :]
        entering[:, :, self.cells[0], self.cells[1]] = coming / 12
        return Chances(moving, entering[..., _BAND_OF_YEAR] * self.ages)


@on_one_thread
def rates(lives: Lives, years: int) -> Rates:
    """Estimate rates from lives, with those of entries for a number of years to come."""
    counts = np.add.reduceat(lives.entries, _FIRST_YEARS, axis=-1)
    place, band = np.nonzero(counts.sum(axis=0))
    cells = place.astype(np.int64), band.astype(np.int64)
    coming = _entries(lives, counts, cells, years)
    ages = _ages(lives.entries.sum(axis=0).astype(float))
    return Rates(_leaving(lives), _onward(lives), coming, cells, ages, years)


def _leaving(lives: Lives) -> Posterior:
    """Estimate the chance that a step ends a stay; the steps at 18 have no phases."""
    place, band, phase = (one.ravel() for one in np.indices(_SHAPE))
    ordinary = band < len(AGES)
    age, spring = np.where(ordinary, band, -1), np.where(ordinary, -1, band)
    phase = np.where(ordinary, phase, -1)
    effects = [
        Effects(np.ones((len(place), 1)), 2.0),
        Effects(one_hot(place), 0.7, 2),
        Effects(one_hot(age), 0.4, 2),
        Effects(one_hot(spring), 3.0),
        Effects(one_hot(phase), 0.4, 2),
        Effects(one_hot(place, phase), 0.2, 4),
        Effects(one_hot(place, age), 0.2, 4),
        Effects(one_hot(place, spring), 0.5, 4),
        Effects(one_hot(age, phase), 0.1, 4),
    ]
    ended = lives.departures.sum(axis=-1)[:, :END]
    return smooth(effects, ended.ravel(), lives.exposure[:, :END].ravel().astype(float), "binomial")


def _onward(lives: Lives) -> Floats:
    """Weight destinations by place and coarse age: observed counts, with the place's as a prior.

    The weights are those of Dirichlet distributions. A place's own destinations are shrunk towards
    those of all places. How strongly a coarse age is shrunk towards its place is chosen by maximum
    likelihood.
    """
    counts = np.zeros((len(PLACES), _COARSE.max() + 1, OUTSIDE + 1))
    for band, coarse in enumerate(_COARSE):
        counts[:, coarse] += lives.departures[:, band].sum(axis=1)
    other = np.ones((len(PLACES), OUTSIDE + 1))
    other[range(len(PLACES)), range(len(PLACES))] = 0
    pooled = other * (counts.sum(axis=(0, 1)) + _FEWEST / (OUTSIDE + 1))
    of_place = counts.sum(axis=1) + _FEWEST * pooled / pooled.sum(axis=1, keepdims=True)
    guess = of_place / of_place.sum(axis=1, keepdims=True)
    strength = np.array(
        [_strength(counts[place], guess[place]) for place in range(len(PLACES))]
    ).clip(None, of_place.sum(axis=1))
    weights: Floats = counts + strength[:, None, None] * guess[:, None]
    return weights


def _strength(counts: Floats, guess: Floats) -> float:
    """Return the weight of the prior under which the counts of all coarse ages are most likely."""
    likeliest, best = _STRENGTHS[0], -np.inf
    seen = np.flatnonzero(counts.sum(axis=0))
    for strength in _STRENGTHS:
        prior = strength * guess[seen]
        likelihood = (
            _log_gamma(counts[:, seen] + prior).sum()
            - len(counts) * _log_gamma(prior).sum()
            - _log_gamma(counts.sum(axis=1) + strength).sum()
            + len(counts) * _log_gamma(np.array([strength])).sum()
        )
        if likelihood > best:
            likeliest, best = strength, likelihood
    return float(likeliest)


def _logistic(logit: Floats) -> Floats:
    return 1 / (1 + np.exp(-logit))


def _log_gamma(values: Floats) -> Floats:
    """Return the logarithm of the gamma function (Stirling's series, from 8 upwards)."""
    raised = values + 8
    below = np.log(values[..., None] + np.arange(8)).sum(axis=-1)
    series = 1 / (12 * raised) - 1 / (360 * raised**3) + 1 / (1260 * raised**5)
    result: Floats = (
        (raised - 0.5) * np.log(raised) - raised + np.log(2 * np.pi) / 2 + series - below
    )
    return result


def _ages(counts: Floats) -> Floats:
    """Return each year of age's share of its band, by place, shrunk towards that of all places."""
    pooled = _shares(counts.sum(axis=0) + 1.0)
    return _shares(counts + _LEAN_AGES * pooled)


def _shares(weights: Floats) -> Floats:
    whole = np.add.reduceat(weights, _FIRST_YEARS, axis=-1)
    shares: Floats = weights / whole[..., _BAND_OF_YEAR]
    return shares


def _entries(lives: Lives, by_band: Ints, cells: tuple[Ints, Ints], years: int) -> Posterior:
    """Estimate entries per year; the years to come are years without data."""
    counts = by_band[:, *cells]
    known, width = counts.shape
    year, cell = (one.ravel() for one in np.indices((known + years, width)))
    place = cells[0][cell]
    drift = (year[:, None] >= np.arange(1, known + years)).astype(float)
    effects = [
        Effects(np.ones((len(year), 1)), 2.0),
        Effects(one_hot(cell), 1.0, 2),
        Effects(one_hot(year), 0.1, 3),
        Effects(one_hot(place, year), 0.1, 4),
        Effects(drift, 0.02, 4),
    ]
    events = np.concatenate([counts.ravel(), np.zeros(years * width, dtype=np.int64)])
    exposure = np.concatenate([lives.years, np.zeros(years)])[year]
    trend = Effects((year - known + 1.0)[:, None], 0.05)
    with_trend = smooth([*effects, trend], events, exposure, "poisson")
    doubt = np.sqrt((with_trend.root[-1] ** 2).sum())
    if abs(with_trend.mean[-1]) > _TREND * doubt:
        return with_trend
    return smooth(effects, events, exposure, "poisson")
