"""The start page, all findings, the pictures alone, and the homes' deadline."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from shokibo.ledger.findings import Finding
from shokibo.ledger.tables import BY_NAME
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today as day_of_today
from shokibo.web.base.language import labels
from shokibo.web.base.parameters import asks, choice_field
from shokibo.web.base.pictures import svg_answer
from shokibo.web.pages.listing import Column, Listing, ListQuery, link, list_page
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.pages.templatetags.pages import ANSWERS, badge
from shokibo.web.today import actions
from shokibo.web.today.due import deadlines
from shokibo.web.today.figures import Figures
from shokibo.web.today.forms import HomesDueForm
from shokibo.web.today.known import scope_of
from shokibo.web.today.pictures import ELEMENTS, drawn
from shokibo.web.today.places import with_places
from shokibo.web.today.waiting import waiting
from shokibo.web.today.work import Today

_READ = Permission.TODAY_READ
_REGISTER = Permission.REGISTER_READ
SEVERITIES = {"error": gettext_lazy("誤り"), "warning": gettext_lazy("注意")}


class FindingsQuery(ListQuery):
    """Findings by severity and table."""

    severity = choice_field(gettext_lazy("重さ"), SEVERITIES)
    table = choice_field(
        gettext_lazy("表"), labels({name: table.sheet for name, table in BY_NAME.items()})
    )


@office_page(_READ)
def today(request: HttpRequest, office: Office) -> HttpResponse:
    """Show what waits, the deadlines, the gravest findings, and the four pictures."""
    day = day_of_today()
    figures = _figures(office)
    context: dict[str, Any] = {
        "day": day,
        "work": waiting(Today(office, day, figures)),
        "deadlines": deadlines(office, day),
        "figures": figures,
    }
    if figures is not None:
        pictures = drawn(office, figures.course, day)
        _looked(office, figures.gravest)
        context |= {
            "findings": with_places(office, figures.gravest),
            "rest": sum(figures.counts.values()) - len(figures.gravest),
            "answers": [(code, words, figures.answers[code]) for code, words in ANSWERS.items()],
            "pictures": pictures,
            "elements": [pictures[name] for name in ELEMENTS if name in pictures],
        }
    return render(request, "today/today.html", context)


@office_page(_REGISTER)
@asks(FindingsQuery)
def findings(request: HttpRequest, office: Office, *, asked: FindingsQuery) -> HttpResponse:
    """List every error and warning of the register, by severity and table."""
    found = Figures(scope_of(office), day_of_today()).findings
    chosen = asked.given
    named = {one.table for one in found} | {chosen["table"]}
    tables = {name: _(table.sheet) for name, table in BY_NAME.items() if name in named}
    choices: Any = asked.fields["table"]
    choices.choices = [("", _("すべて")), *tables.items()]
    for part in ("severity", "table"):
        if chosen[part]:
            found = [one for one in found if getattr(one, part) == chosen[part]]
    return list_page(
        request,
        asked,
        FINDINGS,
        with_places(office, found),
        "today/findings.html",
        shown=lambda rows: _looked(office, (one.finding for one in rows)),
    )


FINDINGS = Listing(
    "台帳の確認",
    [
        Column(
            "severity",
            gettext_lazy("重さ"),
            lambda one: str(SEVERITIES[one.finding.severity]),
            lambda one: badge(one.finding.severity, str(SEVERITIES[one.finding.severity])),
        ),
        Column(
            "place",
            gettext_lazy("場所"),
            lambda one: f"{one.table} {one.row}".strip() if one.url else one.table,
            lambda one: link(one.url, f"{one.table} {one.row}") if one.url else one.table,
            names_row=True,
        ),
        Column("message", gettext_lazy("内容")),
        Column("finding__entry__source", gettext_lazy("根拠"), look="article"),
    ],
    empty=gettext_lazy("該当する指摘はありません"),
)


def _looked(office: Office, found: Iterable[Finding]) -> None:
    """Log the look at findings that speak of staff."""
    if of_staff := sum(one.table == "staff" for one in found):
        office.looked(gettext_noop("台帳の確認(職員)"), of_staff)


@office_page(_REGISTER)
def picture(request: HttpRequest, office: Office, name: str) -> HttpResponse:
    """Hand out one picture as SVG."""
    figures = _figures(office)
    pictures = drawn(office, figures.course, day_of_today()) if figures else {}
    if name not in pictures:
        raise Http404
    return svg_answer(pictures[name])


def _figures(office: Office) -> Figures | None:
    if not office.may(_REGISTER):
        return None
    return Figures(scope_of(office), day_of_today())


@office_page(Permission.REGISTER_WRITE, write=Permission.REGISTER_WRITE)
def homes_due(request: HttpRequest, office: Office) -> HttpResponse:
    """Set the day by which the homes apply."""
    authority = office.authority
    month, day = authority.homes_due.split("-")
    initial = {"version": authority.version, "month": int(month), "day": int(day)}
    saving = Saving(
        title=_("施設からの申請の期限"),
        lead=_("施設が申請を出す期限です。施設のページと、期限の知らせのメールに使います。"),
        button=_("保存する"),
        back=reverse("today:today", args=[authority.code]),
        done=_("施設からの申請の期限を変えました。"),
    )
    form = HomesDueForm(request.POST or None, initial=initial)
    return save_page(request, saving, partial(actions.set_homes_due, office=office), form)
