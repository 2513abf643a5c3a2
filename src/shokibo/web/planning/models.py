"""The ledger's planning tables as models, the plan's texts, and its versions that never change.

The tables and the texts are the working draft; a version is a copy of them all.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.documents.plan.sections import SECTIONS
from shokibo.ledger import tables
from shokibo.web.base import clock
from shokibo.web.base.language import labels
from shokibo.web.base.owned import Owned, OwnedByHome
from shokibo.web.base.words import nendo
from shokibo.web.register.columns import coded, day, number, paired, text, yes_no
from shokibo.web.register.models import Authority
from shokibo.web.steps.frozen import FrozenFile


class Plan(Owned):
    """計画: one of an authority."""

    title = text("計画名")
    baseline_on = day("基準日")
    from_year = number("計画開始年度")
    to_year = number("計画終了年度")
    goal_year = number("長期目標年度", blank=True)
    period_from = day("計画期間開始日", blank=True)
    adopted_on = day("策定日", blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["authority"], name="plan_one_of_an_authority"),
            models.CheckConstraint(
                condition=Q(to_year__gte=F("from_year")), name="plan_end_not_before_start"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class Action(OwnedByHome):
    """取組; its unit may be one that an earlier action opens, so it is named by code."""

    fiscal_year = number("年度")
    action = coded("取組", tables.ACTION_CODES)
    unit_code = text("生活単位ID", blank=True, length=100)
    unit_kind = coded("種別", tables.UNIT_KINDS, blank=True)
    new_function = coded("転用後の機能", tables.NEW_FUNCTIONS, blank=True)
    count = number("か所数", blank=True)
    capacity = number("定員", blank=True)
    announced = yes_no("主な取組みに記載", blank=True)
    note = text("備考", blank=True, length=1000)

    class Meta:
        ordering: ClassVar[list[str]] = ["authority", "pk"]

    def __str__(self) -> str:
        return f"{nendo(self.fiscal_year)} {self.get_action_display()}"


class Need(Owned):
    """必要量."""

    fiscal_year = number("年度")
    age_band = coded("年齢区分", tables.AGE_BANDS)
    children = number("人数")
    basis = coded("区分", tables.NEED_BASES, blank=True)
    note = text("備考", blank=True, length=200)

    class Meta:
        ordering: ClassVar[list[str]] = ["authority", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["authority", "fiscal_year", "age_band"], name="need_once"
            )
        ]

    def __str__(self) -> str:
        return f"{nendo(self.fiscal_year)} {self.get_age_band_display()}"


class Target(Owned):
    """目標."""

    fiscal_year = number("年度")
    item = coded("項目", tables.TARGET_ITEMS)
    value = number("値", blank=True)
    approximate = yes_no("程度", blank=True)
    reason = text("理由", blank=True, length=1000)

    class Meta:
        ordering: ClassVar[list[str]] = ["authority", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["authority", "fiscal_year", "item"], name="target_once")
        ]

    def __str__(self) -> str:
        return f"{nendo(self.fiscal_year)} {self.get_item_display()}"


class Cost(Owned):
    """経費単価."""

    fiscal_year = number("年度")
    item = text("項目")
    account = text("科目")
    timing = coded("区分", tables.TIMINGS)
    basis = coded("単位", tables.COST_BASES, blank=True)
    amount = number("金額(円)")
    programme = text("国の制度", blank=True)
    revenue_account = text("歳入科目", blank=True)
    national_share = text("国の負担割合", blank=True, length=20)
    prefecture_programme = text("都道府県の制度", blank=True)
    prefecture_share = text("都道府県の負担割合", blank=True, length=20)
    eligible_rule = text("対象経費", blank=True)
    months = number("初年度の月数", blank=True)
    source = text("出典", blank=True, length=1000)

    class Meta:
        ordering: ClassVar[list[str]] = ["authority", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["authority", "fiscal_year", "item", "account", "timing", "basis"],
                condition=Q(basis__isnull=False),
                name="cost_once",
            ),
            models.UniqueConstraint(
                fields=["authority", "fiscal_year", "item", "account", "timing"],
                condition=Q(basis__isnull=True),
                name="cost_once_of_blank_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"{nendo(self.fiscal_year)} {self.item}"


class Population(Owned):
    """児童人口."""

    fiscal_year = number("年度")
    age_band = coded("年齢区分", tables.AGE_BANDS)
    children = number("児童人口")

    class Meta:
        ordering: ClassVar[list[str]] = ["authority", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["authority", "fiscal_year", "age_band"], name="population_once"
            )
        ]

    def __str__(self) -> str:
        return f"{nendo(self.fiscal_year)} {self.get_age_band_display()}"


class CareRate(Owned):
    """代替養育の率, from a year on."""

    fiscal_year = number("年度")
    age_band = coded("年齢区分", tables.AGE_BANDS)
    in_care_per_10000 = text("代替養育率(1万人あたり)", length=20)
    foster_rate = text("里親等委託率(%)", length=20)
    source = text("出典", blank=True, length=1000)

    class Meta:
        ordering: ClassVar[list[str]] = ["authority", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["authority", "fiscal_year", "age_band"], name="care_rate_once"
            )
        ]

    def __str__(self) -> str:
        return f"{nendo(self.fiscal_year)} {self.get_age_band_display()}"


class PlanText(Owned):
    """計画の文章: the authority's own text of one section, in Markdown; without one the default."""

    section = models.CharField(
        "節", max_length=20, choices=list(labels({s.key: s.key for s in SECTIONS}).items())
    )
    source = models.TextField("文章")

    class Meta:
        verbose_name = "計画の文章"
        ordering: ClassVar[list[str]] = ["authority", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["authority", "section"], name="plan_text_once")
        ]

    def __str__(self) -> str:
        return _("計画の文章「%(section)s」") % {"section": _(self.section)}


