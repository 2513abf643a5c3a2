"""The log's pages: what was done, and who looked."""

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shokibo import calendar
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit import describing
from shokibo.web.audit.models import Event, Look
from shokibo.web.audit.words import ACTIONS
from shokibo.web.look.language import language

PAGE = 50


@office_page(Permission.AUDIT_READ)
def events(request: HttpRequest, office: Office) -> HttpResponse:
    """List what was done, the latest first, by action, words and days."""
    found = Event.objects.filter(authority=office.authority)
    chosen = {name: request.GET.get(name, "").strip() for name in ("action", "words", "from", "to")}
    if chosen["action"]:
        found = found.filter(action=chosen["action"])
    if chosen["words"]:
        words = chosen["words"]
        found = found.filter(
            Q(subject__icontains=words)
            | Q(actor_name__icontains=words)
            | Q(reason__icontains=words)
        )
    found = _within(found, chosen["from"], chosen["to"])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    names = describing.names_in(page)
    context = {
        "page": page,
        "rows": [_described(event, names) for event in page],
        "actions": [(code, text.say(language())) for code, text in ACTIONS.items()],
        "chosen": chosen,
    }
    return render(request, "audit/events.html", context)


@office_page(Permission.AUDIT_READ)
def looks(request: HttpRequest, office: Office) -> HttpResponse:
    """List who looked at rows of staff, the latest first."""
    found = Look.objects.filter(authority=office.authority).select_related("home")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "audit/looks.html", {"page": page})


def _within(found: QuerySet[Event], first: str, last: str) -> QuerySet[Event]:
    for text, lookup in ((first, "at__date__gte"), (last, "at__date__lte")):
        try:
            found = found.filter(**{lookup: calendar.parse_date(text)}) if text else found
        except ValueError:
            continue
    return found


def _described(event: Event, names: describing.Names) -> dict[str, object]:
    return {
        "event": event,
        "action": describing.action_of(event),
        "kind": describing.kind_of(event),
        "changes": describing.changes_of(event, names),
    }
