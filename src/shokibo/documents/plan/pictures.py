"""The plan's charts with their captions and descriptions."""

from collections.abc import Sequence
from decimal import Decimal

import polars as pl

from shokibo import calendar
from shokibo.documents.blocks import Figure
from shokibo.documents.charts import Chart, Series
from shokibo.documents.plan.money import FUNDERS, funders_of
from shokibo.documents.plan.money import SHEET as COSTS
from shokibo.documents.plan.tables import BAND_WORDS
from shokibo.documents.plan.targets import SHEET as TARGETS
from shokibo.planning.budget import Funder
from shokibo.planning.plan import Plan
from shokibo.rounding import floor_thousand_yen, percent
from shokibo.texts import Language, Text
from shokibo.wording import listed, year_in_words

_FEW_YEARS = 8
_HOME_HEIGHT = 125
_PLACES = Text("人", "places")
_NUMBER = Text("か所", "units")
_PERCENT = Text("%", "%")
_THOUSAND_YEN = Text("千円", "thousand yen")
_MAIN, _GROUP = Text("本体施設", "Main buildings"), Text("グループホーム", "Group homes")
_PARTS = {"main": _MAIN, "group": _GROUP}
_SIX_OR_MORE = Text(BAND_WORDS["six_or_more"], "6 or more")
_BELOW_SIX = Text(BAND_WORDS["five_to_four"], "5 to 4")
_FIVE_OR_FEWER = Text(
    "・".join((BAND_WORDS["five_to_four"], BAND_WORDS["three_or_fewer"])), "5 or fewer"
)
_FROM_TO = Text("{first}{unit}から{last}{unit}へ", "from {first} to {last} {unit}")
_CHANGE = Text("{name}は{change}", "{name} {change}")
_BORNE: dict[Funder, Text] = {
    "state": Text(FUNDERS["state"], "Borne by the State"),
    "prefecture": Text(FUNDERS["prefecture"], "Borne by the prefecture"),
}
_OWN = Text("{body}負担額（一般財源）", "Borne by the authority")


def _labels(years: Sequence[int], ending: str, language: Language) -> tuple[str, ...]:
    """Write fiscal years under bars: on two lines, or as R4, R5 if there are many."""
    if language == "en":
        return tuple(year_in_words(year, language) for year in years)
    names = [calendar.fiscal_year_label(year) for year in years]
    if len(years) <= _FEW_YEARS:
        return tuple(name.replace("年度", f"\n年度{ending}") for name in names)
    return tuple(calendar.short_fiscal_year(year) for year in years)


def _from_to(first: object, last: object, unit: Text, language: Language) -> str:
    return _FROM_TO.say(language, first=first, last=last, unit=unit.say(language))


def home_figure(plan: Plan, home_id: str, name: str, language: Language = "ja") -> Figure:
    """Draw a home's units by band at each year's end."""
    ends = plan.ends.filter(pl.col("home_id") == home_id)
    small = {part: ends[f"{part}_five_to_four"] + ends[f"{part}_three_or_fewer"] for part in _PARTS}
    smallest = sum(ends[f"{part}_three_or_fewer"].sum() for part in _PARTS)
    bars = [
        Series(f"{word.say(language)} {size.say(language)}", tuple(values))
        for part, word in _PARTS.items()
        for size, values in (
            (_SIX_OR_MORE, ends[f"{part}_six_or_more"]),
            (_FIVE_OR_FEWER if smallest else _BELOW_SIX, small[part]),
        )
    ]
    changes = [
        _CHANGE.say(
            language,
            name=bar.name,
            change=_from_to(bar.values[0], bar.values[-1], _NUMBER, language),
        )
        for bar in bars
    ]
    return Figure(
        Chart(
            _labels(plan.years, "末", language),
            tuple(bars),
            unit=_NUMBER.say(language),
            height=_HOME_HEIGHT,
        ),
        _HOME.say(language, name=name),
        _HOME_ALT.say(language, name=name, changes=listed(changes, language)),
        "各施設の計画",
    )


_HOME = Text("{name}　生活単位の数の推移", "{name}: living units by year")
_HOME_ALT = Text(
    "{name}の生活単位の数を、本体施設とグループホーム、定員の大きさに分けた年度末ごとの棒。{changes}。",
    "Living units of {name} at each year's end, by place and size: {changes}.",
)


def places_figure(plan: Plan, language: Language = "ja") -> Figure:
    """Draw the places of main buildings and group homes compared with the need."""
    ends = plan.all
    need = tuple(plan.need.get(year) for year in plan.years)
    main, group = tuple(ends["main_capacity"]), tuple(ends["group_capacity"])
    known = any(value is not None for value in need)
    return Figure(
        Chart(
            _labels(plan.years, "末", language),
            (Series(_MAIN.say(language), main), Series(_GROUP.say(language), group)),
            Series(_NEED.say(language), need) if known else None,
            unit=_PLACES.say(language),
        ),
        (_AGAINST_NEED if known else _PLANNED).say(language),
        (_AGAINST_NEED_ALT if known else _PLANNED_ALT).say(
            language,
            main=_from_to(main[0], main[-1], _PLACES, language),
            group=_from_to(group[0], group[-1], _PLACES, language),
        ),
        TARGETS,
    )


