"""Rates: small cells lean on the pooled ones, large ones keep their own."""

import numpy as np
import pytest

from shokibo.need.lives import END, OUTSIDE, STEPS
from shokibo.need.rates import rates
from shokibo.need.scenarios import PLACES
from shokibo.need.smoothing import Effects, one_hot, smooth
from tests.need.lived import invented_lives, random


def two_groups(events: tuple[int, int], trials: tuple[int, int]) -> np.ndarray:
    """Fit two groups' probabilities."""
    groups = np.arange(2)
    effects = [Effects(np.ones((2, 1)), 2.0), Effects(one_hot(groups), 0.3, 2)]
    fitted = smooth(effects, np.array(events), np.array(trials, dtype=float), "binomial")
    share: np.ndarray = 1 / (1 + np.exp(-fitted.centre))
    return share


def test_a_large_group_keeps_its_own_rate() -> None:
    assert two_groups((1000, 4000), (10_000, 10_000)) == pytest.approx([0.1, 0.4], rel=0.02)


def test_a_small_group_leans_on_the_pooled_rate() -> None:
    large, small = two_groups((1000, 2), (10_000, 5))
    assert large == pytest.approx(0.1, rel=0.02)
    assert 0.1 < small < 0.25  # not the 0.4 of two in five


def test_a_group_without_data_has_the_pooled_rate() -> None:
    assert two_groups((1000, 0), (10_000, 0)) == pytest.approx([0.1, 0.1], rel=0.05)


def test_a_rate_is_exact_where_there_is_one_group_with_much_data() -> None:
    effects = [Effects(np.ones((1, 1)), 100.0)]
    fitted = smooth(effects, np.array([250]), np.array([10.0]), "poisson")
    assert np.exp(fitted.centre) == pytest.approx([25], rel=1e-4)
    assert fitted.variance == pytest.approx([1 / 250], rel=1e-3)


def test_codes_below_zero_have_no_column() -> None:
    assert one_hot(np.array([0, -1, 2])).tolist() == [[1, 0], [0, 0], [0, 1]]


def test_departures_expected_are_those_that_were() -> None:
    found = invented_lives(1)
    leaving = rates(found, 1).expected.moving[0, :, :END, :, :].sum(axis=-1)
    expected = (found.exposure[:, :END] * leaving).sum()
    assert expected == pytest.approx(found.departures.sum(), rel=0.03)


def test_entries_expected_are_near_those_that_were() -> None:
    found = invented_lives(1)
    made = rates(found, 5).expected.entering
    a_year = found.entries.sum() / found.years.sum()
    assert made.shape[1] == 5
    assert made[0, 0].sum() * 12 == pytest.approx(a_year, rel=0.35)


def test_nobody_moves_to_where_it_is_and_all_leave_in_the_end() -> None:
    chances = rates(invented_lives(1), 1).drawn(random(), 20).moving
    for place in range(len(PLACES)):
        assert not chances[:, place, ..., place].any()
    assert (chances[:, :, STEPS.index("end"), :, OUTSIDE] == 1).all()
    assert (chances.sum(axis=-1) <= 1 + 1e-12).all()


def test_drawn_rates_lie_around_the_expected_ones() -> None:
    made = rates(invented_lives(1), 2)
    drawn, expected = made.drawn(random(), 4000), made.expected
    entering = drawn.entering.sum(axis=(2, 3)).mean(axis=0)
    assert entering == pytest.approx(expected.entering[0].sum(axis=(1, 2)), rel=0.03)
    home = drawn.moving[:, 0, STEPS.index("primary"), 2].sum(axis=-1)
    assert home.mean() == pytest.approx(
        expected.moving[0, 0, STEPS.index("primary"), 2].sum(), rel=0.05
    )
    assert home.std() > 0
