"""A ledger that is too much is refused in words, and problems without end are counted, not kept."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from shokibo.ledger import limits
from shokibo.ledger.findings import UnreadableLedgerError
from shokibo.ledger.reading import read_carrier, read_ledger, read_rows
from shokibo.ledger.tables import BY_NAME
from tests.builders import add, codes, edit, findings, made, read, write_csv

from .apart import read_apart
from .carriers import found, problems_of
from .rawbook import raw_workbook, row, sheet_of

HOMES = "home_id,name,operator,authority_code"
LINE = "\nH{n},園,会,990001"


def csv_of(folder: Path, rows: int, *, name: str = "homes") -> Path:
    folder.mkdir(exist_ok=True)
    lines = "".join(LINE.format(n=number) for number in range(rows))
    (folder / f"{name}.csv").write_text(HOMES + lines, "utf-8")
    return folder


def parquet_of(folder: Path, rows: int) -> Path:
    folder.mkdir(exist_ok=True)
    columns = {name: ["1"] * rows for name in HOMES.split(",")}
    pl.DataFrame(columns).write_parquet(folder / "homes.parquet")
    return folder


def workbook_of(path: Path, rows: int) -> Path:
    body = "".join(row(number, "H", "園", "会", "990001") for number in range(2, rows + 2))
    return raw_workbook(path, {"xl/worksheets/sheet1.xml": sheet_of(body)})


CARRIERS: dict[str, tuple[Callable[[Path, int], Path], str]] = {
    "CSV": (lambda at, rows: csv_of(at / "c", rows), "homes.csv"),
    "Parquet": (lambda at, rows: parquet_of(at / "p", rows), "homes.parquet"),
    "workbook": (lambda at, rows: workbook_of(at / "w.xlsx", rows), "施設"),
}


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize(("rows", "is_refused"), [(19, False), (20, False), (21, True), (90, True)])
def test_a_table_of_too_many_rows_is_refused_with_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, carrier: str, rows: int, is_refused: bool
) -> None:
    monkeypatch.setattr(limits, "MAX_ROWS", 20)
    made, place = CARRIERS[carrier]
    problems = read_carrier(made(tmp_path, rows)).problems
    assert found(problems) == ([("TOO_MANY_ROWS", place)] if is_refused else [])
    assert all("20" in problem.message("ja") for problem in problems)


def test_a_ledger_of_too_many_rows_in_all_is_refused_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_LEDGER_ROWS", 30)
    folder = csv_of(tmp_path / "c", 20)
    assert read_carrier(folder).problems == []
    (folder / "units.csv").write_text("unit_id,home_id\n" + "u,h\n" * 11, "utf-8")
    assert found(problems_of(folder)) == [("TOO_MANY_ROWS", "c")]


def test_a_table_of_too_many_columns_is_refused_soon(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    folder.mkdir()
    names = ",".join(f"x{number}" for number in range(200_000))
    (folder / "homes.csv").write_text(f"{HOMES},{names}\nH1\n", "utf-8")
    result = read_apart(folder)
    assert (result.codes, result.places) == (["TOO_MANY_COLUMNS"], ["homes.csv"])
    assert result.seconds < 2


def test_a_parquet_of_too_many_columns_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = parquet_of(tmp_path / "p", 1)
    monkeypatch.setattr(limits, "MAX_COLUMNS", 3)
    assert found(problems_of(folder)) == [("TOO_MANY_COLUMNS", "homes.parquet")]


def test_a_workbook_of_too_many_headers_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook_of(tmp_path / "w.xlsx", 1)
    monkeypatch.setattr(limits, "MAX_COLUMNS", 3)
    assert found(problems_of(path)) == [("TOO_MANY_COLUMNS", "施設")]


def test_columns_that_are_blank_to_the_end_are_none(tmp_path: Path) -> None:
    folder = csv_of(tmp_path / "c", 1)
    lines = (folder / "homes.csv").read_text("utf-8").splitlines()
    (folder / "homes.csv").write_text("\n".join(line + "," * 16_000 for line in lines), "utf-8")
    assert read_carrier(folder).problems == []


def test_one_long_text_in_every_cell_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strings = f"<sst><si><t>{'長' * 10_000}</t></si></sst>"
    cells = "".join(f'<row r="{n}"><c r="B{n}" t="s"><v>0</v></c></row>' for n in range(2, 1_002))
    parts = {"xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": sheet_of(cells)}
    path = raw_workbook(tmp_path / "w.xlsx", parts)
    assert not any(one.code == "TOO_LARGE" for one in read_carrier(path).problems)
    monkeypatch.setattr(limits, "MAX_TEXT_BYTES", 30_000_000)
    (problem,) = problems_of(path)
    assert found([problem]) == [("TOO_LARGE", "w.xlsx 施設")]
    assert 30_000_000 < int(str(problem.values["found"])) < 31_000_000


def test_a_single_long_text_is_no_reason_to_refuse_a_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strings = f"<sst><si><t>{'長' * 10_000}</t></si><si><t>園</t></si></sst>"
    cells = "".join(f'<row r="{n}"><c r="B{n}" t="s"><v>1</v></c></row>' for n in range(2, 1_002))
    parts = {"xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": sheet_of(cells)}
    monkeypatch.setattr(limits, "MAX_TEXT_BYTES", 1_000_000)
    assert read_carrier(raw_workbook(tmp_path / "w.xlsx", parts)).problems == []


def test_a_parquet_whose_texts_unfold_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    frame = pl.DataFrame({name: ["長" * 1_000] * 1_000 for name in HOMES.split(",")})
    frame.write_parquet(folder / "homes.parquet")
    assert (folder / "homes.parquet").stat().st_size < 10_000
    monkeypatch.setattr(limits, "MAX_TEXT_BYTES", 10_000_000)
    (problem,) = problems_of(folder)
    assert (problem.code, problem.values["found"]) == ("TOO_LARGE", 12_000_000)


def test_problems_beyond_those_kept_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_PROBLEMS", 5)
    folder = tmp_path / "c"
    folder.mkdir()
    (folder / "homes.csv").write_text(HOMES + "\n,園,会,990001" * 8 + LINE.format(n=1), "utf-8")
    with pytest.raises(UnreadableLedgerError) as refusal:
        read_ledger(folder)
    assert len(refusal.value.problems) == 5
    assert refusal.value.count == 8 + 1  # the authority that is not there is reported once
    read = read_rows(folder, external={"authorities": {"990001": None}})
    assert (len(read.problems), read.problem_count) == (5, 8)
    assert read.ledger["homes"]["home_id"].to_list() == ["H1"]


def test_a_quarter_of_a_million_bad_rows_take_little_memory(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    names = [column.name for column in BY_NAME["staff"].columns]
    rows = limits.MAX_ROWS - 50_000
    bad = pl.DataFrame({name: ["x" if name == "job" else None] * rows for name in names})
    bad.with_columns(pl.all().cast(pl.String)).write_parquet(folder / "staff.parquet")
    assert (folder / "staff.parquet").stat().st_size < 50_000
    result = read_apart(folder)
    assert len(result.codes) == limits.MAX_PROBLEMS
    assert result.megabytes < 700


def test_findings_of_one_kind_beyond_those_listed_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_ALIKE", 5)
    units = [
        add("units", "", unit_id=f"x{n}", home_id="h", name=f"家{n}", kind="main_unit")
        for n in range(9)
    ]
    listed = findings(read(made(*units), tmp_path))
    assert codes(listed).count("CAPACITY_UNKNOWN") == 5
    (beyond,) = [one for one in listed if one.code == "MORE_ALIKE"]
    assert beyond.values == {"code": "CAPACITY_UNKNOWN", "count": 4}


def test_values_in_a_message_are_short(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    folder.mkdir()
    long = "x" * 100
    (folder / "homes.csv").write_text(f"{HOMES}\n" + f"{long},園,会,990001\n" * 2, "utf-8")
    assert {one.code for one in problems_of(folder)} == {"KEY_DUPLICATE", "ID_UNKNOWN"}
    assert not any(long in one.message("ja") for one in problems_of(folder))


@pytest.mark.parametrize(("length", "is_refused"), [(199, False), (200, False), (201, True)])
def test_a_text_longer_than_its_column_holds_is_refused_at_its_cell(
    tmp_path: Path, length: int, is_refused: bool
) -> None:
    home = edit("homes", "架空学園", name="園" * length)
    problems = read_rows(write_csv(made(home), tmp_path)).problems
    assert [(one.code, one.place) for one in problems] == (
        [("TOO_LONG", "homes.csv:2 name")] if is_refused else []
    )
    assert all(one.values["limit"] == 200 and one.values["found"] == 201 for one in problems)


def test_the_ledger_of_a_nation_is_far_from_every_bound() -> None:
    """All homes of the country for a year: 61,000 rows of staff, 99,931 in all."""
    assert limits.MAX_ROWS > 4 * 61_000
    assert limits.MAX_LEDGER_ROWS > 5 * 99_931
    assert 20 * 61_000 * len(BY_NAME["staff"].columns) // 2 < limits.MAX_SHEET_CELLS
