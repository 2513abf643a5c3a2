"""P10: the plan compared with the register's later rows, action by action."""

import datetime as dt
from typing import Any

import pytest

from shokibo.answers import plain
from shokibo.law.parameters import national_law
from shokibo.planning.review import RESULTS, review
from tests.builders import Edit, add, all_of, edit

from .ledgers import ledger_with, outline_of, table

LATER = dt.date(2030, 3, 31)
ACTIONS = "home_id | fiscal_year | action | unit_id | unit_kind | new_function | capacity"


def actions(*lines: str) -> Edit:
    """Put actions of the home h in the place of the plan's, from its fiscal year on."""
    return table("actions", "\n".join([ACTIONS, *(f"h | {line}" for line in lines)]))


def changed(unit_id: str, day: str, capacity: str) -> Edit:
    """Let a unit have another capacity from a day on."""
    return add("capacities", unit_id=unit_id, effective_from=day, capacity=capacity)


def opened(
    unit_id: str, day: str, capacity: str, kind: str = "community_home", **more: str
) -> Edit:
    """Let the register show a unit that opens on a day."""
    row = {"home_id": "h", "name": f"{unit_id}の家", "kind": kind, "opened_on": day, **more}
    return all_of(add("units", unit_id=unit_id, **row), changed(unit_id, day, capacity))


def closed(unit_id: str, day: str) -> Edit:
    """Let a unit be closed; the day is its last."""
    return edit("units", unit_id, closed_on=day)


def reviewed(year: int, *edits: Edit, as_of: dt.date = LATER) -> dict[str, Any]:
    """Return the review of a year as the command line prints it, long after it or on a day."""
    ledger = ledger_with(*edits)
    found = review(ledger, national_law(), outline_of(ledger), year, as_of, "ja")
    printed: dict[str, Any] = plain(found)
    return printed


def results(
    year: int, *edits: Edit, as_of: dt.date = LATER
) -> list[tuple[str, str | None, int | None, str]]:
    """Return of each action reviewed what it is, its unit, the actual places and the result."""
    return [
        (one["action"], one["unit_id"], one["actual"], one["result"])
        for one in reviewed(year, *edits, as_of=as_of)["actions"]
    ]


CHANGE = actions("2022 | change_capacity | g1 | | | 4")
CLOSE = actions("2022 | close | m2 | | | ")
CONVERT = actions("2022 | convert | m2 | | temporary_protection | ")
OPEN = actions("2022 | open | | community_home | | 4")


# Changes, closings and conversions


@pytest.mark.parametrize(
    ("year", "register", "actual", "result"),
    [
        (2022, changed("g1", "2022-04-01", "4"), 4, "done"),
        (2022, changed("g1", "2023-03-31", "4"), 4, "done"),
        (2022, changed("g1", "2021-10-01", "4"), 4, "done"),
        (2022, changed("g1", "2023-04-01", "4"), 6, "not_done"),
        (2023, changed("g1", "2023-04-01", "4"), 4, "late"),
        (2022, changed("g1", "2022-04-01", "5"), 5, "different"),
        (2022, closed("g1", "2022-12-31"), None, "different"),
        (2022, all_of(), 6, "not_done"),
        (2023, all_of(), 6, "not_done"),
    ],
)
def test_a_change(year: int, register: Edit, actual: int | None, result: str) -> None:
    assert results(year, CHANGE, register) == [("change_capacity", "g1", actual, result)]


@pytest.mark.parametrize(
    ("year", "register", "actual", "result"),
    [
        (2022, closed("m2", "2023-03-30"), None, "done"),
        (2022, closed("m2", "2023-03-31"), 6, "not_done"),
        (2023, closed("m2", "2023-03-31"), None, "late"),
        (2022, closed("m2", "2021-12-31"), None, "done"),
        (2022, changed("m2", "2022-04-01", "3"), 3, "not_done"),
        (2022, all_of(), 6, "not_done"),
    ],
)
@pytest.mark.parametrize(("planned", "action"), [(CLOSE, "close"), (CONVERT, "convert")])
def test_a_unit_that_ends(
    planned: Edit, action: str, year: int, register: Edit, actual: int | None, result: str
) -> None:
    assert results(year, planned, register) == [(action, "m2", actual, result)]


