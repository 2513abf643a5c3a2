"""Draw a form as an Excel workbook that prints like the form and can be edited."""

import datetime as dt
from io import BytesIO
from typing import TYPE_CHECKING

from shokibo.documents.drawing.printable import require_printable
from shokibo.documents.drawing.worksheet import FONT_SIZE, PAGE_HEIGHT, Cells, Pages, wrapped_height
from shokibo.documents.forms.layout import CountRow, FormSheet, printed

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_COLUMN_MM = (9, 45, 14, 25, 14, 42, 36)  # the list's; everything else uses the same columns
_LAST = len(_COLUMN_MM) - 1
_ACROSS: Cells = (0, _LAST)
_LIST: tuple[Cells, ...] = tuple((column, column) for column in range(_LAST + 1))
_UNITS: tuple[Cells, ...] = ((0, 2), (3, 4), (5, 5), (6, 6))
_PARTS: tuple[Cells, ...] = ((1, 2), *_UNITS[1:])
_HOMES: tuple[Cells, ...] = ((0, 1), (2, 4), (5, 5), (6, 6))
_KIND: Cells = (_LAST - 1, _LAST - 1)
_NOTE: tuple[Cells, ...] = ((0, 0), (1, _LAST))

_SIZE, _LETTER_SIZE, _TITLE_SIZE, _NOTE_SIZE = FONT_SIZE, 10, 12, 8  # points
_ROW, _HEADING, _GAP = 14.25, 15.75, 6.0  # heights in points, whole pixels


def form_xlsx(sheet: FormSheet) -> bytes:
    """Return a form as a workbook with one worksheet. The same form gives the same bytes.

    Raises UnprintableError.
    """
    from xlsxwriter import Workbook

    require_printable(printed(sheet))
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        created = dt.datetime.combine(sheet.day, dt.time(), dt.UTC)
        book.set_properties({"title": sheet.title, "subject": sheet.heading, "created": created})
        draw_form(book, sheet)
    return content.getvalue()


def draw_form(book: "Workbook", sheet: FormSheet) -> None:
    """Draw a form as the next worksheet of a workbook."""
    _Form(book, sheet).draw()


class _Form(Pages):
    """A form, drawn from the letter down to the notes."""

    def __init__(self, book: "Workbook", sheet: FormSheet) -> None:
        super().__init__(book, sheet.name)
        self.sheet = sheet

    def draw(self) -> None:
        self.set_columns(_COLUMN_MM)
        self._letter()
        units, homes = self.sheet.units, self.sheet.backup
        self._line(_HEADING, units.heading, self.style())
        self.cells(_UNITS, ("", *units.columns), self.boxed(align="center", shrink=True))
        self.end_row(_ROW)
        for row in units.rows:
            self._counts(_UNITS, row)
            first = self.row
            for part in row.parts:
                self._counts(_PARTS, part)
            if first < self.row - 1:
                self.page.merge_range(first, 0, self.row - 1, 0, "", self.boxed())
            elif first == self.row - 1:
                self.page.write_blank(first, 0, None, self.boxed())
        self.end_row(_GAP)
        self._line(_HEADING, homes.heading, self.style())
        self.cells(_HOMES, homes.columns, self.boxed(align="center", text_wrap=True))
        self.end_row(26.25)
        self.cells(_HOMES, homes.counts, self._count_style())
        self.end_row(_ROW)
        self.end_row(_GAP)
        self._list_and_notes()
        self.page.print_area(0, 0, self.row - 1, _LAST)
        self.set_up(self.sheet.footer, fictitious=self.sheet.fictitious)

    def _line(self, height: float, text: str, style: "Format") -> None:
        self.cell(_ACROSS, text, style)
        self.end_row(height)

    def _wrapped(self, text: str) -> None:
        """Write a text across all columns, in as many lines as it needs."""
        style = self.style(text_wrap=True)
        self._line(wrapped_height(text, sum(_COLUMN_MM), _SIZE) + 2, text, style)

    def _letter(self) -> None:
        sheet, size = self.sheet, {"font_size": _LETTER_SIZE}
        right = self.style(**size, align="right", shrink=True)
        if sheet.correction is None:
            self._line(_ROW, sheet.heading, self.style(**size))
        else:
            self._line(_ROW, f"{sheet.heading}　{sheet.correction.mark}", self.style(**size))
        self._line(_ROW, sheet.number, right)
        self._line(_ROW, sheet.date, right)
        self._line(20.25, sheet.addressee, self.style(**size, indent=1))
        if len(sheet.bodies) == 1:
            self._line(20.25, f"{sheet.bodies[0]}　{sheet.officer}", right)
        else:
            # the kinds of authorities below each other, the officer to their right
            first, kind = self.row, self.style(**size, align="center")
            for body in sheet.bodies:
                self.cell(_KIND, body, kind)
                self.end_row(13.5)
            officer = self.style(**size, shrink=True)
            self.page.merge_range(first, _LAST, self.row - 1, _LAST, "", officer)
            self.page.write_string(first, _LAST, sheet.officer, officer)
        self._line(
            32.25, sheet.title, self.style(font_size=_TITLE_SIZE, align="center", shrink=True)
        )
        self._line(24, f"　{sheet.opening}", self.style(text_wrap=True))
        if sheet.correction is not None:
            self._wrapped(f"　{sheet.correction.reason}")

    def _counts(self, places: tuple[Cells, ...], row: CountRow) -> None:
        self.cell(places[0], row.label, self.boxed(indent=1, shrink=True))
        self.cells(places[1:], row.counts, self._count_style())
        self.end_row(_ROW)

    def _count_style(self) -> "Format":
        return self._figure_style(f'0"{self.sheet.places}"')

    def _figure_style(self, number_format: str, **properties: object) -> "Format":
        return self.boxed(align="right", indent=1, num_format=number_format, **properties)

    def _list_and_notes(self) -> None:
        """Draw table 3 and the notes; on the first page if there is room."""
        table, first = self.sheet.listed, self.row
        self.page.repeat_rows(first, first + 1)
        self._line(_HEADING, table.heading, self.style())
        self.cells(_LIST, table.columns, self.boxed(align="center", text_wrap=True))
        self.end_row(38.25)
        mark, name = self.boxed(align="center"), self.boxed(text_wrap=True, indent=1)
        unit = self.sheet.persons
        capacity = self._figure_style(f'0"{unit}"')
        # LibreOffice loses the indent of a text that repeats the one before it in the same style.
        staff = self._figure_style(f'General"{unit}"', text_wrap=True)
        starts, heights = [], []
        for page in table.pages:
            starts.append(self.row)
            for line in page:
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
            heights.append(self.height)
        self._notes()
        on_first_page = heights[0] if len(table.pages) > 1 else self.height
        breaks = starts[1:] if on_first_page <= PAGE_HEIGHT else [first, *starts[1:]]
        self.page.set_h_pagebreaks(breaks)

    def _notes(self) -> None:
        style = self.style(font_size=_NOTE_SIZE, valign="top", text_wrap=True)
        self.end_row(_GAP / 2)
        for note in self.sheet.notes:
            self.cells(_NOTE, (note.mark, note.text), style)
            self.end_row(wrapped_height(note.text, sum(_COLUMN_MM[1:]), _NOTE_SIZE))
        if self.sheet.correction is not None:
            self.end_row(_GAP)
            for line in (self.sheet.correction.heading, *self.sheet.correction.lines):
                self._wrapped(line)
