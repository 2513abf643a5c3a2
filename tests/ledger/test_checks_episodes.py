"""Checks of children's episodes: each code, and the day just next to it."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from shokibo.ledger import ages
from shokibo.ledger.checks import episodes
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


def stay(started_on: str, ended_on: str = "", **cells: str) -> Edit:
    """Add an episode in a children's home of a child born in June 2012; the first is row 2."""
    given = {"child_code": "C-1", "birth_month": "2012-06", "place": "children_home", **cells}
    return add("episodes", **{"started_on": started_on, "ended_on": ended_on, **given})


CASES = [
    Case(
        "EPISODE_DATES_REVERSED",
        "error",
        "episodes.csv:2 ended_on",
        "養育の経過!F2",
        {"child_code": "C-1", "started_on": "2020-05-02", "ended_on": "2020-05-01"},
        stay("2020-05-02", "2020-05-01"),
        stay("2020-05-02", "2020-05-02"),
    ),
    Case(
        "EPISODE_BEFORE_BIRTH",
        "error",
        "episodes.csv:2 started_on",
        "養育の経過!E2",
        {"child_code": "C-1", "started_on": "2012-05-31", "birth_month": "2012-06-01"},
        stay("2012-05-31", "2012-07-31", place="infant_home"),
        stay("2012-06-01", "2012-07-31", place="infant_home"),
    ),
    Case(
        "TWO_BIRTH_MONTHS",
        "error",
        "episodes.csv:3 birth_month",
        "養育の経過!C3",
        {"child_code": "C-1", "birth_month": "2012-07-01", "first_month": "2012-06-01"},
        all_of(stay("2020-05-01", "2020-05-31"), stay("2020-06-01", birth_month="2012-07")),
        all_of(stay("2020-05-01", "2020-05-31"), stay("2020-06-01")),
    ),
    Case(
        "EPISODE_OVERLAPS",
        "error",
        "episodes.csv:3 started_on",
        "養育の経過!E3",
        {"child_code": "C-1", "started_on": "2020-05-30", "other": "episodes.csv:2 child_code"},
        all_of(stay("2020-05-01", "2020-05-31"), stay("2020-05-30")),
        all_of(stay("2020-05-01", "2020-05-31"), stay("2020-05-31")),
    ),
    Case(
        "EPISODE_OVERLAPS",
        "error",
        "episodes.csv:3 started_on",
        "養育の経過!E3",
        {"child_code": "C-1", "started_on": "2020-05-30", "other": "episodes.csv:2 child_code"},
        all_of(stay("2020-05-01"), stay("2020-05-30")),
        all_of(stay("2020-05-01"), stay("2020-05-30", child_code="C-2")),
    ),
    Case(
        "EPISODE_GAP",
        "info",
        "episodes.csv:3 started_on",
        "養育の経過!E3",
        {"child_code": "C-1", "started_on": "2021-06-02", "ended_before": "2020-05-31"},
        all_of(stay("2020-05-01", "2020-05-31"), stay("2021-06-02")),
        all_of(stay("2020-05-01", "2020-05-31"), stay("2021-06-01")),
    ),
    Case(
        "PLACE_NOT_FOR_AGE",
        "warning",
        "episodes.csv:2 place",
        "養育の経過!D2",
        {
            "child_code": "C-1",
            "birth_month": "2012-06-01",
            "day": "2019-04-01",
            "place": "infant_home",
            "place_label": "乳児院",
        },
        stay("2013-05-01", "2019-04-01", place="infant_home"),
        stay("2013-05-01", "2019-03-31", place="infant_home"),
    ),
    Case(
        "PLACE_NOT_FOR_AGE",
        "warning",
        "episodes.csv:2 place",
        "養育の経過!D2",
        {
            "child_code": "C-1",
            "birth_month": "2012-06-01",
            "day": "2013-05-31",
            "place": "children_home",
            "place_label": "児童養護施設",
        },
        stay("2013-05-31"),
        stay("2013-06-01"),
    ),
    Case(
        "IN_CARE_AFTER_22",
        "warning",
        "episodes.csv:2 ended_on",
        "養育の経過!F2",
        {"child_code": "C-1", "limit": "2026-03-31"},
        stay("2020-05-01", "2026-04-01", birth_month="2004-03"),
        stay("2020-05-01", "2026-03-31", birth_month="2004-03"),
    ),
]
every_case = pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])


def test_every_code_has_its_case() -> None:
    assert {case.code for case in CASES} == {entry.code for entry in episodes.ENTRIES}


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


def test_a_child_who_is_still_there_is_so_until_the_last_day_that_is_known(tmp_path: Path) -> None:
    young = stay("2013-05-01", place="infant_home")

    def known_until(day: str) -> list[str]:
        later = stay(day, child_code="C-2")
        return codes(findings(read(made(young, later), tmp_path / day)))

    assert known_until("2019-03-31") == []
    assert known_until("2019-04-01") == ["PLACE_NOT_FOR_AGE"]


def test_a_gap_counts_from_the_last_of_all_earlier_days(tmp_path: Path) -> None:
    first, within = stay("2018-01-01", "2021-12-31"), stay("2019-01-01", "2019-02-01")
    reported = findings(read(made(first, within, stay("2022-06-01")), tmp_path))
    assert codes(reported) == ["EPISODE_OVERLAPS"]


@pytest.mark.parametrize(
    ("birth", "day", "band"),
    [
        ("2012-06-01", "2015-05-31", "under_3"),
        ("2012-06-01", "2015-06-01", "preschool"),
        ("2012-06-01", "2019-03-31", "preschool"),
        ("2012-06-01", "2019-04-01", "school_age"),
        ("2012-03-01", "2018-03-31", "preschool"),  # turned six in the year before
        ("2012-03-01", "2018-04-01", "school_age"),
        ("2012-04-01", "2019-03-31", "preschool"),  # born on the second of April or later
        ("2012-04-01", "2019-04-01", "school_age"),
        ("2012-12-01", "2019-04-01", "school_age"),
        ("2013-01-01", "2019-04-01", "school_age"),
    ],
)
def test_a_child_passes_from_band_to_band(birth: str, day: str, band: str) -> None:
    days = {"birth": dt.date.fromisoformat(birth), "day": dt.date.fromisoformat(day)}
    found = pl.DataFrame(days).select(ages.age_band(pl.col("birth"), pl.col("day")))
    assert found.item() == band
