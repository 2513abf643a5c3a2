"""What an officer has to check on a form before sending it, as a separate workbook."""

import datetime as dt
from collections.abc import Iterable
from io import BytesIO

from shokibo.documents.drawing.worksheet import Cells, Pages, wrapped_height
from shokibo.ledger.findings import FindingReport

SHEET = "確認事項"
HINT = "提出の前に確かめる事項です。提出する様式には含まれません。"
NOTHING = "確認する事項はありません。"
_COLUMN_MM = (55, 130)
_COLUMNS: tuple[Cells, ...] = ((0, 0), (1, 1))
_SIZE, _GAP = 10, 6.0  # points


def notes_xlsx(
    title: str, day: dt.date, notes: Iterable[FindingReport], *, fictitious: bool
) -> bytes:
    """Return the notes of a form as a workbook. The same notes give the same bytes.

    `title` names the form, as its footer does; `day` is the form's date.
    """
    from xlsxwriter import Workbook

    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        created = dt.datetime.combine(day, dt.time(), dt.UTC)
        book.set_properties({"title": f"{title}　{SHEET}", "created": created})
        pages = Pages(book, SHEET)
        pages.set_columns(_COLUMN_MM)
        rows = [(note.place, note.message) for note in notes]
        pages.cell(_COLUMNS[0], HINT if rows else NOTHING, pages.style(font_size=_SIZE))
        pages.end_row(20.25)
        pages.page.repeat_rows(pages.row)
        pages.cells(_COLUMNS, ("箇所", "内容"), pages.boxed(font_size=_SIZE, align="center"))
        pages.end_row(15.75)
        body = pages.boxed(font_size=_SIZE, text_wrap=True)
        for row in rows:
            pages.cells(_COLUMNS, row, body)
            heights = map(wrapped_height, row, _COLUMN_MM, (_SIZE, _SIZE))
            pages.end_row(max(heights) + _GAP)
        pages.set_up(f"{title}　{SHEET}", fictitious=fictitious)
    return content.getvalue()
