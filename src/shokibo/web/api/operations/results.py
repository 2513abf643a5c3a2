"""What is computed from the ledger: the documents of the command line, scoped to the caller."""

import datetime as dt
from typing import Annotated, Any

import msgspec
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router

from shokibo.answers import Answer, about
from shokibo.checking import check
from shokibo.law.day_evaluation import DayEvaluation
from shokibo.law.support_evidence import Evidence
from shokibo.ledger.findings import Findings
from shokibo.planning.budget import Budget
from shokibo.planning.months import YearOfMonths
from shokibo.planning.outline import PlanReport, plan_report
from shokibo.planning.plan import Plan, plan_of
from shokibo.planning.review import Review
from shokibo.planning.review import review as reviewed
from shokibo.planning.status import Status, status_on
from shokibo.returns.counted import NotInForceError
from shokibo.returns.forms import FormFigures
from shokibo.web.accounts.permissions import Permission
from shokibo.web.api.answers import REF_TEMPLATE, answers
from shokibo.web.api.caller import TokenOffice, caller_of
from shokibo.web.api.problems import ProblemError
from shokibo.web.api.schemas.asked import AtForm, AtOffice, AtYear, DayAsked, YearAsked
from shokibo.web.base.clock import today
from shokibo.web.base.language import language
from shokibo.web.certification.months import months_of
from shokibo.web.homes.judging import evaluated
from shokibo.web.homes.records import evidence_of
from shokibo.web.register.models import Home
from shokibo.web.returns.drawing import drawn
from shokibo.web.returns.models import Return
from shokibo.web.store.mapping import COUNTED, MAPPED
from shokibo.web.store.reading import ledger_of
from shokibo.web.store.rules import own_law

_FINDINGS_OF_STAFF = gettext_noop("職員の確認の結果")


router = Router(tags=["判定・報告・計画"], by_alias=True)


class Submitted(Answer, frozen=True):
    """An edition as it was sent: it never changes."""

    title = "提出した版"
    edition: int
    submitted_at: dt.datetime
    letter_number: str
    letter_date: dt.date | None
    remark: str
    late_ground: str
    figures_sha256: Annotated[str, about("figures の SHA-256")]
    figures: Annotated[
        dict[str, Any],
        msgspec.Meta(extra_json_schema={"$ref": REF_TEMPLATE.format(name="FormFigures")}),
    ]


class SubmittedEditions(Answer, frozen=True):
    """All editions of a form that were sent, the latest last."""

    title = "提出した様式のすべての版"
    editions: list[Submitted]


class HomeEvidence(Answer, frozen=True):
    """What a home's records of support show, as a confirmation takes it for evidence."""

    title = "施設の記録"
    home_id: str
    sentence: Annotated[str, about("根拠とする文", "blank where the year has no record")]
    trainings: int
    external: int
    participants: int
    supervisions: int
    missing: Annotated[list[str], about("6つの支援のうち記録のないもの", "codes of `duty`")]
    supported: Annotated[int | None, about("家庭復帰等の支援を受けた児童数")]


class YearOfEvidence(Answer, frozen=True):
    """What the records of a fiscal year show, home by home."""

    title = "要件確認の根拠となる記録"
    fiscal_year: int
    homes: list[HomeEvidence]


_REGISTER, _APPLICATION = Permission.REGISTER_READ, Permission.APPLICATION_READ
_RETURN, _PLAN = Permission.RETURN_READ, Permission.PLAN_READ


@answers(
    router,
    "/{code}/evaluation",
    name="evaluation",
    summary="加算の要件の判定",
    description="基準日に開いている生活単位と施設の判定と理由。`shokibo evaluate` と同じ。",
)
def evaluation(request: HttpRequest, at: Path[AtOffice], asked: Query[DayAsked]) -> DayEvaluation:
    """Judge the homes that the caller sees."""
    office = _office(request, at, _REGISTER)
    homes = office.homes(_REGISTER)
    return evaluated(office.authority, homes, asked.day)


@answers(
    router,
    "/{code}/status",
    name="status",
    summary="定員と入所の状況",
    description="基準日の定員と、その日以前で最も新しい入所状況。`shokibo status` と同じ。",
)
def status(request: HttpRequest, at: Path[AtOffice], asked: Query[DayAsked]) -> Status:
    """Count the places and children of the homes that the caller sees."""
    office = _office(request, at, _REGISTER)
    ledger = ledger_of(office.authority, office.homes_or_all(_REGISTER), COUNTED)
    return status_on(ledger, asked.day)


@answers(
    router,
    "/{code}/findings",
    name="findings",
    summary="台帳の確認の結果",
    description="担当の中の台帳を確かめた結果。`shokibo check` と同じ。"
    "読めない表の結果は含まない。",
)
def findings(request: HttpRequest, at: Path[AtOffice]) -> Findings:
    """Check the ledger that the caller sees; findings on staff need their scope."""
    office = _office(request, at, _REGISTER)
    seen = [name for name, mapped in MAPPED.items() if office.may(mapped.read)]
    ledger = ledger_of(office.authority, office.homes_or_all(_REGISTER), {*seen, "staff"})
    found = [one for one in check(ledger, own_law(ledger)) if one.table in seen]
    of_staff = [one for one in found if one.table == "staff"]
    if of_staff:
        office.looked(f"{_FINDINGS_OF_STAFF}(API)", len(of_staff))
    return Findings([one.report(language()) for one in found])


