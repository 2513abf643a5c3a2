"""The example row of a sheet: never read, wherever it stands, and never mistaken for a real row."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from shokibo.ledger.cells import parse
from shokibo.ledger.columns import Table
from shokibo.ledger.examples import example_cells
from shokibo.ledger.reading import read_ledger, read_rows
from shokibo.ledger.tables import BY_NAME, TABLES
from shokibo.ledger.workbook import tables_for, write_template
from tests.ledger.carriers import SHEETS, Rows, csv_folder, found, parquet_folder, workbook

every_table = pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
UNITS = BY_NAME["units"]


@every_table
def test_an_example_fills_every_required_column_with_what_can_be_read(table: Table) -> None:
    for text, column in zip(example_cells(table), table.columns, strict=True):
        assert text or not column.required
        if text:
            assert parse(text.removeprefix("例:"), column) is not None


def with_example(*, at: int, cells: list[str | None] | None = None) -> dict[str, Rows]:
    """Return a sound ledger with an example row among the units."""
    rows = [list(row) for row in SHEETS["生活単位"]]
    width = len(rows[0])
    rows.insert(at, list((cells or example_cells(UNITS))[:width]))
    return {**SHEETS, "生活単位": rows}


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("carrier", [workbook, csv_folder, parquet_folder])
def test_it_is_left_out_at_any_place_in_every_carrier(
    at: int, carrier: object, tmp_path: Path
) -> None:
    assert callable(carrier)
    ledger = read_ledger(carrier(tmp_path / "台帳.xlsx", with_example(at=at)))
    assert ledger["units"]["unit_id"].to_list() == ["U1", "U2"]
    assert ledger.notes == ()


def test_the_rows_below_it_stay_in_their_places(tmp_path: Path) -> None:
    ledger = read_ledger(workbook(tmp_path / "台帳.xlsx", with_example(at=1)))
    assert ledger["units"]["_row"].to_list() == [3, 4]


@every_table
def test_it_is_left_out_whichever_columns_are_deleted_and_moved(
    table: Table, tmp_path: Path
) -> None:
    headers = [column.header for column in table.columns]
    cells = dict(zip(headers, example_cells(table), strict=True))
    stays = [column.header for column in reversed(table.columns) if column.required]
    (tmp_path / "csv").mkdir()
    with (tmp_path / "csv" / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([stays, [cells[header] for header in stays]])
    assert read_ledger(tmp_path / "csv")[table.name].is_empty()


def test_a_row_typed_over_it_names_each_cell_that_was_left(tmp_path: Path) -> None:
    cells: list[str | None] = ["U3", "H1", "例:架空の家", "例:地域小規模児童養護施設"]
    read = read_rows(workbook(tmp_path / "w.xlsx", with_example(at=3, cells=cells)))
    assert found(read.problems) == [
        ("CELL_FROM_EXAMPLE", "生活単位!C4"),
        ("CELL_FROM_EXAMPLE", "生活単位!D4"),
    ]


def test_the_offices_own_text_may_begin_like_it(tmp_path: Path) -> None:
    cells: list[str | None] = ["U3", "H1", "例:新しい家", "地域小規模児童養護施設"]
    ledger = read_ledger(workbook(tmp_path / "w.xlsx", with_example(at=3, cells=cells)))
    assert ledger["units"]["name"].to_list()[-1] == "例:新しい家"


def test_a_template_whose_example_was_overwritten_in_part_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "台帳.xlsx"
    write_template(path, tables_for("form1"))
    book = load_workbook(path)
    book["自治体"]["A2"], book["自治体"]["B2"] = "131121", "架空区"
    book.save(path)
    read = read_rows(path)
    assert [problem.place for problem in read.problems] == ["自治体!C2", "自治体!D2"]
    assert "例の「例:児童相談所設置市」が残っています" in read.problems[0].message("ja")
