"""Draw a form as an Excel workbook that prints as the form does and can be edited further."""

import datetime as dt
import math
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from shokibo.documents.form_layout import CountRow, FormSheet, Line
from shokibo.files import save

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

REMARKS = "確認事項"
REMARKS_HINT = "提出の前に確かめる事項です。提出する様式には含まれません。"

Cells = tuple[int, int]
"""First and last column of a cell, the same where it is one column wide."""

_COLUMN_MM = (9, 45, 14, 25, 14, 42, 36)  # those of the list; all else lies on them
_LAST = len(_COLUMN_MM) - 1
_ACROSS: Cells = (0, _LAST)
_LIST: tuple[Cells, ...] = tuple((column, column) for column in range(_LAST + 1))
_UNITS: tuple[Cells, ...] = ((0, 2), (3, 4), (5, 5), (6, 6))
_PARTS: tuple[Cells, ...] = ((1, 2), *_UNITS[1:])
_HOMES: tuple[Cells, ...] = ((0, 1), (2, 4), (5, 5), (6, 6))
_KIND: Cells = (_LAST - 1, _LAST - 1)
_NOTE: tuple[Cells, ...] = ((0, 0), (1, _LAST))
_REMARK_MM = (55, 130)
_REMARKS: tuple[Cells, ...] = ((0, 0), (1, 1))

_FONT = {"font_name": "ＭＳ 明朝", "font_family": 1, "font_charset": 128}
_SIZE, _LETTER_SIZE, _TITLE_SIZE, _NOTE_SIZE = 9, 10, 12, 8  # points
_ROW, _HEADING, _GAP, _TALLEST = 14.25, 15.75, 6.0, 409.0  # heights in points, whole pixels
_LEADING = 1.3
_PADDING_MM = 4
_A4 = 9
_MARGINS = {"left": 0.45, "right": 0.45, "top": 0.6, "bottom": 0.55}  # inches
_PAGE_HEIGHT = 842 - 72 * (_MARGINS["top"] + _MARGINS["bottom"])  # points
_HEADER_FOOTER_NAME = 100  # characters; Excel allows 255 in all


def write_form_xlsx(sheet: FormSheet, path: Path) -> None:
    """Write a form as a workbook; what has to be checked stands on a second worksheet.

    The same form gives the same bytes. Raises OSError where the file can't be written.
    """
    from xlsxwriter import Workbook

    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        created = dt.datetime.combine(sheet.day, dt.time(), dt.UTC)
        book.set_properties({"title": sheet.title, "subject": sheet.heading, "created": created})
        _FormPages(book, sheet).draw()
        if sheet.remarks:
            _RemarkPages(book, sheet).draw()
    save(path, content.getvalue())


class _Pages:
    """A worksheet, drawn from the top down.

    `row` is the next one free, `height` in points that of all above it.
    """

    def __init__(self, book: "Workbook", name: str) -> None:
        self.book = book
        self.page: Worksheet = book.add_worksheet(name)
        self.row = 0
        self.height = 0.0

    def set_columns(self, widths_mm: Iterable[float]) -> None:
        for column, width in enumerate(widths_mm):
            self.page.set_column_pixels(column, column, round(width / 25.4 * 96))

    def style(self, **properties: object) -> "Format":
        return self.book.add_format(
            {**_FONT, "font_size": _SIZE, "valign": "vcenter", **properties}
        )

    def boxed(self, **properties: object) -> "Format":
        return self.style(border=1, **properties)

    def cell(self, cells: Cells, value: str | int | Decimal, style: "Format") -> None:
        """Write a cell of the row; a text is a text, whatever it begins with."""
        first, last = cells
        if first < last:
            self.page.merge_range(self.row, first, self.row, last, "", style)
        if isinstance(value, str):
            self.page.write_string(self.row, first, value, style)
        else:
            self.page.write_number(self.row, first, value, style)

    def cells(self, places: Iterable[Cells], values: Iterable[str | int], style: "Format") -> None:
        for place, value in zip(places, values, strict=True):
            self.cell(place, value, style)

    def end_row(self, height: float) -> None:
        height = min(height, _TALLEST)
        self.page.set_row(self.row, height)
        self.height += height
        self.row += 1

    def line(self, height: float, text: str, style: "Format") -> None:
        self.cell(_ACROSS, text, style)
        self.end_row(height)

    def set_up(self, sheet: FormSheet) -> None:
        page = self.page
        page.set_paper(_A4)
        page.set_portrait()
        page.set_margins(**_MARGINS)
        page.center_horizontally()
        page.fit_to_pages(1, 0)
        page.set_start_page(1)
        if sheet.fictitious:
            page.set_header("&C&14&KFF0000架空", {"margin": 0.25})
        name = sheet.footer[:_HEADER_FOOTER_NAME].replace("&", "&&")
        page.set_footer(f"&L&8 {name}&C&9 &P", {"margin": 0.25})