def test_what_is_planned_for_later_is_not_reviewed_yet() -> None:
    assert results(2021, CHANGE) == []


def test_what_is_done_stays_done_when_a_later_year_changes_it_again() -> None:
    planned = actions("2022 | change_capacity | g1 | | | 5", "2023 | change_capacity | g1 | | | 4")
    register = all_of(changed("g1", "2022-07-01", "5"), changed("g1", "2023-07-01", "4"))
    assert [result for *_, result in results(2023, planned, register)] == ["done", "done"]


def test_actions_between_the_baseline_and_the_first_year_are_reviewed_too() -> None:
    planned = all_of(
        edit("plan", "架空計画", from_year="2022"),
        actions("2021 | change_capacity | g1 | | | 4"),
    )
    found = results(2022, planned, changed("g1", "2022-01-01", "4"))
    assert found == [("change_capacity", "g1", 4, "done")]


# Openings


@pytest.mark.parametrize(
    ("year", "register", "actual", "result"),
    [
        (2022, opened("n", "2022-07-01", "4"), 4, "done"),
        (2022, opened("n", "2021-10-01", "4"), 4, "done"),
        (2022, opened("n", "2023-03-31", "4"), 4, "done"),
        (2023, opened("n", "2023-04-01", "4"), 4, "late"),
        (2022, opened("n", "2022-07-01", "6"), 6, "different"),
        (2022, opened("n", "2022-07-01", "4", "branch_group_care"), 4, "done"),
    ],
)
def test_an_opening(year: int, register: Edit, actual: int, result: str) -> None:
    assert results(year, OPEN, register) == [("open", "n", actual, result)]


def test_an_opening_that_did_not_come() -> None:
    assert results(2022, OPEN) == [("open", None, None, "not_done")]
    assert results(2022, OPEN, opened("n", "2023-04-01", "4")) == [("open", None, None, "not_done")]


def test_several_openings_of_one_row_are_reviewed_one_by_one() -> None:
    planned = table(
        "actions",
        """
        home_id | fiscal_year | action | unit_kind      | capacity | count
        h       | 2022        | open   | community_home | 4        | 3""",
    )
    register = all_of(opened("n1", "2022-07-01", "4"), opened("n2", "2022-11-01", "5"))
    assert results(2022, planned, register) == [
        ("open", "n1", 4, "done"),
        ("open", "n2", 5, "different"),
        ("open", None, None, "not_done"),
    ]


def test_openings_of_one_row_that_did_not_come_are_reported_together() -> None:
    planned = table(
        "actions",
        """
        home_id | fiscal_year | action | unit_kind      | capacity | count
        h       | 2022        | open   | community_home | 4        | 900000000""",
    )
    came, missing = reviewed(2022, planned, opened("n1", "2022-07-01", "4"))["actions"]
    assert (came["unit_id"], came["count"], came["result"]) == ("n1", 1, "done")
    assert (missing["unit_id"], missing["count"]) == (None, 899_999_999)
    assert missing["result"] == "not_done"


def test_an_opening_is_matched_by_its_id_whatever_its_size() -> None:
    planned = actions("2022 | open | n2 | community_home | | 4")
    register = all_of(opened("n1", "2022-05-01", "4"), opened("n2", "2022-06-01", "6"))
    assert results(2022, planned, register) == [
        ("open", "n2", 6, "different"),
        ("open", "n1", 4, "not_planned"),
    ]


def test_a_unit_that_one_opening_names_is_not_taken_for_another() -> None:
    planned = actions(
        "2022 | open |   | community_home | | 4",
        "2022 | open | n | community_home | | 4",
    )
    assert results(2022, planned, opened("n", "2022-05-01", "4")) == [
        ("open", None, None, "not_done"),
        ("open", "n", 4, "done"),
    ]


