"""The estimate of the need: exact, each step, next to what the ledger states."""

import datetime as dt
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import invent_episodes
from shokibo.answers import plain
from shokibo.law.parameters import national_law
from shokibo.ledger.model import Ledger, ledger_of
from shokibo.ledger.reading import read_ledger
from shokibo.need.estimate import estimate
from tests.builders import EXAMPLES
from tests.reference.need import estimated

BANDS = ("under_3", "preschool", "school_age", "three_and_over")
Rows = list[dict[str, Any]]


def answered(population: Rows, rates: Rows, need: Rows | None = None) -> dict[str, Any]:
    """Estimate from rows, as JSON."""
    found: dict[str, Any] = plain(estimate(_ledger(population, rates, need or []), national_law()))
    return found


def _ledger(population: Rows, rates: Rows, need: Rows) -> Ledger:
    tables = {"population": population, "care_rates": rates, "need": need}
    return ledger_of({name: pl.DataFrame(rows) for name, rows in tables.items() if rows})


def people(children: int, year: int = 2022, band: str = "school_age") -> dict[str, Any]:
    return {"fiscal_year": year, "age_band": band, "children": children}


def rate(
    in_care: str, foster: str = "0", year: int = 2022, band: str = "school_age"
) -> dict[str, Any]:
    """Return rates from a year on."""
    of_band = {"fiscal_year": year, "age_band": band}
    return {**of_band, "in_care_per_10000": in_care, "foster_rate": foster}


@pytest.mark.parametrize(
    ("population", "in_care", "foster", "steps"),
    [
        (10_000, "1", "50", ("1.00", "0.50", 1)),  # a half goes up
        (9_999, "1", "50", ("1.00", "0.50", 0)),  # rounded from 0.49995, not from 0.50
        (10_000, "103.3650", "0", ("103.37", "0.00", 103)),
        (10_000, "103.3649", "0", ("103.36", "0.00", 103)),
        (0, "16.5", "30", ("0.00", "0.00", 0)),
        (92_000, "0", "30", ("0.00", "0.00", 0)),
        (92_000, "16.5", "100", ("151.80", "151.80", 0)),
        (10_000, "3", "99.99", ("3.00", "3.00", 0)),
        (10**9, "9999.9999", "0.01", ("999999990.00", "100000.00", 999_899_990)),
    ],
)
def test_each_step_is_exact(
    population: int, in_care: str, foster: str, steps: tuple[str, str, int]
) -> None:
    (row,) = answered([people(population)], [rate(in_care, foster)])["rows"]
    assert (row["in_care"], row["foster"], row["in_homes"]) == steps
    assert (row["in_care_per_10000"], row["foster_rate"]) == (in_care, foster)


def test_a_rate_holds_until_the_band_s_next_row() -> None:
    population = [people(10_000, year) for year in (2020, 2021, 2022, 2023, 2024)]
    rates = [rate("2", year=2023), rate("1", year=2021), rate("9", year=2022, band="preschool")]
    rows = answered(population, rates)["rows"]
    assert [(row["fiscal_year"], row["in_homes"]) for row in rows] == [
        (2021, 1),
        (2022, 1),
        (2023, 2),
        (2024, 2),
    ]


def test_a_band_that_is_missing_leaves_the_year_s_totals_blank() -> None:
    whole = [people(10_000, band=band) for band in BANDS[:3]]
    rates = [rate("1", band=band) for band in BANDS[:3]]
    (total,) = answered(whole, rates)["totals"]
    assert (total["in_homes"], total["three_and_over"]) == (3, 2)
    (total,) = answered(whole[1:], rates)["totals"]
    assert (total["in_homes"], total["three_and_over"], total["difference"]) == (None, None, None)


def test_what_is_stated_as_actual_is_no_need() -> None:
    actual = {**people(5), "basis": "actual"}
    (row,) = answered([people(10_000)], [rate("3")], [actual])["rows"]
    assert (row["stated"], row["difference"]) == (None, None)
    (row,) = answered([people(10_000)], [rate("3")], [people(5)])["rows"]
    assert (row["stated"], row["difference"]) == (5, -2)