_NEED = Text("必要量", "Need")
_PLANNED = Text("施設の計画の定員", "Places in the homes' plans")
_AGAINST_NEED = Text(
    "施設の計画の定員と必要量（3歳以上）",
    "Places in the homes' plans against the need (3 years and older)",
)
_PLANNED_ALT = Text(
    "施設の計画の定員を本体施設とグループホームに分けて積み上げた年度末ごとの棒。"
    "本体施設は{main}、グループホームは{group}変わる。",
    "Places in the homes' plans at each year's end, main buildings and group homes stacked. "
    "Main buildings {main}, group homes {group}.",
)
_AGAINST_NEED_ALT = Text(
    "施設の計画の定員を本体施設とグループホームに分けて積み上げた年度末ごとの棒と、"
    "3歳以上の必要量の線。本体施設は{main}、グループホームは{group}変わる。",
    "Places in the homes' plans at each year's end, main buildings and group homes stacked, and "
    "the need of 3 years and older as a line. Main buildings {main}, group homes {group}.",
)


def progress_figure(plan: Plan, actual: pl.DataFrame, language: Language = "ja") -> Figure:
    """Draw actual places compared with planned ones; `actual` is that of `review.actual_ends`."""
    sums = actual.group_by("fiscal_year").agg(pl.col("main_capacity", "group_capacity").sum())
    ends = plan.all.join(sums, on="fiscal_year", suffix="_actual").sort("fiscal_year")
    main, group = tuple(ends["main_capacity_actual"]), tuple(ends["group_capacity_actual"])
    planned = tuple(ends["main_capacity"] + ends["group_capacity"])
    return Figure(
        Chart(
            _labels([int(year) for year in ends["fiscal_year"]], "末", language),
            (
                Series(_ACTUAL.say(language, part=_MAIN.say(language)), main),
                Series(_ACTUAL.say(language, part=_GROUP.say(language)), group),
            ),
            Series(_PLANNED_LINE.say(language), planned),
            unit=_PLACES.say(language),
        ),
        _PROGRESS.say(language),
        _PROGRESS_ALT.say(language, planned=planned[-1], actual=main[-1] + group[-1]),
        TARGETS,
    )


_ACTUAL = Text("実績 {part}", "{part}, actual")
_PLANNED_LINE = Text("計画の定員", "Planned places")
_PROGRESS = Text("年度末の定員の計画と実績", "Places at each year's end, planned and actual")
_PROGRESS_ALT = Text(
    "実績の定員を本体施設とグループホームに分けて積み上げた年度末ごとの棒と、計画の定員の線。"
    "直近の年度末は、計画{planned}人に対し実績{actual}人。",
    "Actual places at each year's end, main buildings and group homes stacked, and planned places "
    "as a line. At the last year's end {actual} are there of {planned} planned.",
)


def share_figure(plan: Plan, language: Language = "ja") -> Figure:
    """Draw the share of group homes in the homes' plans compared with the target."""
    own = tuple(
        _decimal(percent(group, main + group))
        for main, group in plan.all[["main_capacity", "group_capacity"]].iter_rows()
    )
    target = tuple(_decimal(plan.targets_of(year).share_percent) for year in plan.years)
    return Figure(
        Chart(
            _labels(plan.years, "末", language),
            (Series(_HOMES_PLANS.say(language), own),),
            Series(_TARGET.say(language), target),
            unit="%",
        ),
        _SHARE.say(language),
        _SHARE_ALT.say(
            language,
            own=_from_to(own[0], own[-1], _PERCENT, language),
            target=_from_to(target[0], target[-1], _PERCENT, language),
        ),
        TARGETS,
    )


_HOMES_PLANS = Text("施設の計画", "Homes' plans")
_TARGET = Text("目標", "Target")
_SHARE = Text("グループホームの定員の割合", "Share of places in group homes")
_SHARE_ALT = Text(
    "全定員に占めるグループホームの定員の割合。施設の計画は{own}、目標は{target}。",
    "Share of group homes in all places: the homes' plans {own}, the target {target}.",
)


def _decimal(share: str | None) -> Decimal | None:
    return None if share is None else Decimal(share)


def cost_figure(plan: Plan, language: Language = "ja") -> Figure:
    """Draw expenditure by year, split into what others bear and the authority's remainder."""
    total, own = (
        tuple(floor_thousand_yen(getattr(budget, name)) for budget in plan.budgets)
        for name in ("expenditure_total", "net")
    )
    borne = [
        Series(
            _BORNE[funder].say(language),
            tuple(
                floor_thousand_yen(
                    sum(paid.amount for paid in budget.revenue if paid.funder == funder)
                )
                for budget in plan.budgets
            ),
        )
        for funder in funders_of(plan.budgets)
    ]
    parts = [*borne, Series(_OWN.say(language, body=plan.body), own)]
    named = _AND.say(language).join(part.name for part in parts)
    amounts = [
        _AMOUNT.say(language, year=year_in_words(year, language), amount=f"{amount:,}")
        for year, amount in zip(plan.years, total, strict=True)
    ]
    return Figure(
        Chart(
            _labels(plan.years, "", language),
            tuple(parts),
            unit=_THOUSAND_YEN.say(language),
            total=Series(_SUM.say(language), total),
        ),
        _COSTS.say(language, parts=named),
        _COSTS_ALT.say(language, parts=named, amounts=listed(amounts, language)),
        COSTS,
    )


_AND = Text("と", " / ")
_SUM = Text("計", "Total")
_AMOUNT = Text("{year}は{amount}千円", "{year} {amount} thousand yen")
_COSTS = Text("必要経費の推移（歳出の合計と、{parts}）", "Costs by year: expenditure, {parts}")
_COSTS_ALT = Text(
    "年度ごとの歳出の合計を、{parts}に分けた棒。{amounts}。",
    "Expenditure of each year, cut into {parts}: {amounts}.",
)
