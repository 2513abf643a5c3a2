"""The log: what was done, and who looked at rows of staff. It is never changed."""

from typing import Any, ClassVar

from django.db import models

from shokibo.web.base import clock
from shokibo.web.base.language import language

LONGEST_LOOK = 200
LONGEST_NAME = 300


class Event(models.Model):
    """A change of one row: who, what, when, before and after, why.

    `before` and `after` hold only the fields that differ; a row that was added has no before, one
    that was removed no after. `subject` is the row's name as it was then.
    """

    at = clock.Moment("日時", auto_now_add=True)
    actor = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, related_name="+", verbose_name="利用者"
    )
    actor_name = models.CharField("氏名", max_length=100)
    action = models.CharField("操作", max_length=40)
    authority = models.ForeignKey("register.Authority", models.PROTECT, null=True, related_name="+")
    home = models.ForeignKey(
        "register.Home", models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    subject_kind = models.CharField("対象の種類", max_length=40)
    subject_id = models.BigIntegerField(null=True)
    subject = models.CharField("対象", max_length=LONGEST_NAME)
    subject_en = models.CharField("対象", max_length=LONGEST_NAME, null=True)
    before = models.JSONField("変更前", default=dict)
    after = models.JSONField("変更後", default=dict)
    reason = models.TextField("理由", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["authority", "-at"]),
            models.Index(fields=["authority", "-id"]),
            models.Index(fields=["subject_kind", "subject_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.action} {self.subject}"

    @property
    def subject_name(self) -> str:
        """The row's name in the page's language; Japanese where the log has no other."""
        return str((self.subject_en if language() == "en" else None) or self.subject)


class Look(models.Model):
    """A look at rows of staff or children: who, when, which page, how many rows.

    For a look at a single child, `child` is its number and `relation` the person's relation to it.
    """

    at = clock.Moment("日時", auto_now_add=True)
    actor = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    actor_name = models.CharField("氏名", max_length=100)
    authority = models.ForeignKey("register.Authority", models.PROTECT, related_name="+")
    home = models.ForeignKey(
        "register.Home", models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    what = models.CharField("見たもの", max_length=LONGEST_LOOK)
    rows = models.PositiveIntegerField("行数")
    child = models.BigIntegerField("児童の番号", null=True)
    relation = models.CharField("関係", max_length=20, null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["authority", "-at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.what}"


class SentForm(models.Model):
    """A form that was accepted, so that it is not accepted twice; forgotten after a month."""

    key = models.CharField("送信の鍵", max_length=64, unique=True)
    request = models.UUIDField("受け付けた要求")
    at = clock.Moment("日時", auto_now_add=True, db_index=True)
    answer = models.CharField("行き先", max_length=2000, blank=True)

    class Meta:
        verbose_name = "受け付けた送信"

    def __str__(self) -> str:
        return self.key


class Seal(models.Model):
    """The digest of an event and the seal before it; no foreign key, so a lost event is noticed."""

    number = models.BigIntegerField("番号", primary_key=True)
    event_id = models.BigIntegerField("記録の番号", unique=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    at = clock.Moment("日時", auto_now_add=True)

    class Meta:
        verbose_name = "封印"

    def __str__(self) -> str:
        return f"{self.number}:{self.sha256}"


class SealCheck(models.Model):
    """A check of all seals: how many hold, and what broke the next; blank if all hold."""

    at = clock.Moment("日時", auto_now_add=True)
    sealed = models.BigIntegerField("封印の数")
    broken = models.TextField("見つかったこと", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        verbose_name = "封印の確認"

    def __str__(self) -> str:
        return self.broken or f"{self.sealed}"
