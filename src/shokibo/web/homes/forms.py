"""Forms of the register's rows, made from the ledger's declaration."""

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.ledger.chains import circles
from shokibo.ledger.checks.chains import CONTINUES_CIRCLE, CONTINUES_TWICE
from shokibo.ledger.findings import Value
from shokibo.ledger.tables import CAPACITIES, CONFIRMATION_ITEMS, UNITS
from shokibo.texts import NOTHING
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.forms import (
    ConfirmedForm,
    LedgerField,
    ReasonedForm,
    RowField,
    SeenForm,
    ShownForm,
    TextField,
    ValuesForm,
    note_of,
)
from shokibo.web.base.language import labels, language
from shokibo.web.base.words import bracketed, wareki
from shokibo.web.homes.actions import far_days
from shokibo.web.homes.records import GROUNDED, ground_of
from shokibo.web.pages import constraints
from shokibo.web.register.models import Capacity, ChangeProposal, Confirmation, Home, Unit
from shokibo.web.store.mapping import BY_LABEL, MAPPED, Mapped


class RowForm(ReasonedForm, ValuesForm):
    """Some columns of a row. Its data are the row's fields as `values`, reason and version."""

    def __init__(
        self,
        data: Any,
        row: Model,
        columns: Sequence[str] | None = None,
        required: tuple[str, ...] = (),
        homes: Collection[Home] = (),
    ) -> None:
        """Make the fields; `columns` of the ledger's table, `homes` those to choose from."""
        self.row = row
        self.mapped = BY_LABEL[row._meta.label]
        table = self.mapped.table
        wanted = self.mapped.form if columns is None else columns
        self.row_fields = [self.mapped.field(column) for column in wanted]
        links = self.mapped.links
        is_posting = self.mapped.read is Permission.STAFF_READ
        initial = {
            name: getattr(row, f"{name}_id" if name in links else name) for name in self.row_fields
        }
        if row.pk is not None:
            initial["version"] = row.version  # type: ignore[attr-defined]
        super().__init__(data, initial=initial)
        for column, name in zip(wanted, self.row_fields, strict=True):
            if name == "home":
                offered = Home.objects.filter(pk__in=[home.pk for home in homes])
                must = column in required or table.column(column).required
                self.fields[name] = RowField(
                    offered,
                    label=_("施設"),
                    required=must,
                    help_text=note_of(table.column(column), required=must),
                )
            elif name == "unit" and "home" in self.row_fields:
                self.fields[name] = UnitField(
                    Unit.objects.filter(home__in=homes).select_related("home"),
                    names_home=True,
                    depends=table.column(column).depends,
                    help_text=_("施設を選んだときだけ。その施設の生活単位を選びます。"),
                )
            elif name == "unit":
                self.fields[name] = UnitField(
                    Unit.objects.filter(home=row.home_id),  # type: ignore[attr-defined]
                    empty_label=_("本体施設") if is_posting else _("施設全体"),
                )
            elif name == "continues":
                self.fields[name] = EarlierUnitField(row)
            else:
                self.fields[name] = LedgerField(
                    table.column(column), required=column in required or None
                )
        explain_reason(self, self.mapped)
        self.order_fields([*self.row_fields, "reason", "version"])

    def clean(self) -> dict[str, Any]:
        """Require a unit of the chosen home, and what the database requires of a row."""
        given = super().clean()
        self.require_constraints(self.row, given["values"])
        unit, home = (given["values"].get(name) for name in ("unit", "home"))
        if "home" in self.row_fields and unit is not None and unit.home != home:
            at, words = "unit", _("選んだ施設の生活単位ではありません。")
            if home is None:
                at, words = "home", _("%(unit)sの施設(%(home)s)も選んでください。")
            self.add_error(at, words % {"unit": unit, "home": unit.home})
        return given

    def require_constraints(self, row: Model, values: Mapping[str, Any]) -> None:
        """Check what the database requires of a row with some values, as far as they were read."""
        row = copy(row)
        for name, value in values.items():
            setattr(row, name, value)
        unread = {*self.errors}
        if self.mapped.table.is_of_children:
            unread.add("child_code")  # whose child it is comes first, and decides what is shown
        late = [(name, text.say(language())) for name, text in far_days(row) if name in values]
        for field, words in [*constraints.violated(row, unread), *late]:
            refused = ValidationError(words, code="refused")
            self.add_error(field if field in self.fields else None, refused)

    def clean_continues(self) -> Unit | None:
        """Refuse a unit that another one continues, and circles."""
        earlier: Unit | None = self.cleaned_data["continues"]
        if earlier is not None:
            refuse_chain(cast("Unit", self.row), earlier)
        return earlier


