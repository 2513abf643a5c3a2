"""Checks of units that continue others: each code, the days just next to it, and whole chains."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shokibo.ledger.chains import circles, households
from shokibo.ledger.checks import chains
from shokibo.ledger.model import ledger_of
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
    read,
    unit,
)

FOREIGN = all_of(
    add("authorities", authority_code="131121", name="隣の区", kind="center_city"),
    add("homes", "架空学園", home_id="f", name="隣の園", authority_code="131121"),
)


def moved(closed: str, opened: str, **cells: str) -> Edit:
    """Let the main unit close on a day, and x (row 5) continue it from a day on."""
    return all_of(
        edit("units", "m6", closed_on=closed),
        unit("x", "main_unit", "6", **{"opened_on": opened, "continues": "m6", **cells}),
    )


CASES = [
    Case(
        "UNIT_NAME_TWICE",
        "error",
        "units.csv:5 name",
        "生活単位!C5",
        {"name": "本体の家", "home": "架空学園"},
        unit("x", "main_unit", "6", name="本体の家"),
        all_of(
            add("homes", "架空学園", home_id="h2", name="架空の園"),
            unit("x", "main_unit", "6", "h2", name="本体の家"),
        ),
    ),
    Case(
        "CONTINUES_ITSELF",
        "error",
        "units.csv:2 continues",
        "生活単位!G2",
        {"name": "本体の家"},
        edit("units", "m6", continues="m6"),
        edit("units", "m6", continues=""),
    ),
    Case(
        "CONTINUES_CIRCLE",
        "error",
        "units.csv:2 continues",
        "生活単位!G2",
        {"names": ["本体の家", "xの家"]},
        all_of(edit("units", "m6", continues="x"), unit("x", "main_unit", "6", continues="m6")),
        moved("2022-09-30", "2022-10-01"),
    ),
    Case(
        "CONTINUES_OTHER_AUTHORITY",
        "error",
        "units.csv:5 continues",
        "生活単位!G5",
        {"name": "xの家", "earlier": "本体の家", "authority": "架空県"},
        all_of(
            FOREIGN,
            edit("units", "m6", closed_on="2022-09-30"),
            unit("x", "main_unit", "6", "f", opened_on="2022-10-01", continues="m6"),
        ),
        all_of(FOREIGN, moved("2022-09-30", "2022-10-01")),
    ),
    Case(
        "CONTINUES_TWICE",
        "error",
        "units.csv:6 continues",
        "生活単位!G6",
        {"earlier": "本体の家", "other": "xの家", "name": "yの家"},
        all_of(
            moved("2022-09-30", "2022-10-01"),
            unit("y", "main_unit", "6", opened_on="2022-10-01", continues="m6"),
        ),
        all_of(
            moved("2022-09-30", "2022-10-01", closed_on="2023-03-31"),
            unit("y", "main_unit", "6", opened_on="2023-04-01", continues="x"),
        ),
    ),
    Case(
        "CONTINUES_GAP",
        "error",
        "units.csv:5 opened_on",
        "生活単位!E5",
        {
            "earlier": "本体の家",
            "name": "xの家",
            "closed": "2022-09-30",
            "opened": "2022-10-02",
            "day_before": "2022-10-01",
        },
        moved("2022-09-30", "2022-10-02"),
        moved("2022-10-01", "2022-10-02"),
    ),
    Case(
        "CONTINUES_GAP",
        "error",
        "units.csv:2 closed_on",
        "生活単位!F2",
        {"earlier": "本体の家", "name": "xの家"},
        moved("", "2022-10-01"),
        moved("2022-09-30", "2022-10-01"),
    ),
    Case(
        "CONTINUES_GAP",
        "error",
        "units.csv:5 opened_on",
        "生活単位!E5",
        {"earlier": "本体の家", "name": "xの家"},
        moved("2022-09-30", ""),
        moved("2022-09-30", "2022-10-01"),
    ),
]
every_case = pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])


def test_every_code_has_its_case() -> None:
    assert {case.code for case in CASES} == {entry.code for entry in chains.ENTRIES}


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


# The days of a chain


@pytest.mark.parametrize("closed", ["2022-09-29", "2022-10-01"])
def test_a_unit_that_closes_a_day_early_or_late_leaves_a_gap(closed: str, tmp_path: Path) -> None:
    reported = findings(read(made(moved(closed, "2022-10-01")), tmp_path))
    assert codes(reported) == ["CONTINUES_GAP"]
    assert "令和4年9月30日" in reported[0].message("ja")


def test_a_household_leaves_a_home_as_it_closes(tmp_path: Path) -> None:
    second = add("homes", "架空学園", home_id="h2", name="架空の園", opened_on="2022-10-01")
    tables = made(
        second,
        edit("homes", "h", closed_on="2022-09-30"),
        unit("x", "main_unit", "6", "h2", continues="m6"),
    )
    assert "CONTINUES_GAP" not in codes(findings(read(tables, tmp_path)))


def test_a_unit_of_another_home_may_be_continued(tmp_path: Path) -> None:
    second = add("homes", "架空学園", home_id="h2", name="架空の園")
    x = unit("x", "main_unit", "6", "h2", opened_on="2022-10-01", continues="m6")
    tables = made(second, edit("units", "m6", closed_on="2022-09-30"), x)
    assert codes(findings(read(tables, tmp_path))) == []


def test_a_unit_continuing_one_of_a_circle_is_not_reported_for_the_circle(tmp_path: Path) -> None:
    tables = made(
        edit("units", "m6", continues="x", closed_on="2022-09-30"),
        unit("x", "main_unit", "6", continues="m6"),
        unit("y", "main_unit", "6", opened_on="2022-10-01", continues="m6"),
    )
    reported = [(f.code, f.place) for f in findings(read(tables, tmp_path))]
    assert reported == [("CONTINUES_CIRCLE", "units.csv:2 continues")]


def test_an_actions_unit_cannot_be_continued(tmp_path: Path) -> None:
    from shokibo.ledger.findings import UnreadableLedgerError

    opened = add(
        "actions",
        home_id="h",
        fiscal_year="2023",
        action="open",
        unit_id="n",
        unit_kind="community_home",
        capacity="4",
    )
    with pytest.raises(UnreadableLedgerError) as refused:
        read(made(opened, edit("units", "m6", continues="n")), tmp_path)
    (problem,) = refused.value.problems
    assert (problem.code, problem.place) == ("ID_UNKNOWN", "units.csv:2 continues")


# Names


def test_a_household_keeps_its_name(tmp_path: Path) -> None:
    tables = made(moved("2022-09-30", "2022-10-01", name="本体の家"))
    assert codes(findings(read(tables, tmp_path))) == []


def test_a_household_whose_days_overlap_is_reported_once(tmp_path: Path) -> None:
    tables = made(moved("2022-10-31", "2022-10-01", name="本体の家"))
    assert codes(findings(read(tables, tmp_path))) == ["CONTINUES_GAP"]


@pytest.mark.parametrize(
    ("opened", "reported"), [("2022-09-30", ["UNIT_NAME_TWICE"]), ("2022-10-01", [])]
)
def test_a_name_is_free_when_its_unit_has_closed(
    opened: str, reported: list[str], tmp_path: Path
) -> None:
    tables = made(
        edit("units", "m6", closed_on="2022-09-30"),
        unit("x", "main_unit", "6", name="本体の家", opened_on=opened),
    )
    assert codes(findings(read(tables, tmp_path))) == reported


def test_a_third_household_is_reported_next_to_two_that_are_one(tmp_path: Path) -> None:
    tables = made(
        moved("2022-09-30", "2022-10-01", name="本体の家"),
        unit("y", "main_unit", "6", name="本体の家", opened_on="2022-09-30"),
    )
    reported = [(f.code, f.place) for f in findings(read(tables, tmp_path))]
    assert reported == [
        ("UNIT_NAME_TWICE", "units.csv:5 name"),
        ("UNIT_NAME_TWICE", "units.csv:6 name"),
    ]


# Chains


def test_a_chain_is_one_household(tmp_path: Path) -> None:
    chain = all_of(
        unit("z", "main_unit", "6", opened_on="2023-04-01", continues="x"),
        moved("2022-09-30", "2022-10-01", closed_on="2023-03-31"),
    )
    ledger = read(made(chain), tmp_path)
    assert households(ledger).rows() == [
        ("m6", "m6", 0),
        ("u4", "u4", 0),
        ("b5", "b5", 0),
        ("z", "m6", 2),
        ("x", "m6", 1),
    ]


IDS = [f"u{n}" for n in range(6)]


@given(st.dictionaries(st.sampled_from(IDS), st.sampled_from(IDS)))
def test_every_unit_is_of_one_household_whatever_the_rows_name(named: dict[str, str]) -> None:
    frames = {
        "authorities": pl.DataFrame({"authority_code": ["990001"]}),
        "homes": pl.DataFrame({"home_id": ["h"], "authority_code": ["990001"]}),
        "units": pl.DataFrame(
            {
                "unit_id": IDS,
                "home_id": ["h"] * len(IDS),
                "continues": [named.get(one) for one in IDS],
            },
            schema_overrides={"continues": pl.String},
        ),
    }
    found = households(ledger_of(frames))
    assert found["unit_id"].to_list() == IDS
    first = found.filter(pl.col("place") == 0)
    assert first["household"].to_list() == first["unit_id"].to_list()
    assert found.select("household", "place").is_unique().all()
    circling = {one for circle in circles(named) for one in circle}
    for unit_id, household, place in found.iter_rows():
        if place:
            assert unit_id not in circling
            earlier = found.row(by_predicate=pl.col("unit_id") == named[unit_id])
            assert earlier == (named[unit_id], household, place - 1)


@given(st.dictionaries(st.sampled_from(IDS), st.sampled_from(IDS)))
def test_what_is_in_a_circle_leads_back_to_itself(named: dict[str, str]) -> None:
    circling = {one for circle in circles(named) for one in circle}
    for one, first in named.items():
        following, steps = first, 0
        while following != one and following in named and steps < len(IDS):
            following, steps = named[following], steps + 1
        assert (one in circling) == (following == one)


@given(st.integers(1, 364))
def test_a_chain_split_at_any_day_gives_nothing(days: int) -> None:
    opened = dt.date(2022, 4, 1) + dt.timedelta(days=days)
    closed = opened - dt.timedelta(days=1)
    frames = {
        "authorities": pl.DataFrame({"authority_code": ["990001"], "name": ["架空県"]}),
        "homes": pl.DataFrame({"home_id": ["h"], "authority_code": ["990001"], "name": ["園"]}),
        "units": pl.DataFrame(
            {
                "unit_id": ["a", "b"],
                "home_id": ["h", "h"],
                "name": ["家", "家"],
                "kind": ["branch_group_care", "community_home"],
                "opened_on": [None, opened],
                "closed_on": [closed, None],
                "continues": [None, "a"],
            }
        ),
    }
    ledger = ledger_of(frames)
    assert [finding for check in chains.CHECKS for finding in check(ledger)] == []
