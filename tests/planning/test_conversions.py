"""Conversions: places that a converted unit has left, and what is told, paid and found of them."""

import datetime as dt

import pytest

from shokibo.law.parameters import national_law
from shokibo.planning.review import review
from tests.builders import Edit, add

from .ledgers import budgets_json, ledger_with, outline_of, plan_findings, plan_json, table

HEADER = "home_id | fiscal_year | action | unit_id | unit_kind | new_function | capacity"


def actions(*lines: str) -> Edit:
    """Put actions of the home h in the place of the plan's, from its fiscal year on."""
    return table("actions", "\n".join([HEADER, *(f"h | {line}" for line in lines)]))


CONVERTED = "2022 | convert | m1 | | high_care | 4"


def main_places(*lines: str) -> list[tuple[int, int, int]]:
    """Return the main building's places and bands of units at the three year ends."""
    (home,) = plan_json(ledger_with(actions(*lines)))["homes"]
    mains = [row["main"] for row in home["rows"]]
    return [(row["capacity"], row["six_or_more"], row["five_to_four"]) for row in mains]


def test_places_left_are_those_of_a_main_unit() -> None:
    assert main_places(CONVERTED) == [(12, 2, 0), (10, 1, 1), (10, 1, 1)]


def test_without_a_capacity_none_are_left() -> None:
    assert main_places("2022 | convert | m1 | | high_care | ") == [(12, 2, 0), (6, 1, 0), (6, 1, 0)]


def test_a_converted_unit_with_places_can_be_changed_and_closed() -> None:
    changed = main_places(CONVERTED, "2023 | change_capacity | m1 | | | 3")
    assert changed[-1] == (9, 1, 0)
    assert main_places(CONVERTED, "2023 | close | m1 | | | ")[-1] == (6, 1, 0)


def test_a_group_home_stays_one() -> None:
    (home,) = plan_json(ledger_with(actions("2022 | convert | g1 | | high_care | 4")))["homes"]
    assert [row["group_homes"]["capacity"] for row in home["rows"]] == [11, 9, 9]


def test_the_initiative_names_the_places() -> None:
    (home,) = plan_json(ledger_with(actions(CONVERTED)))["homes"]
    (reported,) = home["rows"][1]["initiatives"]
    assert reported == {
        "text": "定員6人のユニット1か所を転用する(転用後の機能:ケアニーズの高い児童、定員4人)。",
        "action": "convert",
        "place": "main",
        "count": 1,
        "from": 6,
        "to": 4,
        "label": None,
    }


@pytest.mark.parametrize("capacity", ["0", "-1"])
def test_less_than_one_place_is_no_conversion(capacity: str) -> None:
    line = f"2022 | convert | m1 | | high_care | {capacity}"
    found = plan_findings(ledger_with(actions(line)))
    assert "ACTION_NOT_POSITIVE" in [one.code for one in found]
    assert main_places(line)[-1] == (12, 2, 0)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ((CONVERTED,), []),
        ((CONVERTED, "2023 | change_capacity | m1 | | | 5"), [(2, "capacity", 5)]),
        (("2022 | convert | m1 | | high_care | 5",), [(1, "new_function", 5)]),
        ((CONVERTED, "2023 | convert | m1 | | other | 6"), []),
        (
            ("2022 | convert | m1 | | high_care | 5", "2023 | close | m1 | | | "),
            [(1, "new_function", 5)],
        ),
        (
            ("2022 | open | n | main_unit | | 6", "2022 | convert | n | | high_care | 6"),
            [(2, "new_function", 6)],
        ),
        (("2022 | open | n | main_unit | high_care | 5",), [(1, "capacity", 5)]),
        (("2022 | open | n | main_unit | high_care | 4",), []),
        (
            (
                "2022 | open | n | main_unit | high_care | 4",
                "2023 | change_capacity | n | | | 6",
            ),
            [(2, "capacity", 6)],
        ),
        (("2022 | open | | community_home | high_care | 5",), [(1, "capacity", 5)]),
    ],
)
def test_every_unit_for_high_care_is_looked_at(
    lines: tuple[str, ...], found: list[tuple[int, str, int]]
) -> None:
    over = [
        (one.row, one.column, one.values["capacity"])
        for one in plan_findings(ledger_with(actions(*lines)))
        if one.code == "HIGH_CARE_OVER_FOUR"
    ]
    assert over == found


COST = {"item": "運営費", "account": "扶助費", "timing": "annual", "basis": "converted_unit"}


@pytest.mark.parametrize(
    ("lines", "units"),
    [
        ((CONVERTED,), [0, 1, 1]),
        (("2021 | convert | m1 | | high_care | 4", CONVERTED), [1, 1, 1]),
        (("2021 | convert | m1 | | high_care | 4", "2022 | close | m1 | | | "), [1, 1, 0]),
        (("2021 | convert | m1 | | high_care | ",), [1, 1, 1]),
    ],
)
def test_a_converted_unit_is_paid_for_once_until_it_is_closed(
    lines: tuple[str, ...], units: list[int]
) -> None:
    cost = add("costs", fiscal_year="2021", amount="100", **COST)
    years = budgets_json(ledger_with(actions(*lines), cost))
    paid = [
        sum(line["homes"] for line in year["expenditure"] if line["item"] == "運営費")
        for year in years
    ]
    assert paid == units


def test_a_group_home_of_the_plan_runs_on_with_the_places_left() -> None:
    opened = "2021 | open | n | community_home | | 6"
    for capacity, running in (("4", [1, 1, 1]), ("", [1, 1, 0])):
        converted = f"2022 | convert | n | | high_care | {capacity}"
        years = budgets_json(ledger_with(actions(opened, converted)))
        assert [year["running"] for year in years] == running


@pytest.mark.parametrize(
    ("actual", "result"), [("4", "done"), ("6", "not_done"), ("5", "different")]
)
def test_the_review_looks_for_the_places_left(actual: str, result: str) -> None:
    later = add("capacities", unit_id="m1", effective_from="2022-10-01", capacity=actual)
    ledger = ledger_with(actions(CONVERTED), later)
    day = dt.date(2023, 3, 31)
    (one,) = review(ledger, national_law(), outline_of(ledger), 2022, day, "ja").actions
    assert one.result == result
