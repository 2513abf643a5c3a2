"""The first sheet of a template: how to fill in its sheets, and which of them form 1 needs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shokibo.ledger.columns import Table
from shokibo.ledger.tables import HOMES

if TYPE_CHECKING:
    from xlsxwriter import Workbook

GUIDE_SHEET = "はじめに"
HEADER_STYLE = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"}
_NEEDED = "○"
_GUIDE = (
    "この台帳は、児童養護施設の小規模かつ地域分散化の事務に使います。",
    "1. 水色の見出しは必須、灰色の見出しは任意です。見出しの注釈に書き方があります。",
    "2. 列の順は自由です。要らない列や表は消しても構いません。見出しの結合はしないでください。",
    "3. 空欄は「不明・該当なし」で、0ではありません。",
    "4. 日付は 2022-04-01、2022/4/1、令和4年4月1日、R4.4.1 のどれでも読めます。",
    "5. 年度は 令和4年度、R4、2022 のどれでも読めます。",
    "6. ○×の列は ○ か × を書きます。",
    "7. 職員は氏名ではなく符号を書きます。児童の氏名はどこにも書きません。",
    "8. 灰色の「例:」の行は書き方の例で、読みません。残しても消しても構いません。",
)
_FOR_OFFICE = (
    "9. 様式1を作るには、下の「様式1」に○のある表を書きます。該当のない表は空のままで構いません。",
    "10. 書き終えたら shokibo check で確かめます。誤りはセルの場所とともに全部示します。"
    "画面では「取込・書出」で読み込みます。",
)
_FOR_HOME = ("9. 書き終えたら自治体の担当者に送ってください。自治体が台帳に取り込み、確かめます。",)


def write_guide(workbook: "Workbook", tables: Sequence[Table]) -> None:
    """Add the sheet; a home, whose workbook has no homes table, makes no form."""
    is_for_office = HOMES in tables
    lines = _GUIDE + (_FOR_OFFICE if is_for_office else _FOR_HOME)
    sheet = workbook.add_worksheet(GUIDE_SHEET)
    title = workbook.add_format({"bold": True, "font_size": 14})
    header = workbook.add_format({**HEADER_STYLE, "bg_color": "#F1F1F4"})
    bordered = {"border": 1, "valign": "top", "text_wrap": True}
    cell = workbook.add_format(bordered)
    link = workbook.add_format({**bordered, "font_color": "#0563C1", "underline": 1})
    mark = workbook.add_format({**bordered, "align": "center"})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 80)
    sheet.set_column(2, 2, 10)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&R&P / &N")
    sheet.write_string(0, 0, "台帳の書き方", title)
    for row, line in enumerate(lines, start=2):
        sheet.write_string(row, 0, line)
    top = len(lines) + 3
    headers = ("シート", "内容", "様式1") if is_for_office else ("シート", "内容")
    sheet.write_row(top, 0, headers, header)
    for row, table in enumerate(tables, start=top + 1):
        sheet.write_url(row, 0, f"internal:'{table.sheet}'!A1", link, string=table.sheet)
        sheet.write_string(row, 1, table.note.ja, cell)
        if is_for_office:
            sheet.write_string(row, 2, _NEEDED if table.for_form1 else "", mark)
