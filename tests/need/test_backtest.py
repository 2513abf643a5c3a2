"""The back-test: from which days, and its record next to one that is counted plainly."""

import datetime as dt
from collections import defaultdict
from functools import cache

import numpy as np
import pytest

from shokibo.calendar import fiscal_year_end
from shokibo.need.answers import Backtest, GroupRecord
from shokibo.need.backtest import AHEAD, PATHS, backtest, origins_of
from shokibo.need.forecast import draw
from shokibo.need.intervals import LEVELS, interval
from shokibo.need.scenarios import GROUPS, Group
from tests.need.lived import NOW, episodes, invented, ledger, lives_of

SEED = 3
DAY = dt.date(NOW.year - 11, 3, 31)
"""Nine years of the record are known: forecasts of three days can be compared."""
_ROW = ("child_code", "birth_month", "place", "started_on", "ended_on")


@pytest.mark.parametrize(
    ("since", "day", "years"),
    [
        (dt.date(2010, 4, 10), dt.date(2018, 3, 31), [2015, 2016, 2017]),
        (dt.date(2010, 3, 10), dt.date(2018, 3, 31), [2015, 2016, 2017]),
        (dt.date(2010, 5, 10), dt.date(2018, 3, 31), [2016, 2017]),
        (dt.date(2010, 4, 10), dt.date(2018, 3, 30), [2015, 2016]),
        (dt.date(2010, 4, 10), dt.date(2016, 3, 31), [2015]),
        (dt.date(2010, 4, 10), dt.date(2016, 3, 30), []),
    ],
)
def test_origins_have_five_years_before_and_a_year_end_after(
    since: dt.date, day: dt.date, years: list[int]
) -> None:
    """The record is whole from the month of its first end."""
    born = dt.date(2008, 6, 1)
    found = lives_of(
        day,
        ("C1", born, "foster", dt.date(2009, 1, 5), since),
        ("C2", born, "foster", dt.date(2009, 1, 5), None),
    )
    assert origins_of(found) == tuple(dt.date(year, 3, 31) for year in years)


def there(day: dt.date, group: Group) -> int:
    """Count a group's children on a day, row by row."""
    return sum(
        row["place"] in GROUPS[group]
        and row["started_on"] <= day
        and (row["ended_on"] is None or row["ended_on"] >= day)
        for row in invented(SEED).iter_rows(named=True)
    )


@cache
def record() -> Backtest:
    return backtest(invented(SEED), lives_of(DAY, *invented(SEED).select(_ROW).iter_rows()), SEED)


@cache
def plain() -> dict[tuple[int, Group], list[tuple[tuple[bool, ...], float, int]]]:
    """Forecast from each day as anybody would, and look at what came: inside, error, as today."""
    found = defaultdict(list)
    for origin in record().origins:
        last = min(origin.year + AHEAD - 1, DAY.year - 1)
        drawn = draw(ledger(SEED), origin, last, paths=PATHS, seed=SEED)
        answered = drawn.outlook.answered(drawn.courses)
        expected = drawn.outlook.expected.sum(axis=1)
        for ahead, year in enumerate(answered, 1):
            for group, places in GROUPS.items():
                came = there(fiscal_year_end(year.fiscal_year), group)
                spans = [interval(drawn.counts[year.fiscal_year][group], one) for one in LEVELS]
                which = [list(GROUPS).index(place) for place in places]
                found[ahead, group].append(
                    (
                        tuple(low <= came <= high for low, high in spans),
                        abs(float(expected[ahead - 1][which].sum()) - came),
                        abs(there(origin, group) - came),
                    )
                )
    return dict(found)


def test_each_day_is_forecast_as_far_as_years_have_come() -> None:
    found = record()
    assert [day.year for day in found.origins] == [DAY.year - 3, DAY.year - 2, DAY.year - 1]
    counts = {one.years_ahead: one.groups["all"].forecasts for one in found.horizons}
    assert counts == {1: 3, 2: 2, 3: 1}
    assert found.groups["all"].forecasts == 6


@pytest.mark.parametrize("group", ["in_homes", "three_and_over", "foster_care", "all"])
def test_the_record_is_that_of_forecasts_compared_one_by_one(group: Group) -> None:
    whole = []
    for horizon in record().horizons:
        trials = plain()[horizon.years_ahead, group]
        whole += trials
        _agree(horizon.groups[group], trials)
    _agree(record().groups[group], whole)


def _agree(found: GroupRecord, trials: list[tuple[tuple[bool, ...], float, int]]) -> None:
    inside = np.mean([trial[0] for trial in trials], axis=0) * 100
    assert (found.within_50, found.within_80, found.within_95) == tuple(f"{n:.1f}" for n in inside)
    assert found.error == f"{np.mean([trial[1] for trial in trials]):.2f}"
    assert found.error_as_today == f"{np.mean([trial[2] for trial in trials]):.2f}"


def test_a_day_on_which_too_few_children_were_known_is_left_out() -> None:
    born = dt.date(2008, 6, 1)
    early = [(f"C{n}", born, "foster", dt.date(2009, 1, 5), None) for n in range(8)]
    later = [(f"D{n}", born, "foster", dt.date(2016, 5, 1 + n), None) for n in range(8)]
    gone = ("E1", born, "foster", dt.date(2009, 1, 5), dt.date(2010, 4, 10))
    rows, day = [gone, *early, *later], dt.date(2018, 3, 31)
    assert [one.year for one in origins_of(lives_of(day, *rows))] == [2015, 2016, 2017]
    found = backtest(episodes(*rows), lives_of(day, *rows), SEED)
    assert found.origins == [dt.date(2017, 3, 31)]
    assert found.groups["all"].forecasts == 1


def test_without_a_day_to_look_back_from_the_record_is_empty() -> None:
    day = dt.date(2016, 3, 30)
    row = ("C1", dt.date(2008, 6, 1), "foster", dt.date(2010, 4, 5), dt.date(2010, 4, 20))
    other = ("C2", dt.date(2008, 6, 1), "foster", dt.date(2010, 4, 5), None)
    found = backtest(invented(SEED), lives_of(day, row, other), SEED)
    assert found == Backtest([], {}, [])
