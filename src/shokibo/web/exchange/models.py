"""Imports: each workbook, what it would change, and the progress."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from shokibo.texts import Text, literal
from shokibo.web.base import clock
from shokibo.web.base.language import labels, language
from shokibo.web.base.owned import Owned
from shokibo.web.register.columns import paired
from shokibo.web.store.wording import CHANGE_KINDS

STATES = {
    "waiting": "読み取り中",
    "refused": "誤りあり",
    "ready": "確認待ち",
    "applying": "取込み中",
    "applied": "取込み済み",
    "undone": "取消し済み",
    "discarded": "取りやめ",
    "failed": "中断",
}
OPEN_STATES = ("waiting", "refused", "ready", "applying", "failed")
"""The states in which a run's file is kept."""
MARKABLE_STATES = ("refused", "ready", "failed")
"""The states with a file and its findings."""
WORK_STATES = ("waiting", "applying")
"""The states that wait for a worker."""
LONGEST_PLACE = 200
LONGEST_NAME = 500
Message = dict[str, Any]


class Run(Owned):
    """取込み: a workbook, from its upload to its outcome.

    `homes` are the keys of the homes for which it was uploaded, empty for the whole authority.
    `of_children` says that the person may import rows of children: those of the `centers`, empty
    for all of them. `tries` counts how often the pending work was started.
    """

    state = models.CharField(
        "状態", max_length=10, choices=list(labels(STATES).items()), default="waiting"
    )
    homes = models.JSONField("施設", null=True, editable=False)
    of_children = models.BooleanField("児童の行を含みうる", default=False, editable=False)
    centers = models.JSONField("児童相談所", null=True, editable=False)
    file_name = models.CharField("ファイル名", max_length=200)
    size = models.PositiveBigIntegerField("大きさ")
    sha256 = models.CharField("SHA-256", max_length=64)
    content = models.BinaryField("ファイル", null=True)
    uploaded_at = clock.Moment("読込日時", auto_now_add=True)
    uploaded_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="+", verbose_name="読み込んだ人"
    )
    findings = models.JSONField("誤りと注意", default=dict)
    counts = models.JSONField("件数", default=dict)
    touched = models.JSONField("触れる認定", default=list)
    message = models.JSONField("知らせ", default=dict)
    tries = models.PositiveSmallIntegerField("処理を始めた回数", default=0)
    reason = models.TextField("理由", blank=True)
    applied_at = models.DateTimeField("取込日時", null=True)
    applied_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, related_name="+", verbose_name="取り込んだ人"
    )
    undone_at = models.DateTimeField("取消日時", null=True)
    undone_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, related_name="+", verbose_name="取り消した人"
    )

    class Meta:
        verbose_name = "取込み"
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["authority", "state"])]
        constraints: ClassVar[list[Any]] = [
            paired("undone_at", "undone_by", "run_undoing_paired"),
            models.CheckConstraint(
                condition=models.Q(content__isnull=True) | models.Q(state__in=OPEN_STATES),
                name="run_file_kept_while_open_only",
            ),
        ]

    def __str__(self) -> str:
        return str(self.file_name)

    def save_next(self, fields: Collection[str] | None = None) -> None:
        """Save the next version, optionally only some fields."""
        self.version += 1
        self.save(update_fields=None if fields is None else [*fields, "version"])

    @classmethod
    def leave(cls, pk: int, states: Collection[str], state: str, message: Message) -> "Run | None":
        """Stop a run with a message for a person; None if it is in none of these states."""
        with transaction.atomic():
            run = cls.objects.select_for_update().defer("content").get(pk=pk)
            if run.state not in states:
                return None
            run.state, run.message = state, message
            run.save_next(["state", "message"])
        return run


class RunChange(models.Model):
    """A row that an import adds, changes or removes.

    `before` and `after` are the ledger's columns: all of a row added or removed, those that differ
    of one changed. `row_id` and `row_version` are of the row that is changed, and once the import
    is done of the row as the import left it. `held` is what a removed row held, field by field.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="changes")
    position = models.PositiveIntegerField()
    table = models.CharField("表", max_length=20)
    kind = models.CharField("変更", max_length=10, choices=list(labels(CHANGE_KINDS).items()))
    place = models.CharField("場所", max_length=LONGEST_PLACE)
    name_ja = models.CharField("行", max_length=LONGEST_NAME)
    name_en = models.CharField("行", max_length=LONGEST_NAME, null=True)
    row_id = models.BigIntegerField(null=True)
    row_version = models.PositiveIntegerField(null=True)
    before = models.JSONField("変更前", default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField("変更後", default=dict, encoder=DjangoJSONEncoder)
    held = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "取込みの行"
        ordering: ClassVar[list[str]] = ["run", "position"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["run", "position"], name="run_change_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name.say(language())}"

    @property
    def name(self) -> Text:
        """The row's name; Japanese alone in a run of an earlier release."""
        return literal(str(self.name_ja), str(self.name_en or self.name_ja))


class RunProgress(models.Model):
    """The progress of a run, apart from the run, which the work keeps locked."""

    run = models.OneToOneField(Run, models.CASCADE, primary_key=True, related_name="progress")
    stage = models.CharField("段階", max_length=10, default="queued")
    table = models.CharField("表", max_length=20, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    at = clock.Moment(auto_now=True)

    class Meta:
        verbose_name = "取込みの進み"

    def __str__(self) -> str:
        return f"{self.stage} {self.table} {self.done}/{self.total}"
