"""The example row of each sheet of an empty template: visible to people, skipped in reading.

Every cell in it is marked, so that it is recognised however rows and columns are moved.
"""

from dataclasses import replace
from typing import TypeGuard

from shokibo.ledger.carriers.headers import column_named
from shokibo.ledger.cells import folded
from shokibo.ledger.columns import Column, Kind, Table
from shokibo.ledger.raw import RawCell, RawTable, is_filled

_MARK = "例:"
_MARKS = (_MARK, "例：")
_FREE = (Kind.TEXT, Kind.REMARKS)
"""Kinds whose real values may begin like the mark."""

_ROWS = {
    "authorities": {
        "authority_code": "990001",
        "name": "架空市",
        "kind": "児童相談所設置市",
        "reporting_officer": "福祉部長",
    },
    "homes": {
        "home_id": "A",
        "name": "架空学園",
        "operator": "社会福祉法人架空会",
        "authority_code": "990001",
    },
    "units": {
        "unit_id": "A-1",
        "home_id": "A",
        "name": "架空の家",
        "kind": "地域小規模児童養護施設",
        "opened_on": "令和3年4月1日",
        "area": "架空町",
    },
    "capacities": {"unit_id": "A-1", "effective_from": "令和3年4月1日", "capacity": "6"},
    "staff": {
        "staff_id": "S01",
        "home_id": "A",
        "unit_id": "A-1",
        "job": "保育士",
        "employment": "非常勤",
        "weekly_hours": "20",
        "full_time_weekly_hours": "38.75",
        "role": "直接養育",
        "dedicated": "○",
        "main_rota": "×",
        "started_on": "令和4年4月1日",
    },
    "absences": {
        "staff_id": "S01",
        "started_on": "令和4年6月1日",
        "ended_on": "令和4年9月30日",
        "kind": "産前産後休業",
    },
    "confirmations": {
        "home_id": "A",
        "item": "人材育成",
        "result": "○",
        "confirmed_on": "令和4年4月6日",
        "holds_from": "令和4年4月1日",
        "expires_on": "令和5年3月31日",
        "evidence": "人材育成計画",
    },
    "applications": {
        "application_id": "N01",
        "addon": "小規模かつ地域分散化加算",
        "home_id": "A",
        "unit_id": "A-1",
        "fiscal_year": "令和4年度",
        "start_month": "令和4年4月",
        "requested_extra": "1",
        "applied_on": "令和4年4月4日",
        "decision": "認定",
        "certified_extra": "1",
        "decided_on": "令和4年4月20日",
    },
    "plan": {
        "title": "架空市の計画",
        "baseline_on": "令和4年3月31日",
        "from_year": "令和4年度",
        "to_year": "令和6年度",
        "goal_year": "令和11年度",
    },
    "actions": {
        "home_id": "A",
        "fiscal_year": "令和5年度",
        "action": "新設",
        "unit_kind": "地域小規模児童養護施設",
        "count": "1",
        "capacity": "6",
    },
    "need": {"fiscal_year": "令和4年度", "age_band": "学童期以降", "children": "50"},
    "targets": {"fiscal_year": "令和4年度", "item": "合計定員", "value": "60"},
    "occupancy": {
        "as_of": "令和4年3月31日",
        "population": "区域内施設の全入所児童",
        "home_id": "A",
        "place": "合計",
        "children": "40",
    },
    "costs": {
        "fiscal_year": "令和4年度",
        "item": "家賃",
        "account": "使用料及び賃借料",
        "timing": "年間",
        "basis": "新設グループホーム",
        "amount": "2400000",
        "national_share": "1/2",
        "eligible_rule": "全額",
    },
    "population": {
        "fiscal_year": "令和4年度",
        "age_band": "学童期以降",
        "children": "60000",
    },
    "care_rates": {
        "fiscal_year": "令和4年度",
        "age_band": "学童期以降",
        "in_care_per_10000": "16.5",
        "foster_rate": "30",
        "source": "架空市の統計",
    },
    "episodes": {
        "child_code": "C-0123",
        "birth_month": "平成24年6月",
        "place": "児童養護施設",
        "started_on": "令和2年5月11日",
        "ended_on": "令和4年3月31日",
        "end_reason": "家庭復帰",
        "home_id": "A",
        "unit_id": "A-1",
        "center_code": "J01",
    },
    "parameters": {
        "name": "base_qualified.community_home",
        "effective_from": "令和4年4月1日",
        "value": "3",
        "source": "架空市の要綱",
    },
    "housing": {
        "lead_id": "B01",
        "found_on": "令和4年5月10日",
        "source": "空き家等の情報",
        "area": "架空町",
        "home_id": "A",
        "state": "交渉中",
        "state_on": "令和4年7月1日",
        "planned_year": "令和5年度",
        "capacity": "6",
        "monthly_rent": "200000",
    },
    "trainings": {
        "training_id": "K01",
        "home_id": "A",
        "held_on": "令和4年6月15日",
        "title": "個別的な養育の研修",
        "purpose": "小規模かつ地域分散化",
        "external": "○",
        "participants": "8",
        "hours": "2",
    },
    "support_log": {
        "home_id": "A",
        "unit_id": "A-1",
        "done_on": "令和4年6月1日",
        "duty": "スーパーバイズ",
        "by": "基幹的職員",
        "minutes": "60",
    },
    "hiring": {
        "home_id": "A",
        "fiscal_year": "令和4年度",
        "planned": "3",
        "hired": "2",
        "left": "1",
    },
    "family_support": {
        "home_id": "A",
        "fiscal_year": "令和4年度",
        "supported": "10",
        "returned_home": "3",
    },
    "quality": {
        "home_id": "A",
        "done_on": "令和4年10月3日",
        "kind": "第三者評価",
        "published_on": "令和4年12月1日",
    },
    "community": {
        "held_on": "令和4年8月6日",
        "home_id": "A",
        "kind": "行事",
        "what": "町会の夏祭り",
        "participants": "20",
    },
}


def example_cells(table: Table) -> list[str | None]:
    """Return the cells of a table's example row, each with the mark."""
    row = _ROWS[table.name]
    return [f"{_MARK}{row[c.name]}" if c.name in row else None for c in table.columns]


_TEXTS = frozenset(f"{_MARK}{text}" for row in _ROWS.values() for text in row.values())


def is_left_from_example(cell: RawCell, column: Column) -> TypeGuard[str]:
    """Return whether a cell of a real row still holds the example's text."""
    return _is_marked(cell) and (column.kind not in _FREE or folded(cell) in _TEXTS)


def without_examples(raw: RawTable) -> RawTable:
    """Leave out rows in which every filled cell is marked as an example."""
    rows = _example_rows(raw)
    if not rows:
        return raw
    stay = [at for at in range(len(raw.rows)) if at not in rows]
    columns = [[column[at] for at in stay] for column in raw.columns]
    return replace(raw, columns=columns, rows=[raw.rows[at] for at in stay])


def _example_rows(raw: RawTable) -> set[int]:
    known = [
        (raw.columns[index], column)
        for index, header in enumerate(raw.headers)
        if (column := column_named(raw.table, header)) is not None
    ]
    rows = list(range(len(raw.rows)))
    for cells, _ in sorted(
        known, key=lambda one: not one[1].required
    ):  # few rows pass the first check
        rows = [at for at in rows if _is_marked(cells[at]) or not is_filled(cells[at])]
    return {at for at in rows if any(_is_marked(cells[at]) for cells, _ in known)}


def _is_marked(cell: RawCell) -> TypeGuard[str]:
    return isinstance(cell, str) and cell.lstrip().startswith(_MARKS)
