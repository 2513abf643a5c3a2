"""The forecast whole: its day, nothing of later days, the same courses however it is asked."""

import datetime as dt
from functools import cache

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shokibo.ledger.model import Ledger, ledger_of
from shokibo.need.forecast import Drawn, as_of_default, draw, forecast
from shokibo.need.refusals import NO_RECORD, CannotForecastError
from shokibo.need.scenarios import GROUPS, PLACES, Change, Scenario
from tests.need.lived import NOW, Row, episodes, invented, ledger
from tests.need.test_outlook import record

DAY = dt.date(NOW.year - 10, 9, 14)
"""Within a month: what begins later in the month is not known either."""
LAST = DAY.year + 1


def ledger_with(*rows: Row) -> Ledger:
    return ledger_of({"episodes": episodes(*rows)})


@pytest.mark.parametrize(
    ("started", "ended", "day"),
    [
        (dt.date(2020, 1, 31), None, dt.date(2020, 1, 31)),
        (dt.date(2020, 2, 1), None, dt.date(2020, 2, 29)),
        (dt.date(2020, 1, 5), dt.date(2020, 3, 2), dt.date(2020, 3, 31)),
    ],
)
def test_the_day_is_the_end_of_the_latest_month_with_a_start_or_an_end(
    started: dt.date, ended: dt.date | None, day: dt.date
) -> None:
    born, long_ago = dt.date(2012, 6, 1), dt.date(2015, 1, 1)
    rows = [("C1", born, "foster", long_ago, None), ("C2", born, "foster", started, ended)]
    assert as_of_default(ledger_with(*rows)) == day


def test_without_a_record_there_is_no_day() -> None:
    with pytest.raises(CannotForecastError) as caught:
        as_of_default(ledger_of({}))
    assert caught.value.words is NO_RECORD


# Nothing of later days


@cache
def then() -> tuple[pl.DataFrame, bytes, bytes]:
    """Return what was known on the day, and the course expected and those drawn from it."""
    rows = [
        {**row, "ended_on": row["ended_on"] if row["ended_on"] and row["ended_on"] <= DAY else None}
        for row in invented(1).iter_rows(named=True)
        if row["started_on"] <= DAY
    ]
    known = pl.DataFrame(rows, schema=invented(1).schema)
    return known, *courses_of(known)


def courses_of(rows: pl.DataFrame) -> tuple[bytes, bytes]:
    drawn = draw(ledger_of({"episodes": rows}), DAY, LAST, paths=50, seed=4)
    return drawn.outlook.expected.tobytes(), drawn.courses.tobytes()


later_days = st.dates(DAY + dt.timedelta(days=1), dt.date(DAY.year + 9, 3, 31))
later_rows = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.dates(dt.date(DAY.year - 18, 1, 1), DAY),
        st.sampled_from(PLACES),
        later_days,
    ),
    max_size=30,
)


@settings(max_examples=12, deadline=None)
@given(later_rows, st.lists(st.tuples(st.integers(0, 10**6), later_days), max_size=30))
def test_rows_and_ends_of_later_days_change_nothing(
    begun: list[tuple[int, dt.date, str, dt.date]], ended: list[tuple[int, dt.date]]
) -> None:
    known, expected, drawn = then()
    open_rows = known.with_row_index("n").filter(pl.col("ended_on").is_null())["n"].to_list()
    ends = known["ended_on"].to_list()
    for which, day in ended:
        ends[open_rows[which % len(open_rows)]] = day
    rows = [
        ("131121", f"C{child}", born.replace(day=1), place, day, None)
        for child, born, place, day in begun
    ]
    later = pl.DataFrame(rows, schema=known.schema, orient="row")
    whole = known.with_columns(ended_on=pl.Series(ends, dtype=pl.Date)).vstack(later)
    assert courses_of(whole) == (expected, drawn)


def test_what_came_in_the_end_changes_nothing() -> None:
    assert courses_of(invented(1)) == then()[1:]


def test_the_order_of_the_rows_changes_nothing() -> None:
    known, expected, drawn = then()
    assert courses_of(known.sample(fraction=1, shuffle=True, seed=2)) == (expected, drawn)


# The same courses however they are asked


@cache
def made() -> Drawn:
    return draw(ledger(1), NOW, NOW.year + 2, paths=60, seed=9)


def test_a_nearer_last_year_has_the_same_course_until_then() -> None:
    near = draw(ledger(1), NOW, NOW.year, paths=60, seed=9)
    far = made()
    first, longer = (one.outlook.expected[0].sum(axis=0) for one in (near, far))
    assert first == pytest.approx(longer, rel=1e-3)
    assert near.courses.mean(axis=0)[0] == pytest.approx(far.courses.mean(axis=0)[0], abs=3)


def test_counts_are_the_courses_by_year_and_group() -> None:
    counts = made().counts
    assert list(counts) == [NOW.year, NOW.year + 1, NOW.year + 2]
    for nth, groups in enumerate(counts.values()):
        for group, places in GROUPS.items():
            which = [PLACES.index(place) for place in places]
            assert np.array_equal(groups[group], made().courses[:, nth][:, which].sum(axis=1))


def test_a_scenario_that_changes_nothing_is_the_forecast_itself() -> None:
    same = Scenario("same", dt.date(NOW.year, 4, 1), (Change("entries", "all", factor=1.0),))
    found = forecast(ledger(1), made(), scenarios=[same])
    assert found.scenarios[0].years == found.years
    assert (found.paths, found.seed, found.as_of, found.backtest) == (60, 9, NOW, None)


def test_a_record_is_made_only_where_it_is_asked_for() -> None:
    rows = record(12, first_end=dt.date(2019, 1, 10), latest=dt.date(2021, 5, 1))
    small = ledger_with(*rows)
    drawn = draw(small, dt.date(2021, 5, 31), 2022, paths=20, seed=1)
    found = forecast(small, drawn, backtest=True)
    assert found.backtest is not None
    assert found.backtest.origins == []  # not five years
    assert [one.code for one in forecast(small, drawn, language="en").assumptions] == [
        one.code for one in found.assumptions
    ]