class PlanPicture(Owned):
    """計画の図: a picture that the plan's texts show by its name."""

    name = models.CharField("ファイル名", max_length=100)
    content = models.BinaryField("内容")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "計画の図"
        ordering: ClassVar[list[str]] = ["authority", "name"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["authority", "name"], name="plan_picture_once")
        ]

    def __str__(self) -> str:
        return str(self.name)


VERSION_STATES = {
    "proposed": gettext_lazy("起案中"),
    "published": gettext_lazy("公表"),
    "sent_back": gettext_lazy("差戻し"),
    "taken_back": gettext_lazy("取消し"),
}


class PlanVersion(Owned):
    """計画の版: the whole draft as it was when it was proposed, and what came of it.

    `snapshot` holds the rows of `versions.TABLES` and the texts by section, from which every
    figure can be drawn again; `figures` are those of the day. `decided` is who published it,
    sent it back or took it back.
    """

    number = models.PositiveIntegerField("版")
    state = models.CharField(
        "状態", max_length=10, choices=list(VERSION_STATES.items()), default="proposed"
    )
    note = models.TextField("変更の内容", max_length=1000)
    snapshot = models.JSONField("内容")
    figures = models.JSONField("数値")
    sha256 = models.CharField(max_length=64)
    proposed_at = clock.Moment("起案日時", auto_now_add=True)
    proposed_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("決裁日時", null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    comment = models.TextField("理由・所見", max_length=1000, blank=True)

    class Meta:
        verbose_name = "計画の版"
        ordering: ClassVar[list[str]] = ["authority", "-number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["authority", "number"], name="plan_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["authority"], condition=Q(state="proposed"), name="plan_version_one_open"
            ),
            paired("decided_at", "decided_by", "plan_version_decision_paired"),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at__isnull=True)
                | (~Q(state="proposed") & Q(decided_at__isnull=False)),
                name="plan_version_decided_once_closed",
            ),
            models.CheckConstraint(
                condition=~Q(state="published", decided_by=F("proposed_by")),
                name="plan_version_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return _("計画 第%(n)s版") % {"n": self.number}


class PlanFile(FrozenFile):
    """A document of a published version."""

    of = models.ForeignKey(PlanVersion, models.PROTECT, related_name="files")

    class Meta(FrozenFile.Meta):
        verbose_name = "計画の文書"


def last_published(authority: Authority) -> PlanVersion | None:
    """Return the version that is in force."""
    published = PlanVersion.objects.filter(authority=authority, state="published")
    return published.order_by("-number").first()
