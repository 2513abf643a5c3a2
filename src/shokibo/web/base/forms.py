"""Forms: one appearance, and fields made from the ledger's declaration."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo import calendar
from shokibo.characters import clean
from shokibo.ledger import problems
from shokibo.ledger.cells import CellError, hours_text, is_blank, parse
from shokibo.ledger.columns import Column, Kind
from shokibo.ledger.findings import Value
from shokibo.texts import literal
from shokibo.web.base.language import labels, language
from shokibo.web.base.refusal import ConsequencesError
from shokibo.web.base.seals import differs, seal_of
from shokibo.web.base.seen import ChangedSinceError
from shokibo.web.base.words import day_or_month, month, nendo, wareki

DAY_KINDS = (Kind.DATE, Kind.MONTH, Kind.FISCAL_YEAR)
"""Kinds whose inputs show how they are read, and a calendar (`look/days.js`)."""
_OFFERED = ("CELL_IS_MONTH", "CELL_DAY_WITH_TIME")
"""Problems of a text from which the intended day is clear."""


class Renderer(DjangoTemplates):
    """Draws every form with the templates of this package."""

    form_template_name = "pages/form.html"
    field_template_name = "pages/field.html"

    def get_template(self, template_name: str) -> Any:
        """Search the project's templates first."""
        from django.template.loader import get_template

        if template_name.startswith("pages/"):
            return get_template(template_name)
        return super().get_template(template_name)


class TextField(forms.CharField):
    """A field of free text, without invisible characters, as every text of the ledger.

    `depends` marks one that is required in some cases, which its help names.
    """

    def __init__(self, *, depends: bool = False, **given: Any) -> None:
        self.depends = depends
        super().__init__(**given)

    def to_python(self, value: Any) -> Any:
        """Clean the text; only a multi-line field keeps line breaks."""
        text = super().to_python(value)
        return clean(text, lines=isinstance(self.widget, forms.Textarea)) if text else text


