"""Mail that is still to be sent."""

from django.db import models

from shokibo.web.base.clock import Moment


class Outgoing(models.Model):
    """A mail of plain text. Its body may hold a secret link, so the row is gone once it is sent."""

    made_at = Moment("作成日時", auto_now_add=True)
    sender = models.CharField("差出人", max_length=320)
    recipients = models.JSONField("宛先")
    subject = models.CharField("件名", max_length=998)
    body = models.TextField("本文")
    tries = models.PositiveSmallIntegerField("試した回数", default=0)

    class Meta:
        verbose_name = "送信待ちのメール"

    def __str__(self) -> str:
        return self.subject
