"""Findings of a plan: for each code a case that gives it, with its cell and figures.

A near case is the same plan with one thing otherwise, where the code is not given.
"""

from pathlib import Path
from typing import Any

import pytest

from shokibo.ledger.findings import Finding, UnreadableLedgerError
from shokibo.ledger.reading import read_ledger
from shokibo.planning.plan_findings import CATALOGUE
from tests.builders import Case, Edit, add, all_of, drop, edit, write_csv, write_sheets

from .ledgers import in_memory, ledger_with, plan_findings, table, tables_with

ACTIONS = "home_id | fiscal_year | action | unit_id | unit_kind | new_function | count | capacity"
SECOND_HOME = add("homes", home_id="k", name="隣園", operator="架空会", authority_code="990001")
NOTHING = all_of()


def actions(*lines: str) -> Edit:
    """Put actions in the place of the plan's, from their home on."""
    return table("actions", "\n".join([ACTIONS, *lines]))


def action(home_id: str, fiscal_year: str, what: str, unit_id: str = "", **cells: str) -> Edit:
    """Add an action after the plan's two."""
    row = {"home_id": home_id, "fiscal_year": fiscal_year, "action": what, "unit_id": unit_id}
    return add("actions", **row, **cells)


def change(fiscal_year: str, unit_id: str, capacity: str, **cells: str) -> Edit:
    """Add a change of a unit's capacity."""
    return action("h", fiscal_year, "change_capacity", unit_id, capacity=capacity, **cells)


def opening(fiscal_year: str, unit_id: str = "", capacity: str = "4", **cells: str) -> Edit:
    """Add an opening of a group home."""
    kind = {"unit_kind": "community_home", **cells}
    return action("h", fiscal_year, "open", unit_id, capacity=capacity, **kind)


def target(item: str, value: str, year: str = "2022", **cells: str) -> Edit:
    """Add a target."""
    return add("targets", fiscal_year=year, item=item, value=value, **cells)


def need(year: str, children: str) -> Edit:
    """Let the school age's need of a year, or three and over's, be another."""
    return edit(
        "need", f"{year} {'three_and_over' if year == '2023' else 'school_age'}", children=children
    )


def occupancy(children: str, **cells: str) -> Edit:
    """Let children live in the homes."""
    row = {"as_of": "2021-09-30", "population": "residents", "place": "all", "children": children}
    return add("occupancy", **{**row, **cells})


def cost(item: str, timing: str, amount: str, **cells: str) -> Edit:
    """Add a cost of 2022 with a source, borne in half by the State's programme."""
    row = {
        "fiscal_year": "2022",
        "item": item,
        "account": "扶助費",
        "timing": timing,
        "amount": amount,
        "programme": "負担金",
        "revenue_account": "国庫負担",
        "national_share": "1/2",
        "eligible_rule": "full",
        "source": "見積",
    }
    return add("costs", **{**row, **cells})


def lead(state: str, state_on: str = "2021-12-01", year: str = "2022", key: str = "b") -> Edit:
    """Add a lead to housing."""
    row = {"lead_id": key, "found_on": "2021-01-04", "source": "agent", "area": "架空町"}
    return add("housing", **row, state=state, state_on=state_on, planned_year=year)


