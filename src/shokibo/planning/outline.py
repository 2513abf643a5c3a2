"""One authority's plan as figures: year-end tables, initiatives, targets, need and gap."""

from typing import Annotated, Any, TypeVar

import polars as pl
from msgspec.structs import asdict

from shokibo.answers import Answer, Percent, about
from shokibo.planning import initiatives
from shokibo.planning.initiatives import InitiativeReport
from shokibo.planning.plan import Plan
from shokibo.planning.projection import places_per_unit
from shokibo.planning.targets import Targets
from shokibo.rounding import percent
from shokibo.texts import Language


class MainPlaces(Answer, frozen=True):
    """Units by size, and places, of the main buildings at a year's end."""

    title = "年度末の本体施設"
    six_or_more: Annotated[int, about("6人以上の数")]
    five_to_four: Annotated[int, about("5～4人の数")]
    three_or_fewer: Annotated[int, about("3人以下の数")]
    capacity: Annotated[int, about("定員数")]


class UnitPlaces(Answer, frozen=True):
    """Units by size, their number, and places, at a year's end."""

    title = "年度末のか所数と定員"
    six_or_more: Annotated[int, about("6人以上の数")]
    five_to_four: Annotated[int, about("5～4人の数")]
    three_or_fewer: Annotated[int, about("3人以下の数")]
    count: Annotated[int, about("か所数")]
    capacity: Annotated[int, about("定員数")]


class Elements(Answer, frozen=True):
    """Figures on the elements of making homes smaller."""

    title = "三つの要素の数値"
    places_per_main_unit: Annotated[str | None, about("ユニットあたりの定員", "", "6.4")]
    main_units_over_six: int


class PlanYear(Answer, frozen=True):
    """A home's plan at a year's end."""

    title = "施設の年度末"
    fiscal_year: int
    main: Annotated[MainPlaces, about("本体施設")]
    group_homes: Annotated[UnitPlaces, about("グループホーム")]
    total: Annotated[int, about("合計定員数")]
    share_percent: Annotated[Percent, about("グループホームの割合(%)")]
    initiatives: Annotated[list[InitiativeReport], about("主な取組み", "those announced")]
    elements: Elements


class AuthorityYear(PlanYear, frozen=True):
    """The plan of all homes at a year's end, compared with targets and need."""

    title = "自治体の年度末"
    target: Annotated[Targets, about("目標")]
    need: Annotated[int | None, about("必要量。不明は null", "children of three and over")]
    difference: Annotated[int, about("目標と施設の合計の差")]
    gap: Annotated[int | None, about("目標と必要量の差")]
    gap_homes: Annotated[int | None, about("施設の合計と必要量の差")]


class HomePlan(Answer, frozen=True):
    """A home's plan."""

    title = "施設の計画"
    home_id: str
    name: str
    rows: list[PlanYear]


class AuthorityPlan(Answer, frozen=True):
    """The plan of all homes together."""

    title = "自治体の計画"
    rows: list[AuthorityYear]


class PlanReport(Answer, frozen=True):
    """The figures of an authority's plan."""

    title = "計画の数値"
    years: list[int]
    homes: Annotated[list[HomePlan], about("基準日に開いている施設")]
    authority: AuthorityPlan


Of = TypeVar("Of", bound=Answer)


def plan_report(plan: Plan, language: Language) -> PlanReport:
    """Report the plan of every home open at the baseline, and of all together."""
    return PlanReport(
        plan.years,
        [
            HomePlan(home_id, name, home_rows(plan, home_id, language))
            for home_id, name in plan.names.items()
        ],
        AuthorityPlan(authority_rows(plan, language)),
    )


def home_rows(plan: Plan, home_id: str, language: Language) -> list[PlanYear]:
    """Return a home's year-end rows with its initiatives in sentences."""
    rows = plan.ends.filter(pl.col("home_id") == home_id)
    return [_year(plan, row, home_id, language) for row in rows.iter_rows(named=True)]


def authority_rows(plan: Plan, language: Language) -> list[AuthorityYear]:
    """Return the year-end rows of all homes together, compared with targets and need."""
    rows = []
    for row in plan.all.iter_rows(named=True):
        year = _year(plan, row, None, language)
        targets, need = plan.targets_of(year.fiscal_year), plan.need.get(year.fiscal_year)
        target = targets.total.value
        rows.append(
            AuthorityYear(
                **asdict(year),
                target=targets,
                need=need,
                difference=target - year.total,
                gap=None if need is None else target - need,
                gap_homes=None if need is None else year.total - need,
            )
        )
    return rows


def _year(plan: Plan, row: dict[str, Any], home_id: str | None, language: Language) -> PlanYear:
    total = row["main_capacity"] + row["group_capacity"]
    describe = initiatives.in_short if home_id is None else initiatives.sentence
    units = row["main_count"] - row["main_unknown"]
    return PlanYear(
        row["fiscal_year"],
        places(MainPlaces, row, "main"),
        places(UnitPlaces, row, "group"),
        total,
        percent(row["group_capacity"], total),
        [
            initiative.report(describe(initiative, language))
            for initiative in plan.initiatives(row["fiscal_year"], home_id)
        ],
        Elements(places_per_unit(row["main_capacity"], units), row["main_over_most"]),
    )


def places(kind: type[Of], row: dict[str, Any], part: str) -> Of:
    """Return the units and places of a part of a home, or of all homes, in a year-end row."""
    return kind(*(row[f"{part}_{field}"] for field in kind.__struct_fields__))
