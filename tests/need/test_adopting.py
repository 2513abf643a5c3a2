"""The forecast as the need of a plan: whose rows, what stays."""

import polars as pl

from shokibo.ledger.model import Ledger, ledger_of
from shokibo.ledger.tables import BY_NAME
from shokibo.need.adopting import need_rows, with_need, years_with_actual
from tests.need.answers import forecast

NEED = {
    2022: {"under_3": 1, "preschool": 20, "school_age": 30},
    2023: {"under_3": 0, "preschool": 25, "school_age": 35},
}
FOUND = need_rows(NEED, forecast())
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
    return found["need"].drop("_row").rows()


def test_every_band_of_every_year_has_a_row_marked_as_forecast() -> None:
    assert FOUND.rows() == [
        (2022, "under_3", 1, "forecast"),
        (2022, "preschool", 20, "forecast"),
        (2022, "school_age", 30, "forecast"),
        (2023, "under_3", 0, "forecast"),
        (2023, "preschool", 25, "forecast"),
        (2023, "school_age", 35, "forecast"),
    ]


def test_children_under_three_are_left_out_only_where_there_never_is_one() -> None:
    without = need_rows(NEED, forecast({"children_home": 64}))
    assert without["age_band"].to_list() == ["preschool", "school_age"] * 2
    nobody_yet = need_rows({2022: {"under_3": 0}}, forecast({"infant_home": 1}))
    assert nobody_yet["age_band"].to_list() == ["under_3"]


def test_the_years_of_the_forecast_are_replaced_and_others_stay() -> None:
    found = with_need(ledger(*ROWS), FOUND, None)
    assert need_of(found) == [
        (None, 2021, "school_age", 7, "forecast"),
        (None, 2024, "three_and_over", 9, "forecast"),
        (None, 2022, "under_3", 1, "forecast"),
        (None, 2022, "preschool", 20, "forecast"),
        (None, 2022, "school_age", 30, "forecast"),
        (None, 2023, "under_3", 0, "forecast"),
        (None, 2023, "preschool", 25, "forecast"),
        (None, 2023, "school_age", 35, "forecast"),
    ]
    assert found["need"]["_row"].to_list() == [*range(1, 9)]


def test_what_is_known_of_a_year_stays() -> None:
    known = ROWS[1] | {"basis": "actual"}
    found = with_need(ledger(known, *ROWS[2:]), FOUND, None)
    assert years_with_actual(ledger(known), None) == [2022]
    assert [row[1:4] for row in need_of(found)] == [
        (2022, "preschool", 2),
        (2022, "school_age", 8),
        (2024, "three_and_over", 9),
        (2023, "under_3", 0),
        (2023, "preschool", 25),
        (2023, "school_age", 35),
    ]


def test_the_rows_of_another_authority_stay() -> None:
    rows = [row | {"authority_code": code} for code in ("990001", "990019") for row in ROWS[1:3]]
    found = with_need(ledger(*rows), FOUND, "990001")
    assert [row[0] for row in need_of(found)] == ["990019"] * 2 + ["990001"] * 6
    actual = ledger(*(row | {"basis": "actual"} for row in rows[2:]))
    assert years_with_actual(actual, "990001") == []
    assert years_with_actual(actual, "990019") == [2022]