CASES = [
    Case(
        "HOUSING_SHORT",
        "warning",
        "actions.csv:3 fiscal_year",
        "取組!C3",
        {"fiscal_year": 2022, "openings": 1, "leads": 0, "as_of": "2021-12-01"},
        lead("visited"),
        lead("negotiating"),
    ),
    Case(
        "PLAN_MISSING",
        "warning",
        "actions.csv:2 fiscal_year",
        "取組!C2",
        {},
        drop("plan"),
        all_of(drop("plan"), drop("actions")),
    ),
    Case(
        "ACTION_ON_CLOSED",
        "error",
        "actions.csv:5 unit_id",
        "取組!E5",
        {"unit_id": "m1", "unit_name": "本体の東"},
        all_of(action("h", "2022", "close", "m1"), change("2023", "m1", "5")),
        all_of(change("2022", "m1", "5"), action("h", "2023", "close", "m1")),
    ),
    Case(
        "ACTION_TWICE_IN_YEAR",
        "error",
        "actions.csv:4 unit_id",
        "取組!E4",
        {"unit_id": "m1", "unit_name": "本体の東", "fiscal_year": 2022},
        all_of(change("2022", "m1", "5"), change("2022", "m1", "4")),
        all_of(change("2022", "m1", "5"), change("2023", "m1", "4")),
    ),
    Case(
        "ACTION_UNIT_NOT_OPEN",
        "error",
        "actions.csv:4 unit_id",
        "取組!E4",
        {"unit_id": "n", "unit_name": "n"},
        all_of(change("2022", "n", "5"), opening("2023", "n")),
        all_of(change("2023", "n", "5"), opening("2022", "n")),
    ),
    Case(
        "ACTION_INCOMPLETE",
        "error",
        "actions.csv:4 action",
        "取組!D4",
        {},
        opening("2022", capacity=""),
        opening("2022"),
    ),
    Case(
        "ACTION_NOT_POSITIVE",
        "error",
        "actions.csv:4 capacity",
        "取組!I4",
        {},
        change("2022", "m1", "0"),
        change("2022", "m1", "1"),
    ),
    Case(
        "ACTION_OTHER_HOME",
        "error",
        "actions.csv:4 home_id",
        "取組!B4",
        {"unit_id": "m1", "unit_name": "本体の東", "home_id": "k", "home_name": "隣園"},
        all_of(SECOND_HOME, action("k", "2022", "close", "m1")),
        all_of(SECOND_HOME, action("h", "2022", "close", "m1")),
    ),
    Case(
        "ACTION_OPEN_ALREADY",
        "error",
        "actions.csv:4 unit_id",
        "取組!E4",
        {"unit_id": "m1", "unit_name": "本体の東"},
        opening("2022", "m1"),
        opening("2022", "m3"),
    ),
    Case(
        "ACTION_HOME_NOT_OPEN",
        "error",
        "actions.csv:4 home_id",
        "取組!B4",
        {"home_id": "k", "home_name": "隣園"},
        all_of(
            SECOND_HOME,
            edit("homes", "k", opened_on="2021-10-01"),
            action("k", "2022", "open", unit_kind="main_unit", capacity="4"),
        ),
        all_of(
            SECOND_HOME,
            edit("homes", "k", opened_on="2021-09-30"),
            action("k", "2022", "open", unit_kind="main_unit", capacity="4"),
        ),
    ),
    Case(
        "ACTION_BEFORE_BASELINE",
        "error",
        "actions.csv:4 fiscal_year",
        "取組!C4",
        {"fiscal_year": 2020},
        change("2020", "m1", "5"),
        change("2021", "m1", "5"),
    ),
    Case(
        "ACTION_OUTSIDE_PLAN",
        "warning",
        "actions.csv:4 fiscal_year",
        "取組!C4",
        {"fiscal_year": 2024, "to_year": 2023},
        change("2024", "m1", "5"),
        change("2023", "m1", "5"),
    ),
    Case(
        "ACTION_COUNT_WITH_UNIT",
        "error",
        "actions.csv:4 count",
        "取組!H4",
        {"unit_id": "n", "unit_name": "n", "count": 2},
        opening("2022", "n", count="2"),
        opening("2022", "n", count="1"),
    ),
    Case(
        "ACTION_NO_CHANGE",
        "info",
        "actions.csv:4 capacity",
        "取組!I4",
        {"unit_id": "m1", "unit_name": "本体の東", "capacity": 6},
        change("2022", "m1", "6"),
        change("2022", "m1", "7"),
    ),
    Case(
        "HIGH_CARE_OVER_FOUR",
        "warning",
        "actions.csv:4 new_function",
        "取組!G4",
        {"capacity": 5, "most": 4},
        all_of(
            edit("capacities", "m1", capacity="5"),
            action("h", "2022", "convert", "m1", new_function="high_care"),
        ),
        all_of(
            edit("capacities", "m1", capacity="4"),
            action("h", "2022", "convert", "m1", new_function="high_care"),
        ),
    ),
    Case(
        "PLAN_CHANGE_NOT_ANNOUNCED",
        "warning",
        "actions.csv:4 announced",
        "取組!J4",
        {
            "name": "架空学園",
            "fiscal_year": 2022,
            "units_from": 2,
            "places_from": 12,
            "units_to": 2,
            "places_to": 10,
        },
        change("2022", "m1", "4", announced="×"),
        change("2022", "m1", "4"),
    ),
    Case(
        "PLAN_CHANGE_NOT_ANNOUNCED",
        "warning",
        "actions.csv:2 announced",
        "取組!J2",
        {
            "name": "架空学園",
            "fiscal_year": 2022,
            "units_from": 2,
            "places_from": 11,
            "units_to": 3,
            "places_to": 13,
        },
        edit("actions", "g1", announced="×"),
        edit("actions", "g1", announced="×", capacity="6"),
    ),
    Case(
        "UNIT_OVER_SIX",
        "info",
        "homes.csv:2 name",
        "施設!B2",
        {"name": "架空学園", "capacity": 7, "units": 1, "years": [2021, 2022, 2023], "most": 6},
        edit("capacities", "m1", capacity="7"),
        edit("capacities", "m1", capacity="5"),
    ),
    Case(
        "UNIT_OVER_SIX",
        "warning",
        "homes.csv:2 name",
        "施設!B2",
        {"name": "架空学園", "capacity": 7, "units": 2, "years": [2023], "most": 6},
        opening("2023", capacity="7", count="2"),
        opening("2023", capacity="6", count="2"),
    ),
    Case(
        "GOAL_NOT_REACHED",
        "info",
        "homes.csv:2 name",
        "施設!B2",
        {"name": "架空学園", "units": 2, "to_year": 2023, "goal": 5, "goal_year": 2029},
        opening("2022", capacity="6", count="2"),
        opening("2022", capacity="5", count="2"),
    ),
    Case(
        "HOME_WITHOUT_ACTIONS",
        "info",
        "homes.csv:3 name",
        "施設!B3",
        {"name": "隣園"},
        SECOND_HOME,
        all_of(SECOND_HOME, action("k", "2022", "open", unit_kind="main_unit", capacity="4")),
    ),
    Case(
        "PLAN_BELOW_CHILDREN",
        "warning",
        "occupancy.csv:2 children",
        "入所状況!F2",
        {"fiscal_year": 2021, "places": 23, "children": 24, "as_of": "2021-09-30"},
        occupancy("24"),
        occupancy("23"),
    ),
    Case(
        "PLAN_TARGET_DIFFERS",
        "warning",
        "targets.csv:2 value",
        "目標!D2",
        {
            "fiscal_year": 2022,
            "item_name": "グループホームのか所数",
            "item_name_en": "number of group homes",
            "value": 4,
            "homes": 3,
            "difference": 1,
        },
        target("group_count", "4"),
        target("group_count", "3"),
    ),
    Case(
        "TARGET_PARTS_DIFFER",
        "warning",
        "targets.csv:3 value",
        "目標!D3",
        {
            "fiscal_year": 2022,
            "item_name": "合計定員",
            "item_name_en": "all places",
            "whole": 26,
            "parts": 25,
        },
        all_of(target("total", "26"), target("main_capacity", "12")),
        all_of(target("total", "26"), target("main_capacity", "13")),
    ),
    Case(
        "TARGET_PARTS_DIFFER",
        "warning",
        "targets.csv:2 value",
        "目標!D2",
        {
            "fiscal_year": 2022,
            "item_name": "グループホームのか所数",
            "item_name_en": "number of group homes",
            "whole": 3,
            "parts": 4,
        },
        target("group_six_or_more", "1"),
        all_of(target("group_six_or_more", "1"), target("group_five_to_four", "2")),
    ),
    Case(
        "TARGET_OUTSIDE_PLAN",
        "warning",
        "targets.csv:2 fiscal_year",
        "目標!B2",
        {"fiscal_year": 2024},
        target("total", "25", "2024"),
        target("total", "25", "2023"),
    ),
    Case(
        "PLAN_BELOW_NEED",
        "warning",
        "need.csv:5 children",
        "必要量!D5",
        {"fiscal_year": 2022, "homes": 25, "need": 27, "difference": 2},
        need("2022", "22"),
        need("2022", "20"),
    ),
    Case(
        "TARGET_BELOW_NEED",
        "warning",
        "need.csv:6 children",
        "必要量!D6",
        {"fiscal_year": 2023, "value": 24, "need": 25, "difference": 1},
        target("total", "24", "2023"),
        target("total", "25", "2023"),
    ),
    Case(
        "TARGET_ABOVE_NEED",
        "info",
        "need.csv:3 children",
        "必要量!D3",
        {"fiscal_year": 2021, "value": 23, "need": 22, "difference": 1},
        need("2021", "19"),
        need("2021", "20"),
    ),
    Case(
        "NEED_UNKNOWN",
        "info",
        "plan.csv:2 to_year",
        "計画!E2",
        {"years": [2021, 2022]},
        drop("need", "2021 school_age", "2022 preschool"),
        all_of(
            drop("need", "2021 school_age", "2021 preschool"),
            add("need", fiscal_year="2021", age_band="three_and_over", children="23"),
        ),
    ),
    Case(
        "COST_WITHOUT_SOURCE",
        "warning",
        "costs.csv:2 source",
        "経費単価!O2",
        {"item": "家賃"},
        edit("costs", "annual", source=""),
        edit("costs", "annual", source="決算"),
    ),
    Case(
        "COST_SHARE_UNCLEAR",
        "warning",
        "costs.csv:4 national_share",
        "経費単価!J4",
        {"item": "備品"},
        cost("備品", "initial", "500000", eligible_rule=""),
        cost("備品", "initial", "500000", eligible_rule="", national_share=""),
    ),
    Case(
        "RENT_ITEM_UNKNOWN",
        "error",
        "costs.csv:3 eligible_rule",
        "経費単価!M3",
        {"rent": "家賃等"},
        edit("costs", "initial", eligible_rule="months_of_rent:2:家賃等"),
        edit("costs", "initial", eligible_rule="months_of_rent:2:家賃"),
    ),
    Case(
        "RENT_MONTHS_DIFFER",
        "info",
        "costs.csv:3 eligible_rule",
        "経費単価!M3",
        {"months": 3, "inferred": 2},
        edit("costs", "initial", eligible_rule="months_of_rent:3:家賃"),
        edit("costs", "initial", eligible_rule="months_of_rent:2:家賃"),
    ),
    Case(
        "CONTRIBUTION_NOT_FULL",
        "info",
        "costs.csv:2 eligible_rule",
        "経費単価!M2",
        {
            "fiscal_year": 2022,
            "programme": "負担金",
            "share": "1/2",
            "amount": 700_000,
            "costs": 1_500_000,
            "eligible": 1_400_000,
            "not_eligible": 100_000,
        },
        edit("costs", "initial", amount="300000"),
        edit("costs", "initial", amount="200000"),
    ),
]
NAMES = [f"{case.code}-{number}" for number, case in enumerate(CASES)]


