"""The forms received, as a workbook: the sum in the form's layout, charts, tables."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from shokibo.documents.charts import Chart, Series
from shokibo.documents.drawn_charts import SHARPNESS, pngs
from shokibo.documents.forms.layout import FormSheet, Line, form_sheet, in_pages
from shokibo.documents.forms.xlsx import draw_form
from shokibo.law.parameters import Law
from shokibo.returns import words
from shokibo.returns.counted import period_of
from shokibo.returns.filed.answer import sum_of
from shokibo.returns.filed.nation import NationTable, nation_tables
from shokibo.returns.filed.received import Received
from shokibo.returns.forms import KINDS, BackupCounts, Form, KindCounts
from shokibo.returns.rollup import RollUp
from shokibo.texts import Language

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

NATION = "全国"
CHARTS = "図"
_SIZES = ("4", "5", "6")
_WIDEST, _MARGIN = 60, 2  # characters per column
_MARKS: dict[bool | None, str] = {True: words.YES, False: words.NO}
_PICTURE_ROWS = 18


def nation_xlsx(received: Received, law: Law, day: dt.date, language: Language) -> bytes:
    """Return the workbook. The same input gives the same bytes."""
    from xlsxwriter import Workbook

    content = BytesIO()
    sheet = nation_sheet(received, law)
    with Workbook(content, {"in_memory": True}) as book:
        created = dt.datetime.combine(day, dt.time(), dt.UTC)
        book.set_properties({"title": sheet.title, "author": NATION, "created": created})
        draw_form(book, sheet)
        _draw_charts(book.add_worksheet(CHARTS), sum_of(received))
        for table in nation_tables(received, language):
            _draw(book, table, language)
    return content.getvalue()


def nation_sheet(received: Received, law: Law) -> FormSheet:
    """Lay out the sum of all forms like the form, with the lines of all lists."""
    summed = sum_of(received)
    period = period_of(received.form, received.year)
    sizes = [str(size) for size in law.listed("report_capacities", period.due)]
    none = {"total": 0, **dict.fromkeys(sizes, 0)}
    units = {kind: _whole(summed.units.get(kind), none) for kind in (*KINDS, "total")}
    backup = BackupCounts(*(summed.backup.get(name, 0) for name in words.BACKUP))
    form = Form(period, units, backup, [], ())
    sheet = form_sheet(
        form, law, number=None, date=None, officer="", authority=NATION, fictitious=False
    )
    lines = [
        Line(
            number,
            row.unit_name.value or "",
            row.capacity.value,
            _MARKS.get(row.dispersal.value, ""),
            Decimal(row.staff.value) if row.staff.value else None,
            row.home_name.value or "",
            _MARKS.get(row.backup.value, ""),
        )
        for number, row in enumerate(
            (row for one in received.submissions if one.filed for row in one.filed.rows), start=1
        )
    ]
    return replace(sheet, listed=replace(sheet.listed, pages=in_pages(lines, law, period.due)))


def _whole(counts: KindCounts | None, none: dict[str, int]) -> KindCounts:
    """Return counts with every row that the form prints; nothing was received for missing ones."""
    if counts is None:
        return KindCounts(0, none, none)
    return KindCounts(counts.units, none | counts.applied, none | counts.certified)


def _draw_charts(page: "Worksheet", summed: RollUp) -> None:
    charts = (_steps(summed), _by_places(summed))
    titles = ("生活単位、申請、認定(種別ごと)", "認定か所数(定員ごと、種別ごと)")
    for number, (title, picture) in enumerate(zip(titles, pngs(charts), strict=True)):
        row = number * _PICTURE_ROWS
        page.write_string(row, 0, f"図{number + 1}　{title}")
        options = {
            "image_data": BytesIO(picture),
            "x_scale": 1 / SHARPNESS,
            "y_scale": 1 / SHARPNESS,
            "description": title,
        }
        page.insert_image(row + 1, 0, "chart.png", options)


def _steps(summed: RollUp) -> Chart:
    bars = tuple(
        Series(
            words.KINDS[kind].ja,
            (counts.units, counts.applied["total"], counts.certified["total"])
            if (counts := summed.units.get(kind))
            else (0, 0, 0),
        )
        for kind in KINDS
    )
    return Chart(("生活単位", "申請", "認定"), bars, unit=words.PLACES.ja)


def _by_places(summed: RollUp) -> Chart:
    bars = tuple(
        Series(
            words.KINDS[kind].ja,
            tuple(
                counts.certified.get(size, 0) if (counts := summed.units.get(kind)) else 0
                for size in _SIZES
            ),
        )
        for kind in KINDS
    )
    labels = tuple(words.OF_CAPACITY.say("ja", capacity=size) for size in _SIZES)
    return Chart(labels, bars, unit=words.PLACES.ja)


def _draw(book: "Workbook", table: NationTable, language: Language) -> None:
    page = book.add_worksheet(table.title.say(language))
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    titles = [title.say(language) for _, _, title in table.columns]
    for column, title in enumerate(titles):
        page.write_string(0, column, title, head)
        longest = max((len(str(row[column])) for row in table.rows), default=0)
        width = min(max(longest, min(len(title), 12)), _WIDEST) + _MARGIN
        page.set_column(column, column, width * (2 if table.columns[column][1] == "string" else 1))
    for number, row in enumerate(table.rows, start=1):
        for column, value in enumerate(row):
            match value:
                case None:
                    page.write_blank(number, column, None, body)
                case bool():
                    page.write_string(number, column, _MARKS[value], body)
                case int():
                    page.write_number(number, column, value, body)
                case str():
                    page.write_string(number, column, value, body)
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, max(len(table.rows), 1), len(titles) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
