"""The staff that a plan needs: by places and scope, at each year's end, of every home."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shokibo.answers import plain
from shokibo.documents.plan.staff import staff_tables
from shokibo.law.own_law import law_of
from shokibo.law.parameters import national_law
from shokibo.planning.plan import Plan
from shokibo.planning.proposal.checker import staff_by_year
from shokibo.planning.spans import plan_spans
from shokibo.planning.staffing import staffing
from shokibo.texts import Language
from tests.builders import Edit, add, drop
from tests.builders import Tables as Drawn
from tests.reference import staffing as reference
from tests.reference.generate_plans import random_plan_tables
from tests.reference.judge import Row, Tables

from .ledgers import in_memory, table, tables_with

OTHERS = add(
    "parameters",
    "",
    name="staff_of_other_units",
    effective_from="2019-04-01",
    value="4",
    source="架空の要綱",
)


def plan_with(tables: Tables | Drawn) -> Plan:
    ledger = in_memory(tables)
    return Plan(ledger, law_of(ledger, national_law()), plan_spans(ledger))


def staff(*edits: Edit, language: Language = "ja") -> dict[str, Any]:
    """Return what is answered of the small plan with edits made to it."""
    answered: dict[str, Any] = plain(staffing(plan_with(tables_with(*edits)), language))
    return answered


def of_last_year(*edits: Edit) -> dict[str, Any]:
    """Return the only home's part of the last year's end."""
    (home,) = staff(*edits)["years"][-1]["homes"]
    found: dict[str, Any] = home
    return found


def only(kind: str, capacity: str) -> Edit:
    """Leave the plan one unit, and no action."""

    def change(tables: Drawn) -> None:
        table("units", f"unit_id | home_id | name | kind\nu | h | 家 | {kind}")(tables)
        table("capacities", f"unit_id | effective_from | capacity\nu | 2019-04-01 | {capacity}")(
            tables
        )
        tables["actions"] = []

    return change


@pytest.mark.parametrize(
    ("kind", "capacity", "needed", "backup", "uncounted"),
    [
        ("community_home", "3", 1, 1, 1),
        ("community_home", "4", 5, 1, 0),
        ("community_home", "5", 6, 1, 0),
        ("community_home", "6", 7, 1, 0),
        ("community_home", "7", 1, 1, 1),
        ("branch_group_care", "3", 0, 0, 1),
        ("branch_group_care", "4", 5, 1, 0),
        ("branch_group_care", "6", 7, 1, 0),
        ("branch_group_care", "7", 0, 0, 1),
        ("other_group_home", "5", 0, 0, 1),
        ("main_unit", "6", 0, 0, 1),
    ],
)
def test_a_unit_needs_the_base_and_the_most_extra_of_its_places(
    kind: str, capacity: str, needed: int, backup: int, uncounted: int
) -> None:
    home = of_last_year(only(kind, capacity))
    assert (home["needed"], home["backup"], home["uncounted"]) == (needed, backup, uncounted)
    with_others = of_last_year(only(kind, capacity), OTHERS)
    assert (with_others["needed"], with_others["uncounted"]) == (needed + 4 * uncounted, 0)


def test_years_follow_the_actions() -> None:
    found = staff()["years"]
    assert [(one["fiscal_year"], one["needed"], one["change"]) for one in found] == [
        (2021, 6 + 5 + 1, 0),
        (2022, 4 + 5 + 4 + 1, 2),
        (2023, 4 + 5 + 4 + 1, 0),
    ]


def test_what_is_not_counted_or_not_confirmed_is_noted() -> None:
    blank, base = staff()["notes"]
    assert "自治体の値が空欄" in blank
    assert base.startswith("未確認:加配前の必要職員数")
    assert len(staff(OTHERS)["notes"]) == 1
    assert staff(only("main_unit", "6"), OTHERS)["notes"] == []
    unknown = staff(drop("capacities", "g2"), language="en")
    assert (
        unknown["notes"][0] == "There are units of unknown capacity; their staff are not counted."
    )
    assert unknown["years"][0]["uncounted"] == 3


def test_the_document_has_a_table_of_it_where_any_is_counted() -> None:
    (laid,) = staff_tables(plan_with(tables_with()))
    printed = [[cell.text for cell in row] for row in laid.rows]
    assert printed[0] == ["架空学園", "必要な職員数", "12人", "14人", "14人"]
    assert printed[1] == ["うちバックアップ職員", "1人", "1人", "1人"]
    assert printed[-1] == ["前年度末からの増減", "0人", "2人", "0人"]
    assert laid.notes[0].endswith("そのほかの生活単位の職員は含まない。")
    assert staff_tables(plan_with(tables_with(only("main_unit", "6")))) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from([None, 3]))
def test_random_plans_need_what_the_reference_counts(seed: int, others: int | None) -> None:
    tables = random_plan_tables(seed)
    own: Row = {"name": "staff_of_other_units", "effective_from": "2000-04-01", "source": "架空"}
    if others is not None:
        tables["parameters"] = [own | {"value": str(others)}]
    plan = plan_with(tables)
    years = plain(staffing(plan, "ja"))["years"]
    assert years == reference.staffing(tables, others)
    backups = {one["fiscal_year"]: sum(h["backup"] for h in one["homes"]) for one in years}
    assert staff_by_year(plan, plan.years) == {
        one["fiscal_year"]: one["needed"] - backups[one["fiscal_year"]]
        for one in years
        if plan.names
    }