def test_an_opening_is_matched_by_its_size_before_its_place() -> None:
    register = all_of(opened("n1", "2022-05-01", "6"), opened("n2", "2022-06-01", "4"))
    assert results(2022, OPEN, register) == [
        ("open", "n2", 4, "done"),
        ("open", "n1", 6, "not_planned"),
    ]


def test_a_unit_of_another_openings_size_is_not_taken_for_its_place() -> None:
    planned = actions(
        "2022 | open | | community_home | | 4", "2022 | open | | community_home | | 6"
    )
    assert results(2022, planned, opened("n", "2022-05-01", "6")) == [
        ("open", None, None, "not_done"),
        ("open", "n", 6, "done"),
    ]


def test_an_opening_is_matched_within_its_home_and_place_only() -> None:
    neighbour = all_of(
        add("homes", home_id="k", name="隣園", operator="架空会", authority_code="990001"),
        opened("k1", "2022-05-01", "4", home_id="k"),
        opened("m3", "2022-05-01", "4", "main_unit"),
    )
    assert results(2022, OPEN, neighbour) == [
        ("open", None, None, "not_done"),
        ("open", "k1", 4, "not_planned"),
        ("open", "m3", 4, "not_planned"),
    ]


def test_a_change_of_a_planned_unit_is_held_against_the_unit_that_opened_for_it() -> None:
    planned = actions(
        "2022 | open | plan-1 | community_home | | 6", "2023 | change_capacity | plan-1 | | | 4"
    )
    register = all_of(opened("n", "2022-05-01", "6"), changed("n", "2023-05-01", "4"))
    assert results(2023, planned, register) == [
        ("open", "n", 4, "done"),
        ("change_capacity", "n", 4, "done"),
    ]


# What was not planned


@pytest.mark.parametrize(
    ("register", "expected"),
    [
        (changed("m1", "2022-05-01", "5"), ("change_capacity", "m1", 5, "not_planned")),
        (closed("m1", "2022-05-01"), ("close", "m1", None, "not_planned")),
        (opened("n", "2022-05-01", "4"), ("open", "n", 4, "not_planned")),
    ],
)
def test_what_no_action_says(register: Edit, expected: tuple[object, ...]) -> None:
    assert results(2022, actions(), register) == [expected]


def test_homes_outside_the_plan_are_not_reviewed() -> None:
    new_home = all_of(
        add(
            "homes",
            home_id="k",
            name="新園",
            operator="架空会",
            authority_code="990001",
            opened_on="2022-04-01",
        ),
        opened("k1", "2022-04-01", "4", home_id="k"),
    )
    found = reviewed(2022, actions(), new_home)
    assert found["actions"] == []
    assert [home["home_id"] for home in found["homes"]] == ["h"]


# The document


def test_each_action_has_plan_actual_and_words() -> None:
    (one,) = reviewed(2022, CHANGE, changed("g1", "2022-04-01", "5"))["actions"]
    assert one == {
        "home_id": "h",
        "fiscal_year": 2022,
        "action": "change_capacity",
        "place": "group_home",
        "unit_id": "g1",
        "count": 1,
        "from": 6,
        "to": 4,
        "actual": 5,
        "result": "different",
        "text": "前年度定員6人のグループホーム1か所を定員4人に引き下げる。(小規模化)",
    }


def test_a_conversion_is_reported_with_its_function() -> None:
    (one,) = reviewed(2022, CONVERT)["actions"]
    assert one["text"] == "定員6人のユニット1か所を転用する(転用後の機能:一時保護)。"


