"""Episodes as lives: where each child is at each month's end, for how long, and what came next.

A month is a number: year x 12 + month - 1. A child is counted in a place at a month's end when an
episode there has begun and its last day has not passed. A step leads from one month's end to the
next. Consecutive stays in one kind of place are one stay: a child who changes homes has not left
the kind of place.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from shokibo.need.arrays import Bools, Floats, Ints
from shokibo.need.scenarios import PLACES

OUTSIDE = len(PLACES)
"""The destination of a child who leaves care; the places before it are those of `PLACES`."""

AGES = ("under_1", "from_1_to_2", "preschool", "primary", "junior_high", "senior_high", "after")
"""Age bands; school years run from April."""
STEPS = (*AGES, "last_march", "last_april", "later_march", "later_april", "end")
"""Bands of age at a step. At the end of the fiscal year of the 18th birthday the steps to the ends
of March and of April stand on their own, and so do those of the later years; who is still in care
after the year of the 22nd birthday leaves."""
LAST_MARCH, LAST_APRIL, LATER_MARCH, LATER_APRIL, END = range(len(AGES), len(STEPS))
YEARS_OLD = 22
"""Completed years of age in which a child enters care: 0 to 21."""
PHASES = (0, 6, 24)
"""Months in a place from which its first, second and third phase run."""

_JANUARY_TO_APRIL = 3
_FEBRUARY, _MARCH = 1, 2
_SCHOOL, _JUNIOR, _SENIOR, _LAST, _END = 7, 13, 16, 18, 22


def month_of(day: dt.date) -> int:
    """Return the number of a day's month."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> dt.date:
    """Return the first day of a numbered month."""
    return dt.date(month // 12, month % 12 + 1, 1)


def last_whole_month(day: dt.date) -> int:
    """Return the number of the latest month that has ended by the end of a day."""
    return month_of(day + dt.timedelta(days=1)) - 1


def age_band(birth: Ints, month: Ints) -> Ints:
    """Return the index in `AGES` at a month's end for a child born in a given month."""
    age, year = month - birth, _fiscal_year(month) - _fiscal_year(birth)
    return np.select(
        [age < 12, age < 36, year < _SCHOOL, year < _JUNIOR, year < _SENIOR, year <= _LAST],
        range(len(AGES) - 1),
        len(AGES) - 1,
    )


def step_band(birth: Ints, month: Ints) -> Ints:
    """Return the index in `STEPS` of the step that begins at a month's end."""
    year, in_year = _fiscal_year(month) - _fiscal_year(birth), month % 12
    february, march = in_year == _FEBRUARY, in_year == _MARCH
    return np.select(
        [
            (year > _END) | ((year == _END) & march),
            (year == _LAST) & february,
            (year == _LAST) & march,
            (year > _LAST) & february,
            (year > _LAST) & march,
        ],
        [END, LAST_MARCH, LAST_APRIL, LATER_MARCH, LATER_APRIL],
        age_band(birth, month),
    )


def phase(months: Ints) -> Ints:
    """Return the phase of a stay by the months since the end of its first."""
    return np.searchsorted(PHASES, months, side="right") - 1


def _fiscal_year(month: Ints) -> Ints:
    return (month - _JANUARY_TO_APRIL) // 12


@dataclass(frozen=True)
class Lives:
    """Stays as columns, by child and time, up to `now`; the record is complete since `since`.

    `first` and `last` are the first and the last month at whose end the child is there; a child
    who is there now has `now` as the last. `origin` and `destination` are places, or OUTSIDE.
    """

    now: int
    since: int
    latest_day: dt.date
    episodes: int
    children: int
    birth: Ints
    place: Ints
    first: Ints
    last: Ints
    origin: Ints
    destination: Ints

    @property
    def present(self) -> Bools:
        """Mark the stays that are still going on."""
        there: Bools = self.last == self.now
        return there

    @cached_property
    def exposure(self) -> Ints:
        """Count steps by place, band of the step and phase: a child at a month's end is one."""
        begin, end = np.maximum(self.first, self.since), np.minimum(self.last, self.now - 1)
        lengths = np.maximum(end - begin + 1, 0)
        stay = np.repeat(np.arange(len(lengths)), lengths)
        nth = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return self._counted(stay, begin[stay] + nth)

    @cached_property
    def departures(self) -> Ints:
        """Count the steps that ended a stay, as `exposure` does, and also by destination."""
        ended = np.flatnonzero((self.last < self.now) & (self.last >= self.since))
        return np.stack(
            [
                self._counted(stays, self.last[stays])
                for to in range(OUTSIDE + 1)
                for stays in [ended[self.destination[ended] == to]]
            ],
            axis=-1,
        )

    def _counted(self, stay: Ints, month: Ints) -> Ints:
        shape = len(PLACES), len(STEPS), len(PHASES)
        bands = step_band(self.birth[stay], month)
        cells = np.ravel_multi_index(
            (self.place[stay], bands, phase(month - self.first[stay])), shape
        )
        return np.bincount(cells, minlength=np.prod(shape)).reshape(shape)

    @property
    def years(self) -> Floats:
        """Measure the twelve-month years back from now whose entries are known, in order.

        Each is 1, but for the first, of which only a part may be on record.
        """
        number = -(-(self.now - self.since) // 12)
        years = np.ones(number)
        years[:1] -= number - (self.now - self.since) / 12
        return years

    @cached_property
    def entries(self) -> Ints:
        """Count entries into care by year (the latest is last), place and years of age."""
        came = np.flatnonzero((self.origin == OUTSIDE) & (self.first > self.since))
        year = len(self.years) - 1 - (self.now - self.first[came]) // 12
        shape = len(self.years), len(PLACES), YEARS_OLD
        age = ((self.first[came] - self.birth[came]) // 12).clip(0, YEARS_OLD - 1)
        cells = np.ravel_multi_index((year, self.place[came], age), shape)
        return np.bincount(cells, minlength=np.prod(shape)).reshape(shape)

    def count(self, month: int) -> Ints:
        """Count the children in each place at a month's end."""
        there = (self.first <= month) & (self.last >= month)
        return np.bincount(self.place[there], minlength=len(PLACES))


def known(episodes: pl.DataFrame, as_of: dt.date) -> pl.DataFrame:
    """Return the episodes as known on a day: without later ones, and with later ends still open."""
    return episodes.filter(pl.col("started_on") <= as_of).with_columns(
        ended_on=pl.when(pl.col("ended_on") <= as_of).then("ended_on")
    )


def lives(episodes: pl.DataFrame, as_of: dt.date) -> Lives | None:
    """Make lives of the episodes known on a day; None if nobody was there at any month's end.

    Columns of the episodes: authority_code, child_code, birth_month, place, started_on, ended_on.
    """
    now = last_whole_month(as_of)
    rows = known(episodes, as_of)
    stays = _stays(rows, now)
    if stays.is_empty():
        return None
    ends = rows["ended_on"].drop_nulls()
    since = min(month_of(ends.min()), now) if len(ends) else int(stays["first"].min())  # type: ignore[arg-type]
    columns = {name: stays[name].to_numpy().astype(np.int64) for name in stays.columns}
    return Lives(
        now=now,
        since=since,
        latest_day=max([*rows["started_on"], *ends]),
        episodes=rows.height,
        children=rows.n_unique(("authority_code", "child_code")),
        **columns,
    )


def _stays(rows: pl.DataFrame, now: int) -> pl.DataFrame:
    """Join consecutive episodes of one child and place, and add what came before and after.

    If a child would be in two places at a month's end, the one that began later counts.
    """
    child = ["authority_code", "child_code"]
    in_next = pl.col("ended_on").dt.offset_by("1d")
    spans = (
        rows.with_columns(
            place=pl.col("place").replace_strict(PLACES, range(len(PLACES)), return_dtype=pl.Int64),
            birth=_month("birth_month"),
            first=_month("started_on"),
            last=pl.min_horizontal(
                (_number(in_next) - 1).fill_null(now), pl.lit(now, dtype=pl.Int64)
            ),
        )
        .sort(*child, "started_on")
        .with_columns(
            last=pl.min_horizontal("last", pl.col("first").shift(-1).over(child) - 1),
        )
        .filter(pl.col("first") <= pl.col("last"))
    )
    follows = pl.col("first") == pl.col("last").shift(1).over(child) + 1
    same = follows & (pl.col("place") == pl.col("place").shift(1).over(child))
    joined = (
        spans.with_columns(stay=(~same.fill_null(value=False)).cum_sum())
        .group_by("stay", maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in (*child, "birth", "place", "first")),
            pl.col("last").last(),
        )
    )
    follows = (pl.col("first") == pl.col("last").shift(1).over(child) + 1).fill_null(value=False)
    return joined.with_columns(
        origin=pl.when(follows).then(pl.col("place").shift(1).over(child)).otherwise(OUTSIDE),
        destination=pl.when(follows.shift(-1).over(child).fill_null(value=False))
        .then(pl.col("place").shift(-1).over(child))
        .otherwise(OUTSIDE),
    ).select("birth", "place", "first", "last", "origin", "destination")


def _month(column: str) -> pl.Expr:
    return _number(pl.col(column))


def _number(day: pl.Expr) -> pl.Expr:
    return day.dt.year().cast(pl.Int64) * 12 + day.dt.month() - 1
