"""The workbook that people fill in: what it shows, what it offers, and that it reads back."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from shokibo.ledger.columns import Column, Kind, Table
from shokibo.ledger.examples import example_cells
from shokibo.ledger.findings import UnreadableLedgerError
from shokibo.ledger.model import Ledger
from shokibo.ledger.parts import home_part
from shokibo.ledger.raw import column_letter
from shokibo.ledger.reading import read_ledger
from shokibo.ledger.tables import BY_NAME, TABLES
from shokibo.ledger.workbook import EMPTY_ROWS, Purpose, tables_for, write_template
from tests.builders import (
    Tables,
    add,
    application,
    codes,
    edit,
    findings,
    made,
    planned,
    posting,
    read,
    unit,
)
from tests.ledger.random_ledgers import held

FOR_FORM_1 = ("自治体", "施設", "生活単位", "定員", "職員", "休業", "要件確認", "申請認定")
OF_A_HOME = (
    *("生活単位", "定員", "職員", "休業", "申請認定", "取組", "入所状況"),
    *("研修", "支援記録", "採用と離職", "家庭復帰等の支援", "運営の透明性と質", "地域との連携"),
)
FORMATS = {
    Kind.DATE: "yyyy-mm-dd",
    Kind.DATE_OR_MONTH: "yyyy-mm-dd",
    Kind.MONTH: "yyyy-mm",
    Kind.YEN: "#,##0",
    Kind.INTEGER: "0",
    Kind.HOURS: "0.##",
    Kind.DECIMAL: "0.####",
}
every_table = pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty template."""
    place = tmp_path_factory.mktemp("template") / "台帳.xlsx"
    write_template(place)
    return place


@pytest.fixture(scope="module")
def workbook(path: Path) -> Workbook:
    """Return an empty template as another reader sees it."""
    return load_workbook(path)


