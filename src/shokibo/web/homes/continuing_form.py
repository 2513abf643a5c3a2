"""The form of 引き継ぐ."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.ledger.tables import CAPACITIES, UNITS
from shokibo.web.base.forms import LedgerField, ReasonedForm, RowField, ShownForm
from shokibo.web.base.words import wareki
from shokibo.web.homes.continuing import certified_beyond, postings_from
from shokibo.web.register.models import Capacity, Home, Posting, Unit

_OF_UNIT = ("code", "name", "kind", "area")
_WAYS = {
    "end": gettext_lazy("月末での終了を起案し、新しい生活単位の申請の下書きを用意する"),
    "leave": gettext_lazy("ここでは何もしない(認定の手続きは別に行う)"),
}


class ContinueForm(ShownForm, ReasonedForm):
    """From when, where and as what a household continues; its staff; its certifications.

    Its data are those of the step. Postings added by a corrected day are initially selected.
    """

    data: Any

    def __init__(self, data: Any, unit: Unit, homes: Collection[Home], today: dt.date) -> None:
        self.unit = unit
        super().__init__(data, initial=self._initial(unit, today))
        self.fields["day"] = LedgerField(UNITS.column("opened_on"), required=True)
        self.fields["day"].label = _("引き継ぐ日")
        self.fields["day"].help_text = _(
            "新しい生活単位の最初の日です。前の生活単位は、その前日に廃止します。"
        )
        offered = Home.objects.filter(pk__in=[home.pk for home in homes])
        self.fields["home"] = RowField(offered, label=_("施設"))
        for name, column in zip(_OF_UNIT, ("unit_id", *_OF_UNIT[1:]), strict=True):
            self.fields[name] = LedgerField(UNITS.column(column))
        self.fields["capacity"] = LedgerField(CAPACITIES.column("capacity"))
        self.fields["postings"] = forms.ModelMultipleChoiceField(
            Posting.objects.none(),
            label=_("引き継ぐ職員"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_(
                "前の配置を前日で終え、同じ勤務時間と役割で新しい配置を始めます。"
                "外した人の配置は、前日で終わります。"
            ),
        )
        self.fields["offered"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields["reason"].required = True
        self.fields["reason"].help_text = _("記録に残ります。")
        self._offer(today)
        order = ["day", "home", *_OF_UNIT, "capacity", "postings", "certification", "reason"]
        self.order_fields(order)

    def _initial(self, unit: Unit, today: dt.date) -> dict[str, Any]:
        held = Capacity.objects.filter(unit=unit).order_by("effective_from").last()
        number, code = 2, f"{unit.code}-2"
        while Unit.objects.filter(authority=unit.authority, code=code).exists():
            number, code = number + 1, f"{unit.code}-{number + 1}"
        return {
            **{name: getattr(unit, name) for name in _OF_UNIT},
            "code": code,
            "home": unit.home_id,
            "capacity": held.capacity if held else None,
            "version": unit.version,
            "postings": [row.pk for row in postings_from(unit, today)],
        }

    def _offer(self, today: dt.date) -> None:
        """Offer the postings and certifications of the day, or else of today."""
        day = today
        if self.is_bound:
            try:
                day = self.fields["day"].clean(self.data.get("day")) or today
            except forms.ValidationError:
                day = today
        rows = postings_from(self.unit, day)
        keys = [str(row.pk) for row in rows]
        field: Any = self.fields["postings"]
        field.queryset = Posting.objects.filter(pk__in=keys).order_by("code", "pk")
        field.label_from_instance = _posting
        if self.is_bound:
            seen = self.data.get("offered", "").split()
            sent = self.data.getlist("postings")
            # what was offered for another day goes; what never was is refused
            chosen = [key for key in sent if key in keys or key not in seen]
            self.data = self.data.copy()
            self.data.setlist("postings", chosen + [key for key in keys if key not in seen])
            self.data["offered"] = " ".join(keys)
        self.initial["offered"] = " ".join(keys)
        certified = certified_beyond(self.unit, day)
        if certified:
            listed = _("、").join(
                f"{row.code} {row.get_addon_display()} {row.certified_extra}{_('人')}"
                for row in certified
            )
            self.fields["certification"] = forms.ChoiceField(
                label=_("この生活単位の認定"),
                choices=list(_WAYS.items()),
                widget=forms.RadioSelect,
                help_text=listed,
            )

    def clean(self) -> dict[str, Any]:
        """Return the data of the step."""
        given = super().clean() or {}
        day, opened = given.get("day"), self.unit.opened_on
        if day is not None and opened is not None and day <= opened:
            words = _("この生活単位の開設日%(day)sより後の日にしてください。")
            self.add_error("day", words % {"day": wareki(opened)})
        capacity = given.get("capacity")
        if capacity is not None and capacity < 1:
            self.add_error("capacity", _("定員は1以上の数にしてください。"))
        return {
            **{name: given.get(name) for name in ("day", "capacity", "reason", "version", "seen")},
            "values": {name: given.get(name) for name in ("home", *_OF_UNIT)},
            "carried": list(given.get("postings") or ()),
            "ends": given.get("certification") == "end",
        }


def _posting(row: Any) -> str:
    words = f"{row.code} {row.get_job_display()} {row.get_role_display()}"
    given = {"start": wareki(row.started_on), "end": wareki(row.ended_on)}
    if row.ended_on:
        return words + _("(%(start)sから%(end)sまで)") % given
    return words + _("(%(start)sから)") % given if row.started_on else words
