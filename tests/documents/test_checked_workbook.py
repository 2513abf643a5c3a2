"""A workbook with its findings marked: coloured, commented, listed; all else of it as it was."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from shokibo.documents.checked.cells import COLOURS
from shokibo.documents.checked.marking import Mark, marked_workbook
from shokibo.ledger.reading import read_ledger
from tests.ledger.carriers import SHEETS, openpyxl_workbook, workbook

ERROR = Mark("error", "職員!F12", "週勤務時間が空欄です。")
MAKERS: dict[str, Callable[[Path], Path]] = {
    "xlsxwriter": lambda path: workbook(path, SHEETS),
    "openpyxl": lambda path: openpyxl_workbook(path, SHEETS),
}
maker = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


def marked(content: bytes, *marks: Mark) -> bytes:
    """Mark a workbook in Japanese."""
    return marked_workbook(content, marks, "ja")


def opened(content: bytes) -> openpyxl.Workbook:
    """Return a workbook as another reader sees it."""
    return openpyxl.load_workbook(BytesIO(content))


def sheet_of(content: bytes, name: str) -> Worksheet:
    """Return a sheet as another reader sees it."""
    sheet = opened(content)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def look_of(sheet: Worksheet, cell: str) -> tuple[str, str | None]:
    """Return the colour and the comment of a cell."""
    comment = sheet[cell].comment
    return sheet[cell].fill.start_color.rgb, comment.text if comment else None


@pytest.fixture
def rich(tmp_path: Path) -> bytes:
    """Return a workbook with all that people put into one."""
    path = tmp_path / "rich.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("職員")
        dated = book.add_format({"num_format": "yyyy-mm-dd", "bold": True, "bg_color": "#00FF00"})
        sheet.write_row(0, 0, ["職員ID", "配置開始日", "週勤務時間"])
        sheet.write_number(1, 1, 44652, dated)
        sheet.write_formula(1, 2, "=19*2", None, 38)
        sheet.write_comment("A1", "見出しの注釈")
        sheet.write_comment("B2", "自分の注釈", {"author": "係長"})
        sheet.set_column("D:D", 12, dated)
        sheet.merge_range("A5:B6", "結合", dated)
        sheet.data_validation("C2:C9", {"validate": "integer", "criteria": ">", "value": 0})
        sheet.conditional_format("C2:C9", {"type": "cell", "criteria": ">", "value": 1})
        own = book.add_worksheet("手控え's")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=職員!$C$2:$C$3"})
        own.insert_chart("B2", chart)
        own.write_string("A1", "そのまま")
        book.define_name("控え", "=職員!$A$1")
    return path.read_bytes()


def test_a_cell_is_coloured_and_commented(rich: bytes) -> None:
    sheet = sheet_of(marked(rich, Mark("error", "職員!C2", "多すぎます。")), "職員")
    assert look_of(sheet, "C2") == (COLOURS["error"], "多すぎます。")
    assert look_of(sheet, "A1") == ("00000000", "見出しの注釈")


@pytest.mark.parametrize("cell", ["E2", "D4", "A3", "H1", "Z900"])
def test_a_cell_that_holds_nothing_is_marked_too(rich: bytes, cell: str) -> None:
    sheet = sheet_of(marked(rich, Mark("warning", f"職員!{cell}", "空欄です。")), "職員")
    assert look_of(sheet, cell) == (COLOURS["warning"], "空欄です。")
    assert sheet[cell].value is None


def test_a_cell_keeps_its_format_and_a_new_one_has_that_of_its_column(rich: bytes) -> None:
    content = marked(rich, Mark("error", "職員!B2", "古い日です。"), Mark("info", "職員!D4", "空"))
    sheet = sheet_of(content, "職員")
    for cell, colour in (("B2", COLOURS["error"]), ("D4", COLOURS["info"])):
        assert (sheet[cell].number_format, sheet[cell].font.bold) == ("yyyy-mm-dd", True)
        assert sheet[cell].fill.start_color.rgb == colour


def test_the_users_comment_precedes_the_finding(rich: bytes) -> None:
    sheet = sheet_of(marked(rich, Mark("error", "職員!B2", "古い日です。")), "職員")
    _, comment = look_of(sheet, "B2")
    assert comment is not None
    assert comment.startswith("自分の注釈")
    assert comment.endswith("【確認事項】\n古い日です。")


def test_several_findings_of_a_cell_are_one_comment_in_the_gravest_colour(rich: bytes) -> None:
    marks = [Mark("info", "職員!C2", "参考です。"), Mark("error", "職員!C2", "誤りです。")]
    sheet = sheet_of(marked(rich, *marks), "職員")
    assert look_of(sheet, "C2") == (COLOURS["error"], "参考です。\n誤りです。")


def test_formulas_keep_their_values_and_other_parts_every_byte(rich: bytes) -> None:
    content = marked(rich, Mark("error", "職員!C2", "多すぎます。"))
    assert sheet_of(content, "職員")["C2"].value == "=19*2"
    values = openpyxl.load_workbook(BytesIO(content), data_only=True)
    assert values["職員"]["C2"].value == 38
    with zipfile.ZipFile(BytesIO(rich)) as before, zipfile.ZipFile(BytesIO(content)) as after:
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        added = set(after.namelist()) - set(before.namelist())
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }
    assert added == {"xl/worksheets/sheet3.xml"}


def test_lists_merged_cells_names_and_charts_stay(rich: bytes) -> None:
    book = opened(marked(rich, Mark("error", "職員!C2", "多すぎます。")))
    sheet = book["職員"]
    assert isinstance(sheet, Worksheet)
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A5:B6"]
    assert len(sheet.data_validations.dataValidation) == len(list(sheet.conditional_formatting))
    assert "控え" in book.defined_names
    own = book["手控え's"]
    assert isinstance(own, Worksheet)
    assert len(own._charts) == 1  # type: ignore[attr-defined]


@maker
def test_what_is_read_of_it_stays_the_same(make: Callable[[Path], Path], tmp_path: Path) -> None:
    path = make(tmp_path / "台帳.xlsx")
    before = read_ledger(path)
    marks = [
        Mark("error", "定員!B2", "a"),
        Mark("info", "施設!Z99", "b"),
        Mark("info", "職員", "c"),
    ]
    path.write_bytes(marked(path.read_bytes(), *marks))
    after = read_ledger(path)
    assert all(after[name].equals(before[name]) for name in before.tables)
    assert after.notes == before.notes


# The sheet of findings


def lines(content: bytes) -> list[tuple[object, ...]]:
    """Return the lines of the sheet of findings."""
    return [row[:3] for row in sheet_of(content, "確認事項").iter_rows(min_row=5, values_only=True)]


def test_all_findings_are_listed_the_gravest_first_and_lead_to_their_cells(rich: bytes) -> None:
    marks = [
        Mark("info", "手控え's", "台帳の表ではありません。"),
        Mark("error", "職員!C2", "空欄です。"),
        Mark("error", "職員!C3", "空欄です。"),
        Mark("warning", "台帳.xlsx", "大きなファイルです。"),
    ]
    content = marked(rich, *marks)
    assert lines(content) == [
        ("誤り", "職員!C2:C3(2件)", "空欄です。"),
        ("注意", "台帳.xlsx", "大きなファイルです。"),
        ("参考", "手控え's", "台帳の表ではありません。"),
    ]
    sheet = sheet_of(content, "確認事項")
    links = {cell: sheet[cell].hyperlink for cell in ("B5", "B6", "B7")}
    assert {cell: link and link.location for cell, link in links.items()} == {
        "B5": "'職員'!C2:C3",
        "B6": None,
        "B7": "'手控え''s'!A1",
    }
    assert opened(content).active is not None
    assert opened(content).sheetnames[-1] == "確認事項"


def test_without_findings_it_says_so(rich: bytes) -> None:
    assert sheet_of(marked(rich), "確認事項")["A2"].value == "確認事項はありません。"


def test_it_is_written_in_english_too(rich: bytes) -> None:
    content = marked_workbook(rich, [ERROR], "en")
    assert [cell.value for cell in sheet_of(content, "確認事項")[4]] == [
        "Severity",
        "Place",
        "Finding",
    ]


def test_the_users_own_sheet_of_that_name_stays(tmp_path: Path) -> None:
    path = workbook(tmp_path / "w.xlsx", {**SHEETS, "確認事項": [["私の控え"]]})
    book = opened(marked(path.read_bytes(), ERROR))
    assert book["確認事項"]["A1"].value == "私の控え"
    assert book.sheetnames[-1] == "確認事項2"


def test_characters_that_xml_cannot_hold_are_left_out(rich: bytes) -> None:
    content = marked(rich, Mark("error", "職員!C2", "<&\x01\"']]>"))
    assert lines(content)[0][2] == "<&\"']]>"
    assert look_of(sheet_of(content, "職員"), "C2")[1] == "<&\"']]>"


# Checked once more


def test_the_next_check_removes_what_the_one_before_marked(rich: bytes) -> None:
    first = marked(
        rich, Mark("error", "職員!B2", "古い日です。"), Mark("error", "職員!C2", "多い。")
    )
    second = marked(first, Mark("warning", "職員!A2", "空欄です。"))
    sheet = sheet_of(second, "職員")
    assert look_of(sheet, "A2") == (COLOURS["warning"], "空欄です。")
    assert look_of(sheet, "B2") == ("00000000", "自分の注釈")
    assert look_of(sheet, "C2") == ("00000000", None)
    assert sheet["B2"].number_format == "yyyy-mm-dd"
    assert lines(second) == [("注意", "職員!A2", "空欄です。")]
    assert opened(second).sheetnames == ["職員", "手控え's", "確認事項"]


def test_the_same_check_gives_the_same_marks(rich: bytes) -> None:
    marks = (Mark("error", "職員!C2", "多い。"), Mark("error", "職員!B2", "古い日です。"))
    first = marked(rich, *marks)
    second = marked(first, *marks)
    for cell in ("B2", "C2"):
        assert look_of(sheet_of(second, "職員"), cell) == look_of(sheet_of(first, "職員"), cell)
    with zipfile.ZipFile(BytesIO(second)) as archive:
        drawn = archive.read("xl/drawings/vmlDrawing1.vml")
    assert drawn.count(b'ObjectType="Note"') == 3  # of the header, of B2, of C2


@pytest.mark.parametrize("content", [b"", b"PK", b"no workbook"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        marked(content, ERROR)


def test_a_workbook_with_a_broken_part_is_refused(rich: bytes) -> None:
    broken = BytesIO()
    with zipfile.ZipFile(BytesIO(rich)) as before, zipfile.ZipFile(broken, "w") as after:
        for name in before.namelist():
            after.writestr(name, b"<" if name == "xl/styles.xml" else before.read(name))
    with pytest.raises(ValueError, match="styles"):
        marked(broken.getvalue(), Mark("error", "職員!C2", "多い。"))
