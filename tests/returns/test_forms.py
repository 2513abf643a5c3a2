"""様式1 and 様式2: what they count, list and leave out, boundary by boundary (R9)."""

import datetime as dt
from pathlib import Path
from typing import Any

import msgspec
import pytest

from shokibo.law.parameters import Law, national_law
from shokibo.ledger.model import ledger_of
from shokibo.ledger.reading import read_ledger
from shokibo.returns.counted import FormNumber, NotInForceError, period_of
from shokibo.returns.forms import Form, FormRow, fill_form
from tests.builders import (
    EXAMPLES,
    Edit,
    add,
    all_of,
    application,
    drop,
    edit,
    made,
    own_law,
    part_time,
    posting,
    read,
    unit,
)
from tests.printed import as_json

both_forms = pytest.mark.parametrize("number", [1, 2])
SECOND_HOME = add("homes", "架空学園", home_id="h2", name="架空の園")


def form(
    number: FormNumber, folder: Path, *edits: Edit, year: int = 2022, law: Law | None = None
) -> Form:
    """Fill a form from the clean ledger with edits."""
    return fill_form(read(made(*edits), folder), law or national_law(), number, year)


def unit_of(row: FormRow) -> str:
    """Return the id of a row's unit."""
    return {"地域の家": "u4", "分園の家": "b5"}.get(row.unit_name, row.unit_name[:-2])


def counts(filled: Form) -> tuple[int, int, int]:
    """Return units in scope, applied and certified, of all kinds."""
    total = filled.units["total"]
    return total.units, total.applied["total"], total.certified["total"]


def listed(filled: Form) -> list[tuple[str, int | None, bool, str | None, bool]]:
    """Return the list: unit, capacity, dispersal, staff as printed, backup."""
    return [
        (unit_of(row), row.capacity, row.dispersal, row.staff, row.backup) for row in filled.rows
    ]


def of_u4(**cells: str) -> Edit:
    """Change the application of the community home."""
    return edit("applications", "a-u4", **cells)


# The whole of a form


def test_the_example_gives_the_four_rows_printed_on_form_1() -> None:
    filled = fill_form(read_ledger(EXAMPLES / "form1"), national_law(), 1, 2022)
    assert as_json(filled, "ja") == {
        "form": 1,
        "fiscal_year": 2022,
        "from": "2022-04-30",
        "to": "2022-04-30",
        "due": "2022-04-30",
        "units": {
            "community_home": {
                "units": 2,
                "applied": {"total": 2, "4": 1, "5": 1, "6": 0},
                "certified": {"total": 2, "4": 1, "5": 1, "6": 0},
            },
            "branch_group_care": {
                "units": 2,
                "applied": {"total": 1, "4": 0, "5": 0, "6": 1},
                "certified": {"total": 1, "4": 0, "5": 0, "6": 1},
            },
            "total": {
                "units": 4,
                "applied": {"total": 3, "4": 1, "5": 1, "6": 1},
                "certified": {"total": 3, "4": 1, "5": 1, "6": 1},
            },
        },
        "backup": {"homes": 3, "homes_with_units": 3, "applied": 2, "certified": 2},
        "list": [
            printed(1, "a 園", 4, True, "4", "A 園", True),
            printed(2, "b 園", 6, True, "6", "A 園", True),
            printed(3, "a 園", 5, True, "5", "B 園", False),
            printed(4, "a 園", 5, False, "4", "C 園", True),
        ],
        "notes": [],
    }


def printed(
    number: int,
    unit_name: str,
    capacity: int,
    dispersal: bool,
    staff: str,
    home_name: str,
    backup: bool,
) -> dict[str, Any]:
    """Return a row of the list as it is printed."""
    return {
        "number": number,
        "unit_name": unit_name,
        "capacity": capacity,
        "dispersal": dispersal,
        "staff": staff,
        "home_name": home_name,
        "backup": backup,
    }


