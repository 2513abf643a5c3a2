"""The homes over the years: past year ends from the register, today, the plan's years to come."""

import datetime as dt
from typing import Any

import pytest

from shokibo.law.parameters import national_law
from shokibo.ledger.reading import read_ledger
from shokibo.planning.course import PAST_YEARS, course
from tests.builders import Edit, add, drop, edit

from .ledgers import EXAMPLE, ledger_with, outline_of

TODAY = dt.date(2022, 5, 1)


def rows(*edits: Edit, day: dt.date = TODAY) -> dict[tuple[str, int], dict[str, Any]]:
    """Return the rows of the small plan by what they tell of and their year."""
    result = course(ledger_with(*edits), national_law(), day)
    return {(row["point"], row["fiscal_year"]): row for row in result.iter_rows(named=True)}


def test_past_year_ends_then_today_then_what_is_planned() -> None:
    assert list(rows()) == [
        ("actual", 2019),
        ("actual", 2020),
        ("actual", 2021),
        ("today", 2022),
        ("planned", 2022),
        ("planned", 2023),
    ]


def test_no_more_past_years_than_are_looked_at() -> None:
    result = rows(edit("capacities", "m1", effective_from="1990-04-01"))
    assert sum(point == "actual" for point, _year in result) == PAST_YEARS


def test_what_was_is_the_register_s_and_not_the_plan_s() -> None:
    built = rows(add("capacities", unit_id="g2", effective_from="2021-06-01", capacity="4"))
    assert built["actual", 2020]["branch_group_care"] == 5
    assert built["actual", 2021]["branch_group_care"] == 4
    assert built["today", 2022]["group_capacity"] == 6 + 4


def test_what_is_to_come_is_the_plan_s_year_end() -> None:
    planned = rows()["planned", 2022]
    ends = outline_of(ledger_with()).all.filter(fiscal_year=2022).row(0, named=True)
    for name in ("main_capacity", "group_capacity", "group_count"):
        assert planned[name] == ends[name]
    assert planned["community_home"] == 4 + 4


def test_without_a_plan_there_is_only_what_was_and_is() -> None:
    assert {point for point, _year in rows(drop("plan"), drop("actions"))} == {"actual", "today"}


def test_an_empty_register_has_today_alone() -> None:
    result = rows(*(drop(name) for name in ("capacities", "plan", "actions")))
    ((key, only),) = result.items()
    assert key == ("today", 2022)
    assert (only["total"], only["share"], only["places_per_main_unit"]) == (0, None, None)


@pytest.mark.parametrize(("capacity", "small", "large"), [("6", 2, 0), ("7", 1, 1)])
def test_main_units_by_the_law_s_most(capacity: str, small: int, large: int) -> None:
    result = rows(edit("capacities", "m1", capacity=capacity))["today", 2022]
    assert (result["main_most"], result["main_small"], result["main_large"]) == (6, small, large)


def test_a_unit_of_unknown_capacity_is_neither_small_nor_large() -> None:
    row = rows(drop("capacities", "m1"))["today", 2022]
    assert (row["main_small"], row["main_large"], row["places_per_main_unit"]) == (1, 0, "6.0")


def test_setagaya_as_it_is_printed() -> None:
    result = course(read_ledger(EXAMPLE), national_law(), dt.date(2023, 4, 5))
    last = result.row(-1, named=True)
    assert (last["point"], last["fiscal_year"], last["total"], last["need"]) == (
        "planned",
        2024,
        111,
        113,
    )
    assert (last["share"], last["target_share"]) == ("67.6", "68.1")
