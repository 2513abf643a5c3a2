"""The pages of proposals: the limits, the plan that serves best within them, and its adoption."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from msgspec.structs import asdict, replace

from shokibo.planning.proposal.answers import Proposal
from shokibo.planning.proposal.limits import Limits, Pin
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.base.language import language
from shokibo.web.base.parameters import asks, choice_field
from shokibo.web.base.pictures import svg_answer
from shokibo.web.base.words import nendo, short_nendo, wareki
from shokibo.web.needs import actions, tasks
from shokibo.web.needs.adopting import adopt_actions_page
from shokibo.web.needs.asked import ForecastAsked, ProposalAsked, forecast_of, proposal_of, read
from shokibo.web.needs.models import Calculation
from shokibo.web.needs.proposal_form import ProposalForm, needs_to_meet
from shokibo.web.needs.proposal_page import pictures, shown
from shokibo.web.needs.views.common import (
    READ,
    WRITE,
    address_of,
    calculations,
    last_answered,
    listing,
    one_of,
    unanswered,
)
from shokibo.web.pages.listing import Column, ListQuery, list_page
from shokibo.web.planning.grid.sheets import ActionsQuery, plan_of
from shokibo.web.planning.models import Population

TIME_LIMIT = 60
_OPTIONS = ("alternatives", "gains", "time_limit")


def _asked(calculation: Calculation) -> ProposalAsked:
    return read(calculation.asked, ProposalAsked)


def _years(calculation: Calculation) -> str:
    limits = _asked(calculation).limits
    years = (limits.from_year, limits.to_year)
    return "～".join(_("計画") if year is None else nendo(year) for year in years)


def _objective(name: str) -> Any:
    def value(calculation: Calculation) -> str:
        if calculation.answer is None:
            return "—"
        found = proposal_of(calculation.answer).objectives
        return next((f"{one.value:,}" for one in found if one.name == name), "—")

    return value


PROPOSALS = listing(
    gettext_lazy("まだ提案はありません"),
    Column("", gettext_lazy("年度"), cell=_years),
    Column(
        "",
        gettext_lazy("新設の上限"),
        cell=lambda one: _("年%(n)sか所") % {"n": _asked(one).limits.openings_per_year},
    ),
    Column("", gettext_lazy("不足(人)"), cell=_objective("shortage"), look="number"),
    Column("", gettext_lazy("負担(円)"), cell=_objective("net_cost"), look="number"),
)


@office_page(READ, write=WRITE)
@asks(ListQuery)
def proposals(request: HttpRequest, office: Office, *, asked: ListQuery) -> HttpResponse:
    """List the proposals; POST asks for another."""
    last = calculations(office, "proposal").first()
    forecast = last_answered(office, "forecast")
    day = wareki(read(forecast.asked, ForecastAsked).as_of) if forecast else ""
    has_estimate = Population.objects.filter(authority=office.authority).exists()
    form = ProposalForm(
        request.POST or None,
        _initial(_asked(last) if last else ProposalAsked(limits=Limits(), time_limit=TIME_LIMIT)),
        needs_to_meet(day, with_estimate=has_estimate),
        with_scenarios=bool(forecast and forecast_of(forecast.answer).scenarios),
    )
    if request.method == "POST" and form.is_valid():
        made = actions.ask(office=office, asked=_question(form, forecast))
        tasks.start(made)
        return redirect(address_of(made))
    return list_page(
        request,
        asked,
        PROPOSALS,
        calculations(office, "proposal"),
        "needs/proposals.html",
        form=form if office.may(WRITE) else None,
        plan=plan_of(office),
        last=last_answered(office, "proposal"),
    )


def _initial(before: ProposalAsked) -> dict[str, Any]:
    limits = asdict(before.limits)
    for name in ("from_year", "to_year"):
        limits[name] = limits[name] and short_nendo(limits[name])
    compared: dict[str, list[int]] = {}
    for name, number in before.compare:
        compared.setdefault(f"compare_{name}", []).append(number)
    options = {name: getattr(before, name) for name in _OPTIONS}
    return limits | options | compared | {"scenarios": bool(before.scenarios)}


def _question(form: ProposalForm, forecast: Calculation | None) -> ProposalAsked:
    """Return what is asked; what a forecast gives for it is taken from it now."""
    given = form.cleaned_data
    of_need, _dash, percentile = given["of_need"].partition("-")
    need: dict[str, Any] = {"of_need": of_need}
    if forecast is not None and percentile:
        answered = forecast_of(forecast.answer)
        need |= {
            "forecast": forecast.pk,
            "percentile": int(percentile),
            "need": {
                one.fiscal_year: one.children
                for one in answered.need[int(percentile)]
                if one.age_band == "three_and_over"
            },
            "courses": answered.courses,
        }
    if forecast is not None and given.get("scenarios"):
        need |= {"scenarios": forecast_of(forecast.answer).scenarios}
    options = {name: given[name] for name in _OPTIONS}
    return ProposalAsked(
        limits=form.limits(), compare=form.compare, **need, **options, language=language()
    )


@office_page(READ)
def proposal(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Show a proposal next to the plan as it is, or which limits contradict each other."""
    found = one_of(office, "proposal", pk)
    without = unanswered(request, found)
    return without or render(request, "needs/proposal.html", shown(office, found))


