"""The staff that a plan needs, as a page shows it."""

from django.utils.translation import gettext as _

from shokibo.documents.blocks import Cell
from shokibo.documents.years import Group, Line, line
from shokibo.planning.plan import Plan
from shokibo.planning.staffing import HomeStaffing, Staffing
from shokibo.web.planning.tables import YearTable, figure, signed


def staffing_table(plan: Plan, found: Staffing) -> YearTable:
    """Lay out the staff of all homes by year."""
    years = found.years
    together = [
        line(_("必要な職員"), years, lambda one: Cell(figure(one.needed))),
        line(_("前年度末からの増減"), years, lambda one: Cell(signed(one.change))),
    ]
    groups = [Group(_("全施設"), together)]
    return YearTable(_("計画に必要な職員数(人)"), plan.years, groups, _("年度末"))


def staff_of_home(found: Staffing, home_id: str) -> Group:
    """Lay out the staff of a home by year."""
    of_home = [one for year in found.years for one in year.homes if one.home_id == home_id]
    return Group(_("計画に必要な職員数(人)"), _of_home(of_home))


def _of_home(years: list[HomeStaffing]) -> list[Line]:
    return [
        line(_("必要な職員"), years, lambda one: Cell(figure(one.needed))),
        line(_("うちバックアップ職員"), years, lambda one: Cell(figure(one.backup))),
        line(_("前年度末からの増減"), years, lambda one: Cell(signed(one.change))),
        line(_("採用予定"), years, lambda one: Cell(figure(one.planned_hires))),
    ]
