"""Add-ons of the year before that nobody applied for again: for the office, and for the home."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo import calendar
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.words import nendo
from shokibo.web.certification.carrying import years_to_carry
from shokibo.web.certification.models import Application
from shokibo.web.register.models import Unit
from shokibo.web.today.work import LINES, Line, Today, Work, only_with

_PLACE = ("addon", "home_id", "unit_id")
_WRITE, _EXAMINE = Permission.APPLICATION_WRITE, Permission.APPLICATION_EXAMINE


@only_with(_WRITE, _EXAMINE)
def not_applied_again(today: Today) -> Iterator[Work]:
    """Return what ran to 31 March and has no application of this year that was submitted."""
    is_home, year = today.office.may(_WRITE), calendar.fiscal_year_of(today.day)
    permission = _WRITE if is_home else _EXAMINE
    if today.figures is None:
        return
    rows = today.office.rows(Application, permission)
    found = today.figures.not_applied_again
    own = set(rows.filter(pk__in=[one.application for one in found]).values_list("pk", flat=True))
    found = tuple(one for one in found if one.application in own)
    if not found:
        return
    named = found[:LINES]
    last = rows.select_related("home", "unit").in_bulk([one.application for one in named])
    units = {
        unit.code: unit
        for unit in Unit.objects.filter(
            authority=today.office.authority, code__in=[one.unit for one in named if one.unit]
        ).select_related("home")
    }
    drafts = {
        tuple(place): key
        for key, *place in rows.filter(fiscal_year=year, state="draft").values_list("pk", *_PLACE)
    }
    lines = tuple(
        _line(today, last[one.application], units.get(one.unit or ""), drafts, is_home=is_home)
        for one in named
    )
    if is_home and year - 1 in years_to_carry(today.office):
        url = reverse("certification:next_year", args=[today.code, year - 1])
    else:
        page = "applications" if is_home else "queue"
        last_year = f"?state=certified&year={year - 1}"
        url = reverse(f"certification:{page}", args=[today.code]) + last_year
    yield Work(
        _("%(year)sの申請がまだない加算") % {"year": nendo(year)},
        len(found),
        lines,
        url,
        _("前の年度に認定され、3月31日まで続いた加算です。今年度の申請は提出されていません。"),
        urgent=today.day <= calendar.end_of_april(year),
    )


def _line(
    today: Today,
    row: Application,
    unit: Unit | None,
    drafts: dict[tuple[object, ...], int],
    *,
    is_home: bool,
) -> Line:
    """Lead to the draft where there is one; otherwise to a new one for who may write it."""
    home = unit.home if unit else row.home
    draft = drafts.get((row.addon, home.pk, unit.pk if unit else None))
    name = " ".join(str(part) for part in (home, unit, row.get_addon_display()) if part)
    if draft is not None:
        page = "edit" if is_home else "application"
        url = reverse(f"certification:{page}", args=[today.code, draft])
        return Line(name, url, note=_("下書きのままです。"))
    if is_home:
        url = reverse("certification:new", args=[today.code])
        asked = f"?addon={row.addon}" + (f"&unit={unit.pk}" if unit else "")
        return Line(name, url + asked, note=_("下書きを作ります。"))
    url = reverse("certification:application", args=[today.code, row.pk])
    return Line(name, url, note=_("施設の下書きもありません。前の年度の申請を開きます。"))
