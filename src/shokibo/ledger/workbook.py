"""Write a ledger as a workbook to fill in: headers, lists, notes, examples, formats, a guide."""

import datetime as dt
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import polars as pl

from shokibo.files import save
from shokibo.ledger.columns import DELETE, Column, Kind, Table
from shokibo.ledger.examples import example_cells
from shokibo.ledger.formatting import display_value
from shokibo.ledger.model import Ledger, empty_frame
from shokibo.ledger.raw import column_letter
from shokibo.ledger.tables import BY_NAME, TABLES
from shokibo.ledger.workbook_guide import HEADER_STYLE, write_guide
from shokibo.ledger.writing import rows_of, tables_to_write
from shokibo.texts import Text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Purpose = Literal["authority", "home", "form1"]
LISTS_SHEET = "選択肢"
LISTED_ROWS = 5000
"""The rows with drop-down lists."""
EMPTY_ROWS = 20
"""The number of lines on a printed empty sheet."""
_FIRST_EXCEL_DAY = dt.date(1900, 3, 1)
_YES_NO = ("○", "×")

KIND_WORDS = {
    Kind.TEXT: Text("文字", "text"),
    Kind.REMARKS: Text("文字(改行してよい)", "text, several lines if needed"),
    Kind.ID: Text("符号(全角と半角は同じとみなす)", "code, compared after NFKC"),
    Kind.AUTHORITY_CODE: Text("6桁の団体コード", "six digits"),
    Kind.CHILD_CODE: Text("符号(氏名は書かない)", "code, never a name"),
    Kind.CODE: Text("選択肢から", "one of the codes"),
    Kind.DATE: Text("日付 例:2022-04-01、令和4年4月1日、R4.4.1", "date"),
    Kind.MONTH: Text("年月 例:2022-04、令和4年4月", "month"),
    Kind.DATE_OR_MONTH: Text("日付か年月", "date or month"),
    Kind.FISCAL_YEAR: Text("年度 例:令和4年度、R4、2022", "fiscal year"),
    Kind.INTEGER: Text("整数", "integer"),
    Kind.YEN: Text("整数(円)", "integer, yen"),
    Kind.DECIMAL: Text("数(小数でよい) 例:16.5", "number, decimals as needed, 16.5"),
    Kind.HOURS: Text("時間 例:38.75、38:45", "hours, 38.75 or 38:45"),
    Kind.YES_NO: Text("○ か ×", "yes ○ or no ×"),
    Kind.SHARE: Text("分数 例:1/2", "fraction, 1/2"),
    Kind.ELIGIBLE_RULE: Text(
        "全額、対象外、家賃Nか月分まで:項目", "full, none, N months of rent: ITEM"
    ),
}


def write_workbook(ledger: Ledger, path: Path) -> None:
    """Write a ledger as a workbook with the tables that have rows.

    Raises OSError if the file can't be written.
    """
    _write(path, [(table, *rows_of(ledger, table)) for table in tables_to_write(ledger)])


def tables_for(purpose: Purpose) -> list[Table]:
    """Select the tables kept by an authority or a home, or those needed by form 1."""
    return [
        table
        for table in TABLES
        if purpose == "authority"
        or (table.maintained_by_home if purpose == "home" else table.for_form1)
    ]


def write_template(
    path: Path, tables: Sequence[Table] = TABLES, prefilled: Ledger | None = None
) -> None:
    """Write a workbook to fill in, with all tables or some.

    `prefilled` fills in the rows of a ledger, with a column to mark rows to be removed; without
    it each sheet has an example and empty lines. Raises OSError if the file can't be
    written.
    """
    if prefilled is None:
        empty = [(table, empty_frame(table), table.columns) for table in tables]
        _write(path, empty, with_examples=True)
        return
    unmarked = pl.lit(None, pl.Boolean).alias(DELETE.name)
    _write(
        path,
        [
            (table, prefilled[table.name].with_columns(unmarked), (*table.columns, DELETE))
            for table in tables
        ],
    )


