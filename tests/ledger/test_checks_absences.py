"""Checks of leave: each code, and the day just next to it."""

from pathlib import Path

import pytest

from shokibo.ledger.checks import absences
from tests.builders import (
    Case,
    Edit,
    add,
    all_of,
    codes,
    edit,
    findings,
    findings_in_files,
    findings_nearby,
    findings_on_sheets,
    is_fully_worded,
    made,
    posting,
    read,
)


def leave(staff_id: str, started_on: str, ended_on: str = "", **cells: str) -> Edit:
    """Add leave for the care of a child; the first is row 2."""
    given = {"staff_id": staff_id, "started_on": started_on, "ended_on": ended_on}
    return add("absences", **{**given, "kind": "childcare", "counted": "×", **cells})


def posted(started_on: str, ended_on: str) -> Edit:
    """Post m-1 for some days."""
    return edit("staff", "m-1", started_on=started_on, ended_on=ended_on)


CASES = [
    Case(
        "ABSENCE_DATES_REVERSED",
        "error",
        "absences.csv:2 ended_on",
        "休業!C2",
        {"staff_id": "m-1", "started_on": "2022-12-02", "ended_on": "2022-12-01"},
        leave("m-1", "2022-12-02", "2022-12-01"),
        leave("m-1", "2022-12-02", "2022-12-02"),
    ),
    Case(
        "ABSENCE_OF_NOBODY",
        "error",
        "absences.csv:2 staff_id",
        "休業!A2",
        {"staff_id": "m-2"},
        leave("m-2", "2022-12-01"),
        leave("m-1", "2022-12-01"),
    ),
    Case(
        "ABSENCE_OUTSIDE_POSTING",
        "warning",
        "absences.csv:2 started_on",
        "休業!B2",
        {"staff_id": "m-1", "started_on": "2022-04-30"},
        all_of(posted("2022-05-01", "2022-12-31"), leave("m-1", "2022-04-30", "2022-05-31")),
        all_of(posted("2022-05-01", "2022-12-31"), leave("m-1", "2022-05-01", "2022-05-31")),
    ),
    Case(
        "ABSENCE_OUTSIDE_POSTING",
        "warning",
        "absences.csv:2 ended_on",
        "休業!C2",
        {"staff_id": "m-1", "ended_on": "2023-01-01"},
        all_of(posted("2022-05-01", "2022-12-31"), leave("m-1", "2022-12-01", "2023-01-01")),
        all_of(posted("2022-05-01", "2022-12-31"), leave("m-1", "2022-12-01", "2022-12-31")),
    ),
    Case(
        "ABSENCE_OVERLAPS",
        "error",
        "absences.csv:3 started_on",
        "休業!B3",
        {"staff_id": "m-1", "other": "absences.csv:2 staff_id", "day_before": "2022-12-30"},
        all_of(leave("m-1", "2022-12-01", "2022-12-31"), leave("m-1", "2022-12-31")),
        all_of(leave("m-1", "2022-12-01", "2022-12-31"), leave("m-1", "2023-01-01")),
    ),
]
every_case = pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])


def test_every_code_has_its_case() -> None:
    assert {case.code for case in CASES} == {entry.code for entry in absences.ENTRIES}


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


def test_leave_may_run_through_a_change_of_posting(tmp_path: Path) -> None:
    tables = made(
        posted("2022-05-01", "2022-12-31"),
        posting("m-1", "", dedicated="×", started_on="2023-01-01"),
        leave("m-1", "2022-12-01", "2023-03-31"),
    )
    assert codes(findings(read(tables, tmp_path))) == []


def test_leave_without_an_end_lasts_as_long_as_the_posting(tmp_path: Path) -> None:
    tables = made(posted("2022-05-01", "2022-12-31"), leave("m-1", "2022-12-01"))
    assert codes(findings(read(tables, tmp_path))) == []


def test_leave_wholly_outside_is_reported_once(tmp_path: Path) -> None:
    tables = made(posted("2022-05-01", "2022-12-31"), leave("m-1", "2023-01-01", "2023-02-01"))
    reported = [(f.code, f.place) for f in findings(read(tables, tmp_path))]
    assert reported == [("ABSENCE_OUTSIDE_POSTING", "absences.csv:2 started_on")]


def test_a_later_leave_is_held_against_the_longest_before_it(tmp_path: Path) -> None:
    tables = made(
        posting("m-2", "m6"),
        leave("m-1", "2022-06-01", "2022-12-31"),
        leave("m-2", "2022-06-01", "2022-12-31"),
        leave("m-1", "2022-07-01", "2022-07-31"),
        leave("m-1", "2022-09-01", "2022-09-30"),
    )
    reported = findings(read(tables, tmp_path))
    assert [(f.place, f.values["other"]) for f in reported] == [
        ("absences.csv:4 started_on", "absences.csv:2 staff_id"),
        ("absences.csv:5 started_on", "absences.csv:2 staff_id"),
    ]


def test_leave_of_others_is_not_held_against_it(tmp_path: Path) -> None:
    tables = made(posting("m-2", "m6"), leave("m-1", "2022-06-01"), leave("m-2", "2022-06-01"))
    assert codes(findings(read(tables, tmp_path))) == []