def sheet_of(workbook: Workbook, name: str) -> Worksheet:
    """Return a sheet."""
    sheet = workbook[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def lists_of(sheet: Worksheet) -> dict[str, str | None]:
    """Return the drop-down lists of a sheet: their cells and where the list stands."""
    return {
        str(offered.sqref): offered.formula1 for offered in sheet.data_validations.dataValidation
    }


def listed(workbook: Workbook, formula: str) -> list[object]:
    """Return the entries of a list, by the range that holds them."""
    name, cells = formula.removeprefix("=").split("!")
    return [row[0].value for row in sheet_of(workbook, name)[cells.replace("$", "")]]


# Sheets and headers


def test_it_has_a_guide_every_table_in_order_and_the_lists(workbook: Workbook) -> None:
    assert workbook.sheetnames == ["はじめに", *(table.sheet for table in TABLES), "選択肢"]


@every_table
def test_a_sheet_has_headers_an_example_and_empty_lines(workbook: Workbook, table: Table) -> None:
    headers, example, *lines = sheet_of(workbook, table.sheet).values
    assert headers == tuple(column.header for column in table.columns)
    assert example == tuple(example_cells(table))
    assert lines == [(None,) * len(headers)] * EMPTY_ROWS


@every_table
def test_the_example_is_grey_and_every_line_has_borders(workbook: Workbook, table: Table) -> None:
    sheet = sheet_of(workbook, table.sheet)
    assert {cell.font.color.rgb for cell in sheet[2] if cell.font.color} == {"FF6B6B6B"}
    assert {cell.border.bottom.style for row in sheet.iter_rows() for cell in row} == {"thin"}
    assert sheet.max_row == EMPTY_ROWS + 2


@every_table
def test_a_required_header_is_blue_and_an_optional_one_grey(
    workbook: Workbook, table: Table
) -> None:
    sheet = sheet_of(workbook, table.sheet)
    colours = [cell.fill.start_color.rgb for cell in sheet[1]]
    assert colours == ["FFD9E6FF" if c.required else "FFF1F1F4" for c in table.columns]


@every_table
def test_a_comment_gives_need_kind_and_note(workbook: Workbook, table: Table) -> None:
    for cell, column in zip(sheet_of(workbook, table.sheet)[1], table.columns, strict=True):
        assert cell.comment is not None
        said = cell.comment.text
        assert said.startswith("必須 / " if column.required else "任意 / ")
        assert said.endswith(column.explanation.ja)


@pytest.mark.parametrize(
    ("sheet", "cell", "said"),
    [
        ("職員", "F1", "任意 / 時間 例:38.75、38:45\n38.75 又は 38:45。"),
        ("申請認定", "F1", "必須 / 年月 例:2022-04、令和4年4月"),
        ("自治体", "A1", "必須 / 6桁の団体コード\n"),
        ("経費単価", "J1", "任意 / 分数 例:1/2\n例:1/2。"),
    ],
)
def test_some_comments_in_full(workbook: Workbook, sheet: str, cell: str, said: str) -> None:
    comment = sheet_of(workbook, sheet)[cell].comment
    assert comment is not None
    assert comment.text.startswith(said)


@every_table
def test_the_header_stays_in_sight_and_is_printed_on_each_page(
    workbook: Workbook, table: Table
) -> None:
    sheet = sheet_of(workbook, table.sheet)
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.auto_filter.ref == f"A1:{column_letter(len(table.columns) - 1)}1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


@every_table
def test_a_column_is_formatted_by_its_kind(workbook: Workbook, table: Table) -> None:
    sheet = sheet_of(workbook, table.sheet)
    formats = [
        sheet.column_dimensions[column_letter(index)].number_format
        for index in range(len(table.columns))
    ]
    assert formats == [FORMATS.get(column.kind, "@") for column in table.columns]


# Lists


def offered(column: Column) -> list[str] | None:
    """Return the entries of the list that a column has to offer, where they are codes."""
    if column.kind is Kind.YES_NO:
        return ["○", "×"]
    return list(column.codes.values()) if column.codes is not None else None


@every_table
def test_a_list_offers_every_code_or_id(workbook: Workbook, table: Table) -> None:
    lists = lists_of(sheet_of(workbook, table.sheet))
    wanted: dict[str, str | list[str]] = {}
    for index, column in enumerate(table.columns):
        cells = f"{column_letter(index)}2:{column_letter(index)}5001"
        if entries := offered(column):
            wanted[cells] = entries
        elif column.refers:
            wanted[cells] = f"{BY_NAME[column.refers].sheet}!$A$2:$A$5000"
    found = {
        cells: listed(workbook, formula) if formula and "選択肢" in formula else formula
        for cells, formula in lists.items()
    }
    assert found == wanted


def test_ids_are_in_the_first_column_of_their_table() -> None:
    referred = {column.refers for table in TABLES for column in table.columns if column.refers}
    for name in referred:
        assert BY_NAME[name].columns[0].name == BY_NAME[name].key[0]


def test_a_value_that_is_not_in_the_list_only_warns(workbook: Workbook) -> None:
    styles = {
        offered.errorStyle
        for sheet in workbook.worksheets
        for offered in sheet.data_validations.dataValidation
    }
    assert styles == {"warning"}


# The guide


def test_the_guide_names_every_sheet_and_leads_to_it(workbook: Workbook) -> None:
    guide = sheet_of(workbook, "はじめに")
    reported = {row[0].value: row for row in guide.iter_rows()}
    for table in TABLES:
        name, note = reported[table.sheet][:2]
        assert note.value == table.note.ja
        assert name.hyperlink is not None
        assert name.hyperlink.location == f"'{table.sheet}'!A1"


def test_the_guide_explains_blanks_and_dates(workbook: Workbook) -> None:
    reported = guide(workbook)
    assert "0ではありません" in reported
    assert "R4.4.1" in reported
    assert "shokibo check" in reported


def test_the_guide_marks_the_sheets_that_form_1_needs(workbook: Workbook) -> None:
    marks = {row[0]: row[2] for row in sheet_of(workbook, "はじめに").values}
    needed = {table.sheet for table in TABLES if marks[table.sheet] == "○"}
    assert needed == set(FOR_FORM_1)
    assert "「様式1」に○のある表を書きます" in guide(workbook)


def test_a_template_for_form_1_has_only_the_sheets_that_it_needs(tmp_path: Path) -> None:
    write_template(tmp_path / "form1.xlsx", tables_for("form1"))
    assert load_workbook(tmp_path / "form1.xlsx").sheetnames == ["はじめに", *FOR_FORM_1, "選択肢"]


def guide(workbook: Workbook) -> str:
    """Return the words of the guide."""
    return "\n".join(str(row[0]) for row in sheet_of(workbook, "はじめに").values)


def test_the_lists_stand_on_a_sheet_that_is_hidden(workbook: Workbook) -> None:
    states = {sheet.title: sheet.sheet_state for sheet in workbook.worksheets}
    assert states.pop("選択肢") == "hidden"
    assert set(states.values()) == {"visible"}


# Of a home


def two_homes() -> Tables:
    """Return a ledger of two homes, and of children counted by home and for all of them."""
    counted = {"as_of": "2022-03-31", "population": "residents", "place": "all"}
    return made(
        planned,
        add("homes", "架空学園", home_id="h2", name="架空の園"),
        unit("x", "community_home", "4", "h2"),
        posting("x-1", "x", "h2"),
        application("n", "x", "h2"),
        add("actions", home_id="h2", fiscal_year="2023", action="close", unit_id="x"),
        add("occupancy", home_id="h2", children="4", **counted),
        add("occupancy", home_id="h", children="14", **counted),
    )


@pytest.fixture(scope="module")
def of_h2(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """Return the template of one of two homes, filled with what the ledger holds of it."""
    folder = tmp_path_factory.mktemp("home")
    write_template(
        folder / "h2.xlsx",
        tables_for("home"),
        home_part(read(two_homes(), folder / "in"), "h2"),
    )
    return load_workbook(folder / "h2.xlsx")


def test_a_home_gets_just_its_thirteen_tables(tmp_path: Path) -> None:
    write_template(tmp_path / "home.xlsx", tables_for("home"))
    names = load_workbook(tmp_path / "home.xlsx").sheetnames
    assert names == ["はじめに", *OF_A_HOME, "選択肢"]


def test_lists_of_a_home_lead_to_no_sheet_that_is_not_there(of_h2: Workbook) -> None:
    formulas = [formula for name in OF_A_HOME for formula in lists_of(of_h2[name]).values()]
    sheets = {str(formula).split("!")[0] for formula in formulas}
    assert sheets == {"選択肢", "生活単位", "申請認定"}


def test_a_home_is_asked_to_send_it_and_not_to_check_it(of_h2: Workbook) -> None:
    reported = guide(of_h2)
    assert "自治体の担当者に送ってください" in reported
    assert "shokibo check" not in reported


@pytest.mark.parametrize(
    ("sheet", "rows"),
    [
        ("生活単位", [("x", "h2", "xの家", "地域小規模児童養護施設")]),
        ("定員", [("x", None, 4)]),
        ("職員", [("x-1", "h2", "x", "保育士")]),
        ("申請認定", [("n", "小規模かつ地域分散化加算", "h2", "x")]),
        ("取組", [(None, "h2", "令和5年度", "廃止")]),
        ("入所状況", [(None, None, "区域内施設の全入所児童", "h2")]),
    ],
)
def test_a_workbook_filled_for_a_home_holds_only_its_rows(
    of_h2: Workbook, sheet: str, rows: list[tuple[object, ...]]
) -> None:
    held_rows = list(sheet_of(of_h2, sheet).iter_rows(min_row=2, values_only=True))
    shown = [
        tuple(
            value if wanted is not None else None for value, wanted in zip(row, one, strict=False)
        )
        for row, one in zip(held_rows, rows, strict=True)
    ]
    assert shown == rows


# Read back


def test_an_empty_template_is_an_empty_ledger(path: Path) -> None:
    ledger = read_ledger(path)
    assert {name for name, frame in ledger.tables.items() if frame.height} == set()
    assert ledger.notes == ()
    assert findings(ledger) == []


def fill(path: Path, tables: Tables) -> None:
    """Write rows into a template, as a person does."""
    workbook = load_workbook(path)
    for name, rows in tables.items():
        table = BY_NAME[name]
        sheet = sheet_of(workbook, table.sheet)
        for at, row in enumerate(rows, start=3):  # below the example
            for index, column in enumerate(table.columns, start=1):
                if row.get(column.name):
                    sheet.cell(at, index, row[column.name])
    workbook.save(path)


def filled(folder: Path, tables: Tables, purpose: Purpose = "authority") -> Ledger:
    """Fill a template and read it."""
    place = folder / "記入済み.xlsx"
    write_template(place, tables_for(purpose))
    fill(place, tables)
    return read_ledger(place)


def test_a_template_that_was_filled_in_reads_back(tmp_path: Path) -> None:
    ledger = filled(tmp_path, made(planned))
    assert held(ledger) == held(read(made(planned), tmp_path / "in"))
    assert codes(findings(ledger)) == []


def test_a_finding_of_a_filled_template_names_its_cell(tmp_path: Path) -> None:
    ledger = filled(tmp_path, made(edit("staff", "m-1", employment="part_time")))
    assert [finding.place for finding in findings(ledger)] == ["職員!F3"]


def test_a_template_filled_from_a_ledger_reads_back_as_the_same(tmp_path: Path) -> None:
    ledger = read(made(planned), tmp_path / "in")
    write_template(tmp_path / "台帳.xlsx", prefilled=ledger)
    assert held(read_ledger(tmp_path / "台帳.xlsx")) == held(ledger)


def test_the_workbook_of_a_home_alone_lacks_the_home_it_names(tmp_path: Path) -> None:
    kept = {table.name for table in TABLES if table.maintained_by_home}
    tables = {name: rows for name, rows in made(planned).items() if name in kept}
    with pytest.raises(UnreadableLedgerError) as caught:
        filled(tmp_path, tables, "home")
    assert {problem.code for problem in caught.value.problems} == {"ID_UNKNOWN"}
    assert "生活単位!B3" in [problem.place for problem in caught.value.problems]


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        write_template(tmp_path / "nowhere" / "台帳.xlsx")
    assert caught.value.filename == str(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []
