"""The working of one forecast: from lives to courses, and to each group's year ends."""

import datetime as dt
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

import polars as pl

from shokibo.calendar import fiscal_year_end, fiscal_year_of
from shokibo.need.answers import GroupForecast, Known, YearForecast
from shokibo.need.arrays import Floats, Ints
from shokibo.need.course import cohorts, expected_course
from shokibo.need.intervals import LEVELS, interval
from shokibo.need.lives import Lives, first_day, lives, month_of
from shokibo.need.paths import Future, simulate
from shokibo.need.rates import rates
from shokibo.need.refusals import (
    NO_ENTRIES,
    NO_EPISODES,
    SEVERAL_AUTHORITIES,
    STOPPED,
    TOO_FEW,
    TOO_SHORT,
    YEAR_FAR,
    YEAR_PAST,
    CannotForecastError,
)
from shokibo.need.scenarios import GROUPS, PLACES, Group, Scenario
from shokibo.rounding import half_up

FEWEST_CHILDREN = 10
FEWEST_YEARS = 3
FARTHEST = 20
"""Fiscal years ahead."""


@dataclass(frozen=True)
class Outlook:
    """What is known on a day, and the fiscal years whose ends are forecast."""

    future: Future
    years: tuple[int, ...]

    def changed(self, scenario: Scenario) -> "Outlook":
        """Return the same outlook under a scenario's changes."""
        return replace(self, future=replace(self.future, scenario=scenario))

    @cached_property
    def expected(self) -> Floats:
        """The expected children by year, month of birth and place."""
        future = self.future
        return expected_course(future.lives, future.rates.expected, future.months, future.scenario)

    @property
    def births(self) -> Ints:
        """The months of birth of `expected`."""
        return cohorts(self.future.lives.now, self.future.months[-1])

    @property
    def known(self) -> Known:
        """What the forecast is based on."""
        found = self.future.lives
        now = found.count(found.now)
        return Known(
            first_day(found.since),
            found.episodes,
            found.children,
            {group: int(of_group(now, group)) for group in GROUPS},
        )

    @property
    def expected_need(self) -> dict[int, int]:
        """The children of three and over expected at each fiscal year's end, half up."""
        children = of_group(self.expected.sum(axis=1), "three_and_over")
        return {
            year: int(half_up(Fraction(float(one))))
            for year, one in zip(self.years, children, strict=True)
        }

    def courses(self, paths: int, seed: int, executor: Executor | None) -> Ints:
        """Simulate courses: children by course, year and place."""
        return simulate(self.future, paths, seed, executor)

    def answered(self, courses: Ints) -> list[YearForecast]:
        """Combine the expectation and the courses into each year's answer."""
        expected = self.expected.sum(axis=1)
        return [
            YearForecast(
                year,
                fiscal_year_end(year),
                {
                    group: GroupForecast(
                        f"{of_group(expected[nth], group):.1f}",
                        *(interval(of_group(courses[:, nth], group), level) for level in LEVELS),
                    )
                    for group in GROUPS
                },
            )
            for nth, year in enumerate(self.years)
        ]


Column = TypeVar("Column", Ints, Floats)


def of_group(places: Column, group: Group) -> Column:
    """Add up the places of a group; places are the last axis."""
    total: Column = places[..., [PLACES.index(place) for place in GROUPS[group]]].sum(axis=-1)
    return total


def outlook(episodes: pl.DataFrame, as_of: dt.date, to_year: int) -> Outlook:
    """Estimate from the episodes known on a day. Raises CannotForecastError."""
    years = _years(as_of, to_year)
    found = _lives(episodes, as_of)
    months = tuple(month_of(fiscal_year_end(year)) for year in years)
    ahead = -(-(months[-1] - found.now) // 12)
    return Outlook(Future(found, rates(found, ahead), months), years)


def _years(as_of: dt.date, to_year: int) -> tuple[int, ...]:
    first = fiscal_year_of(as_of + dt.timedelta(days=1))
    if to_year < first:
        raise CannotForecastError(YEAR_PAST, year=to_year, as_of=as_of)
    if to_year >= first + FARTHEST:
        raise CannotForecastError(YEAR_FAR, year=to_year, last=first + FARTHEST - 1)
    return tuple(range(first, to_year + 1))


def _lives(episodes: pl.DataFrame, as_of: dt.date) -> Lives:
    """Make lives of a record that supports a forecast. Raises CannotForecastError."""
    authorities = episodes["authority_code"].n_unique()
    if authorities > 1:
        raise CannotForecastError(SEVERAL_AUTHORITIES, count=authorities)
    found = lives(episodes, as_of)
    if found is None:
        raise CannotForecastError(NO_EPISODES, as_of=as_of)
    if found.children < FEWEST_CHILDREN:
        raise CannotForecastError(TOO_FEW, count=found.children, least=FEWEST_CHILDREN)
    if len(found.years) < FEWEST_YEARS:
        raise CannotForecastError(
            TOO_SHORT, since=first_day(found.since), as_of=as_of, least=FEWEST_YEARS
        )
    if not found.entries.any():
        raise CannotForecastError(NO_ENTRIES, since=first_day(found.since), as_of=as_of)
    if found.now - month_of(found.latest_day) > 12:
        raise CannotForecastError(STOPPED, last=found.latest_day, as_of=as_of)
    return found
