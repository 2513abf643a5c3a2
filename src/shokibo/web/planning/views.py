"""The plan as a whole: head, year ends, charts, findings, each home."""

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.parameters import PagedQuery, asks
from shokibo.web.base.pictures import svg_answer
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.planning import actions
from shokibo.web.planning.forms import PlanForm
from shokibo.web.planning.grid.sheets import plan_of
from shokibo.web.planning.plan_page import (
    FIGURES,
    home_picture,
    picture_address,
    pictures,
    stored_page,
)
from shokibo.web.planning.steps import steps

READ = Permission.PLAN_READ
HOMES, FINDINGS = 10, 50
"""Homes and findings on one page."""


@office_page(READ)
@asks(PagedQuery)
def overview(request: HttpRequest, office: Office, *, asked: PagedQuery) -> HttpResponse:
    """Show the plan as it is stored."""
    plan_page = stored_page(office)
    page = asked.page_of(plan_page.homes, HOMES)
    plan, address = plan_page.plan, picture_address(office)
    context = {
        "plan": plan_of(office),
        "plan_page": plan_page,
        "day": plan and plan.baseline,
        "steps": steps(office, plan_page),
        "pictures": pictures(plan, address) if plan and plan_page.homes else [],
        "page": page,
        "homes": [
            (plan_page.home_table(home_id, name), home_picture(plan, home_id, name, address))
            for home_id, name in page
            if plan
        ],
        "may_write": office.may(Permission.PLAN_WRITE),
    }
    return render(request, "planning/overview.html", context)


@office_page(READ)
@asks(PagedQuery)
def findings(request: HttpRequest, office: Office, *, asked: PagedQuery) -> HttpResponse:
    """List every finding of the stored plan."""
    plan_page = stored_page(office)
    page = asked.page_of(plan_page.ordered, FINDINGS)
    context = {"page": page, "found": plan_page.as_shown(page), "count": plan_page.count}
    return render(request, "planning/findings.html", context)


@office_page(READ)
def picture_file(request: HttpRequest, office: Office, name: str) -> HttpResponse:
    """Return a chart as SVG, for a page without scripts."""
    plan_page = stored_page(office)
    if plan_page.plan is None or not plan_page.homes:
        raise Http404
    drawn = pictures(plan_page.plan) if name in FIGURES else []
    pictures_by_name = {f"home-{home_id}": (home_id, title) for home_id, title in plan_page.homes}
    if name in pictures_by_name:
        drawn = [home_picture(plan_page.plan, *pictures_by_name[name])]
    for one in drawn:
        if one.name == f"picture-{name}":
            return svg_answer(one)
    raise Http404


@office_page(Permission.PLAN_WRITE, write=Permission.PLAN_WRITE)
def head(request: HttpRequest, office: Office) -> HttpResponse:
    """Begin the plan, or change its head."""
    plan = plan_of(office)
    saving = Saving(
        title=_("計画の基本事項の修正") if plan else _("計画の基本事項を登録する"),
        button=_("保存する"),
        done=_("計画の基本事項を保存しました。"),
        up=(_("計画"), reverse("planning:overview", args=[office.authority.code])),
        lead=_("基準日の台帳の状況から、計画の各年度末の姿を計算します。"),
    )
    save: Callable[..., object] = partial(actions.make_plan, office=office)
    if plan:
        save = partial(actions.change_plan, office=office, plan=plan)
    return save_page(request, saving, save, PlanForm(request.POST or None, plan))
