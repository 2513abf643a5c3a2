"""The plan's charts with their captions, and in words what they show."""

from collections.abc import Sequence
from decimal import Decimal

import polars as pl

from shokibo import calendar
from shokibo.documents.blocks import Figure
from shokibo.documents.charts import Chart, Series
from shokibo.documents.plan.money import FUNDERS, funders_of
from shokibo.documents.plan.money import SHEET as COSTS
from shokibo.documents.plan.targets import SHEET as TARGETS
from shokibo.planning.plan import Plan
from shokibo.rounding import floor_thousand_yen, percent

_FEW_YEARS = 8
_HOME_HEIGHT = 125


def _labels(years: Sequence[int], ending: str) -> tuple[str, ...]:
    """Write fiscal years under bars: on two lines, or where they are many R4, R5."""
    names = [calendar.fiscal_year_label(year) for year in years]
    if len(years) <= _FEW_YEARS:
        return tuple(name.replace("年度", f"\n年度{ending}") for name in names)
    return tuple(calendar.short_fiscal_year(year) for year in years)


def _from_to(first: object, last: object, unit: str) -> str:
    return f"{first}{unit}から{last}{unit}へ"


def home_figure(plan: Plan, home_id: str, name: str) -> Figure:
    """Draw a home's units by band at each year's end."""
    ends = plan.ends.filter(pl.col("home_id") == home_id)
    small = {part: ends[f"{part}_five_to_four"] + ends[f"{part}_three_or_fewer"] for part in _PARTS}
    smallest = sum(ends[f"{part}_three_or_fewer"].sum() for part in _PARTS)
    below_six = "5人以下" if smallest else "5～4人"
    bars = [
        Series(f"{word} {size}", tuple(values))
        for part, word in _PARTS.items()
        for size, values in (
            ("6人以上", ends[f"{part}_six_or_more"]),
            (below_six, small[part]),
        )
    ]
    labels = _labels(plan.years, "末")
    alt = f"{name}の生活単位の数を、本体施設とグループホーム、定員の大きさに分けた年度末ごとの棒。"
    changes = [f"{bar.name}は{_from_to(bar.values[0], bar.values[-1], 'か所')}" for bar in bars]
    return Figure(
        Chart(labels, tuple(bars), unit="か所", height=_HOME_HEIGHT),
        f"{name}　生活単位の数の推移",
        alt + "、".join(changes) + "。",
        "各施設の計画",
    )


_PARTS = {"main": "本体", "group": "グループホーム"}


def places_figure(plan: Plan) -> Figure:
    """Draw the places of main buildings and group homes against the need."""
    ends = plan.all
    need = tuple(plan.need.get(year) for year in plan.years)
    main, group = tuple(ends["main_capacity"]), tuple(ends["group_capacity"])
    known = any(value is not None for value in need)
    alt = (
        "施設の計画の定員を本体施設とグループホームに分けて積み上げた年度末ごとの棒"
        f"{'と、3歳以上の必要量の線' if known else ''}。"
        f"本体施設は{_from_to(main[0], main[-1], '人')}、"
        f"グループホームは{_from_to(group[0], group[-1], '人')}変わる。"
    )
    return Figure(
        Chart(
            _labels(plan.years, "末"),
            (Series("本体施設", main), Series("グループホーム", group)),
            Series("必要量", need) if known else None,
        ),
        "施設の計画の定員と必要量（3歳以上）" if known else "施設の計画の定員",
        alt,
        TARGETS,
    )


def progress_figure(plan: Plan, actual: pl.DataFrame) -> Figure:
    """Draw the places that are there against those planned; `actual` as `review.actual_ends`."""
    sums = actual.group_by("fiscal_year").agg(pl.col("main_capacity", "group_capacity").sum())
    ends = plan.all.join(sums, on="fiscal_year", suffix="_actual").sort("fiscal_year")
    main, group = tuple(ends["main_capacity_actual"]), tuple(ends["group_capacity_actual"])
    planned = tuple(ends["main_capacity"] + ends["group_capacity"])
    return Figure(
        Chart(
            _labels([int(year) for year in ends["fiscal_year"]], "末"),
            (Series("実績 本体施設", main), Series("実績 グループホーム", group)),
            Series("計画の定員", planned),
        ),
        "年度末の定員の計画と実績",
        "実績の定員を本体施設とグループホームに分けて積み上げた年度末ごとの棒と、計画の定員の線。"
        f"直近の年度末は、計画{planned[-1]}人に対し実績{main[-1] + group[-1]}人。",
        TARGETS,
    )


def share_figure(plan: Plan) -> Figure:
    """Draw the share of group homes in the homes' plans against the target."""
    own = tuple(
        _decimal(percent(group, main + group))
        for main, group in plan.all[["main_capacity", "group_capacity"]].iter_rows()
    )
    target = tuple(_decimal(plan.targets_of(year).share_percent) for year in plan.years)
    return Figure(
        Chart(
            _labels(plan.years, "末"),
            (Series("施設の計画", own),),
            Series("目標", target),
            unit="%",
        ),
        "グループホームの定員の割合",
        "全定員に占めるグループホームの定員の割合。"
        f"施設の計画は{_from_to(own[0], own[-1], '%')}、"
        f"目標は{_from_to(target[0], target[-1], '%')}。",
        TARGETS,
    )


def _decimal(share: str | None) -> Decimal | None:
    return None if share is None else Decimal(share)


def cost_figure(plan: Plan) -> Figure:
    """Draw expenditure by year, cut into what others bear and what is left to the authority."""
    total, own = (
        tuple(floor_thousand_yen(getattr(budget, name)) for budget in plan.budgets)
        for name in ("expenditure_total", "net")
    )
    funders = funders_of(plan.budgets)
    borne = [
        Series(
            FUNDERS[funder],
            tuple(
                floor_thousand_yen(
                    sum(paid.amount for paid in budget.revenue if paid.funder == funder)
                )
                for budget in plan.budgets
            ),
        )
        for funder in funders
    ]
    own_share = f"{plan.body}負担額（一般財源）"
    parts = "と".join([*(FUNDERS[funder] for funder in funders), own_share])
    years = [calendar.fiscal_year_label(year) for year in plan.years]
    amounts = [f"{year}は{amount:,}千円" for year, amount in zip(years, total, strict=True)]
    return Figure(
        Chart(
            _labels(plan.years, ""),
            (*borne, Series(own_share, own)),
            unit="千円",
            total=Series("計", total),
        ),
        f"必要経費の推移（歳出の合計と、{parts}）",
        f"年度ごとの歳出の合計を、{parts}に分けた棒。{'、'.join(amounts)}。",
        COSTS,
    )