class _FormPages(_Pages):
    """The form itself."""

    def __init__(self, book: "Workbook", sheet: FormSheet) -> None:
        super().__init__(book, sheet.name)
        self.sheet = sheet

    def draw(self) -> None:
        self.set_columns(_COLUMN_MM)
        self._letter()
        self._units()
        self._backup()
        self._list_and_notes()
        self.page.print_area(0, 0, self.row - 1, _LAST)
        self.set_up(self.sheet)

    def _letter(self) -> None:
        sheet, size = self.sheet, {"font_size": _LETTER_SIZE}
        right = self.style(**size, align="right", shrink=True)
        self.line(_ROW, sheet.heading, self.style(**size))
        self.line(_ROW, sheet.number, right)
        self.line(_ROW, sheet.date, right)
        self.line(20.25, sheet.addressee, self.style(**size, indent=1))
        if len(sheet.bodies) == 1:
            self.line(20.25, f"{sheet.bodies[0]}　{sheet.officer}", right)
        else:
            self._kinds_of_bodies()
        self.line(
            32.25, sheet.title, self.style(font_size=_TITLE_SIZE, align="center", shrink=True)
        )
        self.line(24, f"　{sheet.opening}", self.style(text_wrap=True))

    def _kinds_of_bodies(self) -> None:
        """Name the kinds of authorities one below the other, the officer beside them."""
        first = self.row
        kind = self.style(font_size=_LETTER_SIZE, align="center")
        for body in self.sheet.bodies:
            self.cell(_KIND, body, kind)
            self.end_row(13.5)
        officer = self.style(font_size=_LETTER_SIZE, shrink=True)
        self.page.merge_range(first, _LAST, self.row - 1, _LAST, "", officer)
        self.page.write_string(first, _LAST, self.sheet.officer, officer)

    def _units(self) -> None:
        table = self.sheet.units
        self.line(_HEADING, table.heading, self.style())
        self.cells(_UNITS, ("", *table.columns), self.boxed(align="center", shrink=True))
        self.end_row(_ROW)
        for row in table.rows:
            self._counts(_UNITS, row)
            first = self.row
            for part in row.parts:
                self._counts(_PARTS, part)
            self._indent(first, self.row - 1)
        self.end_row(_GAP)

    def _counts(self, places: tuple[Cells, ...], row: CountRow) -> None:
        self.cell(places[0], row.label, self.boxed(indent=1, shrink=True))
        self.cells(places[1:], row.counts, self._count_style())
        self.end_row(_ROW)

    def _indent(self, first: int, last: int) -> None:
        if first < last:
            self.page.merge_range(first, 0, last, 0, "", self.boxed())
        elif first == last:
            self.page.write_blank(first, 0, None, self.boxed())

    def _count_style(self) -> "Format":
        return self._figure_style(f'0"{self.sheet.places}"')

    def _figure_style(self, number_format: str, **properties: object) -> "Format":
        return self.boxed(align="right", indent=1, num_format=number_format, **properties)

    def _backup(self) -> None:
        table = self.sheet.backup
        self.line(_HEADING, table.heading, self.style())
        self.cells(_HOMES, table.columns, self.boxed(align="center", text_wrap=True))
        self.end_row(26.25)
        self.cells(_HOMES, table.counts, self._count_style())
        self.end_row(_ROW)
        self.end_row(_GAP)

    def _list_and_notes(self) -> None:
        """Draw table 3 and the notes; on the first page where what belongs there has room."""
        table, first = self.sheet.listed, self.row
        self.page.repeat_rows(first, first + 1)
        self.line(_HEADING, table.heading, self.style())
        self.cells(_LIST, table.columns, self.boxed(align="center", text_wrap=True))
        self.end_row(38.25)
        starts, heights = [], []
        for page in table.pages:
            starts.append(self.row)
            for line in page:
                self._list_line(line)
            heights.append(self.height)
        self._notes()
        on_first_page = heights[0] if len(table.pages) > 1 else self.height
        breaks = starts[1:] if on_first_page <= _PAGE_HEIGHT else [first, *starts[1:]]
        self.page.set_h_pagebreaks(breaks)

    def _list_line(self, line: Line) -> None:
        mark, name = self.boxed(align="center"), self.boxed(text_wrap=True, indent=1)
        unit = self.sheet.persons
        capacity = self._figure_style(f'0"{unit}"')
        # LibreOffice loses the indent of a text that repeats the one before it in the same style.
        staff = self._figure_style(f'General"{unit}"', text_wrap=True)
        self.cell(_LIST[0], line.number, mark)
        self.cell(_LIST[1], line.unit_name, name)
        self.cell(_LIST[2], unit if line.capacity is None else line.capacity, capacity)
        self.cell(_LIST[3], line.dispersal, mark)
        self.cell(_LIST[4], unit if line.staff is None else line.staff, staff)
        self.cell(_LIST[5], line.home_name, name)
        self.cell(_LIST[6], line.backup, mark)
        unit_name = wrapped_height(line.unit_name, _COLUMN_MM[1], _SIZE)
        home_name = wrapped_height(line.home_name, _COLUMN_MM[5], _SIZE)
        self.end_row(max(_ROW, unit_name, home_name))

    def _notes(self) -> None:
        style = self.style(font_size=_NOTE_SIZE, valign="top", text_wrap=True)
        self.end_row(_GAP / 2)
        for note in self.sheet.notes:
            self.cells(_NOTE, (note.mark, note.text), style)
            self.end_row(wrapped_height(note.text, sum(_COLUMN_MM[1:]), _NOTE_SIZE))