@pytest.mark.parametrize(
    ("number", "first", "last", "due"),
    [
        (1, dt.date(2022, 4, 30), dt.date(2022, 4, 30), dt.date(2022, 4, 30)),
        (2, dt.date(2022, 4, 1), dt.date(2023, 3, 31), dt.date(2023, 4, 30)),
    ],
)
def test_form_1_looks_at_a_day_and_form_2_at_a_year(
    number: FormNumber, first: dt.date, last: dt.date, due: dt.date
) -> None:
    period = period_of(number, 2022)
    assert (period.number, period.year) == (number, 2022)
    assert (period.first, period.last, period.due) == (first, last, due)


@pytest.mark.parametrize(
    ("number", "year", "due", "deadline"),
    [
        (1, 2022, dt.date(2022, 4, 30), dt.date(2022, 4, 28)),  # a Saturday after a holiday
        (2, 2022, dt.date(2023, 4, 30), dt.date(2023, 4, 28)),
        (1, 2024, dt.date(2024, 4, 30), dt.date(2024, 4, 30)),
    ],
)
def test_a_form_is_in_time_on_the_last_working_day_by_the_end_of_april(
    number: FormNumber, year: int, due: dt.date, deadline: dt.date
) -> None:
    period = period_of(number, year)
    assert (period.due, period.deadline) == (due, deadline)


@both_forms
def test_a_ledger_without_applications_lists_nothing(number: FormNumber, tmp_path: Path) -> None:
    filled = form(number, tmp_path, drop("applications"))
    assert counts(filled) == (2, 0, 0)
    assert filled.rows == []
    assert (filled.backup.applied, filled.backup.certified) == (0, 0)


@both_forms
def test_an_empty_ledger_gives_zeros(number: FormNumber) -> None:
    filled = fill_form(ledger_of({}), national_law(), number, 2022)
    assert counts(filled) == (0, 0, 0)
    assert (filled.backup.homes, filled.backup.homes_with_units) == (0, 0)


@both_forms
def test_an_application_of_another_year_is_not_counted(number: FormNumber, tmp_path: Path) -> None:
    assert counts(form(number, tmp_path, year=2021)) == (2, 0, 0)
    assert counts(form(number, tmp_path / "2022", of_u4(fiscal_year="2021"))) == (2, 1, 1)


@both_forms
def test_numbers_are_reported_by_kind_and_by_capacity(number: FormNumber, tmp_path: Path) -> None:
    filled = form(number, tmp_path, of_u4(decision="rejected"), unit("x", "branch_group_care", "6"))
    one, none = ({"total": total, "4": total, "5": 0, "6": 0} for total in (1, 0))
    five = {"total": 1, "4": 0, "5": 1, "6": 0}
    community, branch = filled.units["community_home"], filled.units["branch_group_care"]
    assert (community.units, community.applied, community.certified) == (1, one, none)
    assert (branch.units, branch.applied, branch.certified) == (2, five, five)
    assert filled.units["total"].applied == {"total": 2, "4": 1, "5": 1, "6": 0}


# Form 1: applied and certified by the end of April


@pytest.mark.parametrize(
    ("applied_on", "is_applied"),
    [("2022-04-29", True), ("2022-04-30", True), ("2022-05-01", False), ("", False)],
)
def test_an_application_by_the_end_of_april_is_applied(
    applied_on: str, is_applied: bool, tmp_path: Path
) -> None:
    filled = form(1, tmp_path, of_u4(applied_on=applied_on, decision="pending"))
    assert counts(filled) == (2, 1 + is_applied, 1)


@pytest.mark.parametrize(
    ("decision", "is_applied"),
    [
        ("draft", False),
        ("pending", True),
        ("returned", True),
        ("certified", True),
        ("rejected", True),
        ("withdrawn", False),
    ],
)
@both_forms
def test_all_but_drafts_and_withdrawn_ones_are_applied(
    number: FormNumber, decision: str, is_applied: bool, tmp_path: Path
) -> None:
    filled = form(number, tmp_path, of_u4(decision=decision))
    assert counts(filled) == (2, 1 + is_applied, 1 + (decision == "certified"))


