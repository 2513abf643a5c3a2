"""Seeded columns of random values, and the days of many fiscal years at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]
Days: TypeAlias = npt.NDArray[np.datetime64]
Texts: TypeAlias = npt.NDArray[np.str_]

NEVER = np.datetime64("NaT", "D")
"""Stands for no day; a blank in a frame."""


@dataclass(frozen=True)
class Dice:
    """A seeded source of columns."""

    source: np.random.Generator

    def chance(self, probability: float, count: int) -> Bools:
        """Return booleans that are true with a probability."""
        return self.source.random(count) < probability

    def between(self, low: int | Ints, high: int | Ints, count: int) -> Ints:
        """Return whole numbers, both ends included."""
        return self.source.integers(low, high, count, dtype=np.int64, endpoint=True)

    def codes(self, weights: Mapping[str, float], count: int) -> Texts:
        """Return codes by their weights."""
        return np.array(list(weights))[self._places(list(weights.values()), count)]

    def numbers(self, weights: Mapping[int, float], count: int) -> Ints:
        """Return numbers by their weights."""
        return np.array(list(weights), np.int64)[self._places(list(weights.values()), count)]

    def _places(self, weights: list[float], count: int) -> Ints:
        shares = np.array(weights) / sum(weights)
        return self.source.choice(len(weights), count, p=shares)

    def owners(self, owners: int, count: int) -> Ints:
        """Return an owner for each of `count` things, in order; each owner has at least one."""
        others = self.source.integers(owners, size=count - owners)
        return np.sort(np.concatenate([np.arange(owners), others]))


def april_first(years: Ints) -> Days:
    """Return the first days of fiscal years."""
    return _months(years, 4).astype("datetime64[D]")


def march_last(years: Ints) -> Days:
    """Return the last days of fiscal years."""
    return april_first(years + 1) - np.timedelta64(1, "D")


def month_first(years: Ints, months: Ints) -> Days:
    """Return first days of months of fiscal years; month 0 is April, 11 is March."""
    return (_months(years, 4) + months).astype("datetime64[D]")


def _months(years: Ints, month: int) -> Days:
    return ((years - 1970) * 12 + month - 1).astype("datetime64[M]")


def days_later(days: Days, count: Ints) -> Days:
    """Return the days some days later."""
    later: Days = days + count.astype("timedelta64[D]")
    return later


def place_in_group(groups: Ints) -> Ints:
    """Return each member's position in its group, from 0; `groups` is sorted."""
    first = np.searchsorted(groups, groups)
    return np.arange(len(groups)) - first


def where(keep: Bools, values: npt.NDArray[Any]) -> pl.Series:
    """Blank the values that are not chosen."""
    frame = pl.DataFrame({"keep": keep, "value": values})
    return frame.select(pl.when("keep").then("value")).to_series()


def named(names: Sequence[str], places: Ints | Bools) -> pl.Series:
    """Return names by index; false is the first, true the second."""
    return pl.Series(names).gather(pl.Series(places.astype(np.uint32)))


def ids(letter: str, numbers: Ints) -> pl.Series:
    """Return ids of a letter and a number from 1, padded so that they sort."""
    padded = (pl.col("number") + 1).cast(pl.String).str.zfill(7)
    return pl.DataFrame({"number": numbers}).select(pl.lit(letter) + padded).to_series()
