"""R5: the day as of which a unit's capacity and staff are reported."""

import datetime as dt

import polars as pl
import pytest

from shokibo.law.reference_date import reference_date
from shokibo.law.register import BEGINNING


def on(year: int, start: dt.date | None, opened: dt.date = BEGINNING) -> dt.date:
    """Return the reference date of one case."""
    schema = {"start_month": pl.Date, "opened_on": pl.Date}
    frame = pl.DataFrame([(start, opened)], schema, orient="row")
    found = frame.select(reference_date(pl.lit(year))).item()
    assert isinstance(found, dt.date)
    return found


@pytest.mark.parametrize(
    ("start", "opened", "day"),
    [
        (None, BEGINNING, dt.date(2022, 4, 1)),
        (dt.date(2022, 4, 1), BEGINNING, dt.date(2022, 4, 1)),
        (dt.date(2022, 3, 1), BEGINNING, dt.date(2022, 4, 1)),
        (dt.date(2022, 5, 1), BEGINNING, dt.date(2022, 5, 1)),
        (dt.date(2023, 3, 1), BEGINNING, dt.date(2023, 3, 1)),
        (None, dt.date(2022, 4, 1), dt.date(2022, 4, 1)),
        (None, dt.date(2022, 4, 2), dt.date(2022, 4, 2)),
        (None, dt.date(2022, 10, 15), dt.date(2022, 10, 15)),
        (dt.date(2022, 10, 1), dt.date(2022, 10, 15), dt.date(2022, 10, 15)),
        (dt.date(2022, 11, 1), dt.date(2022, 10, 15), dt.date(2022, 11, 1)),
        (dt.date(2022, 5, 1), dt.date(2012, 10, 15), dt.date(2022, 5, 1)),
    ],
)
def test_it_is_the_latest_of_april_the_start_month_and_the_opening(
    start: dt.date | None, opened: dt.date, day: dt.date
) -> None:
    assert on(2022, start, opened) == day


def test_april_is_the_fiscal_years() -> None:
    assert on(2019, None) == dt.date(2019, 4, 1)
    assert on(2024, None) == dt.date(2024, 4, 1)


def test_each_row_may_be_of_its_own_year() -> None:
    frame = pl.DataFrame(
        {"fiscal_year": [2021, 2022], "start_month": [None, None], "opened_on": [BEGINNING] * 2},
        schema_overrides={"start_month": pl.Date},
    )
    days = frame.select(day=reference_date(pl.col("fiscal_year")))["day"].to_list()
    assert days == [dt.date(2021, 4, 1), dt.date(2022, 4, 1)]
