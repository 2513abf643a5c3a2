"""Ending several postings of a home together, with one last day."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _

from shokibo import calendar
from shokibo.ledger.tables import STAFF
from shokibo.web.accounts.access import Office
from shokibo.web.base.forms import LedgerField, ReasonedForm, ShownForm
from shokibo.web.base.seen import Facts, hold
from shokibo.web.base.words import wareki
from shokibo.web.homes.actions import save_rows
from shokibo.web.pages.grid.saving import Changes, Opened
from shokibo.web.register.models import Posting


class EndingForm(ShownForm, ReasonedForm):
    """The last day of the chosen postings."""

    def __init__(self, *args: Any, rows: Sequence[Posting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        del self.fields["version"]  # `seen` stands for all of them
        self.fields["ended_on"] = LedgerField(STAFF.column("ended_on"), required=True)
        self.order_fields(["ended_on", "reason"])

    def clean_ended_on(self) -> dt.date:
        """Refuse a day on which a posting has not begun."""
        last: dt.date = self.cleaned_data["ended_on"]
        later = [
            _("%(code)s(%(day)sから)") % {"code": row.code, "day": wareki(row.started_on)}
            for row in self.rows
            if row.started_on is not None and row.started_on > last
        ]
        if later:
            words = _("この日にまだ始まっていない配置があります:%(postings)s。")
            raise forms.ValidationError(words % {"postings": "、".join(later)})
        return last


def facts_of(rows: Sequence[Posting]) -> Facts:
    """Return what a page shows of postings to end."""
    return {
        f"{row.code}({row.unit or '本体施設'}、{_day(row.started_on)}から)": _day(row.ended_on)
        for row in rows
    }


def _day(day: dt.date | None) -> str:
    return calendar.era_date(day) if day else "—"


@transaction.atomic
def end_all(
    *,
    office: Office,
    keys: Sequence[int],
    ended_on: dt.date,
    seen: str,
    reason: str = "",
    confirmed: str | None = None,
) -> None:
    """End postings, all or none.

    Raises ChangedSinceError if any changed since it was shown, and as `actions.save_rows` does.
    """
    rows = list(Posting.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    hold(seen, facts_of(rows))
    ends = [(Opened(row.pk, row.version), {"ended_on": ended_on}) for row in rows]
    changes = Changes(Posting, changed=ends)
    save_rows(office=office, changes=changes, reason=reason, confirmed=confirmed)
