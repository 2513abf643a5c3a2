"""The register on a day: who is open, and with what capacity."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from shokibo.law import register
from shokibo.law.register import BEGINNING, END
from tests.builders import add, edit, made, read, unit


def day(text: str) -> dt.date:
    """Return a day."""
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("opened", "closed", "first", "last"),
    [
        ("", "", BEGINNING, END),
        ("2020-04-01", "", day("2020-04-01"), END),
        ("", "2023-03-31", BEGINNING, day("2023-03-31")),
    ],
)
def test_a_blank_day_is_before_or_after_every_day(
    opened: str, closed: str, first: dt.date, last: dt.date, tmp_path: Path
) -> None:
    ledger = read(made(edit("homes", "h", opened_on=opened, closed_on=closed)), tmp_path)
    home = register.homes(ledger).collect().row(0, named=True)
    assert (home["opened_on"], home["closed_on"]) == (first, last)


@pytest.mark.parametrize(
    ("of_home", "of_unit", "open_days"),
    [
        (("", ""), ("", ""), (BEGINNING, END)),
        (("2020-04-01", ""), ("", ""), (day("2020-04-01"), END)),
        (("2020-04-01", ""), ("2019-04-01", ""), (day("2020-04-01"), END)),
        (("2019-04-01", ""), ("2020-04-01", ""), (day("2020-04-01"), END)),
        (("", "2023-03-31"), ("", ""), (BEGINNING, day("2023-03-31"))),
        (("", "2023-03-31"), ("", "2024-03-31"), (BEGINNING, day("2023-03-31"))),
        (("", "2024-03-31"), ("", "2023-03-31"), (BEGINNING, day("2023-03-31"))),
    ],
)
def test_a_unit_is_open_only_while_its_home_is(
    of_home: tuple[str, str],
    of_unit: tuple[str, str],
    open_days: tuple[dt.date, dt.date],
    tmp_path: Path,
) -> None:
    ledger = read(
        made(
            edit("homes", "h", opened_on=of_home[0], closed_on=of_home[1]),
            edit("units", "u4", opened_on=of_unit[0], closed_on=of_unit[1]),
        ),
        tmp_path,
    )
    found = register.units(ledger).collect().row(1, named=True)
    assert (found["opened_on"], found["closed_on"]) == open_days


@pytest.mark.parametrize(
    ("on", "is_open"),
    [
        ("2022-03-31", False),
        ("2022-04-01", True),
        ("2022-09-30", True),
        ("2022-10-01", False),
    ],
)
def test_the_first_and_the_last_day_are_days_on_which_it_is_open(on: str, is_open: bool) -> None:
    frame = pl.DataFrame({"opened_on": [day("2022-04-01")], "closed_on": [day("2022-09-30")]})
    assert frame.select(register.open_on(pl.lit(day(on)))).item() is is_open


def test_units_come_in_their_order_with_home_and_authority(tmp_path: Path) -> None:
    ledger = read(
        made(
            add("homes", "架空学園", home_id="a", name="後の園"), unit("x", "main_unit", "6", "a")
        ),
        tmp_path,
    )
    found = register.units(ledger).collect()
    names = ["unit_id", "home_id", "home_name", "authority_code", "unit_row", "home_row"]
    assert found.select(names).rows() == [
        ("m6", "h", "架空学園", "990001", 2, 2),
        ("u4", "h", "架空学園", "990001", 3, 2),
        ("b5", "h", "架空学園", "990001", 4, 2),
        ("x", "a", "後の園", "990001", 5, 3),
    ]


CAPACITIES = pl.DataFrame(
    {
        "unit_id": ["u", "v", "u", "u"],
        "effective_from": [
            *(day("2022-04-01"), day("2020-04-01")),
            *(day("2019-04-01"), day("2023-04-01")),
        ],
        "capacity": [5, 9, 4, 6],
    }
)


@pytest.mark.parametrize(
    ("on", "capacity"),
    [
        ("2019-03-31", None),
        ("2019-04-01", 4),
        ("2022-03-31", 4),
        ("2022-04-01", 5),
        ("2023-03-31", 5),
        ("2023-04-01", 6),
        ("2099-04-01", 6),
    ],
)
def test_the_latest_capacity_not_after_a_day_holds_on_it(on: str, capacity: int | None) -> None:
    cases = pl.DataFrame({"unit_id": ["u"], "as_of": [day(on)]})
    assert register.with_capacity(cases, CAPACITIES).collect()["capacity"].to_list() == [capacity]


def test_cases_keep_their_order_and_their_other_columns() -> None:
    cases = pl.DataFrame(
        {
            "unit_id": ["v", "u", "w", "u"],
            "as_of": [day(d) for d in ("2022-04-01", "2022-04-01", "2022-04-01", "2019-04-01")],
            "note": ["1", "2", "3", "4"],
        }
    )
    found = register.with_capacity(cases, CAPACITIES).collect()
    assert found.columns == ["unit_id", "as_of", "note", "capacity"]
    assert found.select("note", "capacity").rows() == [("1", 9), ("2", 5), ("3", None), ("4", 4)]


def test_a_ledger_without_a_capacity_knows_none() -> None:
    cases = pl.DataFrame({"unit_id": ["u"], "as_of": [day("2022-04-01")]})
    known = register.with_capacity(cases, CAPACITIES.clear()).collect()
    assert known["capacity"].to_list() == [None]
