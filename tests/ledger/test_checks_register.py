"""Checks of authorities, homes, units and capacities: each code, and the row just next to it."""

from pathlib import Path

import pytest

from shokibo.ledger.checks import register
from shokibo.ledger.reading import read_ledger
from tests.builders import (
    EXAMPLES,
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
    read,
    unit,
)


def second_home(**cells: str) -> Edit:
    """Add a home, as row 3."""
    return add("homes", "架空学園", **{"home_id": "h2", "name": "架空の園", **cells})


CASES = [
    Case(
        "AUTHORITY_CODE_WRONG",
        "error",
        "authorities.csv:2 authority_code",
        "自治体!A2",
        {"authority_code": "990002"},
        all_of(
            edit("authorities", "990001", authority_code="990002"),
            edit("homes", "h", authority_code="990002"),
        ),
        all_of(
            edit("authorities", "990001", authority_code="990019"),
            edit("homes", "h", authority_code="990019"),
        ),
    ),
    Case(
        "OPERATOR_NUMBER_WRONG",
        "error",
        "homes.csv:2 operator_number",
        "施設!D2",
        {"operator_number": "5835678256247"},
        edit("homes", "h", operator_number="5835678256247"),
        edit("homes", "h", operator_number="5835678256246"),
    ),
    Case(
        "HOME_DATES_REVERSED",
        "error",
        "homes.csv:3 closed_on",
        "施設!G3",
        {"name": "架空の園", "opened_on": "2020-04-02", "closed_on": "2020-04-01"},
        second_home(opened_on="2020-04-02", closed_on="2020-04-01"),
        second_home(opened_on="2020-04-02", closed_on="2020-04-02"),
    ),
    Case(
        "UNIT_DATES_REVERSED",
        "error",
        "units.csv:5 closed_on",
        "生活単位!F5",
        {"name": "xの家", "opened_on": "2020-04-02", "closed_on": "2020-04-01"},
        unit("x", "main_unit", "6", opened_on="2020-04-02", closed_on="2020-04-01"),
        unit("x", "main_unit", "6", opened_on="2020-04-02", closed_on="2020-04-02"),
    ),
    Case(
        "UNIT_OUTSIDE_HOME",
        "warning",
        "units.csv:2 opened_on",
        "生活単位!E2",
        {"name": "本体の家", "home": "架空学園"},
        all_of(
            edit("homes", "架空学園", opened_on="2019-04-02"),
            edit("units", "m6", opened_on="2019-04-01"),
        ),
        all_of(
            edit("homes", "架空学園", opened_on="2019-04-02"),
            edit("units", "m6", opened_on="2019-04-02"),
        ),
    ),
    Case(
        "CAPACITY_UNKNOWN",
        "error",
        "units.csv:2 opened_on",
        "生活単位!E2",
        {"name": "本体の家", "opened_on": "2019-03-31"},
        edit("units", "m6", opened_on="2019-03-31"),
        edit("units", "m6", opened_on="2019-04-01"),
    ),
    Case(
        "CAPACITY_UNKNOWN",
        "error",
        "units.csv:5 unit_id",
        "生活単位!A5",
        {"name": "xの家"},
        all_of(unit("x", "main_unit", "6"), drop("capacities", "x")),
        unit("x", "main_unit", "6"),
    ),
    Case(
        "CAPACITY_NOT_POSITIVE",
        "error",
        "capacities.csv:5 capacity",
        "定員!C5",
        {"capacity": 0},
        unit("x", "main_unit", "0", closed_on="2020-03-31"),
        unit("x", "main_unit", "1", closed_on="2020-03-31"),
    ),
    Case(
        "CAPACITY_OUTSIDE_UNIT",
        "warning",
        "capacities.csv:6 effective_from",
        "定員!B6",
        {"name": "xの家", "effective_from": "2020-04-01", "closed_on": "2020-03-31"},
        all_of(
            unit("x", "main_unit", "6", closed_on="2020-03-31"),
            add("capacities", unit_id="x", effective_from="2020-04-01", capacity="5"),
        ),
        all_of(
            unit("x", "main_unit", "6", closed_on="2020-03-31"),
            add("capacities", unit_id="x", effective_from="2020-03-31", capacity="5"),
        ),
    ),
]
every_case = pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])


def test_every_code_has_its_case() -> None:
    assert {case.code for case in CASES} == {entry.code for entry in register.ENTRIES}


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


def test_a_clean_ledger_gives_nothing(tmp_path: Path) -> None:
    assert codes(findings(read(made(), tmp_path))) == []


@pytest.mark.parametrize("example", ["form1", "setagaya"])
def test_an_example_gives_no_error(example: str) -> None:
    found = findings(read_ledger(EXAMPLES / example))
    assert [finding.code for finding in found if finding.severity == "error"] == []


# Beyond the one case of a code


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("131121", True),
        ("131122", False),
        ("011002", True),  # its leading zero
        ("990001", True),  # weighted sum 99, no rest: 11 - 0 gives 1
        ("000000", False),
        ("13112X", False),
    ],
)
def test_the_check_digit_of_an_authority_code(code: str, right: bool, tmp_path: Path) -> None:
    tables = made(
        edit("authorities", "990001", authority_code=code), edit("homes", "h", authority_code=code)
    )
    assert codes(findings(read(tables, tmp_path))) == ([] if right else ["AUTHORITY_CODE_WRONG"])


@pytest.mark.parametrize("number", ["835678256246", "58356782562460", "583567825624X"])
def test_an_operator_number_of_another_length_or_with_letters(number: str, tmp_path: Path) -> None:
    found = findings(read(made(edit("homes", "h", operator_number=number)), tmp_path))
    assert codes(found) == ["OPERATOR_NUMBER_WRONG"]


def test_a_number_that_is_wrong_in_two_homes_is_reported_for_each(tmp_path: Path) -> None:
    tables = made(
        edit("homes", "h", operator_number="5835678256247"),
        second_home(),
    )
    places = [finding.place for finding in findings(read(tables, tmp_path))]
    assert places == ["homes.csv:2 operator_number", "homes.csv:3 operator_number"]


def test_a_unit_that_closes_after_its_home(tmp_path: Path) -> None:
    def closing(day: str) -> list[str]:
        tables = made(
            edit("homes", "架空学園", closed_on="2030-03-31"), edit("units", "m6", closed_on=day)
        )
        return codes(findings(read(tables, tmp_path / day)))

    assert closing("2030-04-01") == ["UNIT_OUTSIDE_HOME"]
    assert closing("2030-03-31") == []


def test_names_of_units_are_the_same_after_nfkc(tmp_path: Path) -> None:
    tables = made(
        edit("units", "m6", name="Ａ棟"),
        unit("x", "main_unit", "6", name="A棟"),
        unit("y", "main_unit", "6", name="a棟"),
    )
    reported = [f for f in findings(read(tables, tmp_path)) if f.code == "UNIT_NAME_TWICE"]
    assert [finding.place for finding in reported] == ["units.csv:5 name"]


def test_the_second_and_the_third_of_one_name_are_both_reported(tmp_path: Path) -> None:
    tables = made(
        unit("x", "main_unit", "6", name="本体の家"), unit("y", "main_unit", "6", name="本体の家")
    )
    places = [finding.place for finding in findings(read(tables, tmp_path))]
    assert places == ["units.csv:5 name", "units.csv:6 name"]


def test_a_blank_day_of_opening_needs_no_earlier_capacity(tmp_path: Path) -> None:
    tables = made(edit("capacities", "m6", effective_from="2021-10-01"))
    assert codes(findings(read(tables, tmp_path))) == []
