"""Cases that pin the reference to the sources, and the random ledgers to the boundaries.

A table is drawn in text: the first line names the columns, an empty cell is blank.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from .generate import COLUMNS, KEYS, boundary_days, random_tables, write_csv
from .judge import Row, Tables, evaluate, form1, form2, half_up_to_tenths, load, on_reference_day

DAY = date(2022, 4, 1)
REQUIREMENT_CODES = ("REQ_EARLY_RETURN", "REQ_TRAINING", "REQ_LONG_TERM_PLAN")
ONE_HOME = "home_id | name\n H | A 園"
ONE_UNIT = "unit_id | home_id | name | kind\n U | H | a 園 | community_home"
FOUR_PLACES = "unit_id | effective_from | capacity\n U | 2019-04-01 | 4"
ALL_CONFIRMED = """
    home_id | item                 | confirmed_on
    H       | early_return         | 2019-04-01
    H       | training             | 2019-04-01
    H       | long_term_plan       | 2019-04-01
    H       | duty_information     | 2019-04-01
    H       | duty_management      | 2019-04-01
    H       | duty_supervision     | 2019-04-01
    H       | duty_mental_health   | 2019-04-01
    H       | duty_relief          | 2019-04-01
    H       | duty_community       | 2019-04-01
"""


def table(text: str) -> list[Row]:
    """Read a table drawn in text."""
    header, *lines = [
        [cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()
    ]
    return [
        {column: cell or None for column, cell in zip(header, line, strict=True)} for line in lines
    ]


def ledger(**drawn: str) -> Tables:
    """Return a ledger of one home with one unit of 4 places, where no other table is drawn."""
    tables = {"homes": ONE_HOME, "units": ONE_UNIT, "capacities": FOUR_PLACES} | drawn
    return {name: table(text) for name, text in tables.items()}


def full_timers(unit_id: str, count: int, home_id: str = "H") -> list[Row]:
    """Return full-time childcare workers dedicated to a unit."""
    return [
        {
            "staff_id": f"{unit_id}-{number}",
            "home_id": home_id,
            "unit_id": unit_id,
            "job": "childcare_worker",
            "employment": "full_time",
            "role": "care",
            "dedicated": "1",
            "main_rota": "0",
        }
        for number in range(count)
    ]


def part_timers(*hours: tuple[str, str]) -> list[Row]:
    """Return part-time childcare workers of unit U by weekly and full-time hours."""
    rows = full_timers("U", len(hours))
    for row, (weekly, full_time) in zip(rows, hours, strict=True):
        row["staff_id"] = f"P-{row['staff_id']}"
        row["employment"] = "part_time"
        row["weekly_hours"] = weekly or None
        row["full_time_weekly_hours"] = full_time or None
    return rows


def judged_unit(tables: Tables, day: date = DAY) -> dict[str, Any]:
    """Judge the one unit of a ledger."""
    unit: dict[str, Any] = evaluate(tables, day)["units"][0]
    return unit


def outcomes(judged: dict[str, Any]) -> dict[str, str]:
    """Return the outcome of each reason."""
    return {reason["code"]: reason["outcome"] for reason in judged["reasons"]}


# R1, R2: scope and the most extra staff


@pytest.mark.parametrize(
    ("kind", "capacity", "in_scope", "capacity_outcome", "max_extra"),
    [
        ("community_home", 3, True, "not_applicable", 0),
        ("community_home", 4, True, "not_applicable", 1),
        ("community_home", 5, True, "not_applicable", 2),
        ("community_home", 6, True, "not_applicable", 3),
        ("community_home", 7, True, "not_applicable", 0),
        ("community_home", None, True, "not_applicable", None),
        ("branch_group_care", 3, False, "not_met", 0),
        ("branch_group_care", 4, True, "met", 1),
        ("branch_group_care", 5, True, "met", 2),
        ("branch_group_care", 6, True, "met", 3),
        ("branch_group_care", 7, False, "not_met", 0),
        ("branch_group_care", None, None, "cannot_judge", None),
        ("main_unit", 6, False, "not_applicable", 0),
        ("main_unit", None, False, "not_applicable", 0),
        ("other_group_home", 4, False, "not_applicable", 0),
    ],
)
def test_scope_and_most_extra_staff(
    kind: str,
    capacity: int | None,
    in_scope: bool | None,
    capacity_outcome: str,
    max_extra: int | None,
) -> None:
    capacities = "unit_id | effective_from | capacity"
    if capacity is not None:
        capacities += f"\n U | 2022-04-01 | {capacity}"
    tables = ledger(units=ONE_UNIT.replace("community_home", kind), capacities=capacities)
    unit = judged_unit(tables)
    assert unit["in_scope"] is in_scope
    assert unit["capacity"] == capacity
    assert unit["max_extra"] == max_extra
    assert outcomes(unit)["SCOPE_CAPACITY"] == capacity_outcome
    scope_kinds = ("community_home", "branch_group_care")
    assert outcomes(unit)["SCOPE_KIND"] == ("met" if kind in scope_kinds else "not_met")


def test_nothing_is_in_scope_before_the_notification_applies() -> None:
    tables = ledger(
        capacities="unit_id | effective_from | capacity\n U | 2018-04-01 | 4",
        confirmations=ALL_CONFIRMED,
    )
    unit = judged_unit(tables, date(2019, 3, 31))
    assert unit["in_scope"] is False
    assert (unit["capacity"], unit["max_extra"], unit["available_extra"]) == (4, 0, 0)
    assert outcomes(unit) == {
        "SCOPE_KIND": "not_met",
        "SCOPE_CAPACITY": "not_applicable",
        "EXTRA_STAFF": "not_applicable",
        "REQ_EARLY_RETURN": "not_applicable",
        "REQ_TRAINING": "not_applicable",
        "REQ_LONG_TERM_PLAN": "not_applicable",
    }
    assert judged_unit(tables, date(2019, 4, 1))["in_scope"] is True


def test_capacity_is_the_latest_not_after_the_day() -> None:
    tables = ledger(
        capacities="""
            unit_id | effective_from | capacity
            U       | 2022-04-02     | 6
            U       | 2022-03-31     | 5
        """
    )
    found = [judged_unit(tables, date(2022, 3, day))["capacity"] for day in (30, 31)]
    found += [judged_unit(tables, date(2022, 4, day))["capacity"] for day in (1, 2)]
    assert found == [None, 5, 5, 6]


def test_a_unit_is_open_only_while_its_home_is() -> None:
    tables = ledger(
        homes="home_id | name | opened_on | closed_on\n H | A 園 | 2022-04-02 | 2022-04-29",
        units="""
            unit_id | home_id | name | kind           | opened_on  | closed_on
            U       | H       | a 園 | community_home | 2022-04-01 | 2022-04-30
        """,
    )
    open_days = [day for day in range(1, 31) if evaluate(tables, date(2022, 4, day))["units"]]
    assert (open_days[0], open_days[-1]) == (2, 29)


# R3: available extra staff


@pytest.mark.parametrize(
    ("capacity", "full_time", "part_time", "staff_fte", "available", "outcome"),
    [
        (4, 3, [], "3.0", 0, "not_met"),
        (4, 3, [("37.5", "40")], "3.9", 0, "not_met"),  # 0.9375
        (4, 3, [("38", "40")], "4.0", 1, "met"),  # 0.95, rounded before the floor
        (4, 6, [], "6.0", 1, "met"),
        (5, 4, [], "4.0", 1, "met"),
        (5, 6, [], "6.0", 2, "met"),
        (6, 5, [("36", "40")], "5.9", 2, "met"),
        (6, 6, [], "6.0", 3, "met"),
        (6, 7, [], "7.0", 3, "met"),
        (7, 6, [], "6.0", 0, "not_met"),
        (6, 1, [], "1.0", 0, "not_met"),
        (6, 6, [("", "40")], None, None, "cannot_judge"),
        (7, 6, [("", "40")], None, 0, "not_met"),
    ],
)
def test_available_extra_staff(
    capacity: int,
    full_time: int,
    part_time: list[tuple[str, str]],
    staff_fte: str | None,
    available: int | None,
    outcome: str,
) -> None:
    tables = ledger(capacities=FOUR_PLACES.replace("| 4", f"| {capacity}"))
    tables["staff"] = full_timers("U", full_time) + part_timers(*part_time)
    unit = judged_unit(tables)
    assert (unit["staff_fte"], unit["available_extra"]) == (staff_fte, available)
    assert outcomes(unit)["EXTRA_STAFF"] == outcome


@pytest.mark.parametrize(
    ("column", "cell"), [("job", "other"), ("dedicated", "0"), ("main_rota", "1")]
)
def test_only_qualified_and_dedicated_staff_are_extra(column: str, cell: str) -> None:
    tables = ledger()
    tables["staff"] = full_timers("U", 4)
    for row in tables["staff"]:
        row[column] = cell
    unit = judged_unit(tables)
    assert (unit["staff_fte"], unit["qualified_fte"], unit["available_extra"]) == ("4.0", "0.0", 0)


@pytest.mark.parametrize(
    ("staff", "early_return", "eligible"),
    [(4, "1", True), (4, "0", False), (4, None, None), (3, None, False)],
)
def test_eligible_is_false_before_it_is_unknown(
    staff: int, early_return: str | None, eligible: bool | None
) -> None:
    tables = ledger(confirmations=ALL_CONFIRMED)
    tables["staff"] = full_timers("U", staff)
    tables["confirmations"][0]["result"] = early_return
    if early_return is None:
        del tables["confirmations"][0]
    assert judged_unit(tables)["eligible"] is eligible


# R4: full-time equivalents


@pytest.mark.parametrize(
    ("hours", "printed"),
    [
        ([("15", "40"), ("15", "40")], "0.8"),  # 様式1 ※: 0.75
        ([("10", "40")], "0.3"),  # 0.25
        ([("9.9", "40")], "0.2"),  # 0.2475
        ([("2", "40")], "0.1"),  # 0.05
        ([("1.99", "40")], "0.0"),
        ([("12.5", "37.5"), ("12.5", "37.5"), ("12.5", "37.5")], "1.0"),  # thirds
        ([("12.5", "37.5"), ("10", "40"), ("13", "39")], "0.9"),  # 1/3 + 1/4 + 1/3
        ([("31", "38.75"), ("5.25", "35")], "1.0"),  # 0.8 + 0.15 = 0.95
        ([("10", "40")] * 2, "0.5"),  # summed before rounding: not 0.3 + 0.3
        ([("15", "0")], None),
        ([("15", "40"), ("15", "")], None),
        ([("", "40")], None),
        ([], "0.0"),
    ],
)
def test_part_timers_are_summed_then_rounded_half_up(
    hours: list[tuple[str, str]], printed: str | None
) -> None:
    tables = ledger()
    tables["staff"] = part_timers(*hours)
    assert judged_unit(tables)["staff_fte"] == printed


@pytest.mark.parametrize(
    ("exact", "tenths"), [((1, 4), (3, 10)), ((3, 4), (8, 10)), ((249, 1000), (2, 10))]
)
def test_rounding_is_half_up(exact: tuple[int, int], tenths: tuple[int, int]) -> None:
    assert half_up_to_tenths(Fraction(*exact)) == Fraction(*tenths)


def test_only_care_staff_of_the_unit_on_the_day_count() -> None:
    tables = ledger(
        staff="""
            staff_id | home_id | unit_id | employment | role    | started_on | ended_on
            S1       | H       | U       | full_time  | care    |            |
            S2       | H       | U       | full_time  | backup  |            |
            S3       | H       | U       | full_time  | support |            |
            S4       | H       |         | full_time  | care    |            |
            S5       | H       | U       | full_time  | care    | 2022-04-01 | 2022-04-01
            S6       | H       | U       | full_time  | care    | 2022-04-02 |
            S7       | H       | U       | full_time  | care    |            | 2022-03-31
        """
    )
    for row in tables["staff"]:
        row |= {"job": "other", "dedicated": "1", "main_rota": "0"}
    assert judged_unit(tables)["staff_fte"] == "2.0"


def two_postings(second: str, weekly_hours: str = "20") -> Tables:
    """Return a full-timer of unit U with a second posting: place, role, first day."""
    return ledger(
        staff=f"""
            staff_id | home_id | unit_id | employment | weekly_hours   | role   | started_on
            S1       | H       | U       | full_time  | {weekly_hours} | care   |
            S1       | H       | {second}
        """
    )


@pytest.mark.parametrize(
    ("second", "hours", "staff_fte"),
    [
        (" | full_time | 20 | backup | 2022-04-01", "20", "0.5"),
        (" | full_time | 20 | backup | 2022-04-02", "20", "1.0"),
        ("U | full_time | 15 | care | 2022-04-01", "15", "0.8"),
        ("U | full_time | | support | 2022-04-01", "20", "0.5"),
        ("U | full_time | 20 | care | 2022-04-01", "", None),
    ],
)
def test_two_simultaneous_postings_count_by_hours(
    second: str, hours: str, staff_fte: str | None
) -> None:
    tables = two_postings(second, hours)
    for row in tables["staff"]:
        row |= {"job": "other", "dedicated": "1", "main_rota": "0"}
        row["full_time_weekly_hours"] = "40"
    assert judged_unit(tables)["staff_fte"] == staff_fte


# R6: the backup add-on


@pytest.mark.parametrize(
    ("weekly_hours", "backup_fte", "outcome"),
    [
        ("40", "1.0", "met"),
        ("38", "1.0", "met"),
        ("37.9", "0.9", "not_met"),
        ("", None, "cannot_judge"),
        ("40.1", "1.0", "met"),
    ],
)
def test_one_backup_worker(weekly_hours: str, backup_fte: str | None, outcome: str) -> None:
    tables = ledger(confirmations=ALL_CONFIRMED)
    tables["staff"] = part_timers((weekly_hours, "40"))
    tables["staff"][0] |= {"role": "backup", "unit_id": None}
    home = evaluate(tables, DAY)["homes"][0]
    assert home["backup_fte"] == backup_fte
    assert outcomes(home)["BACKUP_STAFF"] == outcome
    assert home["backup_eligible"] is {"met": True, "not_met": False}.get(outcome)


@pytest.mark.parametrize(
    ("kinds", "outcome"),
    [
        (["community_home"], "met"),
        (["main_unit", "branch_group_care"], "cannot_judge"),
        (["community_home", "branch_group_care"], "met"),
        (["main_unit", "other_group_home"], "not_met"),
        ([], "not_met"),
    ],
)
def test_a_backup_home_has_units_in_scope(kinds: list[str], outcome: str) -> None:
    units = "unit_id | home_id | name | kind"
    for kind in kinds:
        units += f"\n {kind} | H | {kind} | {kind}"
    home = evaluate(ledger(units=units), DAY)["homes"][0]
    assert outcomes(home)["BACKUP_UNITS"] == outcome
    assert home["backup_fte"] == "0.0"


def test_a_backup_worker_in_a_unit_counts_nowhere() -> None:
    tables = ledger()
    tables["staff"] = full_timers("U", 1)
    tables["staff"][0]["role"] = "backup"
    judged = evaluate(tables, DAY)
    assert judged["homes"][0]["backup_fte"] == judged["units"][0]["staff_fte"] == "0.0"


# R7: requirements


@pytest.mark.parametrize(
    ("drawn", "outcome"),
    [
        ("", "cannot_judge"),
        (" | 2022-04-01 | | ", "met"),
        ("1 | 2022-04-01 | | ", "met"),
        ("0 | 2022-04-01 | | ", "not_met"),
        (" | 2022-04-02 | | ", "cannot_judge"),
        (" | 2022-04-20 | 2022-04-01 | ", "met"),
        (" | 2022-03-20 | 2022-04-02 | ", "cannot_judge"),
        (" | 2021-04-01 | | 2022-04-01", "met"),
        (" | 2021-04-01 | | 2022-03-31", "cannot_judge"),
        ("0 | 2021-04-01 | | \n 1 | 2021-04-02 | | ", "met"),
        ("1 | 2021-04-02 | | \n 0 | 2021-04-01 | | ", "met"),
        ("1 | 2021-04-02 | | 2022-03-31 \n 0 | 2021-04-01 | | ", "not_met"),
        ("1 | 2021-04-02 | | \n 0 | 2022-04-02 | 2022-04-01 | ", "not_met"),
    ],
)
def test_the_latest_confirmation_that_holds_decides(drawn: str, outcome: str) -> None:
    tables = ledger()
    header = "result | confirmed_on | holds_from | expires_on"
    tables["confirmations"] = table(f"{header}\n{drawn}")
    for row in tables["confirmations"]:
        row |= {"home_id": "H", "item": "training"}
    assert outcomes(judged_unit(tables))["REQ_TRAINING"] == outcome
    assert outcomes(evaluate(tables, DAY)["homes"][0])["REQ_TRAINING"] == outcome


def test_requirements_do_not_apply_out_of_scope() -> None:
    tables = ledger(units=ONE_UNIT.replace("community_home", "main_unit"))
    found = outcomes(judged_unit(tables))
    assert {found[code] for code in REQUIREMENT_CODES} == {"not_applicable"}


# R5: reference dates


@pytest.mark.parametrize(
    ("start_month", "unit_opened", "home_opened", "expected"),
    [
        (None, None, None, date(2022, 4, 1)),
        ("2022-04", None, None, date(2022, 4, 1)),
        ("2022-10", None, None, date(2022, 10, 1)),
        ("2023-03", None, None, date(2023, 3, 1)),
        ("2022-03", None, None, date(2022, 4, 1)),
        (None, "2022-04-15", None, date(2022, 4, 15)),
        ("2022-05", "2022-04-15", None, date(2022, 5, 1)),
        ("2022-05", "2022-05-10", "2022-05-02", date(2022, 5, 10)),
        ("2022-05", "2022-05-02", "2022-05-10", date(2022, 5, 10)),
    ],
)
def test_reference_day(
    start_month: str | None, unit_opened: str | None, home_opened: str | None, expected: date
) -> None:
    tables = ledger()
    tables["homes"][0]["opened_on"] = home_opened
    tables["units"][0]["opened_on"] = unit_opened
    application: Row | None = None if start_month is None else {"start_month": start_month}
    unit = tables["units"][0]
    assert on_reference_day(tables, [unit], 2022, application) == (unit, expected)


def test_capacity_and_staff_of_the_list_are_those_of_the_reference_day() -> None:
    tables = ledger(
        capacities="""
            unit_id | effective_from | capacity
            U       | 2021-04-01     | 4
            U       | 2022-07-01     | 5
        """,
    )
    tables["staff"] = full_timers("U", 5)
    tables["staff"][0]["started_on"] = "2022-07-01"
    certified = applied_for("dispersal", "2022-04-01 | certified | 2022-04-20 | ")
    tables["applications"] = certified["applications"]
    tables["applications"][0]["start_month"] = "2022-07"
    assert figures(form1(tables, 2022)) == [(5, "5")]
    tables["applications"][0]["start_month"] = "2022-06"
    assert figures(form1(tables, 2022)) == [(4, "4")]
    assert form1(tables, 2022)["units"]["total"]["certified"] == split(four=1)


def figures(form: dict[str, Any]) -> list[tuple[int | None, str | None]]:
    """Return capacity and staff of each listed unit."""
    return [(row["capacity"], row["staff"]) for row in form["list"]]


def split(total: int | None = None, four: int = 0, five: int = 0, six: int = 0) -> dict[str, int]:
    """Return a split by capacity."""
    return {
        "total": four + five + six if total is None else total,
        "4": four,
        "5": five,
        "6": six,
    }


# R9: the forms


def test_form1_lists_the_examples_of_the_sheet() -> None:
    tables = ledger(
        homes="home_id | name\n HA | A 園\n HB | B 園\n HC | C 園\n HD | D 園",
        units="""
            unit_id | home_id | name | kind
            UC      | HC      | a 園 | community_home
            UA1     | HA      | a 園 | community_home
            UB      | HB      | a 園 | branch_group_care
            UA2     | HA      | b 園 | branch_group_care
            UA3     | HA      | c 園 | main_unit
        """,
        capacities="""
            unit_id | effective_from | capacity
            UA1     | 2022-04-01     | 4
            UA2     | 2022-04-01     | 6
            UA3     | 2022-04-01     | 6
            UB      | 2022-04-01     | 5
            UC      | 2022-04-01     | 5
        """,
        applications="""
            application_id | addon     | home_id | unit_id | decision
            A1             | dispersal | HA      | UA1     | certified
            A2             | dispersal | HA      | UA2     | certified
            A3             | backup    | HA      |         | certified
            A4             | dispersal | HB      | UB      | certified
            A5             | backup    | HB      |         | pending
            A6             | backup    | HC      |         | certified
            A7             | dispersal | HC      | UC      | rejected
        """,
    )
    for row in tables["applications"]:
        row |= {"fiscal_year": "2022", "start_month": "2022-04"}
        row |= {"applied_on": "2022-04-01", "decided_on": "2022-04-20", "ended_on": None}
    tables["staff"] = [
        *full_timers("UA1", 4, "HA"),
        *full_timers("UA2", 6, "HA"),
        *full_timers("UB", 5, "HB"),
        *full_timers("UC", 4, "HC"),
    ]
    form = form1(tables, 2022)
    assert [list(row.values()) for row in form["list"]] == [
        [1, "a 園", 4, True, "4", "A 園", True],
        [2, "b 園", 6, True, "6", "A 園", True],
        [3, "a 園", 5, True, "5", "B 園", False],
        [4, "a 園", 5, False, "4", "C 園", True],
    ]
    assert list(form["list"][0]) == [
        *("number", "unit_name", "capacity", "dispersal", "staff", "home_name", "backup")
    ]
    assert form["units"] == {
        "community_home": {
            "units": 2,
            "applied": split(four=1, five=1),
            "certified": split(four=1),
        },
        "branch_group_care": {
            "units": 2,
            "applied": split(five=1, six=1),
            "certified": split(five=1, six=1),
        },
        "total": {
            "units": 4,
            "applied": split(four=1, five=2, six=1),
            "certified": split(four=1, five=1, six=1),
        },
    }
    assert form["backup"] == {"homes": 4, "homes_with_units": 3, "applied": 3, "certified": 2}
    assert form2(tables, 2022) == form


@pytest.mark.parametrize(
    ("drawn", "applied", "certified"),
    [
        ("2022-04-29 | certified | 2022-04-29 | ", 1, 1),
        ("2022-04-30 | certified | 2022-04-30 | ", 1, 1),
        ("2022-04-30 | certified | 2022-05-01 | ", 1, 0),
        ("2022-05-01 | certified | 2022-05-01 | ", 0, 0),
        ("2022-05-01 | certified | 2022-04-30 | ", 0, 0),
        (" | certified | 2022-04-30 | ", 0, 0),
        ("2022-04-01 | certified | | ", 1, 0),
        ("2022-04-01 | certified | 2022-04-10 | 2022-04-29", 1, 0),
        ("2022-04-01 | certified | 2022-04-10 | 2022-04-30", 1, 1),
        ("2022-04-01 | certified | 2022-04-10 | 2022-05-31", 1, 1),
        ("2022-04-01 | draft | | ", 0, 0),
        ("2022-04-30 | pending | | ", 1, 0),
        ("2022-05-01 | pending | | ", 0, 0),
        ("2022-04-01 | returned | | ", 1, 0),
        ("2022-04-01 | rejected | 2022-04-10 | ", 1, 0),
        ("2022-04-01 | withdrawn | 2022-04-29 | ", 0, 0),
        ("2022-04-01 | withdrawn | 2022-04-30 | ", 0, 0),
        ("2022-04-01 | withdrawn | 2022-05-01 | ", 1, 0),
        ("2022-04-01 | withdrawn | | ", 0, 0),
    ],
)
@pytest.mark.parametrize("addon", ["dispersal", "backup"])
def test_form1_counts_what_was_so_on_30_april(
    addon: str, drawn: str, applied: int, certified: int
) -> None:
    form = form1(applied_for(addon, drawn), 2022)
    counted = form["backup"]
    if addon == "dispersal":
        column = form["units"]["community_home"]
        counted = {part: column[part]["total"] for part in ("applied", "certified")}
    assert (counted["applied"], counted["certified"]) == (applied, certified)
    assert len(form["list"]) == certified


@pytest.mark.parametrize(
    ("drawn", "applied", "certified"),
    [
        ("2022-10-01 | certified | 2022-10-20 | ", 1, 1),
        ("2022-04-01 | certified | 2022-04-10 | 2022-04-30", 1, 1),
        (" | certified | | ", 1, 1),
        ("2022-10-01 | pending | | ", 1, 0),
        ("2022-04-01 | returned | | ", 1, 0),
        ("2022-04-01 | rejected | 2022-04-10 | ", 1, 0),
        ("2022-04-01 | withdrawn | 2022-05-01 | ", 0, 0),
        ("2022-04-01 | draft | | ", 0, 0),
    ],
)
def test_form2_counts_the_applications_of_the_year(
    drawn: str, applied: int, certified: int
) -> None:
    column = form2(applied_for("dispersal", drawn), 2022)["units"]["total"]
    assert (column["applied"]["total"], column["certified"]["total"]) == (applied, certified)


def applied_for(addon: str, drawn: str) -> Tables:
    """Return the one-unit ledger with one application of FY2022."""
    header = "applied_on | decision | decided_on | ended_on"
    tables = ledger(applications=f"{header}\n{drawn}")
    tables["applications"][0] |= {
        "application_id": "A1",
        "addon": addon,
        "home_id": "H",
        "unit_id": "U" if addon == "dispersal" else None,
        "fiscal_year": "2022",
        "start_month": "2022-04",
    }
    return tables


def test_an_application_counts_in_its_own_fiscal_year_only() -> None:
    tables = applied_for("dispersal", "2022-04-01 | certified | 2022-04-10 | ")
    for form in (form1(tables, 2021), form1(tables, 2023), form2(tables, 2023)):
        assert form["units"]["total"]["units"] == 1
        assert form["units"]["total"]["applied"] == split()


@pytest.mark.parametrize(
    ("drawn", "capacity"),
    [
        ("A1 | 2022-05 | 2022-04-01 | certified \n A2 | 2022-06 | 2022-04-02 | certified", 6),
        ("A2 | 2022-06 | 2022-04-01 | certified \n A1 | 2022-05 | 2022-04-02 | certified", 5),
        ("A2 | 2022-06 | 2022-04-01 | certified \n A1 | 2022-05 | 2022-04-01 | certified", 6),
        ("A9 | 2022-06 | 2022-04-01 | certified \n A10 | 2022-05 | 2022-04-01 | certified", 6),
        ("A1 | 2022-05 | 2022-04-01 | certified \n A2 | 2022-06 | 2022-04-02 | pending", 5),
        ("A1 | 2022-05 | 2022-04-01 | pending \n A2 | 2022-06 | 2022-04-02 | returned", 6),
        ("A1 | 2022-05 | 2022-04-01 | pending \n A2 | 2022-06 | 2022-04-02 | draft", 5),
        ("A1 | 2022-05 | 2022-04-01 | pending \n A2 | 2022-06 | 2022-05-01 | pending", 5),
    ],
)
def test_the_latest_certified_else_the_latest_applied_decides(drawn: str, capacity: int) -> None:
    header = "application_id | start_month | applied_on | decision"
    tables = ledger(
        capacities="""
            unit_id | effective_from | capacity
            U       | 2022-04-01     | 4
            U       | 2022-05-01     | 5
            U       | 2022-06-01     | 6
        """,
        applications=f"{header}\n{drawn}",
    )
    for row in tables["applications"]:
        row |= {"addon": "dispersal", "home_id": "H", "unit_id": "U", "fiscal_year": "2022"}
        row["decided_on"] = "2022-04-10"
    applied = form1(tables, 2022)["units"]["total"]["applied"]
    assert applied == split(total=1) | {str(capacity): 1}


def test_in_form2_a_blank_applied_on_comes_first() -> None:
    tables = ledger(
        capacities=FOUR_PLACES + "\n U | 2022-06-01 | 6",
        applications="""
            application_id | start_month | applied_on | decision
            A2             | 2022-06     |            | certified
            A1             | 2022-05     | 2022-04-01 | certified
        """,
    )
    for row in tables["applications"]:
        row |= {"addon": "dispersal", "home_id": "H", "unit_id": "U", "fiscal_year": "2022"}
    assert form2(tables, 2022)["units"]["total"]["certified"] == split(four=1)


@pytest.mark.parametrize(
    ("opened_on", "closed_on", "in_form1", "in_form2"),
    [
        (None, None, 1, 1),
        ("2022-04-30", None, 1, 1),
        ("2022-05-01", None, 0, 1),
        ("2023-03-31", None, 0, 1),
        ("2023-04-01", None, 0, 0),
        (None, "2022-04-30", 1, 1),
        (None, "2022-04-29", 0, 1),
        (None, "2022-04-01", 0, 1),
        (None, "2022-03-31", 0, 0),
    ],
)
@pytest.mark.parametrize("name", ["homes", "units"])
def test_form1_looks_at_30_april_and_form2_at_any_day(
    name: str, opened_on: str | None, closed_on: str | None, in_form1: int, in_form2: int
) -> None:
    tables = ledger()
    tables[name][0] |= {"opened_on": opened_on, "closed_on": closed_on}
    for form, expected in ((form1(tables, 2022), in_form1), (form2(tables, 2022), in_form2)):
        assert form["units"]["total"]["units"] == expected
        assert form["backup"]["homes_with_units"] == expected
        assert form["backup"]["homes"] == (expected if name == "homes" else 1)


@pytest.mark.parametrize(
    ("drawn", "in_form1", "in_form2"),
    [
        ("2021-04-01 | 7", 0, 0),
        ("2021-04-01 | 7 \n 2022-05-01 | 6", 0, 1),
        ("2021-04-01 | 6 \n 2022-04-02 | 7", 0, 1),
        ("2021-04-01 | 6 \n 2022-04-01 | 7", 0, 0),
        ("2021-04-01 | 3 \n 2022-04-30 | 4", 1, 1),
        ("2023-03-31 | 4", 0, 1),
        ("2023-04-01 | 4", 0, 0),
        ("2021-04-01 | 7 \n 2022-11-01 | 6", 0, 0),  # in scope only after it closed
    ],
)
def test_a_branch_is_in_scope_by_the_capacity_of_the_form_s_days(
    drawn: str, in_form1: int, in_form2: int
) -> None:
    header = "effective_from | capacity"
    tables = ledger(
        units=ONE_UNIT.replace("community_home", "branch_group_care"),
        capacities=f"{header}\n{drawn}",
    )
    for row in tables["capacities"]:
        row["unit_id"] = "U"
    if "2022-11-01" in drawn:
        tables["units"][0]["closed_on"] = "2022-10-31"
    assert form1(tables, 2022)["units"]["branch_group_care"]["units"] == in_form1
    assert form2(tables, 2022)["units"]["branch_group_care"]["units"] == in_form2


def test_forms_before_the_notification_applies_have_no_units() -> None:
    tables = applied_for("backup", "2018-04-01 | certified | 2018-04-10 | ")
    tables["applications"][0]["fiscal_year"] = "2018"
    for form in (form1(tables, 2018), form2(tables, 2018)):
        assert form["units"]["total"] == {"units": 0, "applied": split(), "certified": split()}
        assert form["backup"] == {"homes": 1, "homes_with_units": 0, "applied": 1, "certified": 1}
        assert form["list"] == []


def test_a_capacity_outside_4_to_6_is_in_the_total_alone() -> None:
    tables = applied_for("dispersal", "2022-04-01 | certified | 2022-04-10 | ")
    tables["capacities"][0]["capacity"] = "7"
    assert form1(tables, 2022)["units"]["community_home"]["certified"] == split(total=1)
    assert figures(form1(tables, 2022)) == [(7, "0")]
    tables["capacities"] = []
    assert form1(tables, 2022)["units"]["community_home"]["certified"] == split(total=1)
    assert figures(form1(tables, 2022)) == [(None, "0")]


def test_stray_unit_ids_of_applications() -> None:
    no_unit = applied_for("dispersal", "2022-04-01 | certified | 2022-04-10 | ")
    no_unit["applications"][0]["unit_id"] = None
    assert form1(no_unit, 2022)["units"]["total"]["applied"]["total"] == 0
    with_unit = applied_for("backup", "2022-04-01 | certified | 2022-04-10 | ")
    with_unit["applications"][0]["unit_id"] = "U"
    assert form1(with_unit, 2022)["backup"]["certified"] == 1
    assert form1(with_unit, 2022)["units"]["total"]["applied"]["total"] == 0


# The random ledgers


def test_the_same_seed_gives_the_same_ledger_and_csv_keeps_it(tmp_path: Path) -> None:
    tables = random_tables(7)
    write_csv(tables, tmp_path)
    assert load(tmp_path) == tables == random_tables(7)
    assert random_tables(8) != tables


@pytest.mark.parametrize("seed", range(20))
def test_a_random_ledger_can_be_read(seed: int) -> None:
    tables = random_tables(seed)
    homes = {row["home_id"] for row in tables["homes"]}
    places = {(row["home_id"], row["unit_id"]) for row in tables["units"]}
    places |= {(home, None) for home in homes}
    for name, rows in tables.items():
        keys = [tuple(row[column] for column in KEYS[name]) for row in rows]
        assert len(set(keys)) == len(keys)
        assert all(tuple(row) == COLUMNS[name] for row in rows)
    for name in ("staff", "applications"):
        assert {(row["home_id"], row["unit_id"]) for row in tables[name]} <= places
    assert {row["home_id"] for row in tables["confirmations"]} <= homes
    names = [(row["home_id"], row["name"]) for row in tables["units"]]
    assert len(set(names)) == len(names)


def test_random_ledgers_reach_every_outcome() -> None:
    seen: Counter[tuple[str, object]] = Counter()
    for seed in range(60):
        tables = random_tables(seed)
        days = boundary_days(tables)
        for day in days[:: len(days) // 8]:
            count_outcomes(seen, evaluate(tables, day))
    judged = ("met", "not_met", "cannot_judge")
    for code in ("SCOPE_CAPACITY", "EXTRA_STAFF", *REQUIREMENT_CODES):
        assert all(seen[code, outcome] >= 20 for outcome in (*judged, "not_applicable"))
    for code in ("BACKUP_UNITS", "BACKUP_STAFF", "DUTY_RELIEF"):
        assert all(seen[code, outcome] >= 20 for outcome in judged)
    for name in ("eligible", "backup_eligible", "in_scope"):
        assert all(seen[name, value] >= 20 for value in (True, False, None))
    assert all(seen["available_extra", value] >= 20 for value in (0, 1, 2, 3, None))


def count_outcomes(seen: Counter[tuple[str, object]], judged: dict[str, Any]) -> None:
    """Count the outcomes and values of an evaluation."""
    for row in judged["units"] + judged["homes"]:
        seen.update(outcomes(row).items())
        for name in ("eligible", "backup_eligible", "in_scope", "available_extra"):
            if name in row:
                seen[name, row[name]] += 1


def test_random_ledgers_fill_the_forms() -> None:
    seen: Counter[str] = Counter()
    for seed in range(60):
        tables = random_tables(seed)
        for year in range(2019, 2025):
            form = form1(tables, year)
            for part in ("applied", "certified"):
                counts = form["units"]["total"][part]
                seen.update(f"{part} {key}" for key in counts if counts[key])
                seen[f"{part} homes"] += form["backup"][part] > 0
            seen.update(f"{row['dispersal']} {row['backup']}" for row in form["list"])
    assert len(seen) == 13
    assert all(count >= 20 for count in seen.values())
