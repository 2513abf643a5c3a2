"""Which forms are expected, and by when.

A form is due on the day of the Notification, or on a later one whose ground is entered. One of a
year before the authority began to report with this system is not expected; it may be marked as sent
on paper.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from shokibo.returns.counted import FormNumber, period_of
from shokibo.web.register.models import Authority
from shokibo.web.returns.models import LaterDeadline, PaperReturn


@dataclass(frozen=True)
class FormDeadline:
    """A form's deadline. `ground` is blank if the day is that of the Notification."""

    form: int
    fiscal_year: int
    statutory: dt.date
    later: LaterDeadline | None
    awaited: bool
    """Whether the authority reports its year with this system."""
    paper: PaperReturn | None
    """The mark of a form sent on paper."""

    @property
    def due(self) -> dt.date:
        """The day in force."""
        return self.later.day if self.later else self.statutory

    @property
    def ground(self) -> str:
        """Why it is later than the statutory day."""
        return self.later.ground if self.later else ""


def deadlines_of(
    authority: Authority, asked: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], FormDeadline]:
    """Return the deadlines of forms and years."""
    later = {
        (row.form, row.fiscal_year): row
        for row in LaterDeadline.objects.filter(authority=authority)
    }
    paper = {
        (row.form, row.fiscal_year): row for row in PaperReturn.objects.filter(authority=authority)
    }
    return {
        (form, year): FormDeadline(
            form,
            year,
            statutory(form, year),
            later.get((form, year)),
            is_awaited(authority, year),
            paper.get((form, year)),
        )
        for form, year in asked
    }


def is_awaited(authority: Authority, year: int) -> bool:
    """Whether the forms of a year are expected here: all, until a first year is set."""
    return authority.reports_from is None or year >= authority.reports_from


def deadline_of(authority: Authority, form: int, year: int) -> FormDeadline:
    """Return the deadline of one form and year."""
    return deadlines_of(authority, [(form, year)])[form, year]


def statutory(form: int, year: int) -> dt.date:
    """Return the last business day not after 30 April that the form is due on."""
    return period_of(cast("FormNumber", form), year).deadline
