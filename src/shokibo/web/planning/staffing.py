"""The staff that a plan needs, as a page shows it."""

from django.utils.translation import gettext as _

from shokibo.documents.blocks import Cell
from shokibo.documents.years import Group, Line, line
from shokibo.planning.plan import Plan
from shokibo.planning.staffing import HomeStaffing, Staffing
from shokibo.web.planning.tables import YearTable, figure, signed


def staffing_table(plan: Plan, found: Staffing) -> YearTable:
    """Lay out the staff of all homes by year, then of each."""
    years = found.years
    together = [
        line(_("必要な職員"), years, lambda one: Cell(figure(one.needed))),
        line(_("前年度末からの増減"), years, lambda one: Cell(signed(one.change))),
    ]
    homes = [
        Group(name, _of_home([one.homes[index] for one in years]))
        for index, name in enumerate(plan.names.values())
    ]
    return YearTable(
        _("計画に必要な職員数(人)"), plan.years, [Group(_("全施設"), together), *homes], _("年度末")
    )


def _of_home(years: list[HomeStaffing]) -> list[Line]:
    return [
        line(_("必要な職員"), years, lambda one: Cell(figure(one.needed))),
        line(_("うちバックアップ職員"), years, lambda one: Cell(figure(one.backup))),
        line(_("前年度末からの増減"), years, lambda one: Cell(signed(one.change))),
        line(_("採用予定"), years, lambda one: Cell(figure(one.planned_hires))),
    ]
