"""The four pictures: places against need, share against target, three elements, applications."""

import datetime as dt
from decimal import Decimal
from typing import Any

import polars as pl
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo import calendar
from shokibo.documents.charts import Chart, Series
from shokibo.planning.course import KINDS
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.pictures import Picture
from shokibo.web.base.words import nendo, short_nendo
from shokibo.web.certification.models import STATES, Application
from shokibo.web.store.wording import short_kind

_SMALL = 110
"""Height of the plot of the small pictures."""
ELEMENTS = ("main-places", "main-units", "group-homes")
"""The three elements of small scale (P7): one picture of three parts."""


def drawn(office: Office, course: pl.DataFrame, day: dt.date) -> dict[str, Picture]:
    """Draw them all, by name; `course` is that of `planning.course`."""
    pictures = [_applications(office, day)]
    if course["total"].sum():
        pictures = [_places(course), _share(course), *_elements(course), *pictures]
    code = office.authority.code
    return {
        name: Picture(
            f"picture-{name}", caption, alt, chart, reverse("today:picture", args=[code, name])
        )
        for name, caption, alt, chart in pictures
    }


Drawn = tuple[str, str, str, Chart]


def _places(course: pl.DataFrame) -> Drawn:
    bars = tuple(
        Series(short_kind(kind), _numbers(course, kind)) for kind in KINDS if course[kind].sum()
    )
    need = _line(course, "need", _("必要量"))
    total = None if need else Series(_("計"), _numbers(course, "total"))
    chart = Chart(_labels(course), bars, need, _("人").strip(), total)
    alt = _("種別ごとの定員を積み上げた棒。合計は%(first)s人から%(last)s人へ。") % _ends(
        course, "total"
    )
    if need:
        alt += _("線は3歳以上の必要量。")
    return "places", _("種別ごとの定員と必要量"), alt, chart


def _share(course: pl.DataFrame) -> Drawn:
    bars = (Series(_("グループホームの割合"), _decimals(course, "share")),)
    target = [None if value is None else Decimal(value) for value in course["target_share"]]
    line = Series(_("目標"), tuple(target)) if any(target) else None
    alt = _("全定員に占めるグループホームの定員の割合。%(first)s%%から%(last)s%%へ。") % _ends(
        course, "share"
    )
    chart = Chart(_labels(course), bars, line, "%")
    return "share", _("グループホームの割合と目標"), alt, chart


def _elements(course: pl.DataFrame) -> list[Drawn]:
    """Draw the three elements of small scale, side by side: small charts of one picture."""
    labels, person = _labels(course), _("人").strip()
    places = (Series(_("本体施設の定員"), _numbers(course, "main_capacity")),)
    of_places = _("本体施設の定員。%(first)s人から%(last)s人へ。") % _ends(course, "main_capacity")
    most = {"n": course["main_most"][0]}
    sizes = (Series(_("1か所当たりの定員(人)"), _decimals(course, "places_per_main_unit")),)
    large = Series(_("%(n)s人超の数") % most, _numbers(course, "main_large"))
    of_sizes = _(
        "本体施設の生活単位の、1か所当たりの定員(人)の棒と、%(n)s人を超える生活単位の数(か所)の線。"
    )
    group = (Series(_("グループホームの定員(人)"), _numbers(course, "group_capacity")),)
    count = Series(_("か所数"), _numbers(course, "group_count"))
    of_group = _("グループホームの定員(人)の棒と、か所数の線。定員は%(first)s人から%(last)s人へ。")
    return [
        (
            "main-places",
            _("1 本体施設の定員を減らす"),
            of_places,
            Chart(labels, places, unit=person, height=_SMALL),
        ),
        (
            "main-units",
            _("2 本体施設の生活単位を小さくする"),
            of_sizes % most,
            Chart(labels, sizes, large, unit="", height=_SMALL),
        ),
        (
            "group-homes",
            _("3 グループホームを増やす"),
            of_group % _ends(course, "group_capacity"),
            Chart(labels, group, count, unit="", height=_SMALL),
        ),
    ]


def _applications(office: Office, day: dt.date) -> Drawn:
    """Count this year's applications by state; a home does not see what is proposed."""
    year = calendar.fiscal_year_of(day)
    rows = office.rows(Application, Permission.APPLICATION_READ).filter(fiscal_year=year)
    counts = dict(rows.values_list("state").annotate(Count("pk")).order_by())
    if not office.sees_all_homes:
        counts["submitted"] = counts.get("submitted", 0) + counts.pop("proposed", 0)
    states = [state for state in STATES if office.sees_all_homes or state != "proposed"]
    values = tuple(counts.get(state, 0) for state in states)
    chart = Chart(
        tuple(_(STATES[state]) for state in states), (Series(_("申請"), values),), unit=_("件")
    )
    named = {"year": nendo(year), "n": sum(values)}
    alt = _("%(year)sの申請%(n)s件を、状態ごとに数えた棒。") % named
    return "applications", _("%(year)sの申請の状態") % named, alt, chart


def _labels(course: pl.DataFrame) -> tuple[str, ...]:
    """Write the labels under the bars: the year, and whether it was, is today, or is planned."""
    words = {"actual": _("実績"), "today": _("今日"), "planned": _("計画")}
    return tuple(
        f"{short_nendo(year)}\n{words[point]}"
        for point, year in course.select("point", "fiscal_year").iter_rows()
    )


def _numbers(course: pl.DataFrame, column: str) -> tuple[int, ...]:
    return tuple(course[column])


def _decimals(course: pl.DataFrame, column: str) -> tuple[Decimal | None, ...]:
    return tuple(None if value is None else Decimal(value) for value in course[column])


def _line(course: pl.DataFrame, column: str, name: str) -> Series | None:
    return Series(name, _numbers(course, column)) if course[column].count() else None


def _ends(course: pl.DataFrame, column: str) -> dict[str, Any]:
    known = course[column].drop_nulls()
    return {"first": known[0], "last": known[-1]}
