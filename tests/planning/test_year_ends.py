"""Year-end tables: what actions do to units, and what has no effect."""

from typing import Any

import pytest

from tests.builders import Edit, add, all_of, drop, edit

from .ledgers import ledger_with, plan_json, table, year_of


def rows_with(*edits: Edit) -> list[dict[str, Any]]:
    """Return the year-end rows of the small plan's one home."""
    (home,) = plan_json(ledger_with(*edits))["homes"]
    rows: list[dict[str, Any]] = home["rows"]
    return rows


def places(rows: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Return the places of main building and group homes by year."""
    return [(row["main"]["capacity"], row["group_homes"]["capacity"]) for row in rows]


def actions(*lines: str) -> Edit:
    """Put actions of the home h in the place of the plan's, from its fiscal year on."""
    header = "home_id | fiscal_year | action | unit_id | unit_kind | count | capacity"
    return table("actions", "\n".join([header, *(f"h | {line}" for line in lines)]))


def test_the_small_plan() -> None:
    rows = rows_with()
    assert places(rows) == [(12, 11), (12, 13), (12, 13)]
    assert year_of(rows, 2022)["group_homes"] == {
        "six_or_more": 0,
        "five_to_four": 3,
        "three_or_fewer": 0,
        "count": 3,
        "capacity": 13,
    }
    assert [row["share_percent"] for row in rows] == ["47.8", "52.0", "52.0"]


@pytest.mark.parametrize(
    ("capacity", "band"),
    [
        ("1", "three_or_fewer"),
        ("3", "three_or_fewer"),
        ("4", "five_to_four"),
        ("5", "five_to_four"),
        ("6", "six_or_more"),
        ("12", "six_or_more"),
    ],
)
def test_bands(capacity: str, band: str) -> None:
    opened = actions(f"2021 | open | | branch_group_care | | {capacity}")
    here, before = rows_with(opened)[0], rows_with(actions())[0]
    for name in ("six_or_more", "five_to_four", "three_or_fewer"):
        more = here["group_homes"][name] - before["group_homes"][name]
        assert more == (1 if name == band else 0)


def test_the_share_of_group_homes_is_rounded_half_up() -> None:
    sizes = table(
        "capacities",
        """
        unit_id | effective_from | capacity
        m1      | 2019-04-01     | 30
        m2      | 2019-04-01     | 19
        g1      | 2019-04-01     | 31
        g2      | 2019-04-01     | 32""",
    )
    assert rows_with(sizes, actions())[0]["share_percent"] == "56.3"  # 63 / 112 = 56.25


def test_the_plan_starts_from_the_baseline_and_not_from_what_came_later() -> None:
    later = all_of(
        add("capacities", unit_id="m1", effective_from="2021-10-01", capacity="9"),
        add(
            "units", unit_id="m3", home_id="h", name="後", kind="main_unit", opened_on="2021-10-01"
        ),
        edit("units", "m2", closed_on="2021-10-01"),
    )
    assert places(rows_with(later)) == places(rows_with())


def test_a_capacity_that_is_not_known_counts_as_a_unit_without_places() -> None:
    row = rows_with(drop("capacities", "g2"), actions())[0]
    assert row["group_homes"] == {
        "six_or_more": 1,
        "five_to_four": 0,
        "three_or_fewer": 0,
        "count": 2,
        "capacity": 6,
    }


def test_places_per_main_unit_are_of_units_whose_places_are_known() -> None:
    row = rows_with(drop("capacities", "m2"))[0]
    assert row["main"]["capacity"] == 6
    assert row["elements"]["places_per_main_unit"] == "6.0"


@pytest.mark.parametrize(
    ("m1", "m2", "each", "over_six"),
    [("6", "7", "6.5", 1), ("6", "6", "6.0", 0), ("7", "8", "7.5", 2), ("6", "3", "4.5", 0)],
)
def test_elements(m1: str, m2: str, each: str, over_six: int) -> None:
    sizes = all_of(edit("capacities", "m1", capacity=m1), edit("capacities", "m2", capacity=m2))
    elements = rows_with(sizes)[0]["elements"]
    assert elements == {"places_per_main_unit": each, "main_units_over_six": over_six}


def test_a_home_without_units_has_zeros_and_no_share() -> None:
    homes = add("homes", home_id="k", name="休園", operator="架空会", authority_code="990001")
    empty = plan_json(ledger_with(homes))["homes"][1]
    assert (empty["home_id"], empty["name"]) == ("k", "休園")
    nothing = {"six_or_more": 0, "five_to_four": 0, "three_or_fewer": 0, "capacity": 0}
    for row in empty["rows"]:
        assert row["main"] == nothing
        assert row["group_homes"] == {**nothing, "count": 0}
        assert (row["total"], row["share_percent"]) == (0, None)
        assert row["elements"] == {"places_per_main_unit": None, "main_units_over_six": 0}


def test_a_home_that_is_not_open_on_the_baseline_is_not_in_the_plan() -> None:
    homes = add(
        "homes",
        home_id="k",
        name="新園",
        operator="架空会",
        authority_code="990001",
        opened_on="2021-10-01",
    )
    opening = add(
        "actions",
        home_id="k",
        fiscal_year="2022",
        action="open",
        unit_kind="main_unit",
        capacity="6",
    )
    plan = plan_json(ledger_with(homes, opening))
    assert [home["home_id"] for home in plan["homes"]] == ["h"]
    assert year_of(plan["authority"]["rows"], 2022)["total"] == 25


def test_a_plan_whose_homes_are_all_closed_keeps_its_years() -> None:
    plan = plan_json(ledger_with(edit("homes", "h", closed_on="2020-03-31")))
    assert plan["years"] == [2021, 2022, 2023]
    assert [row["total"] for row in plan["authority"]["rows"]] == [0, 0, 0]
    assert [row["gap_homes"] for row in plan["authority"]["rows"]] == [-23, -25, -25]


# The order of actions


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["2022 | change_capacity | m1 | | | 5", "2022 | change_capacity | m1 | | | 4"], 10),
        (["2022 | change_capacity | m1 | | | 4", "2022 | change_capacity | m1 | | | 5"], 11),
        (["2022 | close | m1 | | |", "2022 | change_capacity | m1 | | | 4"], 10),
        (["2022 | change_capacity | m1 | | | 4", "2022 | close | m1 | | |"], 6),
        (["2022 | convert | m1 | | |", "2022 | close | m1 | | |"], 6),
        (["2023 | change_capacity | m1 | | | 9", "2022 | change_capacity | m1 | | | 4"], 10),
    ],
)
def test_of_several_actions_of_a_unit_in_a_year_the_last_row_holds(
    lines: list[str], expected: int
) -> None:
    assert year_of(rows_with(actions(*lines)), 2022)["main"]["capacity"] == expected


