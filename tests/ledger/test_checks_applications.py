"""Checks of applications and confirmations: each code, and the row just next to it."""

from pathlib import Path

import pytest

from shokibo.ledger.checks import applications
from tests.builders import (
    Case,
    Edit,
    add,
    all_of,
    application,
    codes,
    edit,
    findings,
    findings_in_files,
    findings_nearby,
    findings_on_sheets,
    is_fully_worded,
    made,
    read,
)


def of_2023(unit_id: str = "u4", **cells: str) -> Edit:
    """Add an application for 令和5年度 that is being looked at, as row 5."""
    pending = {
        "fiscal_year": "2023",
        "start_month": "2023-04",
        "applied_on": "2023-04-03",
        "decision": "pending",
        "certified_extra": "",
        "decided_on": "",
    }
    return application("n", unit_id, **{**pending, **cells})


def certified_again(**first: str) -> Edit:
    """Certify a second application for the unit, from October, as row 5."""
    return all_of(
        edit("applications", "a-u4", **first), application("n", "u4", start_month="2022-10")
    )


def confirmation(**cells: str) -> Edit:
    """Add an earlier confirmation, as row 11."""
    row = {"home_id": "h", "item": "training", "confirmed_on": "2021-04-20"}
    return add("confirmations", "", **{**row, **cells})


def ended(day: str, **cells: str) -> Edit:
    """End the certification of the unit, with a reason."""
    return edit("applications", "a-u4", **{"ended_on": day, "end_reason": "架空の退職", **cells})


CASES = [
    Case(
        "CONFIRMATION_DATES_REVERSED",
        "error",
        "confirmations.csv:11 expires_on",
        "要件確認!F11",
        {"expires_on": "2021-03-31"},
        confirmation(holds_from="2021-04-01", expires_on="2021-03-31"),
        confirmation(holds_from="2021-04-01", expires_on="2021-04-01"),
    ),
    Case(
        "CONFIRMATION_DATES_REVERSED",
        "error",
        "confirmations.csv:11 expires_on",
        "要件確認!F11",
        {"expires_on": "2021-04-19"},
        confirmation(expires_on="2021-04-19"),
        confirmation(expires_on="2021-04-20"),
    ),
    Case(
        "APPLICATION_UNIT_MISSING",
        "error",
        "applications.csv:5 unit_id",
        "申請認定!D5",
        {"application_id": "n"},
        of_2023("", addon="dispersal", requested_extra="1"),
        of_2023(""),
    ),
    Case(
        "APPLICATION_UNIT_NEEDLESS",
        "warning",
        "applications.csv:4 unit_id",
        "申請認定!D4",
        {"application_id": "a-k"},
        edit("applications", "a-k", unit_id="u4"),
        edit("applications", "a-k", unit_id=""),
    ),
    Case(
        "APPLICATION_HOME_DIFFERS",
        "error",
        "applications.csv:5 unit_id",
        "申請認定!D5",
        {
            "application_id": "n",
            "unit_id": "u4",
            "unit_name": "地域の家",
            "home_id": "h2",
            "home_name": "架空の園",
            "unit_home": "h",
            "unit_home_name": "架空学園",
        },
        all_of(add("homes", "架空学園", home_id="h2", name="架空の園"), of_2023(home_id="h2")),
        all_of(add("homes", "架空学園", home_id="h2", name="架空の園"), of_2023()),
    ),
    Case(
        "APPLIED_ON_MISSING",
        "error",
        "applications.csv:5 applied_on",
        "申請認定!H5",
        {"application_id": "n"},
        of_2023(applied_on="", decision="returned"),
        of_2023(applied_on="", decision="draft"),
    ),
    Case(
        "DECIDED_ON_MISSING",
        "error",
        "applications.csv:5 decided_on",
        "申請認定!K5",
        {"application_id": "n"},
        of_2023(decision="withdrawn"),
        of_2023(decision="returned"),
    ),
    Case(
        "CERTIFIED_EXTRA_MISSING",
        "error",
        "applications.csv:2 certified_extra",
        "申請認定!J2",
        {
            "application_id": "a-u4",
            "home_id": "h",
            "home_name": "架空学園",
            "unit_id": "u4",
            "unit_name": "地域の家",
        },
        edit("applications", "a-u4", certified_extra=""),
        edit("applications", "a-u4", certified_extra="", decision="rejected"),
    ),
    Case(
        "REQUESTED_EXTRA_MISSING",
        "warning",
        "applications.csv:5 requested_extra",
        "申請認定!G5",
        {"application_id": "n"},
        of_2023(requested_extra=""),
        of_2023(requested_extra="", decision="draft"),
    ),
    Case(
        "EXTRA_NOT_POSITIVE",
        "error",
        "applications.csv:5 requested_extra",
        "申請認定!G5",
        {"application_id": "n"},
        of_2023(requested_extra="0"),
        of_2023(requested_extra="1"),
    ),
    Case(
        "CERTIFIED_ABOVE_REQUESTED",
        "warning",
        "applications.csv:3 certified_extra",
        "申請認定!J3",
        {
            "application_id": "a-b5",
            "home_id": "h",
            "home_name": "架空学園",
            "unit_id": "b5",
            "unit_name": "分園の家",
            "certified_extra": 2,
            "requested_extra": 1,
        },
        edit("applications", "a-b5", requested_extra="1"),
        edit("applications", "a-b5", requested_extra="2"),
    ),
    Case(
        "START_MONTH_OUTSIDE_YEAR",
        "error",
        "applications.csv:5 start_month",
        "申請認定!F5",
        {"application_id": "n", "start_month": "2024-04-01"},
        of_2023(start_month="2024-04"),
        of_2023(start_month="2024-03"),
    ),
    Case(
        "START_MONTH_OUTSIDE_YEAR",
        "error",
        "applications.csv:5 start_month",
        "申請認定!F5",
        {"application_id": "n", "start_month": "2023-03-01"},
        of_2023(start_month="令和5年3月"),
        of_2023(start_month="令和5年4月"),
    ),
    Case(
        "DECIDED_BEFORE_APPLIED",
        "error",
        "applications.csv:2 decided_on",
        "申請認定!K2",
        {"application_id": "a-u4", "applied_on": "2022-04-04", "decided_on": "2022-04-03"},
        edit("applications", "a-u4", decided_on="2022-04-03"),
        edit("applications", "a-u4", decided_on="2022-04-04"),
    ),
    Case(
        "ENDED_NOT_MONTH_END",
        "error",
        "applications.csv:2 ended_on",
        "申請認定!L2",
        {"application_id": "a-u4", "ended_on": "2023-02-27"},
        ended("2023-02-27"),
        ended("2023-02-28"),
    ),
    Case(
        "ENDED_BEFORE_START",
        "error",
        "applications.csv:2 ended_on",
        "申請認定!L2",
        {"application_id": "a-u4", "ended_on": "2022-09-30"},
        ended("2022-09-30", start_month="2022-10"),
        ended("2022-10-31", start_month="2022-10"),
    ),
    Case(
        "ENDED_BEFORE_START",
        "error",
        "applications.csv:2 ended_on",
        "申請認定!L2",
        {"application_id": "a-u4", "ended_on": "2022-04-30"},
        ended("2022-04-30", decided_on="2022-05-01"),
        ended("2022-04-30", decided_on="2022-04-30"),
    ),
    Case(
        "ENDED_NOT_CERTIFIED",
        "warning",
        "applications.csv:2 ended_on",
        "申請認定!L2",
        {"application_id": "a-u4"},
        ended("2022-09-30", decision="rejected"),
        ended("2022-09-30"),
    ),
    Case(
        "END_REASON_MISSING",
        "warning",
        "applications.csv:2 end_reason",
        "申請認定!M2",
        {"application_id": "a-u4"},
        ended("2022-09-30", end_reason=""),
        ended("2022-09-30"),
    ),
    Case(
        "APPLICATION_TWICE",
        "warning",
        "applications.csv:5 application_id",
        "申請認定!A5",
        {"other": "a-u4"},
        certified_again(ended_on="2022-10-31", end_reason="架空の退職"),
        certified_again(ended_on="2022-09-30", end_reason="架空の退職"),
    ),
]
every_case = pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])


