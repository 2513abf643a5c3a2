"""Which children each unit accepts: rules of gender and age set by the office."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.parameters import asks
from shokibo.web.care import actions
from shokibo.web.care.forms import UnitRuleForm
from shokibo.web.care.models import UnitRule
from shokibo.web.care.reach import homes_of
from shokibo.web.care.views.crumbs import to_children
from shokibo.web.pages.listing import (
    Column,
    Listing,
    SearchQuery,
    acts,
    link,
    list_page,
)
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.register.models import Unit

_WRITE = Permission.CHILD_WRITE


@office_page(_WRITE)
@asks(SearchQuery)
def units(request: HttpRequest, office: Office, *, asked: SearchQuery) -> HttpResponse:
    """List the units with their rules."""

    def rule(row: Unit) -> SafeString:
        return link(
            reverse("care:unit_rule", args=[office.authority.code, row.pk]), _("定める"), row
        )

    listing = Listing(
        "受け入れる児童",
        [*_COLUMNS, acts(rule)],
        empty=gettext_lazy("生活単位はありません"),
        search=("name", "home__name"),
    )
    rows = Unit.objects.filter(home__in=homes_of(office), closed_on__isnull=True)
    rows = rows.select_related("home", "care_rule")
    title, up = _("受け入れる児童"), to_children(office)
    return list_page(request, asked, listing, rows, title=title, up=up)


_COLUMNS = (
    Column("name", gettext_lazy("生活単位"), names_row=True),
    Column("home__name", gettext_lazy("施設")),
    Column("care_rule__gender", gettext_lazy("性別")),
    Column("care_rule__age_from", gettext_lazy("年齢(から)"), look="number"),
    Column("care_rule__age_to", gettext_lazy("年齢(まで)"), look="number"),
    Column("care_rule__note", gettext_lazy("そのほかの条件")),
)


@office_page(_WRITE, write=_WRITE)
def unit_rule(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Set which children a unit accepts."""
    unit = get_object_or_404(Unit, pk=pk, home__in=homes_of(office))
    rule = UnitRule.objects.filter(unit=unit).first() or UnitRule(unit=unit)
    form = UnitRuleForm(request.POST or None, rule)
    address = reverse("care:units", args=[office.authority.code])
    saving = Saving(
        title=_("%(unit)sが受け入れる児童") % {"unit": unit},
        button=_("保存する"),
        done=_("保存しました。"),
        up=(*to_children(office), _("受け入れる児童"), address),
        lead=_(
            "児童の生活単位を選ぶときに、合わないところを示します。選べなくはなりません。"
            "空欄は問わないことを表します。"
        ),
        narrow=True,
    )

    def save(*, version: int, **values: Any) -> None:
        actions.set_unit_rule(office=office, unit=unit, version=version, values=values)

    return save_page(request, saving, save, form)