class LedgerField(forms.CharField):
    """A field that parses as a cell of the ledger's column does, with the same messages.

    Its value is the ledger's: hours in seconds, months as their first day, None for blank.
    """

    def __init__(
        self,
        column: Column,
        *,
        article: str = "",
        required: bool | None = None,
        least: int | None = None,
    ) -> None:
        must = column.required if required is None else required
        self.column, self.article, self.least = column, article, least
        self.depends = column.depends and not must
        super().__init__(
            label=gettext_lazy(column.header),
            required=must,
            help_text=note_of(column, required=must),
            widget=_widget(column),
            strip=True,
        )

    def to_python(self, value: Any) -> Any:
        """Read the value. Raises ValidationError in the words of the ledger's catalogue."""
        if is_blank(value):
            return None
        if "\x00" in value:
            raise ValidationError(_("使えない文字(NUL)が含まれています。"), code="nul")
        try:
            parsed: Any = parse(value, self.column)
        except CellError as error:
            raise ValidationError(self._words(error)) from error
        if not _has_era(parsed, self.column):
            code = "CELL_NOT_DATE" if isinstance(parsed, dt.date) else "CELL_NOT_YEAR"
            raise ValidationError(self._words(CellError(code, value=str(value).strip())))
        return parsed

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return what was typed, or the day that it evidently means, for the person to confirm."""
        try:
            if not is_blank(data):
                parse(data, self.column)
        except CellError as error:
            if error.code in _OFFERED:
                return _offered(error)
        return data

    def _words(self, error: CellError) -> str:
        codes = [str(label) for label in labels(self.column.codes or {}).values()]
        values: dict[str, Value] = {
            **error.values,
            "header": _(self.column.header),
            "codes": codes,
        }
        entry = problems.CATALOGUE[error.code]
        if error.code in _OFFERED:
            words = _("%(day)sですか。欄にこの日を入れました。よければ、そのまま進めてください。")
            asked = words % {"day": _offered(error)}
            entry = replace(entry, remedy=literal(asked, asked))
        return entry.message(language(), values)

    def validate(self, value: Any) -> None:
        """Require a value if one is required; zero and no are values."""
        if self.required and value is None:
            raise ValidationError(_("記入してください。"), code="required")
        if self.least is not None and value is not None and value < self.least:
            words = _("%(least)s以上の数にしてください。") % {"least": self.least}
            raise ValidationError(words, code="least")

    def run_validators(self, value: Any) -> None:
        """Do nothing: the parser has checked everything."""

    def prepare_value(self, value: Any) -> Any:
        """Format a value as it may be typed: days, months and fiscal years with their era."""
        if isinstance(value, bool):
            return "1" if value else "0"
        write = _WRITTEN.get(self.column.kind)
        return write(value) if write and isinstance(value, int | dt.date) else value


_WRITTEN: dict[Kind, Callable[[Any], str]] = {
    Kind.HOURS: hours_text,
    Kind.DATE: wareki,
    Kind.MONTH: month,
    Kind.DATE_OR_MONTH: day_or_month,
    Kind.FISCAL_YEAR: nendo,
}
"""How a field shows a value as it may be typed."""


def _has_era(value: Any, column: Column) -> bool:
    """Whether a day or fiscal year that was read has an era, with which every page writes it."""
    if column.kind is Kind.FISCAL_YEAR:
        return value in calendar.ERA_YEARS
    return not isinstance(value, dt.date) or value >= calendar.ERAS[-1].first_day


def _offered(error: CellError) -> str:
    return wareki(dt.date.fromisoformat(str(error.values["day"])))


def _in_the_page_s_language(column: Column, *, required: bool) -> str:
    return (column.note if required else column.explanation).say(language())


note_of = lazy(_in_the_page_s_language, str)
"""A column's note, in the language of the page; if `required`, without what a blank means."""


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Reads one of some rows. Its blank choice is blank, as that of all other fields.

    `depends` marks one that is required in some cases, which its help names.
    """

    def __init__(
        self, queryset: Any, *, empty_label: Any = "", depends: bool = False, **given: Any
    ) -> None:
        self.depends = depends
        super().__init__(queryset, empty_label=empty_label, **given)


def _widget(column: Column) -> forms.Widget:
    if column.kind is Kind.REMARKS:
        return forms.Textarea(attrs={"rows": 2})
    if column.codes is not None:
        return forms.Select(choices=[("", ""), *labels(column.codes).items()])
    if column.kind is Kind.YES_NO:
        return forms.Select(choices=[("", ""), ("1", "○"), ("0", "×")])
    short = {
        Kind.DATE: gettext_lazy("2022-04-01"),
        Kind.MONTH: gettext_lazy("2022-04"),
        Kind.DATE_OR_MONTH: gettext_lazy("2022-04"),
        Kind.FISCAL_YEAR: gettext_lazy("2022"),
        Kind.INTEGER: "",
        Kind.YEN: "",
        Kind.DECIMAL: "",
        Kind.HOURS: "",
    }
    if column.kind in short:
        attrs: dict[str, Any] = {"class": "short", "placeholder": short[column.kind]}
        if column.kind in DAY_KINDS:
            attrs |= {"data-day": column.kind.value, "data-last": column.is_last_day}
        return forms.TextInput(attrs=attrs)
    return forms.TextInput()


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = TextField(
        label=gettext_lazy("理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


@dataclass(frozen=True)
class NewerField:
    """A field of a row that somebody saved meanwhile: its value now, and as it was typed.

    `mine` and `theirs` say whether this person and the other one changed it.
    """

    label: str
    now: str
    typed: str
    mine: bool
    theirs: bool

    @property
    def saved(self) -> str:
        """What saving again would store."""
        return self.typed if self.mine else self.now


def as_text(sent: list[str]) -> str:
    """Return what was sent as one text: the order of choices and the ends of lines don't count."""
    return "\n".join(line for one in sorted(sent) for line in one.strip().splitlines())


