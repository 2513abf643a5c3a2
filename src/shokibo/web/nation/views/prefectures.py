"""The nation by prefecture, in one year: a map of tiles, and its table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.returns.counting import Sum, sums_by
from shokibo.returns.prefectures import PREFECTURES, Prefecture
from shokibo.web.accounts.access import Access
from shokibo.web.accounts.page import instance_page
from shokibo.web.base.parameters import asks, choice_field
from shokibo.web.base.words import as_text, nendo, or_dash
from shokibo.web.nation.tabs import tabs
from shokibo.web.nation.views.received import READ, FormOfYearQuery, years_back
from shokibo.web.returns.counts import counted

_SIDE = 44
"""Pixels of a tile."""
_SHADES = 4
MEASURES: Mapping[str, tuple[Any, Callable[[Sum], Decimal | None]]] = {
    "certified": (gettext_lazy("認定(か所)"), lambda one: Decimal(one.units("certified"))),
    "units": (gettext_lazy("生活単位(か所)"), lambda one: Decimal(one.units("units"))),
    "applied": (gettext_lazy("申請(か所)"), lambda one: Decimal(one.units("applied"))),
    "backup": (
        gettext_lazy("バックアップ職員を認定した施設の割合(%)"),
        lambda one: None if one.backup_percent is None else Decimal(one.backup_percent),
    ),
    "extra": (gettext_lazy("加配職員数(推計、人)"), lambda one: Decimal(one.extra.staff)),
}


class MapQuery(FormOfYearQuery):
    """Which figure of which form and year."""

    measure = choice_field(
        gettext_lazy("数値"), {code: name for code, (name, _f) in MEASURES.items()}
    )


@dataclass(frozen=True)
class Tile:
    """A prefecture on the map: its place in pixels, its value, and its shade from 0 to 4."""

    prefecture: Prefecture
    value: Decimal | None
    shade: int

    @property
    def name(self) -> str:
        """The prefecture's name."""
        return as_text(self.prefecture.name)

    @property
    def x(self) -> int:
        """The left edge."""
        return self.prefecture.column * _SIDE

    @property
    def y(self) -> int:
        """The upper edge."""
        return self.prefecture.row * _SIDE


def tiles(values: Mapping[str, Decimal | None]) -> list[Tile]:
    """Lay values out by prefecture; the highest is the darkest, and only none or 0 is white."""
    most = max((value for value in values.values() if value), default=None)
    return [
        Tile(one, value, 0 if not value or most is None else _shade(value, most))
        for code, one in PREFECTURES.items()
        for value in (values.get(code),)
    ]


def _shade(value: Decimal, most: Decimal) -> int:
    return max(1, ceil(value * _SHADES / most))


@instance_page(READ, ("GET", "HEAD"))
@asks(MapQuery)
def prefectures(request: HttpRequest, access: Access, *, asked: MapQuery) -> HttpResponse:
    """Show the map of a figure, and all figures as a table."""
    number = asked.number
    year, measure = asked.year_of(number), asked.given["measure"] or "certified"
    label, value = MEASURES[measure]
    versions = (one for one in counted(number) if one.fiscal_year == year)
    sums = sums_by(versions, lambda one: one.authority_code[:2])
    laid = tiles({code: value(one) for code, one in sums.items()})
    context = {
        "tabs": tabs("nation_prefectures"),
        "number": number,
        "year": year,
        "years": years_back(year),
        "measure": measure,
        "measures": {code: name for code, (name, _f) in MEASURES.items()},
        "label": label,
        "title": _("%(what)s 様式%(number)s %(year)s")
        % {"what": label, "number": number, "year": nendo(year)},
        "tiles": laid,
        "width": (max(one.prefecture.column for one in laid) + 1) * _SIDE,
        "height": (max(one.prefecture.row for one in laid) + 1) * _SIDE,
        "heads": [_("報告した自治体"), *(name for name, _f in MEASURES.values())],
        "rows": [
            (as_text(one.name), _figures(sums.get(code))) for code, one in PREFECTURES.items()
        ],
    }
    return render(request, "nation/prefectures.html", context)


def _figures(found: Sum | None) -> list[object]:
    if found is None:
        return [0, *("—" for _measure in MEASURES)]
    return [
        found.counts.authorities,
        *(or_dash(value(found)) for _name, value in MEASURES.values()),
    ]