@pytest.mark.parametrize(
    ("withdrawn_on", "is_applied"),
    [("2022-04-29", False), ("2022-04-30", False), ("2022-05-01", True), ("", False)],
)
def test_what_is_withdrawn_after_the_end_of_april_still_counts_as_applied(
    withdrawn_on: str, is_applied: bool, tmp_path: Path
) -> None:
    withdrawn = of_u4(decision="withdrawn", decided_on=withdrawn_on)
    assert counts(form(1, tmp_path, withdrawn)) == (2, 1 + is_applied, 1)
    assert counts(form(2, tmp_path / "2", withdrawn)) == (2, 1, 1)


@pytest.mark.parametrize(
    ("decided_on", "is_certified"),
    [("2022-04-29", True), ("2022-04-30", True), ("2022-05-01", False), ("", False)],
)
def test_what_is_certified_by_the_end_of_april_is_certified(
    decided_on: str, is_certified: bool, tmp_path: Path
) -> None:
    filled = form(1, tmp_path, of_u4(decided_on=decided_on))
    assert counts(filled) == (2, 2, 1 + is_certified)
    assert [row.dispersal for row in filled.rows] == [is_certified, True]
    assert counts(form(2, tmp_path / "2", of_u4(decided_on=decided_on))) == (2, 2, 2)


@pytest.mark.parametrize(
    ("ended_on", "is_certified"),
    [
        ("2022-03-31", False),
        ("2022-04-29", False),
        ("2022-04-30", True),
        ("2022-05-31", True),
        ("", True),
    ],
)
def test_what_ended_before_the_end_of_april_is_certified_no_more(
    ended_on: str, is_certified: bool, tmp_path: Path
) -> None:
    filled = form(1, tmp_path, of_u4(ended_on=ended_on))
    assert counts(filled) == (2, 2, 1 + is_certified)
    assert counts(form(2, tmp_path / "2", of_u4(ended_on=ended_on))) == (2, 2, 2)


def test_what_is_certified_before_it_was_applied_for_is_not_counted(tmp_path: Path) -> None:
    filled = form(1, tmp_path, of_u4(applied_on="2022-05-01", decided_on="2022-04-20"))
    assert counts(filled) == (2, 1, 1)


def test_form_2_counts_what_has_no_day_of_application(tmp_path: Path) -> None:
    assert counts(form(2, tmp_path, of_u4(applied_on=""))) == (2, 2, 2)


# Several applications


LARGER_IN_JUNE = add("capacities", unit_id="u4", effective_from="2022-06-01", capacity="6")


@both_forms
def test_a_unit_with_several_applications_is_counted_once(
    number: FormNumber, tmp_path: Path
) -> None:
    again = (application("n1", "u4"), application("n2", "u4", decision="rejected"))
    filled = form(number, tmp_path, *again)
    assert counts(filled) == (2, 2, 2)
    assert [unit_of(row) for row in filled.rows] == ["u4", "b5"]


@both_forms
@pytest.mark.parametrize(
    ("first", "second", "capacity"),
    [
        ({}, {"applied_on": "2022-04-05"}, 6),
        ({"applied_on": "2022-04-06"}, {"applied_on": "2022-04-05"}, 4),
        ({}, {"applied_on": "2022-04-05", "decision": "pending"}, 4),
        ({}, {"applied_on": "2022-04-05", "decision": "rejected"}, 4),
        ({"decision": "rejected"}, {"applied_on": "2022-04-05", "decision": "pending"}, 6),
        ({"decision": "pending"}, {"applied_on": "2022-04-03", "decision": "pending"}, 4),
        ({"decision": "pending"}, {"applied_on": "2022-04-05", "decision": "draft"}, 4),
        ({"decision": "pending"}, {"applied_on": "2022-04-05", "decision": "withdrawn"}, 4),
    ],
)
def test_the_latest_certified_else_the_latest_applied_gives_the_reference_date(
    number: FormNumber,
    first: dict[str, str],
    second: dict[str, str],
    capacity: int,
    tmp_path: Path,
) -> None:
    from_june = application("n", "u4", **{"start_month": "2022-06", **second})
    filled = form(number, tmp_path, LARGER_IN_JUNE, of_u4(**first), from_june)
    assert filled.units["community_home"].applied[str(capacity)] == 1
    assert next(row.capacity for row in filled.rows if unit_of(row) == "u4") == capacity


