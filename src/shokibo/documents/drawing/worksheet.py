"""Worksheets that print like the forms: one font, A4, rows drawn from the top down."""

import math
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cells = tuple[int, int]
"""First and last column of a cell; the same if it is one column wide."""

FONT_SIZE = 9
"""Points, unless a style says otherwise."""
_FONT = {"font_name": "ＭＳ 明朝", "font_family": 1, "font_charset": 128}
_TALLEST = 409.0  # points of a default row in Excel
_LEADING = 1.3
_PADDING_MM = 4
_A4 = 9
_MARGINS = {"left": 0.45, "right": 0.45, "top": 0.6, "bottom": 0.55}  # inches
PAGE_HEIGHT = 842 - 72 * (_MARGINS["top"] + _MARGINS["bottom"])
"""Points of a page for rows."""
_FOOTER_WIDTH = 30  # full-width characters of 8 points to the left of the page number


class Pages:
    """A worksheet, drawn from the top down.

    `row` is the next free row, `height` the total in points above it.
    """

    def __init__(self, book: "Workbook", name: str) -> None:
        self.book = book
        self.page: Worksheet = book.add_worksheet(name)
        self.row = 0
        self.height = 0.0

    def set_columns(self, widths_mm: Iterable[float]) -> None:
        """Set the columns' widths in millimetres, starting with the first."""
        for column, width in enumerate(widths_mm):
            self.page.set_column_pixels(column, column, round(width / 25.4 * 96))

    def style(self, **properties: object) -> "Format":
        """Return a format of the form's font."""
        return self.book.add_format(
            {**_FONT, "font_size": FONT_SIZE, "valign": "vcenter", **properties}
        )

    def boxed(self, **properties: object) -> "Format":
        """Return a format with a border."""
        return self.style(border=1, **properties)

    def cell(self, cells: Cells, value: str | int | Decimal, style: "Format") -> None:
        """Write a cell of the row; text stays text regardless of how it begins."""
        first, last = cells
        if first < last:
            self.page.merge_range(self.row, first, self.row, last, "", style)
        if isinstance(value, str):
            self.page.write_string(self.row, first, value, style)
        else:
            self.page.write_number(self.row, first, value, style)

    def cells(self, places: Iterable[Cells], values: Iterable[str | int], style: "Format") -> None:
        """Write several cells of the row in one format."""
        for place, value in zip(places, values, strict=True):
            self.cell(place, value, style)

    def end_row(self, height: float) -> None:
        """Go to the next row; `height` is this row's height in points."""
        height = min(height, _TALLEST)
        self.page.set_row(self.row, height)
        self.height += height
        self.row += 1

    def set_up(self, footer: str, *, fictitious: bool) -> None:
        """Set the worksheet up for printing on A4, with headers and footers."""
        page = self.page
        page.set_paper(_A4)
        page.set_portrait()
        page.set_margins(**_MARGINS)
        page.center_horizontally()
        page.fit_to_pages(1, 0)
        page.set_start_page(1)
        if fictitious:
            page.set_header("&C&14&KFF0000架空", {"margin": 0.25})
        page.set_footer(f"&L&8 {footer_name(footer)}&C&9 &P", {"margin": 0.25})


def footer_name(text: str) -> str:
    """Return as much of a text as fits to the left of the footer's page number, escaped."""
    widths = accumulate(map(_width, text))
    shown = "".join(c for c, width in zip(text, widths, strict=True) if width <= _FOOTER_WIDTH)
    return shown.replace("&", "&&")


def wrapped_height(text: str, width_mm: float, size: float) -> float:
    """Return the height in points of a text wrapped in a cell with a full-width font.

    `width_mm` is the cell's width in millimetres, `size` the font's in points.
    """
    room = (width_mm - _PADDING_MM) / 25.4 * 72 / size
    lines = sum(math.ceil(_width(line) / room) or 1 for line in text.splitlines())
    return lines * size * _LEADING


def _width(text: str) -> float:
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)
