"""Homes, units, applications and staff found by a name or an id, of those that a person may see."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.parameters import asks, choice_field, words_field
from shokibo.web.base.words import nendo
from shokibo.web.certification.history import is_inside, shown_state
from shokibo.web.certification.models import Application
from shokibo.web.pages.listing import (
    Column,
    Listed,
    Listing,
    ListQuery,
    arranged,
    link,
    list_page,
    whole,
)
from shokibo.web.pages.templatetags.pages import badge
from shokibo.web.register.models import Home, Posting, Unit

FIRST = 10
"""So many of each kind are shown at first; the others are a click away."""
_KINDS = {
    "homes": gettext_lazy("施設"),
    "units": gettext_lazy("生活単位"),
    "applications": gettext_lazy("申請"),
    "staff": gettext_lazy("職員の配置"),
}


class FindQuery(ListQuery):
    """Words of a name or an id; `kind` shows all that is found of one kind."""

    words = words_field(gettext_lazy("名称・ID"))
    kind = choice_field(gettext_lazy("種類"), _KINDS)


@dataclass(frozen=True)
class Kind:
    """What is found of one kind: its list and rows, and the look at them."""

    code: str
    listing: Listing
    rows: QuerySet[Any]
    looked: Callable[[Any], object] = len

    @property
    def title(self) -> str:
        """The kind's name."""
        return str(_KINDS[self.code])


@dataclass(frozen=True)
class Found:
    """The first rows of a kind, and how many there are more."""

    kind: Kind
    count: int
    listed: Listed

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(0, self.count - FIRST)


@office_page(Permission.REGISTER_READ)
@asks(FindQuery)
def search(request: HttpRequest, office: Office, *, asked: FindQuery) -> HttpResponse:
    """Show what has all words in its name or id: the first of each kind, or all of one kind."""
    words, chosen = asked.given["words"].strip(), asked.given["kind"]
    if not words:
        return render(request, "today/search.html", {"asked": asked})
    kinds = list(_kinds(office))
    for kind in kinds:
        if kind.code == chosen:
            return list_page(
                request,
                asked,
                kind.listing,
                kind.rows,
                "today/search.html",
                shown=kind.looked,
                kind=kind,
            )
    found = [one for kind in kinds if (one := _first(kind, asked)).count]
    return render(request, "today/search.html", {"asked": asked, "words": words, "found": found})


def _first(kind: Kind, asked: FindQuery) -> Found:
    rows: Any = arranged(asked, kind.listing, kind.rows)[0]
    first = list(rows[:FIRST])
    kind.looked(first)
    return Found(kind, rows.count(), whole(kind.listing, first))


def _kinds(office: Office) -> list[Kind]:
    homes = office.rows(Home, Permission.REGISTER_READ)
    units = office.rows(Unit, Permission.REGISTER_READ).select_related("home")
    applications = office.rows(Application, Permission.APPLICATION_READ)
    postings = office.rows(Posting, Permission.STAFF_READ).select_related("home", "unit")
    return [
        Kind("homes", _homes(office), homes.order_by("pk")),
        Kind("units", _units(office), units.order_by("home", "pk")),
        Kind(
            "applications",
            _applications(office),
            applications.select_related("home", "unit").order_by("-fiscal_year", "home", "pk"),
        ),
        Kind("staff", _staff(office), postings.order_by("code", "pk"), partial(_look, office)),
    ]


def _look(office: Office, rows: list[Posting]) -> None:
    if rows:
        office.looked(gettext_noop("検索(職員)"), len(rows))


def _named(page: Callable[[Any], str], name: str, header: object) -> Column:
    """Declare the column that names a row and leads to its page."""

    def cell(row: Any) -> SafeString:
        return link(page(row), getattr(row, name))

    return Column(name, header, cell=cell, names_row=True)


def _listing(code: str, columns: list[Column], search: tuple[str, ...]) -> Listing:
    return Listing(
        str(_KINDS[code]), columns, _("該当するものはありません"), search=search, look="small"
    )


def _homes(office: Office) -> Listing:
    page = partial(_page, office, "homes:home")
    columns = [
        _named(page, "name", _("名称")),
        Column("code", "ID"),
        Column("operator", _("法人名")),
    ]
    return _listing("homes", columns, ("name", "code", "operator"))


def _units(office: Office) -> Listing:
    page = partial(_page, office, "homes:unit")
    columns = [
        _named(page, "name", _("名称")),
        Column("code", "ID"),
        Column("kind", _("種別")),
        Column("home__name", _("施設")),
    ]
    return _listing("units", columns, ("name", "code"))


def _applications(office: Office) -> Listing:
    inside = is_inside(office)
    columns = [
        _named(partial(_page, office, "certification:application"), "code", _("申請ID")),
        Column("fiscal_year", _("年度"), cell=lambda row: nendo(row.fiscal_year)),
        Column("addon", _("加算")),
        Column("home__name", _("施設")),
        Column("unit__name", _("生活単位")),
        Column(
            "state",
            _("状態"),
            lambda row: shown_state(row, inside=inside)[1],
            lambda row: badge(*shown_state(row, inside=inside)),
        ),
    ]
    return _listing("applications", columns, ("code", "home__name", "unit__name"))


def _staff(office: Office) -> Listing:
    def page(row: Posting) -> str:
        staff = reverse("homes:staff", args=[office.authority.code, row.home_id])
        return f"{staff}?{urlencode({'show': 'all', 'words': row.code})}"

    columns = [
        _named(page, "code", _("職員ID")),
        Column("home__name", _("施設")),
        Column("unit__name", _("生活単位")),
        Column("job", _("職種")),
        Column("started_on", _("配置開始日"), look="day"),
        Column("ended_on", _("配置終了日"), look="day"),
    ]
    return _listing("staff", columns, ("code",))


def _page(office: Office, name: str, row: Any) -> str:
    return reverse(name, args=[office.authority.code, row.pk])