class VersionedForm(forms.Form):
    """A form of a row, with the version on which it was opened."""

    row_fields: Sequence[str] = ()
    """The row's fields in the form, which others may have saved meanwhile."""
    newer_row: Sequence[NewerField] | None = None
    """The row's fields, if somebody saved it meanwhile."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            gettext_lazy("この画面の版を読み取れません。画面を開き直してください。"),
        ),
    )

    @property
    def row_names(self) -> list[str]:
        """The row's fields for which the form asks."""
        return [name for name in self.row_fields if name in self.fields]

    @property
    def seal(self) -> str:
        """What the row held when the form was opened; blank if it was sent without."""
        if self.is_bound:
            return str(self.data.get("seal", ""))
        return self.seal_of(self.initial)

    def seal_of(self, held: Mapping[str, Any]) -> str:
        """Return the seal of a row's values."""
        return seal_of([as_text(self.as_sent(name, held.get(name))) for name in self.row_names])

    def as_sent(self, name: str, value: Any) -> list[str]:
        """Return what a browser sends of a field with a value: one text, or its choices."""
        shown = self.fields[name].prepare_value(value)
        if isinstance(shown, list | tuple):
            return list(map(str, shown))
        return ["" if shown is None else str(shown)]

    def differs(self, name: str, value: Any) -> bool:
        """Whether a field's value is not what the row held when the form was opened."""
        place = self.row_names.index(name)
        return differs(self.seal, place, as_text(self.as_sent(name, value)))

    @property
    def typed(self) -> dict[str, Any]:
        """The row's fields as they were typed."""
        return self.cleaned_data

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, without the reason."""
        carried = ("version", "seen", "reason")
        return {name: value for name, value in self.cleaned_data.items() if name not in carried}

    @property
    def entered(self) -> dict[str, Any]:
        """What a step is taken with."""
        given = self.cleaned_data
        return {
            "version": given["version"],
            "values": self.values,
            "reason": given.get("reason", ""),
            "seen": given.get("seen"),
        }

    def clean_version(self) -> int:
        """Return the version on which the form was opened; without one 0, which no row has."""
        return self.cleaned_data["version"] or 0


class ValuesForm(VersionedForm):
    """A form whose data are the row's fields together, as `values`; a new row has no version."""

    def clean(self) -> dict[str, Any]:
        """Put the row's fields together."""
        given = super().clean() or {}
        values = {name: given.pop(name) for name in self.row_fields if name in given}
        if self.initial.get("version") is None:
            given.pop("version", None)
        return {**given, "values": values}

    @property
    def typed(self) -> dict[str, Any]:
        """The row's fields as they were typed."""
        typed: dict[str, Any] = self.cleaned_data["values"]
        return typed


class ConfirmedForm(forms.Form):
    """A form that shows the `consequences` of saving it first."""

    consequences: Any = None
    confirmed = forms.CharField(widget=forms.HiddenInput, required=False, initial="")

    def show(self, error: ConsequencesError) -> None:
        """Show the consequences, which sending the form again confirms; ask for a reason."""
        self.consequences = error.found
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["confirmed"] = error.found.digest  # type: ignore[index]
        if error.needs_reason:
            self.fields["reason"].required = True
            self.add_error("reason", _("認定済みの月に影響するので、理由を記入してください。"))


class ReasonedForm(ConfirmedForm, VersionedForm):
    """A form that ends with a reason, which is required if a certified month is affected."""

    reason = TextField(
        label=gettext_lazy("変更の理由"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        depends=True,
        help_text=gettext_lazy("記録に残ります。認定済みの月に影響する変更では必須です。"),
    )


class ShownForm(forms.Form):
    """A form of a decision, carrying what the page shows."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def refuse(self, changed: ChangedSinceError) -> None:
        """Describe what changed; what was typed stays, now based on what is shown."""
        self.add_error(None, changed.text.say(language()))
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = changed.seen  # type: ignore[index]


class SeenForm(ShownForm, VersionedForm):
    """A form of a decision on a row."""
