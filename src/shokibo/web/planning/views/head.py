"""The head of the plan: its title, baseline and years."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.planning import actions
from shokibo.web.planning.forms import PlanForm
from shokibo.web.planning.sheets import plan_of


@office_page(Permission.PLAN_WRITE, write=Permission.PLAN_WRITE)
def head(request: HttpRequest, office: Office) -> HttpResponse:
    """Begin the plan, or change its head."""
    plan = plan_of(office)
    back = reverse("planning:overview", args=[office.authority.code])
    saving = Saving(
        title=_("計画の枠を直す") if plan else _("計画の枠を作る"),
        button=_("保存する"),
        back=back,
        done=_("計画の枠を保存しました。"),
        up=(_("計画"), back),
        lead=_("基準日の台帳の状況から、計画の各年度末の姿を計算します。"),
    )
    save: Callable[..., object] = partial(actions.make_plan, office=office)
    if plan:
        save = partial(actions.change_plan, office=office, plan=plan)
    return save_page(request, saving, save, PlanForm(request.POST or None, plan))
