"""What an office published: settings, editions, and their files."""

from typing import Any, ClassVar

import msgspec
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from shokibo.opendata.disclosure import LEAST_THRESHOLD
from shokibo.opendata.writing import Description
from shokibo.web.base import clock
from shokibo.web.base.owned import Owned
from shokibo.web.register.columns import paired
from shokibo.web.steps.frozen import FrozenFile


class OpenSettings(Owned):
    """An office's own threshold and licence. Without a threshold no table counts children."""

    threshold = models.PositiveIntegerField(
        "公開する最小の人数", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    licence = models.CharField("利用条件", max_length=300, blank=True)

    class Meta:
        verbose_name = "公開の設定"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["authority"], name="open_settings_once"),
            models.CheckConstraint(
                condition=Q(threshold__isnull=True) | Q(threshold__gte=1),
                name="open_threshold_one_or_more",
            ),
        ]

    def __str__(self) -> str:
        return _("公開の設定")

    @property
    def usable_threshold(self) -> int | None:
        """The threshold; None if it was not entered, or is too low to hide a count."""
        threshold = self.threshold
        return threshold if threshold is not None and threshold >= LEAST_THRESHOLD else None


class Publication(Owned):
    """A published edition, which may be withdrawn but never changed."""

    edition = models.PositiveIntegerField("版")
    published_on = models.DateField("公開日")
    published_at = clock.Moment("公開日時", auto_now_add=True)
    published_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="+", verbose_name="公開した人"
    )
    description = models.JSONField("説明")
    digest = models.CharField("ダイジェスト", max_length=64)
    withdrawn_at = models.DateTimeField("取りやめた日時", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="取りやめた人",
    )
    withdrawn_reason = models.TextField("取りやめの理由", blank=True)

    class Meta:
        verbose_name = "公開した集計"
        ordering: ClassVar[list[str]] = ["authority", "-edition"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["authority", "edition"], name="publication_edition_once"
            ),
            paired("withdrawn_at", "withdrawn_by", "publication_withdrawal_paired"),
        ]

    def __str__(self) -> str:
        return _("公開データ 第%(n)s版") % {"n": self.edition}

    @property
    def dated(self) -> str:
        """Name the edition in its own address: 2023-04-05.1."""
        return f"{self.published_on.isoformat()}.{self.edition}"

    @property
    def hidden(self) -> int:
        """How many of its cells are left blank."""
        return sum(one.hidden_cells for one in self.package.resources)

    @property
    def package(self) -> Description:
        """Its description as published."""
        return msgspec.convert(self.description, Description)


class PublishedFile(FrozenFile):
    """A published file."""

    of = models.ForeignKey(Publication, models.PROTECT, related_name="files")
    name = models.CharField("ファイル名", max_length=100)

    class Meta(FrozenFile.Meta):
        verbose_name = "公開したファイル"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["of", "name"], name="published_file_once")
        ]
