"""How a unit does not fit a child."""

import pytest

from shokibo.care.fit import ABOVE_FOUR, FULL, Need, misfits


@pytest.mark.parametrize("need", [Need(individual_care=True), Need(at_most_four=True)])
@pytest.mark.parametrize(("capacity", "told"), [(3, False), (4, False), (5, True)])
def test_high_needs_ask_for_four_places_at_most(need: Need, capacity: int, told: bool) -> None:
    assert (ABOVE_FOUR in misfits(need, capacity, 0)) is told


@pytest.mark.parametrize(("residents", "told"), [(3, False), (4, True), (5, True)])
def test_a_full_unit_is_told(residents: int, told: bool) -> None:
    assert (FULL in misfits(Need(), 4, residents)) is told


def test_nothing_is_said_of_a_unit_whose_places_are_not_known() -> None:
    assert misfits(Need(individual_care=True), None, 9) == []


def test_a_large_unit_fits_a_child_without_high_needs() -> None:
    assert misfits(Need(), 6, 0) == []
