"""Applications for an add-on: every version, its judgement, comments and decision."""

import datetime as dt
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext_lazy

from shokibo.ledger import tables
from shokibo.web.base import clock
from shokibo.web.base.language import labels
from shokibo.web.base.owned import Owned, OwnedByHome
from shokibo.web.base.words import bracketed
from shokibo.web.register.columns import coded, day, number, paired, text
from shokibo.web.register.models import Unit
from shokibo.web.steps.frozen import FrozenFile
from shokibo.web.store.mapping import DECISION_OF_STATE

STATES = {
    "draft": "作成中",
    "submitted": "審査中",
    "returned": "差戻し",
    "proposed": "決裁待ち",
    "certified": "認定",
    "rejected": "不認定",
    "withdrawn": "取下げ",
    "ended": "終了",
}
PROPOSALS = {
    "certify": pgettext_lazy("proposal", "認定"),
    "reject": pgettext_lazy("proposal", "不認定"),
}


class Application(OwnedByHome):
    """One version of an application. A returned one is followed by a new version."""

    code = text("申請ID", length=100)
    edition = models.PositiveIntegerField("版", default=1)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="following"
    )
    state = models.CharField(
        "状態", max_length=10, choices=list(labels(STATES).items()), default="draft"
    )
    addon = coded("加算区分", tables.ADDONS)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="生活単位")
    fiscal_year = number("年度")
    start_month = day("適用開始月")
    requested_extra = number("申請加配数", blank=True)
    applied_on = day("申請日", blank=True)
    certified_extra = number("認定加配数", blank=True)
    decided_on = day("決定日", blank=True)
    ended_on = day("終了日", blank=True)
    end_reason = text("終了理由", blank=True, length=1000)
    reason = text("理由", blank=True, length=1000)
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="変更前の申請ID",
    )
    submitted_at = models.DateTimeField("提出日時", null=True, blank=True)
    submitted_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposal = models.CharField(
        "起案",
        max_length=10,
        blank=True,
        choices=list(PROPOSALS.items()),
    )
    proposed_extra = number("起案の加配数", blank=True)
    proposal_reason = models.TextField("起案の理由", blank=True)
    proposed_at = models.DateTimeField("起案日時", null=True, blank=True)
    proposed_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("決裁日時", null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_proposed_on = day("終了日の起案", blank=True)
    end_proposal_reason = text("終了の起案の理由", blank=True, length=1000)
    end_proposed_extra = number("変更後の加配数の起案", blank=True)
    end_proposed_at = models.DateTimeField("終了の起案日時", null=True, blank=True)
    end_proposed_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_decided_at = models.DateTimeField("終了の決裁日時", null=True, blank=True)
    end_decided_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    judgement = models.JSONField(
        "判定の控え",
        null=True,
        blank=True,
        help_text="起案したときの判定。後の台帳では変わらない。",
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-fiscal_year", "home", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["authority", "code"], name="application_code_once"),
            models.CheckConstraint(
                condition=Q(addon="dispersal", unit__isnull=False)
                | Q(addon="backup", unit__isnull=True),
                name="application_unit_fits_addon",
            ),
            paired("submitted_at", "submitted_by", "application_submission_paired"),
            paired("proposed_at", "proposed_by", "application_proposal_paired"),
            paired("decided_at", "decided_by", "application_decision_paired"),
            paired("end_proposed_at", "end_proposed_by", "application_end_proposal_paired"),
            paired("end_decided_at", "end_decided_by", "application_end_decision_paired"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "returned", "proposed"])
                | Q(decided_on__isnull=False),
                name="application_decided_on_with_its_state",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(state="ended"),
                name="application_ended_on_with_its_state",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=models.F("proposed_by")), name="application_four_eyes"
            ),
            models.CheckConstraint(
                condition=~Q(end_decided_by=models.F("end_proposed_by")),
                name="application_end_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return bracketed(self.code, self.get_state_display())

    def state_seen(self, *, inside: bool) -> str:
        """Return the state's code as the office sees it, or a home, where a proposal is 審査中."""
        return "submitted" if self.state == "proposed" and not inside else self.state

    @property
    def changes_on(self) -> dt.date:
        """The first day after the proposed end, on which a change begins."""
        last: dt.date = self.end_proposed_on
        return last + dt.timedelta(days=1)

    @property
    def decision(self) -> str:
        """The ledger's 認定結果."""
        return DECISION_OF_STATE[self.state]


COMMENT_FIELDS = {
    "": gettext_noop("申請の全体"),
    "unit": gettext_noop("生活単位"),
    "start_month": gettext_noop("適用開始月"),
    "requested_extra": gettext_noop("申請加配数"),
    "staff": gettext_noop("職員の配置"),
    "evidence": gettext_noop("根拠資料"),
}
"""What a comment can be about."""


class Handover(OwnedByHome):
    """引き継ぎ: a unit, of its home, that went on as another from a day; undone, or not.

    `written` are the rows of the register and the applications that it wrote, in their order:
    `model` and `pk`, `name`, `version` as it left them, `before` (fields; None of a row it added).
    """

    STATES: ClassVar[dict[str, str]] = {"done": "登録済み", "undone": "取消し"}
    unit = models.ForeignKey(
        Unit, models.CASCADE, related_name="handovers", verbose_name="前の生活単位"
    )
    later = models.OneToOneField(
        Unit, models.SET_NULL, null=True, related_name="handover", verbose_name="新しい生活単位"
    )
    day = day("引き継ぐ日")
    written = models.JSONField("書いた行", encoder=DjangoJSONEncoder)
    state = models.CharField(
        "状態", max_length=10, choices=list(labels(STATES).items()), default="done"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        verbose_name = "引継ぎ"

    def __str__(self) -> str:
        return str(self.unit)


class Comment(models.Model):
    """A comment at a field of a returned application; blank `field` is of the whole."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="comments")
    field = models.CharField("項目", max_length=40, blank=True)
    text = models.TextField("内容")
    written_at = clock.Moment(auto_now_add=True)
    written_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def owner(self) -> Application:
        """The application whose home it belongs to."""
        return self.application


class Evidence(FrozenFile):
    """A file that supports an application."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="evidence")
    added_at = clock.Moment(auto_now_add=True)
    added_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    @property
    def owner(self) -> Application:
        """The application whose home it belongs to."""
        return self.application


class LetterSettings(Owned):
    """How an authority makes its letters: their numbers, and its own Word template (`content`)."""

    pattern = models.CharField("文書番号の書き方", max_length=60, blank=True)
    first_year = number("最初の番号の年度", blank=True)
    first_number = number("最初の番号", blank=True)
    template_name = models.CharField("ひな形", max_length=200, blank=True)
    content = models.BinaryField("ひな形の内容", null=True)

    class Meta:
        verbose_name = "通知書の設定"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["authority"], name="letter_settings_once"),
            paired("first_year", "first_number", "letter_first_number_paired"),
        ]

    def __str__(self) -> str:
        return _("通知書の設定")


