"""The forecast as the need of a plan: which percentile, whose rows, what stays."""

import numpy as np
import polars as pl
import pytest

from shokibo.ledger.model import Ledger, ledger_of
from shokibo.ledger.tables import BY_NAME
from shokibo.need.adopting import need_at, with_need, years_with_actual
from shokibo.need.scenarios import Group

HUNDRED = np.arange(1, 101)
COUNTS: dict[int, dict[Group, np.ndarray]] = {
    2022: {"infant_home": HUNDRED // 50, "three_and_over": HUNDRED},
    2023: {"infant_home": HUNDRED * 0, "three_and_over": HUNDRED + 10},
}
ROWS = [
    {"fiscal_year": 2021, "age_band": "school_age", "children": 7, "basis": "forecast"},
    {"fiscal_year": 2022, "age_band": "preschool", "children": 2, "basis": "forecast"},
    {"fiscal_year": 2022, "age_band": "school_age", "children": 8, "basis": None},
    {"fiscal_year": 2024, "age_band": "three_and_over", "children": 9, "basis": "forecast"},
]


def ledger(*rows: dict[str, object]) -> Ledger:
    need = pl.DataFrame(rows, BY_NAME["need"].schema)
    return ledger_of({"need": need})


def need_of(found: Ledger) -> list[tuple[object, ...]]:
    return found["need"].drop("_row", "note").rows()


@pytest.mark.parametrize(("percentile", "children"), [(1, 1), (50, 50), (80, 80), (99, 99)])
def test_a_percentile_is_the_fewest_children_that_this_share_of_paths_does_not_exceed(
    percentile: int, children: int
) -> None:
    rows = need_at(COUNTS, percentile).filter(pl.col("age_band") == "three_and_over")
    assert rows["children"].to_list() == [children, children + 10]
    assert rows["basis"].unique().to_list() == ["forecast"]


def test_the_middle_of_even_paths_is_a_child_that_one_of_them_has() -> None:
    counts = {2022: {"infant_home": np.array([3, 9]), "three_and_over": np.array([3, 9])}}
    assert need_at(counts, 50)["children"].to_list() == [3, 3]  # type: ignore[arg-type]
    assert need_at(counts, 51)["children"].to_list() == [9, 9]  # type: ignore[arg-type]


def test_infant_homes_are_left_out_only_where_no_path_ever_has_a_child_in_one() -> None:
    assert need_at(COUNTS, 10)["age_band"].to_list() == ["under_3", "three_and_over"] * 2
    none = {2022: COUNTS[2022] | {"infant_home": HUNDRED * 0}}
    assert need_at(none, 10)["age_band"].to_list() == ["three_and_over"]


def test_the_years_of_the_forecast_are_replaced_and_others_stay() -> None:
    found = with_need(ledger(*ROWS), need_at(COUNTS, 50), None)
    assert need_of(found) == [
        (None, 2021, "school_age", 7, "forecast"),
        (None, 2024, "three_and_over", 9, "forecast"),
        (None, 2022, "under_3", 1, "forecast"),
        (None, 2022, "three_and_over", 50, "forecast"),
        (None, 2023, "under_3", 0, "forecast"),
        (None, 2023, "three_and_over", 60, "forecast"),
    ]
    assert found["need"]["_row"].to_list() == [1, 2, 3, 4, 5, 6]


def test_what_is_known_of_a_year_stays() -> None:
    known = ROWS[1] | {"basis": "actual"}
    found = with_need(ledger(known, *ROWS[2:]), need_at(COUNTS, 50), None)
    assert years_with_actual(ledger(known), None) == [2022]
    assert [row[1:4] for row in need_of(found)] == [
        (2022, "preschool", 2),
        (2022, "school_age", 8),
        (2024, "three_and_over", 9),
        (2023, "under_3", 0),
        (2023, "three_and_over", 60),
    ]


def test_the_rows_of_another_authority_stay() -> None:
    rows = [row | {"authority_code": code} for code in ("990001", "990019") for row in ROWS[1:3]]
    found = with_need(ledger(*rows), need_at(COUNTS, 50), "990001")
    assert [row[0] for row in need_of(found)] == ["990019"] * 2 + ["990001"] * 4
    actual = ledger(*(row | {"basis": "actual"} for row in rows[2:]))
    assert years_with_actual(actual, "990001") == []
    assert years_with_actual(actual, "990019") == [2022]
