"""The pages of the log: what was done, and who looked."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from shokibo.web.accounts.access import Access, Office
from shokibo.web.accounts.page import instance_page, office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.accounts.second_factor import has_second_factor
from shokibo.web.audit import sealing
from shokibo.web.audit.models import Event, Look, SealCheck
from shokibo.web.audit.words import ACTIONS, action_of, looked_at
from shokibo.web.base.parameters import asks, choice_field, day_field, words_field
from shokibo.web.base.words import as_text
from shokibo.web.pages.listing import Column, Listing, SearchQuery, list_page, whole
from shokibo.web.pages.templatetags.pages import technical
from shokibo.web.trail import describing

CHECKS = Listing(
    "封印の確認",
    [
        Column("at", gettext_lazy("日時"), look="day"),
        Column("sealed", gettext_lazy("確かめた件数"), look="number"),
        Column("broken", gettext_lazy("結果"), lambda one: one.broken or _("書き換えはありません")),
    ],
    caption=gettext_lazy("封印の確認"),
    empty=gettext_lazy("まだ確かめていません。"),
)
LAST_CHECKS = 5
"""How many checks of the seals are shown."""


class EventsQuery(SearchQuery):
    """The log by action, words and days."""

    action = choice_field(
        gettext_lazy("操作"), {code: lazy(as_text, str)(text) for code, text in ACTIONS.items()}
    )
    words = words_field(gettext_lazy("対象・利用者・理由に含む語"))
    from_ = day_field(gettext_noop("この日から"))
    to = day_field(gettext_noop("この日まで"))

    def of(self, found: QuerySet[Event]) -> QuerySet[Event]:
        """Filter events by action and days."""
        lookups = {"action": "action", "from_": "at__date__gte", "to": "at__date__lte"}
        wanted = {lookup: self.given[name] for name, lookup in lookups.items()}
        return found.filter(**{lookup: value for lookup, value in wanted.items() if value})


@office_page(Permission.AUDIT_READ)
@asks(EventsQuery)
def events(request: HttpRequest, office: Office, *, asked: EventsQuery) -> HttpResponse:
    """List events, the latest first, by action, words and days.

    The contents of children's rows are hidden from those who may not see children or showed no
    second factor.
    """
    found = asked.of(Event.objects.filter(authority=office.authority))
    sees = office.may(Permission.CHILD_READ) and has_second_factor(request)
    return _page(request, asked, found, "trail/events.html", sees_children=sees)


@instance_page(Permission.PEOPLE_MANAGE, ("GET", "HEAD"))
@asks(EventsQuery)
def system(request: HttpRequest, access: Access, *, asked: EventsQuery) -> HttpResponse:
    """List events outside of authorities (log-ins, people, factors), and the log's seals."""
    found = asked.of(Event.objects.filter(authority=None))
    checks = whole(CHECKS, SealCheck.objects.all()[:LAST_CHECKS])
    return _page(request, asked, found, "trail/system.html", checks=checks)


def _page(
    request: HttpRequest,
    asked: EventsQuery,
    found: QuerySet[Event],
    template: str,
    *,
    sees_children: bool = False,
    **more: Any,
) -> HttpResponse:
    names: describing.Names = {}

    def look_up(events: Sequence[Event]) -> None:
        names.update(describing.names_in(events))

    def changes(event: Event) -> list[describing.Changed]:
        return describing.changes_of(event, names)

    def is_hidden(event: Event) -> bool:
        return not sees_children and describing.is_of_children(event)

    hidden = _("児童の記録の内容は、児童相談所だけが見られます。")

    listing = Listing(
        _("記録"),
        [
            Column("at", _("日時"), look="day"),
            Column("actor_name", _("利用者"), look="person"),
            Column("action", _("操作"), action_of),
            Column("subject", _("対象"), describing.subject_of),
            Column(
                "changes",
                _("変更前 → 変更後"),
                lambda one: (
                    hidden if is_hidden(one) else "\n".join(each.words for each in changes(one))
                ),
                lambda one: hidden if is_hidden(one) else _folded(changes(one)),
            ),
            Column("reason", _("理由")),
        ],
        empty=_("記録がありません"),
        search=("subject", "subject_en", "actor_name", "reason"),
    )
    return list_page(
        request,
        asked,
        listing,
        found,
        template,
        shown=look_up,
        seal=sealing.anchor(),
        **more,
    )


def _folded(changes: list[describing.Changed]) -> SafeString | str:
    if not changes:
        return "—"
    summary = _("%(n)s項目") % {"n": len(changes)}
    shown = (technical(one.header, one.after) if one.is_digest else one.words for one in changes)
    items = format_html_join("", "<li>{}</li>", ((one,) for one in shown))
    return format_html("<details><summary>{}</summary><ul>{}</ul></details>", summary, items)


LOOKS = Listing(
    "閲覧の記録",
    [
        Column("at", gettext_lazy("日時"), look="day"),
        Column("actor_name", gettext_lazy("利用者"), look="person"),
        Column("what", gettext_lazy("見たもの"), looked_at),
        Column("home__name", gettext_lazy("施設")),
        Column("rows", gettext_lazy("行数"), look="number"),
    ],
    empty=gettext_lazy("閲覧の記録はありません"),
    search=("actor_name", "what", "home__name"),
)


@office_page(Permission.AUDIT_READ)
@asks(SearchQuery)
def looks(request: HttpRequest, office: Office, *, asked: SearchQuery) -> HttpResponse:
    """List who looked at rows of staff and children, the latest first."""
    rows = Look.objects.filter(authority=office.authority).select_related("home")
    up = (_("記録"), reverse("trail:events", args=[office.authority.code]))
    return list_page(request, asked, LOOKS, rows, title=_("職員と児童の記録の閲覧"), up=up)
