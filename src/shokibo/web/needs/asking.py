"""What is asked for an authority where an operator asks for all of them."""

from msgspec.structs import replace

from shokibo import calendar
from shokibo.need.forecast import PATHS, SEED, as_of_default
from shokibo.need.refusals import CannotForecastError
from shokibo.planning.proposal.limits import Limits
from shokibo.web.base.clock import today
from shokibo.web.needs.asked import ForecastAsked, ProposalAsked, read
from shokibo.web.needs.grounds import ledger_for
from shokibo.web.needs.models import Calculation
from shokibo.web.planning.models import Plan
from shokibo.web.register.models import Authority

YEARS_AHEAD = 5
"""Fiscal years that a forecast goes ahead where there is no plan."""


def usual_forecast(authority: Authority) -> ForecastAsked:
    """Return the authority's last question, otherwise the usual one, as of its record's last month.

    Without a record the day is today; the forecast then says what is missing.
    """
    last = Calculation.objects.filter(authority=authority, kind="forecast").first()
    try:
        as_of = as_of_default(ledger_for("forecast", authority))
    except CannotForecastError:
        as_of = today()
    if last is not None:
        return replace(read(last.asked, ForecastAsked), as_of=as_of)
    return ForecastAsked(as_of=as_of, to_year=usual_year(authority), paths=PATHS, seed=SEED)


def usual_year(authority: Authority) -> int:
    """Return the fiscal year that a forecast goes to: the plan's last."""
    plan = Plan.objects.filter(authority=authority).first()
    return plan.to_year if plan else calendar.fiscal_year_of(today()) + YEARS_AHEAD


def usual_proposal(authority: Authority) -> ProposalAsked:
    """Return the authority's last question, otherwise the usual one."""
    last = Calculation.objects.filter(authority=authority, kind="proposal").first()
    return read(last.asked, ProposalAsked) if last else ProposalAsked(limits=Limits())


USUAL = {"forecast": usual_forecast, "proposal": usual_proposal}
"""What is asked of each kind that has a question; of files there is none."""
