"""What all authorities submitted: the forms of a year, added up, and each as it was sent."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo import calendar
from shokibo.returns.rollup import RollUp, roll_up
from shokibo.web.accounts.access import Access
from shokibo.web.accounts.page import instance_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.download import attachment
from shokibo.web.base.parameters import asks, choice_field, year_field
from shokibo.web.pages.listing import Column, Listing, ListQuery, acts, link, list_page
from shokibo.web.pages.templatetags.pages import badge
from shokibo.web.register.models import Authority
from shokibo.web.returns.deadlines import is_awaited, statutory
from shokibo.web.returns.drawing import first_year
from shokibo.web.returns.figures import count_tables, differences_from, figure_tables
from shokibo.web.returns.models import PaperReturn, Return, ReturnFile

_READ = Permission.RETURN_READ_SUBMITTED
YEARS_BACK = 5


class NationQuery(ListQuery):
    """Which form of which year."""

    form = choice_field(gettext_lazy("様式"), ("1", "2"))
    year = year_field()


@dataclass(frozen=True)
class Sent:
    """What an authority sent of a form: its last edition, or on paper; or whether it is awaited."""

    authority: Authority
    latest: Return | None
    paper: PaperReturn | None
    year: int
    number: int

    @property
    def awaited(self) -> bool:
        """Whether the form is awaited from here."""
        return is_awaited(self.authority, self.year)

    @property
    def state(self) -> tuple[str, str]:
        """Return the look and the words of its state."""
        if self.latest:
            return "met", _("提出済み")
        if self.paper:
            return "met", _("紙で提出済み")
        if self.awaited:
            return "warning", _("未提出")
        return "none", _("待たない(報告開始年度より前)")

    @property
    def sent_on(self) -> dt.date | None:
        """Return the day on which it was sent."""
        if self.latest and self.latest.submitted_at:
            return localtime(self.latest.submitted_at).date()
        return self.paper.day if self.paper else None

    @property
    def units(self) -> int | None:
        """How many units it counts."""
        return self.latest.sent.units["total"].units if self.latest else None

    @property
    def certified(self) -> int | None:
        """How many of them are certified."""
        return self.latest.sent.units["total"].certified["total"] if self.latest else None


def _name(row: Sent) -> SafeString | str:
    name = row.authority.name
    return link(reverse("nation_return", args=[row.latest.pk]), name) if row.latest else name


def _state(row: Sent) -> SafeString:
    latest = row.latest
    edition = latest.edition_name if latest and latest.edition > 1 else ""
    return format_html("{} {}", badge(*row.state), edition)


def _paper(row: Sent) -> SafeString | str:
    if row.latest or row.awaited:
        return ""
    words = _("紙で提出した日を修正する") if row.paper else _("紙で提出済みにする")
    at = [row.authority.code, row.number, row.year]
    return link(reverse("nation_paper", args=at), words, row.authority.name)


SENT = Listing(
    "提出された報告",
    [
        Column("authority__name", gettext_lazy("自治体"), cell=_name, names_row=True),
        Column("state", gettext_lazy("状態"), lambda row: row.state[1], _state),
        Column("sent_on", gettext_lazy("提出"), look="day"),
        Column("units", gettext_lazy("生活単位"), look="number"),
        Column("certified", gettext_lazy("認定"), look="number"),
        acts(_paper),
    ],
    empty=gettext_lazy("自治体がありません"),
)


@instance_page(_READ, ("GET", "HEAD"))
@asks(NationQuery)
def nation(request: HttpRequest, access: Access, *, asked: NationQuery) -> HttpResponse:
    """List the authorities' latest submitted forms of a year, and their sum."""
    this_year = calendar.fiscal_year_of(today())
    number = int(asked.given["form"] or 1)
    usual = this_year if number == 1 else this_year - 1
    year = asked.hold("year", range(first_year(), usual + 2)) or usual
    latest = {
        found.authority_id: found
        for found in Return.objects.filter(state="submitted", form=number, fiscal_year=year)
        .select_related("authority")
        .order_by("edition")
    }
    on_paper = PaperReturn.objects.filter(form=number, fiscal_year=year)
    paper = {one.authority_id: one for one in on_paper}
    rows = [
        Sent(authority, latest.get(authority.pk), paper.get(authority.pk), year, number)
        for authority in Authority.objects.all()
    ]
    context: dict[str, Any] = {
        "awaited": sum(row.awaited or row.latest is not None for row in rows),
        "on_paper": len(paper),
        "number": number,
        "year": year,
        "years": sorted({*range(this_year, this_year - YEARS_BACK, -1), year}, reverse=True),
        "sent": len(latest),
        "deadline": statutory(number, year),
    }
    if latest:
        summed = roll_up(found.figures for found in latest.values() if found.figures)
        context |= count_tables(msgspec.convert(summed, RollUp))
    listing = replace(SENT, name=f"様式{number}_{year}年度")
    return list_page(request, asked, listing, rows, "returns/nation.html", **context)


@instance_page(_READ, ("GET", "HEAD"))
def submitted(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Show a form as an authority sent it."""
    found = _one(pk)
    context = {
        **figure_tables(found.sent),
        "found": found,
        "files": found.files.defer("content"),
        "deadline": statutory(found.form, found.fiscal_year),
        "corrects": found.previous is not None,
        "differences": differences_from(found.previous, found.sent),
    }
    return render(request, "returns/submitted.html", context)


@instance_page(_READ, ("GET", "HEAD"))
def file(request: HttpRequest, access: Access, pk: int, file_pk: int) -> HttpResponse:
    """Download a file as it was sent."""
    kept = get_object_or_404(ReturnFile, pk=file_pk, of=_one(pk))
    return attachment(kept.name, bytes(kept.content))


def _one(pk: int) -> Return:
    rows = Return.objects.filter(state="submitted").select_related("authority", "previous")
    return get_object_or_404(rows, pk=pk)
