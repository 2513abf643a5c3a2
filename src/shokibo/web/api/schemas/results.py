"""What the API answers beside rows: the documents that the command line prints."""

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """An answer, or a part of one: nothing is in it that its schema does not name."""

    model_config = ConfigDict(extra="forbid")


class AuthorityName(Answer):
    """An authority by code and name."""

    code: str = Field(description="団体コード", examples=["131121"])
    name: str = Field(description="自治体名", examples=["世田谷区"])


class AuthorityNames(Answer):
    """The authorities of a token."""

    authorities: list[AuthorityName]


class TokenInfo(Answer):
    """The token that calls."""

    name: str
    prefix: str = Field(description="始めの文字")
    scopes: list[Literal["read", "read_staff", "write"]]
    expires_at: dt.datetime


class Me(Answer):
    """Who calls."""

    name: str = Field(description="氏名")
    authority: AuthorityName | None = Field(description="自治体。全国のトークンなら null")
    roles: list[str] = Field(description="今の役割", examples=[["officer"]])
    permissions: list[str] = Field(
        description="このトークンで今できること。役割とトークンの範囲の両方にあるもの",
        examples=[["REGISTER_READ"]],
    )
    token: TokenInfo


class ColumnInfo(Answer):
    """A column of a table."""

    name: str = Field(examples=["opened_on"])
    header: str = Field(examples=["開設日"])
    type: str = Field(description="種類", examples=["date"])
    required: bool
    codes: dict[str, str] | None = Field(description="使える符号とその名")
    refers: str | None = Field(description="指す表", examples=["homes"])
    note: str


class TableInfo(Answer):
    """A table of the ledger."""

    name: str = Field(examples=["units"])
    sheet: str = Field(examples=["生活単位"])
    note: str
    key: list[str]
    may_read: bool = Field(description="このトークンで読めるか")
    may_write: bool = Field(description="このトークンで書けるか")
    columns: list[ColumnInfo]


class TableInfos(Answer):
    """The ledger's tables."""

    tables: list[TableInfo]


Outcome = Literal["met", "not_met", "not_applicable", "cannot_judge", "failed"]


class Reason(Answer):
    """A rule that was looked at, and its outcome."""

    code: str = Field(examples=["EXTRA_STAFF"])
    outcome: Outcome
    message: str
    source: str
    unconfirmed: list[str] = Field(default=[], description="未確認の値。なければ省く")


class UnitJudged(Answer):
    """A unit on a day."""

    home_id: str
    unit_id: str
    kind: str
    in_scope: bool
    capacity: int | None
    staff_fte: str | None = Field(examples=["4.8"])
    qualified_fte: str | None
    max_extra: int
    available_extra: int | None
    eligible: bool | None
    reasons: list[Reason]


class HomeJudged(Answer):
    """A home on a day."""

    home_id: str
    backup_fte: str | None
    backup_eligible: bool | None
    reasons: list[Reason]


class TextInfo(Answer):
    """By which text it was judged."""

    in_force: str | None
    judged_by: str
    published_on: dt.date
    wording_of_the_day_at_hand: bool


class Evaluation(Answer):
    """`shokibo evaluate`."""

    as_of: dt.date
    text: TextInfo
    units: list[UnitJudged]
    homes: list[HomeJudged]


class SizeCount(Answer):
    """So many units of so many places; null where the capacity is not known."""

    capacity: int | None
    units: int


class PlacesOfAll(Answer):
    """Places of all homes."""

    main_units: list[SizeCount]
    main_capacity: int
    group_homes: list[SizeCount]
    group_home_capacity: int
    total: int


class PlacesOfHome(PlacesOfAll):
    """Places of a home."""

    home_id: str
    name: str


class OccupancyTold(Answer):
    """Children on the latest day that is known."""

    population: str
    as_of: dt.date
    home_id: str | None
    place: str
    children: int
    individual_care: int | None
    share_percent: str | None


class StatusTold(Answer):
    """`shokibo status`."""

    as_of: dt.date
    homes: list[PlacesOfHome]
    all: PlacesOfAll
    occupancy: list[OccupancyTold]


class FindingTold(Answer):
    """A finding."""

    code: str = Field(examples=["UNIT_OVER_SIX"])
    severity: Literal["error", "warning", "info"]
    table: str
    place: str = Field(description="表と行の番号", examples=["生活単位:3 種別"])
    message: str
    values: dict[str, Any]
    source: str


class Findings(Answer):
    """`shokibo check`."""

    findings: list[FindingTold]


class KindCounts(Answer):
    """Units of a kind: in scope, applied, certified."""

    units: int
    applied: dict[str, int] = Field(examples=[{"total": 1, "4": 1, "5": 0, "6": 0}])
    certified: dict[str, int]


class BackupCounts(Answer):
    """Homes and the backup add-on."""

    homes: int
    homes_with_units: int
    applied: int
    certified: int


