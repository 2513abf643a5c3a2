"""What all authorities submitted, for the ministry."""

import datetime as dt

import msgspec
from django.http import HttpRequest
from ninja import Path, Query, Router

from shokibo.answers import Answer
from shokibo.returns.counted import FormNumber, period_of
from shokibo.returns.rollup import RollUp, roll_up
from shokibo.web.api.answers import answers
from shokibo.web.api.caller import caller_of
from shokibo.web.api.operations.account import AuthorityName
from shokibo.web.api.operations.results import SubmittedEditions, submitted_editions
from shokibo.web.api.problems import ProblemError
from shokibo.web.api.schemas.asked import AtForm, ReturnsAsked
from shokibo.web.register.models import Authority
from shokibo.web.returns.deadlines import is_awaited
from shokibo.web.returns.models import PaperReturn, Return

router = Router(tags=["全国"], by_alias=True)


class ReturnSent(Answer, frozen=True):
    """The latest edition that an authority sent."""

    title = "最後に提出した版"
    edition: int
    submitted_at: dt.datetime
    figures_sha256: str


class ReturnOfAuthority(AuthorityName, frozen=True):
    """An authority and what it sent; null if it sent nothing.

    `awaited`: whether the year is one that it reports from here. `on_paper`: the day on which the
    form of an earlier year was sent on paper.
    """

    title = "自治体の提出"
    submitted: ReturnSent | None
    awaited: bool
    on_paper: dt.date | None


class NationReturns(Answer, frozen=True):
    """A form of a year from all authorities, and the sum."""

    title = "全国の報告"
    form: FormNumber
    fiscal_year: int
    due: dt.date
    returns: list[ReturnOfAuthority]
    sum: RollUp


@answers(
    router,
    "/nation/returns",
    name="nation_returns",
    summary="全国の提出された報告と集計",
    description="年度と様式ごとに、各自治体が最後に提出した版と、その合計。",
)
def returns(request: HttpRequest, asked: Query[ReturnsAsked]) -> NationReturns:
    """List the authorities' latest submitted forms of a year, and their sum."""
    caller_of(request).require_nation()
    sent = Return.objects.filter(state="submitted", form=asked.form, fiscal_year=asked.year)
    latest = {one.authority_id: one for one in sent.order_by("edition")}
    form: FormNumber = 1 if asked.form == 1 else 2
    on_paper = PaperReturn.objects.filter(form=asked.form, fiscal_year=asked.year)
    paper = dict(on_paper.values_list("authority", "day"))
    listed = []
    for authority in Authority.objects.all():
        one, submitted = latest.get(authority.pk), None
        if one is not None and one.submitted_at:
            submitted = ReturnSent(one.edition, one.submitted_at, one.figures_sha256)
        listed.append(
            ReturnOfAuthority(
                authority.code,
                authority.name,
                submitted,
                is_awaited(authority, asked.year),
                paper.get(authority.pk),
            )
        )
    return NationReturns(
        form,
        asked.year,
        period_of(form, asked.year).due,
        listed,
        msgspec.convert(roll_up(one.figures for one in latest.values() if one.figures), RollUp),
    )


@answers(
    router,
    "/nation/returns/{code}/{form}/{year}",
    name="nation_return",
    summary="自治体が提出した様式",
    description="提出したときのままの数値と、そのSHA-256。",
)
def editions(request: HttpRequest, at: Path[AtForm]) -> SubmittedEditions:
    """Return what an authority sent."""
    caller_of(request).require_nation()
    authority = Authority.objects.filter(code=at.code).first()
    if authority is None:
        raise ProblemError("not-found")
    return submitted_editions(Return.objects.filter(authority=authority), at)
