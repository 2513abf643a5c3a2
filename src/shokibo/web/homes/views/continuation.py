"""The pages of 引き継ぐ, with a preview, and of undoing it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.language import language
from shokibo.web.base.seen import seal
from shokibo.web.homes import continuing
from shokibo.web.homes.continuing import Continuation
from shokibo.web.homes.continuing_form import ContinueForm
from shokibo.web.homes.handing_over import PROCESS, UNDO, shown_of
from shokibo.web.homes.views.crumbs import to_unit
from shokibo.web.pages.removed import get_row
from shokibo.web.pages.saving import Saving, saved
from shokibo.web.pages.stepping import StepPage, StepPages
from shokibo.web.register.models import Unit

WRITE = Permission.REGISTER_WRITE


@office_page(WRITE, write=WRITE)
def continue_unit(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Ask how a household continues; show the result; then carry it out."""
    rows = office.rows(Unit, WRITE).select_related("home", "authority")
    unit = get_row(office, rows, WRITE, pk=pk)
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
    """Return the step's result without carrying it out, and seal what is shown into the form."""
    shown = saved(form, lambda **given: do(**{**given, "seen": None}), at=at)
    if not isinstance(shown, Continuation):
        return None
    form.data["seen"] = seal(shown.facts)
    return shown


UNDOING = StepPages(
    PROCESS,
    up=lambda office, row: to_unit(office, row.unit),
    pages=(
        StepPage(
            "undo_handover",
            UNDO,
            done=gettext_lazy("引き継ぎを取り消しました。引き継ぐ前の登録に戻っています。"),
            title=gettext_lazy("引き継ぎを取り消しますか"),
            button=gettext_lazy("取り消して元に戻す"),
            reason=gettext_lazy("取り消す理由"),
            reason_help=gettext_lazy("記録に残ります。"),
            grave=True,
            shows=lambda _office, row: {"rows": shown_of(row)},
        ),
    ),
    related=("authority", "unit__home", "later__home"),
    template="homes/undo_handover.html",
)