@both_forms
@pytest.mark.parametrize(("name", "capacity"), [("a-u5", 6), ("a-u3", 4)])
def test_of_two_of_one_day_the_one_with_the_later_id_is_the_latest(
    number: FormNumber, name: str, capacity: int, tmp_path: Path
) -> None:
    second = application(name, "u4", start_month="2022-06")
    filled = form(number, tmp_path, LARGER_IN_JUNE, second)
    assert filled.rows[0].capacity == capacity


def test_in_form_2_one_without_a_day_comes_before_all_others(tmp_path: Path) -> None:
    second = application("n", "u4", start_month="2022-06", applied_on="")
    assert form(2, tmp_path, LARGER_IN_JUNE, second).rows[0].capacity == 4


def test_one_that_came_too_late_for_form_1_does_not_move_its_reference_date(
    tmp_path: Path,
) -> None:
    late = application("n", "u4", start_month="2022-06", applied_on="2022-05-01")
    assert form(1, tmp_path, LARGER_IN_JUNE, late).rows[0].capacity == 4
    assert form(2, tmp_path / "2", LARGER_IN_JUNE, late).rows[0].capacity == 6


# The reference date


def test_capacity_and_staff_are_as_of_the_month_in_which_the_addon_starts(tmp_path: Path) -> None:
    edits = (
        LARGER_IN_JUNE,
        part_time("x", "u4", "15", started_on="2022-06-01"),
        part_time("y", "u4", "15", started_on="2022-06-01"),
        part_time("z", "u4", "40", started_on="2022-06-02"),
    )
    april = form(1, tmp_path / "april", *edits)
    assert listed(april)[0] == ("u4", 4, True, "4", True)
    june = form(1, tmp_path / "june", *edits, of_u4(start_month="2022-06"))
    assert listed(june)[0] == ("u4", 6, True, "4.8", True)


def test_a_unit_listed_for_its_homes_backup_alone_is_reported_as_of_april(tmp_path: Path) -> None:
    edits = (LARGER_IN_JUNE, edit("applications", "a-k", start_month="2022-06"))
    filled = form(1, tmp_path, *edits, drop("applications", "a-u4"))
    assert listed(filled)[0] == ("u4", 4, False, "4", True)


def test_a_unit_opened_within_the_year_is_reported_as_of_the_day_it_opens(tmp_path: Path) -> None:
    edits = (
        unit("x", "community_home", "4", opened_on="2022-10-15"),
        edit("capacities", "x", effective_from="2022-10-15"),
        add("capacities", unit_id="x", effective_from="2022-10-16", capacity="5"),
        *(posting(f"x{n}", "x", started_on="2022-10-15") for n in range(4)),
        posting("x9", "x", started_on="2022-10-16"),
        application("n", "x", start_month="2022-10", applied_on="2022-09-30"),
    )
    assert listed(form(2, tmp_path, *edits))[-1] == ("x", 4, True, "4", True)
    assert counts(form(1, tmp_path / "1", *edits)) == (2, 2, 2)


@pytest.mark.parametrize(
    ("hours", "staff"),
    [([], "4"), (["15", "15"], "4.8"), (["20", "20"], "5"), (["2"], "4.1"), (["1.99"], "4")],
)
def test_staff_has_one_decimal_where_it_is_not_whole(
    hours: list[str], staff: str, tmp_path: Path
) -> None:
    edits = [part_time(f"x{n}", "u4", weekly) for n, weekly in enumerate(hours)]
    assert form(1, tmp_path, *edits).rows[0].staff == staff


