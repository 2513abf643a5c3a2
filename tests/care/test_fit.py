"""How a unit does not fit a child."""

import pytest

from shokibo.care.fit import FULL, misfits, most_places


@pytest.mark.parametrize(
    ("individual_care", "at_most_four", "high_care_most", "most"),
    [
        (True, False, 4, 4),
        (True, False, 3, 3),
        (True, False, None, None),
        (False, True, 3, 4),
        (False, True, None, 4),
        (True, True, 3, 3),
        (True, True, 5, 4),
        (False, False, 4, None),
    ],
)
def test_an_assessment_asks_for_places(
    individual_care: bool, at_most_four: bool, high_care_most: int | None, most: int | None
) -> None:
    asked = {"individual_care": individual_care, "at_most_four": at_most_four}
    assert most_places(**asked, high_care_most=high_care_most) == most


@pytest.mark.parametrize(
    ("capacity", "words"), [(3, []), (4, []), (5, ["定員が4人を超えています"])]
)
def test_a_unit_above_the_places_asked_for_does_not_fit(capacity: int, words: list[str]) -> None:
    assert [one.ja for one in misfits(4, capacity, 0)] == words


@pytest.mark.parametrize(("residents", "is_full"), [(3, False), (4, True), (5, True)])
def test_a_full_unit_does_not_fit(residents: int, is_full: bool) -> None:
    assert (FULL in misfits(None, 4, residents)) is is_full


def test_nothing_is_said_of_a_unit_whose_places_are_not_known() -> None:
    assert misfits(4, None, 9) == []


def test_a_large_unit_fits_a_child_without_high_needs() -> None:
    assert misfits(None, 6, 0) == []
