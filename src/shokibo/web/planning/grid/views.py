"""The grids of the plan: actions, need with what it is estimated from, targets and costs."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shokibo.documents.plan.pictures import cost_figure
from shokibo.web.accounts import resending
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import View, office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.language import language
from shokibo.web.base.parameters import asks
from shokibo.web.base.pictures import svg_answer
from shokibo.web.pages.grid.page import GridPage, grid_page, preview_page
from shokibo.web.pages.grid.rows import Grid
from shokibo.web.planning import actions as saving
from shokibo.web.planning.budgets import amount_tables, budget_tables, training_tables
from shokibo.web.planning.grid.following import (
    actions_following,
    estimate_following,
    left_out,
    need_following,
    plan_as_typed,
    targets_following,
)
from shokibo.web.planning.grid.sheets import (
    ActionsQuery,
    PlanSheet,
    actions_sheet,
    care_rates_sheet,
    costs_sheet,
    need_sheet,
    population_sheet,
    targets_sheet,
)
from shokibo.web.planning.plan_page import Wanted, picture, stored_page

READ, WRITE = Permission.PLAN_READ, Permission.PLAN_WRITE
WORKED = "planning/_worked.html"
"""What follows most grids."""
Following = Callable[[Office, PlanSheet, Grid, Wanted], dict[str, Any]]


@office_page(READ, write=WRITE)
@asks(ActionsQuery)
def actions(request: HttpRequest, office: Office, *, asked: ActionsQuery) -> HttpResponse:
    """Show and save the actions."""
    sheet = actions_sheet(office, asked, sent=request.method == "POST")
    resending.offer(request, f"{request.path}?{sheet.query}")
    return grid_page(request, _of(office, sheet, actions_following), "planning/actions.html")


@office_page(WRITE, write=WRITE)
@asks(ActionsQuery)
def actions_preview(request: HttpRequest, office: Office, *, asked: ActionsQuery) -> HttpResponse:
    """Compute the plan with the actions as they are typed."""
    sheet = actions_sheet(office, asked, sent=request.method == "POST")
    return preview_page(request, _of(office, sheet, actions_following), WORKED)


def _of(office: Office, sheet: PlanSheet, follow: Following) -> GridPage:
    return GridPage(
        sheet,
        may_write=office.may(WRITE),
        save=partial(saving.save_rows, office=office),
        follow=partial(follow, office, sheet),
    )


def _page(sheet: Callable[[Office], PlanSheet], template: str, follow: Following) -> View:

    @office_page(READ, write=WRITE)
    def page(request: HttpRequest, office: Office) -> HttpResponse:
        return grid_page(request, _of(office, sheet(office), follow), template)

    return page


def _preview(
    sheet: Callable[[Office], PlanSheet], follow: Following, template: str = WORKED
) -> View:
    """Make the page that computes what follows a grid as it is typed."""

    @office_page(WRITE, write=WRITE)
    def page(request: HttpRequest, office: Office) -> HttpResponse:
        return preview_page(request, _of(office, sheet(office), follow), template)

    return page


@office_page(READ)
def cost_picture(request: HttpRequest, office: Office) -> HttpResponse:
    """Return the chart of expenditure as SVG."""
    plan = stored_page(office).plan
    if plan is None or not plan.names:
        raise Http404
    return svg_answer(picture("picture-costs", cost_figure(plan, language())))


def _budgets(office: Office, sheet: PlanSheet, grid: Grid, wanted: Wanted) -> dict[str, Any]:
    """Compute the budgets; a chart of what is stored has an address of its own."""
    code = office.authority.code
    is_stored = wanted is None and not grid.touched
    address = reverse("costs:picture", args=[code]) if is_stored else ""
    plan_page = plan_as_typed(office, grid, about=("costs",))
    plan = plan_page.plan
    found: dict[str, Any] = {
        "plan_page": plan_page,
        "left_out": left_out(grid),
        "amounts": amount_tables(plan) if plan else [],
        "trainings": training_tables(plan) if plan else [],
    }
    if plan is None or not plan.names or not any(one.expenditure for one in plan.budgets):
        return found
    return found | {
        "budgets": budget_tables(plan),
        "estimated": any(one.estimated for one in plan.budgets),
        "contracted": any(each.contracted for one in plan.budgets for each in one.expenditure),
        "inferred": any(paid.inferred for one in plan.budgets for paid in one.revenue),
        "pictures": [picture("picture-costs", cost_figure(plan, language()), address)],
    }


need = _page(need_sheet, "planning/need.html", need_following)
need_preview = _preview(need_sheet, need_following)
ESTIMATED = "planning/_estimated.html"
population = _page(population_sheet, "planning/population.html", estimate_following)
population_preview = _preview(population_sheet, estimate_following, ESTIMATED)
care_rates = _page(care_rates_sheet, "planning/care_rates.html", estimate_following)
care_rates_preview = _preview(care_rates_sheet, estimate_following, ESTIMATED)
targets = _page(targets_sheet, "planning/targets.html", targets_following)
targets_preview = _preview(targets_sheet, targets_following)
costs = _page(costs_sheet, "planning/costs.html", _budgets)
costs_preview = _preview(costs_sheet, _budgets, "planning/_budgets.html")
