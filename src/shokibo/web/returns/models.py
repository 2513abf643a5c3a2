"""The forms to the ministry: drafts, and submissions, frozen with their digest."""

from typing import Any, ClassVar

import msgspec
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from msgspec.structs import replace

from shokibo.checking import CATALOGUE
from shokibo.ledger.findings import FindingReport
from shokibo.returns.forms import FormFigures
from shokibo.texts import Language
from shokibo.web.base import clock
from shokibo.web.base.owned import Owned
from shokibo.web.base.words import nendo
from shokibo.web.register.columns import number, paired
from shokibo.web.steps.frozen import FrozenFile
from shokibo.wording import names_in

EXPLANATIONS = {
    "changed": gettext_lazy("年度の途中で実際に変わった"),
    "counted": gettext_lazy("様式の数え方の事情による"),
    "confirmed": gettext_lazy("確かめたうえで、このとおり正しい"),
    "later": gettext_lazy("調べて、後日訂正する"),
}
"""Kinds of explanations of the ministry's questions; the sender's words go with them."""


class Return(Owned):
    """One form of a fiscal year; a correction is a new one that names the one before it."""

    form = models.PositiveSmallIntegerField(
        "様式", choices=[(1, gettext_lazy("様式1")), (2, gettext_lazy("様式2"))]
    )
    fiscal_year = number("年度")
    edition = models.PositiveIntegerField("版", default=1)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="following"
    )
    state = models.CharField(
        "状態",
        max_length=10,
        choices=[("draft", gettext_lazy("作成中")), ("submitted", gettext_lazy("提出済み"))],
        default="draft",
    )
    letter_number = models.CharField("文書番号", max_length=100, blank=True)
    letter_date = models.DateField("文書の日付", null=True, blank=True)
    remark = models.TextField("訂正の理由・備考", blank=True)
    late_ground = models.TextField("期限を過ぎる根拠", blank=True)
    drafted_at = clock.Moment(auto_now_add=True)
    drafted_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    figures = models.JSONField("数値", null=True, blank=True)
    notes = models.JSONField("確認事項", null=True, blank=True)
    questions = models.JSONField("国からの質問への説明", null=True, blank=True)
    figures_sha256 = models.CharField(max_length=64, blank=True)
    submitted_at = models.DateTimeField("提出日時", null=True, blank=True)
    submitted_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-fiscal_year", "form", "-edition"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["authority", "form", "fiscal_year", "edition"], name="return_edition_once"
            ),
            models.UniqueConstraint(
                fields=["authority", "form", "fiscal_year"],
                condition=Q(state="draft"),
                name="return_one_draft",
            ),
            paired("submitted_at", "submitted_by", "return_submission_paired"),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True)
                | Q(state="submitted", submitted_at__isnull=False, figures__isnull=False),
                name="return_frozen_when_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(submitted_by=models.F("drafted_by")), name="return_four_eyes"
            ),
        ]

    @property
    def sent(self) -> FormFigures:
        """The figures as they were sent."""
        return msgspec.convert(self.figures, FormFigures)

    def frozen_notes(self, language: Language) -> list[FindingReport]:
        """Return what the officer had to check at submission.

        It is stored in Japanese, formerly with the figures; English is made from the same values.
        """
        stored = (self.figures or {}).get("notes", []) if self.notes is None else self.notes
        notes = msgspec.convert(stored, list[FindingReport])
        return notes if language == "ja" else [_in_english(note) for note in notes]

    def explained(self, language: Language) -> list[dict[str, Any]]:
        """Return the ministry's questions, each with the sender's `kind` and `words`."""
        message = "message" if language == "ja" else "message_en"
        return [
            {**stored, "message": stored[message], "kind": EXPLANATIONS[stored["kind"]]}
            for stored in self.questions or []
        ]

    @property
    def edition_name(self) -> str:
        """Which submission of the form it is: the first, or which correction."""
        if self.edition == 1:
            return _("当初")
        return _("訂正%(n)s回目") % {"n": self.edition - 1}

    def __str__(self) -> str:
        form = _("様式%(n)s(%(year)s)") % {"n": self.form, "year": nendo(self.fiscal_year)}
        return form if self.edition == 1 else f"{form} {self.edition_name}"


def _in_english(note: FindingReport) -> FindingReport:
    entry = CATALOGUE.get(note.code)
    if entry is None:
        return note
    blanks = dict.fromkeys(names_in(entry.found) | names_in(entry.remedy))
    return replace(note, message=entry.message("en", blanks | note.values))


class ReturnFile(FrozenFile):
    """A file of a submitted return."""

    of = models.ForeignKey(Return, models.PROTECT, related_name="files")


class PaperReturn(Owned):
    """A form sent on paper, of a year before the authority reported with this system."""

    form = models.PositiveSmallIntegerField(
        "様式", choices=[(1, gettext_lazy("様式1")), (2, gettext_lazy("様式2"))]
    )
    fiscal_year = number("年度")
    day = models.DateField("紙で提出した日")
    entered_at = clock.Moment("記入日時", auto_now=True)
    entered_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="+", verbose_name="記入者"
    )

    class Meta:
        verbose_name = "紙で提出した報告"
        ordering: ClassVar[list[str]] = ["-fiscal_year", "form"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["authority", "form", "fiscal_year"], name="paper_return_once"
            ),
        ]

    def __str__(self) -> str:
        return _("%(form)s %(year)s 紙で提出") % {
            "form": self.get_form_display(),
            "year": nendo(self.fiscal_year),
        }


class LaterDeadline(Owned):
    """A deadline after the statutory one, and its ground."""

    form = models.PositiveSmallIntegerField(
        "様式", choices=[(1, gettext_lazy("様式1")), (2, gettext_lazy("様式2"))]
    )
    fiscal_year = number("年度")
    day = models.DateField("延長後の期限")
    ground = models.TextField("延長の根拠")
    entered_at = clock.Moment("記入日時", auto_now=True)
    entered_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="+", verbose_name="記入者"
    )

    class Meta:
        verbose_name = "報告の期限の延長"
        ordering: ClassVar[list[str]] = ["-fiscal_year", "form"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["authority", "form", "fiscal_year"], name="later_deadline_once"
            ),
            models.CheckConstraint(condition=~Q(ground=""), name="later_deadline_with_its_ground"),
        ]

    def __str__(self) -> str:
        return _("%(form)s %(year)s 期限の延長") % {
            "form": self.get_form_display(),
            "year": nendo(self.fiscal_year),
        }
