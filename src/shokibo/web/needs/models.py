"""What was worked out: what was asked, the rows that it rests on, and the answer."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from shokibo.web.base import clock
from shokibo.web.base.owned import Owned

KINDS = {"forecast": gettext_lazy("見通し"), "proposal": gettext_lazy("計画の提案")}
STATES = {
    "waiting": gettext_lazy("計算中"),
    "done": gettext_lazy("計算済み"),
    "refused": gettext_lazy("計算不可"),
    "failed": gettext_lazy("中断"),
}


class Calculation(Owned):
    """計算: a forecast or a proposal, from the question to the answer.

    `asked` is what was asked, `answer` what was answered. `grounds` is the digest of the rows that
    it rests on. `message` says in both languages why there is no answer. `progress` is how far the
    work has come, `tries` how often it was begun, and `is_to_stop` that it is to end as it stands.
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
        "accounts.Person", models.PROTECT, related_name="+", verbose_name="計算を頼んだ人"
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

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
