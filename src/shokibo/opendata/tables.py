"""Every table for everybody, from an authority's ledger and the returns it submitted."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from shokibo.law.own_law import law_of
from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.ledger.tables import ADDONS, UNIT_KINDS
from shokibo.opendata.columns import FISCAL_YEAR, code_column
from shokibo.opendata.people import need_table, occupancy_table
from shokibo.opendata.table import Column, OpenTable, Value
from shokibo.planning.course import KINDS, year_end_sizes
from shokibo.planning.plan import Plan, plan_of
from shokibo.returns.forms import FormFigures
from shokibo.rounding import percent
from shokibo.texts import Text

NAMES = {
    "places": Text("種別ごとの定員", "Places by kind"),
    "units": Text("定員ごとの生活単位", "Units by capacity"),
    "addons": Text("加算の申請と認定", "Add-ons applied for and certified"),
    "plan": Text("計画", "Plan"),
    "need": Text("必要量", "Need for alternative care"),
    "occupancy": Text("入所児童数", "Children in homes"),
}
OF_PEOPLE = ("need", "occupancy")
"""Tables that count children."""
_UNITS = Column("units", "integer", Text("か所数", "units"))
_PLACES = Column("places", "integer", Text("定員", "places"))
_ADDON_KINDS = {**UNIT_KINDS, **ADDONS}


def open_tables(
    ledger: Ledger,
    law: Law,
    today: dt.date,
    threshold: int | None,
    forms: Iterable[FormFigures],
    planned: Ledger | None,
) -> list[OpenTable]:
    """Return the tables that hold a row, in the order of NAMES.

    `ledger` is one authority's part, `planned` the ledger of its plan as it was published, with the
    own values of that day, None if none was; `forms` are the figures of its latest submitted
    returns. Without a threshold no table counts people.
    """
    plan = plan_of(planned, law_of(planned, law)) if planned else None
    found = [
        _places(ledger, today),
        _units(ledger, today),
        _addons(forms),
        *([_plan(plan)] if plan else []),
    ]
    if threshold is not None:
        found += [need_table(planned, threshold)] if planned else []
        found += [occupancy_table(ledger, threshold)]
    return [table for table in found if table.rows]


def _places(ledger: Ledger, today: dt.date) -> OpenTable:
    sizes = year_end_sizes(ledger, today)
    sums: dict[tuple[int, str], list[int]] = {}
    for year, kind, capacity, units in sizes.iter_rows():
        one = sums.setdefault((year, kind), [0, 0])
        one[0] += units
        one[1] += (capacity or 0) * units
    rows = [
        (year, kind, UNIT_KINDS[kind], *sums[year, kind])
        for year in dict.fromkeys(sizes["fiscal_year"])
        for kind in KINDS
        if (year, kind) in sums
    ]
    return _table(
        "places",
        Text(
            "各年度末の、種別ごとの生活単位の数と定員(台帳の実績)。",
            "Units and places by kind at each fiscal year's end, from the register.",
        ),
        (FISCAL_YEAR, *code_column("kind", "種別", "kind"), _UNITS, _PLACES),
        rows,
    )


def _units(ledger: Ledger, today: dt.date) -> OpenTable:
    capacity = Column(
        "capacity",
        "integer",
        Text("1か所の定員", "places of each unit"),
        Text("空欄は、定員の登録がない生活単位。", "Blank: not registered."),
    )
    rows = [
        (year, kind, UNIT_KINDS[kind], size, units)
        for year, kind, size, units in year_end_sizes(ledger, today).iter_rows()
    ]
    return _table(
        "units",
        Text(
            "各年度末の、種別と定員ごとの生活単位の数(台帳の実績)。",
            "Units by kind and capacity at each fiscal year's end, from the register.",
        ),
        (FISCAL_YEAR, *code_column("kind", "種別", "kind"), capacity, _UNITS),
        rows,
    )


def _addons(forms: Iterable[FormFigures]) -> OpenTable:
    rows: list[tuple[Value, ...]] = []
    for form in sorted(forms, key=lambda form: (form.fiscal_year, form.form)):
        at = (form.fiscal_year, form.form)
        for kind in ("community_home", "branch_group_care"):
            counts = form.units[kind]
            applied, certified = counts.applied["total"], counts.certified["total"]
            rows.append((*at, kind, _ADDON_KINDS[kind], counts.units, applied, certified))
        totals = (form.backup.homes, form.backup.applied, form.backup.certified)
        rows.append((*at, "backup", _ADDON_KINDS["backup"], *totals))
    return _table(
        "addons",
        Text(
            "国に提出した様式1(4月末)と様式2(年間)の、対象、申請、認定の数。",
            "Units in scope, applied for and certified, of forms 1 and 2 as submitted.",
        ),
        (
            FISCAL_YEAR,
            Column("form", "integer", Text("様式", "form")),
            *code_column("kind", "種別", "kind"),
            Column(
                "in_scope",
                "integer",
                Text("対象", "in scope"),
                Text(
                    "生活単位の数。バックアップ職員は施設の数。", "Units; for backup staff, homes."
                ),
            ),
            Column("applied", "integer", Text("申請", "applied for")),
            Column("certified", "integer", Text("認定", "certified")),
        ),
        rows,
    )


def _plan(plan: Plan) -> OpenTable:
    money = {one.fiscal_year: one for one in plan.budgets}
    rows: list[tuple[Value, ...]] = []
    for row in plan.all.iter_rows(named=True):
        year, total = row["fiscal_year"], row["main_capacity"] + row["group_capacity"]
        aims = plan.targets_of(year)
        costs = money.get(year)
        known = {
            **row,
            "total": total,
            "share": _decimal(percent(row["group_capacity"], total)),
            "target_group_count": aims.group_count.value,
            "target_group_capacity": aims.group_capacity.value,
            "target_total": aims.total.value,
            "target_share": _decimal(aims.share_percent),
            "expenditure": costs.expenditure_total if costs else None,
            "revenue": costs.revenue_total if costs else None,
            "net": costs.net if costs else None,
            "estimated": costs.estimated if costs else None,
        }
        rows.append((year, *(known[name] for _column, name in _PLAN)))
    return _table(
        "plan",
        Text(
            "計画の年度末ごとの定員、目標、経費。",
            "Places, targets and costs of the plan at each fiscal year's end.",
        ),
        (FISCAL_YEAR, *(column for column, _value in _PLAN)),
        rows,
    )


def _decimal(printed: str | None) -> Decimal | None:
    return None if printed is None else Decimal(printed)


def _number(name: str, ja: str, en: str, source: str) -> tuple[Column, str]:
    return Column(name, "integer", Text(ja, en)), source


_PLAN: tuple[tuple[Column, str], ...] = (
    _number("main_units", "本体施設の生活単位", "main units", "main_count"),
    _number("main_places", "本体施設の定員", "places in the main building", "main_capacity"),
    _number("group_homes", "グループホーム", "group homes", "group_count"),
    _number("group_places", "グループホームの定員", "places in group homes", "group_capacity"),
    _number("places", "定員の合計", "all places", "total"),
    (
        Column(
            "group_share", "number", Text("グループホームの割合(%)", "share of group homes (%)")
        ),
        "share",
    ),
    _number(
        "target_group_homes", "目標:グループホーム", "target: group homes", "target_group_count"
    ),
    _number(
        "target_group_places",
        "目標:グループホームの定員",
        "target: places in group homes",
        "target_group_capacity",
    ),
    _number("target_places", "目標:定員の合計", "target: all places", "target_total"),
    (
        Column(
            "target_share",
            "number",
            Text("目標:グループホームの割合(%)", "target: share of group homes (%)"),
        ),
        "target_share",
    ),
    _number("expenditure", "歳出(円)", "expenditure (yen)", "expenditure"),
    _number("national_revenue", "国の負担(円)", "borne by the State (yen)", "revenue"),
    _number("net", "自治体の負担(円)", "borne by the authority (yen)", "net"),
    (
        Column(
            "estimated",
            "boolean",
            Text("概算", "estimated"),
            Text("前の年度の単価による年度。", "Years that rest on an earlier year's unit costs."),
        ),
        "estimated",
    ),
)
"""Columns of the plan's table, and what fills each."""


def _table(
    name: str, about: Text, columns: tuple[Column, ...], rows: Iterable[tuple[Value, ...]]
) -> OpenTable:
    return OpenTable(name, NAMES[name], about, columns, tuple(rows))