def _write(
    path: Path,
    parts: Sequence[tuple[Table, pl.DataFrame, Sequence[Column]]],
    *,
    with_examples: bool = False,
) -> None:
    from xlsxwriter import Workbook

    content = BytesIO()
    with Workbook(content) as workbook:
        workbook.set_properties({"title": "児童養護施設 台帳"})
        write_guide(workbook, [table for table, _, _ in parts])
        present = {table.name for table, _, _ in parts}
        lists = _CodeLists([column for _, _, columns in parts for column in columns])
        for table, rows, columns in parts:
            sheet = workbook.add_worksheet(table.sheet)
            _set_up(workbook, sheet, table, columns, lists, present)
            if with_examples:
                _write_example(workbook, sheet, table)
            for index, column in enumerate(columns):
                style = _cell_format(workbook, column.kind)
                for row, cell in enumerate(rows[column.name], start=1):
                    value = display_value(column, cell)
                    if isinstance(value, dt.date) and value >= _FIRST_EXCEL_DAY:
                        moment = dt.datetime.combine(value, dt.time())
                        sheet.write_datetime(row, index, moment, style)
                    elif isinstance(value, int | float):
                        sheet.write_number(row, index, value, style)
                    elif value is not None:  # text, regardless of how it begins, or an earlier day
                        sheet.write_string(row, index, str(value), style)
        lists.write(workbook)
    save(path, content.getvalue())


def _write_example(workbook: "Workbook", sheet: "Worksheet", table: Table) -> None:
    """Write the example in the first row, and lines to fill in by hand below it."""
    style = {**_CELL, "font_color": "#6B6B6B", "italic": True, "bg_color": "#F5F5F5"}
    example = workbook.add_format({**style, "num_format": _TEXT_FORMAT})
    sheet.set_row(1, _EXAMPLE_HEIGHT)
    for index, (text, column) in enumerate(zip(example_cells(table), table.columns, strict=True)):
        sheet.write(1, index, text, example)
        blank = _cell_format(workbook, column.kind)
        for row in range(2, 2 + EMPTY_ROWS):
            sheet.write_blank(row, index, None, blank)


def _set_up(
    workbook: "Workbook",
    sheet: "Worksheet",
    table: Table,
    columns: Sequence[Column],
    lists: "_CodeLists",
    present: set[str],
) -> None:
    """Write a sheet's headers, with a list for each column of codes or ids; others only warn."""
    required = workbook.add_format({**HEADER_STYLE, "bg_color": "#D9E6FF"})
    optional = workbook.add_format({**HEADER_STYLE, "bg_color": "#F1F1F4"})
    for index, column in enumerate(columns):
        sheet.write_string(0, index, column.header, required if column.required else optional)
        need = "必須" if column.required else "任意"
        comment = f"{need} / {KIND_WORDS[column.kind].ja}\n{column.explanation.ja}".strip()
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
    sheet.set_row(0, _HEADER_HEIGHT)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, 0, len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{table.sheet}&R&P / &N")


_CELL = {"border": 1, "border_color": "#BFBFBF", "valign": "top", "text_wrap": True}
_HEADER_HEIGHT = 45
_EXAMPLE_HEIGHT = 30
_MOST_WIDE = 26
_NUMBER_FORMATS = {
    Kind.DATE: "yyyy-mm-dd",
    Kind.DATE_OR_MONTH: "yyyy-mm-dd",
    Kind.MONTH: "yyyy-mm",
    Kind.YEN: "#,##0",
    Kind.INTEGER: "0",
    Kind.HOURS: "0.##",
    Kind.DECIMAL: "0.####",
}
_TEXT_FORMAT = "@"


def _cell_format(workbook: "Workbook", kind: Kind) -> "Format":
    return workbook.add_format({**_CELL, "num_format": _NUMBER_FORMATS.get(kind, _TEXT_FORMAT)})


def _width(column: Column) -> int:
    """Return a width that shows dates and most labels in full; headers and longer texts wrap."""
    wide = {Kind.TEXT: 22, Kind.REMARKS: 26, Kind.ID: 11, Kind.ELIGIBLE_RULE: 24}
    longest = max((len(label) for label in (column.codes or {}).values()), default=0)
    return min(max(wide.get(column.kind, 12), 2 * longest + 2), _MOST_WIDE)


class _CodeLists:
    """The drop-down lists, each a column on a separate sheet."""

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