class UnitField(RowField):
    """Reads a unit. Each choice says its kind and days, and its home if there may be several."""

    def __init__(self, units: Any, *, names_home: bool = False, **given: Any) -> None:
        self.names_home = names_home
        super().__init__(units, **{"label": _("生活単位"), "required": False, **given})

    def label_from_instance(self, obj: Any) -> str:
        """Name a unit so that it is not taken for another of the same name."""
        return distinct_name(obj, names_home=self.names_home)


class EarlierUnitField(UnitField):
    """Reads the unit that a unit continues: another of the same authority."""

    def __init__(self, row: Any) -> None:
        column = UNITS.column("continues")
        others = Unit.objects.filter(authority=row.authority_id).exclude(pk=row.pk)
        super().__init__(
            others.select_related("home"),
            names_home=True,
            label=_("前の生活単位"),
            empty_label=_("なし"),
            help_text=note_of(column, required=False),
        )
        self.error_messages["invalid_choice"] = _(
            "同じ自治体の、この生活単位ではない生活単位にしてください。"
        )


def distinct_name(unit: Unit, *, names_home: bool) -> str:
    """Name a unit with its kind and days, and possibly its home: names may be the same."""
    parts = [unit.get_kind_display()]
    if unit.opened_on:
        parts.append(_("%(day)s開設") % {"day": wareki(unit.opened_on)})
    if unit.closed_on:
        parts.append(_("%(day)s廃止") % {"day": wareki(unit.closed_on)})
    return bracketed(f"{unit.home} {unit}" if names_home else unit, _("、").join(parts))


class RemovalForm(ReasonedForm):
    """Why a row is removed, with the version on which the page was opened."""

    def __init__(self, data: Any, row: Any) -> None:
        super().__init__(data, initial={"version": row.version})
        explain_reason(self, BY_LABEL[row._meta.label])


def explain_reason(form: ReasonedForm, mapped: Mapped) -> None:
    """Say of a table that no rule reads only that the reason is logged."""
    if not mapped.is_judged:
        reason = cast("TextField", form.fields["reason"])
        reason.help_text, reason.depends = _("記録に残ります。"), False


def refuse_chain(unit: Unit, earlier: Unit) -> None:
    """Refuse to let a unit continue another, in the words of the checks. Raises ValidationError."""
    others = Unit.objects.filter(authority=earlier.authority_id).exclude(pk=unit.pk)
    other = others.filter(continues=earlier).first()
    values: dict[str, Value]
    if other is not None:
        values = {"earlier": str(earlier), "other": str(other), "name": str(unit.name)}
        raise ValidationError(CONTINUES_TWICE.message(language(), values), code="twice")
    named = dict(others.exclude(continues=None).values_list("code", "continues__code"))
    for circle in circles({**named, unit.code: earlier.code}):
        if unit.code in circle:
            names = dict(others.values_list("code", "name"))
            values = {"names": [names.get(code, str(unit.name)) for code in circle]}
            raise ValidationError(CONTINUES_CIRCLE.message(language(), values), code="circle")


class ConfirmationForm(RowForm):
    """A new confirmation: blank evidence is that of the records, if its item can rest on them."""

    def __init__(self, data: Any, row: Confirmation, *args: Any, **given: Any) -> None:
        super().__init__(data, row, *args, **given)
        self.records = ground_of(row.home, today())
        if self.records != NOTHING:
            items = _("、").join(_(CONFIRMATION_ITEMS[name]) for name in GROUNDED)
            self.fields["evidence"].help_text = _(
                "空欄で登録すると、次の確認事項では支援の記録を根拠資料とします(%(items)s)。%(records)s"
            ) % {"items": items, "records": self.records.say(language())}

    def clean(self) -> dict[str, Any]:
        """Take the records as evidence of an item that can rest on them."""
        given = super().clean()
        values = given["values"]
        if values.get("item") in GROUNDED and not values.get("evidence"):
            values["evidence"] = self.records.say("ja") or None
        return given