@pytest.mark.parametrize(("foster", "reached"), [("49.99", False), ("50", True), ("50.01", True)])
def test_a_goal_is_reached_at_its_rate(foster: str, reached: bool) -> None:
    (goal,) = answered([people(1)], [rate("1", foster)])["goals"]
    assert goal == {
        "fiscal_year": 2022,
        "age_band": "school_age",
        "foster_rate": foster,
        "goal": 50,
        "reached": reached,
    }


def test_there_is_no_goal_before_it_was_set() -> None:
    population = [people(1, 2016), people(1, 2017)]
    goals = answered(population, [rate("1", year=2016)])["goals"]
    assert [goal["fiscal_year"] for goal in goals] == [2017]


def test_nothing_known_estimates_nothing() -> None:
    found = answered([], [])
    assert (found["rows"], found["totals"], found["goals"]) == ([], [], [])
    assert answered([people(1)], [])["rows"] == []
    assert answered([], [rate("1")])["rows"] == []


def test_what_no_source_states_is_named() -> None:
    assert answered([], [])["unconfirmed"] == ["need_formula", "foster_goals"]


def drawn(seed: int) -> tuple[Rows, Rows, Rows]:
    """Return random rows: years with gaps, bands that are missing, rates with odd digits."""
    dice = Random(seed)
    keys = [(year, band) for year in range(2015, 2024) for band in BANDS]

    def some(share: float) -> list[tuple[int, str]]:
        return [key for key in keys if dice.random() < share]

    def decimal(most: int, decimals: int) -> str:
        digits = dice.randint(0, decimals)
        whole = dice.choice((0, 1, dice.randrange(most), most))
        return f"{whole}.{dice.randrange(10**digits):0{digits}d}" if digits else str(whole)

    sizes = (1, 100, 10_000, 10**6, 10**15 - 1)
    population = [people(dice.randrange(dice.choice(sizes) + 1), *key) for key in some(0.8)]
    rates = [rate(decimal(9_999, 4), decimal(99, 2), *key) for key in some(0.4)]
    bases = (None, "forecast", "actual")
    need = [{**people(dice.randrange(200), *key), "basis": dice.choice(bases)} for key in some(0.5)]
    dice.shuffle(rates)
    return population, rates, need


@pytest.mark.parametrize("first", range(0, 2000, 500))
def test_random_tables_are_estimated_as_by_hand(first: int) -> None:
    for seed in range(first, first + 500):
        tables = drawn(seed)
        found = answered(*tables)
        del found["unconfirmed"]
        assert found == estimated(*tables), seed


@given(st.integers(0, 10**9), st.integers(0, 10**8), st.integers(0, 10**4))
def test_homes_and_foster_care_are_all_who_are_in_care(
    population: int, in_care: int, foster: int
) -> None:
    given_rate = rate(f"{in_care // 10**4}.{in_care % 10**4:04d}", f"{foster / 100:.2f}")
    (row,) = answered([people(population)], [given_rate])["rows"]
    apart = abs(float(row["in_care"]) - float(row["foster"]) - row["in_homes"])
    assert apart <= 0.5 + 0.01 + 1e-6 * population


def test_the_example_comes_to_the_need_that_the_plan_prints() -> None:
    found = estimate(read_ledger(EXAMPLES / "setagaya"), national_law())
    assert len(found.rows) == 12
    assert {row.difference for row in found.rows} == {0}
    assert [total.three_and_over for total in found.totals] == [110, 111, 112, 113]
    assert [total.in_homes for total in found.totals] == [112, 115, 118, 121]


def test_the_example_s_children_are_those_that_are_invented() -> None:
    rows = invent_episodes.episodes()
    assert invent_episodes.FILE.read_text("utf-8") == invent_episodes.text_of(rows)
    ledger, day = read_ledger(EXAMPLES / "setagaya"), dt.date(2021, 3, 31)
    there = ledger["episodes"].filter(
        pl.col("place").is_in(["children_home", "infant_home"])
        & pl.lit(day).is_between("started_on", pl.col("ended_on").fill_null(day))
    )
    placed = ledger["occupancy"].filter(pl.col("population") == "placed")
    by_place = dict(placed.select("place", "children").iter_rows())
    assert dict(there["place"].value_counts().iter_rows()) == {
        "children_home": by_place["main"] + by_place["group_home"],
        "infant_home": by_place["infant_home"],
    }
