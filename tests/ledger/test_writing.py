"""A ledger that is written and read again is the same ledger, in every carrier."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from shokibo.characters import clean
from shokibo.ledger.model import Ledger, ledger_of
from shokibo.ledger.reading import read_ledger
from shokibo.ledger.tables import BY_NAME
from shokibo.ledger.workbook import write_workbook
from shokibo.ledger.writing import FolderCarrier, StaleFilesError, write_folder
from tests.builders import EXAMPLES, add, made, planned, read
from tests.ledger.random_ledgers import ODD, cells_of, held, ledgers
from tests.reference.generate import random_tables, write_csv

CARRIERS = ("csv", "parquet", "xlsx")
every_carrier = pytest.mark.parametrize("carrier", CARRIERS)
quick = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # a workbook a try is too slow to make it small
    suppress_health_check=[HealthCheck.too_slow],
)


def write(ledger: Ledger, carrier: str, folder: Path) -> Path:
    """Write a ledger into a folder; return what has to be read."""
    if carrier == "xlsx":
        write_workbook(ledger, folder / "台帳.xlsx")
        return folder / "台帳.xlsx"
    folder_carrier: FolderCarrier = "csv" if carrier == "csv" else "parquet"
    write_folder(ledger, folder, folder_carrier)
    return folder


def again(ledger: Ledger, carrier: str) -> Ledger:
    """Write a ledger and read it."""
    with TemporaryDirectory() as folder:
        return read_ledger(write(ledger, carrier, Path(folder)))


def is_empty(ledger: Ledger) -> bool:
    """Say whether a ledger holds no row."""
    return not any(kept or removed for kept, removed in held(ledger).values())


def homes_named(*names: str) -> Ledger:
    """Return a ledger of homes with these names."""
    ids = [str(number) for number in range(len(names))]
    authority = {"authority_code": ["990001"], "name": ["架空県"], "kind": ["prefecture"]}
    return ledger_of(
        {
            "authorities": pl.DataFrame(authority),
            "homes": pl.DataFrame({"home_id": ids, "name": names}).with_columns(
                operator=pl.lit("架空会"), authority_code=pl.lit("990001")
            ),
        }
    )


def with_reason(text: str) -> Ledger:
    """Return a ledger of a target with a reason, a text of several lines if need be."""
    row = {"fiscal_year": [2024], "item": ["total"], "value": [6], "reason": [text]}
    return ledger_of({**homes_named("園").tables, "targets": pl.DataFrame(row)})


# The same ledger again


@every_carrier
@quick
@given(ledger=ledgers())
def test_any_ledger_is_the_same_after_writing_and_reading(carrier: str, ledger: Ledger) -> None:
    if not is_empty(ledger):
        assert held(again(ledger, carrier)) == held(ledger)


@every_carrier
@settings(quick, max_examples=6)
@given(seed=st.integers(0, 10_000))
def test_a_ledger_on_the_boundaries_of_the_rules_is_the_same(carrier: str, seed: int) -> None:
    with TemporaryDirectory() as folder:
        write_csv(random_tables(seed), Path(folder))
        ledger = read_ledger(Path(folder))
    assert held(again(ledger, carrier)) == held(ledger)


@every_carrier
@pytest.mark.parametrize("name", ["form1", "setagaya"])
def test_an_example_is_the_same_after_all_carriers(carrier: str, name: str) -> None:
    ledger = read_ledger(EXAMPLES / name)
    assert held(again(again(ledger, carrier), "csv")) == held(ledger)


@every_carrier
def test_unusual_texts_are_unchanged(carrier: str) -> None:
    read_again = again(homes_named(*ODD), carrier)
    assert read_again["homes"]["name"].to_list() == list(ODD)


@every_carrier
@pytest.mark.parametrize("text", ["一\r二", "一\r\n二"], ids=["CR", "CRLF"])
def test_a_line_of_remarks_ends_alike_in_every_carrier(carrier: str, text: str) -> None:
    assert again(with_reason(text), carrier)["targets"]["reason"].to_list() == ["一\n二"]


@every_carrier
@settings(quick, max_examples=40)
@given(
    text=st.text(
        st.sampled_from("'=+-@＝＋－＠a\u200b\t\n ")
        | st.characters(codec="utf-8", exclude_characters="\x00")
    )
)
def test_any_text_is_read_as_it_was_written(carrier: str, text: str) -> None:
    ledger = with_reason(clean(text, lines=True))
    read_again = again(ledger, carrier)["targets"]["reason"].to_list()
    assert read_again == [clean(text, lines=True) or None]


@pytest.mark.parametrize("carrier", ["csv", "parquet"])
@settings(quick, max_examples=5)
@given(ledger=ledgers())
def test_writing_what_was_read_gives_the_same_files(carrier: FolderCarrier, ledger: Ledger) -> None:
    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        paths = write_folder(ledger, Path(first), carrier)
        if paths:
            write_folder(read_ledger(Path(first)), Path(second), carrier)
        for path in paths:
            assert (Path(second) / path.name).read_bytes() == path.read_bytes()


@every_carrier
@pytest.mark.parametrize("year", [1900, 1922, 1926, 1927, 2018, 2117, 2118, 2222, 9999])
def test_a_mistyped_fiscal_year_is_carried_on_as_it_is(carrier: str, year: int) -> None:
    need = {"fiscal_year": [year], "age_band": ["preschool"], "children": [1]}
    assert again(ledger_of({"need": pl.DataFrame(need)}), carrier)["need"]["fiscal_year"][0] == year


@every_carrier
@pytest.mark.parametrize("year", [1, 999, 1000, 1868, 9999])
def test_a_mistyped_month_is_carried_on_as_it_is(carrier: str, year: int) -> None:
    ledger = read_ledger(EXAMPLES / "form1")
    month = pl.lit(dt.date(year, 4, 1)).alias("start_month")
    changed = ledger_of(
        {**ledger.tables, "applications": ledger["applications"].with_columns(month)}
    )
    assert set(again(changed, carrier)["applications"]["start_month"]) == {dt.date(year, 4, 1)}


@every_carrier
@settings(quick, max_examples=3)
@given(rest=st.lists(st.integers(0, 999 * 3600 + 3599), min_size=200, max_size=200))
def test_hours_stay_exact_to_the_second(carrier: str, rest: list[int]) -> None:
    seconds = [139_500, 26_400, 47_988, 999 * 3600 + 3599, *rest]  # 38.75, 7:20, 13.33, 999:59:59
    ledger = read_ledger(EXAMPLES / "form1")
    staff = pl.concat([ledger["staff"].head(1)] * len(seconds)).with_columns(
        staff_id=pl.Series(map(str, range(len(seconds)))), weekly_hours=pl.Series(seconds)
    )
    changed = ledger_of({**ledger.tables, "staff": staff})
    assert again(changed, carrier)["staff"]["weekly_hours"].to_list() == seconds


@every_carrier
def test_rows_marked_to_be_removed_stay_marked(carrier: str, tmp_path: Path) -> None:
    row = {"home_id": "h2", "name": "架空の園", "delete": "○"}
    ledger = read(made(add("homes", "架空学園", **row)), tmp_path)
    read_again = again(ledger, carrier)
    assert read_again.removed["homes"]["home_id"].to_list() == ["h2"]
    assert read_again["homes"]["home_id"].to_list() == ["h"]


@every_carrier
def test_an_empty_ledger_is_still_a_ledger(carrier: str) -> None:
    assert is_empty(again(ledger_of({}), carrier))


# Folders


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    paths = write_folder(read_ledger(EXAMPLES / "form1"), tmp_path / "a" / "b", "csv")
    assert [path.name for path in paths] == [
        *("authorities.csv", "homes.csv", "units.csv", "capacities.csv", "staff.csv"),
        *("confirmations.csv", "applications.csv"),
    ]
    assert all(path.is_file() for path in paths)
    assert len(list((tmp_path / "a" / "b").iterdir())) == len(paths)


def test_a_folder_is_written_again(tmp_path: Path) -> None:
    write_folder(homes_named("前の園"), tmp_path, "csv")
    write_folder(homes_named("後の園"), tmp_path, "csv")
    assert read_ledger(tmp_path)["homes"]["name"].to_list() == ["後の園"]


@pytest.mark.parametrize(
    ("stale", "is_refused"),
    [
        ("staff.csv", True),
        ("職員.csv", True),
        ("homes.parquet", True),
        ("staff.CSV", True),
        ("HOMES.csv", True),
        ("memo.csv", False),
        ("staff.txt", False),
        ("staff.csv.bak", False),
    ],
)
def test_a_folder_with_other_tables_is_refused_and_left_alone(
    stale: str, is_refused: bool, tmp_path: Path
) -> None:
    (tmp_path / stale).write_text("staff_id\nx\n")
    if is_refused:
        with pytest.raises(StaleFilesError, match=stale):
            write_folder(homes_named("園"), tmp_path, "csv")
        assert [path.name for path in tmp_path.iterdir()] == [stale]
    else:
        write_folder(homes_named("園"), tmp_path, "csv")
        assert (tmp_path / "homes.csv").is_file()
    assert (tmp_path / stale).read_text() == "staff_id\nx\n"


def test_every_stale_file_is_named(tmp_path: Path) -> None:
    for name in ("staff.csv", "units.parquet"):
        (tmp_path / name).touch()
    with pytest.raises(StaleFilesError, match=r"^staff\.csv, units\.parquet$"):
        write_folder(homes_named("園"), tmp_path, "csv")


def test_a_file_in_the_place_of_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OSError, match="out"):
        write_folder(homes_named("園"), tmp_path / "out", "csv")
    assert (tmp_path / "out").read_text() == "mine"


def test_csv_is_marked_as_utf8_so_that_excel_shows_japanese(tmp_path: Path) -> None:
    write_folder(homes_named("髙﨑園"), tmp_path, "csv")
    data = (tmp_path / "homes.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfhome_id,name,")
    assert "髙﨑園".encode() in data


def test_csv_is_written_for_programs(tmp_path: Path) -> None:
    write_folder(read(made(planned), tmp_path / "in"), tmp_path / "out", "csv")
    lines = (tmp_path / "out" / "applications.csv").read_text("utf-8-sig").splitlines()
    assert lines[1] == "a-u4,dispersal,h,u4,2022,2022-04,1,2022-04-04,certified,1,2022-04-20,,,,"
    staff = (tmp_path / "out" / "staff.csv").read_text("utf-8-sig").splitlines()
    assert staff[1] == "m-1,h,m6,childcare_worker,full_time,,,care,×,○,,"


def test_parquet_holds_typed_columns(tmp_path: Path) -> None:
    write_folder(read(made(planned), tmp_path / "in"), tmp_path / "out", "parquet")
    schema = pl.read_parquet_schema(tmp_path / "out" / "staff.parquet")
    kinds = [schema[name] for name in ("started_on", "dedicated", "weekly_hours")]
    assert kinds == [pl.Date(), pl.Boolean(), pl.String()]
    costs = pl.read_parquet(tmp_path / "out" / "costs.parquet")
    assert costs["amount"].to_list() == [1_200_000]


# Workbooks


def sheets(ledger: Ledger, folder: Path) -> Callable[[str], Worksheet]:
    """Write a ledger as a workbook and give its sheets by name, as another reader sees them."""
    write_workbook(ledger, folder / "台帳.xlsx")
    workbook = load_workbook(folder / "台帳.xlsx")

    def sheet(name: str) -> Worksheet:
        found = workbook[name]
        assert isinstance(found, Worksheet)
        return found

    return sheet


def under(sheet: Worksheet, header: str, row: int = 2) -> Cell:
    """Return the cell of a row under a header."""
    column = next(cell.column for cell in sheet[1] if cell.value == header)
    found = sheet.cell(row, column)
    assert isinstance(found, Cell)
    return found


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Worksheet]:
    """Return the sheets of a ledger with something of each kind."""
    folder = tmp_path_factory.mktemp("book")
    staff = {"employment": "part_time", "full_time_weekly_hours": "38.75"}
    dates = {"started_on": "1900-02-28", "ended_on": "1900-03-01"}
    tables = made(
        planned,
        add("staff", "u-1", staff_id="p-1", weekly_hours="13.33", **staff),
        add("staff", "u-1", staff_id="p-2", weekly_hours="7:20", **staff, **dates),
        add("costs", "家賃", item="礼金", eligible_rule="months_of_rent:2:家賃"),
    )
    return sheets(read(tables, folder / "in"), folder)


@pytest.mark.parametrize(
    ("table", "header", "row", "value", "number_format"),
    [
        ("定員", "適用開始日", 2, dt.datetime(2019, 4, 1), "yyyy-mm-dd"),  # noqa: DTZ001
        ("定員", "定員", 2, 6, "0"),
        ("定員", "生活単位ID", 2, "m6", "@"),
        ("申請認定", "適用開始月", 2, dt.datetime(2022, 4, 1), "yyyy-mm"),  # noqa: DTZ001
        ("申請認定", "年度", 2, "令和4年度", "@"),
        ("申請認定", "認定結果", 2, "認定", "@"),
        ("申請認定", "申請加配数", 4, None, "@"),
        ("自治体", "団体コード", 2, "990001", "@"),
        ("職員", "専任", 2, "×", "@"),
        ("職員", "週勤務時間", 13, 13.33, "0.##"),
        ("職員", "常勤の週勤務時間", 13, 38.75, "0.##"),
        ("職員", "週勤務時間", 14, "7:20", "0.##"),
        ("職員", "配置開始日", 14, "1900-02-28", "yyyy-mm-dd"),
        ("職員", "配置終了日", 14, dt.datetime(1900, 3, 1), "yyyy-mm-dd"),  # noqa: DTZ001
        ("経費単価", "金額(円)", 2, 1_200_000, "#,##0"),
        ("経費単価", "国の負担割合", 2, "1/2", "@"),
        ("経費単価", "対象経費", 2, "全額", "@"),
        ("経費単価", "対象経費", 3, "家賃2か月分まで:家賃", "@"),
    ],
)
def test_a_cell_is_typed_by_what_it_holds(
    sheet: Callable[[str], Worksheet],
    table: str,
    header: str,
    row: int,
    value: object,
    number_format: str,
) -> None:
    cell = under(sheet(table), header, row)
    assert cell.value == value
    if value is not None:
        assert cell.number_format == number_format


def test_a_workbook_holds_the_tables_that_have_rows(tmp_path: Path) -> None:
    write_workbook(homes_named("園"), tmp_path / "台帳.xlsx")
    names = load_workbook(tmp_path / "台帳.xlsx").sheetnames
    assert names == ["はじめに", "自治体", "施設", "選択肢"]


def test_names_that_begin_like_a_formula_stay_text(tmp_path: Path) -> None:
    names = ["=1+1", "+81", "-x", "@x", "=cmd|' /C calc'!A0", "{=1}", "http://example.org/"]
    homes = sheets(homes_named(*names), tmp_path)("施設")
    cells = [under(homes, "施設名", row) for row in range(2, len(names) + 2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(name, "s") for name in names]
    assert all(cell.hyperlink is None for cell in cells)


def test_a_row_to_be_removed_is_marked_in_a_column_of_its_own(tmp_path: Path) -> None:
    row = {"home_id": "h2", "name": "架空の園", "delete": "○"}
    homes = sheets(read(made(add("homes", "架空学園", **row)), tmp_path / "in"), tmp_path)("施設")
    assert [under(homes, "削除", at).value for at in (2, 3)] == [None, "○"]


@pytest.mark.parametrize("name", ["home_id", "name", "operator_number"])
def test_no_random_text_is_longer_than_its_column_holds(name: str) -> None:
    column = BY_NAME["homes"].column(name)

    @settings(derandomize=True, max_examples=1_000, database=None)
    @given(text=cells_of(column, {}))
    def fits(text: str | None) -> None:
        assert len(text or "") <= (column.longest or 0)

    fits()
