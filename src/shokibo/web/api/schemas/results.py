"""What the API answers beside rows: the documents that the command line prints."""

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """An answer, or a part of one: nothing is in it that its schema does not name."""

    model_config = ConfigDict(extra="forbid")


class AuthorityName(Answer, title="自治体"):
    """An authority by code and name."""

    code: str = Field(description="団体コード", examples=["131121"])
    name: str = Field(description="自治体名", examples=["世田谷区"])


class AuthorityNames(Answer, title="トークンの自治体"):
    """The authorities of a token."""

    authorities: list[AuthorityName]


class TokenInfo(Answer, title="トークン"):
    """The token that calls."""

    name: str
    prefix: str = Field(description="始めの文字")
    scopes: list[Literal["read", "read_staff", "write"]]
    expires_at: dt.datetime


class Me(Answer, title="トークンの持ち主"):
    """Who calls."""

    name: str = Field(description="氏名")
    authority: AuthorityName | None = Field(description="自治体。全国のトークンなら null")
    roles: list[str] = Field(description="今の役割", examples=[["officer"]])
    permissions: list[str] = Field(
        description="このトークンで今できること。役割とトークンの範囲の両方にあるもの",
        examples=[["REGISTER_READ"]],
    )
    token: TokenInfo


class ColumnInfo(Answer, title="列"):
    """A column of a table."""

    name: str = Field(examples=["opened_on"])
    header: str = Field(examples=["開設日"])
    type: str = Field(description="種類", examples=["date"])
    required: bool
    codes: dict[str, str] | None = Field(description="使える符号とその名")
    refers: str | None = Field(description="指す表", examples=["homes"])
    note: str


class TableInfo(Answer, title="表"):
    """A table of the ledger."""

    name: str = Field(examples=["units"])
    sheet: str = Field(examples=["生活単位"])
    note: str
    key: list[str]
    may_read: bool = Field(description="このトークンで読めるか")
    may_write: bool = Field(description="このトークンで書けるか")
    columns: list[ColumnInfo]


class TableInfos(Answer, title="台帳の表"):
    """The ledger's tables."""

    tables: list[TableInfo]


class FindingTold(Answer, title="確認の結果の一つ"):
    """A finding."""

    code: str = Field(examples=["UNIT_OVER_SIX"])
    severity: Literal["error", "warning", "info"]
    table: str
    place: str = Field(description="表と行の番号", examples=["生活単位:3 種別"])
    message: str
    values: dict[str, Any]
    source: str


class KindCounts(Answer, title="種別ごとの数"):
    """Units of a kind: in scope, applied, certified."""

    units: int
    applied: dict[str, int] = Field(examples=[{"total": 1, "4": 1, "5": 0, "6": 0}])
    certified: dict[str, int]


class BackupCounts(Answer, title="バックアップ職員加算の数"):
    """Homes and the backup add-on."""

    homes: int
    homes_with_units: int
    applied: int
    certified: int


class FormRow(Answer, title="様式の一覧の行"):
    """A row of the form's list."""

    number: int
    unit_name: str
    capacity: int | None
    dispersal: bool
    staff: str | None = Field(examples=["4.8"])
    home_name: str
    backup: bool


class FormSent(Answer, title="提出した様式の数値"):
    """The form alone; `notes` only of editions that were sent with it by an earlier version."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    form: Literal[1, 2]
    fiscal_year: int
    first: dt.date = Field(alias="from")
    to: dt.date
    due: dt.date
    units: dict[str, KindCounts]
    backup: BackupCounts
    listed: list[FormRow] = Field(alias="list")
    notes: list[FindingTold] | None = Field(
        None, description="確認事項。以前のプログラムで提出した版だけにある"
    )
    drawn_on: dt.date = Field(description="作った日")


class FormTold(FormSent, title="様式"):
    """`shokibo form1` and `form2`."""

    notes: list[FindingTold]


class Submitted(Answer, title="提出した版"):
    """An edition as it was sent: it never changes."""

    edition: int
    submitted_at: dt.datetime
    letter_number: str
    letter_date: dt.date | None
    remark: str
    late_ground: str
    figures_sha256: str = Field(description="figures の SHA-256")
    figures: FormSent


class SubmittedEditions(Answer, title="提出した様式のすべての版"):
    """All editions of a form that were sent, the latest last."""

    editions: list[Submitted]


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


class ReturnSent(Answer, title="最後に提出した版"):
    """The latest edition that an authority sent."""

    edition: int
    submitted_at: dt.datetime
    figures_sha256: str


class ReturnOfAuthority(AuthorityName, title="自治体の提出"):
    """An authority and what it sent; null where it sent nothing."""

    submitted: ReturnSent | None


class RollUp(Answer, title="合計"):
    """The sum of the latest editions."""

    authorities: int
    units: dict[str, KindCounts]
    backup: dict[str, int]


class NationReturns(Answer, title="全国の報告"):
    """A form of a year from all authorities, and the sum."""

    form: Literal[1, 2]
    fiscal_year: int
    due: dt.date
    returns: list[ReturnOfAuthority]
    sum: RollUp
