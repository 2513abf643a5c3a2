"""Intervals in whole children from simulated courses, and scores of how good they were."""

from collections.abc import Mapping

import numpy as np

from shokibo.need.arrays import Ints

LEVELS = (50, 80, 95)


def interval(drawn: Ints, level: int) -> tuple[int, int]:
    """Return the interval, ends included, whose coverage is closest to `level` per cent.

    Each end lies at its tail's quantile or one child further in. With whole children there may be
    no interval of exactly that coverage; one that always covered at least as much would cover too
    much.
    """
    ordered = np.sort(drawn)
    tail = len(ordered) * (100 - level) / 200
    low = int(ordered[int(tail)])
    high = int(ordered[len(ordered) - 1 - int(tail)])
    ends = [(low, high), (low + 1, high), (low, high - 1), (low + 1, high - 1)]
    return min(
        (each for each in ends if each[0] <= each[1]),
        key=lambda each: abs(_held(ordered, *each) - len(ordered) * level / 100),
    )


def _held(ordered: Ints, low: int, high: int) -> int:
    """Count the values from low to high, ends included."""
    return int(np.searchsorted(ordered, high, "right") - np.searchsorted(ordered, low, "left"))


def interval_score(median: int, intervals: Mapping[int, tuple[int, int]], came: int) -> float:
    """Return the weighted interval score of the outcome, in children; less is better.

    Half the median's error plus, for each interval, weighted by the share outside it, its width
    and 2/share times the distance by which the outcome lies outside; divided by the number of
    intervals and a half.
    """
    total = abs(came - median) / 2
    for level, (low, high) in intervals.items():
        outside = 1 - level / 100
        total += outside / 2 * (high - low) + max(low - came, came - high, 0)
    return total / (len(intervals) + 0.5)
