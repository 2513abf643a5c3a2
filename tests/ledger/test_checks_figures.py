"""Checks of the tables from plan to costs: each code, and the row just next to it."""

from pathlib import Path

import pytest

from shokibo.ledger.checks import figures
from shokibo.ledger.checks.figures import CHECKS
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger
from tests.builders import (
    Case,
    Edit,
    add,
    all_of,
    codes,
    drop,
    edit,
    findings,
    findings_in_files,
    findings_nearby,
    findings_on_sheets,
    is_fully_worded,
    made,
    planned,
    read,
)

SECOND_AUTHORITY = add(
    "authorities", authority_code="990019", name="架空市", kind="designated_city"
)


def need(**cells: str) -> Edit:
    """Add a need for children of three and over, as row 2."""
    row = {"fiscal_year": "2022", "age_band": "three_and_over", "children": "1"}
    return add("need", "", **{**row, **cells})


def plan(**cells: str) -> Edit:
    """Add a plan without targets, with its years."""
    return all_of(planned, drop("targets"), edit("plan", "架空計画", **cells))


def children(place: str, count: str, **cells: str) -> Edit:
    """Add a number of children."""
    row = {"as_of": "2022-03-31", "population": "residents", "place": place, "children": count}
    return add("occupancy", "", **{**row, **cells})


def costs(**cells: str) -> Edit:
    """Set cells of the one row of costs."""
    return all_of(planned, edit("costs", "家賃", **cells))


def people(band: str, children: str) -> Edit:
    """Add a row of the population of 2022."""
    return add("population", fiscal_year="2022", age_band=band, children=children)


def rate(in_care: str = "16.5", foster: str = "30", band: str = "school_age") -> Edit:
    """Add rates from 2022 on."""
    row = {"fiscal_year": "2022", "age_band": band}
    return add("care_rates", **row, in_care_per_10000=in_care, foster_rate=foster)


CASES = [
    Case(
        "CHILDREN_NEGATIVE",
        "error",
        "population.csv:2 children",
        "児童人口!D2",
        {"children": -1},
        people("preschool", "-1"),
        people("preschool", "0"),
    ),
    Case(
        "BAND_NOT_ESTIMATED",
        "warning",
        "population.csv:2 age_band",
        "児童人口!C2",
        {},
        people("three_and_over", "100"),
        people("under_3", "100"),
    ),
    Case(
        "BAND_NOT_ESTIMATED",
        "warning",
        "care_rates.csv:2 age_band",
        "代替養育の率!C2",
        {},
        rate(band="three_and_over"),
        rate(band="preschool"),
    ),
    Case(
        "FOSTER_RATE_ABOVE_HUNDRED",
        "error",
        "care_rates.csv:2 foster_rate",
        "代替養育の率!E2",
        {"foster_rate": "100.01"},
        rate(foster="100.01"),
        rate(foster="100.00"),
    ),
    Case(
        "CARE_RATE_ABOVE_ALL",
        "error",
        "care_rates.csv:2 in_care_per_10000",
        "代替養育の率!D2",
        {"in_care_per_10000": "10000.0001"},
        rate("10000.0001"),
        rate("10000"),
    ),
    Case(
        "AUTHORITY_CODE_NEEDED",
        "error",
        "need.csv:2 authority_code",
        "必要量!A2",
        {},
        all_of(SECOND_AUTHORITY, need()),
        all_of(SECOND_AUTHORITY, need(authority_code="990001")),
    ),
    Case(
        "PLAN_YEARS_REVERSED",
        "error",
        "plan.csv:2 to_year",
        "計画!E2",
        {"from_year": 2024, "to_year": 2023},
        plan(from_year="令和6年度"),
        plan(from_year="令和5年度"),
    ),
    Case(
        "CHILDREN_NEGATIVE",
        "error",
        "need.csv:2 children",
        "必要量!D2",
        {"children": -1},
        need(children="-1"),
        need(children="0"),
    ),
    Case(
        "CHILDREN_NEGATIVE",
        "error",
        "occupancy.csv:2 children",
        "入所状況!F2",
        {"children": -1},
        children("all", "-1"),
        children("all", "0"),
    ),
    Case(
        "INDIVIDUAL_CARE_ABOVE_CHILDREN",
        "error",
        "occupancy.csv:2 individual_care",
        "入所状況!G2",
        {"individual_care": 15, "children": 14},
        children("all", "14", individual_care="15"),
        children("all", "14", individual_care="14"),
    ),
    Case(
        "OCCUPANCY_SUM_DIFFERS",
        "warning",
        "occupancy.csv:3 children",
        "入所状況!F3",
        {"children": 14, "parts": 15},
        all_of(children("main", "6"), children("all", "14"), children("infant_home", "9")),
        all_of(children("main", "6"), children("all", "14"), children("infant_home", "8")),
    ),
    Case(
        "NEED_BOTH_WAYS",
        "warning",
        "need.csv:2 age_band",
        "必要量!C2",
        {"fiscal_year": 2022},
        all_of(need(), need(age_band="school_age")),
        all_of(need(), need(age_band="under_3"), need(age_band="school_age", fiscal_year="2023")),
    ),
    Case(
        "COST_NEGATIVE",
        "error",
        "costs.csv:2 amount",
        "経費単価!G2",
        {"amount": -1},
        costs(amount="-1"),
        costs(amount="0"),
    ),
    Case(
        "SHARE_ABOVE_ONE",
        "error",
        "costs.csv:2 national_share",
        "経費単価!J2",
        {"national_share": "11/10"},
        costs(national_share="11/10"),
        costs(national_share="10/10"),
    ),
    Case(
        "SHARE_ABOVE_ONE",
        "error",
        "costs.csv:2 prefecture_share",
        "経費単価!L2",
        {"prefecture_share": "5/4"},
        costs(prefecture_share="5/4"),
        costs(national_share="0/1", prefecture_share="4/4"),
    ),
    Case(
        "SHARES_TOGETHER_ABOVE_ONE",
        "error",
        "costs.csv:2 prefecture_share",
        "経費単価!L2",
        {"national_share": "2/3", "prefecture_share": "334/1000"},
        costs(national_share="2/3", prefecture_share="334/1000"),
        costs(national_share="2/3", prefecture_share="1/3"),
    ),
    Case(
        "MONTHS_OUTSIDE_YEAR",
        "error",
        "costs.csv:2 months",
        "経費単価!N2",
        {"months": 13},
        costs(months="13"),
        costs(months="12"),
    ),
    Case(
        "MONTHS_OUTSIDE_YEAR",
        "error",
        "costs.csv:2 months",
        "経費単価!N2",
        {"months": 0},
        costs(months="0"),
        costs(months="1"),
    ),
    Case(
        "COST_TIMING_DIFFERS",
        "error",
        "costs.csv:2 timing",
        "経費単価!E2",
        {
            "basis": "reduced_unit",
            "basis_label": "定員引下げ",
            "timing": "annual",
            "found": "年間",
            "timing_expected": "initial",
            "expected": "初期",
        },
        costs(basis="reduced_unit", timing="annual"),
        costs(basis="reduced_unit", timing="initial"),
    ),
    Case(
        "COST_TIMING_DIFFERS",
        "error",
        "costs.csv:2 timing",
        "経費単価!E2",
        {
            "basis": "backup_month",
            "basis_label": "バックアップ職員1人1か月",
            "timing": "initial",
            "found": "初期",
            "timing_expected": "annual",
            "expected": "年間",
        },
        costs(basis="backup_month", timing="initial"),
        costs(basis="backup_month", timing="annual"),
    ),
]
every_case = pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])


