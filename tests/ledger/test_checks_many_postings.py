"""Postings of one person: few against the pairwise answer, and many one after the other."""

import datetime as dt
from fractions import Fraction
from itertools import combinations
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from shokibo.ledger import limits
from shokibo.ledger.checks import overlapping_postings
from shokibo.ledger.model import Ledger, ledger_of
from shokibo.ledger.raw import ROW

DAYS = st.none() | st.integers(0, 6).map(lambda n: dt.date(2022, 4, 1) + dt.timedelta(n))
POSTINGS = st.lists(
    st.fixed_dictionaries(
        {
            "staff_id": st.sampled_from(["x", "y"]),
            "started_on": DAYS,
            "ended_on": DAYS,
            "weekly_hours": st.integers(1, 4),
            "full_time_weekly_hours": st.integers(3, 4),
        }
    ),
    max_size=7,
)


def _ledger(postings: list[dict[str, Any]]) -> Ledger:
    schema = {
        "staff_id": pl.String,
        "started_on": pl.Date,
        "ended_on": pl.Date,
        "weekly_hours": pl.Int64,
        "full_time_weekly_hours": pl.Int64,
    }
    rows = pl.DataFrame(postings, schema).with_columns(
        home_id=pl.lit("h"),
        employment=pl.lit("part_time"),
        dedicated=pl.lit(False),
    )
    return ledger_of({"staff": rows})


def _share_a_day(one: dict[str, Any], other: dict[str, Any]) -> bool:
    def no_later(first: dt.date | None, last: dt.date | None) -> bool:
        return first is None or last is None or first <= last

    return no_later(one["started_on"], other["ended_on"]) and no_later(
        other["started_on"], one["ended_on"]
    )


def _is_over(postings: list[dict[str, Any]], day: dt.date) -> bool:
    """Say whether more than one full-timer is posted on a day, in two postings or more."""
    held = [
        one
        for one in postings
        if (one["started_on"] or dt.date.min) <= day <= (one["ended_on"] or dt.date.max)
    ]
    total = sum(Fraction(one["weekly_hours"], one["full_time_weekly_hours"]) for one in held)
    return len(held) > 1 and total > 1


@given(POSTINGS)
def test_pairs_are_all_that_share_a_day(postings: list[dict[str, Any]]) -> None:
    found = overlapping_postings._pairs(_ledger(postings)).select(f"other_{ROW}", ROW).rows()
    every = combinations(enumerate(postings, start=1), 2)
    assert sorted(found) == [
        (number, other)
        for (number, one), (other, two) in every
        if one["staff_id"] == two["staff_id"] and _share_a_day(one, two)
    ]


@given(POSTINGS)
def test_full_time_is_exceeded_once_for_each_time_that_it_is(
    postings: list[dict[str, Any]],
) -> None:
    own = [{**one, "staff_id": "x"} for one in postings]
    ledger = _ledger(own)
    found = overlapping_postings._hours_at_once(ledger, ledger["staff"])
    before = dt.date(2022, 3, 31)
    days = [before + dt.timedelta(number) for number in range(9)]
    over = [_is_over(own, day) for day in days]
    begins = [
        day
        for day, now, earlier in zip(days, over, [False, *over], strict=False)
        if now and not earlier
    ]
    assert [one.values["day"] for one in found] == [
        None if day == before else day.isoformat() for day in begins
    ]


def test_five_thousand_postings_one_after_the_other_make_no_pair_but_the_last() -> None:
    begin = dt.date(2000, 4, 1)
    days = [begin + dt.timedelta(2 * n) for n in range(5_000)]
    hours = {"staff_id": "x", "weekly_hours": 3, "full_time_weekly_hours": 4}
    postings = [{**hours, "started_on": day, "ended_on": day} for day in days]
    postings.append({**hours, "started_on": days[-2], "ended_on": days[-1]})
    ledger = _ledger(postings)
    assert overlapping_postings._pairs(ledger).height == 2
    found = {(one.code, one.row) for one in overlapping_postings.postings_at_once(ledger)}
    assert ("POSTING_OVERLAPS", 5_001) in found
    assert {row for code, row in found if code == "OVER_FULL_TIME"} == {5_000, 5_001}


def test_of_a_thousand_overlapping_postings_each_is_in_a_pair_but_not_every_pair_is_listed() -> (
    None
):
    posting = {"staff_id": "x", "weekly_hours": 1, "full_time_weekly_hours": 4}
    pairs = overlapping_postings._pairs(_ledger([posting] * 1_000))
    assert limits.MAX_ALIKE < pairs.height < 2 * limits.MAX_ALIKE
    assert {*pairs[ROW], *pairs[f"other_{ROW}"]} == set(range(1, 1_001))
