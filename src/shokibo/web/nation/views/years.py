"""The nation over the years: units, applied, certified, homes with backup, extra staff."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.documents.charts import Chart, Series
from shokibo.returns.counting import Sum, sums_by
from shokibo.returns.forms import KINDS
from shokibo.web.accounts.access import Access
from shokibo.web.accounts.page import instance_page
from shokibo.web.base.parameters import asks
from shokibo.web.base.pictures import Picture, svg_answer
from shokibo.web.base.words import nendo, or_dash, short_nendo
from shokibo.web.nation.tabs import tabs
from shokibo.web.nation.views.received import READ
from shokibo.web.nation.views.timeliness import FormQuery
from shokibo.web.returns.counts import counted
from shokibo.web.store.wording import short_kind

_SIZES = ("4", "5", "6")


@dataclass(frozen=True)
class Years:
    """The sums of a form's versions that count, year by year."""

    number: int
    sums: dict[int, Sum]

    @property
    def labels(self) -> tuple[str, ...]:
        """The years, short."""
        return tuple(map(short_nendo, self.sums))

    def row(self, value: Callable[[Sum], Any]) -> tuple[Any, ...]:
        """Return a figure of each year."""
        return tuple(value(one) for one in self.sums.values())


def years_of(number: int) -> Years:
    """Add up the versions that count of a form, by year."""
    sums = sums_by(counted(number), lambda one: one.fiscal_year)
    return Years(number, dict(sorted(sums.items())))


def _units(name: str, kind: str = "total", part: str = "total") -> Callable[[Sum], int]:
    return lambda one: one.units(name, kind, part)


def _homes(name: str) -> Callable[[Sum], int]:
    return lambda one: one.homes(name)


def rows_of(found: Years) -> Iterator[tuple[str, list[object]]]:
    """Return the table: each count with its figures of the years."""
    yield _("報告した自治体"), list(found.row(lambda one: one.counts.authorities))
    for kind in (*KINDS, "total"):
        of_kind = short_kind(kind) if kind in KINDS else _("合計")
        yield (
            _("%(kind)s 生活単位") % {"kind": of_kind},
            list(found.row(_units("units", kind))),
        )
        for name, label in (("applied", _("申請")), ("certified", _("認定"))):
            for part in ("total", *_SIZES):
                size = "" if part == "total" else _("うち定員%(n)s名") % {"n": part}
                yield (
                    " ".join(word for word in (of_kind, label, size) if word),
                    list(found.row(_units(name, kind, part))),
                )
    for name, label in (
        ("homes", _("児童養護施設")),
        ("homes_with_units", _("うち対象の生活単位がある施設")),
        ("applied", _("バックアップ職員加算の申請")),
        ("certified", _("バックアップ職員加算の認定")),
    ):
        yield label, list(found.row(_homes(name)))
    yield (
        _("バックアップ職員を認定した施設の割合(%)"),
        [or_dash(value) for value in found.row(lambda one: one.backup_percent)],
    )
    yield _("加配職員数(推計)"), list(found.row(lambda one: one.extra.staff))
    yield _("加配職員数が分からない生活単位"), list(found.row(lambda one: one.extra.unknown))


def pictures_of(found: Years) -> dict[str, Picture]:
    """Draw the years, by name."""
    kinds = {kind: short_kind(kind) for kind in KINDS}
    certified = Series(_("認定"), found.row(_units("certified")))
    by_kind = tuple(
        Series(label, found.row(_units("units", kind))) for kind, label in kinds.items()
    )
    by_places = tuple(
        Series(
            _("定員%(n)s名") % {"n": size},
            found.row(_units("certified", "total", size)),
        )
        for size in _SIZES
    )
    applied = Series(_("申請"), found.row(_units("applied")))
    share = Series(
        _("割合"),
        found.row(lambda one: None if one.backup_percent is None else Decimal(one.backup_percent)),
    )
    extra = Series(_("加配職員数"), found.row(lambda one: one.extra.staff))
    unit = _("か所")
    charts = {
        "units": (_("種別ごとの生活単位と、認定"), Chart(found.labels, by_kind, certified, unit)),
        "places": (
            _("定員ごとの認定と、申請"),
            Chart(found.labels, by_places, applied, unit),
        ),
        "backup": (
            _("バックアップ職員を認定した施設の割合"),
            Chart(found.labels, (share,), unit="%", height=120),
        ),
        "extra": (
            _("加配職員数(推計)"),
            Chart(found.labels, (extra,), unit=_("人").strip(), height=120),
        ),
    }
    return {
        name: Picture(
            f"picture-{name}",
            caption,
            _("%(what)sを年度ごとに示す図。数値は表にあります。") % {"what": caption},
            chart,
            f"{reverse('nation_years_picture', args=[name])}?form={found.number}",
        )
        for name, (caption, chart) in charts.items()
    }


@instance_page(READ, ("GET", "HEAD"))
@asks(FormQuery)
def years(request: HttpRequest, access: Access, *, asked: FormQuery) -> HttpResponse:
    """Show the years as pictures and as one table."""
    found = years_of(asked.number)
    context = {
        "tabs": tabs("nation_years"),
        "number": asked.number,
        "heads": [nendo(year) for year in found.sums],
        "rows": list(rows_of(found)),
        "pictures": list(pictures_of(found).values()) if found.sums else [],
    }
    return render(request, "nation/years.html", context)


@instance_page(READ, ("GET", "HEAD"))
@asks(FormQuery)
def picture(request: HttpRequest, access: Access, name: str, *, asked: FormQuery) -> HttpResponse:
    """Draw one of the pictures as SVG."""
    found = years_of(asked.number)
    if not found.sums or name not in (drawn := pictures_of(found)):
        raise Http404
    return svg_answer(drawn[name])
