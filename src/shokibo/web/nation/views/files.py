"""Files that came by another way: uploaded many at once, read, and shown as any version."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from shokibo.returns.filed.figures import FiledFigures
from shokibo.web.accounts.access import Access
from shokibo.web.accounts.page import instance_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.download import attachment
from shokibo.web.base.language import language
from shokibo.web.base.parameters import asks
from shokibo.web.base.words import short_nendo
from shokibo.web.nation import actions, tasks
from shokibo.web.nation.asked import asked_about
from shokibo.web.nation.forms import DeliveryForm
from shokibo.web.nation.tabs import tabs
from shokibo.web.nation.views.received import READ, latest_year
from shokibo.web.nation.views.version import about
from shokibo.web.pages.listing import Column, Listing, SearchQuery, lines, link, list_page
from shokibo.web.pages.saving import saved
from shokibo.web.pages.templatetags.pages import badge
from shokibo.web.receipts.models import FILE_STATES, DeliveredFile, Delivery
from shokibo.web.returns.figures import count_tables
from shokibo.web.returns.versions import READ_STATES, of_file

_LOOKS = {"waiting": "pending", "clean": "met", "questions": "warning", "unreadable": "error"}


def _name(row: DeliveredFile) -> SafeString | str:
    return link(reverse("nation_received", args=[row.pk]), row.name)


def _find(rows: Sequence[Any]) -> None:
    """Give each row what is to be asked about it."""
    asked = asked_about(rows)
    for row in rows:
        row.asked = asked.get(row.pk, [])


def _state(row: Any) -> str:
    return str(FILE_STATES[_state_of(row)])


def _state_of(row: Any) -> str:
    is_asked = any(one["severity"] != "info" for one in row.asked)
    return "questions" if is_asked else row.state


def _badge(row: Any) -> SafeString:
    return lines(badge(_LOOKS[_state_of(row)], _state(row)), row.message.get(language(), ""))


FILES = Listing(
    "届いたファイル",
    [
        Column("name", gettext_lazy("ファイル名"), cell=_name, names_row=True),
        Column("authority__name", gettext_lazy("自治体")),
        Column("delivery__form", gettext_lazy("様式")),
        Column(
            "delivery__fiscal_year",
            gettext_lazy("年度"),
            cell=lambda row: short_nendo(row.delivery.fiscal_year),
        ),
        Column("delivery__came_on", gettext_lazy("届いた日"), look="day"),
        Column("state", gettext_lazy("状態"), _state, _badge, computed=True),
        Column(
            "findings",
            gettext_lazy("確認事項の数"),
            lambda row: len(row.asked),
            look="number",
            computed=True,
        ),
    ],
    empty=gettext_lazy("届いたファイルはまだありません"),
    search=("name", "authority__name"),
)


@instance_page(Permission.RETURN_RECEIVE)
@asks(SearchQuery)
def files(request: HttpRequest, access: Access, *, asked: SearchQuery) -> HttpResponse:
    """List the files that came; POST takes files in, and has them read."""
    is_sent = request.method == "POST"
    initial = {"form": 1, "year": short_nendo(latest_year(1)), "came_on": today()}
    form = DeliveryForm(request.POST or None, request.FILES or None, initial=initial)
    receive = partial(actions.receive, access=access)
    made = saved(form, receive, at="workbooks") if is_sent and form.is_valid() else None
    if isinstance(made, Delivery):
        tasks.start(made)
        return redirect("nation_files")
    rows = DeliveredFile.objects.select_related("delivery", "authority").defer("content")
    waiting = rows.filter(state="waiting").count()
    return list_page(
        request,
        asked,
        FILES,
        rows.order_by("-delivery_id", "name"),
        "nation/files.html",
        compute=_find,
        tabs=tabs("nation_files"),
        form=form,
        waiting=waiting,
    )


@instance_page(READ, ("GET", "HEAD"))
def progress(request: HttpRequest, access: Access) -> HttpResponse:
    """Show how many files wait to be read; when none does, have the browser load the page again."""
    waiting = DeliveredFile.objects.filter(state="waiting").count()
    answer = render(request, "nation/_waiting.html", {"waiting": waiting})
    if not waiting:
        answer["HX-Refresh"] = "true"
    return answer


@instance_page(READ, ("GET", "HEAD"))
def received(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Show a file: its figures, what is to be asked, and whether it is accepted."""
    found: Any = get_object_or_404(
        DeliveredFile.objects.select_related("delivery", "authority"), pk=pk
    )
    _find([found])
    context: dict[str, Any] = {
        "found": found,
        "delivery": found.delivery,
        "findings": [{**one, "message": one[language()]} for one in found.asked],
        "state": _badge(found),
    }
    if found.state in READ_STATES:
        context |= about(of_file(found), found.delivery.form, found.delivery.fiscal_year)
        context |= tables_of(found.figures)
    return render(request, "nation/file.html", context)


def tables_of(figures: Any) -> dict[str, Any]:
    """Lay the figures of a file out as its tables; what it does not give is None."""
    filed = msgspec.convert(figures, FiledFigures)
    return {**count_tables(filed), "listed": filed.list}


@instance_page(READ, ("GET", "HEAD"))
def original(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Download a file as it came."""
    found = get_object_or_404(DeliveredFile, pk=pk)
    return attachment(found.name, bytes(found.content))