@office_page(READ)
def picture(request: HttpRequest, office: Office, pk: int, name: str) -> HttpResponse:
    """Return a chart of a proposal as SVG."""
    found = one_of(office, "proposal", pk)
    drawn = pictures(office, found, _answered(found)) if found.state == "done" else {}
    if name not in drawn:
        raise Http404
    return svg_answer(drawn[name])


@office_page(WRITE, write=WRITE)
def pin(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Ask once more with some of the proposed actions as they are."""
    found = one_of(office, "proposal", pk)
    if request.method != "POST" or found.state != "done":
        return redirect(address_of(found))
    proposed = _answered(found).actions
    try:
        chosen = [proposed[int(number)] for number in request.POST.getlist("pin")]
    except (ValueError, IndexError) as error:
        raise BadRequest from error
    pins = tuple(
        Pin(
            home_id=one.home_id,
            fiscal_year=one.fiscal_year,
            action=one.action,
            unit_id=one.unit_id,
            count=one.count,
            capacity=one.capacity,
        )
        for one in chosen
    )
    before = _asked(found)
    limits = replace(before.limits, pins=pins)
    made = actions.ask(office=office, asked=replace(before, limits=limits, language=language()))
    tasks.start(made)
    return redirect(address_of(made))


class PlanQuery(ActionsQuery):
    """Which plan of a proposal is adopted: the best, or one of the alternatives."""

    plan = choice_field(gettext_lazy("案"), [str(number) for number in range(1, 6)])


@office_page(WRITE, write=WRITE)
@asks(PlanQuery)
def adopt(request: HttpRequest, office: Office, pk: int, *, asked: PlanQuery) -> HttpResponse:
    """Show the grid of actions as a proposal would fill it in; POST saves it as the grid does."""
    found = one_of(office, "proposal", pk)
    if found.state != "done" or not (chosen := _chosen(_answered(found), asked)).years:
        return redirect(address_of(found))
    number = asked.given["plan"]
    query = {"plan": number} if number else {}
    return adopt_actions_page(request, office, found, chosen, asked, **query)


def _chosen(found: Proposal, asked: PlanQuery) -> Proposal:
    """Return a proposal with the actions and years of the alternative that is asked for."""
    number = int(asked.given["plan"] or 0)
    if not number:
        return found
    if number > len(found.alternatives):
        asked.refuse("plan", _("選べるものから選んでください。"))
    other = found.alternatives[number - 1]
    return replace(found, actions=other.actions, years=other.years, objectives=other.objectives)


def _answered(calculation: Calculation) -> Proposal:
    return proposal_of(calculation.answer)
