"""The log's pages: what was done, and who looked."""

from django.apps import apps
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shokibo import calendar
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
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
    context = {
        "page": page,
        "rows": [_told(event) for event in page],
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


def _told(event: Event) -> dict[str, object]:
    model = apps.get_model(event.subject_kind)
    words = ACTIONS.get(event.action)
    return {
        "event": event,
        "action": words.say(language()) if words else event.action,
        "kind": _(str(model._meta.verbose_name)) if model else "",
        "changes": [
            (_header(model, name), event.before.get(name), event.after.get(name))
            for name in {**event.before, **event.after}
        ],
    }


def _header(model: type, name: str) -> str:
    field = {f.name: f for f in model._meta.concrete_fields}.get(name)  # type: ignore[attr-defined]
    return _(str(field.verbose_name)) if field else name
