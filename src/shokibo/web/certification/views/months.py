"""What is certified month by month in a year, of all units and homes that a person sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shokibo import calendar
from shokibo.ledger.tables import ADDONS
from shokibo.planning.months import YearOfMonths
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.language import labels
from shokibo.web.base.parameters import asks, year_field
from shokibo.web.base.words import nendo, or_dash
from shokibo.web.certification.models import Application
from shokibo.web.certification.months import Box, boxes, month_names, months_of, not_held
from shokibo.web.certification.views.queue import years_of
from shokibo.web.pages.listing import (
    Column,
    Listing,
    ListQuery,
    lines,
    link,
    list_page,
    note,
    whole,
)
from shokibo.web.register.models import Home, Unit

READ = Permission.APPLICATION_READ


class MonthsQuery(ListQuery):
    """Of which fiscal year, this one at first."""

    year = year_field()


@dataclass(frozen=True)
class Line:
    """The year of a unit or home: its months, how many are certified, how many of them hold."""

    home: str
    unit: str
    addon: str
    certified: int
    held: int
    boxes: Sequence[Box] = ()
    url: str = ""


@office_page(READ)
@asks(MonthsQuery)
def months(request: HttpRequest, office: Office, *, asked: MonthsQuery) -> HttpResponse:
    """Show every month of a year of the units and homes that have a certified one."""
    year = asked.given["year"] or calendar.fiscal_year_of(today())
    found = months_of(office, year)
    context: dict[str, Any] = {
        "year": year,
        "years": years_of(office.rows(Application, READ), year),
        "inside": office.sees_all_homes,
        "reads_amounts": office.may(Permission.PLAN_READ),
        "amounts": whole(_amounts(year), found.amounts),
    }
    return list_page(
        request,
        asked,
        _listing(found),
        _lines(office, found),
        "certification/months.html",
        **context,
    )


@office_page(Permission.PLAN_READ)
@asks(MonthsQuery)
def amounts(request: HttpRequest, office: Office, *, asked: MonthsQuery) -> HttpResponse:
    """Show what the certified add-ons of a year come to by the authority's own prices."""
    year = asked.given["year"] or calendar.fiscal_year_of(today())
    rows = months_of(office, year).amounts
    context: dict[str, Any] = {
        "year": year,
        "years": years_of(office.rows(Application, READ), year),
    }
    return list_page(request, asked, _amounts(year), rows, "certification/amounts.html", **context)


def _listing(found: YearOfMonths) -> Listing:
    columns = [
        Column(
            "name",
            _("施設・生活単位"),
            lambda line: f"{line.home} {line.unit}".strip(),
            _named,
            names_row=True,
        ),
        Column("addon", _("加算")),
        *(_month(place, name) for place, name in enumerate(month_names())),
        Column("certified", _("計"), look="number"),
        Column("held", _("うち満たす"), look="number"),
        Column(
            "not_held",
            _("要件を満たさない月"),
            lambda line: not_held(line.boxes),
            lambda line: or_dash(not_held(line.boxes)) if line.boxes else "",
        ),
    ]
    return Listing(
        f"月ごとの認定_{nendo(found.fiscal_year)}",
        columns,
        empty=_("認定した月のある生活単位と施設はありません"),
        hint=_("ほかの年度を選んでください。"),
        look="small by-month",
        totals=_totals(found),
    )


def _month(place: int, name: str) -> Column:
    """Declare the column of a month; the rows of totals have none."""

    def number(line: Line) -> int | None:
        return line.boxes[place].number if line.boxes else None

    def cell(line: Line) -> object:
        return _shown(line.boxes[place]) if line.boxes else ""

    return Column(f"month{place}", name, number, cell, look="month")


def _shown(box: Box) -> SafeString:
    changed = note(_("変更")) if box.changed else ""
    return format_html('<span class="held {}">{}</span> {}', box.look, box.shown, changed)


def _named(line: Line) -> object:
    if not line.url:
        return line.home
    return lines(line.home, link(line.url, line.unit)) if line.unit else link(line.url, line.home)


def _lines(office: Office, found: YearOfMonths) -> list[Line]:
    names, code = labels(ADDONS), office.authority.code
    homes = {home.code: home for home in office.rows(Home, READ)}
    units = {unit.code: unit for unit in office.rows(Unit, READ)}
    unit_lines = [
        Line(
            homes[one.home_id].name,
            units[one.unit_id].name,
            str(names["dispersal"]),
            one.person_months,
            one.held_person_months,
            boxes(one),
            reverse("homes:unit", args=[code, units[one.unit_id].pk]),
        )
        for one in found.units
    ]
    home_lines = [
        Line(
            homes[one.home_id].name,
            "",
            str(names["backup"]),
            one.backup_months,
            one.held_backup_months,
            boxes(one),
            reverse("homes:home", args=[code, homes[one.home_id].pk]),
        )
        for one in found.homes
    ]
    return unit_lines + home_lines


def _totals(found: YearOfMonths) -> list[Line]:
    """Sum up the units' person-months and the homes' months, where there are any."""
    names, totals, total = labels(ADDONS), found.totals, _("合計")
    units = Line(
        total,
        "",
        _("%(addon)s(人月)") % {"addon": names["dispersal"]},
        totals.person_months,
        totals.held_person_months,
    )
    homes = Line(
        total,
        "",
        _("%(addon)s(月)") % {"addon": names["backup"]},
        totals.backup_months,
        totals.held_backup_months,
    )
    return [*([units] if found.units else []), *([homes] if found.homes else [])]


def _amounts(year: int) -> Listing:
    def yen(name: str, header: str) -> Column:
        return Column(
            name,
            header,
            cell=lambda one: "—" if getattr(one, name) is None else f"{getattr(one, name):,}",
            look="number",
        )

    columns = [
        Column("item", _("経費の項目"), names_row=True),
        Column("months", _("月数(人月)"), look="number"),
        yen("unit_price", _("1人1か月の単価(円)")),
        yen("amount", _("金額(円)")),
        Column("national_share", _("国の負担割合"), look="number"),
        yen("national", _("国の負担額(円)")),
    ]
    return Listing(
        f"認定した加算の金額_{nendo(year)}",
        columns,
        empty=_("金額はまだありません"),
        hint=_(
            "「経費」に、単位が「加配職員1人1か月」「バックアップ職員1人1か月」の単価を登録すると計算します。"
        ),
    )
