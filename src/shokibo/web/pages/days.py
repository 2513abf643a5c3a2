"""Typed days: how an input's text is read, and a calendar to pick a day from."""

import calendar as weeks
import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shokibo import calendar
from shokibo.ledger.columns import Column, Kind
from shokibo.web.base.clock import today
from shokibo.web.base.forms import LedgerField
from shokibo.web.base.parameters import Query, asks, choice_field, words_field
from shokibo.web.base.words import in_both_counts

KINDS = {kind.value: kind for kind in (Kind.DATE, Kind.MONTH, Kind.FISCAL_YEAR)}
FIRST_YEAR = 1989
YEARS_AHEAD = 20
_SUNDAY_FIRST = weeks.Calendar(weeks.SUNDAY)


class TypedQuery(Query):
    """The text of an input, its kind, and whether it is a last day."""

    text = words_field(gettext_lazy("日付"))
    kind = choice_field(gettext_lazy("区分"), list(KINDS))
    last = forms.BooleanField(required=False)


@require_GET
@asks(TypedQuery)
def words(request: HttpRequest, asked: TypedQuery) -> HttpResponse:
    """Show how the text is read, in both calendars, or why it can't be."""
    kind = KINDS.get(asked.given["kind"], Kind.DATE)
    column = Column("day", _("日付"), kind, is_last_day=asked.given["last"])
    try:
        read = LedgerField(column, required=False).clean(asked.given["text"])
    except ValidationError as error:
        return HttpResponse(" ".join(error.messages), content_type="text/plain; charset=utf-8")
    described = "" if read is None else in_both_counts(read, kind)
    return HttpResponse(described, content_type="text/plain; charset=utf-8")


class CalendarQuery(Query):
    """The month shown, and the input's text, whose day is marked."""

    text = words_field(gettext_lazy("日付"))
    year = forms.IntegerField(required=False, min_value=FIRST_YEAR, max_value=2100)
    month = forms.IntegerField(required=False, min_value=1, max_value=12)


@require_GET
@asks(CalendarQuery)
def month_page(request: HttpRequest, asked: CalendarQuery) -> HttpResponse:
    """Render a month's days as buttons, with years in both calendars; a fragment of a page."""
    try:
        chosen = calendar.parse_date(asked.given["text"])
    except ValueError:
        chosen = None
    start = chosen or today()
    year, month = asked.given["year"] or start.year, asked.given["month"] or start.month
    first = dt.date(year, month, 1)
    last_year = max(today().year + YEARS_AHEAD, year)
    context: dict[str, Any] = {
        "first": first,
        "years": range(min(FIRST_YEAR, year), last_year + 1),
        "months": range(1, 13),
        "weeks": _SUNDAY_FIRST.monthdatescalendar(year, month),
        "chosen": chosen,
        "today": today(),
        "before": (first - dt.timedelta(days=1)).replace(day=1),
        "after": calendar.month_end(first) + dt.timedelta(days=1),
    }
    return render(request, "pages/calendar.html", context)
