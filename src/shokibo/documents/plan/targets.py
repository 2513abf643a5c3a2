"""The authority's targets, printed as in the Plan, with the homes' plans and the need."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import polars as pl

from shokibo import calendar
from shokibo.documents.blocks import NONE, POINT, Cell, Table
from shokibo.documents.plan.tables import (
    GROUP,
    HOMES,
    MAIN,
    PERSONS,
    UNITS,
    percentage,
)
from shokibo.documents.years import Group, Line, by_year, column, line
from shokibo.planning import initiatives
from shokibo.planning.outline import AuthorityYear, authority_rows
from shokibo.planning.plan import Plan
from shokibo.planning.projection import places_per_unit
from shokibo.planning.targets import Target

SHARE_NOTE = "※施設の合計定員数に対するグループホーム定員数の割合"
SHEET = "目標"

_ROUGHLY = "程度"
_ROWS = {
    MAIN: (
        ("6人以上定員", "main_six_or_more", UNITS),
        ("5～4人定員", "main_five_to_four", UNITS),
        ("定員数", "main_capacity", PERSONS),
    ),
    GROUP: (
        ("6人以上定員", "group_six_or_more", HOMES),
        ("5～4人定員", "group_five_to_four", HOMES),
        ("か所数", "group_count", HOMES),
        ("定員数（※）", "group_capacity", PERSONS),
    ),
}
_ITEM_WORDS = {
    "main_six_or_more": ("本体施設の6人以上定員", UNITS),
    "main_five_to_four": ("本体施設の5～4人定員", UNITS),
    "main_capacity": ("本体施設の定員数", PERSONS),
    "group_six_or_more": ("グループホームの6人以上定員", HOMES),
    "group_five_to_four": ("グループホームの5～4人定員", HOMES),
    "group_count": ("グループホームのか所数", HOMES),
    "group_capacity": ("グループホームの定員数", PERSONS),
    "total": ("合計定員数", PERSONS),
}


def target_tables(plan: Plan) -> list[Table]:
    """Lay out the targets by year, with short initiatives and the share of group homes."""

    def figure(word: str, item: str, unit: str) -> Line:
        def cell(year: int) -> Cell:
            targets = plan.targets_of(year)
            target: Target = getattr(targets, item)
            share = targets.share_percent if item == "group_capacity" else None
            return Cell(
                target.value,
                unit + (_ROUGHLY if target.approximate else ""),
                f"（{share}%）" if share else "",
                dashed=unit != PERSONS,
            )

        return line(word, plan.years, cell)

    rows: list[Group | Line] = [
        line("主な取組み", plan.years, lambda year: Cell(_in_short(plan, year))),
        *(Group(where, [figure(*row) for row in part]) for where, part in _ROWS.items()),
        figure("合計定員数", "total", PERSONS),
    ]
    return by_year(
        "小規模かつ地域分散化の年次別目標", plan.years, rows, sheet=SHEET, notes=(SHARE_NOTE,)
    )


def _in_short(plan: Plan, year: int) -> str:
    lines = (POINT + initiatives.in_short(each, "ja") for each in plan.initiatives(year))
    return "\n".join(lines) or NONE


def differences(plan: Plan) -> Iterator[str]:
    """Describe for each year where targets differ from the homes' plans, and why."""
    rows = plan.targets.filter(
        (pl.col("value") != pl.col("homes")) | pl.col("reason").is_not_null()
    )
    reasons = rows.group_by("fiscal_year", "reason", maintain_order=True)
    for (year, reason), items in reasons:
        gaps = []
        for row in items.iter_rows(named=True):
            word, unit = _ITEM_WORDS[row["item"]]
            gap = Cell(row["value"] - row["homes"], unit).text
            gaps.append(
                f"{word}：目標{row['value']}{unit}、施設の計画{row['homes']}{unit}（差{gap}）"
            )
        label = calendar.fiscal_year_label(int(str(year)))
        yield f"{label}末　{'、'.join(gaps)}。{reason or '理由は台帳に記載がない。'}"


def places_tables(plan: Plan) -> list[Table]:
    """Lay out the homes' plans, the targets and the need, if it is known, side by side."""
    ends = authority_rows(plan, "ja")

    def places(head: str, value: Callable[[AuthorityYear], int | None]) -> Line:
        return line(head, ends, lambda row: Cell(value(row), PERSONS))

    rows: list[Group | Line] = [
        Group(
            "施設の計画",
            [
                places("本体施設", lambda row: row.main.capacity),
                places("グループホーム", lambda row: row.group_homes.capacity),
                places("合計", lambda row: row.total),
            ],
        ),
        places("目標", lambda row: row.target.total.value),
        places("目標－施設の計画", lambda row: row.difference),
    ]
    caption = "施設の計画と目標の定員"
    if any(row.need is not None for row in ends):
        caption = "定員と必要量"
        rows.insert(-1, places("必要量（3歳以上）", lambda row: row.need))
        rows.append(places("目標－必要量", lambda row: row.gap))
        rows.append(places("施設の計画－必要量", lambda row: row.gap_homes))
    return by_year(caption, plan.years, rows, sheet=SHEET, stubs=(22, 28))


def share_tables(plan: Plan) -> list[Table]:
    """Lay out the share of group homes, and the three elements of small scale and dispersal."""
    years, ends = authority_rows(plan, "ja"), plan.all.rows(named=True)

    def each(row: dict[str, int]) -> Cell:
        places = places_per_unit(row["main_capacity"], row["main_count"])
        return Cell(places and Decimal(places), PERSONS)

    shares = [
        line("施設の計画", years, lambda row: percentage(row.share_percent)),
        line("目標", years, lambda row: percentage(row.target.share_percent)),
    ]
    elements = [
        column("① 本体施設の定員", ends, "main_capacity", PERSONS),
        line("② 1ユニットあたりの定員", ends, each),
        column("　 6人を超えるユニット", ends, "main_over_most", UNITS),
        column("③ グループホームの数", ends, "group_count", HOMES),
        column("　 グループホームの定員", ends, "group_capacity", PERSONS),
    ]
    return [
        table
        for caption, rows in (
            ("グループホームの定員の割合", shares),
            ("小規模化・地域分散化の3つの要素の推移（施設の計画）", elements),
        )
        for table in by_year(caption, plan.years, rows, sheet=SHEET, stubs=(50,))
    ]


def goal(plan: Plan) -> str:
    """Name the homes that have group homes of six or more at the plan's end, and the goal year."""
    last = plan.years[-1]
    names = plan.headings
    ends = plan.ends.filter((pl.col("fiscal_year") == last) & (pl.col("group_six_or_more") > 0))
    if ends.is_empty():
        return ""
    where = "、".join(
        f"{names[home]}{count}{HOMES}"
        for home, count in ends.select("home_id", "group_six_or_more").iter_rows()
    )
    label = calendar.fiscal_year_label(last)
    until = plan.goal_year
    aim = f"概ね{calendar.fiscal_year_label(until)}までを目途に" if until else "引き続き"
    return f"※{label}末に定員6人以上のグループホーム：{where}。{aim}定員5～4人に向けて取り組む。"
