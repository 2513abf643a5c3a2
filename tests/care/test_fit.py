"""How a unit does not fit a child."""

import datetime as dt

import pytest

from shokibo.care.fit import FULL, UnitRule, age_on, misfits, most_places, rule_misfits


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


def test_nothing_is_reported_of_a_unit_of_unknown_places() -> None:
    assert misfits(4, None, 9) == []


def test_a_large_unit_fits_a_child_without_high_needs() -> None:
    assert misfits(None, 6, 0) == []


@pytest.mark.parametrize(("age", "words"), [(5, "6歳以上"), (6, ""), (12, ""), (13, "12歳以下")])
def test_a_unit_takes_children_of_its_ages(age: int, words: str) -> None:
    found = [one.ja for one in rule_misfits(UnitRule(age_from=6, age_to=12), None, age)]
    assert found == ([f"{words}を受け入れます"] if words else [])


@pytest.mark.parametrize(
    ("gender", "words"),
    [
        ("girl", []),
        ("boy", ["女子だけを受け入れます"]),
        (None, ["女子だけを受け入れますが、児童の性別の記録がありません"]),
    ],
)
def test_a_unit_takes_girls_only(gender: str | None, words: list[str]) -> None:
    assert [one.ja for one in rule_misfits(UnitRule(gender="girl"), gender, 9)] == words


def test_a_unit_without_a_rule_takes_any_child() -> None:
    assert list(rule_misfits(UnitRule(), None, 0)) == []


@pytest.mark.parametrize(("month", "age"), [(5, 9), (6, 10), (7, 10)])
def test_age_is_of_the_month(month: int, age: int) -> None:
    assert age_on(dt.date(2012, 6, 1), dt.date(2022, month, 1)) == age
