"""Full-time equivalents of weeks of any length: exact whatever their common multiple."""

from fractions import Fraction

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from shokibo.law.fte import full_time_equivalents
from shokibo.rounding import half_up

SCHEMA = {
    "unit_row": pl.UInt32,
    "qualified": pl.Boolean,
    "leave_by_default": pl.Boolean,
    "missing": pl.Boolean,
    "seconds": pl.Int64,
    "whole": pl.Int64,
}
Posting = tuple[int, bool, bool, bool, int, int]
USUAL = (135_000, 139_500, 144_000)
ODD = (107_999, 115_001, 123_457, 131_071, 135_007, 139_999)  # their multiple exceeds 64 bits
ALMOST = (2_281_782, 3_193_707, 62_761)  # 60 of their multiple don't exceed 64 bits, but 61 do


@st.composite
def a_posting(draw: st.DrawFn, weeks: tuple[int, ...]) -> Posting:
    whole = draw(st.sampled_from(weeks))
    unit, missing = draw(st.integers(1, 3)), draw(st.integers(0, 5)) == 0
    seconds = 0 if missing else draw(st.integers(0, whole))
    return unit, draw(st.booleans()), draw(st.booleans()), missing, seconds, whole


def exactly(postings: list[Posting]) -> int | None:
    if any(missing for _, _, _, missing, _, _ in postings):
        return None
    return int(half_up(10 * sum((Fraction(s, whole) for *_, s, whole in postings), Fraction())))


@given(st.sampled_from([USUAL, ODD]).flatmap(lambda weeks: st.lists(a_posting(weeks))))
@example([(1, True, False, False, 1, whole) for whole in ODD])
@example([(1, True, False, False, whole, whole) for whole in ALMOST])
def test_postings_add_up_exactly_and_are_rounded_once(postings: list[Posting]) -> None:
    found = full_time_equivalents(pl.DataFrame(postings, SCHEMA, orient="row"))
    expected = []
    for unit in sorted({posting[0] for posting in postings}):
        of_unit = [posting for posting in postings if posting[0] == unit]
        qualified = [posting for posting in of_unit if posting[1]]
        default = any(posting[2] for posting in of_unit)
        expected.append((unit, default, exactly(of_unit), exactly(qualified)))
    assert found.rows() == expected
