"""What all authorities submitted: the forms of a year, added up, and each as it was sent."""

from dataclasses import replace
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
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
from shokibo.web.pages.listing import Column, Listing, ListQuery, link, list_page
from shokibo.web.pages.templatetags.pages import badge
from shokibo.web.register.models import Authority
from shokibo.web.returns.deadlines import statutory
from shokibo.web.returns.drawing import first_year
from shokibo.web.returns.figures import count_tables, differences_from, figure_tables
from shokibo.web.returns.models import Return, ReturnFile

_READ = Permission.RETURN_READ_SUBMITTED
YEARS_BACK = 5


class NationQuery(ListQuery):
    """Which form of which year."""

    form = choice_field(gettext_lazy("様式"), ("1", "2"))
    year = year_field()


def _state(row: tuple[str, Return | None]) -> SafeString:
    _name, found = row
    if found is None:
        return badge("warning", _("未提出"))
    edition = _("第%(n)s版") % {"n": found.edition} if found.edition > 1 else ""
    return format_html("{} {}", badge("met", _("提出済み")), edition)


SENT = Listing(
    "提出された報告",
    [
        Column(
            "authority",
            gettext_lazy("自治体"),
            lambda row: row[0],
            lambda row: (
                link(reverse("nation_return", args=[row[1].pk]), row[0]) if row[1] else row[0]
            ),
            names_row=True,
        ),
        Column(
            "state",
            gettext_lazy("状態"),
            lambda row: _("提出済み") if row[1] else _("未提出"),
            _state,
        ),
        Column("submitted_at", gettext_lazy("提出"), lambda row: row[1] and row[1].submitted_at),
        Column(
            "units",
            gettext_lazy("生活単位"),
            lambda row: row[1] and row[1].sent.units["total"].units,
            look="number",
        ),
        Column(
            "certified",
            gettext_lazy("認定"),
            lambda row: row[1] and row[1].sent.units["total"].certified["total"],
            look="number",
        ),
    ],
    empty=gettext_lazy("自治体がありません"),
    size=100,
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
    rows = [(authority.name, latest.get(authority.pk)) for authority in Authority.objects.all()]
    context: dict[str, Any] = {
        "authorities": len(rows),
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
