"""Write a ledger as a workbook to fill in: headers, lists, notes, formats, a guide."""

import datetime as dt
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from shokibo.files import save
from shokibo.ledger.formatting import display_value
from shokibo.ledger.model import Ledger, empty_frame
from shokibo.ledger.raw import column_letter
from shokibo.ledger.tables import BY_NAME, DELETE, HOMES, TABLES, Column, Kind, Table
from shokibo.ledger.writing import rows_of, tables_to_write
from shokibo.texts import Text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

GUIDE_SHEET = "はじめに"
LISTS_SHEET = "選択肢"
LISTED_ROWS = 5000
"""The rows with drop-down lists."""
_FIRST_EXCEL_DAY = dt.date(1900, 3, 1)
_YES_NO = ("○", "×")

KIND_WORDS = {
    Kind.TEXT: Text("文字", "text"),
    Kind.REMARKS: Text("文字(改行してよい)", "text, of several lines if need be"),
    Kind.ID: Text("符号(全角と半角は同じとみなす)", "code, compared after NFKC"),
    Kind.AUTHORITY_CODE: Text("6桁の団体コード", "six digits"),
    Kind.CODE: Text("選択肢から", "one of the codes"),
    Kind.DATE: Text("日付 例:2022-04-01、令和4年4月1日、R4.4.1", "date"),
    Kind.MONTH: Text("年月 例:2022-04、令和4年4月", "month"),
    Kind.DATE_OR_MONTH: Text("日付か年月", "date or month"),
    Kind.FISCAL_YEAR: Text("年度 例:令和4年度、R4、2022", "fiscal year"),
    Kind.INTEGER: Text("整数", "integer"),
    Kind.YEN: Text("整数(円)", "integer, yen"),
    Kind.HOURS: Text("時間 例:38.75、38:45", "hours, 38.75 or 38:45"),
    Kind.YES_NO: Text("○ か ×", "yes ○ or no ×"),
    Kind.SHARE: Text("分数 例:1/2", "fraction, 1/2"),
    Kind.ELIGIBLE_RULE: Text(
        "全額、対象外、家賃Nか月分まで:項目", "full, none, months_of_rent:N:ITEM"
    ),
}


def write_workbook(ledger: Ledger, path: Path) -> None:
    """Write a ledger as a workbook with the tables that hold a row.

    Raises OSError where the file can't be written.
    """
    _write(path, [(table, *rows_of(ledger, table)) for table in tables_to_write(ledger)])


def write_template(path: Path, *, for_home: bool = False, prefilled: Ledger | None = None) -> None:
    """Write a workbook to be filled in: all tables, or those that a home maintains.

    `prefilled` fills in the rows of a ledger, with a column to mark those that are to be removed.
    Raises OSError where the file can't be written.
    """
    tables = [table for table in TABLES if table.maintained_by_home or not for_home]
    if prefilled is None:
        _write(path, [(table, empty_frame(table), table.columns) for table in tables])
        return
    unmarked = pl.lit(None, pl.Boolean).alias(DELETE.name)
    _write(
        path,
        [
            (table, prefilled[table.name].with_columns(unmarked), (*table.columns, DELETE))
            for table in tables
        ],
    )


def _write(path: Path, parts: Sequence[tuple[Table, pl.DataFrame, Sequence[Column]]]) -> None:
    from xlsxwriter import Workbook

    content = BytesIO()
    with Workbook(content) as workbook:
        workbook.set_properties({"title": "児童養護施設 台帳"})
        _write_guide(workbook, [table for table, _, _ in parts])
        present = {table.name for table, _, _ in parts}
        lists = _CodeLists([column for _, _, columns in parts for column in columns])
        for table, rows, columns in parts:
            sheet = workbook.add_worksheet(table.sheet)
            _set_up(workbook, sheet, table, columns, lists, present)
            for index, column in enumerate(columns):
                style = _cell_format(workbook, column.kind)
                for row, cell in enumerate(rows[column.name], start=1):
                    value = display_value(column, cell)
                    if isinstance(value, dt.date) and value >= _FIRST_EXCEL_DAY:
                        moment = dt.datetime.combine(value, dt.time())
                        sheet.write_datetime(row, index, moment, style)
                    elif isinstance(value, int | float):
                        sheet.write_number(row, index, value, style)
                    elif value is not None:  # text, whatever it begins with, or an earlier day
                        sheet.write_string(row, index, str(value), style)
        lists.write(workbook)
    save(path, content.getvalue())


