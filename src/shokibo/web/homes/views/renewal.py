"""The sheet of all homes' confirmations of a year."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shokibo import calendar
from shokibo.law.requirements import RECORDED, clause_of
from shokibo.ledger.tables import CONFIRMATION_ITEMS
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.parameters import PagedQuery, asks, year_field
from shokibo.web.base.words import counted
from shokibo.web.homes.renewing import ITEMS, RenewalForm, Sheet, open_homes, renew
from shokibo.web.pages.saving import saved
from shokibo.web.store.rules import Rules

WRITE = Permission.REGISTER_WRITE
HOMES = 35
"""How many homes a sheet shows at once."""


class RenewalQuery(PagedQuery):
    """The year of the confirmations, and which homes."""

    year = year_field()


@office_page(WRITE, write=WRITE)
@asks(RenewalQuery)
def confirmations(request: HttpRequest, office: Office, *, asked: RenewalQuery) -> HttpResponse:
    """Show a year's sheet; POST fills it down, or saves what is typed, all or nothing."""
    this_year = calendar.fiscal_year_of(today())
    year = asked.given["year"] or this_year
    is_typed = request.method == "POST" or request.POST  # sent now, or shown again from a draft
    form = RenewalForm(request.POST if is_typed else None, year, today())
    homes = open_homes(office, year)
    page = asked.page_of(homes, HOMES)
    sheet = Sheet(list(page), year, request.POST)
    if "fill" in request.POST:
        filled = sheet.fill()
        messages.info(request, counted("%(n)sか所に写しました。まだ保存していません。", filled))
    elif request.method == "POST":
        sheet, is_entered = _entered(request, office, form, sheet)
        if is_entered:
            messages.success(request, counted("要件確認を%(n)s件登録しました。", len(sheet.typed)))
            return redirect(request.get_full_path())
    context = {
        "form": form,
        "sheet": sheet,
        "page": page,
        "missing": Sheet(homes, year, {}).missing,
        "homes": len(homes),
        "years": sorted({year, *range(this_year - 1, this_year + 2)}),
        "heads": _heads(office, year),
    }
    return render(request, "homes/renewal.html", context)


def _entered(
    request: HttpRequest, office: Office, form: RenewalForm, sheet: Sheet
) -> tuple[Sheet, bool]:
    """Save what is typed; return the sheet with its errors, and whether it was saved."""
    is_valid = form.is_valid()
    sheet.read(form.typed.get("confirmed_on"))
    if not sheet.typed:
        form.add_error(None, _("記入がありません。確認した施設の欄に、結果を記入してください。"))
    if not is_valid or sheet.wrong or not sheet.typed:
        return sheet, False
    save = partial(renew, office=office, year=sheet.year, data=request.POST)
    written = saved(form, save)
    if isinstance(written, Sheet):  # somebody else may have been first meanwhile
        return written, not written.wrong
    return sheet, False


def _heads(office: Office, year: int) -> list[dict[str, Any]]:
    """Return each item with its clause, as worded on the year's first day."""
    law, day = Rules(office.authority).law, calendar.fiscal_year_start(year)
    return [
        {
            "item": item,
            "label": _(CONFIRMATION_ITEMS[item]),
            "clause": clause_of(item, law, day),
            "decides": item not in RECORDED,
        }
        for item in ITEMS
    ]