def of_code(found: list[Finding], case: Case) -> list[Finding]:
    """Return the findings of a case's code that are as grave as it says."""
    return [one for one in found if (one.code, one.severity) == (case.code, case.severity)]


def given(*edits: Edit) -> list[str]:
    """Return the codes found in the small plan with edits made to it."""
    return [one.code for one in plan_findings(ledger_with(*edits))]


def figures(code: str, *edits: Edit) -> list[dict[str, Any]]:
    """Return the figures of each finding with a code."""
    return [dict(one.values) for one in plan_findings(ledger_with(*edits)) if one.code == code]


def test_the_small_plan_is_clean() -> None:
    assert given() == []


def test_every_code_has_a_case() -> None:
    assert {case.code for case in CASES} == set(CATALOGUE)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_finding_with_its_cell_and_figures(case: Case, tmp_path: Path) -> None:
    tables = tables_with(case.wrong)
    from_csv = of_code(plan_findings(read_ledger(write_csv(tables, tmp_path / "csv"))), case)
    assert (from_csv[0].place, dict(from_csv[0].values)) == (case.place, case.values)
    book = write_sheets(tables, tmp_path / "ledger.xlsx")
    from_sheet = of_code(plan_findings(read_ledger(book)), case)
    assert (from_sheet[0].place, dict(from_sheet[0].values)) == (case.cell, case.values)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_near_case_does_not_give_it(case: Case) -> None:
    assert of_code(plan_findings(ledger_with(case.near)), case) == []


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_finding_can_be_reported_in_both_languages(case: Case) -> None:
    for one in of_code(plan_findings(ledger_with(case.wrong)), case):
        for text in (one.message("ja"), one.message("en")):
            assert text
            assert "{" not in text


