"""引き継ぐ: asked for on one page, and shown before it is saved."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.language import language
from shokibo.web.base.seen import seal
from shokibo.web.homes import continuing
from shokibo.web.homes.continuing import Continuation
from shokibo.web.homes.continuing_form import ContinueForm
from shokibo.web.homes.views.crumbs import to_unit
from shokibo.web.pages.saving import Saving, saved
from shokibo.web.register.models import Unit

WRITE = Permission.REGISTER_WRITE


@office_page(WRITE, write=WRITE)
def continue_unit(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Ask how a household goes on; show what it comes to; then do it, all or nothing."""
    rows = office.rows(Unit, WRITE).select_related("home", "authority")
    unit = get_object_or_404(rows, pk=pk)
    if unit.continued_by.exists():
        messages.error(request, _("この生活単位は、もう引き継がれています。"))
        return redirect("homes:unit", office.authority.code, pk)
    form = ContinueForm(request.POST or None, unit, office.homes(WRITE), today())
    shown: Continuation | None = None
    if request.method == "POST" and form.is_valid():
        do = partial(continuing.continue_unit, office=office, unit=unit)
        at = "certification" if "certification" in form.fields else None
        saves = "save" in request.POST
        done = saved(form, do, at=at) if saves else None
        if isinstance(done, Continuation):
            messages.success(request, _("引き継ぎを登録しました。"))
            return redirect("homes:unit", office.authority.code, done.unit.pk)
        has_changed = form.data.get("seen") != request.POST.get("seen")
        if not saves or has_changed:
            shown = _tried(form, do, at)
    context = {
        "form": form,
        "saving": Saving(_("生活単位を引き継ぐ"), _("引き継ぐ"), up=to_unit(office, unit)),
        "unit": unit,
        "shown": shown,
        "findings": [one.message(language()) for one in shown.findings] if shown else [],
    }
    return render(request, "homes/continue.html", context)


def _tried(form: ContinueForm, do: Any, at: str | None) -> Continuation | None:
    """Return what the step comes to, without doing it; what is shown is sealed into the form."""
    shown = saved(form, lambda **given: do(**{**given, "seen": None}), at=at)
    if not isinstance(shown, Continuation):
        return None
    form.data["seen"] = seal(shown.facts)
    return shown
