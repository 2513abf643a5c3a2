"""The plan's tables and charts as an Excel workbook, with figures as numbers."""

import datetime as dt
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from shokibo.documents.blocks import (
    NONE,
    TEXT_WIDTH_MM,
    Cell,
    Figure,
    PlanDocument,
    Table,
    placed,
    printed,
)
from shokibo.documents.drawing.printable import require_printable
from shokibo.documents.drawing.worksheet import footer_name, wrapped_height
from shokibo.documents.drawn_charts import SHARPNESS, pngs

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CONTENTS = "目次"

_FONT = {"font_name": "ＭＳ ゴシック", "font_family": 3, "font_charset": 128, "font_size": 9}
_SIZE, _TITLE_SIZE = 9, 14
_ROW, _GAP = 15.0, 12.0  # heights in points
_PAGE = 297 / 25.4 * 72 - 72 * (0.75 + 0.75) - _GAP  # points of page height available for cells
_A4 = 9
_MARGINS = {"left": 0.787, "right": 0.787, "top": 0.75, "bottom": 0.75}  # inches
_PICTURE_MM = 150
_PIXELS_PER_MM = 96 / 25.4


def plan_xlsx(document: PlanDocument) -> bytes:
    """Return the document's tables, a worksheet per group, with its charts as pictures.

    The same document gives the same bytes. Raises UnprintableError.
    """
    from xlsxwriter import Workbook

    require_printable(printed(document))
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        created = dt.datetime.combine(document.day, dt.time(), dt.UTC)
        book.set_properties(
            {"title": document.title, "author": document.authority, "created": created}
        )
        _Workbook(book, document).draw()
    return content.getvalue()


class _Workbook:
    """A workbook's sheets, the first of which lists the contents of the others."""

    def __init__(self, book: "Workbook", document: PlanDocument) -> None:
        self.book = book
        self.document = document
        self.blocks = [
            block for block in document.blocks if isinstance(block, Table | Figure) and block.sheet
        ]
        self.pictures = iter(pngs(tuple(figure.chart for figure in document.figures)))

    def draw(self) -> None:
        contents = _Sheet(self.book, CONTENTS, self.document, [])
        tables: dict[str, list[Table]] = {block.sheet: [] for block in self.blocks}
        for block in self.blocks:
            if isinstance(block, Table):
                tables[block.sheet].append(block)
        sheets = {name: _Sheet(self.book, name, self.document, on) for name, on in tables.items()}
        contents.line(self.document.title, font_size=_TITLE_SIZE, height=24)
        contents.line("　".join(filter(None, [self.document.authority, self.document.adopted])))
        for name, sheet in sheets.items():
            sheet.line(name, font_size=_TITLE_SIZE, height=24)
        counts = {"表": 0, "図": 0}
        for block in self.blocks:
            word = "図" if isinstance(block, Figure) else "表"
            counts[word] += 1
            caption = f"{word}{counts[word]}　{block.caption}"
            sheet = sheets[block.sheet]
            if isinstance(block, Figure):
                row = sheet.figure(block, caption, next(self.pictures))
            else:
                row = sheet.table(block, caption)
            contents.link(f"internal:'{block.sheet}'!A{row + 1}", f"{caption}（{block.sheet}）")


