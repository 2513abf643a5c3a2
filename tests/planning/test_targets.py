"""Targets over the homes' sums, and the need of children of three and over."""

from typing import Any

import pytest

from shokibo.ledger.tables import TARGET_ITEMS
from shokibo.planning.targets import need
from tests.builders import Edit, add, drop

from .ledgers import ledger_with, plan_json, table, year_of


def row_of(year: int, *edits: Edit) -> dict[str, Any]:
    """Return the authority's row of a year."""
    return year_of(plan_json(ledger_with(*edits))["authority"]["rows"], year)


def target(item: str, value: str = "", year: str = "2022", **cells: str) -> Edit:
    """Add a target."""
    return add("targets", fiscal_year=year, item=item, value=value, **cells)


def test_without_targets_the_homes_sums_are_the_targets() -> None:
    row = row_of(2022)
    values = {item: row["target"][item]["value"] for item in TARGET_ITEMS}
    assert values == {
        "main_six_or_more": 2,
        "main_five_to_four": 0,
        "main_capacity": 12,
        "group_six_or_more": 0,
        "group_five_to_four": 3,
        "group_count": 3,
        "group_capacity": 13,
        "total": 25,
    }
    assert list(row["target"]) == [*TARGET_ITEMS, "share_percent"]
    for item in TARGET_ITEMS:
        assert row["target"][item]["approximate"] is False
        assert row["target"][item]["reason"] is None
    assert (row["target"]["share_percent"], row["difference"], row["gap"]) == ("52.0", 0, 0)


def test_a_target_with_a_value_takes_the_place_of_the_sum() -> None:
    row = row_of(2022, target("total", "27", approximate="○", reason="調整中"))
    assert row["target"]["total"] == {"value": 27, "approximate": True, "reason": "調整中"}
    assert row["target"]["main_capacity"]["value"] == 12
    assert (row["total"], row["difference"]) == (25, 2)
    assert (row["need"], row["gap"], row["gap_homes"]) == (25, 2, 0)


def test_a_target_without_a_value_is_the_homes_sum_and_keeps_its_mark() -> None:
    row = row_of(2022, target("total", approximate="○", reason="概数"))
    assert row["target"]["total"] == {"value": 25, "approximate": True, "reason": "概数"}
    assert row["difference"] == 0


def test_zero_is_a_target_and_no_blank() -> None:
    row = row_of(2022, target("group_capacity", "0"))
    assert row["target"]["group_capacity"]["value"] == 0
    assert row["target"]["share_percent"] == "0.0"


def test_the_share_of_the_target_is_of_the_targets_places() -> None:
    row = row_of(2022, target("total", "113"), target("group_capacity", "77"))
    assert row["target"]["share_percent"] == "68.1"
    assert row["share_percent"] == "52.0"


def test_there_is_no_share_of_no_places() -> None:
    assert row_of(2022, target("total", "0"))["target"]["share_percent"] is None


def test_a_target_holds_in_its_own_year_only() -> None:
    edit = target("total", "30", year="2023")
    assert [row_of(year, edit)["difference"] for year in (2021, 2022, 2023)] == [0, 0, 5]


# Need


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ("preschool 4, school_age 9", 13),
        ("under_3 2, preschool 4, school_age 9", 13),
        ("preschool 0, school_age 0", 0),
        ("three_and_over 11", 11),
        ("under_3 2, three_and_over 11", 11),
        ("preschool 4", None),
        ("school_age 9", None),
        ("under_3 2", None),
        ("school_age 9, three_and_over 11", 11),
        ("preschool 4, school_age 9, three_and_over 11", 13),
        ("", None),
    ],
)
def test_the_need_of_three_and_over(bands: str, expected: int | None) -> None:
    rows = drop("need", "2022 preschool", "2022 school_age")
    given = [band.split() for band in bands.split(", ") if band]
    added = [add("need", fiscal_year="2022", age_band=band, children=n) for band, n in given]
    row = row_of(2022, rows, *added)
    assert row["need"] == expected
    gaps = None if expected is None else 25 - expected
    assert (row["gap"], row["gap_homes"]) == (gaps, gaps)


def test_the_need_is_kept_with_the_row_of_its_last_band() -> None:
    frame = need(
        ledger_with(
            table(
                "need",
                """
                fiscal_year | age_band   | children
                2022        | school_age | 20
                2022        | preschool  | 5
                2022        | under_3    | 2""",
            )
        )
    )
    assert frame.rows(named=True) == [
        {"authority_code": "990001", "fiscal_year": 2022, "need": 25, "_row": 2}
    ]
