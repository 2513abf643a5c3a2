"""P1: where the homes stand on a day."""

import datetime as dt
from typing import Any

import pytest

from shokibo.answers import plain
from shokibo.planning.status import status_on
from tests.builders import Edit, add, all_of, drop, edit

from .ledgers import ledger_with, table

DAY = dt.date(2021, 9, 30)
ANOTHER_HOME = add("homes", home_id="k", name="隣園", operator="架空会", authority_code="990001")


def status(*edits: Edit, day: dt.date = DAY) -> dict[str, Any]:
    """Return the status of the small plan's homes as the command line prints it."""
    printed: dict[str, Any] = plain(status_on(ledger_with(*edits), day))
    return printed


def places(part: dict[str, Any]) -> tuple[int, int, int]:
    """Return the places in the main building, in group homes, and together."""
    return part["main_capacity"], part["group_home_capacity"], part["total"]


def test_units_by_capacity_largest_first() -> None:
    (home,) = status(edit("capacities", "m2", capacity="8"))["homes"]
    assert home["main_units"] == [{"capacity": 8, "units": 1}, {"capacity": 6, "units": 1}]
    assert home["group_homes"] == [{"capacity": 6, "units": 1}, {"capacity": 5, "units": 1}]
    assert places(home) == (14, 11, 25)


def test_all_homes_are_added_up() -> None:
    more = all_of(
        ANOTHER_HOME,
        add("units", unit_id="k1", home_id="k", name="家", kind="other_group_home"),
        add("capacities", unit_id="k1", effective_from="2019-04-01", capacity="6"),
    )
    found = status(more)
    assert [home["home_id"] for home in found["homes"]] == ["h", "k"]
    assert found["all"]["group_homes"] == [
        {"capacity": 6, "units": 2},
        {"capacity": 5, "units": 1},
    ]
    assert places(found["all"]) == (12, 17, 29)


def test_a_capacity_that_is_not_known_is_counted_last_and_adds_no_place() -> None:
    (home,) = status(drop("capacities", "m1"))["homes"]
    assert home["main_units"] == [{"capacity": 6, "units": 1}, {"capacity": None, "units": 1}]
    assert places(home) == (6, 11, 17)


def test_a_home_without_units() -> None:
    empty = status(ANOTHER_HOME)["homes"][1]
    assert (empty["main_units"], empty["group_homes"], places(empty)) == ([], [], (0, 0, 0))


@pytest.mark.parametrize(
    ("opened_on", "closed_on", "is_open"),
    [
        ("2021-09-30", "", True),
        ("2021-10-01", "", False),
        ("", "2021-09-30", True),
        ("", "2021-09-29", False),
    ],
)
def test_only_what_is_open_on_the_day(opened_on: str, closed_on: str, is_open: bool) -> None:
    days = {"opened_on": opened_on, "closed_on": closed_on}
    by_unit = status(edit("units", "m1", **days))
    assert places(by_unit["all"])[0] == (12 if is_open else 6)
    by_home = status(edit("homes", "h", **days))
    assert len(by_home["homes"]) == (1 if is_open else 0)
    assert places(by_home["all"]) == ((12, 11, 23) if is_open else (0, 0, 0))


def test_the_capacity_of_the_day_holds() -> None:
    change = add("capacities", unit_id="g1", effective_from="2021-09-30", capacity="4")
    days = (dt.date(2021, 9, 29), DAY)
    assert [places(status(change, day=day)["all"])[1] for day in days] == [11, 9]


# Children


OCCUPANCY = table(
    "occupancy",
    """
    as_of      | population | home_id | place      | children | individual_care
    2021-03-31 | residents  |         | all        | 20       |
    2021-09-01 | residents  | h       | all        | 21       | 7
    2021-09-01 | residents  | h       | group_home | 0        | 0
    2021-10-01 | residents  | h       | all        | 22       | 8
    2021-03-31 | placed     |         | all        | 85       | 49
    2020-03-31 | placed     |         | all        | 80       | 40""",
)


def test_of_each_population_the_latest_day_not_after() -> None:
    found = status(OCCUPANCY)["occupancy"]
    assert [(row["population"], row["as_of"], row["children"]) for row in found] == [
        ("residents", "2021-09-01", 21),
        ("residents", "2021-09-01", 0),
        ("placed", "2021-03-31", 85),
    ]
    assert [row["home_id"] for row in found] == ["h", "h", None]


def test_the_share_of_children_in_need_of_individual_care() -> None:
    found = status(OCCUPANCY)["occupancy"]
    assert [row["share_percent"] for row in found] == ["33.3", None, "57.6"]
    first = status(OCCUPANCY, day=dt.date(2021, 3, 31))["occupancy"]
    assert [(row["children"], row["share_percent"]) for row in first] == [(20, None), (85, "57.6")]


def test_before_the_first_day_no_children_are_known() -> None:
    assert status(OCCUPANCY, day=dt.date(2020, 3, 30))["occupancy"] == []
