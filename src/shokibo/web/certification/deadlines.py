"""The year's deadlines: homes' applications, and both forms to the ministry (子発1004第5号 4)."""

import datetime as dt
from dataclasses import dataclass

from shokibo import calendar
from shokibo.texts import Text
from shokibo.web.register.models import Authority
from shokibo.web.returns.deadlines import deadlines_of

HOMES_DUE = Text("施設からの申請の期限", "Homes' applications are due")
FORM_1_DUE = Text("様式1(申請と認定の状況)の報告の期限", "Form 1 is due")
FORM_2_DUE = Text("様式2(前年度の実績)の報告の期限", "Form 2 is due")


@dataclass(frozen=True)
class Deadline:
    """What is due on a day; `code` names it."""

    code: str
    what: Text
    due: dt.date

    def days_left(self, day: dt.date) -> int:
        """Count the days from a day; negative where it has passed."""
        return (self.due - day).days


def homes_due(authority: Authority, day: dt.date) -> Deadline:
    """Return the day of this fiscal year by which the authority's homes apply."""
    month, day_of_month = (int(part) for part in authority.homes_due.split("-"))
    year = calendar.fiscal_year_of(day)
    first = dt.date(year if month >= calendar.FIRST_MONTH else year + 1, month, 1)
    last = calendar.month_end(first)  # 02-30 and the like end with the month
    due = first.replace(day=min(day_of_month, last.day))
    return Deadline("homes", HOMES_DUE, due)


def next_homes_due(authority: Authority, day: dt.date) -> Deadline:
    """Return the next such day that has not passed; in March it is the coming year's."""
    of_this_year = homes_due(authority, day)
    if of_this_year.due >= day:
        return of_this_year
    return homes_due(authority, calendar.fiscal_year_start(calendar.fiscal_year_of(day) + 1))


def forms_due(authority: Authority, day: dt.date) -> list[Deadline]:
    """Return the deadlines of the forms expected of an authority this fiscal year."""
    year = calendar.fiscal_year_of(day)
    of_1, of_2 = deadlines_of(authority, [(1, year), (2, year - 1)]).values()
    both = (("form1", FORM_1_DUE, of_1), ("form2", FORM_2_DUE, of_2))
    return [Deadline(code, what, form.due) for code, what, form in both if form.awaited]
