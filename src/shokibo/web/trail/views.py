"""The log's pages: what was done, and who looked."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from shokibo.web.accounts.access import Access, Office
from shokibo.web.accounts.page import instance_page, office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit import sealing
from shokibo.web.audit.models import Event, Look, SealCheck
from shokibo.web.audit.words import ACTIONS, action_of
from shokibo.web.base.language import language
from shokibo.web.base.parameters import PagedQuery, asks, choice_field, day_field, words_field
from shokibo.web.pages.listing import Column, Listing, SearchQuery, list_page
from shokibo.web.trail import describing

PAGE = 50
CHECKS = 5
"""Checks of the seals that are shown."""


class EventsQuery(PagedQuery):
    """The log by action, words and days."""

    action = choice_field(gettext_lazy("操作"), ACTIONS)
    words = words_field(gettext_lazy("対象・利用者・理由に含む語"))
    from_ = day_field(gettext_noop("この日から"))
    to = day_field(gettext_noop("この日まで"))


@office_page(Permission.AUDIT_READ)
@asks(EventsQuery)
def events(request: HttpRequest, office: Office, *, asked: EventsQuery) -> HttpResponse:
    """List what was done, the latest first, by action, words and days."""
    shown = _listed(asked, Event.objects.filter(authority=office.authority))
    return render(request, "trail/events.html", {**shown, "seal": sealing.anchor()})


@instance_page(Permission.PEOPLE_MANAGE, ("GET", "HEAD"))
@asks(EventsQuery)
def system(request: HttpRequest, access: Access, *, asked: EventsQuery) -> HttpResponse:
    """List what was done in no authority: log-ins, people, factors; and the seals of the log."""
    shown = _listed(asked, Event.objects.filter(authority=None))
    context = {**shown, "seal": sealing.anchor(), "checks": SealCheck.objects.all()[:CHECKS]}
    return render(request, "trail/system.html", context)


LOOKS = Listing(
    "閲覧の記録",
    [
        Column("at", gettext_lazy("日時"), look="day"),
        Column("actor_name", gettext_lazy("利用者"), look="person"),
        Column("what", gettext_lazy("見たもの")),
        Column("home__name", gettext_lazy("施設")),
        Column("rows", gettext_lazy("行数"), look="number"),
    ],
    empty=gettext_lazy("閲覧の記録はありません"),
    search=("actor_name", "what", "home__name"),
)


@office_page(Permission.AUDIT_READ)
@asks(SearchQuery)
def looks(request: HttpRequest, office: Office, *, asked: SearchQuery) -> HttpResponse:
    """List who looked at rows of staff, the latest first."""
    rows = Look.objects.filter(authority=office.authority).select_related("home")
    up = (_("記録"), reverse("trail:events", args=[office.authority.code]))
    return list_page(request, asked, LOOKS, rows, title=_("職員の記録の閲覧"), up=up)


def _listed(asked: EventsQuery, found: QuerySet[Event]) -> dict[str, Any]:
    """Give a page of events, as they are asked for by action, words and days."""
    chosen = asked.given
    if chosen["action"]:
        found = found.filter(action=chosen["action"])
    if chosen["words"]:
        words = chosen["words"]
        found = found.filter(
            Q(subject__icontains=words)
            | Q(actor_name__icontains=words)
            | Q(reason__icontains=words)
        )
    if chosen["from_"] is not None:
        found = found.filter(at__date__gte=chosen["from_"])
    if chosen["to"] is not None:
        found = found.filter(at__date__lte=chosen["to"])
    page = asked.page_of(found, PAGE)
    names = describing.names_in(page)
    return {
        "page": page,
        "rows": [
            {
                "event": event,
                "action": action_of(event),
                "kind": describing.kind_of(event),
                "changes": describing.changes_of(event, names),
            }
            for event in page
        ],
        "actions": [(code, text.say(language())) for code, text in ACTIONS.items()],
        "chosen": {name: asked[name].value() or "" for name in chosen},
    }