def _set_up(
    workbook: "Workbook",
    sheet: "Worksheet",
    table: Table,
    columns: Sequence[Column],
    lists: "_CodeLists",
    present: set[str],
) -> None:
    """Write a sheet's headers, with a list for each column of codes or of ids; others only warn."""
    required = workbook.add_format({**_HEADER, "bg_color": "#D9E6FF"})
    optional = workbook.add_format({**_HEADER, "bg_color": "#F1F1F4"})
    for index, column in enumerate(columns):
        sheet.write_string(0, index, column.header, required if column.required else optional)
        need = "必須" if column.required else "任意"
        comment = f"{need} / {KIND_WORDS[column.kind].ja}\n{column.note.ja}".strip()
        sheet.write_comment(0, index, comment, {"x_scale": 2, "font_size": 9})
        sheet.set_column(index, index, _width(column), _cell_format(workbook, column.kind))
        source = ""
        if entries := _entries(column):
            letter = column_letter(lists.lists.index(entries))
            source = f"={LISTS_SHEET}!${letter}$1:${letter}${len(entries)}"
        elif column.refers in present:
            source = f"={BY_NAME[column.refers].sheet}!$A$2:$A${LISTED_ROWS}"
        if source:
            validation = {
                "validate": "list",
                "source": source,
                "error_type": "warning",
                "error_title": column.header[:32],
                "error_message": "一覧にない値です。このまま入力しますか?",
            }
            sheet.data_validation(1, index, LISTED_ROWS, index, validation)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, 0, len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{table.sheet}&R&P / &N")


_HEADER = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"}
_NUMBER_FORMATS = {
    Kind.DATE: "yyyy-mm-dd",
    Kind.DATE_OR_MONTH: "yyyy-mm-dd",
    Kind.MONTH: "yyyy-mm",
    Kind.YEN: "#,##0",
    Kind.INTEGER: "0",
    Kind.HOURS: "0.##",
}
_TEXT_FORMAT = "@"


def _cell_format(workbook: "Workbook", kind: Kind) -> "Format":
    return workbook.add_format({"num_format": _NUMBER_FORMATS.get(kind, _TEXT_FORMAT)})


def _width(column: Column) -> int:
    wide = {Kind.TEXT: 24, Kind.REMARKS: 24, Kind.ID: 16, Kind.ELIGIBLE_RULE: 28}
    longest = max((len(label) for label in (column.codes or {}).values()), default=0)
    return max(wide.get(column.kind, 12), 2 * len(column.header), 2 * longest)


class _CodeLists:
    """The drop-down lists, each a column of a sheet of their own."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self.lists: list[tuple[str, ...]] = []
        for column in columns:
            entries = _entries(column)
            if entries and entries not in self.lists:
                self.lists.append(entries)

    def write(self, workbook: "Workbook") -> None:
        """Write the sheet of lists."""
        sheet = workbook.add_worksheet(LISTS_SHEET)
        for index, entries in enumerate(self.lists):
            sheet.write_column(0, index, entries)
            sheet.set_column(index, index, 28)
        sheet.hide()


def _entries(column: Column) -> tuple[str, ...]:
    if column.kind is Kind.YES_NO:
        return _YES_NO
    return tuple((column.codes or {}).values())


_GUIDE = (
    "この台帳は、児童養護施設の小規模かつ地域分散化の事務に使います。",
    "1. 水色の見出しは必須、灰色の見出しは任意です。見出しの注釈に書き方があります。",
    "2. 列の順は自由です。要らない列や表は消しても構いません。見出しの結合はしないでください。",
    "3. 空欄は「不明・該当なし」で、0ではありません。",
    "4. 日付は 2022-04-01、2022/4/1、令和4年4月1日、R4.4.1 のどれでも読めます。",
    "5. 年度は 令和4年度、R4、2022 のどれでも読めます。",
    "6. ○×の列は ○ か × を書きます。",
    "7. 職員は氏名ではなく符号を書きます。児童の氏名はどこにも書きません。",
    "8. 書き終えたら shokibo check で確かめます。誤りはセルの場所とともに全部示します。",
)
_GUIDE_FOR_HOME = (
    *_GUIDE[:-1],
    "8. 書き終えたら自治体の担当者に送ってください。自治体が台帳に取り込み、確かめます。",
)


def _write_guide(workbook: "Workbook", tables: Sequence[Table]) -> None:
    lines = _GUIDE if HOMES in tables else _GUIDE_FOR_HOME
    sheet = workbook.add_worksheet(GUIDE_SHEET)
    title = workbook.add_format({"bold": True, "font_size": 14})
    header = workbook.add_format(_HEADER)
    wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, "台帳の書き方", title)
    for row, line in enumerate(lines, start=2):
        sheet.write_string(row, 0, line)
    top = len(lines) + 3
    sheet.write_row(top, 0, ("シート", "内容"), header)
    for row, table in enumerate(tables, start=top + 1):
        sheet.write_url(row, 0, f"internal:'{table.sheet}'!A1", string=table.sheet)
        sheet.write_string(row, 1, table.note.ja, wrap)
