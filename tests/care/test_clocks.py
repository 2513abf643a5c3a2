"""Clocks of a child: their days by rule and boundary, and a replay of random lives day by day."""

import calendar
import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shokibo.care import clocks
from shokibo.care.clocks import Clock, Protection, Review, end_of_months
from shokibo.law.parameters import national_law

LAW = national_law()
DAY = dt.timedelta(days=1)
START = dt.date(2025, 6, 1)


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2025-06-01", 2, "2025-07-31"),
        ("2025-06-02", 2, "2025-08-01"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-12-30", 2, "2026-02-28"),
        ("2025-12-29", 2, "2026-02-28"),
        ("2025-12-28", 2, "2026-02-27"),
        ("2023-12-30", 2, "2024-02-29"),
        ("2023-12-29", 2, "2024-02-28"),
        ("2025-11-01", 2, "2025-12-31"),
        ("2025-06-15", 4, "2025-10-14"),
    ],
)
def test_a_period_of_months_ends_before_the_day_of_the_same_number(
    start: str, months: int, last: str
) -> None:
    assert end_of_months(dt.date.fromisoformat(start), months) == dt.date.fromisoformat(last)


def running(protection: Protection, what: str) -> list[Clock]:
    found = clocks.protection_clocks(protection, LAW)
    return [clock for clock in found if clock.what == what]


def test_seven_days_count_the_first() -> None:
    (clock,) = running(Protection(START), clocks.WARRANT)
    assert (clock.runs_from, clock.due, clock.met_on) == (START, dt.date(2025, 6, 7), None)


def test_before_the_amendment_no_warrant_is_asked_for() -> None:
    assert running(Protection(START - DAY), clocks.WARRANT) == []
    assert running(Protection(START - DAY), clocks.PROLONGATION) != []


def test_before_any_parameter_no_clock_runs() -> None:
    assert list(clocks.protection_clocks(Protection(dt.date(2019, 3, 31)), LAW)) == []


@pytest.mark.parametrize("met", ["consent_on", "warrant_asked_on", "ended_on"])
def test_the_warrant_s_clock_is_met_by_consent_by_asking_or_by_the_end(met: str) -> None:
    day = START + 3 * DAY
    (clock,) = running(replace(Protection(START), **{met: day}), clocks.WARRANT)
    assert clock.met_on == day
    assert [clock.is_open(day + at * DAY) for at in (-4, -3, -1, 0, 1)] == [
        *(False, True, True),
        *(False, False),
    ]


@pytest.mark.parametrize(
    ("prolonged_on", "dues"),
    [
        (None, ["2025-07-31"]),
        ("2025-07-31", ["2025-07-31", "2025-09-30"]),
        ("2025-08-01", ["2025-09-30", "2025-11-30"]),
        ("2025-09-30", ["2025-09-30", "2025-11-30"]),
    ],
)
def test_each_prolongation_begins_the_next_two_months(
    prolonged_on: str | None, dues: list[str]
) -> None:
    day = dt.date.fromisoformat(prolonged_on) if prolonged_on else None
    found = running(Protection(START, prolonged_on=day), clocks.PROLONGATION)
    assert [clock.due.isoformat() for clock in found] == dues
    assert [clock.met_on for clock in found] == [day, None][-len(dues) :]


def test_a_review_is_met_by_the_next_of_its_kind_or_with_its_end() -> None:
    first = Review("policy", START, START + 30 * DAY)
    second = Review("policy", START + 20 * DAY, START + 90 * DAY, ended_on=START + 40 * DAY)
    undated = Review("backing", START, None)
    found = list(clocks.review_clocks([second, undated, first]))
    assert [(clock.due, clock.met_on) for clock in found] == [
        (START + 30 * DAY, START + 20 * DAY),
        (START + 90 * DAY, START + 40 * DAY),
    ]


@st.composite
def protections(draw: st.DrawFn) -> Protection:
    start = dt.date(2025, 5, 20) + draw(st.integers(0, 60)) * DAY
    days = [draw(st.none() | st.integers(0, 200)) for _ in range(4)]
    ended, consent, asked, prolonged = (None if n is None else start + n * DAY for n in days)
    return Protection(start, ended, consent, asked, prolonged)


def known_on(life: Protection, day: dt.date) -> Protection:
    """Forget what comes after a day."""

    def known(one: dt.date | None) -> dt.date | None:
        return one if one is not None and one <= day else None

    return Protection(
        life.started_on,
        known(life.ended_on),
        known(life.consent_on),
        known(life.warrant_asked_on),
        known(life.prolonged_on),
    )


def replayed(life: Protection, day: dt.date) -> set[tuple[str, dt.date]]:
    """Say what is open at the end of a day, counting from the first day in periods."""
    if day < life.started_on or (life.ended_on is not None and life.ended_on <= day):
        return set()
    done = [life.consent_on, life.warrant_asked_on]
    found: set[tuple[str, dt.date]] = set()
    if life.started_on >= START and not any(one is not None and one <= day for one in done):
        found.add(("warrant", life.started_on + 6 * DAY))
    ends = [_two_months(life.started_on, times) for times in range(1, 8)]
    begins = [life.started_on, *(end + DAY for end in ends)]
    prolonged = life.prolonged_on if life.prolonged_on and life.prolonged_on <= day else None
    settled = (
        next(at for at, end in enumerate(ends) if prolonged and prolonged <= end)
        if prolonged
        else -1
    )
    if begins[settled + 1] <= day:
        found.add(("prolongation", ends[settled + 1]))
    return found


def _two_months(start: dt.date, times: int) -> dt.date:
    """Count months on a calendar's pages: until the day before the same day of the month."""
    year, month = start.year, start.month
    for _ in range(2 * times):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    length = calendar.monthrange(year, month)[1]
    if start.day > length:
        return dt.date(year, month, length)
    return dt.date(year, month, start.day) - DAY


@given(protections(), st.integers(0, 250))
def test_the_clocks_of_a_day_are_those_of_an_independent_replay(
    life: Protection, days: int
) -> None:
    day = life.started_on + days * DAY
    found = clocks.protection_clocks(known_on(life, day), LAW)
    open_now = {(clock.what, clock.due) for clock in found if clock.is_open(day)}
    assert open_now == replayed(life, day)
