"""A household counts once on form 2, also where it goes on as another unit (R9)."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shokibo.law.parameters import national_law
from shokibo.returns.counted import FormNumber
from shokibo.returns.forms import Form, fill_form
from tests.builders import Edit, add, all_of, application, codes, edit, made, posting, read, unit
from tests.law.building import ledger_from
from tests.printed import as_json
from tests.reference.generate import Row, Tables, random_tables

SECOND_HOME = add("homes", "架空学園", home_id="h2", name="架空の園")
NOT_ASKED = {"decision": "draft", "certified_extra": "", "decided_on": ""}


def following(day: str, kind: str = "community_home", home_id: str = "h", **cells: str) -> Edit:
    """Let the branch b5 go on as another unit from a day."""
    eve = (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()
    return all_of(
        edit("units", "b5", closed_on=eve),
        unit("n", kind, "6", home_id, opened_on=day, continues="b5", **cells),
    )


def form(folder: Path, *edits: Edit, number: FormNumber = 2) -> Form:
    return fill_form(read(made(*edits), folder), national_law(), number, 2022)


def counts(filled: Form, kind: str) -> tuple[int, int, int]:
    """Return of a kind units in scope, applied and certified."""
    of_kind = filled.units[kind]
    return of_kind.units, of_kind.applied["total"], of_kind.certified["total"]


def listed(filled: Form) -> list[tuple[str, str, int | None, str | None, bool, bool]]:
    """Return the list without what the other unit of the clean ledger has."""
    return [
        (row.home_name, row.unit_name, row.capacity, row.staff, row.dispersal, row.backup)
        for row in filled.rows
        if row.unit_name != "地域の家"
    ]


def test_a_household_that_changes_its_kind_counts_once_as_its_last(tmp_path: Path) -> None:
    filled = form(tmp_path, following("2022-10-01"))
    assert counts(filled, "branch_group_care") == (0, 0, 0)
    assert counts(filled, "community_home") == counts(filled, "total") == (2, 2, 2)
    # the only certified application is that of the branch from April on: its places and staff
    assert listed(filled) == [("架空学園", "nの家", 5, "5", True, True)]


def test_its_latest_certified_application_gives_the_reference_date(tmp_path: Path) -> None:
    again = application("n", "n", start_month="2022-10", applied_on="2022-09-10")
    staff = all_of(*(posting(f"n-{i}", "n", started_on="2022-10-01") for i in range(6)))
    filled = form(tmp_path, following("2022-10-01"), again, staff)
    assert listed(filled) == [("架空学園", "nの家", 6, "6", True, True)]
    refused = edit("applications", "n", decision="rejected", certified_extra="")
    filled = form(tmp_path / "rejected", following("2022-10-01"), again, refused, staff)
    assert listed(filled) == [("架空学園", "nの家", 5, "5", True, True)]


def test_it_counts_under_the_last_unit_that_is_in_scope(tmp_path: Path) -> None:
    filled = form(tmp_path, following("2022-10-01", "main_unit"))
    assert counts(filled, "branch_group_care") == (1, 1, 1)
    assert listed(filled) == [("架空学園", "分園の家", 5, "5", True, True)]


def test_a_unit_that_opens_after_the_year_leaves_it_to_the_one_before(tmp_path: Path) -> None:
    assert counts(form(tmp_path, following("2023-04-01")), "branch_group_care") == (1, 1, 1)
    filled = form(tmp_path / "last", following("2023-03-31"))
    assert counts(filled, "branch_group_care") == (0, 0, 0)
    assert counts(filled, "community_home") == (2, 2, 2)


def test_a_household_that_moves_to_another_home_is_of_that_home(tmp_path: Path) -> None:
    filled = form(tmp_path, SECOND_HOME, following("2022-10-01", home_id="h2"))
    assert listed(filled) == [("架空の園", "nの家", 5, "5", True, False)]
    assert (filled.backup.homes, filled.backup.homes_with_units) == (2, 2)


def test_a_home_whose_household_moved_away_had_a_unit_in_scope(tmp_path: Path) -> None:
    without = edit("units", "u4", kind="main_unit")
    filled = form(tmp_path, SECOND_HOME, following("2022-10-01", home_id="h2"), without)
    assert "FORM_BACKUP_WITHOUT_UNITS" not in codes(list(filled.notes))


def test_a_main_unit_that_becomes_a_community_home_is_seen_from_then_on(tmp_path: Path) -> None:
    moving = all_of(
        edit("units", "m6", closed_on="2022-09-30"),
        unit("n", "community_home", "4", opened_on="2022-10-01", continues="m6"),
    )
    assert listed(form(tmp_path, moving)) == [
        ("架空学園", "分園の家", 5, "5", True, True),
        ("架空学園", "nの家", 4, "0", False, True),
    ]


def test_a_reference_date_in_a_gap_is_the_day_on_which_the_later_opens(tmp_path: Path) -> None:
    again = application("n", "n", start_month="2022-10", applied_on="2022-09-10")
    gap = edit("units", "分園の家", closed_on="2022-08-31")
    later = edit("capacities", "n 6", effective_from="2022-10-15")
    filled = form(tmp_path, following("2022-10-15"), again, gap, later)
    assert listed(filled) == [("架空学園", "nの家", 6, "0", True, True)]


def test_form_1_sees_only_what_is_open_on_30_april(tmp_path: Path) -> None:
    filled = form(tmp_path, following("2022-04-30"), number=1)
    assert counts(filled, "branch_group_care") == (0, 0, 0)
    assert counts(filled, "community_home") == (2, 1, 1)
    closed = [note for note in filled.notes if note.code == "FORM_OUT_OF_SCOPE"]
    assert [note.values["whose"] for note in closed] == ["「架空学園」「分園の家」"]
    assert closed[0].values["closed_on"] == "2022-04-29"
    filled = form(tmp_path / "later", following("2022-05-01"), number=1)
    assert counts(filled, "branch_group_care") == (1, 1, 1)


# A split at any day


def split(tables: Tables, one: Row, day: dt.date, goes_on: Callable[[], bool]) -> Tables:
    """Let a unit end on the day before, and go on as another; postings end and start with it.

    `goes_on` is asked of each of its applications whether it is of the later unit.
    """
    eve, begins = (day - dt.timedelta(days=1)).isoformat(), day.isoformat()
    old = {**one, "closed_on": eve}
    new = {**one, "unit_id": "later", "opened_on": begins, "continues": one["unit_id"]}
    units = [part for row in tables["units"] for part in ([old, new] if row is one else [row])]
    sizes = [row for row in tables["capacities"] if row["unit_id"] == one["unit_id"]]
    staff: list[Row] = []
    for row in tables["staff"]:
        moved = {**row, "unit_id": "later"}
        if row["unit_id"] != one["unit_id"] or (row["ended_on"] or begins) < begins:
            staff.append(row)
        elif (row["started_on"] or "") >= begins:
            staff.append(moved)
        else:
            staff += [{**row, "ended_on": eve}, {**moved, "started_on": begins}]
    applications: list[Row] = [
        {**row, "unit_id": "later"} if row["unit_id"] == one["unit_id"] and goes_on() else row
        for row in tables["applications"]
    ]
    return {
        **tables,
        "units": units,
        "capacities": [*tables["capacities"], *({**row, "unit_id": "later"} for row in sizes)],
        "staff": staff,
        "applications": applications,
    }


def figures(tables: Tables, year: int, number: FormNumber = 2) -> dict[str, Any]:
    filled = as_json(fill_form(ledger_from(tables), national_law(), number, year), "ja")
    return {name: filled[name] for name in ("units", "backup", "list")}


def unit_open_on(seed: int, number: int, day: dt.date) -> tuple[Tables, Row]:
    """Return a random ledger without chains, and a unit of it open on a day and the one before."""
    tables = random_tables(seed)
    tables["units"] = [{**row, "continues": None} for row in tables["units"]]
    assume(tables["units"])
    one = tables["units"][number % len(tables["units"])]
    (home,) = (row for row in tables["homes"] if row["home_id"] == one["home_id"])
    opened = max(row["opened_on"] or "" for row in (one, home))
    closed = min(row["closed_on"] or "9999-12-31" for row in (one, home))
    assume(opened < day.isoformat() <= closed)
    return tables, one


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    number=st.integers(0, 30),
    day=st.dates(dt.date(2018, 4, 2), dt.date(2025, 3, 31)),
    year=st.integers(2019, 2024),
)
def test_a_chain_split_at_any_day_gives_the_form_of_the_single_unit(
    seed: int, number: int, day: dt.date, year: int
) -> None:
    tables, one = unit_open_on(seed, number, day)
    dice = Random(seed)
    parts = split(tables, one, day, lambda: dice.random() < 0.5)
    assert figures(parts, year) == figures(tables, year)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    number=st.integers(0, 30),
    days=st.integers(-700, 700),
    year=st.integers(2019, 2024),
)
def test_form_1_sees_no_split_but_one_in_april(
    seed: int, number: int, days: int, year: int
) -> None:
    first, last = dt.date(year, 4, 1), dt.date(year, 5, 1)
    day = first + dt.timedelta(days=days) if days <= 0 else last + dt.timedelta(days=days - 1)
    tables, one = unit_open_on(seed, number, day)
    starts = [
        f"{row['start_month'] or ''}-01"
        for row in tables["applications"]
        if row["unit_id"] == one["unit_id"] and row["fiscal_year"] == str(year)
    ]
    # what starts after the split is an application of the unit that goes on, which is not seen
    assume(day <= first or all(start < day.isoformat() for start in starts))
    parts = split(tables, one, day, lambda: day <= first)
    assert figures(parts, year, 1) == figures(tables, year, 1)