class _RemarkPages(_Pages):
    """What the officer has to check, beside the form."""

    def __init__(self, book: "Workbook", sheet: FormSheet) -> None:
        super().__init__(book, REMARKS)
        self.sheet = sheet

    def draw(self) -> None:
        self.set_columns(_REMARK_MM)
        size = {"font_size": _LETTER_SIZE}
        self.cell(_REMARKS[0], REMARKS_HINT, self.style(**size))
        self.end_row(20.25)
        self.page.repeat_rows(self.row)
        self.cells(_REMARKS, ("箇所", "内容"), self.boxed(**size, align="center"))
        self.end_row(_HEADING)
        body = self.boxed(**size, text_wrap=True)
        for remark in self.sheet.remarks:
            self.cells(_REMARKS, (remark.place, remark.message), body)
            place = wrapped_height(remark.place, _REMARK_MM[0], _LETTER_SIZE)
            message = wrapped_height(remark.message, _REMARK_MM[1], _LETTER_SIZE)
            self.end_row(max(place, message) + _GAP)
        self.set_up(self.sheet)


def wrapped_height(text: str, width_mm: float, size: float) -> float:
    """Give the height in points of a text that is wrapped in a cell of a full-width font.

    `width_mm` is the cell's width in millimetres, `size` the font's in points.
    """
    room = (width_mm - _PADDING_MM) / 25.4 * 72 / size
    lines = sum(math.ceil(_width(line) / room) or 1 for line in text.splitlines())
    return lines * size * _LEADING


def _width(text: str) -> float:
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)
