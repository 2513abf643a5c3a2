"""The office's queue: what waits, for how long, and which certified add-ons no longer hold."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from shokibo import calendar
from shokibo.ledger.tables import ADDONS
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.language import labels
from shokibo.web.base.parameters import PagedQuery, asks, choice_field, row_field, year_field
from shokibo.web.certification.deadlines import homes_due
from shokibo.web.certification.history import is_inside
from shokibo.web.certification.lapsed import lapsed_applications
from shokibo.web.certification.models import STATES, Application
from shokibo.web.register.models import Home

PAGE = 50
WAITING = ("submitted", "proposed")


@dataclass(frozen=True)
class Waiting:
    """A row of the queue; `days` counts since it came to who has to act."""

    application: Application
    days: int | None


class QueueQuery(PagedQuery):
    """Applications by state, home, add-on and year; `all` ticks every row."""

    state = choice_field(gettext_lazy("状態"), labels(STATES) | {"any": gettext_lazy("すべて")})
    home = row_field(gettext_lazy("施設"))
    addon = choice_field(gettext_lazy("加算"), labels(ADDONS))
    year = year_field()
    all = choice_field(gettext_lazy("選ぶ"), {"1": gettext_lazy("すべて")})

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.offer("home", self.request.office.rows(Home, Permission.APPLICATION_READ))


@office_page(Permission.APPLICATION_READ)
@asks(QueueQuery)
def queue(request: HttpRequest, office: Office, *, asked: QueueQuery) -> HttpResponse:
    """List applications by state, home, add-on and year. A home is led to its own list."""
    if not is_inside(office):
        return redirect("certification:applications", office.authority.code)
    chosen = asked.given
    scope = office.rows(Application, Permission.APPLICATION_READ)
    among = _filtered(scope, chosen)
    counts = dict(among.values_list("state").annotate(Count("pk")).order_by())
    rows = _of_state(among, chosen["state"]).select_related("home", "unit", "proposed_by")
    page = asked.page_of(rows.order_by("fiscal_year", "applied_on", "pk"), PAGE)
    due = homes_due(office.authority, today())
    context = {
        "page": page,
        "rows": [Waiting(row, _days(row)) for row in page],
        "states": [(code, name, counts.get(code, 0)) for code, name in labels(STATES).items()],
        "waiting": sum(counts.get(code, 0) for code in WAITING),
        "chosen": chosen,
        "homes": office.homes(Permission.APPLICATION_READ),
        "addons": labels(ADDONS),
        "years": years_of(scope, chosen["year"]),
        "lapsed": lapsed_applications(office.authority, _looked_at(chosen["year"])),
        "due": due,
        "days_left": due.days_left(today()),
        "all": chosen["all"] == "1",
        "examines": office.may(Permission.APPLICATION_EXAMINE),
        "decides": office.may(Permission.APPLICATION_DECIDE),
    }
    return render(request, "certification/queue.html", context)


def years_of(rows: QuerySet[Application], chosen: int | None) -> list[int]:
    """Give the years that have applications, the latest first, and the one chosen."""
    years = set(rows.values_list("fiscal_year", flat=True))
    return sorted(years if chosen is None else years | {chosen}, reverse=True)


def _filtered(rows: QuerySet[Application], chosen: dict[str, Any]) -> QuerySet[Application]:
    wanted = {"home": chosen["home"], "addon": chosen["addon"], "fiscal_year": chosen["year"]}
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def _of_state(rows: QuerySet[Application], state: str) -> QuerySet[Application]:
    """Give the rows of a state; without one those that wait, with `all` every one."""
    if state == "any":
        return rows
    return rows.filter(state__in=(state,) if state in STATES else WAITING)


def _days(row: Application) -> int | None:
    """Count the days since it was submitted, or since it was proposed."""
    if row.state == "proposed" and row.proposed_at is not None:
        return max(0, _since(localtime(row.proposed_at).date()))
    if row.state == "submitted" and row.applied_on is not None:
        return _since(row.applied_on)
    return None


def _since(day: dt.date) -> int:
    return (today() - day).days


def _looked_at(year: int | None) -> list[int]:
    """Give the year asked for, or this one and the last, which is still to be reported."""
    if year is not None:
        return [year]
    now = calendar.fiscal_year_of(today())
    return [now, now - 1]