@answers(
    router,
    "/{code}/forms/{form}/{year}",
    name="form",
    summary="様式1・様式2(今日の台帳から)",
    description="今日の台帳から作った様式。`shokibo form1`・`form2` と同じ。",
)
def form(request: HttpRequest, at: Path[AtForm]) -> FormFigures:
    """Draw a form from the register as it is now."""
    office = _office(request, at, _RETURN)
    try:
        made = drawn(office.authority, at.form, at.year).form
    except NotInForceError as early:
        raise ProblemError("not-in-force", early.text) from early
    return made.figures(today(), language())


@answers(
    router,
    "/{code}/forms/{form}/{year}/submitted",
    name="form_submitted",
    summary="提出した様式",
    description="提出したときのままの数値と、そのSHA-256。訂正は次の版。",
)
def form_submitted(request: HttpRequest, at: Path[AtForm]) -> SubmittedEditions:
    """Return the editions of a form that the authority sent."""
    office = _office(request, at, _RETURN)
    return submitted_editions(office.rows(Return, _RETURN), at)


def submitted_editions(returns: QuerySet[Return], at: AtForm) -> SubmittedEditions:
    """Return the editions of a form that were sent, each as it was sent."""
    sent = returns.filter(form=at.form, fiscal_year=at.year, state="submitted")
    return SubmittedEditions(
        [
            Submitted(*(getattr(one, name) for name in Submitted.__struct_fields__))
            for one in sent.order_by("edition")
        ]
    )


@answers(
    router,
    "/{code}/months/{year}",
    name="months",
    summary="認定の月ごとの状況",
    description="担当の施設の、月ごとの認定と、その月に要件を満たすか。`shokibo months` と同じ。"
    "金額は計画を読む役割だけ。",
)
def months(request: HttpRequest, at: Path[AtYear]) -> YearOfMonths:
    """Return what was certified in each month of a year, and whether it held."""
    return months_of(_office(request, at, _APPLICATION), at.year)


@answers(
    router,
    "/{code}/evidence/{year}",
    name="evidence",
    summary="要件確認の根拠となる記録",
    description="担当の施設の、年度の支援の記録が示すこと。要件確認が根拠とする文を含む。",
)
def evidence(request: HttpRequest, at: Path[AtYear]) -> YearOfEvidence:
    """Return what the year's records of support show of the homes that the caller sees."""
    office = _office(request, at, Permission.SUPPORT_READ)
    found = evidence_of(office.authority, at.year)
    homes = office.homes(Permission.SUPPORT_READ)
    return YearOfEvidence(at.year, [_evidence(home, found) for home in homes])


def _evidence(home: Home, found: dict[str, Evidence]) -> HomeEvidence:
    one = found.get(home.code, Evidence())
    return HomeEvidence(
        str(home.code),
        one.say(language()),
        one.trainings,
        one.external,
        one.participants,
        one.supervisions,
        list(one.missing),
        one.supported,
    )


@answers(
    router,
    "/{code}/plan",
    name="plan",
    summary="計画の数値",
    description="年度末の定員、取組、目標、必要量。`shokibo plan` と同じ。",
)
def plan(request: HttpRequest, at: Path[AtOffice]) -> PlanReport:
    """Compute the plan's figures."""
    return plan_report(_plan(_office(request, at, _PLAN)), language())


@answers(
    router,
    "/{code}/budget",
    name="budget",
    summary="計画の経費",
    description="年度ごとの歳出、歳入、自治体の負担(円)。`shokibo budget` と同じ。",
)
def budget(request: HttpRequest, at: Path[AtOffice], asked: Query[YearAsked]) -> list[Budget]:
    """Return what the plan costs, in a list of years."""
    plan = _plan(_office(request, at, _PLAN))
    if asked.year is None:
        return list(plan.budgets)
    _require_year(plan, asked.year)
    return [plan.budget(asked.year)]


@answers(
    router,
    "/{code}/review/{year}",
    name="review",
    summary="計画と実績",
    description="年度末の計画と実績。年度が基準日に終わっていなければ、基準日の実績。"
    "`shokibo review` と同じ。",
)
def review(request: HttpRequest, at: Path[AtYear], asked: Query[DayAsked]) -> Review:
    """Compare the plan with the register at a year's end, or of a day where it is not over."""
    plan = _plan(_office(request, at, _PLAN))
    _require_year(plan, at.year)
    return reviewed(plan.ledger, plan.law, plan, at.year, asked.day, language())


def _office(request: HttpRequest, at: AtOffice, permission: Permission) -> TokenOffice:
    office = caller_of(request).office(at.code)
    office.require(permission)
    return office


def _plan(office: TokenOffice) -> Plan:
    """Compute the authority's plan. Raises ProblemError if there is none."""
    ledger = ledger_of(office.authority)
    plan = plan_of(ledger, own_law(ledger))
    if plan is None:
        raise ProblemError("no-plan")
    return plan


def _require_year(plan: Plan, year: int) -> None:
    if year not in plan.years:
        raise ProblemError("no-plan")