class _Sheet:
    """A worksheet, drawn from the top down, whose columns fit all its tables.

    `row` is the next free row, `height` the height in points used on the page above it.
    """

    def __init__(
        self, book: "Workbook", name: str, document: PlanDocument, tables: list[Table]
    ) -> None:
        self.book = book
        self.page: Worksheet = book.add_worksheet(name)
        self.stubs = max((table.stubs for table in tables), default=1)
        # each column is as wide as the widest table needs
        widest = [0.0] * self.stubs
        for table in tables:
            if table.stubs == self.stubs:
                widest = [
                    max(pair) for pair in zip(widest, table.widths[: self.stubs], strict=True)
                ]
        alone = max((table.widths[0] for table in tables if table.stubs < self.stubs), default=0)
        widest[-1] += max(alone - sum(widest), 0)
        for place in range(max((len(table.widths) - table.stubs for table in tables), default=0)):
            found = [table.widths[table.stubs :][place : place + 1] for table in tables]
            widest.append(max(width for one in found for width in one))
        self.widths = widest if tables else [float(TEXT_WIDTH_MM)]
        self.row = 0
        self.height = 0.0
        self.breaks: list[int] = []
        for column, width in enumerate(self.widths):
            self.page.set_column_pixels(column, column, round(width * _PIXELS_PER_MM))
        self._set_up(document)

    def _set_up(self, document: PlanDocument) -> None:
        page = self.page
        self.room = _PAGE * max(1, sum(self.widths) / TEXT_WIDTH_MM)
        page.hide_gridlines(2)
        page.set_paper(_A4)
        page.set_portrait()
        page.set_margins(**_MARGINS)
        page.fit_to_pages(1, 0)
        if document.fictitious:
            page.set_header(f"&R&10&KC00000{document.mark}", {"margin": 0.3})
        page.set_footer(f"&L&8 {footer_name(document.title)}&C&9 &P / &N", {"margin": 0.3})

    def style(self, **properties: object) -> "Format":
        return self.book.add_format({**_FONT, "valign": "vcenter", **properties})

    def end_row(self, height: float) -> None:
        self.page.set_row(self.row, height)
        self.height += height
        self.row += 1

    def line(self, text: str, *, height: float = _ROW, **properties: object) -> None:
        """Write a line across all columns."""
        style = self.style(text_wrap=True, **properties)
        if len(self.widths) > 1:
            self.page.merge_range(self.row, 0, self.row, len(self.widths) - 1, "", style)
        self.page.write_string(self.row, 0, text, style)
        self.end_row(max(height, wrapped_height(text, sum(self.widths), _SIZE) + 3))

    def link(self, target: str, text: str) -> None:
        style = self.style(font_color="#0000EE", underline=1)
        self.page.write_url(self.row, 0, target, style, text)
        self.end_row(_ROW)

    def start(self, height: float) -> int:
        """Begin something of a given height, on a new page if this one has no room."""
        if self.row and self.height + height > self.room:
            self.breaks.append(self.row)
            self.page.set_h_pagebreaks(self.breaks)
            self.height = 0
        return self.row

    def figure(self, figure: Figure, caption: str, picture: bytes) -> int:
        """Draw a chart above its caption; return the row where it begins."""
        shape = figure.chart.size
        height = _PICTURE_MM * shape[1] / shape[0] / 25.4 * 72
        first = self.start(height + 2 * _ROW + _GAP)
        self.end_row(_GAP)
        scale = _PICTURE_MM * _PIXELS_PER_MM / shape[0] / SHARPNESS
        options = {
            "image_data": BytesIO(picture),
            "x_scale": scale,
            "y_scale": scale,
            "description": figure.alt,
            "object_position": 2,
        }
        self.page.insert_image(self.row, 0, "chart.png", options)
        self.end_row(height + 4)
        self.line(caption)
        return first

    def table(self, table: Table, caption: str) -> int:
        """Draw a table under its caption, with notes below; return the row where it begins."""
        rows = [table.head, *table.rows]
        heights = [_ROW] * len(rows)
        for row, column, cell in placed(rows):
            width = sum(table.widths[column : column + cell.across])
            needed = wrapped_height(cell.text, width, _SIZE) / cell.down + 4
            heights[row] = max(heights[row], needed)
        first = self.start(sum(heights) + _GAP + _ROW * (1 + len(table.notes)))
        self.end_row(_GAP)
        self.line(caption, bold=True)
        top = self.row
        for row, column, cell in placed(rows):
            self._cell(table, top, row, column, cell)
        for height in heights:
            self.end_row(height)
        for note in table.notes:
            self.line(note)
        return first

    def _cell(self, table: Table, top: int, row: int, column: int, cell: Cell) -> None:
        # a table's last stub takes up the columns that the sheet's other tables need
        more = self.stubs - table.stubs
        first = column + more if column >= table.stubs else column
        last = column + cell.across - 1
        last += more if last >= table.stubs - 1 else 0
        is_stub, is_head = column < table.stubs, row == 0
        align = "center" if is_head else "left" if cell.is_list else table.aligns[column]
        fill = {"bg_color": "#D9D9D9" if is_head else "#F2F2F2"} if is_stub or is_head else {}
        number_format = "General"
        if not isinstance(
            cell.value, str
        ):  # unit and note as a format, so that the cell is a number
            words = f"{cell.unit} {cell.note}".strip().replace('"', "")
            digits = "#,##0.0" if isinstance(cell.value, Decimal) else "#,##0"
            figure = f'{digits}"{words}"' if words else digits
            number_format = f'{figure};"△"{figure};' + (f'"{NONE}"' if cell.dashed else figure)
        kind = {"num_format": number_format, "align": align, "border": 1, "text_wrap": True}
        style = self.style(**kind, **fill)
        where = top + row
        if cell.down > 1 or last > first:
            self.page.merge_range(where, first, where + cell.down - 1, last, "", style)
        if isinstance(cell.value, int | Decimal):
            self.page.write_number(where, first, cell.value, style)
        else:
            self.page.write_string(where, first, cell.value or NONE, style)
