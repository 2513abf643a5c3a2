"""The office's queue: what waits, for how long, and which certified add-ons no longer hold."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any, cast

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shokibo import calendar
from shokibo.ledger.tables import ADDONS
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.language import labels
from shokibo.web.base.parameters import asks
from shokibo.web.base.words import bracketed, month
from shokibo.web.certification.deadlines import homes_due
from shokibo.web.certification.history import is_inside
from shokibo.web.certification.judgement import Asked, figures_by_request, is_eligible
from shokibo.web.certification.lapsed import lapsed_applications
from shokibo.web.certification.models import STATES, Application
from shokibo.web.certification.transitions import PROCESS
from shokibo.web.certification.views.asking import OTHERS, OUTCOMES, QueueQuery, at
from shokibo.web.certification.views.steps import url_of
from shokibo.web.pages.listing import (
    Column,
    Listing,
    Rows,
    acts,
    lines,
    link,
    list_page,
    note,
    tick,
)
from shokibo.web.pages.templatetags.pages import ANSWERS, answer_code, badge, eligible
from shokibo.web.store.rules import Rules

WAITING = ("submitted", "proposed")


@office_page(Permission.APPLICATION_READ)
@asks(QueueQuery)
def queue(request: HttpRequest, office: Office, *, asked: QueueQuery) -> HttpResponse:
    """List applications by state, home, add-on and year. A home is led to its own list."""
    if not is_inside(office):
        return redirect("certification:applications", office.authority.code)
    chosen = asked.given
    scope, among = _among(office, asked)
    counts = dict(among.values_list("state").annotate(Count("pk")).order_by())
    due = homes_due(office.authority, today())
    examines = office.may(Permission.APPLICATION_EXAMINE)
    decides = office.may(Permission.APPLICATION_DECIDE)
    now = calendar.fiscal_year_of(today())
    # without a year this one and the last, which is still to be reported
    years = [now, now - 1] if chosen["year"] is None else [chosen["year"]]
    context: dict[str, Any] = {
        "states": [(code, name, counts.get(code, 0)) for code, name in labels(STATES).items()],
        "waiting": among.filter(_to_do(office)).count(),
        "others": among.filter(_waits_for_others(office)).count(),
        "chosen": chosen,
        "homes": office.homes(Permission.APPLICATION_READ),
        "addons": labels(ADDONS),
        "outcomes": OUTCOMES,
        "years": years_of(scope, chosen["year"]),
        "lapsed": lapsed_applications(Rules(office.authority), years),
        "due": due,
        "days_left": due.days_left(today()),
        "from_list": at(request),
        "examines": examines,
        "decides": decides,
    }
    ticks = (chosen["all"] == "1") if examines or decides else None
    template = "certification/queue.html"
    compute = partial(judge, office)
    rows = rows_of(office, asked)
    listing = listing_of(office, ticks=ticks, at=at(request))
    return list_page(request, asked, listing, rows, template, compute=compute, **context)


def _among(
    office: Office, asked: QueueQuery
) -> tuple[QuerySet[Application], QuerySet[Application]]:
    """Return all applications that the person sees, and those of the home, add-on and year."""
    chosen = asked.given
    scope = office.rows(Application, Permission.APPLICATION_READ)
    wanted = {"home": chosen["home"], "addon": chosen["addon"], "fiscal_year": chosen["year"]}
    return scope, scope.filter(**{name: value for name, value in wanted.items() if value})


def rows_of(office: Office, asked: QueueQuery) -> Rows:
    """Return the applications of the state and outcome that are asked for.

    Without a state they are those to work on.
    """
    _scope, rows = _among(office, asked)
    state, outcome = asked.given["state"], asked.given["outcome"]
    if state in STATES:
        rows = rows.filter(state=state)
    elif state == OTHERS:
        rows = rows.filter(_waits_for_others(office))
    elif not state:
        rows = rows.filter(_to_do(office))
    rows = rows.select_related("home", "unit", "proposed_by").order_by(
        "fiscal_year", "applied_on", "pk"
    )
    if not outcome:
        return rows
    judged: list[Any] = list(rows)
    judge(office, judged)
    return [row for row in judged if answer_code(is_eligible(row.figures)) == outcome]


def _to_do(office: Office) -> Q:
    """Find what the person can examine or decide now; for who does neither all that waits."""
    found = Q()
    if office.may(Permission.APPLICATION_EXAMINE):
        found |= Q(state="submitted")
    if office.may(Permission.APPLICATION_DECIDE):
        found |= Q(state="proposed") & ~Q(proposed_by=office.person)
        ends = Q(state="certified", end_proposed_at__isnull=False)
        found |= ends & ~Q(end_proposed_by=office.person)
    return found or Q(state__in=WAITING)


def _waits_for_others(office: Office) -> Q:
    """Find what the person proposed, which somebody else decides."""
    ends = Q(state="certified", end_proposed_at__isnull=False, end_proposed_by=office.person)
    return Q(state="proposed", proposed_by=office.person) | ends


def judge(office: Office, rows: Sequence[Application]) -> None:
    """Note on rows what their units or homes have on their days, by the register as it is now."""
    found = figures_by_request(office.authority, [Asked.by(row) for row in rows])
    for row, figures in zip(rows, found, strict=True):
        cast("Any", row).figures = figures


def listing_of(office: Office, *, ticks: bool | None = None, at: str = "") -> Listing:
    """Declare the queue: with ticks or without, or with nothing to tick; `at` is its query."""
    boxes = acts(lambda row: tick(row, ticked=ticks or False), _("選ぶ"))
    columns = [
        Column(
            "code",
            _("申請ID"),
            cell=lambda row: link(url_of(office, row.pk) + at, row.code),
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
        Column("requested_extra", _("申請加配数"), look="number"),
        Column("outcome", _("判定"), _outcome, _outcome_cell, computed=True),
        Column("state", _("状態"), lambda row: str(PROCESS.states[PROCESS.state_of(row)]), _state),
        Column("applied_on", _("申請日"), look="day"),
        Column("days", _("待ち日数"), _days, look="number", computed=True),
    ]
    shown = columns if ticks is None else [boxes, *columns]
    return Listing(
        "申請",
        shown,
        empty=_("該当する申請はありません"),
        search=("code", "home__name", "home__code", "unit__name", "unit__code"),
    )


def _state(row: Application) -> SafeString:
    code, proposed = PROCESS.state_of(row), ""
    state = badge(code, PROCESS.states[code])
    if row.state == "proposed":
        extra = f"{row.proposed_extra}{_('人')}" if row.proposed_extra else ""
        proposed = note(row.get_proposal_display(), extra, row.proposed_by)
    return lines(state, proposed)


def _outcome(row: Any) -> str:
    """Write whether it may be certified, and up to how many where fewer than asked for."""
    words = str(ANSWERS[answer_code(is_eligible(row.figures))])
    return bracketed(words, less) if (less := _fewer(row)) else words


def _outcome_cell(row: Any) -> SafeString:
    return lines(eligible(is_eligible(row.figures)), note(_fewer(row)))


def _fewer(row: Any) -> str:
    available = getattr(row.figures, "available_extra", None)
    if not available or (row.requested_extra or 0) <= available:
        return ""
    return _("加配%(n)s人まで") % {"n": available}


def years_of(rows: QuerySet[Application], chosen: int | None) -> list[int]:
    """Return the years that have applications, the latest first, and the one chosen."""
    years = set(rows.values_list("fiscal_year", flat=True))
    return sorted(years if chosen is None else years | {chosen}, reverse=True)


def _days(row: Application) -> int | None:
    """Count the days since it was submitted, or since it was proposed."""
    if row.state == "proposed" and row.proposed_at is not None:
        return max(0, _since(localtime(row.proposed_at).date()))
    if row.state == "submitted" and row.applied_on is not None:
        return _since(row.applied_on)
    return None


def _since(day: dt.date) -> int:
    return (today() - day).days
