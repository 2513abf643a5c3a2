"""The center's overview: clocks, records opened for a reason, unusual looks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.words import as_text
from shokibo.web.care.models import Child
from shokibo.web.care.views.deadlines import deadline
from shokibo.web.care.watching import opened, running, unusual_looks
from shokibo.web.care.wording import CLOCKS, WHO
from shokibo.web.pages.listing import Column, Listing, link, whole


@office_page(Permission.CHILD_READ)
def watch(request: HttpRequest, office: Office) -> HttpResponse:
    """Show all clocks of the center's children, and the week's unusual looks."""
    clocks, openings, looks = running(office), opened(office), unusual_looks(office)
    office.looked(gettext_noop("児童の期限"), len({due.child.pk for due in clocks}))

    def to(child: Child) -> object:
        return link(reverse("care:child", args=[office.authority.code, child.pk]), child.code)

    code = Column("child__code", _("児童コード"), cell=lambda row: to(row.child), names_row=True)
    context = {
        "clocks": whole(Listing("期限", [code, *_CLOCKS], empty=_NO_CLOCK), clocks),
        "openings": whole(Listing("開かれた記録", [code, *_OPENINGS], empty=_NONE), openings),
        "unusual": whole(Listing("いつもと違う閲覧", [code, *_LOOKS], empty=_NONE), looks),
    }
    return render(request, "care/watch.html", context)


_NO_CLOCK = gettext_lazy("期限のある手続はありません")
_NONE = gettext_lazy("この1週間にはありません")
_CLOCKS = (
    Column("what", gettext_lazy("すること"), lambda due: as_text(CLOCKS[due.clock.what])),
    Column("who", gettext_lazy("だれが"), lambda due: as_text(WHO[due.clock.what])),
    Column(
        "clock__due",
        gettext_lazy("期限"),
        cell=lambda due: deadline(due.clock, today()),
        look="day",
    ),
)
_OPENINGS = (
    Column("opened_at", gettext_lazy("日時"), look="day"),
    Column("person__name", gettext_lazy("開いた人"), look="person"),
    Column("reason", gettext_lazy("理由")),
)
_LOOKS = (
    Column("look__at", gettext_lazy("日時"), look="day"),
    Column("look__actor_name", gettext_lazy("利用者"), look="person"),
    Column("look__what", gettext_lazy("見たもの")),
    Column(
        "reasons",
        gettext_lazy("いつもと違うところ"),
        lambda one: _("、").join(as_text(reason) for reason in one.reasons),
    ),
)
