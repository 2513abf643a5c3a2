"""The office's queue: what waits, for how long, and which certified add-ons no longer hold."""

import datetime as dt

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo import calendar
from shokibo.ledger.tables import ADDONS
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.language import labels
from shokibo.web.base.parameters import asks, choice_field, row_field, year_field
from shokibo.web.base.words import month
from shokibo.web.certification.deadlines import homes_due
from shokibo.web.certification.history import is_inside
from shokibo.web.certification.lapsed import lapsed_applications
from shokibo.web.certification.models import STATES, Application
from shokibo.web.certification.views.steps import url_of
from shokibo.web.pages.listing import Column, Listing, ListQuery, lines, link, list_page, note
from shokibo.web.pages.templatetags.pages import badge
from shokibo.web.register.models import Home
from shokibo.web.store.rules import Rules

WAITING = ("submitted", "proposed")


class QueueQuery(ListQuery):
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
    wanted = {"home": chosen["home"], "addon": chosen["addon"], "fiscal_year": chosen["year"]}
    among = scope.filter(**{name: value for name, value in wanted.items() if value})
    counts = dict(among.values_list("state").annotate(Count("pk")).order_by())
    rows = _of_state(among, chosen["state"]).select_related("home", "unit", "proposed_by")
    due = homes_due(office.authority, today())
    examines = office.may(Permission.APPLICATION_EXAMINE)
    decides = office.may(Permission.APPLICATION_DECIDE)
    now = calendar.fiscal_year_of(today())
    # without a year this one and the last, which is still to be reported
    years = [now, now - 1] if chosen["year"] is None else [chosen["year"]]
    context = {
        "states": [(code, name, counts.get(code, 0)) for code, name in labels(STATES).items()],
        "waiting": sum(counts.get(code, 0) for code in WAITING),
        "chosen": chosen,
        "homes": office.homes(Permission.APPLICATION_READ),
        "addons": labels(ADDONS),
        "years": years_of(scope, chosen["year"]),
        "lapsed": lapsed_applications(Rules(office.authority), years),
        "due": due,
        "days_left": due.days_left(today()),
        "examines": examines,
        "decides": decides,
    }
    ticks = (chosen["all"] == "1") if examines or decides else None
    ordered = rows.order_by("fiscal_year", "applied_on", "pk")
    template = "certification/queue.html"
    return list_page(request, asked, _listing(office, ticks=ticks), ordered, template, **context)


def _listing(office: Office, *, ticks: bool | None) -> Listing:
    """Declare the queue: with ticks or without, or with nothing to tick."""
    tick = Column("", _("選ぶ"), cell=lambda row: _tick(row, ticked=ticks or False))
    columns = [
        Column(
            "code",
            _("申請ID"),
            cell=lambda row: link(url_of(office, row.pk), row.code),
            names_row=True,
        ),
        Column(
            "home__name",
            _("施設・生活単位"),
            lambda row: f"{row.home} {row.unit or ''}".strip(),
            lambda row: lines(row.home, row.unit),
        ),
        Column("addon", _("加算")),
        Column("start_month", _("適用開始月"), cell=lambda row: month(row.start_month), look="day"),
        Column("requested_extra", _("申請"), look="number"),
        Column("state", _("状態"), cell=_state),
        Column("applied_on", _("申請日"), look="day"),
        Column("days", _("待ち日数"), _days, look="number"),
    ]
    shown = columns if ticks is None else [tick, *columns]
    return Listing("申請", shown, empty=_("該当する申請はありません"))


def _tick(row: Application, *, ticked: bool) -> SafeString:
    words = _("%(code)sを選ぶ") % {"code": row.code}
    html = '<input type="checkbox" name="pk" value="{}" aria-label="{}"{}>'
    return format_html(html, row.pk, words, SafeString(" checked") if ticked else "")


def _state(row: Application) -> SafeString:
    state, proposed = badge(row.state, row.get_state_display()), ""
    if row.state == "proposed":
        extra = f"{row.proposed_extra}{_('人')}" if row.proposed_extra else ""
        proposed = note(row.get_proposal_display(), extra, row.proposed_by)
    return lines(state, proposed)


def years_of(rows: QuerySet[Application], chosen: int | None) -> list[int]:
    """Return the years that have applications, the latest first, and the one chosen."""
    years = set(rows.values_list("fiscal_year", flat=True))
    return sorted(years if chosen is None else years | {chosen}, reverse=True)


def _of_state(rows: QuerySet[Application], state: str) -> QuerySet[Application]:
    """Return the rows of a state; without one those that wait, with `all` every one."""
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
