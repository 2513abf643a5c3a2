"""Calculations: the question, the rows they are based on, the answer and its files."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from shokibo.web.base import clock
from shokibo.web.base.owned import Owned
from shokibo.web.steps.frozen import FrozenFile

FILED = {
    "check": gettext_lazy("台帳の確認"),
    "document": gettext_lazy("計画書"),
    "open_data": gettext_lazy("公開データ"),
}
"""Kinds whose answer is files; `asked` is empty then, and `answer` the files' SHA-256 by name."""
KINDS = {"forecast": gettext_lazy("見通し"), "proposal": gettext_lazy("計画の提案"), **FILED}
STATES = {
    "waiting": gettext_lazy("計算中"),
    "done": gettext_lazy("計算済み"),
    "refused": gettext_lazy("計算不可"),
    "failed": gettext_lazy("中断"),
}


class Calculation(Owned):
    """計算: a forecast, a proposal or files to be made, from the question to the answer.

    `asked` is what was asked, `asked_by` is blank if an operator asked for all authorities,
    `answer` is what was answered. `grounds` is the digest of the rows that it rests on. `message`
    says in both languages why there is no answer. `progress` is how far the work has come, `tries`
    how often it was begun, and `is_to_stop` that it is to end with what it has.
    """

    kind = models.CharField("種類", max_length=10, choices=list(KINDS.items()))
    state = models.CharField("状態", max_length=10, choices=list(STATES.items()), default="waiting")
    asked = models.JSONField("条件")
    grounds = models.CharField("もとにした内容のSHA-256", max_length=64, blank=True)
    answer = models.JSONField("結果", null=True)
    message = models.JSONField("知らせ", default=dict)
    progress = models.JSONField("進み", default=dict)
    is_to_stop = models.BooleanField("止める", default=False)
    tries = models.PositiveSmallIntegerField("処理を始めた回数", default=0)
    asked_at = clock.Moment("計算を頼んだ日時", auto_now_add=True)
    asked_by = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="計算を頼んだ人",
    )
    ended_at = models.DateTimeField("計算が終わった日時", null=True)

    class Meta:
        verbose_name = "計算"
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["authority", "kind", "state"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(state="done", answer__isnull=False)
                | (~Q(state="done") & Q(answer__isnull=True)),
                name="calculation_answered_once_done",
            ),
        ]

    @property
    def is_queued(self) -> bool:
        """Whether nothing has been computed yet."""
        return self.state == "waiting" and not self.progress

    @property
    def makes_files(self) -> bool:
        """Whether its answer is files."""
        return self.kind in FILED

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class CalculationFile(FrozenFile):
    """A file that a calculation made."""

    of = models.ForeignKey(Calculation, models.PROTECT, related_name="files")

    class Meta(FrozenFile.Meta):
        verbose_name = "作成したファイル"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["of", "name"], name="calculation_file_once")
        ]