def test_staff_that_cannot_be_reported_stays_blank(tmp_path: Path) -> None:
    filled = form(1, tmp_path, part_time("x", "u4", ""))
    assert listed(filled)[0] == ("u4", 4, True, None, True)
    assert as_json(filled, "ja")["list"][0]["staff"] is None


def test_a_worker_in_two_postings_counts_by_hours_on_the_list(tmp_path: Path) -> None:
    hours = {"weekly_hours": "24", "full_time_weekly_hours": "40"}
    rest = {"weekly_hours": "16", "full_time_weekly_hours": "40"}
    filled = form(1, tmp_path, edit("staff", "u-4", **hours), posting("u-4", "b5", **rest))
    assert [row.staff for row in filled.rows] == ["3.6", "5.4"]


# Scope


@pytest.mark.parametrize(
    ("opened", "closed", "form_1", "form_2"),
    [
        ("2022-04-30", "", True, True),
        ("2022-05-01", "", False, True),
        ("2023-03-31", "", False, True),
        ("2023-04-01", "", False, False),
        ("", "2022-03-31", False, False),
        ("", "2022-04-01", False, True),
        ("", "2022-04-29", False, True),
        ("", "2022-04-30", True, True),
    ],
)
@pytest.mark.parametrize("of", ["unit", "home"])
def test_a_unit_counts_on_the_days_on_which_it_and_its_home_are_open(
    of: str, opened: str, closed: str, form_1: bool, form_2: bool, tmp_path: Path
) -> None:
    days = {"opened_on": opened, "closed_on": closed}
    edits = (
        edit("units", "u4", **days) if of == "unit" else edit("homes", "h", **days),
        drop("units", "b5", "m6"),
        drop("capacities", "b5", "m6"),
        drop("staff", "m-1", "b-1", "b-2", "b-3", "b-4", "b-5"),
        drop("applications", "a-b5"),
    )
    for number, is_open in ((1, form_1), (2, form_2)):
        filled = form(1 if number == 1 else 2, tmp_path / str(number), *edits)
        assert counts(filled) == ((1, 1, 1) if is_open else (0, 0, 0))
        assert filled.backup.homes_with_units == int(is_open)
        if of == "home":
            assert filled.backup.homes == int(is_open)
            assert (filled.backup.applied, filled.backup.certified) == (int(is_open),) * 2


@both_forms
@pytest.mark.parametrize(
    ("kind", "capacity", "in_scope"),
    [
        ("community_home", "3", True),
        ("community_home", "7", True),
        ("branch_group_care", "3", False),
        ("branch_group_care", "4", True),
        ("branch_group_care", "6", True),
        ("branch_group_care", "7", False),
        ("other_group_home", "6", False),
        ("main_unit", "6", False),
    ],
)
def test_units_in_scope_are_community_homes_and_branches_of_four_to_six(
    number: FormNumber, kind: str, capacity: str, in_scope: bool, tmp_path: Path
) -> None:
    filled = form(number, tmp_path, unit("x", kind, capacity), application("n", "x"))
    assert counts(filled) == ((3, 3, 3) if in_scope else (2, 2, 2))


@both_forms
def test_a_capacity_outside_four_to_six_is_in_the_total_and_in_no_row_of_it(
    number: FormNumber, tmp_path: Path
) -> None:
    filled = form(number, tmp_path, edit("capacities", "u4", capacity="7"))
    assert filled.units["community_home"].applied == {"total": 1, "4": 0, "5": 0, "6": 0}
    assert filled.rows[0].capacity == 7


@both_forms
def test_a_community_home_of_unknown_capacity_is_counted_and_a_branch_is_not(
    number: FormNumber, tmp_path: Path
) -> None:
    filled = form(number, tmp_path, drop("capacities", "u4", "b5"))
    assert counts(filled) == (1, 1, 1)
    assert listed(filled) == [("u4", None, True, "4", True)]


