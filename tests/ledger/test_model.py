"""A ledger in memory: every table is there, and a place is named as the person sees it."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from shokibo.ledger.checks.chains import UNIT_NAME_TWICE
from shokibo.ledger.checks.located import json_value
from shokibo.ledger.marks import is_fictitious
from shokibo.ledger.model import empty_frame, ledger_of
from shokibo.ledger.raw import ROW
from shokibo.ledger.reading import read_ledger
from shokibo.ledger.tables import BY_NAME, TABLES
from tests.builders import edit, made, read, write_csv, write_sheets

HOURS = pl.DataFrame({"staff_id": ["a", "b"], "weekly_hours": [3600, None]})


def test_every_table_is_there_with_its_columns_and_row_numbers() -> None:
    ledger = ledger_of({"staff": HOURS})
    for table in TABLES:
        assert dict(ledger[table.name].schema) == {**table.schema, ROW: pl.UInt32()}


def test_columns_that_are_left_out_are_blank() -> None:
    staff = ledger_of({"staff": HOURS})["staff"]
    assert staff["weekly_hours"].to_list() == [3600, None]
    assert staff["role"].to_list() == [None, None]
    assert staff[ROW].to_list() == [1, 2]


@pytest.mark.parametrize(
    ("homes", "rows"),
    [
        (["h1", "h2"], [2, None, 1, None, 2]),
        (["h1", "h1", "h2"], [3, None, 1, None, 3]),
        ([], [None, None, None, None, None]),
    ],
)
def test_each_unit_finds_the_first_row_with_its_homes_id(
    homes: list[str], rows: list[int | None]
) -> None:
    of_units = ["h2", "unknown", "h1", None, "h2"]
    frames = {
        "homes": pl.DataFrame({"home_id": homes}, {"home_id": pl.String}),
        "units": pl.DataFrame({"home_id": of_units}),
    }
    assert ledger_of(frames).rows_of("units", "home_id").to_list() == rows


def test_columns_that_no_table_has_are_left_out() -> None:
    ledger = ledger_of({"staff": HOURS.with_columns(shoes=pl.lit(43))})
    assert "shoes" not in ledger["staff"].columns


def test_values_become_of_their_columns_type() -> None:
    midnight = dt.datetime(2022, 4, 1)  # noqa: DTZ001
    frame = pl.DataFrame({"unit_id": ["u"], "effective_from": [midnight], "capacity": [6.0]})
    row = ledger_of({"capacities": frame})["capacities"].row(0, named=True)
    assert row == {"unit_id": "u", "effective_from": dt.date(2022, 4, 1), "capacity": 6, ROW: 1}


def test_a_value_of_another_type_is_refused() -> None:
    frame = pl.DataFrame({"unit_id": ["u"], "capacity": ["six"]})
    with pytest.raises(pl.exceptions.InvalidOperationError):
        ledger_of({"capacities": frame})


def test_a_table_that_is_not_declared_is_refused() -> None:
    with pytest.raises(KeyError, match="shoes"):
        ledger_of({})["shoes"]


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_an_empty_frame_has_the_columns_of_its_table(table: object) -> None:
    assert isinstance(table, type(BY_NAME["homes"]))
    frame = empty_frame(table)
    assert frame.columns == [*table.schema, ROW]
    assert frame.is_empty()


@pytest.mark.parametrize(
    ("row", "column", "place"),
    [
        (None, None, "staff"),
        (12, None, "staff:12"),
        (12, "weekly_hours", "staff:12 weekly_hours"),
        (12, "shoes", "staff:12"),
    ],
)
def test_a_place_in_a_ledger_that_was_built(
    row: int | None, column: str | None, place: str
) -> None:
    assert ledger_of({}).place("staff", row, column) == place


@pytest.mark.parametrize(
    ("row", "column", "place"),
    [
        (None, None, "職員"),
        (12, None, "職員!12"),
        (12, "weekly_hours", "職員!F12"),
        (12, "shoes", "職員!12"),
    ],
)
def test_a_place_on_a_sheet(
    row: int | None, column: str | None, place: str, tmp_path: Path
) -> None:
    ledger = read_ledger(write_sheets(made(), tmp_path / "台帳.xlsx"))
    assert ledger.place("staff", row, column) == place


def test_a_place_in_a_file_with_japanese_names(tmp_path: Path) -> None:
    folder = write_csv(made(), tmp_path)
    text = (folder / "staff.csv").read_text("utf-8").replace("weekly_hours,", "週勤務時間,", 1)
    (folder / "staff.csv").unlink()
    (folder / "職員.csv").write_text(text, "utf-8")
    assert read_ledger(folder).place("staff", 2, "weekly_hours") == "職員.csv:2 週勤務時間"


def test_a_place_in_a_table_that_the_carrier_has_not(tmp_path: Path) -> None:
    assert read(made(), tmp_path).place("need", None) == "必要量"


def test_a_finding_is_made_at_its_place_with_its_values(tmp_path: Path) -> None:
    ledger = read(made(), tmp_path)
    finding = ledger.finding(UNIT_NAME_TWICE, "units", 3, "name", name="a", home="b")
    assert (finding.code, finding.severity, finding.table) == ("UNIT_NAME_TWICE", "error", "units")
    assert (finding.place, finding.values) == ("units.csv:3 name", {"name": "a", "home": "b"})
    assert (finding.row, finding.column) == (3, "name")


def test_a_blank_and_a_list_are_described_in_words() -> None:
    finding = ledger_of({}).finding(
        UNIT_NAME_TWICE, "units", None, None, name=None, home=["a", "b"]
    )
    assert finding.message("ja").startswith("施設「a、b」に「空欄」という")
    assert finding.message("en").startswith("Home a, b has two units named blank.")


@pytest.mark.parametrize(
    ("value", "is_told_as"),
    [
        (dt.date(2022, 4, 1), "2022-04-01"),
        ([dt.date(2022, 4, 1), "x"], ["2022-04-01", "x"]),
        (True, True),
        (None, None),
        (6, 6),
    ],
)
def test_values_of_a_row_are_reported_plainly(value: object, is_told_as: object) -> None:
    assert json_value(value) == is_told_as


def test_a_value_that_no_finding_can_hold_is_refused() -> None:
    with pytest.raises(TypeError):
        json_value(1.5)


@pytest.mark.parametrize(
    ("table", "key"), [("authorities", "990001"), ("homes", "h"), ("units", "m6")]
)
def test_a_ledger_is_fictitious_where_any_name_says_so(
    table: str, key: str, tmp_path: Path
) -> None:
    real = (
        edit("authorities", "990001", name="県"),
        edit("homes", "h", name="学園", operator="架空会"),
        edit("units", "m6", name="本体の家"),
    )
    assert not is_fictitious(read(made(*real), tmp_path / "real"))
    tables = made(*real, edit(table, key, name="新架空の名"))
    assert is_fictitious(read(tables, tmp_path / "made"))
    assert not is_fictitious(ledger_of({}))
