"""Proposals of an authority's own settings."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from shokibo.web.base import clock
from shokibo.web.base.language import labels
from shokibo.web.base.owned import Owned
from shokibo.web.office.items import label_of
from shokibo.web.register.columns import day, number, paired, text


class SettingProposal(Owned):
    """A proposed own value, its removal, or how the authority reports; another person decides.

    A value is identified by its name and first day, as in the ledger.
    """

    KINDS: ClassVar[dict[str, str]] = {
        "set": "値を定める",
        "remove": "値を削除する",
        "reporting": "報告者職名と報告開始年度",
    }
    STATES: ClassVar[dict[str, str]] = {
        "pending": "決裁待ち",
        "accepted": "決定",
        "declined": "決定しない",
        "withdrawn": "取下げ",
    }
    change = models.CharField("変更", max_length=10, choices=list(labels(KINDS).items()))
    name = text("項目", blank=True, length=100)
    effective_from = day("適用開始日", blank=True)
    effective_to = day("適用終了日", blank=True)
    value = text("値", blank=True)
    source = text("根拠", blank=True, length=1000)
    reporting_officer = text("報告者職名", blank=True)
    reports_from = number("報告開始年度", blank=True)
    reason = models.TextField("理由")
    state = models.CharField(
        "状態", max_length=10, choices=list(labels(STATES).items()), default="pending"
    )
    proposed_at = clock.Moment("起案日時", auto_now_add=True)
    proposed_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="+", verbose_name="起案した人"
    )
    decided_at = models.DateTimeField("決裁日時", null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="決裁した人",
    )
    comment = models.TextField("決裁者から", blank=True)

    class Meta:
        verbose_name = "自治体の値の起案"
        ordering: ClassVar[list[str]] = ["-proposed_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(change="reporting", name__isnull=True)
                | (~Q(change="reporting") & Q(name__isnull=False, effective_from__isnull=False)),
                name="setting_names_its_value",
            ),
            paired("decided_at", "decided_by", "setting_decision_paired"),
            models.CheckConstraint(
                condition=Q(state="pending", decided_at__isnull=True)
                | (~Q(state="pending") & Q(decided_at__isnull=False)),
                name="setting_decided_with_its_state",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | ~Q(state="accepted")
                | ~Q(decided_by=F("proposed_by")),
                name="setting_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        if self.name is None:
            return str(self.get_change_display())
        return f"{label_of(self.name)} {self.get_change_display()}"
