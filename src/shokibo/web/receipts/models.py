"""The ministry's work: files received, versions accepted, questions, sums published."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.web.base import clock
from shokibo.web.base.owned import Owned
from shokibo.web.base.words import nendo
from shokibo.web.register.columns import number, paired
from shokibo.web.steps.frozen import FrozenFile

FORMS = [(1, gettext_lazy("様式1")), (2, gettext_lazy("様式2"))]
FILE_STATES = {
    "waiting": gettext_lazy("読取り待ち"),
    "clean": gettext_lazy("確認事項なし"),
    "questions": gettext_lazy("確認事項あり"),
    "unreadable": gettext_lazy("読み取れない"),
}
QUESTION_STATES = {
    "open": gettext_lazy("回答待ち"),
    "answered": gettext_lazy("回答済み"),
    "withdrawn": gettext_lazy("取下げ"),
}


def form_number() -> Any:
    """Make the field that names form 1 or 2."""
    return models.PositiveSmallIntegerField("様式", choices=FORMS)


class Delivery(models.Model):
    """Files of one form and year that arrived another way, uploaded together."""

    form = form_number()
    fiscal_year = number("年度")
    came_on = models.DateField("届いた日")
    uploaded_at = clock.Moment("読込日時", auto_now_add=True)
    uploaded_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="+", verbose_name="読み込んだ人"
    )

    class Meta:
        verbose_name = "届いたファイルの受取"
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        form = self.get_form_display()
        return _("%(form)s(%(year)s)のファイル") % {"form": form, "year": nendo(self.fiscal_year)}


class DeliveredFile(models.Model):
    """A file of a delivery, and what it contains.

    `authority` is blank until the sender is known. `figures` are the form's, `places` their cells,
    `findings` the questions for the sender; `message` says in both languages why the file can't be
    read. `tries` counts how often reading was started.
    """

    delivery = models.ForeignKey(
        Delivery, models.PROTECT, related_name="files", verbose_name="受取"
    )
    name = models.CharField("ファイル名", max_length=200)
    content = models.BinaryField("内容")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(
        "状態", max_length=10, choices=list(FILE_STATES.items()), default="waiting"
    )
    authority = models.ForeignKey(
        "register.Authority", models.PROTECT, null=True, related_name="+", verbose_name="自治体"
    )
    figures = models.JSONField("数値", null=True)
    places = models.JSONField("数値の場所", null=True)
    findings = models.JSONField("確認事項", default=list)
    message = models.JSONField("知らせ", default=dict)
    tries = models.PositiveSmallIntegerField("読取りを始めた回数", default=0)

    class Meta:
        verbose_name = "届いたファイル"
        ordering: ClassVar[list[str]] = ["delivery_id", "name", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "unreadable"])
                | Q(authority__isnull=False, figures__isnull=False),
                name="delivered_file_read_with_its_sender",
            )
        ]

    def __str__(self) -> str:
        return str(self.name)


class Acceptance(Owned):
    """A version of a form that the ministry accepted, named by its SHA-256.

    The last one of a form counts: an earlier version is accepted again if it comes again.
    """

    form = form_number()
    fiscal_year = number("年度")
    sha256 = models.CharField("受理した版のSHA-256", max_length=64)
    accepted_at = clock.Moment("受理日時", auto_now_add=True)
    accepted_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="+", verbose_name="受理した人"
    )

    class Meta:
        verbose_name = "報告の受理"
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return _("%(form)s(%(year)s)の受理") % {
            "form": self.get_form_display(),
            "year": nendo(self.fiscal_year),
        }


class SumEdition(models.Model):
    """An edition of the nation's sum as published; it never changes.

    `total` is the sum, `versions` the SHA-256 of each version in it by 団体コード; `changes` are
    the differences from the edition before, in both languages. `digest` is that of the description,
    which holds the files' digests.
    """

    form = form_number()
    fiscal_year = number("年度")
    edition = models.PositiveIntegerField("版")
    published_on = models.DateField("公開日")
    published_at = clock.Moment("公開日時", auto_now_add=True)
    published_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="+", verbose_name="公開した人"
    )
    total = models.JSONField("合計")
    versions = models.JSONField("合計した版")
    changes = models.JSONField("前の版から変わったところ", default=list)
    description = models.JSONField("説明")
    digest = models.CharField("ダイジェスト", max_length=64)

    class Meta:
        verbose_name = "公開した全国の計"
        ordering: ClassVar[list[str]] = ["form", "-fiscal_year", "-edition"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["form", "fiscal_year", "edition"], name="sum_edition_once"
            )
        ]

    def __str__(self) -> str:
        return _("%(form)s(%(year)s)の全国の計 第%(n)s版") % {
            "form": self.get_form_display(),
            "year": nendo(self.fiscal_year),
            "n": self.edition,
        }

    @property
    def dated(self) -> str:
        """Name the edition in its own address: 2023-04-05.1."""
        return f"{self.published_on.isoformat()}.{self.edition}"


class SumFile(FrozenFile):
    """A file of an edition of the sum."""

    of = models.ForeignKey(SumEdition, models.PROTECT, related_name="files")

    class Meta(FrozenFile.Meta):
        verbose_name = "公開した全国の計のファイル"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["of", "name"], name="sum_file_once")
        ]


class Question(Owned):
    """A question of the ministry about an authority's form, and the answer."""

    form = form_number()
    fiscal_year = number("年度")
    state = models.CharField(
        "状態", max_length=10, choices=list(QUESTION_STATES.items()), default="open"
    )
    text = models.TextField("照会の内容")
    asked_at = clock.Moment("照会日時", auto_now_add=True)
    asked_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="+", verbose_name="照会した人"
    )
    answer = models.TextField("回答", blank=True)
    answered_at = models.DateTimeField("回答日時", null=True, blank=True)
    answered_by = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="回答した人",
    )

    class Meta:
        verbose_name = "国からの照会"
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[Any]] = [
            paired("answered_at", "answered_by", "question_answer_paired"),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False)
                | (~Q(state="answered") & Q(answered_at__isnull=True)),
                name="question_answered_with_its_day",
            ),
        ]

    def __str__(self) -> str:
        return _("%(form)s(%(year)s)の照会") % {
            "form": self.get_form_display(),
            "year": nendo(self.fiscal_year),
        }
