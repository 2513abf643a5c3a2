"""Forms of the returns: the letter next to the figures, a later deadline, a day on paper."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shokibo.ledger.columns import Column, Kind
from shokibo.ledger.findings import Finding
from shokibo.texts import Text
from shokibo.web.base.clock import today
from shokibo.web.base.forms import LedgerField, TextField, VersionedForm
from shokibo.web.base.language import language
from shokibo.web.base.words import wareki
from shokibo.web.pages.stepping import StepForm
from shokibo.web.returns.models import EXPLANATIONS, Return
from shokibo.web.steps.frozen import digest
from shokibo.web.steps.step import REASON_LENGTH

_LETTER_DATE = Column(
    "letter_date",
    "文書の日付",
    Kind.DATE,
    on_blank=Text(
        "空欄は、様式の「令和 年 月 日」のまま。", "Blank leaves it to be filled in by hand."
    ),
)


def letter_of(found: Return) -> dict[str, Any]:
    """Return the initial values of the letter's form."""
    names = ("version", "letter_number", "letter_date", "remark", "late_ground")
    return {name: getattr(found, name) for name in names}


class DraftForm(VersionedForm):
    """Number and date of the letter, and the grounds for a correction or a late return."""

    row_fields = ("letter_number", "letter_date", "remark", "late_ground")
    letter_number = TextField(
        label=_("文書番号"), required=False, max_length=100, help_text=_("空欄は「番号」のまま。")
    )
    letter_date = LedgerField(_LETTER_DATE)
    remark = TextField(
        label=_("訂正の理由・備考"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        depends=True,
        help_text=_("訂正には必須。"),
    )
    late_ground = TextField(
        label=_("期限を過ぎる根拠"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        depends=True,
        help_text=_("期限のあとに提出するときに必須。国からの延長の通知など。"),
    )


class SubmitForm(StepForm):
    """Number and date of the letter at submission: filled in, or deliberately blank."""

    letter_number = TextField(label=_("文書番号"), required=False, max_length=100)
    letter_date = LedgerField(_LETTER_DATE)
    leave_letter_number = forms.BooleanField(
        label=_("文書番号は空欄のまま提出する"), required=False
    )
    leave_letter_date = forms.BooleanField(
        label=_("文書の日付は空欄のまま提出する"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(letter_of(self.shown["found"]))
        self.asked = names_of(self.shown["questions"])
        for name, question in zip(self.asked, self.shown["questions"], strict=True):
            self.fields[f"kind_{name}"] = forms.ChoiceField(
                label=question.message(language()),
                choices=[("", gettext("選んでください")), *EXPLANATIONS.items()],
            )
            self.fields[f"words_{name}"] = TextField(
                label=_("説明(国に送られます)"),
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=REASON_LENGTH,
            )

    @property
    def values(self) -> dict[str, Any]:
        """Number and date, whether they are deliberately blank, and the explanations."""
        given, names = self.cleaned_data, ("letter_number", "letter_date")
        return {
            **{name: given[name] for name in names},
            "left_blank": [name for name in names if given[f"leave_{name}"]],
            "explanations": [
                {"kind": given[f"kind_{name}"], "words": given[f"words_{name}"]}
                for name in self.asked
            ],
        }

    def clean(self) -> dict[str, Any]:
        """Require what is blank, unless deliberately."""
        given = super().clean() or {}
        for name in ("letter_number", "letter_date"):
            if name in given and not given[name] and not given[f"leave_{name}"]:
                self.add_error(
                    name,
                    gettext("記入するか、下の「空欄のまま提出する」を選んでください。"),
                )
        return given


def names_of(questions: Sequence[Finding]) -> list[str]:
    """Name the questions by their words: an explanation stays with what it explains."""
    words = [f"{one.place} {one.message('ja')}" for one in questions]
    numbered = (f"{one} {words[:at].count(one)}" for at, one in enumerate(words))
    return [digest(one.encode())[:8] for one in numbered]


_DAY = Column("day", "延長後の期限", Kind.DATE)


class DeadlineForm(VersionedForm):
    """A later day, and its ground."""

    row_fields = ("day", "ground")
    day = LedgerField(_DAY)
    day.help_text = _("空欄にすると、要綱の期限に戻ります。")
    ground = TextField(
        label=_("延長の根拠"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        depends=True,
        help_text=_("期限を延長するときに必須。国からの通知の日付と番号など。"),
    )


class AnswerForm(VersionedForm):
    """The answer to a question of the ministry."""

    answer = TextField(label=_("回答"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))


class PaperForm(VersionedForm):
    """The day on which a form was sent on paper."""

    row_fields = ("day",)
    day = LedgerField(Column("day", "紙で提出した日", Kind.DATE))
    day.help_text = _("国に届けた文書の日付。空欄にすると、記録を消します。")

    def __init__(self, *args: Any, first: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = first

    def clean_day(self) -> dt.date | None:
        """Require a day on which it can have been sent. Raises ValidationError."""
        day: dt.date | None = self.cleaned_data["day"]
        if day is not None and not self.first <= day <= today():
            words = gettext("%(first)sから今日までの日を記入してください。")
            raise forms.ValidationError(words % {"first": wareki(self.first)})
        return day


class CompareForm(forms.Form):
    """A filed form, to be compared with the register."""

    file = forms.FileField(
        label=_("提出した様式のブック(.xlsx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text=_("手で打ったものも読めます。比べるだけで、保存しません。"),
        allow_empty_file=True,
    )
