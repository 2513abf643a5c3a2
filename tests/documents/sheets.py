"""Forms to draw: the examples', and made ones with any number of lines."""

import dataclasses
import datetime as dt
from functools import cache
from pathlib import Path

from msgspec import structs

from shokibo.documents.forms.layout import FormSheet, form_sheet
from shokibo.law.parameters import national_law
from shokibo.ledger.reading import read_ledger
from shokibo.returns.counted import FormNumber
from shokibo.returns.forms import Form, FormRow, fill_form
from shokibo.rounding import tenths

EXAMPLES = Path(__file__).parents[2] / "examples"


@cache
def form(example: str = "form1", number: FormNumber = 1, year: int = 2022) -> Form:
    """Fill a form from an example."""
    return fill_form(read_ledger(EXAMPLES / example), national_law(), number, year)


def sheet_of(
    filled: Form,
    *,
    number: str | None = None,
    date: dt.date | None = None,
    officer: str | None = None,
    authority: str | None = None,
    fictitious: bool = False,
) -> FormSheet:
    """Lay out a form by the law of the sources; what is not given stays blank."""
    return form_sheet(
        filled,
        national_law(),
        number=number,
        date=date,
        officer=officer,
        authority=authority,
        fictitious=fictitious,
    )


def made_row(
    *,
    unit_name: str = "",
    capacity: int | None = 6,
    dispersal: bool = True,
    staff: int | None = 60,
    home_name: str = "架空学園",
) -> FormRow:
    """Return a row of the list."""
    printed = None if staff is None else tenths(staff).removesuffix(".0")
    return FormRow(1, unit_name, capacity, dispersal, printed, home_name, backup=True)


def sheet_with_rows(
    count: int, like: FormRow | None = None, *, fictitious: bool = False
) -> FormSheet:
    """Lay out form 1 with so many rows like one; a unit without a name is 第1の家, 第2の家."""
    pattern = like or made_row()
    rows = [
        structs.replace(pattern, number=number, unit_name=pattern.unit_name or f"第{number}の家")
        for number in range(1, count + 1)
    ]
    return sheet_of(dataclasses.replace(form(), rows=rows), fictitious=fictitious)