# Actions


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"unit_kind": ""}, "ACTION_INCOMPLETE", "action"),
        ({"capacity": ""}, "ACTION_INCOMPLETE", "action"),
        ({"capacity": "-1"}, "ACTION_NOT_POSITIVE", "capacity"),
        ({"count": "0"}, "ACTION_NOT_POSITIVE", "count"),
        ({"count": "-2"}, "ACTION_NOT_POSITIVE", "count"),
    ],
)
def test_an_opening_that_lacks_something(
    cells: dict[str, str], code: str, column: str, tmp_path: Path
) -> None:
    row = {"unit_kind": "community_home", "capacity": "4", **cells}
    tables = tables_with(action("h", "2022", "open", **row))
    (found,) = plan_findings(read_ledger(write_csv(tables, tmp_path)))
    assert (found.code, found.place) == (code, f"actions.csv:4 {column}")


@pytest.mark.parametrize("what", ["change_capacity", "close", "convert"])
def test_an_action_that_names_no_unit(what: str) -> None:
    assert given(action("h", "2022", what, capacity="4")) == ["ACTION_INCOMPLETE"]


def test_a_count_on_a_named_unit_that_is_not_one_is_reported() -> None:
    for count in ("0", "-1", "2"):
        code = "ACTION_COUNT_WITH_UNIT"
        assert figures(code, change("2022", "m1", "5", count=count)) == [
            {"unit_id": "m1", "unit_name": "本体の東", "count": int(count)}
        ]
    assert "ACTION_COUNT_WITH_UNIT" not in given(change("2022", "m1", "5", count=""))


