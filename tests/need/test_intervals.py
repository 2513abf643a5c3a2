"""Intervals of whole children, and their score."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shokibo.need.intervals import LEVELS, interval, interval_score


@pytest.mark.parametrize(("level", "ends"), [(50, (26, 75)), (80, (11, 90)), (95, (3, 97))])
def test_of_a_hundred_numbers(level: int, ends: tuple[int, int]) -> None:
    low, high = interval(np.arange(1, 101), level)
    assert high - low + 1 == pytest.approx(level, abs=1)
    assert (low, high) == pytest.approx(ends, abs=1)


def test_with_few_values_the_nearest_share_counts() -> None:
    # 0 holds 70 of 100, 0 and 1 hold 95: 80 is nearer to 70
    drawn = np.repeat([0, 1, 2], [70, 25, 5])
    assert interval(drawn, 80) == (0, 0)
    assert interval(drawn, 95) == (0, 1)


def test_all_the_same_is_one_number() -> None:
    assert [interval(np.full(50, 7), level) for level in LEVELS] == [(7, 7)] * 3


@given(st.lists(st.integers(0, 40), min_size=30, max_size=300))
def test_a_wider_level_holds_as_many(values: list[int]) -> None:
    drawn = np.array(values)
    held = []
    for level in LEVELS:
        low, high = interval(drawn, level)
        assert drawn.min() <= low <= high <= drawn.max()
        held.append(((drawn >= low) & (drawn <= high)).sum())
    assert held == sorted(held)


def test_the_score_of_a_case_by_hand() -> None:
    # |12 - 10| / 2, then 0.5/2 x 4 + 0, 0.2/2 x 8 + 0, 0.05/2 x 12 + 0, over three and a half
    ends = {50: (8, 12), 80: (6, 14), 95: (4, 16)}
    assert interval_score(10, ends, 12) == pytest.approx((1 + 1 + 0.8 + 0.3) / 3.5)
    # outside all three by 8, 6 and 4
    outside = (5 + 1 + 8 + 0.8 + 6 + 0.3 + 4) / 3.5
    assert interval_score(10, ends, 20) == pytest.approx(outside)