class NewUnitForm(RowForm):
    """A new unit with its first capacity."""

    def __init__(self, data: Any, row: Unit) -> None:
        super().__init__(data, row, ["unit_id", *MAPPED["units"].form])
        self.fields["capacity"] = LedgerField(CAPACITIES.column("capacity"))
        self.fields["effective_from"] = LedgerField(CAPACITIES.column("effective_from"))
        self.order_fields([*self.row_fields, "capacity", "effective_from", "reason", "version"])

    def clean(self) -> dict[str, Any]:
        """Make the first capacity."""
        given = super().clean()
        first = {name: given.pop(name, None) for name in ("effective_from", "capacity")}
        self.require_constraints(Capacity(), first)
        return {**given, "capacity": Capacity(authority=self.row.authority, **first)}  # type: ignore[attr-defined]


class ProposalForm(ConfirmedForm):
    """A home's proposal: which change, from when, of what, and why."""

    change = forms.ChoiceField(
        label=gettext_lazy("変更"),
        choices=list(labels(ChangeProposal.KINDS).items()),
        widget=forms.RadioSelect,
    )
    unit = RowField(
        Unit.objects.none(),
        label=gettext_lazy("生活単位"),
        required=False,
        help_text=gettext_lazy("開設のほかは必須。"),
    )
    reason = TextField(
        label=gettext_lazy("理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )

    def __init__(self, data: Any, home: Home, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        unit: Any = self.fields["unit"]
        unit.queryset = Unit.objects.filter(home=home).prefetch_related("capacities")
        unit.depends = True
        unit.label_from_instance = _as_it_is
        self.fields["effective_on"] = LedgerField(CAPACITIES.column("effective_from"))
        self.fields["effective_on"].label = _("適用日")
        self.fields["effective_on"].help_text = _(
            "開設:最初の日。廃止:最後の日。定員、種別:その日から。"
        )
        self.fields["unit_name"] = _depending(
            LedgerField(UNITS.column("name"), required=False), _("開設のとき。")
        )
        self.fields["unit_kind"] = _depending(
            LedgerField(UNITS.column("kind"), required=False), _("開設と種別の変更のとき。")
        )
        self.fields["capacity"] = _depending(
            LedgerField(CAPACITIES.column("capacity"), required=False),
            _("開設と定員の変更のとき。"),
        )
        order = ["change", "unit", "effective_on", "unit_name", "unit_kind", "capacity", "reason"]
        self.order_fields(order)

    def clean(self) -> dict[str, Any]:
        """Require the fields of the chosen change."""
        given = super().clean() or {}
        wanted = _WANTED.get(given.get("change", ""), ())
        for name in wanted:
            if given.get(name) is None and name not in self.errors:
                self.add_error(name, _("この変更では必須です。"))
        capacity = given.get("capacity")
        if "capacity" in wanted and capacity is not None and capacity < 1:
            self.add_error("capacity", _("定員は1以上の数にしてください。"))
        if len(given.get("unit_name") or "") > UNIT_NAME_LENGTH:
            self.add_error(
                "unit_name", _("%(most)s文字以内で記入してください。") % {"most": UNIT_NAME_LENGTH}
            )
        for name in _OF_SOME - set(wanted):
            given[name] = None
        return given


UNIT_NAME_LENGTH = 200
_WANTED = {
    "open": ("unit_name", "unit_kind", "capacity"),
    "close": ("unit",),
    "kind": ("unit", "unit_kind"),
    "capacity": ("unit", "capacity"),
}
_OF_SOME = {"unit", "unit_name", "unit_kind", "capacity"}


class AcceptForm(ShownForm, ReasonedForm):
    """How a proposal is entered; a new unit gets its id."""

    def __init__(self, data: Any, proposal: ChangeProposal, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        if proposal.change == "open":
            self.fields["code"] = LedgerField(UNITS.column("unit_id"))
        self.order_fields(["code", "reason", "version"])


class DeclineForm(SeenForm):
    """Why a proposal is not entered."""

    comment = TextField(
        label=gettext_lazy("登録しない理由"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=gettext_lazy("施設にこのまま表示されます。"),
    )


def _as_it_is(unit: Any) -> str:
    """Name a unit with its present values, next to which a change is proposed."""
    parts = [unit.get_kind_display()]
    if held := list(unit.capacities.all()):
        parts.append(_("定員%(n)s人") % {"n": held[-1].capacity})
    if unit.closed_on:
        parts.append(_("%(day)s廃止") % {"day": wareki(unit.closed_on)})
    return bracketed(unit, _("、").join(map(str, parts)))


def _depending(field: forms.Field, where: str) -> forms.Field:
    """Mark a field that only some changes require, and name these."""
    field.help_text = where
    cast("Any", field).depends = True
    return field
