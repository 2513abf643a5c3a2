"""The deadlines of the year as the start page shows them."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from shokibo import calendar
from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.certification.deadlines import FORM_1_DUE, FORM_2_DUE, HOMES_DUE, next_homes_due
from shokibo.web.returns.deadlines import FormDeadline, deadlines_of
from shokibo.web.returns.models import Return

SOON_DAYS = 14


@dataclass(frozen=True)
class Due:
    """A deadline: what is due when, whether it is done, where it leads, where it is changed."""

    what: Text
    day: dt.date
    days_left: int
    url: str = ""
    change_url: str = ""
    done: bool = False
    ground: str = ""
    year: int | None = None

    @property
    def overdue(self) -> bool:
        """Whether its day has passed and it is not done."""
        return not self.done and self.days_left < 0

    @property
    def is_soon(self) -> bool:
        """Whether it is less than two weeks away."""
        return self.days_left < SOON_DAYS

    @property
    def days_over(self) -> int:
        """How many days ago it was."""
        return -self.days_left


def deadlines(office: Office, day: dt.date) -> list[Due]:
    """Return the person's deadlines: a home's own, of an office the forms too."""
    code, coming = office.authority.code, next_homes_due(office.authority, day)
    changes = office.may(Permission.REGISTER_WRITE)
    found = []
    if office.may(Permission.APPLICATION_READ):
        found.append(
            Due(
                HOMES_DUE,
                coming.due,
                coming.days_left(day),
                reverse("certification:queue", args=[code]),
                reverse("today:homes_due", args=[code]) if changes else "",
            )
        )
    if not office.may(Permission.RETURN_READ):
        return found
    # both forms due this April; once sent and past, those of the next
    this_year = calendar.fiscal_year_of(day)
    forms = [(form, year - form + 1) for year in (this_year, this_year + 1) for form in (1, 2)]
    sent = set(
        office.rows(Return, Permission.RETURN_READ)
        .filter(state="submitted", fiscal_year__in={year for _form, year in forms})
        .values_list("form", "fiscal_year")
    )
    known = deadlines_of(office.authority, forms)
    for now, then in zip(forms[:2], forms[2:], strict=True):
        is_over = known[now].due < day if now in sent else not known[now].awaited
        key = then if is_over else now
        if known[key].awaited:
            found.append(_form(office, known[key], day, done=key in sent))
    return found


def _form(office: Office, one: FormDeadline, day: dt.date, *, done: bool) -> Due:
    at = [office.authority.code, one.form, one.fiscal_year]
    return Due(
        FORM_1_DUE if one.form == 1 else FORM_2_DUE,
        one.due,
        (one.due - day).days,
        reverse("returns:form", args=at),
        reverse("returns:deadline", args=at)
        if office.may(Permission.RETURN_DRAFT) and not done
        else "",
        done,
        one.ground,
        one.fiscal_year,
    )
