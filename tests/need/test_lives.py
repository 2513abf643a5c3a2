"""Episodes as lives: who is where at a month's end, for how long, and what came next."""

import datetime as dt

import numpy as np
import pytest

from shokibo.need.lives import (
    AGES,
    OUTSIDE,
    PHASES,
    STEPS,
    age_band,
    last_whole_month,
    lives,
    month_of,
    phase,
    step_band,
)
from shokibo.need.scenarios import PLACES
from tests.need.lived import episodes, invented, invented_lives, lives_of

HOME, INFANT, FOSTER = (PLACES.index(one) for one in ("children_home", "infant_home", "foster"))
BORN = dt.date(2010, 6, 1)
AS_OF = dt.date(2020, 6, 30)


def month(year: int, number: int) -> int:
    return month_of(dt.date(year, number, 1))


def step(year: int, number: int, born: dt.date) -> str:
    return STEPS[int(step_band(np.array(month_of(born)), np.array(month(year, number))))]


def age(year: int, number: int, born: dt.date) -> str:
    return AGES[int(age_band(np.array(month_of(born)), np.array(month(year, number))))]


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (dt.date(2020, 6, 29), (2020, 5)),
        (dt.date(2020, 6, 30), (2020, 6)),
        (dt.date(2020, 7, 1), (2020, 6)),
        (dt.date(2020, 12, 31), (2020, 12)),
    ],
)
def test_a_forecast_begins_at_the_last_month_that_has_ended(
    day: dt.date, last: tuple[int, int]
) -> None:
    assert last_whole_month(day) == month(*last)


@pytest.mark.parametrize(
    ("year", "number", "band"),
    [
        (2011, 5, "under_1"),
        (2011, 6, "from_1_to_2"),
        (2013, 5, "from_1_to_2"),
        (2013, 6, "preschool"),
        (2017, 3, "preschool"),
        (2017, 4, "primary"),
        (2023, 3, "primary"),
        (2023, 4, "junior_high"),
        (2026, 3, "junior_high"),
        (2026, 4, "senior_high"),
        (2029, 3, "senior_high"),
        (2029, 4, "after"),
    ],
)
def test_age_runs_by_birthdays_and_then_by_school_years(year: int, number: int, band: str) -> None:
    assert age(year, number, BORN) == band


def test_a_child_born_in_march_is_a_school_year_ahead_of_one_born_in_april() -> None:
    assert age(2017, 4, dt.date(2010, 4, 1)) == "primary"
    assert age(2017, 4, dt.date(2011, 3, 1)) == "primary"
    assert age(2017, 4, dt.date(2011, 4, 1)) == "preschool"


@pytest.mark.parametrize(
    ("year", "number", "band"),
    [
        (2029, 1, "senior_high"),
        (2029, 2, "last_march"),
        (2029, 3, "last_april"),
        (2029, 4, "after"),
        (2030, 2, "later_march"),
        (2030, 3, "later_april"),
        (2032, 3, "later_april"),
        (2033, 2, "later_march"),
        (2033, 3, "end"),
        (2033, 4, "end"),
    ],
)
def test_the_springs_from_18_stand_on_their_own(year: int, number: int, band: str) -> None:
    assert step(year, number, BORN) == band


def test_phases_begin_after_six_and_after_twenty_four_months() -> None:
    assert phase(np.array([0, 5, 6, 23, 24, 100])).tolist() == [0, 0, 1, 1, 2, 2]


def test_the_last_day_is_a_day_there() -> None:
    found = lives_of(
        AS_OF,
        ("C1", BORN, "foster", dt.date(2019, 1, 31), dt.date(2019, 3, 31)),
        ("C2", BORN, "foster", dt.date(2019, 1, 31), dt.date(2019, 3, 30)),
    )
    assert found.first.tolist() == [month(2019, 1)] * 2
    assert found.last.tolist() == [month(2019, 3), month(2019, 2)]
    assert [int(found.count(month(2019, m))[FOSTER]) for m in (1, 2, 3, 4)] == [2, 2, 1, 0]


def test_a_stay_without_a_month_end_is_left_aside() -> None:
    row = ("C1", BORN, "foster", dt.date(2019, 1, 2), dt.date(2019, 1, 30))
    assert lives(episodes(row), AS_OF) is None


