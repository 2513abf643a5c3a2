"""Forms of children's records, made from the declaration of their kinds."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.care import stays
from shokibo.care.codes import read_code
from shokibo.care.fit import GENDERS
from shokibo.care.kinds import BY_CODE, TEXT_LENGTH, Item, day_errors
from shokibo.ledger.columns import Column, Kind
from shokibo.ledger.tables import EPISODES
from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.forms import LedgerField, RowField, TextField, VersionedForm
from shokibo.web.base.language import labels
from shokibo.web.base.words import as_text
from shokibo.web.care.actions import open_stay, stays_of
from shokibo.web.care.models import Child, Record, UnitRule
from shokibo.web.care.reach import homes_of
from shokibo.web.care.units import UnitField, most_for
from shokibo.web.register.models import Home


class RecordForm(VersionedForm):
    """A record of a kind: new, or as it is now."""

    def __init__(
        self,
        data: Any,
        office: Office,
        child: Child,
        kind: str,
        row: Record | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.child, self.kind, self.row = child, kind, row
        items = BY_CODE[kind].items
        self.row_fields: Sequence[str] = [item.name for item in items]
        if row is not None:
            initial = {name: _held(row, name) for name in self.row_fields}
            initial["version"] = row.version
        super().__init__(data, initial=initial)
        homes = homes_of(office)
        for item in items:
            self.fields[item.name] = self._field(item, homes)
        for name in self._left_out():
            self.fields.pop(name)

    def _left_out(self) -> Iterator[str]:
        """Name the fields that the form does not ask for: a stay ends by another, or with care."""
        if self.row is None:
            yield "version"
        if self.kind == "placement" and getattr(self.row, "ended_on", None) is None:
            yield from ("ended_on", "end_reason")
            if self.row is not None or open_stay(self.child) is None:
                yield "move_reason"

    def _field(self, item: Item, homes: list[Home]) -> forms.Field:
        if item.column.refers == "homes":
            offered = Home.objects.filter(pk__in=[home.pk for home in homes])
            return RowField(offered, label=_("施設"), required=False)
        if item.column.refers == "units":
            return UnitField(homes, self.child, most_for(self.child))
        if item.several:
            return forms.MultipleChoiceField(
                label=gettext_lazy(item.column.header),
                choices=list(labels(item.column.codes or {}).items()),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        return LedgerField(item.column)

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the record."""
        return {name: self.cleaned_data[name] for name in self.row_names}

    def clean(self) -> dict[str, Any]:
        """Take a unit's home from the unit; check days against the stays."""
        given = super().clean() or {}
        unit, home = given.get("unit"), given.get("home")
        if unit is not None and home is None:
            given["home"] = unit.home
        elif unit is not None and unit.home != home:
            self.add_error("unit", _("選んだ施設の生活単位ではありません。"))
        if given.get("place") in stays.FOSTER and given.get("home") is not None:
            self.add_error("home", _("里親等の場では、施設と生活単位を空欄にしてください。"))
        for name, text in day_errors(BY_CODE[self.kind].dated_by, given, today()):
            self.add_error(name, as_text(text))
        day = given.get("started_on")
        if self.kind in ("placement", "protection") and day is not None:
            stay = stays.Stay(given.get("place") or stays.PROTECTION, day)
            before = stays_of(self.child) if self.row is None else []
            try:
                stays.begin(before, stay, today())
            except stays.StayError as error:
                self.add_error(error.field, as_text(error.text))
        return given


def _held(row: Record, name: str) -> Any:
    return getattr(row, f"{name}_id") if name in ("home", "unit") else getattr(row, name)


class ChildForm(VersionedForm):
    """A child: month of birth, center, gender."""

    row_fields = ("birth_month", "center_code", "gender")

    def __init__(self, data: Any, office: Office, child: Child | None = None) -> None:
        held = {name: getattr(child, name) for name in self.row_fields} if child else {}
        centers = sorted(office.centers(Permission.CHILD_WRITE) or ())
        held.setdefault("center_code", centers[0] if centers else None)
        version = {"version": child.version} if child else {}
        super().__init__(data, initial={**held, **version})
        for item in BY_CODE["child"].items:
            self.fields[item.name] = LedgerField(item.column)
        self.centers = centers
        if child is None:
            self.fields.pop("version")

    def clean(self) -> dict[str, Any]:
        """Require the person's own center for a new child."""
        given = super().clean() or {}
        for name, text in day_errors("", given, today()):
            self.add_error(name, as_text(text))
        is_new = "version" not in self.fields
        if is_new and self.centers and given.get("center_code") not in self.centers:
            words = _("あなたの児童相談所(%(centers)s)にしてください。")
            self.add_error("center_code", words % {"centers": _("、").join(self.centers)})
        return given

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the child."""
        return {name: self.cleaned_data[name] for name in self.row_fields}


class UnitRuleForm(VersionedForm):
    """The children a unit accepts; all blank for any child."""

    row_fields = ("gender", "age_from", "age_to", "note")

    def __init__(self, data: Any, rule: UnitRule) -> None:
        held = {name: getattr(rule, name) for name in self.row_fields}
        super().__init__(data, initial={**held, "version": rule.version if rule.pk else 0})
        for column in _RULE:
            least = 0 if column.kind is Kind.INTEGER else None
            self.fields[column.name] = LedgerField(column, least=least)


_RULE = (
    Column(
        "gender", "性別", Kind.CODE, codes=GENDERS, on_blank=Text("空欄は問わない。", "Blank: any.")
    ),
    Column("age_from", "年齢(から)", Kind.INTEGER, note=Text("満年齢。", "Completed years.")),
    Column("age_to", "年齢(まで)", Kind.INTEGER, note=Text("この年齢を含む。", "Included.")),
    Column(
        "note",
        "そのほかの条件",
        Kind.REMARKS,
        length=TEXT_LENGTH,
        note=Text("選択肢に、書いたとおりに示す。", "Shown with the choice, as it is written."),
    ),
)


class EndForm(VersionedForm):
    """The last day of care, and why it ends."""

    def __init__(self, data: Any, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["ended_on"] = LedgerField(EPISODES.column("ended_on"), required=True)
        self.fields["end_reason"] = LedgerField(EPISODES.column("end_reason"), required=True)
        reason: Any = self.fields["end_reason"].widget
        reason.choices = [one for one in reason.choices if one[0] != "transfer"]

    def clean_ended_on(self) -> Any:
        """Refuse future days."""
        day = self.cleaned_data["ended_on"]
        if day is not None and day > today():
            raise forms.ValidationError(as_text(stays.FUTURE))
        return day


class OpeningForm(forms.Form):
    """The code of a child of another center, and why its records are opened."""

    code = forms.CharField(
        label=gettext_lazy("児童コード"), max_length=20, help_text=gettext_lazy("例:K7M2-9QX4")
    )
    reason = TextField(
        label=gettext_lazy("理由"),
        max_length=TEXT_LENGTH,
        help_text=gettext_lazy(
            "記録に残り、児童の児童相談所に今日のうちに知らせます。氏名は書きません。"
        ),
    )

    def clean_code(self) -> str:
        """Read the code. Raises ValidationError for an invalid one."""
        code = read_code(self.cleaned_data["code"])
        if code is None:
            words = _("児童コードの書き間違いです。8文字をもう一度確かめてください。")
            raise forms.ValidationError(words)
        return code