def test_an_opening_of_another_homes_unit() -> None:
    later = add(
        "units", unit_id="m3", home_id="h", name="後", kind="main_unit", opened_on="2022-04-01"
    )
    opened = action("k", "2022", "open", "m3", unit_kind="main_unit", capacity="4")
    assert "ACTION_OTHER_HOME" in given(SECOND_HOME, later, opened)


def test_a_second_opening_of_one_unit() -> None:
    assert "ACTION_OPEN_ALREADY" in given(opening("2022", "n"), opening("2023", "n"))


@pytest.mark.parametrize("fiscal_year", ["2024", "2025", "2026"])
def test_a_change_after_the_plan_is_a_change(fiscal_year: str) -> None:
    assert given(change(fiscal_year, "m1", "4")) == ["ACTION_OUTSIDE_PLAN"]


def test_a_change_before_the_plans_first_year_is_a_change() -> None:
    later_plan = edit("plan", "架空計画", from_year="2023")
    assert "ACTION_NO_CHANGE" not in given(later_plan, change("2021", "m1", "4"))


def test_a_change_of_an_opened_unit_to_what_it_has() -> None:
    found = given(opening("2022", "n"), change("2023", "n", "4"))
    assert "ACTION_NO_CHANGE" in found
    assert "ACTION_NO_CHANGE" not in given(opening("2022", "n"), change("2022", "n", "4"))