class Letter(Owned):
    """A letter that was issued under the authority's own number, which is never given again."""

    home_path = "application__home"
    application = models.ForeignKey(Application, models.PROTECT, related_name="letters")
    decision = models.CharField("決定", max_length=10)
    fiscal_year = number("番号の年度")
    count = number("番号")
    number = models.CharField("文書番号", max_length=100)
    issued_on = day("通知日")
    signatory = models.CharField("発信者の職・氏名", max_length=100, blank=True)
    recipient = models.CharField("宛先の職・氏名", max_length=100, blank=True)
    conditions = models.TextField("条件", blank=True)
    remark = models.TextField("付記", blank=True)

    class Meta:
        verbose_name = "通知書"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["authority", "fiscal_year", "count"], name="letter_number_once"
            ),
            models.UniqueConstraint(
                fields=["application", "decision"], name="letter_once_a_decision"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def owner(self) -> Application:
        """The application whose home it belongs to."""
        return self.application


class Reminder(models.Model):
    """A reminder of a deadline that was sent, so that it is sent once."""

    authority = models.ForeignKey("register.Authority", models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    what = models.CharField(max_length=40)
    due = models.DateField()
    days_before = models.PositiveIntegerField()
    sent_at = clock.Moment(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["authority", "person", "what", "due", "days_before"],
                name="reminder_sent_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.due}"
