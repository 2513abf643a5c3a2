"""Which units may have the dispersal add-on on a day, and what the others lack."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from shokibo import calendar
from shokibo.law.day_evaluation import UnitFigures
from shokibo.ledger.tables import UNIT_KINDS
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.language import labels
from shokibo.web.base.parameters import DayQuery, asks, choice_field, row_field
from shokibo.web.certification.models import Application
from shokibo.web.homes.judging import judged
from shokibo.web.homes.views.crumbs import day_query, to_homes
from shokibo.web.pages.listing import Column, Listing, SearchQuery, lines, link, list_page
from shokibo.web.pages.templatetags.pages import ANSWERS, badge
from shokibo.web.register.models import Home, Unit

_COUNTED = ("submitted", "proposed", "certified", "ended", "rejected")
"""The states of applications that were asked for."""


class EligibilityQuery(SearchQuery, DayQuery):
    """Units on a day by outcome, home and kind."""

    outcome = choice_field(_("判定"), ANSWERS)
    home = row_field(_("施設"))
    kind = choice_field(_("種別"), labels(UNIT_KINDS))

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.offer("home", self.request.office.rows(Home, Permission.REGISTER_READ))


@dataclass(frozen=True)
class UnitRow:
    """A unit open on the day: what it has, applied for, was certified, and lacks."""

    unit: Unit
    figures: UnitFigures
    lacking: list[str]
    asked: int | None
    certified: int | None

    @property
    def home(self) -> Home:
        """Its home."""
        return self.unit.home

    @property
    def answer(self) -> str:
        """Whether it may have the add-on, in words."""
        return str(ANSWERS[self.figures.answer])


@office_page(Permission.REGISTER_READ)
@asks(EligibilityQuery)
def eligibility(request: HttpRequest, office: Office, *, asked: EligibilityQuery) -> HttpResponse:
    """List the units open on the day, with what decides the add-on."""
    chosen, day = asked.given, asked.day
    among = [
        row
        for row in _rows(office, day)
        if chosen["home"] in (None, row.home) and chosen["kind"] in ("", row.unit.kind)
    ]
    counts = Counter[str](row.figures.answer for row in among)
    return list_page(
        request,
        asked,
        _listing(office, day_query(request)),
        [row for row in among if chosen["outcome"] in ("", row.figures.answer)],
        "homes/eligibility.html",
        day=day,
        up=to_homes(office),
        every=len(among),
        tabs=[(code, label, counts[code]) for code, label in ANSWERS.items()],
    )


def _rows(office: Office, day: dt.date) -> Iterator[UnitRow]:
    judged_homes = judged(office.authority, office.homes(Permission.REGISTER_READ), day)
    lacking = judged_homes.lacking
    applications = _of_year(office, day)
    units = office.rows(Unit, Permission.REGISTER_READ).select_related("home")
    for unit in units.order_by("home", "pk"):
        if unit.code not in judged_homes.units:
            continue
        theirs = applications.get(unit.pk, [])
        certified = [
            one
            for one in theirs
            if one.certified_extra
            and one.start_month <= day
            and (one.ended_on is None or day <= one.ended_on)
        ]
        yield UnitRow(
            unit,
            judged_homes.units[unit.code],
            lacking[unit.code],
            theirs[-1].requested_extra if theirs else None,
            certified[-1].certified_extra if certified else None,
        )


def _of_year(office: Office, day: dt.date) -> dict[int | None, list[Application]]:
    """Return the applications of the day's year by unit, the latest last."""
    found: dict[int | None, list[Application]] = {}
    rows = office.rows(Application, Permission.APPLICATION_READ).filter(
        addon="dispersal", fiscal_year=calendar.fiscal_year_of(day), state__in=_COUNTED
    )
    for row in rows.order_by("start_month", "pk"):
        found.setdefault(row.unit_id, []).append(row)
    return found


def _listing(office: Office, at: str) -> Listing:
    def page(row: UnitRow) -> str:
        return reverse("homes:unit", args=[office.authority.code, row.unit.pk]) + at

    def lacking(row: UnitRow) -> SafeString:
        return lines(*(link(f"{page(row)}#reasons", words, row.unit) for words in row.lacking))

    return Listing(
        "加算の要件",
        [
            Column("home__name", _("施設")),
            Column(
                "unit__name",
                _("生活単位"),
                cell=lambda row: link(page(row), row.unit.name),
                names_row=True,
            ),
            Column("unit__kind", _("種別")),
            Column("figures__capacity", _("定員"), look="number"),
            Column("staff", _("職員"), lambda row: _exact(row.figures.staff_fte), look="number"),
            Column(
                "qualified",
                _("うち児童指導員・保育士"),
                lambda row: _exact(row.figures.qualified_fte),
                look="number",
            ),
            Column("figures__available_extra", _("加配可"), look="number"),
            Column("asked", _("申請加配数"), look="number"),
            Column("certified", _("認定加配数"), look="number"),
            Column("answer", _("判定"), cell=lambda row: badge(row.figures.answer, row.answer)),
            Column("lacking", _("判定の理由"), lambda row: "、".join(row.lacking), lacking),
        ],
        empty=_("該当する生活単位はありません"),
        hint=_("基準日か、絞込みの条件を変えてください。"),
        caption=_("%(n)sか所。職員は常勤換算、児童指導員・保育士は専任の人"),
        search=("unit__name", "unit__code", "home__name", "home__code", "home__operator"),
        look="small",
    )


def _exact(tenths: str | None) -> Decimal | None:
    return None if tenths is None else Decimal(tenths)