@pytest.mark.parametrize("next_day", [dt.date(2019, 3, 10), dt.date(2019, 3, 11)])
def test_a_move_ends_one_stay_and_begins_another(next_day: dt.date) -> None:
    found = lives_of(
        AS_OF,
        ("C1", BORN, "foster", dt.date(2019, 1, 5), dt.date(2019, 3, 10)),
        ("C1", BORN, "children_home", next_day, None),
    )
    assert found.destination.tolist() == [HOME, OUTSIDE]
    assert found.origin.tolist() == [OUTSIDE, FOSTER]
    assert found.last.tolist() == [month(2019, 2), found.now]
    assert found.present.tolist() == [False, True]


def test_another_home_of_the_same_kind_is_the_same_stay() -> None:
    found = lives_of(
        AS_OF,
        ("C1", BORN, "children_home", dt.date(2018, 1, 5), dt.date(2019, 3, 10)),
        ("C1", BORN, "children_home", dt.date(2019, 3, 11), None),
    )
    assert found.first.tolist() == [month(2018, 1)]


def test_who_comes_back_has_left_and_come_again() -> None:
    found = lives_of(
        AS_OF,
        ("C1", BORN, "foster", dt.date(2018, 1, 5), dt.date(2018, 6, 10)),
        ("C1", BORN, "foster", dt.date(2019, 2, 11), None),
    )
    assert found.destination.tolist() == [OUTSIDE, OUTSIDE]
    assert found.entries.sum() == 1  # the first was there when the record begins


def test_of_two_places_at_a_month_end_the_later_counts() -> None:
    found = lives_of(
        AS_OF,
        ("C1", BORN, "foster", dt.date(2019, 1, 5), dt.date(2019, 3, 31)),
        ("C1", BORN, "infant_home", dt.date(2019, 3, 31), None),
    )
    assert found.count(month(2019, 3)).tolist() == np.eye(6, dtype=int)[INFANT].tolist()


def test_what_comes_later_is_not_known() -> None:
    rows = (
        ("C1", BORN, "foster", dt.date(2018, 1, 5), dt.date(2018, 6, 10)),
        ("C2", BORN, "foster", dt.date(2019, 2, 11), dt.date(2020, 7, 1)),
        ("C3", BORN, "foster", dt.date(2020, 7, 1), None),
    )
    found = lives_of(AS_OF, *rows)
    assert (found.episodes, found.children, found.latest_day) == (2, 2, dt.date(2019, 2, 11))
    assert found.count(found.now)[FOSTER] == 1


def test_exposure_and_departures_are_counted_by_cell() -> None:
    found = lives_of(
        AS_OF,
        ("C0", BORN, "other", dt.date(2015, 1, 1), dt.date(2015, 2, 1)),
        ("C1", BORN, "foster", dt.date(2016, 1, 5), dt.date(2018, 6, 10)),
    )
    primary, preschool = STEPS.index("primary"), STEPS.index("preschool")
    # months' ends from January 2016 to May 2018, of which those before April 2017 are preschool
    assert found.exposure[FOSTER, preschool].tolist() == [6, 9, 0]
    assert found.exposure[FOSTER, primary].tolist() == [0, 9, 5]
    assert found.departures[FOSTER].sum() == 1
    assert found.departures[FOSTER, primary, 2, OUTSIDE] == 1


def test_entries_are_counted_back_from_now_in_years_of_twelve_months() -> None:
    found = lives_of(
        AS_OF,
        ("C0", BORN, "other", dt.date(2017, 12, 1), dt.date(2018, 2, 1)),
        ("C1", BORN, "foster", dt.date(2019, 6, 30), None),
        ("C2", BORN, "foster", dt.date(2019, 7, 1), None),
        ("C3", BORN, "foster", dt.date(2018, 3, 1), None),
    )
    assert found.entries.sum(axis=(1, 2)).tolist() == [1, 1, 1]
    assert found.years.tolist() == pytest.approx([4 / 12, 1, 1])


def test_everybody_counted_is_there_or_has_left() -> None:
    found = invented_lives(1)
    stays = len(found.birth)
    ended_before = int((found.last < found.since).sum())
    assert ended_before + found.departures.sum() + found.present.sum() == stays
    lengths = np.minimum(found.last, found.now - 1) - np.maximum(found.first, found.since) + 1
    assert found.exposure.sum() == lengths.clip(0).sum()
    assert found.exposure.shape == (len(PLACES), len(STEPS), len(PHASES))
    assert found.episodes == invented(1).height
