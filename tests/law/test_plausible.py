"""Figures that can hardly be meant: hours of another unit, more children than places."""

from pathlib import Path

import pytest

from shokibo.law import plausible
from shokibo.law.checks import check_law
from shokibo.law.parameters import national_law
from shokibo.ledger.findings import Finding
from tests.builders import Edit, add, all_of, drop, edit, made, part_time, posting, read

CODES = {entry.code for entry in plausible.ENTRIES}
WEEKLY, FULL_TIME = "WEEKLY_HOURS_IMPLAUSIBLE", "FULL_TIME_HOURS_IMPLAUSIBLE"


def found(folder: Path, *edits: Edit) -> list[Finding]:
    """Return what is found implausible in the clean ledger with edits."""
    ledger = read(made(*edits), folder)
    return [one for one in check_law(ledger, national_law()) if one.code in CODES]


@pytest.mark.parametrize(
    ("hours", "of", "codes"),
    [
        ("1", "40", []),
        ("0.99", "40", [WEEKLY]),
        ("0.5", "40", [WEEKLY]),
        ("0", "40", []),
        ("20", "30", []),
        ("20", "29.99", [FULL_TIME]),
        ("20", "48", []),
        ("20", "48:01", [FULL_TIME]),
        ("0.38", "0.38", [WEEKLY, FULL_TIME]),
        ("60", "160", [FULL_TIME]),
        ("60:01", "160", [WEEKLY, FULL_TIME]),
        ("160", "40", []),  # OVER_FULL_TIME says so
        ("160", "", [WEEKLY]),
    ],
)
def test_hours_that_are_hardly_those_of_a_week(
    hours: str, of: str, codes: list[str], tmp_path: Path
) -> None:
    assert [one.code for one in found(tmp_path, part_time("x", "m6", hours, of=of))] == codes


def test_hours_are_reported_at_their_cell_with_their_bounds(tmp_path: Path) -> None:
    (one,) = found(tmp_path, posting("x", "m6", full_time_weekly_hours="0.38"))
    assert (one.severity, one.place) == ("warning", "staff.csv:13 full_time_weekly_hours")
    assert one.values == {"staff_id": "x", "hours": "0.38", "least": 30, "most": 48}
    assert "38%は0.38" in one.message("ja")


def children(number: str, place: str = "all", **cells: str) -> Edit:
    """Let so many children live at a place of the home."""
    row = {"as_of": "2022-09-30", "population": "residents", "home_id": "h", **cells}
    return add("occupancy", place=place, children=number, **row)


@pytest.mark.parametrize(
    ("occupancy", "places"),
    [
        (children("15"), None),  # 6 in the main building, 4 and 5 in group homes
        (children("16"), 15),
        (children("6", "main"), None),
        (children("7", "main"), 6),
        (children("9", "group_home"), None),
        (children("10", "group_home"), 9),
        (children("16", home_id=""), 15),
        (children("16", population="placed"), 15),
        (children("95", population="placed", home_id=""), None),
        (children("95", "foster"), None),
        (children("95", "family_home", home_id=""), None),
        (all_of(children("20", home_id=""), children("5", "foster", home_id="")), None),
        (all_of(children("21", home_id=""), children("5", "foster", home_id="")), 15),
        (children("16", as_of="2022-04-01"), 15),
        (all_of(drop("capacities", "b5"), children("16")), None),
        (all_of(edit("units", "b5", closed_on="2022-09-29"), children("11")), 10),
        (all_of(edit("units", "b5", closed_on="2022-09-30"), children("11")), None),
    ],
)
def test_more_children_than_places(occupancy: Edit, places: int | None, tmp_path: Path) -> None:
    result = [one for one in found(tmp_path, occupancy) if one.code == "CHILDREN_ABOVE_PLACES"]
    assert [one.values["places"] for one in result] == ([] if places is None else [places])


def test_they_are_reported_at_their_number(tmp_path: Path) -> None:
    (one,) = found(tmp_path, children("95"))
    assert (one.place, one.values) == (
        "occupancy.csv:2 children",
        {"children": 95, "as_of": "2022-09-30", "places": 15},
    )
