"""What all authorities submitted, for the ministry."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from shokibo.returns.counted import period_of
from shokibo.returns.rollup import roll_up
from shokibo.web.api.caller import caller_of
from shokibo.web.api.operations.results import edition_told
from shokibo.web.api.problems import ProblemError
from shokibo.web.api.reply import reply
from shokibo.web.api.schemas.asked import AtForm, ReturnsAsked
from shokibo.web.api.schemas.results import NationReturns, SubmittedEditions
from shokibo.web.register.models import Authority
from shokibo.web.returns.models import Return

router = Router(tags=["全国"], by_alias=True)


@router.get(
    "/nation/returns",
    response=NationReturns,
    url_name="nation_returns",
    operation_id="nation_returns",
    summary="全国の提出された報告と集計",
    description="年度と様式ごとに、各自治体が最後に提出した版と、その合計。",
)
def returns(request: HttpRequest, asked: Query[ReturnsAsked]) -> HttpResponse:
    """List the authorities' latest submitted forms of a year, and their sum."""
    caller_of(request).require_nation()
    sent = Return.objects.filter(state="submitted", form=asked.form, fiscal_year=asked.year)
    latest = {one.authority_id: one for one in sent.order_by("edition")}
    return reply(
        {
            "form": asked.form,
            "fiscal_year": asked.year,
            "due": period_of(asked.form, asked.year).due,  # type: ignore[arg-type]
            "returns": [_told(a, latest.get(a.pk)) for a in Authority.objects.all()],
            "sum": roll_up([one.figures for one in latest.values() if one.figures]),
        }
    )


@router.get(
    "/nation/returns/{code}/{form}/{year}",
    response=SubmittedEditions,
    url_name="nation_return_editions",
    operation_id="nation_return",
    summary="自治体が提出した様式",
    description="提出したときのままの数値と、そのSHA-256。",
)
def editions(request: HttpRequest, at: Path[AtForm]) -> HttpResponse:
    """Give what an authority sent."""
    caller_of(request).require_nation()
    authority = {one.code: one for one in Authority.objects.all()}.get(at.code)
    if authority is None:
        raise ProblemError("not-found")
    sent = Return.objects.filter(
        authority=authority, state="submitted", form=at.form, fiscal_year=at.year
    )
    return reply({"editions": [edition_told(one) for one in sent.order_by("edition")]})


def _told(authority: Authority, sent: Return | None) -> dict[str, Any]:
    told = sent and {
        "edition": sent.edition,
        "submitted_at": sent.submitted_at,
        "figures_sha256": sent.figures_sha256,
    }
    return {"code": authority.code, "name": authority.name, "submitted": told}
