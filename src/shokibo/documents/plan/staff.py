"""The staff that the plan needs at each year's end, as a table."""

from shokibo.documents.blocks import Cell, Table
from shokibo.documents.plan.tables import PERSONS
from shokibo.documents.years import Group, Line, by_year, line
from shokibo.planning.plan import Plan
from shokibo.planning.staffing import HomeStaffing, staffing

_WHOM = "定員4～6人の対象の生活単位に必要な職員と、その施設のバックアップ職員の数。"
_NOT_ALL = "そのほかの生活単位の職員は含まない。"


def staff_tables(plan: Plan) -> list[Table]:
    """Lay out the staff of each home and of all by year; nothing if none is counted."""
    years = staffing(plan, "ja").years
    if not any(year.needed for year in years):
        return []
    hires = any(home.planned_hires is not None for year in years for home in year.homes)
    rows: list[Group | Line] = [
        Group(plan.names[home_id], _home([year.homes[index] for year in years], hires=hires))
        for index, home_id in enumerate(plan.names)
    ]
    together = [
        line("必要な職員数", years, lambda year: Cell(year.needed, PERSONS)),
        line("前年度末からの増減", years, lambda year: Cell(year.change, PERSONS)),
    ]
    uncounted = any(year.uncounted for year in years)
    return by_year(
        "計画に必要な職員数",
        plan.years,
        [*rows, Group("合計", together)],
        sheet="職員",
        stubs=(30, 36),
        notes=(_WHOM + (_NOT_ALL if uncounted else ""),),
    )


def _home(years: list[HomeStaffing], *, hires: bool) -> list[Line]:
    lines = [
        line("必要な職員数", years, lambda one: Cell(one.needed, PERSONS)),
        line("うちバックアップ職員", years, lambda one: Cell(one.backup, PERSONS)),
    ]
    if hires:
        lines.append(line("採用予定", years, lambda one: Cell(one.planned_hires, PERSONS)))
    return lines
