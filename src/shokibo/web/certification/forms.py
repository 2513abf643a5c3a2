"""Forms of applications."""

from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from shokibo import calendar
from shokibo.documents.letters.letter import USUAL_CONDITIONS
from shokibo.ledger.columns import Column, Kind
from shokibo.ledger.tables import APPLICATIONS
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.forms import LedgerField, RowField, TextField, VersionedForm
from shokibo.web.base.words import bracketed, month, wareki
from shokibo.web.certification.guards import most_extra
from shokibo.web.certification.judgement import Asked
from shokibo.web.certification.models import COMMENT_FIELDS, PROPOSALS
from shokibo.web.pages.stepping import StepForm, reason_field
from shokibo.web.register.models import Home, Unit

_ARTICLES = {
    "addon": "子発1004第5号 別紙3",
    "unit": "子発1004第5号 別紙2",
    "requested_extra": "子発1004第5号 別紙3(1)",
}


class ApplicationForm(VersionedForm):
    """What is applied for. A person with a single home need not choose it."""

    row_fields = ("addon", "home", "unit", "fiscal_year", "start_month", "requested_extra")

    def __init__(
        self, *args: Any, office: Office, comments: dict[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        homes = office.rows(Home, Permission.APPLICATION_WRITE)
        units = office.rows(Unit, Permission.APPLICATION_WRITE).exclude(kind="main_unit")
        self.fields["addon"] = _column("addon")
        self.fields["home"] = RowField(homes, label=_("施設"))
        self.fields["unit"] = RowField(
            units.select_related("home"),
            label=_("生活単位"),
            required=False,
            help_text=_("小規模かつ地域分散化加算のとき選びます。"),
        )
        for name in ("fiscal_year", "start_month", "requested_extra"):
            self.fields[name] = _column(name)
        for name, article in _ARTICLES.items():
            self.fields[name].article = article  # type: ignore[attr-defined]
        units_field: Any = self.fields["unit"]
        units_field.depends = True
        units_field.label_from_instance = lambda row: bracketed(
            f"{row.home} {row}", row.get_kind_display()
        )
        some_homes = list(homes[:2])
        if len(some_homes) == 1:
            self.fields["home"].initial = some_homes[0].pk
            self.fields["home"].widget = forms.HiddenInput()
            units_field.label_from_instance = lambda row: bracketed(row, row.get_kind_display())
        for name, text in (comments or {}).items():
            if name in self.fields:
                field = self.fields[name]
                words = format_html(
                    '<span class="comment">{}{}</span>', _("差戻しのコメント:"), text
                )
                field.help_text = (
                    format_html("{} {}", field.help_text, words) if field.help_text else words
                )

    def clean(self) -> dict[str, Any]:
        """Check unit, month and number against the add-on and the year."""
        given = super().clean() or {}
        if given.get("addon") == "backup":
            given |= {"unit": None, "requested_extra": None}
        elif given.get("addon") == "dispersal" and "unit" in given and given["unit"] is None:
            self.add_error("unit", _("生活単位を選んでください。"))
        unit, home = given.get("unit"), given.get("home")
        if unit is not None and home is not None and unit.home_id != home.pk:
            self.add_error("unit", _("この施設の生活単位を選んでください。"))
        start, year = given.get("start_month"), given.get("fiscal_year")
        if start is not None and year is not None and calendar.fiscal_year_of(start) != year:
            self.add_error("start_month", _("年度の4月から翌年3月までの月にしてください。"))
        extra = given.get("requested_extra")
        if extra is not None and start is not None and not 1 <= extra <= most_extra(start):
            words = _("1から%(most)sまでの数にしてください。") % {"most": most_extra(start)}
            self.add_error("requested_extra", words)
        elif extra is not None and extra < 1:
            self.add_error("requested_extra", _("%(least)s以上の数にしてください。") % {"least": 1})
        return given

    @property
    def asked(self) -> Asked | None:
        """What the rules can judge, as far as it is filled in."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        return Asked(given["home"], given["unit"], given["fiscal_year"], given["start_month"])


def _column(name: str) -> LedgerField:
    return LedgerField(APPLICATIONS.column(name))


class SubmitForm(StepForm):
    """Why more is asked for than is available, if it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.shown["asked_above"]:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]


class ReturnForm(StepForm):
    """Comments, each at its field: together they are the reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["reason"]
        for field, label in COMMENT_FIELDS.items():
            self.fields[f"comment_{field}"] = TextField(
                label=gettext_lazy(label),
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=1000,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Require at least one comment."""
        given = super().clean() or {}
        if not any(given.get(f"comment_{field}") for field in COMMENT_FIELDS):
            self.add_error("comment_", _("修正してほしい内容を、一つ以上記入してください。"))
        return given

    @property
    def values(self) -> dict[str, Any]:
        """The comments by field."""
        given = self.cleaned_data
        return {"comments": {field: given[f"comment_{field}"] for field in COMMENT_FIELDS}}


class ProposalForm(StepForm):
    """Whether to certify, with which number, or to reject, and why."""

    proposal = forms.ChoiceField(
        label=gettext_lazy("起案"),
        choices=list(PROPOSALS.items()),
        widget=forms.RadioSelect,
    )
    proposed_extra = forms.IntegerField(
        label=gettext_lazy("認定する加配数"),
        min_value=1,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    reason = reason_field(
        gettext_lazy("理由・所見"),
        required=False,
        depends=True,
        help_text=gettext_lazy("不認定のときは必須。施設への通知書に載ります。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        application, judgement = self.shown["application"], self.shown["judgement"]
        suggested = min(application.requested_extra or 0, judgement.available or 0)
        self.initial["proposal"] = "certify" if judgement.eligible else None
        self.initial["proposed_extra"] = suggested or None
        self.is_dispersal = application.addon == "dispersal"
        if self.is_dispersal:
            asked = application.requested_extra or 0
            self.fields["proposed_extra"].validators.append(MaxValueValidator(asked))
            self.fields["proposed_extra"].widget.attrs["max"] = asked
            cast("Any", self.fields["proposed_extra"]).depends = True
        else:
            del self.fields["proposed_extra"]

    def clean(self) -> dict[str, Any]:
        """Require the number to certify, the reason to reject."""
        given = super().clean() or {}
        if given.get("proposal") == "reject" and not given.get("reason"):
            self.add_error("reason", _("不認定の理由を記入してください。"))
        certifies = given.get("proposal") == "certify"
        if certifies and self.is_dispersal and not given.get("proposed_extra"):
            self.add_error("proposed_extra", _("認定する加配数を記入してください。"))
        return given


class EndForm(StepForm):
    """When a certification ends, and why; initially what is due by the checks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"] = LedgerField(APPLICATIONS.column("ended_on"), required=True)
        if due := self.shown["due"]:
            self.initial["ended_on"] = wareki(due.last_day)
        self.order_fields(["ended_on", "reason"])


class ChangeForm(StepForm):
    """The new number of extra staff, from which month, and why; initially what is due."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_month"] = LedgerField(
            Column("from_month", gettext_noop("変更する月"), Kind.MONTH, required=True)
        )
        self.fields["from_month"].help_text = _("この月から、変更後の加配数になります。")
        self.fields["changed_extra"] = LedgerField(
            Column("changed_extra", gettext_noop("変更後の加配数"), Kind.INTEGER, required=True)
        )
        if due := self.shown["due"]:
            self.initial["from_month"] = month(due.from_month)
            self.initial["changed_extra"] = due.extra
        self.order_fields(["from_month", "changed_extra", "reason"])


class EvidenceForm(VersionedForm):
    """A file to add."""

    file = forms.FileField(
        label=gettext_lazy("根拠資料"),
        help_text=gettext_lazy("PDF、Excel(xlsx)、Word(docx)、PNG、JPEG。5MBまで。"),
    )


class LetterForm(VersionedForm):
    """What the office adds to letters; for an issued one, with its version."""

    row_fields = ("issued_on", "signatory", "recipient", "conditions", "remark")

    number = TextField(label=gettext_lazy("文書番号"), max_length=60, required=False)
    issued_on = LedgerField(Column("issued_on", gettext_noop("通知日"), Kind.DATE))
    signatory = TextField(label=gettext_lazy("発信者の職・氏名"), max_length=100, required=False)
    recipient = TextField(
        label=gettext_lazy("宛先の職・氏名"),
        help_text=gettext_lazy("空欄のときは、法人の理事長宛てにします。"),
        max_length=100,
        required=False,
    )
    conditions = TextField(
        label=gettext_lazy("条件(1行に一つ。認定と変更の通知書だけ)"),
        widget=forms.Textarea(attrs={"rows": 4, "lang": "ja"}),
        max_length=2000,
        required=False,
        initial="\n".join(USUAL_CONDITIONS),
    )
    remark = TextField(
        label=gettext_lazy("付記(教示など)"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )

    def __init__(self, *args: Any, single: bool, numbered: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not single:
            del self.fields["recipient"]  # each letter has its own; it stays open
        if numbered:
            del self.fields["number"]
            self.fields["issued_on"].help_text = _("空欄のときは、今日にします。")
            return
        del self.fields["version"]
        if not single:
            self.fields["number"].help_text = _(
                "最初の通知書の番号です。2通目からは、最後の数字が1ずつ増えます（4架子第12号、4架子第13号）。"
            )
