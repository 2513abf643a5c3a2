"""An authority's own values: what may be set, how it is written, and on which days."""

import datetime as dt
from pathlib import Path

import pytest

from shokibo.law import own_values
from shokibo.law.own_values import settable_names
from shokibo.law.parameters import national_law
from shokibo.ledger.checks import own_values as days
from tests.builders import (
    Case,
    Edit,
    add,
    all_of,
    codes,
    findings,
    findings_in_files,
    findings_nearby,
    findings_on_sheets,
    is_fully_worded,
    made,
    read,
)


def value(name: str, text: str, first: str = "2022-04-01", last: str = "") -> Edit:
    """Add an own value; the first is row 2."""
    return add(
        "parameters",
        name=name,
        value=text,
        effective_from=first,
        effective_to=last,
        source="架空県要綱 第3条",
    )


NAMES = list(settable_names())
CASES = [
    Case(
        "OWN_VALUE_UNKNOWN",
        "error",
        "parameters.csv:2 name",
        "自治体の値!B2",
        {"name": "base_stuff", "names": NAMES},
        value("base_stuff", "3"),
        value("base_staff", "3"),
    ),
    Case(
        "OWN_VALUE_NOT_SETTABLE",
        "error",
        "parameters.csv:2 name",
        "自治体の値!B2",
        {"name": "backup_staff", "meaning": "バックアップ職員の数", "names": NAMES},
        value("backup_staff", "1"),
        value("base_staff", "1"),
    ),
    Case(
        "OWN_VALUE_UNREADABLE",
        "error",
        "parameters.csv:2 value",
        "自治体の値!E2",
        {
            "name": "base_staff",
            "meaning": "加配前の必要職員数",
            "value": "-1",
            "expected": "0以上の整数",
            "expected_in_english": "a whole number, 0 or more",
        },
        value("base_staff", "-1"),
        value("base_staff", "0"),
    ),
    Case(
        "OWN_VALUE_DATES_REVERSED",
        "error",
        "parameters.csv:2 effective_to",
        "自治体の値!D2",
        {"name": "base_staff", "effective_from": "2022-04-02", "effective_to": "2022-04-01"},
        value("base_staff", "3", "2022-04-02", "2022-04-01"),
        value("base_staff", "3", "2022-04-02", "2022-04-02"),
    ),
    Case(
        "OWN_VALUE_OVERLAPS",
        "error",
        "parameters.csv:3 effective_from",
        "自治体の値!C3",
        {"name": "base_staff", "other": "parameters.csv:2 name", "day_before": "2023-03-30"},
        all_of(
            value("base_staff", "3", "2022-04-01", "2023-03-31"),
            value("base_staff", "4", "2023-03-31"),
        ),
        all_of(
            value("base_staff", "3", "2022-04-01", "2023-03-31"),
            value("base_staff", "4", "2023-04-01"),
        ),
    ),
]
every_case = pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])


def test_every_code_has_its_case() -> None:
    entries = (*own_values.ENTRIES, *days.ENTRIES)
    assert {case.code for case in CASES} == {entry.code for entry in entries}


@every_case
def test_it_is_reported_with_its_figures_at_its_place_in_a_file(case: Case, tmp_path: Path) -> None:
    result = findings_in_files(case, tmp_path)
    assert [(f.code, f.severity, f.place, f.values) for f in result] == [
        (case.code, case.severity, case.place, case.values)
    ]
    assert all(map(is_fully_worded, result))


@every_case
def test_it_is_reported_at_its_cell_on_a_sheet(case: Case, tmp_path: Path) -> None:
    result = findings_on_sheets(case, tmp_path)
    assert [(f.code, f.place) for f in result] == [(case.code, case.cell)]


@every_case
def test_the_row_just_next_to_it_is_not_reported(case: Case, tmp_path: Path) -> None:
    assert codes(findings_nearby(case, tmp_path)) == []


def test_what_no_source_states_may_be_set_but_words_and_goals_of_the_state() -> None:
    unconfirmed = {
        name
        for name, parameter in national_law().parameters.items()
        if any(dated.unconfirmed for dated in parameter.values)
    }
    of_the_state = {"need_formula", "foster_goals", "protection_warrant_days", "protection_months"}
    assert set(settable_names().values()) == unconfirmed - of_the_state


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("base_qualified.community_home", []),
        ("base_qualified.branch_group_care", []),
        ("base_qualified.nursery", ["OWN_VALUE_UNKNOWN"]),
        ("base_qualified", ["OWN_VALUE_UNKNOWN"]),
        ("base_staff.community_home", ["OWN_VALUE_UNKNOWN"]),
        ("max_extra.4", ["OWN_VALUE_NOT_SETTABLE"]),
        ("scope_kinds", ["OWN_VALUE_NOT_SETTABLE"]),
    ],
)
def test_a_value_of_a_kind_names_the_kind(name: str, result: list[str], tmp_path: Path) -> None:
    assert codes(findings(read(made(value(name, "2")), tmp_path))) == result


@pytest.mark.parametrize(("text", "value_read"), [("○", True), ("×", False), ("いいえ", False)])
def test_a_yes_or_no_is_read_as_in_any_cell(text: str, value_read: bool, tmp_path: Path) -> None:
    ledger = read(made(value("absent_staff_counted", text)), tmp_path)
    assert codes(findings(ledger)) == []
    (own,) = own_values.own_values(ledger)
    assert own.value is value_read


def test_a_yes_or_no_is_no_number(tmp_path: Path) -> None:
    found = findings(read(made(value("absent_staff_counted", "2")), tmp_path))
    assert codes(found) == ["OWN_VALUE_UNREADABLE"]
    assert "○か×を書いてください" in found[0].message("ja")


@pytest.mark.parametrize("text", ["2.5", "二人", "×", "1/2", "1e3"])
def test_a_number_is_a_whole_one(text: str, tmp_path: Path) -> None:
    found = findings(read(made(value("base_staff", text)), tmp_path))
    assert codes(found) == ["OWN_VALUE_UNREADABLE"]


def test_the_values_that_can_be_used_are_read_in_their_order(tmp_path: Path) -> None:
    tables = made(
        value("base_staff", "４"),
        value("scope_kinds", "main_unit"),
        value("base_qualified.community_home", "2", "2019-04-01", "2024-03-31"),
        value("base_staff", "five", "2030-04-01"),
        value("addressee", "架空局長"),
    )
    read_values = list(own_values.own_values(read(tables, tmp_path)))
    assert [(v.parameter, v.unit_kind, v.value) for v in read_values] == [
        ("base_staff", None, 4),
        ("base_qualified", "community_home", 2),
        ("addressee", None, "架空局長"),
    ]
    assert read_values[1].effective_to == dt.date(2024, 3, 31)
    assert read_values[0].source == "架空県要綱 第3条"


def test_the_only_authority_need_not_be_written_out_to_overlap(tmp_path: Path) -> None:
    tables = made(value("base_staff", "3"), value("base_staff", "4", "2023-04-01"))
    tables["parameters"][1]["authority_code"] = "990001"
    assert codes(findings(read(tables, tmp_path))) == ["OWN_VALUE_OVERLAPS"]
