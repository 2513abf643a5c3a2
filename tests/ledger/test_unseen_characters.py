"""Characters that nobody sees and that can't be printed: the same in every carrier."""

from pathlib import Path

import pytest

from shokibo.checking import check
from shokibo.law.parameters import national_law
from shokibo.ledger.findings import Finding
from shokibo.ledger.reading import read_ledger

from .carriers import SHEETS, Rows, csv_folder, found, parquet_folder, problems_of, workbook

CARRIERS = ("xlsx", "csv", "parquet")
every_carrier = pytest.mark.parametrize("carrier", CARRIERS)


def written(path: Path, carrier: str, name: str, unit: str = "U2") -> Path:
    """Write a ledger whose second unit has a name, and an id."""
    units: Rows = [*SHEETS["生活単位"][:2], [unit, "H1", name, "分園型小規模グループケア"]]
    capacities: Rows = SHEETS["定員"][:2]
    sheets = {**SHEETS, "生活単位": units, "定員": capacities}
    if carrier == "xlsx":
        return workbook(path / "w.xlsx", sheets)
    write = csv_folder if carrier == "csv" else parquet_folder
    return write(path / carrier, sheets)


def place(carrier: str, letter: str, header: str) -> str:
    """Name a cell of the unit's row."""
    row = {"xlsx": f"生活単位!{letter}3", "csv": "生活単位.csv:3", "parquet": "生活単位.parquet:2"}
    return row[carrier] if carrier == "xlsx" else f"{row[carrier]} {header}"


@every_carrier
@pytest.mark.parametrize("odd", ["さくら\u200b", "\ufeffさくら", "さ\u00adくら", "さくら\u202e"])
def test_a_name_is_read_without_invisible_characters_and_it_is_noted(
    tmp_path: Path, carrier: str, odd: str
) -> None:
    ledger = read_ledger(written(tmp_path, carrier, odd))
    assert ledger["units"]["name"].to_list() == ["a園", "さくら"]
    assert found(ledger.notes) == [("CHARACTERS_REMOVED", place(carrier, "C", "生活単位名"))]
    assert ledger.notes[0].severity == "info"
    assert "U+" in ledger.notes[0].message("ja")


@every_carrier
def test_a_name_of_invisible_characters_is_blank(tmp_path: Path, carrier: str) -> None:
    problems = problems_of(written(tmp_path, carrier, "\u200b\u2060"))
    assert found(problems) == [("CELL_BLANK", place(carrier, "C", "生活単位名"))]


@every_carrier
def test_two_names_that_look_the_same_are_the_same(tmp_path: Path, carrier: str) -> None:
    ledger = read_ledger(written(tmp_path, carrier, "a\u200b園"))
    assert "UNIT_NAME_TWICE" in [finding.code for finding in check(ledger, national_law())]


@every_carrier
def test_an_id_is_read_without_invisible_characters(tmp_path: Path, carrier: str) -> None:
    assert read_ledger(written(tmp_path, carrier, "b園", "U\u200b2\u00a0"))["units"][
        "unit_id"
    ].to_list() == ["U1", "U2"]


@every_carrier
@pytest.mark.parametrize("unit", ["U\ue000", "U\ufffd", "U🏠"])
def test_an_id_that_no_document_prints_is_refused(tmp_path: Path, carrier: str, unit: str) -> None:
    problems = problems_of(written(tmp_path, carrier, "b園", unit))
    assert found(problems) == [("CELL_NOT_PRINTED", place(carrier, "A", "生活単位ID"))]


def unprintable_of(ledger_path: Path) -> list[Finding]:
    """Return the findings on characters that can't be printed."""
    findings = check(read_ledger(ledger_path), national_law())
    return [finding for finding in findings if finding.code == "CHARACTERS_NOT_PRINTED"]


@every_carrier
@pytest.mark.parametrize("name", ["園\ue000", "園\ufffd", "園🏠", "園\U000f0000"])
def test_a_name_that_no_document_prints_is_named_at_its_cell(
    tmp_path: Path, carrier: str, name: str
) -> None:
    (finding,) = unprintable_of(written(tmp_path, carrier, name))
    assert finding.place == place(carrier, "C", "生活単位名")
    assert finding.severity == "warning"
    assert "U+" in finding.message("ja")


def test_a_private_character_of_shift_jis_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "csv", "園〓")
    units = path / "生活単位.csv"
    units.write_bytes(units.read_text("utf-8").encode("cp932").replace(b"\x81\xac", b"\xf0\x40"))
    (finding,) = unprintable_of(path)
    assert finding.values["characters"] == ["U+E000"]


@every_carrier
@pytest.mark.parametrize("name", ["髙﨑園㈱①Ⅳ", "葛\U000e0100城", "さくら　分園", "𠮷野園"])
def test_a_name_that_documents_print_is_no_matter(tmp_path: Path, carrier: str, name: str) -> None:
    path = written(tmp_path, carrier, name)
    assert read_ledger(path).notes == ()
    assert unprintable_of(path) == []
