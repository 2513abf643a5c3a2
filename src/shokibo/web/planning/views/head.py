"""The head of the plan: its title, baseline and years."""

from typing import cast

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import StaleError
from shokibo.web.planning import actions
from shokibo.web.planning.forms import NAMES, PlanForm
from shokibo.web.planning.models import Plan
from shokibo.web.planning.sheets import plan_of
from shokibo.web.store.wording import header, said


@office_page(Permission.PLAN_WRITE, write=Permission.PLAN_WRITE)
def head(request: HttpRequest, office: Office) -> HttpResponse:
    """Begin the plan, or change its head."""
    plan = plan_of(office)
    form = PlanForm(request.POST or None, plan)
    context: dict[str, object] = {"form": form, "plan": plan}
    if request.method == "POST" and form.is_valid():
        try:
            _save(office, plan, form)
        except StaleError as stale:
            context["standing"] = _beside(form, stale.current)
        except IntegrityError:
            form.add_error(None, _("計画の枠は、ほかの人が先に作りました。開き直してください。"))
        else:
            messages.success(request, _("計画の枠を保存しました。"))
            return redirect(reverse("planning:overview", args=[office.authority.code]))
    return render(request, "planning/head.html", context)


def _save(office: Office, plan: Plan | None, form: PlanForm) -> None:
    if plan is None:
        actions.make_plan(office=office, values=form.values)
        return
    version = form.cleaned_data["version"]
    actions.change_plan(office=office, plan=plan, version=version, values=form.values)


def _beside(form: PlanForm, current: Model) -> dict[str, object]:
    """Put what stands now beside what was typed, and let the form stand on it."""
    typed = form.cleaned_data
    rows = [
        (header(Plan, name), now, mine, now != mine)
        for name in NAMES
        for now, mine in [(said(Plan, name, getattr(current, name)), said(Plan, name, typed[name]))]
    ]
    on_newer = cast("QueryDict", form.data).copy()
    on_newer["version"] = str(current.version)  # type: ignore[attr-defined]
    form.data = on_newer
    return {"rows": rows}
