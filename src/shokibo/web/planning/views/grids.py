"""The grids of the plan: actions, need and targets."""

from django.http import HttpRequest, HttpResponse

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.parameters import asks
from shokibo.web.planning.sheets import ActionsQuery, actions_sheet, need_sheet, targets_sheet
from shokibo.web.planning.views.editing import grid_page, preview_page
from shokibo.web.planning.views.following import (
    actions_following,
    need_following,
    targets_following,
)

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
    """Work the plan out with the actions as they are typed."""
    sheet = actions_sheet(office, asked, sent=request.method == "POST")
    return preview_page(request, office, sheet, actions_following)


@office_page(READ, write=WRITE)
def need(request: HttpRequest, office: Office) -> HttpResponse:
    """Show and save the need."""
    return grid_page(request, office, need_sheet(office), "planning/need.html", need_following)


@office_page(WRITE, write=WRITE)
def need_preview(request: HttpRequest, office: Office) -> HttpResponse:
    """Work the plan out with the need as it is typed."""
    return preview_page(request, office, need_sheet(office), need_following)


@office_page(READ, write=WRITE)
def targets(request: HttpRequest, office: Office) -> HttpResponse:
    """Show and save the targets."""
    sheet = targets_sheet(office)
    return grid_page(request, office, sheet, "planning/targets.html", targets_following)


@office_page(WRITE, write=WRITE)
def targets_preview(request: HttpRequest, office: Office) -> HttpResponse:
    """Work the plan out with the targets as they are typed."""
    return preview_page(request, office, targets_sheet(office), targets_following)
