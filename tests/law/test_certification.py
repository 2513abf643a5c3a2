"""R8: in which months a certified add-on is judged again, and on which day of them."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from shokibo.law.certification import months_of_effect, rejudged
from shokibo.law.parameters import national_law
from tests.builders import add, application, edit, made, read, unit


def months(start: dt.date, ended: dt.date | None = None, year: int = 2022) -> list[str]:
    """Return the months of effect of one application."""
    schema = {"fiscal_year": pl.Int64, "start_month": pl.Date, "ended_on": pl.Date}
    frame = pl.DataFrame([(year, start, ended)], schema, orient="row")
    return months_of_effect(frame).collect()["month"].dt.strftime("%Y-%m").to_list()


@pytest.mark.parametrize(
    ("start", "ended", "first", "last", "count"),
    [
        (dt.date(2022, 4, 1), None, "2022-04", "2023-03", 12),
        (dt.date(2022, 10, 1), None, "2022-10", "2023-03", 6),
        (dt.date(2023, 3, 1), None, "2023-03", "2023-03", 1),
        (dt.date(2022, 4, 1), dt.date(2022, 4, 30), "2022-04", "2022-04", 1),
        (dt.date(2022, 4, 1), dt.date(2022, 9, 30), "2022-04", "2022-09", 6),
        (dt.date(2022, 4, 1), dt.date(2022, 9, 1), "2022-04", "2022-09", 6),
        (dt.date(2022, 4, 1), dt.date(2023, 3, 31), "2022-04", "2023-03", 12),
        (dt.date(2022, 4, 1), dt.date(2024, 3, 31), "2022-04", "2023-03", 12),
        (dt.date(2022, 1, 1), None, "2022-04", "2023-03", 12),
    ],
)
def test_an_addon_has_effect_from_its_start_to_its_end_within_its_year(
    start: dt.date, ended: dt.date | None, first: str, last: str, count: int
) -> None:
    found = months(start, ended)
    assert (found[0], found[-1], len(found)) == (first, last, count)


@pytest.mark.parametrize(
    ("start", "ended"),
    [
        (dt.date(2023, 4, 1), None),
        (dt.date(2022, 10, 1), dt.date(2022, 9, 30)),
        (dt.date(2022, 4, 1), dt.date(2022, 3, 31)),
    ],
)
def test_an_addon_outside_its_year_or_ended_before_it_starts_has_no_month(
    start: dt.date, ended: dt.date | None
) -> None:
    assert months(start, ended) == []


def test_units_are_judged_on_the_first_of_each_month(tmp_path: Path) -> None:
    ledger = read(made(), tmp_path)
    judged = rejudged(ledger, national_law()).units
    assert judged["application_id"].to_list() == ["a-u4"] * 12 + ["a-b5"] * 12
    assert judged["as_of"].to_list() == judged["month"].to_list()
    assert judged["month"].to_list()[:12] == [
        *(dt.date(2022, month, 1) for month in range(4, 13)),
        *(dt.date(2023, month, 1) for month in range(1, 4)),
    ]
    assert judged["eligible"].to_list() == [True] * 24
    assert judged["_row"].to_list() == [2] * 12 + [3] * 12
    assert judged["certified_extra"].to_list() == [1] * 12 + [2] * 12


def test_a_unit_that_opens_within_a_month_is_judged_on_that_day(tmp_path: Path) -> None:
    ledger = read(
        made(
            unit("x", "community_home", "4", opened_on="2022-10-15"),
            application("n", "x", start_month="2022-09"),
        ),
        tmp_path,
    )
    judged = rejudged(ledger, national_law()).units.filter(pl.col("unit_id") == "x")
    assert judged.select("as_of", "is_open").rows()[:3] == [
        (dt.date(2022, 9, 1), False),
        (dt.date(2022, 10, 15), True),
        (dt.date(2022, 11, 1), True),
    ]


def test_two_applications_for_one_unit_are_each_judged_alike(tmp_path: Path) -> None:
    ledger = read(made(application("n", "u4")), tmp_path)
    judged = rejudged(ledger, national_law()).units
    of_u4 = judged.filter(pl.col("unit_id") == "u4")
    assert of_u4["application_id"].value_counts().sort("application_id").rows() == [
        ("a-u4", 12),
        ("n", 12),
    ]
    assert of_u4["staff_fte"].unique().to_list() == [40]


def test_homes_are_judged_with_their_units_of_the_month(tmp_path: Path) -> None:
    ledger = read(
        made(
            edit("units", "u4", closed_on="2022-08-31"),
            edit("units", "b5", closed_on="2022-10-15"),
            add("homes", "架空学園", home_id="h2", name="架空の園", closed_on="2022-05-15"),
            application("n", "", "h2"),
        ),
        tmp_path,
    )
    judged = rejudged(ledger, national_law()).homes
    of_h = judged.filter(pl.col("home_id") == "h")
    assert of_h["units_in_scope"].to_list() == [2] * 5 + [1] * 2 + [0] * 5
    assert of_h["backup_eligible"].to_list() == [True] * 7 + [False] * 5
    of_h2 = judged.filter(pl.col("home_id") == "h2")
    assert of_h2["is_open"].to_list() == [True, True] + [False] * 10
    assert of_h2["units_in_scope"].to_list() == [0] * 2 + [None] * 10
