"""Forms of an authority's own settings."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo import calendar
from shokibo.law.own_values import read_value, settable_names
from shokibo.ledger.tables import AUTHORITIES, PARAMETERS
from shokibo.web.base.clock import today
from shokibo.web.base.forms import LedgerField, ReasonForm, TextField, VersionedForm
from shokibo.web.base.words import circle, nendo, wareki
from shokibo.web.office.items import Item
from shokibo.web.office.models import SettingProposal
from shokibo.web.office.proposals import described, overlapping, stored_of
from shokibo.web.register.models import Authority, OwnValue
from shokibo.web.returns.drawing import first_year

_DAYS = ("effective_from", "effective_to")
_REPORTING = ("reporting_officer", "reports_from")


class ProposedForm(ReasonForm):
    """What is proposed, and why; `row` is the new proposal."""

    def __init__(self, data: Any, row: SettingProposal, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.row = row


class ValueForm(ProposedForm):
    """A value, its days and source; the first day of an existing value is fixed."""

    def __init__(
        self, data: Any, row: SettingProposal, item: Item, stored: OwnValue | None
    ) -> None:
        initial = (
            {name: getattr(stored, name) for name in ("effective_to", "source")} if stored else {}
        )
        if stored is not None:
            initial["value"] = read_value(settable_names()[item.name], stored.value)
        super().__init__(data, row, initial)
        self.item = item
        for name in _DAYS[bool(stored) :]:
            self.fields[name] = LedgerField(PARAMETERS.column(name))
        self.fields["value"] = LedgerField(item.column)
        if item.unit:
            self.fields["value"].label = _("値(%(unit)s)") % {"unit": item.unit}
        self.fields["source"] = LedgerField(PARAMETERS.column("source"))
        self.fields["source"].help_text = _(
            "定めた要綱や通知の名と日付、番号。判定の理由に出ます。"
        )
        self.order_fields([*_DAYS, "value", "source", "reason"])

    def clean_value(self) -> str:
        """Convert the value to the ledger's text. Raises ValidationError if it is invalid."""
        value = self.cleaned_data["value"]
        written = circle(value) if isinstance(value, bool) else str(value)
        if read_value(settable_names()[self.item.name], written) is None:
            raise ValidationError(
                _("%(expected)sを記入してください。") % {"expected": self.item.expected}
            )
        return written

    def clean(self) -> dict[str, Any]:
        """Check its days, also against those of existing values."""
        given = super().clean() or {}
        row, lacks = self.row, self.errors.keys() & set(_DAYS)
        if lacks:
            return given
        row.effective_from = given.get("effective_from") or row.effective_from
        row.effective_to = given.get("effective_to")
        if row.effective_to and row.effective_from and row.effective_to < row.effective_from:
            self.add_error(
                "effective_to",
                _("適用終了日が適用開始日より前です。どちらかの日を修正してください。"),
            )
        elif "effective_from" in self.fields and stored_of(row):
            self.add_error(
                "effective_from",
                _("この日からの値は、もう定めています。その値の「修正」から起案してください。"),
            )
        elif other := overlapping(row):
            self._refuse(other)
        return given

    def _refuse(self, other: OwnValue) -> None:
        """Refuse an overlap, naming the other value and the last possible day."""
        row, day = self.row, dt.timedelta(days=1)
        words = _("期間が別の値と重なります:%(other)s。") % {"other": described(other)}
        if row.effective_from and other.effective_from > row.effective_from:
            last = _("適用終了日を%(day)s以前にしてください。")
            self.add_error(
                "effective_to", words + last % {"day": wareki(other.effective_from - day)}
            )
            return
        first = _("その値の適用終了日を先に修正するか、適用開始日をそれより後にしてください。")
        self.add_error("effective_from" if "effective_from" in self.fields else None, words + first)


class ReportingForm(ProposedForm):
    """Who signs the forms, and the first year reported with this system."""

    def __init__(self, data: Any, row: SettingProposal, authority: Authority) -> None:
        super().__init__(data, row, {name: getattr(authority, name) for name in _REPORTING})
        self.authority = authority
        for name in _REPORTING:
            self.fields[name] = LedgerField(AUTHORITIES.column(name))
        self.fields["reports_from"].help_text = _(
            "本ソフトから国へ報告する最初の年度。それより前の年度の報告は待ちません。空欄のままでは、すべての年度の報告を待ちます。"
        )
        self.order_fields([*_REPORTING, "reason"])

    def clean_reports_from(self) -> int | None:
        """Require a year of which there is a report. Raises ValidationError."""
        year: int | None = self.cleaned_data["reports_from"]
        first, last = first_year(), calendar.fiscal_year_of(today()) + 1
        if year is not None and not first <= year <= last:
            raise ValidationError(
                _("%(first)sから%(last)sまでの年度を記入してください。")
                % {"first": nendo(first), "last": nendo(last)}
            )
        return year

    def clean(self) -> dict[str, Any]:
        """Ask for a change."""
        given = super().clean() or {}
        if not self.errors and all(given[n] == getattr(self.authority, n) for n in _REPORTING):
            self.add_error(None, _("今と同じです。変えるところを修正してください。"))
        return given


class ContactForm(VersionedForm):
    """The contact, in one line."""

    row_fields = ("contact",)
    contact = TextField(
        label=gettext_lazy("問い合わせ先"),
        help_text=gettext_lazy("課・係の名前と電話番号など。空欄にすると表示しません。"),
        max_length=200,
        required=False,
    )
