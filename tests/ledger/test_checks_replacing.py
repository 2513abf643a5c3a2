"""Checks of applications that replace others: each code, and the row just next to it."""

from pathlib import Path

import pytest

from shokibo.ledger.checks import replacing
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


def ended(day: str) -> Edit:
    """Let a-b5 (two extra, row 3) end."""
    return edit("applications", "a-b5", ended_on=day, end_reason="退職" if day else "")


def changed(replaces: str = "a-b5", unit_id: str = "b5", **cells: str) -> Edit:
    """Add an application of one extra from October on, as row 5."""
    given = {"start_month": "2022-10", "applied_on": "2022-10-03", "decided_on": "2022-10-20"}
    return application("n", unit_id, **{**given, "replaces": replaces, **cells})


CASES = [
    Case(
        "REPLACES_CIRCLE",
        "error",
        "applications.csv:3 replaces",
        "申請認定!O3",
        {"ids": ["a-b5"]},
        edit("applications", "a-b5", replaces="a-b5"),
        all_of(ended("2022-09-30"), changed()),
    ),
    Case(
        "REPLACES_OTHER",
        "error",
        "applications.csv:5 replaces",
        "申請認定!O5",
        {"application_id": "n", "replaces": "a-u4", "headers": ["生活単位ID"]},
        all_of(ended("2022-09-30"), changed("a-u4")),
        all_of(ended("2022-09-30"), changed()),
    ),
    Case(
        "REPLACES_UNCERTIFIED",
        "error",
        "applications.csv:5 replaces",
        "申請認定!O5",
        {"application_id": "n", "replaces": "a-b5"},
        all_of(edit("applications", "a-b5", decision="rejected", certified_extra=""), changed()),
        all_of(ended("2022-09-30"), changed()),
    ),
    Case(
        "REPLACED_NOT_ENDED",
        "error",
        "applications.csv:3 ended_on",
        "申請認定!L3",
        {
            "application_id": "n",
            "replaces": "a-b5",
            "start_month": "2022-10-01",
            "day_before": "2022-09-30",
        },
        changed(),
        changed(decision="pending", certified_extra="", decided_on=""),
    ),
    Case(
        "REPLACED_NOT_ENDED",
        "error",
        "applications.csv:3 ended_on",
        "申請認定!L3",
        {
            "application_id": "n",
            "replaces": "a-b5",
            "start_month": "2022-10-01",
            "ended_before": "2022-10-31",
            "day_before": "2022-09-30",
        },
        all_of(ended("2022-10-31"), changed()),
        all_of(ended("2022-09-30"), changed()),
    ),
    Case(
        "RETROACTIVE_START",
        "info",
        "applications.csv:2 start_month",
        "申請認定!F2",
        {"application_id": "a-u4", "start_month": "2022-04-01", "applied_on": "2022-05-01"},
        edit("applications", "a-u4", applied_on="2022-05-01", decided_on="2022-05-20"),
        edit("applications", "a-u4", applied_on="2022-04-30", decided_on="2022-05-20"),
    ),
]
every_case = pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])


def test_every_code_has_its_case() -> None:
    assert {case.code for case in CASES} == {entry.code for entry in replacing.ENTRIES}


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


def test_two_applications_that_replace_each_other_are_reported_once(tmp_path: Path) -> None:
    tables = made(edit("applications", "a-b5", replaces="n"), changed())
    reported = [(f.code, f.place) for f in findings(read(tables, tmp_path))]
    assert reported == [("REPLACES_CIRCLE", "applications.csv:3 replaces")]


def test_all_that_differs_is_in_one_message(tmp_path: Path) -> None:
    backup = add(
        "applications",
        application_id="n",
        addon="backup",
        home_id="h",
        fiscal_year="2021",
        start_month="2021-10",
        applied_on="2021-10-01",
        decision="pending",
        replaces="a-u4",
    )
    (reported,) = (f for f in findings(read(made(backup), tmp_path)) if f.code == "REPLACES_OTHER")
    assert reported.values["headers"] == ["加算区分", "生活単位ID", "年度"]
    assert "加算区分、生活単位ID、年度が違います" in reported.message("ja")


def test_one_that_runs_on_next_to_another_than_it_replaces_is_still_reported(
    tmp_path: Path,
) -> None:
    tables = made(changed(replaces=""))
    assert "APPLICATION_TWICE" in codes(findings(read(tables, tmp_path)))


def test_a_draft_without_a_day_starts_when_it_will(tmp_path: Path) -> None:
    tables = made(
        edit(
            "applications",
            "a-u4",
            applied_on="",
            decided_on="",
            certified_extra="",
            decision="draft",
        )
    )
    assert codes(findings(read(tables, tmp_path))) == []


@pytest.mark.parametrize("decision", ["rejected", "withdrawn"])
def test_a_start_that_never_was_is_not_reported(decision: str, tmp_path: Path) -> None:
    late = {"applied_on": "2022-05-01", "decided_on": "2022-05-20", "certified_extra": ""}
    tables = made(edit("applications", "a-u4", decision=decision, **late))
    assert codes(findings(read(tables, tmp_path))) == []