@pytest.mark.parametrize("ending", ["close", "convert"])
def test_a_unit_that_ended_stays_so(ending: str) -> None:
    rows = rows_with(actions(f"2022 | {ending} | m1 | | |", "2023 | change_capacity | m1 | | | 9"))
    assert places(rows) == [(12, 11), (6, 11), (6, 11)]


@pytest.mark.parametrize(
    ("lines", "group_homes"),
    [
        (
            ["2022 | open | n | community_home | | 5", "2023 | change_capacity | n | | | 4"],
            [16, 15],
        ),
        (
            ["2022 | open | n | community_home | | 5", "2022 | change_capacity | n | | | 4"],
            [15, 15],
        ),
        (
            ["2022 | change_capacity | n | | | 4", "2022 | open | n | community_home | | 5"],
            [16, 16],
        ),
        (["2022 | open | n | community_home | | 5", "2022 | close | n | | |"], [11, 11]),
        (["2022 | close | n | | |", "2022 | open | n | community_home | | 5"], [16, 16]),
        (["2022 | open | n | community_home | | 5", "2023 | close | n | | |"], [16, 11]),
        (
            ["2023 | open | n | community_home | | 5", "2022 | change_capacity | n | | | 4"],
            [11, 16],
        ),
        (["2022 | open | n | community_home | 3 | 5"], [16, 16]),
        (["2022 | open | | community_home | 3 | 5"], [26, 26]),
        (
            ["2022 | open | n | community_home | | 5", "2023 | open | n | community_home | | 4"],
            [16, 16],
        ),
        (
            ["2023 | open | n | community_home | | 5", "2022 | open | n | community_home | | 4"],
            [15, 15],
        ),
    ],
)
def test_units_that_open(lines: list[str], group_homes: list[int]) -> None:
    found = [part for _, part in places(rows_with(actions(*lines)))]
    assert found == [11, *group_homes]


@pytest.mark.parametrize(
    "line",
    [
        "2020 | change_capacity | m1 | | | 4",
        "2024 | change_capacity | m1 | | | 4",
        "2022 | change_capacity | | | | 4",
        "2022 | change_capacity | m1 | | |",
        "2022 | change_capacity | m1 | | | 0",
        "2022 | close | | | |",
        "2022 | convert | | | |",
        "2022 | open | | | | 4",
        "2022 | open | | main_unit | |",
        "2022 | open | | main_unit | | 0",
        "2022 | open | | main_unit | 0 | 4",
        "2022 | open | m1 | main_unit | | 4",
    ],
)
def test_actions_without_effect(line: str) -> None:
    assert rows_with(actions(line)) == rows_with(actions())


@pytest.mark.parametrize(
    "line",
    ["k | 2022 | close | m1 | | |", "k | 2022 | open | later | main_unit | | 4"],
)
def test_an_action_on_another_homes_unit_has_no_effect(line: str) -> None:
    homes = all_of(
        add("homes", home_id="k", name="隣園", operator="架空会", authority_code="990001"),
        add(
            "units",
            unit_id="later",
            home_id="h",
            name="後",
            kind="main_unit",
            opened_on="2023-04-01",
        ),
    )
    header = "home_id | fiscal_year | action | unit_id | unit_kind | count | capacity"
    with_it = plan_json(ledger_with(homes, table("actions", f"{header}\n{line}")))
    assert with_it == plan_json(ledger_with(homes, table("actions", header)))


def test_actions_between_the_baseline_and_the_first_year_are_applied_and_not_reported() -> None:
    rows = rows_with(
        actions("2021 | change_capacity | m1 | | | 4", "2022 | open | | community_home | | 4"),
        edit("plan", "架空計画", from_year="2022"),
    )
    assert [row["fiscal_year"] for row in rows] == [2022, 2023]
    assert places(rows) == [(10, 15), (10, 15)]
    assert [one["action"] for one in rows[0]["initiatives"]] == ["open"]


def test_in_the_baselines_own_year_actions_follow_the_register() -> None:
    rows = rows_with(
        actions("2021 | change_capacity | m1 | | | 4"),
        edit("plan", "架空計画", baseline_on="2022-03-31"),
    )
    assert [main for main, _ in places(rows)] == [10, 10, 10]