@pytest.mark.parametrize(("capacity", "wrong"), [("5", True), ("4", False), ("", True)])
def test_the_places_of_a_unit_for_high_care_may_be_given(capacity: str, wrong: bool) -> None:
    conversion = action("h", "2022", "convert", "m1", new_function="high_care", capacity=capacity)
    assert ("HIGH_CARE_OVER_FOUR" in given(conversion)) is wrong


# Sizes


def test_units_over_six_are_reported_by_how_many_there_are_each_year() -> None:
    sizes = all_of(edit("capacities", "m1", capacity="7"), edit("capacities", "m2", capacity="7"))
    found = figures("UNIT_OVER_SIX", sizes, change("2022", "m1", "6"))
    assert [(one["units"], one["years"]) for one in found] == [(2, [2021]), (1, [2022, 2023])]


def test_a_group_home_above_the_goal_in_between_is_left_out() -> None:
    assert "GOAL_NOT_REACHED" not in given(opening("2022", "n", "6"), change("2023", "n", "5"))


def test_a_goal_without_a_year_is_reported_without() -> None:
    no_year = edit("plan", "架空計画", goal_year="")
    (one,) = figures("GOAL_NOT_REACHED", no_year, opening("2022", capacity="6"))
    assert one["goal_year"] is None


# Targets and need


def test_a_total_alone_has_no_parts_to_differ_from() -> None:
    for whole, value in (("total", "26"), ("group_count", "9")):
        assert "TARGET_PARTS_DIFFER" not in given(target(whole, value))


def severities(code: str, *edits: Edit) -> list[str]:
    """Return how grave each finding with a code is."""
    return [one.severity for one in plan_findings(ledger_with(*edits)) if one.code == code]


def test_a_difference_whose_reason_is_given_is_information() -> None:
    code = "PLAN_TARGET_DIFFERS"
    assert severities(code, target("group_count", "4")) == ["warning"]
    reasoned = target("group_count", "4", reason="調整中")
    assert severities(code, reasoned) == ["info"]
    (one,) = [f for f in plan_findings(ledger_with(reasoned)) if f.code == code]
    assert one.message("ja").endswith("1の差があります。理由:調整中")


def test_a_change_left_out_for_a_reason_is_information() -> None:
    code = "PLAN_CHANGE_NOT_ANNOUNCED"
    silent, noted = {"announced": "×"}, {"announced": "×", "note": "施設内の調整"}
    assert severities(code, change("2022", "m1", "5", **silent)) == ["warning"]
    assert severities(code, change("2022", "m1", "5", **noted)) == ["info"]
    both = (change("2022", "m1", "5", **noted), change("2022", "m2", "5", **silent))
    assert severities(code, *both) == ["warning"]


def test_a_group_home_whose_places_are_not_known_is_a_part_of_their_number() -> None:
    unknown = all_of(drop("capacities", "g2"), target("group_count", ""))
    assert "TARGET_PARTS_DIFFER" not in given(unknown)


def test_a_group_home_of_three_places_is_a_part_of_their_number() -> None:
    small = all_of(edit("capacities", "g2", capacity="3"), target("group_count", ""))
    assert "TARGET_PARTS_DIFFER" not in given(small)


def test_children_of_a_home_and_of_all() -> None:
    by_home = all_of(
        occupancy("24", home_id="h"),
        occupancy("30", home_id="h", as_of="2021-03-31"),
        occupancy("99", population="placed"),
        occupancy("20", place="main"),
    )
    found = figures("PLAN_BELOW_CHILDREN", by_home)
    assert [(one["fiscal_year"], one["children"]) for one in found] == [(2021, 24)]


@pytest.mark.parametrize(
    ("day", "is_short"),
    [("2021-03-31", False), ("2021-04-01", True), ("2022-03-31", True), ("2022-04-01", False)],
)
def test_leads_are_held_to_years_that_begin_within_twelve_months(
    day: str, *, is_short: bool
) -> None:
    assert bool(figures("HOUSING_SHORT", lead("offered", day))) == is_short