def test_places_as_planned_and_as_they_are() -> None:
    register = all_of(changed("g1", "2022-05-01", "5"), opened("n", "2022-05-01", "3"))
    (home,) = reviewed(2022, register)["homes"]
    assert home["planned"]["group_homes"] == {
        "six_or_more": 0,
        "five_to_four": 3,
        "three_or_fewer": 0,
        "count": 3,
        "capacity": 13,
    }
    assert home["actual"]["group_homes"] == {
        "six_or_more": 0,
        "five_to_four": 2,
        "three_or_fewer": 1,
        "count": 3,
        "capacity": 13,
    }
    assert home["planned"]["main"] == home["actual"]["main"]


def test_a_year_before_the_baselines_own_has_nothing_to_review() -> None:
    early = edit("plan", "架空計画", from_year="2020")
    assert results(2020, early) == []


def test_every_result_has_words_in_both_languages() -> None:
    assert list(RESULTS) == ["done", "late", "different", "scheduled", "not_done", "not_planned"]
    assert all(words.ja and words.en for words in RESULTS.values())


# A year that is not over


@pytest.mark.parametrize(
    ("as_of", "result"),
    [("2022-04-01", "scheduled"), ("2023-03-30", "scheduled"), ("2023-03-31", "not_done")],
)
@pytest.mark.parametrize(
    "planned",
    [
        actions("2022 | change_capacity | g1 | | | 4"),
        actions("2022 | open | | community_home | | 4"),
        actions("2022 | close | m2 | | | "),
    ],
)
def test_what_is_due_in_a_year_that_is_not_over_is_scheduled(
    planned: Edit, as_of: str, result: str
) -> None:
    day = dt.date.fromisoformat(as_of)
    assert [one[-1] for one in results(2022, planned, as_of=day)] == [result]
    assert reviewed(2022, planned, as_of=day)["as_of"] == as_of


def test_what_was_due_in_an_earlier_year_is_not_done() -> None:
    both = actions("2021 | close | m2 | | | ", "2022 | change_capacity | g1 | | | 4")
    found = results(2022, both, as_of=dt.date(2022, 10, 1))
    assert [one[-1] for one in found] == ["not_done", "scheduled"]


def test_what_the_register_holds_of_a_later_day_has_not_happened_yet() -> None:
    planned = actions("2022 | change_capacity | g1 | | | 4")
    entered = changed("g1", "2022-11-01", "4")
    for day, result in (("2022-10-31", "scheduled"), ("2022-11-01", "done")):
        found = results(2022, planned, entered, as_of=dt.date.fromisoformat(day))
        assert [one[-1] for one in found] == [result]


# One household under several units


def continued(unit_id: str, day: str, last: str, capacity: str = "6", **cells: str) -> Edit:
    """Let g1 close, and a unit that continues it open on the day after."""
    return all_of(closed("g1", last), opened(unit_id, day, capacity, continues="g1", **cells))


def test_a_household_that_changes_its_kind_is_neither_closed_nor_opened() -> None:
    changed_kind = continued("g9", "2022-10-01", "2022-09-30", kind="branch_group_care")
    assert results(2022, actions(), changed_kind) == []


def test_a_plan_for_a_household_is_held_against_what_continues_it() -> None:
    smaller = continued("g9", "2022-10-01", "2022-09-30", "4")
    assert results(2022, CHANGE, smaller) == [("change_capacity", "g1", 4, "done")]


def test_a_unit_that_continues_another_is_no_opening_that_was_planned() -> None:
    changed_kind = continued("g9", "2022-10-01", "2022-09-30", "4")
    assert results(2022, OPEN, changed_kind) == [
        ("open", None, None, "not_done"),
        ("change_capacity", "g1", 4, "not_planned"),
    ]


def test_a_household_that_leaves_the_main_building_is_closed_there_and_opened_elsewhere() -> None:
    moved = all_of(closed("m2", "2022-09-30"), opened("g9", "2022-10-01", "6", continues="m2"))
    assert results(2022, actions(), moved) == [
        ("open", "g9", 6, "not_planned"),
        ("close", "m2", None, "not_planned"),
    ]
