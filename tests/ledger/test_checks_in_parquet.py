"""What is wrong with the rows of a year is found in Parquet files as in CSV files and on sheets."""

from pathlib import Path

import pytest

from shokibo.ledger.reading import read_ledger
from shokibo.ledger.writing import write_folder
from tests.builders import Case, findings, made, read
from tests.law import test_own_values
from tests.ledger import test_checks_absences, test_checks_chains, test_checks_replacing

CASES = [
    *test_checks_absences.CASES,
    *test_checks_chains.CASES,
    *test_checks_replacing.CASES,
    *test_own_values.CASES,
]


@pytest.mark.parametrize("case", CASES, ids=[f"{case.code} {case.cell}" for case in CASES])
def test_it_is_found_at_its_row_and_column(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "parquet"
    write_folder(read(made(case.wrong), tmp_path / "csv"), folder, "parquet")
    file, column = case.place.split(" ")
    name, row = file.split(".csv:")
    assert [(one.code, one.place) for one in findings(read_ledger(folder))] == [
        (case.code, f"{name}.parquet:{int(row) - 1} {column}")
    ]