def test_every_code_has_its_case() -> None:
    assert {case.code for case in CASES} == {entry.code for entry in figures.ENTRIES}


@every_case
def test_it_is_reported_with_its_figures_at_its_place_in_a_file(case: Case, tmp_path: Path) -> None:
    reported = findings_in_files(case, tmp_path)
    assert [(f.code, f.severity, f.place, f.values) for f in reported] == [
        (case.code, case.severity, case.place, case.values)
    ]
    assert all(map(is_fully_worded, reported))


@every_case
def test_it_is_reported_at_its_cell_on_a_sheet(case: Case, tmp_path: Path) -> None:
    reported = findings_on_sheets(case, tmp_path)
    assert [(f.code, f.place) for f in reported] == [(case.code, case.cell)]


@every_case
def test_the_row_just_next_to_it_is_not_reported(case: Case, tmp_path: Path) -> None:
    assert codes(findings_nearby(case, tmp_path)) == []


# Beyond the one case of a code


def of_tables(ledger: Ledger) -> list[Finding]:
    """Return what the checks of these tables find."""
    return [finding for check in CHECKS for finding in check(ledger)]


def test_every_table_from_plan_to_costs_needs_the_code_where_there_are_two_authorities(
    tmp_path: Path,
) -> None:
    ledger = read(made(SECOND_AUTHORITY, planned), tmp_path)
    reported = [f for f in of_tables(ledger) if f.code == "AUTHORITY_CODE_NEEDED"]
    names = ("plan", "actions", "need", "targets", "occupancy", "costs")
    assert [finding.place for finding in reported] == [
        f"{name}.csv:{row} authority_code"
        for name in names
        for row in range(2, ledger[name].height + 2)
    ]


def test_a_plan_of_no_authority_does_not_break_the_check(tmp_path: Path) -> None:
    found = findings(read(made(SECOND_AUTHORITY, planned), tmp_path))
    assert "plan.csv:2 authority_code" in [finding.place for finding in found]


def test_a_plan_without_a_home_does_not_break_the_check(tmp_path: Path) -> None:
    tables = made(planned, edit("homes", "h", opened_on="2022-04-01"))
    assert "ACTION_HOME_NOT_OPEN" in codes(findings(read(tables, tmp_path)))


def test_one_authority_needs_no_code(tmp_path: Path) -> None:
    assert codes(findings(read(made(planned), tmp_path))) == []


def test_populations_days_and_homes_are_not_added_up_together(tmp_path: Path) -> None:
    tables = made(
        children("all", "14"),
        children("main", "99", population="placed"),
        children("main", "99", as_of="2022-03-30"),
        children("main", "99", home_id="h"),
    )
    assert codes(of_tables(read(tables, tmp_path))) == []


def test_parts_of_one_home_are_held_against_its_own_total(tmp_path: Path) -> None:
    tables = made(children("all", "7", home_id="h"), children("main", "6", home_id="h"))
    reported = of_tables(read(tables, tmp_path))
    assert [(f.code, f.values) for f in reported] == [
        ("OCCUPANCY_SUM_DIFFERS", {"children": 7, "parts": 6})
    ]


def test_need_is_compared_within_one_authority(tmp_path: Path) -> None:
    tables = made(
        SECOND_AUTHORITY,
        need(authority_code="990001"),
        need(authority_code="990019", age_band="preschool"),
    )
    assert codes(of_tables(read(tables, tmp_path))) == []


def test_individual_care_without_a_number_is_not_reported(tmp_path: Path) -> None:
    assert codes(of_tables(read(made(children("all", "0")), tmp_path))) == []