class FormRow(Answer):
    """A row of the form's list."""

    number: int
    unit_name: str
    capacity: int | None
    dispersal: bool
    staff: str | None = Field(examples=["4.8"])
    home_name: str
    backup: bool


class FormTold(Answer):
    """`shokibo form1` and `form2`."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    form: Literal[1, 2]
    fiscal_year: int
    first: dt.date = Field(alias="from")
    to: dt.date
    due: dt.date
    units: dict[str, KindCounts]
    backup: BackupCounts
    listed: list[FormRow] = Field(alias="list")
    notes: list[FindingTold]
    drawn_on: dt.date


class Submitted(Answer):
    """An edition as it was sent: it never changes."""

    edition: int
    submitted_at: dt.datetime
    letter_number: str
    letter_date: dt.date | None
    remark: str
    late_ground: str
    figures_sha256: str = Field(description="figures の SHA-256")
    figures: FormTold


class SubmittedEditions(Answer):
    """All editions of a form that were sent, the latest last."""

    editions: list[Submitted]


class MainPlaces(Answer):
    """Units of the main building at a year's end."""

    six_or_more: int
    five_to_four: int
    three_or_fewer: int
    capacity: int


class GroupPlaces(MainPlaces):
    """Group homes at a year's end."""

    count: int


class InitiativeTold(Answer):
    """An initiative."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    text: str
    action: str
    place: Literal["main", "group_home", "both"]
    count: int
    before: int | None = Field(alias="from")
    to: int | None
    label: str | None


class ElementsTold(Answer):
    """Figures of the elements."""

    places_per_main_unit: str | None
    main_units_over_six: int


class PlanRow(Answer):
    """A home's plan at a year's end."""

    fiscal_year: int
    main: MainPlaces
    group_homes: GroupPlaces
    total: int
    share_percent: str | None
    initiatives: list[InitiativeTold]
    elements: ElementsTold


class TargetTold(Answer):
    """A target."""

    value: int
    approximate: bool
    reason: str | None


class Targets(Answer):
    """The eight targets of a year."""

    main_six_or_more: TargetTold
    main_five_to_four: TargetTold
    main_capacity: TargetTold
    group_six_or_more: TargetTold
    group_five_to_four: TargetTold
    group_count: TargetTold
    group_capacity: TargetTold
    total: TargetTold
    share_percent: str | None


class PlanRowOfAll(PlanRow):
    """The authority's plan at a year's end, against targets and need."""

    target: Targets
    need: int | None
    difference: int
    gap: int | None
    gap_homes: int | None


class PlanOfHome(Answer):
    """A home's plan."""

    home_id: str
    name: str
    rows: list[PlanRow]


class PlanOfAll(Answer):
    """The authority's plan."""

    rows: list[PlanRowOfAll]


class PlanTold(Answer):
    """`shokibo plan`."""

    years: list[int]
    homes: list[PlanOfHome]
    authority: PlanOfAll


class ExpenditureLine(Answer):
    """A line of expenditure, in yen."""

    item: str
    account: str
    timing: str
    homes: int
    amount: int
    estimated: bool


class RevenueLine(Answer):
    """A line of revenue, in yen."""

    account: str | None
    programme: str
    eligible_base: int
    share: str = Field(examples=["1/2"])
    amount: int
    inferred: bool


class BudgetTold(Answer):
    """`shokibo budget` of a year."""

    fiscal_year: int
    opened: int
    running: int
    estimated: bool
    expenditure: list[ExpenditureLine]
    revenue: list[RevenueLine]
    expenditure_total: int
    revenue_total: int
    net: int


class ReviewedAction(Answer):
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
    result: Literal["done", "late", "different", "not_done", "not_planned"]
    text: str


class YearEnd(Answer):
    """Units and places at a year's end."""

    main: GroupPlaces
    group_homes: GroupPlaces


class ReviewedHome(Answer):
    """A home's year-end, planned and actual."""

    home_id: str
    planned: YearEnd
    actual: YearEnd


class ReviewTold(Answer):
    """`shokibo review`."""

    fiscal_year: int
    actions: list[ReviewedAction]
    homes: list[ReviewedHome]


class ReturnSent(Answer):
    """The latest edition that an authority sent."""

    edition: int
    submitted_at: dt.datetime
    figures_sha256: str


class ReturnOfAuthority(AuthorityName):
    """An authority and what it sent; null where it sent nothing."""

    submitted: ReturnSent | None


class RollUp(Answer):
    """The sum of the latest editions."""

    authorities: int
    units: dict[str, KindCounts]
    backup: dict[str, int]


class NationReturns(Answer):
    """A form of a year from all authorities, and the sum."""

    form: Literal[1, 2]
    fiscal_year: int
    due: dt.date
    returns: list[ReturnOfAuthority]
    sum: RollUp