@pytest.mark.parametrize(
    ("changes", "form_1", "form_2"),
    [
        ([("2022-04-30", "7")], False, True),
        ([("2022-05-01", "7")], True, True),
        ([("2022-04-01", "7")], False, False),
        ([("2022-04-02", "7")], False, True),
        ([("2020-04-01", "7"), ("2023-03-31", "6")], False, True),
        ([("2020-04-01", "7"), ("2023-04-01", "6")], False, False),
        ([("2020-04-01", "7"), ("2022-07-01", "6"), ("2022-07-02", "8")], False, True),
    ],
)
def test_a_branch_is_in_scope_on_the_days_with_four_to_six_places(
    changes: list[tuple[str, str]], form_1: bool, form_2: bool, tmp_path: Path
) -> None:
    edits = [
        add("capacities", unit_id="b5", effective_from=day, capacity=capacity)
        for day, capacity in changes
    ]
    assert counts(form(1, tmp_path / "1", *edits))[0] == 1 + form_1
    assert counts(form(2, tmp_path / "2", *edits))[0] == 1 + form_2


def test_a_branch_that_has_four_to_six_places_only_while_it_is_closed_is_not_counted(
    tmp_path: Path,
) -> None:
    edits = (
        edit("units", "b5", closed_on="2022-09-30"),
        edit("capacities", "b5", capacity="7"),
        add("capacities", unit_id="b5", effective_from="2022-10-01", capacity="5"),
    )
    assert counts(form(2, tmp_path, *edits)) == (1, 1, 1)


@pytest.mark.parametrize("year", [1990, 2018])
@pytest.mark.parametrize("number", [1, 2])
def test_a_form_of_a_year_before_the_notification_applied_is_refused(
    number: FormNumber, year: int, tmp_path: Path
) -> None:
    with pytest.raises(NotInForceError) as refused:
        form(number, tmp_path, year=year)
    assert "子発1004第5号は平成31年4月1日から適用されています" in refused.value.message("ja")
    assert "令和元年度以降を指定してください" in refused.value.message("ja")
    assert "applies from 2019-04-01" in refused.value.message("en")


def test_the_first_year_of_the_notification_has_both_forms(tmp_path: Path) -> None:
    older = [
        edit("capacities", unit_id, effective_from="2010-04-01") for unit_id in ("u4", "b5", "m6")
    ]
    assert counts(form(1, tmp_path / "1", *older, year=2019)) == (2, 0, 0)
    assert counts(form(2, tmp_path / "2", *older, year=2019)) == (2, 0, 0)


def test_from_when_there_are_forms_is_what_the_texts_of_law_say(tmp_path: Path) -> None:
    law = national_law()
    later = [
        msgspec.structs.replace(text, effective_from=dt.date(2022, 4, 1)) for text in law.texts
    ]
    amended = msgspec.structs.replace(law, texts=later)
    assert counts(form(1, tmp_path / "1", law=amended)) == (2, 2, 2)
    with pytest.raises(NotInForceError, match="applies from 2022-04-01"):
        form(2, tmp_path / "2", law=amended, year=2021)


def test_an_authoritys_own_values_change_the_scope(tmp_path: Path) -> None:
    wider = own_law(tmp_path, "branch_capacities", "[7]")
    edits = (unit("x", "branch_group_care", "7"),)
    assert counts(form(1, tmp_path / "in", *edits, law=wider)) == (2, 1, 1)
    narrow = own_law(tmp_path, "scope_kinds", "[branch_group_care]")
    assert counts(form(2, tmp_path / "kinds", law=narrow)) == (1, 1, 1)


def test_the_distinguished_capacities_are_those_of_the_form(tmp_path: Path) -> None:
    law = own_law(tmp_path, "report_capacities", "[4, 5, 6, 7]")
    filled = form(1, tmp_path / "in", edit("capacities", "u4", capacity="7"), law=law)
    assert filled.units["total"].applied == {"total": 2, "4": 0, "5": 1, "6": 0, "7": 1}


