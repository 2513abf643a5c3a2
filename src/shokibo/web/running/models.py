"""The installation's own records."""

from django.db import models

from shokibo.web.base import clock


class Practice(models.Model):
    """The mark of a database that `serve --demo` made: no other ever holds its people."""

    made_at = clock.Moment("作成日時", auto_now_add=True)

    class Meta:
        verbose_name = "練習"


class Drill(models.Model):
    """A test restore into a scratch database."""

    at = clock.Moment("実施日時", auto_now_add=True)
    into = models.CharField("戻した先", max_length=20)
    rows = models.PositiveBigIntegerField("行数", default=0)
    seconds = models.PositiveIntegerField("秒", default=0)
    failure = models.TextField("失敗の理由", blank=True)

    class Meta:
        verbose_name = "復元の確認"

    @classmethod
    def latest(cls) -> "tuple[Drill | None, Drill | None]":
        """Return the last drill, and the last successful one."""
        newest_first = cls._default_manager.order_by("-at", "-pk")
        return newest_first.first(), newest_first.filter(failure="").first()
