"""Tables as CSV and workbooks, whose cells hold days and numbers as such, and no formulas."""

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime
from xlsxwriter import Workbook

from shokibo.formulas import escaped
from shokibo.web.base.words import circle

Table = Sequence[Sequence[object]]
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff]|^'|'$")
_LONGEST_SHEET_NAME = 31


def in_file(value: object) -> Any:
    """Convert a value for a file: days and numbers as such, all else to text."""
    if isinstance(value, dt.datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return circle(value)
    if value is None:
        return ""
    return value if isinstance(value, int | Decimal | dt.date) else str(value)


def csv_of(table: Table) -> bytes:
    """Return a table as CSV that Excel opens correctly and without formulas."""
    out = io.StringIO(newline="")
    rows = ([escaped(str(in_file(cell))) for cell in row] for row in table)
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_of(tables: Mapping[str, Table]) -> bytes:
    """Return tables as a workbook, a sheet each, without formulas."""
    content = io.BytesIO()
    texts = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    with Workbook(content, {**texts, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, table in tables.items():
            sheet = book.add_worksheet(_sheet_name(name, [one.name for one in book.worksheets()]))
            for place, row in enumerate(table):
                sheet.write_row(place, 0, map(in_file, row))
            sheet.freeze_panes(1, 0)
            sheet.autofit()
    return content.getvalue()


def _sheet_name(name: str, taken: Sequence[str]) -> str:
    """Make a sheet name that Excel accepts and that is not taken."""
    plain = " ".join(_NOT_IN_A_SHEET_NAME.sub(" ", name).split()) or "1"
    known = {one.casefold() for one in (*taken, "history")}
    made, number = _cut(plain, _LONGEST_SHEET_NAME), 1
    while made.casefold() in known:
        number += 1
        end = f" ({number})"
        made = _cut(plain, _LONGEST_SHEET_NAME - len(end)) + end
    return made


def _cut(name: str, length: int) -> str:
    """Truncate a name as Excel counts: a character beyond the first plane is two."""
    return name.encode("utf-16-le")[: 2 * length].decode("utf-16-le", "ignore")