def test_leads_of_another_year_or_dropped_do_not_count() -> None:
    two = opening("2022")
    leads = [
        lead("contracted"),
        lead("negotiating", year="2023", key="c"),
        lead("dropped", key="d"),
    ]
    (one,) = figures("HOUSING_SHORT", two, *leads)
    assert (one["openings"], one["leads"]) == (2, 1)
    assert not figures("HOUSING_SHORT", two, *leads, lead("opened", key="e"))


# Costs


def test_a_programme_that_only_an_earlier_year_prices() -> None:
    costs = all_of(
        edit("costs", "annual", eligible_rule="none"),
        cost("研修", "annual", "1000", fiscal_year="2023", programme="補助", basis="year"),
    )
    found = figures("CONTRIBUTION_NOT_FULL", costs)
    assert [one["fiscal_year"] for one in found] == [2022, 2023]


def test_a_programme_in_two_accounts_is_held_against_its_own_costs() -> None:
    costs = cost("備品", "initial", "500000", revenue_account="国庫補助")
    assert given(costs) == []


@pytest.mark.parametrize(
    ("second", "unclear"),
    [(NOTHING, False), (cost("警備", "annual", "600000"), True)],
)
def test_a_rule_of_rent_without_its_item_needs_an_only_one(second: Edit, unclear: bool) -> None:
    rule = edit("costs", "initial", eligible_rule="months_of_rent:2:")
    assert ("RENT_ITEM_UNKNOWN" in given(rule, second)) is unclear


# Plans that can't be computed


@pytest.mark.parametrize(
    "impossible",
    [
        edit("plan", "架空計画", to_year="2020"),
        edit("homes", "h", closed_on="2020-03-31"),
        add("authorities", authority_code="990002", name="架空市", kind="center_city"),
    ],
)
def test_a_plan_that_can_not_be_worked_out_is_checked_all_the_same(impossible: Edit) -> None:
    for targets in (NOTHING, target("total", "25")):
        assert "TARGET_ABOVE_NEED" not in given(impossible, targets)


# What stops the reading


@pytest.mark.parametrize(
    ("wrong", "code", "place"),
    [
        (change("2022", "x9", "4"), "ID_UNKNOWN", "actions.csv:4 unit_id"),
        (action("x", "2022", "close", "m1"), "ID_UNKNOWN", "actions.csv:4 home_id"),
        (target("places", "4"), "CELL_UNKNOWN_CODE", "targets.csv:2 item"),
        (cost("備品", "initial", ""), "CELL_BLANK", "costs.csv:4 amount"),
        (cost("備品", "initial", "1.5"), "CELL_NOT_INTEGER", "costs.csv:4 amount"),
        (
            cost("備品", "initial", "5", national_share="half"),
            "CELL_NOT_SHARE",
            "costs.csv:4 national_share",
        ),
        (
            cost("備品", "initial", "5", eligible_rule="2 months"),
            "CELL_NOT_RULE",
            "costs.csv:4 eligible_rule",
        ),
        (change("soon", "m1", "4"), "CELL_NOT_YEAR", "actions.csv:4 fiscal_year"),
        (action("h", "2022", "demolish", "m1"), "CELL_UNKNOWN_CODE", "actions.csv:4 action"),
        (edit("plan", "架空計画", to_year=""), "CELL_BLANK", "plan.csv:2 to_year"),
    ],
)
def test_what_stops_the_reading(wrong: Edit, code: str, place: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableLedgerError) as stopped:
        read_ledger(write_csv(tables_with(wrong), tmp_path))
    assert [(one.code, one.place) for one in stopped.value.problems] == [(code, place)]


def test_a_unit_that_an_action_opens_exists() -> None:
    ledger = in_memory(tables_with(opening("2022", "n"), change("2023", "n", "5")))
    assert [one.code for one in plan_findings(ledger)] == ["TARGET_ABOVE_NEED"] * 2
