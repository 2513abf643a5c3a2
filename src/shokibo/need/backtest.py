"""The back-test: forecasts as of earlier fiscal year ends, compared with what happened.

Each is made from what was known on its day, with five years of record before it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
import polars as pl

from shokibo.calendar import fiscal_year_end, fiscal_year_of
from shokibo.need.answers import Backtest, GroupRecord, HorizonRecord
from shokibo.need.intervals import LEVELS, interval, interval_score
from shokibo.need.lives import Lives, first_day, month_of
from shokibo.need.outlook import of_group, outlook
from shokibo.need.refusals import CannotForecastError
from shokibo.need.scenarios import GROUPS, Group

HISTORY = 5
"""Years of record before an origin."""
AHEAD = 5
"""Fiscal year ends after an origin that are checked, as far as they have passed."""
PATHS = 1000


@dataclass(frozen=True)
class _Trial:
    """One forecast of one group at one year's end, and the outcome."""

    ahead: int
    group: Group
    expected: float
    median: int
    intervals: dict[int, tuple[int, int]]
    today: int
    came: int


def backtest(
    episodes: pl.DataFrame, found: Lives, seed: int, executor: Executor | None = None
) -> Backtest:
    """Forecast as of every fiscal year's end with a history, and compare with what is known now.

    A day on which the record could not yet support a forecast is left out.
    """
    by_origin = {day: _trials(episodes, found, day, seed, executor) for day in origins_of(found)}
    trials = [trial for some in by_origin.values() for trial in some]
    by_ahead = defaultdict(list)
    for trial in trials:
        by_ahead[trial.ahead].append(trial)
    return Backtest(
        [day for day, some in by_origin.items() if some],
        _records(trials),
        [HorizonRecord(ahead, _records(some)) for ahead, some in sorted(by_ahead.items())],
    )


def origins_of(found: Lives) -> tuple[dt.date, ...]:
    """Return the fiscal year ends with five years of record before and a later one known."""
    earliest = fiscal_year_of(first_day(found.since + 12 * HISTORY - 1))
    latest = fiscal_year_of(first_day(found.now + 1)) - 2
    return tuple(fiscal_year_end(year) for year in range(earliest, latest + 1))


def _trials(
    episodes: pl.DataFrame, found: Lives, origin: dt.date, seed: int, executor: Executor | None
) -> list[_Trial]:
    first = fiscal_year_of(origin) + 1
    latest = fiscal_year_of(first_day(found.now + 1)) - 1
    try:
        made = outlook(episodes, origin, min(first + AHEAD - 1, latest))
    except CannotForecastError:
        return []
    courses, expected = made.courses(PATHS, seed, executor), made.expected.sum(axis=1)
    today = found.count(month_of(origin))
    trials = []
    for nth, year in enumerate(made.years):
        came = found.count(month_of(fiscal_year_end(year)))
        for group in GROUPS:
            drawn = of_group(courses[:, nth], group)
            trials.append(
                _Trial(
                    nth + 1,
                    group,
                    float(of_group(expected[nth], group)),
                    int(np.median(drawn)),
                    {level: interval(drawn, level) for level in LEVELS},
                    int(of_group(today, group)),
                    int(of_group(came, group)),
                )
            )
    return trials


def _records(trials: Sequence[_Trial]) -> dict[str, GroupRecord]:
    """Add trials up by group."""
    return {
        group: _record([trial for trial in trials if trial.group == group])
        for group in GROUPS
        if trials
    }


def _record(trials: Sequence[_Trial]) -> GroupRecord:
    return GroupRecord(
        len(trials),
        *(f"{100 * np.mean([_inside(trial, level) for trial in trials]):.1f}" for level in LEVELS),
        *(
            f"{np.mean(errors):.2f}"
            for errors in (
                [abs(trial.expected - trial.came) for trial in trials],
                [abs(trial.today - trial.came) for trial in trials],
                [interval_score(trial.median, trial.intervals, trial.came) for trial in trials],
            )
        ),
    )


def _inside(trial: _Trial, level: int) -> bool:
    low, high = trial.intervals[level]
    return low <= trial.came <= high
