"""The need by population and rates, step by step, next to what the plan states."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shokibo.ledger.model import Ledger
from shokibo.ledger.tables import AGE_BANDS
from shokibo.need.estimate import GoalReached, estimate
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.language import language
from shokibo.web.planning.contents import plan_ledger
from shokibo.web.store.rules import own_law


@office_page(Permission.PLAN_READ)
def estimate_page(request: HttpRequest, office: Office) -> HttpResponse:
    """Show the estimate of what is stored."""
    return render(
        request, "planning/estimate.html", estimate_context(plan_ledger(office.authority))
    )


def estimate_context(ledger: Ledger) -> dict[str, Any]:
    """Estimate the need of a ledger, for a page: with the words of bands, goals and notes."""
    law = own_law(ledger)
    found = estimate(ledger, law)
    goals = {(one.fiscal_year, one.age_band): one for one in found.goals}
    return {
        "estimate": found,
        "steps": [
            (row, _(AGE_BANDS[row.age_band]), _goal(goals.get((row.fiscal_year, row.age_band))))
            for row in found.rows
        ],
        "unconfirmed": [
            _("未確認:%(meaning)s。%(note)s")
            % {"meaning": parameter.meaning.say(language()), "note": note.say(language())}
            for parameter in (law.parameters[name] for name in found.unconfirmed)
            if (note := parameter.values[-1].note)
        ],
    }


def _goal(one: GoalReached | None) -> str:
    if one is None:
        return ""
    words = _("%(goal)s%%を達成") if one.reached else _("%(goal)s%%に届いていません")
    return words % {"goal": one.goal}
