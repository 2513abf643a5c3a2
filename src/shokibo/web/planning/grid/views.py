"""The grids of the plan: actions, need and targets."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shokibo.documents.plan.pictures import cost_figure
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.parameters import asks
from shokibo.web.base.pictures import svg_answer
from shokibo.web.planning.budgets import budget_tables
from shokibo.web.planning.grid.following import (
    actions_following,
    left_out,
    need_following,
    plan_as_typed,
    targets_following,
)
from shokibo.web.planning.grid.pages import grid_page, preview_page
from shokibo.web.planning.grid.rows import Grid
from shokibo.web.planning.grid.sheets import (
    ActionsQuery,
    Sheet,
    actions_sheet,
    costs_sheet,
    need_sheet,
    targets_sheet,
)
from shokibo.web.planning.plan_page import Wanted, picture, stored_page

READ, WRITE = Permission.PLAN_READ, Permission.PLAN_WRITE


@office_page(READ, write=WRITE)
@asks(ActionsQuery)
def actions(request: HttpRequest, office: Office, *, asked: ActionsQuery) -> HttpResponse:
    """Show and save the actions."""
    sheet = actions_sheet(office, asked, sent=request.method == "POST")
    return grid_page(request, office, sheet, "planning/actions.html", actions_following)


@office_page(WRITE, write=WRITE)
@asks(ActionsQuery)
def actions_preview(request: HttpRequest, office: Office, *, asked: ActionsQuery) -> HttpResponse:
    """Compute the plan with the actions as they are typed."""
    sheet = actions_sheet(office, asked, sent=request.method == "POST")
    return preview_page(request, office, sheet, actions_following)


@office_page(READ, write=WRITE)
def need(request: HttpRequest, office: Office) -> HttpResponse:
    """Show and save the need."""
    return grid_page(request, office, need_sheet(office), "planning/need.html", need_following)


@office_page(WRITE, write=WRITE)
def need_preview(request: HttpRequest, office: Office) -> HttpResponse:
    """Compute the plan with the need as it is typed."""
    return preview_page(request, office, need_sheet(office), need_following)


@office_page(READ, write=WRITE)
def targets(request: HttpRequest, office: Office) -> HttpResponse:
    """Show and save the targets."""
    sheet = targets_sheet(office)
    return grid_page(request, office, sheet, "planning/targets.html", targets_following)


@office_page(WRITE, write=WRITE)
def targets_preview(request: HttpRequest, office: Office) -> HttpResponse:
    """Compute the plan with the targets as they are typed."""
    return preview_page(request, office, targets_sheet(office), targets_following)


READ, WRITE = Permission.PLAN_READ, Permission.PLAN_WRITE


@office_page(READ, write=WRITE)
def costs(request: HttpRequest, office: Office) -> HttpResponse:
    """Show and save the unit costs, with the budgets they give."""
    return grid_page(request, office, costs_sheet(office), "planning/costs.html", _budgets)


@office_page(WRITE, write=WRITE)
def costs_preview(request: HttpRequest, office: Office) -> HttpResponse:
    """Compute the budgets with the costs as they are typed."""
    template = "planning/_budgets.html"
    return preview_page(request, office, costs_sheet(office), _budgets, template)


@office_page(READ)
def cost_picture(request: HttpRequest, office: Office) -> HttpResponse:
    """Give the chart of expenditure as SVG."""
    plan = stored_page(office).plan
    if plan is None or not plan.names:
        raise Http404
    return svg_answer(picture("picture-costs", cost_figure(plan)))


def _budgets(office: Office, sheet: Sheet, grid: Grid, wanted: Wanted) -> dict[str, Any]:
    """Compute the budgets; a chart of what is stored has an address of its own."""
    code = office.authority.code
    is_stored = wanted is None and not grid.touched
    address = reverse("costs:picture", args=[code]) if is_stored else ""
    plan_page = plan_as_typed(office, grid, about=("costs",))
    plan = plan_page.plan
    found: dict[str, Any] = {"plan_page": plan_page, "left_out": left_out(grid)}
    if plan is None or not plan.names or not any(one.expenditure for one in plan.budgets):
        return found
    return found | {
        "budgets": budget_tables(plan),
        "estimated": any(one.estimated for one in plan.budgets),
        "inferred": any(paid.inferred for one in plan.budgets for paid in one.revenue),
        "pictures": [picture("picture-costs", cost_figure(plan), address)],
    }
