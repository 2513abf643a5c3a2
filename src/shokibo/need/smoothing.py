"""Counts explained by effects, with small groups shrunk towards the whole.

The log of a rate (or the logit of a probability) is a sum of effects. Effects of one kind are
assumed to be drawn from a normal distribution around zero, whose width is estimated from the data
with a cautious prior. Where the data do not distinguish two groups, their effects shrink to zero
and the pooled rate remains; where they do, each keeps its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from shokibo.need.arrays import Floats, Ints

Family = Literal["poisson", "binomial"]

_ROUNDS = 60
_ENOUGH = 1e-5
_LONGEST_STEP = 3.0


@dataclass(frozen=True)
class Effects:
    """Effects of one kind: a column each, the prior guess of their width, and its weight.

    The guess of the standard deviation counts as much as `weight` effects; 0 means a width that
    is fixed, not estimated.
    """

    columns: Floats
    guess: float
    weight: float = 0.0


@dataclass(frozen=True)
class Posterior:
    """The posterior of the logs (logits) of rates: jointly normal, one for each row of `rows`."""

    rows: Floats
    offset: float
    mean: Floats
    root: Floats
    widths: tuple[float, ...]

    @property
    def centre(self) -> Floats:
        """Return the rows' means."""
        return self.offset + self.rows @ self.mean

    @property
    def variance(self) -> Floats:
        """Return the rows' variances."""
        spread: Floats = ((self.rows @ self.root) ** 2).sum(axis=1)
        return spread

    def draws(self, random: np.random.Generator, number: int) -> Floats:
        """Draw all rows jointly a number of times: a draw is a row of the result."""
        effects = self.mean + random.standard_normal((number, len(self.mean))) @ self.root.T
        drawn: Floats = self.offset + effects @ self.rows.T
        return drawn


def one_hot(*codes: Ints) -> Floats:
    """Make a column for each combination of codes that occurs; a code below 0 gets none."""
    rows = np.stack(codes, axis=1)
    of_one = (rows >= 0).all(axis=1)
    kinds, which = np.unique(rows[of_one], axis=0, return_inverse=True)
    columns = np.zeros((len(rows), len(kinds)))
    columns[np.flatnonzero(of_one), which] = 1
    return columns


def smooth(effects: Sequence[Effects], events: Ints, exposure: Floats, family: Family) -> Posterior:
    """Fit the effects to events and their exposure (trials), around the pooled rate.

    Penalised likelihood by Newton steps, alternating with expectation-maximisation for the widths
    of the effects; the posterior is approximated by a normal at its mode (Laplace).
    """
    rows = np.hstack([one.columns for one in effects])
    kind = np.repeat(np.arange(len(effects)), [one.columns.shape[1] for one in effects])
    guess = np.array([one.guess for one in effects]) ** 2
    weight = np.array([one.weight for one in effects])
    number = np.bincount(kind, minlength=len(effects))
    offset = _pooled(events, exposure, family)
    mean, widths = np.zeros(rows.shape[1]), guess.copy()
    for _ in range(_ROUNDS):
        expected, curvature = _moments(offset + rows @ mean, exposure, family)
        precision = (rows.T * curvature) @ rows + np.diag(1 / widths[kind])
        covariance = np.linalg.inv(precision)
        step = covariance @ (rows.T @ (events - expected) - mean / widths[kind])
        step /= max(1.0, np.abs(rows @ step).max() / _LONGEST_STEP)
        mean = mean + step
        squares = np.bincount(kind, mean**2 + np.diag(covariance), minlength=len(effects))
        now = np.where(weight > 0, (squares + weight * guess) / (number + weight), guess)
        settled = max(np.abs(step).max(), np.abs(np.log(now / widths)).max()) < _ENOUGH
        widths = now
        if settled:
            break
    root = np.linalg.inv(np.linalg.cholesky(precision)).T
    return Posterior(rows, offset, mean, root, tuple(np.sqrt(widths)))


def _pooled(events: Ints, exposure: Floats, family: Family) -> float:
    """Return the log (logit) of the pooled rate; half an event if there is none."""
    count, whole = events.sum() + 0.5, exposure.sum() + 1.0
    return float(np.log(count / (whole if family == "poisson" else whole - count)))


def _moments(logarithm: Floats, exposure: Floats, family: Family) -> tuple[Floats, Floats]:
    if family == "poisson":
        expected: Floats = np.exp(logarithm) * exposure
        return expected, expected
    share = 1 / (1 + np.exp(-logarithm))
    return exposure * share, exposure * share * (1 - share)
