"""Stays without their days: what is counted by fiscal year stays as it was."""

import datetime as dt
from collections import Counter
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shokibo.calendar import fiscal_year_end, fiscal_year_of
from shokibo.care.anonymous import birth_in_year, spread
from shokibo.care.stays import Stay
from shokibo.ledger.tables import CARE_PLACES
from shokibo.need.backtest import origins_of
from shokibo.need.lives import STEPS, month_of, step_band
from shokibo.need.lives import lives as need_lives
from shokibo.need.outlook import of_group, outlook
from tests.need import lived as need

D, DAY = dt.date, dt.timedelta(days=1)
PLACES = ("children_home", "foster", "temporary_protection")


@st.composite
def lives(draw: st.DrawFn) -> list[Stay]:
    """Return the ended stays of a child, some of which follow each other on the next day."""
    day, found = draw(st.dates(D(2005, 4, 1), D(2008, 3, 31))), list[Stay]()
    for place in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=8)):
        day += draw(st.one_of(st.just(0), st.integers(1, 500))) * DAY if found else 0 * DAY
        last = day + draw(st.integers(0, 900)) * DAY
        if draw(st.booleans()):
            last = fiscal_year_end(fiscal_year_of(last))
        found.append(Stay(place, day, last))
        day = last + DAY
    return found


def counted(stays: list[Stay]) -> Counter[tuple[int, str]]:
    """Count by place who is there at each fiscal year's end."""
    ends = [fiscal_year_end(year) for year in range(2004, 2040)]
    return Counter(
        (day.year, stay.place)
        for stay in stays
        for day in ends
        if stay.ended_on and stay.started_on <= day <= stay.ended_on
    )


@given(lives())
def test_what_a_year_counts_stays(stays: list[Stay]) -> None:
    left = spread(stays)
    assert counted(left) == counted(stays)
    for before, after in zip(stays, left, strict=True):
        assert after.place == before.place
        assert before.ended_on
        assert after.ended_on
        assert fiscal_year_of(after.started_on) == fiscal_year_of(before.started_on)
        assert fiscal_year_of(after.ended_on) == fiscal_year_of(before.ended_on)
        assert after.started_on <= after.ended_on
    for pair, left_pair in zip(pairwise(stays), pairwise(left), strict=True):
        (one, two), (left_one, left_two) = pair, left_pair
        assert one.ended_on
        assert left_one.ended_on
        assert left_one.ended_on < left_two.started_on
        follows = one.ended_on + DAY == two.started_on
        assert (left_one.ended_on + DAY == left_two.started_on) is follows


def test_the_year_of_a_day_is_found_from_the_day_alone() -> None:
    def left(first: dt.date, second: dt.date, last: dt.date) -> list[Stay]:
        return spread([Stay("foster", first, second - DAY), Stay("other", second, last)])

    here = left(D(2020, 4, 2), D(2020, 5, 9), D(2022, 11, 3))
    assert left(D(2020, 8, 17), D(2021, 3, 30), D(2022, 4, 1)) == here
    assert [stay.started_on for stay in here] == [D(2020, 7, 31), D(2020, 11, 30)]


@given(lives())
def test_nothing_is_left_to_spread(stays: list[Stay]) -> None:
    assert spread(spread(stays)) == spread(stays)


@given(st.dates(D(1995, 4, 1), D(2015, 3, 31)), st.integers(0, 240))
def test_the_bands_of_the_school_s_years_stay(born: dt.date, months: int) -> None:
    birth = born.replace(day=1)
    month = month_of(birth) + months
    left = month_of(birth_in_year(birth))
    before, after = (int(step_band(one, month)) for one in (month_of(birth), left))  # type: ignore[arg-type]
    young = STEPS.index("preschool")
    assert before == after or min(before, after) <= young


def test_a_stay_that_lasts_is_not_left() -> None:
    with pytest.raises(ValueError, match="Stay"):
        spread([Stay("foster", D(2020, 4, 1))])


# The forecast and its record


def anonymous(episodes: pl.DataFrame) -> pl.DataFrame:
    """Put what is left of every child whose care has ended in place of its episodes."""
    left = []
    for _code, rows in episodes.sort("child_code", "started_on").group_by("child_code"):
        of_child = list(rows.iter_rows(named=True))
        stays = [Stay(row["place"], row["started_on"], row["ended_on"]) for row in of_child]
        if all(stay.ended_on for stay in stays):
            of_child = [
                row
                | {"started_on": stay.started_on, "ended_on": stay.ended_on}
                | {"birth_month": birth_in_year(row["birth_month"])}
                for row, stay in zip(of_child, spread(stays), strict=True)
            ]
        left += of_child
    return pl.DataFrame(left, schema=episodes.schema)


@given(st.lists(lives(), min_size=1, max_size=6))
def test_the_forecast_starts_from_the_same_children(children: list[list[Stay]]) -> None:
    born = D(2000, 7, 1)
    record = need.episodes(
        *(
            (str(at), born, stay.place, stay.started_on, stay.ended_on)
            for at, stays in enumerate(children)
            for stay in stays
        )
    )
    now = D(2045, 3, 31)
    before, after = (need_lives(one, now) for one in (record, anonymous(record)))
    for year in range(2005, 2045):
        month = month_of(fiscal_year_end(year))
        counts = [
            list(one.count(month)) if one else [0] * len(CARE_PLACES) for one in (before, after)
        ]
        assert counts[0] == counts[1]


def test_what_a_back_test_compares_stays_and_what_is_forecast_nearly() -> None:
    """Days within a year move, and with them rates by month: this is how far, at the worst."""
    record, left = need.invented(1), anonymous(need.invented(1))
    before, after = (
        need.lives_of(need.NOW, *one.select(*need.COLUMNS).iter_rows()) for one in (record, left)
    )
    assert origins_of(before) == origins_of(after) != ()
    first = fiscal_year_of(need.NOW) + 1
    for year in range(fiscal_year_of(origins_of(before)[0]), first):
        month = month_of(fiscal_year_end(year))
        assert list(before.count(month)) == list(after.count(month))
    expected = [outlook(one, need.NOW, first + 3).expected.sum(axis=1) for one in (record, left)]
    for group in ("all", "in_homes", "foster_care"):
        was, now = (np.array([of_group(year, group) for year in one]) for one in expected)
        assert 0 < np.abs(now / was - 1).max() < 0.06
