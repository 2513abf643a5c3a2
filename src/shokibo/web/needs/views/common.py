"""What the pages of forecasts and of proposals have in common."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.language import language
from shokibo.web.base.words import wareki
from shokibo.web.needs import actions
from shokibo.web.needs.models import Calculation
from shokibo.web.needs.words import OBJECTIVES, STAGES
from shokibo.web.pages.listing import Column, Listing, drawn, link

READ, WRITE = Permission.PLAN_READ, Permission.PLAN_WRITE
PAGE_OF = {"forecast": "needs:forecast", "proposal": "needs:proposal"}
"""Where a calculation is shown; one that makes files: `needs:made`."""


def calculations(office: Office, *kinds: str) -> Any:
    """Return the calculations of some kinds, the newest first."""
    rows = office.rows(Calculation, READ).filter(kind__in=kinds)
    return rows.select_related("asked_by", "authority")


def one_of(office: Office, kind: str, pk: int) -> Calculation:
    """Return a calculation of a kind. Raises Http404."""
    found: Calculation = get_object_or_404(calculations(office, kind), pk=pk)
    return found


def last_answered(office: Office, kind: str) -> Calculation | None:
    """Return the newest calculation of a kind that has an answer."""
    found: Calculation | None = calculations(office, kind).filter(state="done").first()
    return found


def listing(empty: Any, *columns: Column) -> Listing:
    """Return the list of calculations with more columns; `empty` says that there is none."""
    return Listing(
        "計算",
        [
            Column(
                "asked_at",
                gettext_lazy("計算を頼んだ日時"),
                look="day",
                cell=lambda one: link(address_of(one), moment(one)),
                names_row=True,
            ),
            Column("asked_by__name", gettext_lazy("頼んだ人"), look="person"),
            *columns,
            Column("state", gettext_lazy("状態"), cell=drawn("needs/_state.html", "calculation")),
        ],
        empty=empty,
        size=20,
    )


def address_of(calculation: Calculation) -> str:
    """Return the address of a calculation's page."""
    page = PAGE_OF.get(calculation.kind, "needs:made")
    return reverse(page, args=[calculation.authority.code, calculation.pk])


def moment(calculation: Calculation) -> str:
    """Write when a calculation was asked for."""
    return wareki(calculation.asked_at)


def unanswered(request: HttpRequest, calculation: Calculation) -> HttpResponse | None:
    """Show how far a calculation is, or why it has no answer; None if it has one."""
    if calculation.state == "done":
        return None
    message = calculation.message.get(language(), "")
    context: dict[str, Any] = {"calculation": calculation, "message": message}
    if calculation.state == "waiting":
        may_write = request.office.may(WRITE)  # type: ignore[attr-defined]
        context |= {
            "progress": progress_of(calculation),
            "may_write": may_write,
            "may_end_early": calculation.kind == "proposal" and not calculation.is_queued,
        }
        return render(request, "needs/working.html", context)
    return render(request, "needs/unanswered.html", context)


def progress_of(calculation: Calculation) -> dict[str, Any]:
    """Say how far a calculation has come."""
    found = calculation.progress
    objective = found.get("objective", "")
    return {
        "words": _(STAGES[found.get("stage", "")]),
        "objective": _(OBJECTIVES[objective]) if objective else "",
        "value": found.get("value"),
        "percent": found.get("percent"),
    }


@office_page(READ)
def progress(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Show the progress alone; when the work is done, have the browser load the page again."""
    found = get_object_or_404(office.rows(Calculation, READ), pk=pk)
    if found.state != "waiting":
        done = HttpResponse(status=200)
        done["HX-Refresh"] = "true"
        return done
    context = {"calculation": found, "progress": progress_of(found)}
    return render(request, "needs/_progress.html", context)


@office_page(WRITE, write=WRITE)
def stop(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Have a proposal end with the best plan that is found so far, a forecast without an answer."""
    found = get_object_or_404(office.rows(Calculation, WRITE).select_related("authority"), pk=pk)
    if request.method == "POST":
        actions.stop(office=office, calculation=found)
    return redirect(address_of(found))