# Backup and the list


@both_forms
@pytest.mark.parametrize(
    ("edits", "applied", "certified", "backup"),
    [
        ((), 1, 1, True),
        ((edit("applications", "a-k", decision="pending"),), 1, 0, False),
        ((edit("applications", "a-k", decision="draft"),), 0, 0, False),
        ((drop("applications", "a-k"),), 0, 0, False),
        ((application("n", "", decision="rejected"),), 1, 1, True),
        ((application("n", ""),), 1, 1, True),
    ],
)
def test_a_homes_backup_is_counted_once_and_marks_all_its_units(
    number: FormNumber,
    edits: tuple[Edit, ...],
    applied: int,
    certified: int,
    backup: bool,
    tmp_path: Path,
) -> None:
    filled = form(number, tmp_path, *edits)
    assert (filled.backup.applied, filled.backup.certified) == (applied, certified)
    assert [row.backup for row in filled.rows] == [backup, backup]


@both_forms
@pytest.mark.parametrize(
    ("dispersal", "backup", "rows"),
    [
        ("certified", "certified", [("u4", True, True), ("b5", True, True)]),
        ("rejected", "certified", [("u4", False, True), ("b5", True, True)]),
        ("certified", "rejected", [("u4", True, False), ("b5", True, False)]),
        ("rejected", "rejected", [("b5", True, False)]),
    ],
)
def test_a_unit_is_listed_for_its_own_addon_or_its_homes(
    number: FormNumber,
    dispersal: str,
    backup: str,
    rows: list[tuple[str, bool, bool]],
    tmp_path: Path,
) -> None:
    decided = (of_u4(decision=dispersal), edit("applications", "a-k", decision=backup))
    filled = form(number, tmp_path, *decided)
    assert [(unit_of(row), row.dispersal, row.backup) for row in filled.rows] == rows
    assert [row.number for row in filled.rows] == list(range(1, len(rows) + 1))


@both_forms
def test_a_home_without_a_unit_in_scope_counts_where_it_applied(
    number: FormNumber, tmp_path: Path
) -> None:
    filled = form(number, tmp_path, SECOND_HOME, application("n", "", "h2"))
    found = filled.backup
    assert (found.homes, found.homes_with_units) == (2, 1)
    assert (found.applied, found.certified) == (2, 2)


def test_the_list_is_by_home_and_unit_in_the_order_of_the_ledger(
    tmp_path: Path,
) -> None:
    first_home = all_of(
        add("homes", "架空学園", home_id="a", name="後の園"),
        unit("z9", "community_home", "4", "a", name="地域の家"),
        unit("a0", "community_home", "4", "h", name="零の家"),
        unit("a1", "community_home", "4", "a", name="分園の家"),
        *(application(f"n-{name}", name, home) for name, home in (("z9", "a"), ("a1", "a"))),
    )
    filled = form(1, tmp_path, first_home)
    assert [(row.number, row.home_name, row.unit_name) for row in filled.rows] == [
        (1, "架空学園", "地域の家"),
        (2, "架空学園", "分園の家"),
        (3, "架空学園", "零の家"),
        (4, "後の園", "地域の家"),
        (5, "後の園", "分園の家"),
    ]


def test_more_rows_than_a_page_are_all_listed(tmp_path: Path) -> None:
    units = [unit(f"x{n}", "community_home", "4") for n in range(20)]
    filled = form(1, tmp_path, *units)
    assert [row.number for row in filled.rows] == list(range(1, 23))


@both_forms
def test_several_authorities_are_added_up(number: FormNumber, tmp_path: Path) -> None:
    second = all_of(
        add("authorities", "990001", authority_code="990019", name="架空市"),
        add("homes", "架空学園", home_id="h2", name="架空の園", authority_code="990019"),
        unit("x", "community_home", "4", "h2"),
        application("n", "x", "h2"),
    )
    filled = form(number, tmp_path, second)
    assert counts(filled) == (3, 3, 3)
    assert filled.backup.homes == 2
