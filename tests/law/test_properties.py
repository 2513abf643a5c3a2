"""What holds of the rules on any ledger: shown on random ones at the boundaries."""

import datetime as dt
from collections.abc import Mapping
from random import Random
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from shokibo.law.evaluate import Evaluation, evaluate
from shokibo.law.parameters import national_law
from tests.reference.generate import Row, Tables, boundary_days, random_tables

from .building import ledger_from

SEEDS = st.integers(0, 10**6)
EXAMPLES = settings(max_examples=12, deadline=None)
SOME = 5


def judged(tables: Tables, days: list[dt.date]) -> Evaluation:
    """Judge a ledger on days."""
    return evaluate(ledger_from(tables), national_law(), days)


def days_of(tables: Tables, seed: int) -> list[dt.date]:
    """Return some days around what happens in a ledger."""
    return Random(seed).sample(boundary_days(tables), SOME)


def by_key(frame: pl.DataFrame) -> dict[tuple[object, ...], Mapping[str, Any]]:
    """Return the rows of units or homes by day and id, without the numbers of their rows."""
    key = ("as_of", "unit_id" if "unit_id" in frame.columns else "home_id")
    kept = frame.drop("home_row", "unit_row", strict=False)
    return {tuple(row[name] for name in key): row for row in kept.iter_rows(named=True)}


@EXAMPLES
@given(seed=SEEDS, shuffle=st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(seed: int, shuffle: Random) -> None:
    tables = random_tables(seed)
    shuffled = {name: shuffle.sample(rows, len(rows)) for name, rows in tables.items()}
    days = days_of(tables, seed)
    one, other = judged(tables, days), judged(shuffled, days)
    assert by_key(one.units) == by_key(other.units)
    assert by_key(one.homes) == by_key(other.homes)


@EXAMPLES
@given(seed=SEEDS)
def test_answers_come_by_day_and_then_in_the_order_of_the_ledger(seed: int) -> None:
    tables = random_tables(seed)
    found = judged(tables, days_of(tables, seed)).units.select("as_of", "unit_id").rows()
    order = {row["unit_id"]: number for number, row in enumerate(tables["units"])}
    assert found == sorted(found, key=lambda case: (case[0], order[case[1]]))


def full_timer(unit: Row) -> Row:
    """Return a new qualified and dedicated full-timer of a unit."""
    return {
        "staff_id": f"new-{unit['unit_id']}",
        "home_id": unit["home_id"],
        "unit_id": unit["unit_id"],
        "job": "childcare_worker",
        "employment": "full_time",
        "role": "care",
        "dedicated": "1",
        "main_rota": "0",
    }


@EXAMPLES
@given(seed=SEEDS)
def test_one_more_full_timer_never_lowers_what_a_unit_may_have(seed: int) -> None:
    tables = random_tables(seed)
    more = {**tables, "staff": [*tables["staff"], *map(full_timer, tables["units"])]}
    days = days_of(tables, seed)
    before, after = (by_key(judged(given, days).units) for given in (tables, more))
    assert before.keys() == after.keys()
    for case, row in before.items():
        new = after[case]
        assert (new["available_extra"] is None) == (row["available_extra"] is None)
        if row["available_extra"] is not None:
            gained = new["available_extra"] - row["available_extra"]
            assert gained in (0, 1)
            assert gained == 1 or row["staff_fte"] is None or full_or_short(new)
        if row["staff_fte"] is not None:
            assert new["staff_fte"] == row["staff_fte"] + 10
        assert not (row["eligible"] is True and new["eligible"] is not True)


def full_or_short(row: Mapping[str, Any]) -> bool:
    """Say whether a unit has all the extra it may have, or still lacks base staff."""
    return bool(row["available_extra"] in (0, row["max_extra"]))


def people_of_their_homes(tables: Tables) -> Tables:
    """Make every person one of a single home; who works in two homes is judged in both."""
    staff = [{**row, "staff_id": f"{row['home_id']}-{row['staff_id']}"} for row in tables["staff"]]
    return {**tables, "staff": staff}


def only(tables: Tables, home_id: str) -> Tables:
    """Return a ledger with one of its homes."""
    units = {row["unit_id"] for row in tables["units"] if row["home_id"] == home_id}
    return {
        name: [
            row
            for row in rows
            if name == "authorities"
            or row.get("home_id") == home_id
            or (name == "capacities" and row["unit_id"] in units)
        ]
        for name, rows in tables.items()
    }


@EXAMPLES
@given(seed=SEEDS)
def test_a_home_and_its_units_are_judged_whatever_other_homes_do(seed: int) -> None:
    tables = people_of_their_homes(random_tables(seed))
    days = days_of(tables, seed)
    together = judged(tables, days)
    for home in tables["homes"]:
        of_home = pl.col("home_id") == home["home_id"]
        alone = judged(only(tables, str(home["home_id"])), days)
        assert by_key(alone.units) == by_key(together.units.filter(of_home))
        assert by_key(alone.homes) == by_key(together.homes.filter(of_home))


@EXAMPLES
@given(seed=SEEDS)
def test_days_are_judged_alike_one_by_one_and_together(seed: int) -> None:
    tables = random_tables(seed)
    days = days_of(tables, seed)
    together = judged(tables, days)
    for day in days[:2]:
        today = pl.col("as_of") == day
        alone = judged(tables, [day])
        assert alone.units.rows() == together.units.filter(today).rows()
        assert alone.homes.rows() == together.homes.filter(today).rows()


def test_a_ledger_without_rows_is_judged_and_has_no_answers() -> None:
    empty: Tables = {name: [] for name in random_tables(0)}
    evaluation = judged(empty, [dt.date(2022, 4, 1)])
    assert (evaluation.units.height, evaluation.homes.height) == (0, 0)
    columns = judged(random_tables(0), [dt.date(2022, 4, 1)]).units.schema
    assert evaluation.units.schema == columns
