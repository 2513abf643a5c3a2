"""Stays: each begins after the one before, and ends it the day before."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shokibo.care.stays import Ending, Stay, StayError, begin, check_end

DAY = dt.timedelta(days=1)
FIRST = dt.date(2022, 4, 1)
TODAY = dt.date(2022, 6, 1)
HOME = Stay("children_home", FIRST)


def test_the_first_stay_ends_none() -> None:
    assert begin([], HOME, FIRST) is None


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("children_home", "foster", "foster"),
        ("infant_home", "family_home", "foster"),
        ("foster", "family_home", "transfer"),
        ("foster", "children_home", "transfer"),
        ("children_home", "temporary_protection", "transfer"),
    ],
)
def test_a_move_ends_the_stay_the_day_before(before: str, after: str, reason: str) -> None:
    found = begin([Stay(before, FIRST)], Stay(after, FIRST + 10 * DAY), TODAY)
    assert found == Ending(FIRST + 9 * DAY, reason)


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, True), (1, False)])
def test_a_stay_begins_after_the_first_day_of_an_open_one(days: int, refused: bool) -> None:
    new = Stay("foster", FIRST + days * DAY)
    if refused:
        with pytest.raises(StayError, match="overlaps"):
            begin([HOME], new, TODAY)
    else:
        assert begin([HOME], new, TODAY) == Ending(FIRST, "foster")


@pytest.mark.parametrize(("days", "refused"), [(9, True), (10, True), (11, False)])
def test_a_stay_begins_after_the_last_day_of_an_ended_one(days: int, refused: bool) -> None:
    ended = Stay("children_home", FIRST, FIRST + 10 * DAY)
    new = Stay("foster", FIRST + days * DAY)
    if refused:
        with pytest.raises(StayError, match="overlaps"):
            begin([ended], new, TODAY)
    else:
        assert begin([ended], new, TODAY) is None


@pytest.mark.parametrize(("days", "refused"), [(0, False), (1, True)])
def test_a_day_to_come_is_refused(days: int, refused: bool) -> None:
    day = TODAY + days * DAY
    if refused:
        with pytest.raises(StayError, match="has not come"):
            begin([], Stay("foster", day), TODAY)
        with pytest.raises(StayError, match="has not come"):
            check_end(HOME, day, TODAY)
    else:
        assert begin([], Stay("foster", day), TODAY) is None
        check_end(HOME, day, TODAY)


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False)])
def test_a_stay_ends_on_its_first_day_or_later(days: int, refused: bool) -> None:
    if refused:
        with pytest.raises(StayError, match="before it starts"):
            check_end(HOME, FIRST + days * DAY, TODAY)
    else:
        check_end(HOME, FIRST + days * DAY, TODAY)


@given(st.lists(st.tuples(st.sampled_from(["foster", "other"]), st.integers(0, 60))))
def test_stays_that_are_taken_never_overlap(moves: list[tuple[str, int]]) -> None:
    taken: list[Stay] = []
    for place, days in moves:
        new = Stay(place, FIRST + days * DAY)
        try:
            ending = begin(taken, new, TODAY)
        except StayError:
            continue
        if ending is not None:
            taken[-1] = Stay(taken[-1].place, taken[-1].started_on, ending.ended_on)
        taken.append(new)
    lived = [
        day
        for stay in taken
        for day in range(stay.started_on.toordinal(), (stay.ended_on or TODAY).toordinal() + 1)
    ]
    assert len(lived) == len(set(lived))
