"""What the API answers beside rows: the documents that the command line prints."""

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """An answer, or a part of one: nothing is in it that its schema does not name."""

    model_config = ConfigDict(extra="forbid")


class MainPlaces(Answer, title="年度末の本体施設"):
    """Units of the main building at a year's end."""

    six_or_more: int
    five_to_four: int
    three_or_fewer: int
    capacity: int


class GroupPlaces(MainPlaces, title="年度末のグループホーム"):
    """Group homes at a year's end."""

    count: int


class InitiativeTold(Answer, title="取組"):
    """An initiative."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    text: str
    action: str
    place: Literal["main", "group_home", "both"]
    count: int
    before: int | None = Field(alias="from")
    to: int | None
    label: str | None


class ElementsTold(Answer, title="三つの要素の数値"):
    """Figures of the elements."""

    places_per_main_unit: str | None
    main_units_over_six: int


class PlanYear(Answer, title="施設の年度末"):
    """A home's plan at a year's end."""

    fiscal_year: int
    main: MainPlaces
    group_homes: GroupPlaces
    total: int
    share_percent: str | None = Field(description="割合(%)", examples=["56.3"])
    initiatives: list[InitiativeTold]
    elements: ElementsTold


class TargetTold(Answer, title="目標"):
    """A target."""

    value: int
    approximate: bool = Field(description="程度と書くか")
    reason: str | None


class Targets(Answer, title="年度の目標"):
    """The eight targets of a year."""

    main_six_or_more: TargetTold
    main_five_to_four: TargetTold
    main_capacity: TargetTold
    group_six_or_more: TargetTold
    group_five_to_four: TargetTold
    group_count: TargetTold
    group_capacity: TargetTold
    total: TargetTold
    share_percent: str | None = Field(description="割合(%)", examples=["56.3"])


class PlanYearOfAll(PlanYear, title="自治体の年度末"):
    """The authority's plan at a year's end, against targets and need."""

    target: Targets
    need: int | None = Field(description="必要量。不明は null")
    difference: int = Field(description="目標と施設の合計の差")
    gap: int | None = Field(description="目標と必要量の差")
    gap_homes: int | None = Field(description="施設の合計と必要量の差")


class PlanOfHome(Answer, title="施設の計画"):
    """A home's plan."""

    home_id: str
    name: str
    rows: list[PlanYear]


class PlanOfAll(Answer, title="自治体の計画"):
    """The authority's plan."""

    rows: list[PlanYearOfAll]


class PlanTold(Answer, title="計画の数値"):
    """`shokibo plan`."""

    years: list[int]
    homes: list[PlanOfHome]
    authority: PlanOfAll


class ExpenditureLine(Answer, title="歳出の行(円)"):
    """A line of expenditure, in yen."""

    item: str
    account: str
    timing: str
    homes: int
    amount: int
    estimated: bool = Field(description="前の年度の単価による概算か")


class RevenueLine(Answer, title="歳入の行(円)"):
    """A line of revenue, in yen."""

    account: str | None
    programme: str
    eligible_base: int
    share: str = Field(examples=["1/2"])
    amount: int
    inferred: bool = Field(description="家賃の月数から見積もった分を含むか")


class BudgetTold(Answer, title="年度の経費(円)"):
    """`shokibo budget` of a year."""

    fiscal_year: int
    opened: int
    running: int
    estimated: bool = Field(description="前の年度の単価による概算か")
    expenditure: list[ExpenditureLine]
    revenue: list[RevenueLine]
    expenditure_total: int
    revenue_total: int
    net: int = Field(description="自治体の負担")


class ReviewedAction(Answer, title="取組の計画と実績"):
    """An action held against what happened."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    home_id: str
    fiscal_year: int
    action: str
    place: Literal["main", "group_home"]
    unit_id: str | None
    count: int
    before: int | None = Field(alias="from")
    to: int | None
    actual: int | None
    result: Literal["done", "late", "different", "scheduled", "not_done", "not_planned"] = Field(
        description="done 計画どおり・late 遅れて実施・different 計画と異なる・"
        "scheduled 予定・not_done 未実施・not_planned 計画になし"
    )
    text: str


class YearEnd(Answer, title="年度末の数"):
    """Units and places at a year's end."""

    main: GroupPlaces
    group_homes: GroupPlaces


class ReviewedHome(Answer, title="施設の計画と実績"):
    """A home's year-end, planned and actual."""

    home_id: str
    planned: YearEnd
    actual: YearEnd


class ReviewTold(Answer, title="計画と実績"):
    """`shokibo review`."""

    fiscal_year: int
    as_of: dt.date = Field(description="実績の日。年度末、年度の途中ならその日")
    actions: list[ReviewedAction]
    homes: list[ReviewedHome]
