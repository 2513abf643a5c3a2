"""The consequences of an import: add-ons that lapse, submitted forms that would differ.

A run stores them as codes and values or in both languages, to be shown in the page's.
"""

import datetime as dt
from typing import Any

from shokibo.law.lapsing import lapsing
from shokibo.texts import Text
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.language import language
from shokibo.web.base.words import month_span
from shokibo.web.exchange import findings
from shokibo.web.exchange.examining import Examined
from shokibo.web.exchange.models import Run
from shokibo.web.exchange.reach import Reach
from shokibo.web.homes.consequences import DifferingForm, LapsingCertification, form_address
from shokibo.web.returns.differing import differing, last_submitted
from shokibo.web.returns.models import Return
from shokibo.web.store.rules import own_law

_NOTHING: dict[str, Any] = {"lapses": [], "forms": []}


def foreseen(reach: Reach, examined: Examined) -> dict[str, Any]:
    """Judge the register before and after an import, as JSON; forms only for all homes."""
    if examined.before is None or examined.after is None or not examined.rows:
        return _NOTHING
    before, after, office = examined.before, examined.after, reach.office
    law = own_law(before)
    reads_forms = reach.is_wide and office.may(Permission.RETURN_READ)
    sent = last_submitted(office.authority) if reads_forms else []
    return {
        "lapses": [
            {
                "code": one.application_id,
                "months": [month.isoformat() for month in one.months],
                "findings": findings.stored(one.findings),
            }
            for one in lapsing(before, after, law)
        ],
        "forms": [
            {
                "form": one.row.form,
                "fiscal_year": one.row.fiscal_year,
                "edition": one.row.edition,
                "differences": [[text.ja, text.en] for text in one.differences],
            }
            for one in differing(sent, before, after, law)
        ],
    }


def lapses_of(run: Run) -> list[LapsingCertification]:
    """Return the add-ons that would lapse, in the page's language."""
    found = []
    for one in run.findings.get("lapses", []):
        months = [dt.date.fromisoformat(month) for month in one["months"]]
        when = month_span(months[0], months[-1], len(months))
        grounds = [each.found for each in findings.described(one["findings"], language())]
        found.append(LapsingCertification(one["code"], when, grounds))
    return found


def forms_of(run: Run) -> list[DifferingForm]:
    """Return the submitted forms that would differ, in the page's language."""
    return [
        DifferingForm.of(
            str(row),
            form_address(str(run.authority.code), row.form, row.fiscal_year),
            [Text(*texts) for texts in differences],
        )
        for one in run.findings.get("forms", [])
        for differences in [one["differences"]]
        for row in [Return(**{name: one[name] for name in ("form", "fiscal_year", "edition")})]
    ]
