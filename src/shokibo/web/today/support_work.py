"""What waits in the support: units without supervision, housing short of the plan."""

import datetime as dt
from collections.abc import Iterator

import polars as pl
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo import calendar
from shokibo.planning.housing import SECURED
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.words import nendo, wareki
from shokibo.web.register.models import Unit
from shokibo.web.store.rules import Rules
from shokibo.web.support.figures import housing_years
from shokibo.web.support.models import Lead, SupportRecord
from shokibo.web.today.work import Line, Today, Work, only_with


@only_with(Permission.SUPPORT_WRITE)
def unsupervised(today: Today) -> Iterator[Work]:
    """Find group homes without supervision for the parameter's months, where it is recorded."""
    office = today.office
    records = office.rows(SupportRecord, Permission.SUPPORT_WRITE).filter(duty="duty_supervision")
    last = {
        (home, unit): day
        for home, unit, day in records.order_by().values_list("home", "unit", Max("done_on"))
    }
    if not last:
        return
    months = Rules(office.authority).law.integer("supervision_gap_months", today.day) or 0
    limit = _months_before(today.day, months)
    units = office.rows(Unit, Permission.SUPPORT_WRITE).exclude(kind="main_unit")
    open_units = units.exclude(opened_on__gt=limit).exclude(closed_on__lt=today.day)
    recorded = {home for home, _unit in last}
    lines = []
    for unit in open_units.select_related("home").order_by("home", "pk"):
        days = [
            day
            for day in (last.get((unit.home_id, unit.pk)), last.get((unit.home_id, None)))
            if day is not None
        ]
        if unit.home_id in recorded and max(days, default=dt.date.min) < limit:
            words = _("最後の記録は%(day)sです。") % {"day": wareki(max(days))} if days else ""
            url = reverse("homes:unit", args=[today.code, unit.pk])
            lines.append(Line(f"{unit.home} {unit}", url, None, words))
    if lines:
        words = _("%(n)sか月を超えてスーパーバイズの記録がない生活単位") % {"n": months}
        yield Work(words, len(lines), tuple(lines), reverse("support:staff", args=[today.code]))


def _months_before(day: dt.date, months: int) -> dt.date:
    before: dt.date = pl.select(pl.lit(day).dt.offset_by(f"-{months}mo")).item()
    return before


@only_with(Permission.HOUSING_WRITE)
def housing_short(today: Today) -> Iterator[Work]:
    """Find years that begin within twelve months with fewer leads than planned openings."""
    office = today.office
    if not office.rows(Lead, Permission.HOUSING_WRITE).exists():
        return
    coming = calendar.fiscal_year_of(today.day) + 1
    url = reverse("support:housing", args=[today.code])
    for one in housing_years(office):
        secured = sum(one.stages[stage] for stage in SECURED)
        if one.fiscal_year == coming and secured < (one.openings or 0):
            words = _("%(year)sの新設%(openings)sか所に、交渉中又は契約した物件が%(leads)s件")
            values = {"year": nendo(coming), "openings": one.openings, "leads": secured}
            title = _("新設に足りない物件を探す")
            yield Work(title, (one.openings or 0) - secured, (Line(words % values, url),), url)