def test_every_code_has_its_case() -> None:
    assert {case.code for case in CASES} == {entry.code for entry in applications.ENTRIES}


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


@pytest.mark.parametrize("decision", ["certified", "rejected", "withdrawn"])
def test_each_decision_needs_its_day(decision: str, tmp_path: Path) -> None:
    tables = made(of_2023("", decision=decision))
    reported = [f.code for f in findings(read(tables, tmp_path)) if f.severity == "error"]
    assert reported == ["DECIDED_ON_MISSING"]


@pytest.mark.parametrize("decision", ["pending", "returned", "certified", "rejected", "withdrawn"])
def test_all_but_drafts_need_their_day_of_application(decision: str, tmp_path: Path) -> None:
    tables = made(of_2023("", applied_on="", decision=decision))
    assert "APPLIED_ON_MISSING" in codes(findings(read(tables, tmp_path)))


def test_a_number_certified_that_is_not_positive_is_reported_at_its_own_cell(
    tmp_path: Path,
) -> None:
    tables = made(edit("applications", "a-u4", certified_extra="0"))
    reported = findings(read(tables, tmp_path))
    assert [(f.code, f.place) for f in reported] == [
        ("EXTRA_NOT_POSITIVE", "applications.csv:2 certified_extra")
    ]


def test_two_certified_without_an_end_are_reported(tmp_path: Path) -> None:
    assert codes(findings(read(made(certified_again()), tmp_path))) == ["APPLICATION_TWICE"]


def test_a_second_one_for_another_year_unit_or_addon_is_not_reported(tmp_path: Path) -> None:
    tables = made(
        application("n1", "m6", decision="rejected", certified_extra=""),
        of_2023(decision="draft"),
        application("n2", "u4", decision="rejected", certified_extra="", applied_on="2022-04-05"),
    )
    assert "APPLICATION_TWICE" not in codes(findings(read(tables, tmp_path)))


def test_backup_certified_twice_is_reported(tmp_path: Path) -> None:
    tables = made(application("n", "", start_month="2022-10"))
    reported = findings(read(tables, tmp_path))
    assert [(f.code, f.values) for f in reported] == [("APPLICATION_TWICE", {"other": "a-k"})]


def test_one_that_overlaps_two_others_is_reported_for_both(tmp_path: Path) -> None:
    short = {"start_month": "2022-05", "ended_on": "2022-05-31", "end_reason": "架空"}
    tables = made(application("n1", "u4", **short), application("n2", "u4", start_month="2022-06"))
    reported = [f for f in findings(read(tables, tmp_path)) if f.code == "APPLICATION_TWICE"]
    assert [finding.place for finding in reported] == [
        "applications.csv:5 application_id",
        "applications.csv:6 application_id",
    ]
