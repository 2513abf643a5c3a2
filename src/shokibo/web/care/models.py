"""Children and their records.

The log names the fields of a change and never their values, since it is kept forever and a record
is not. The contents of each version are in `RecordVersion`, which is deleted with the record.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from shokibo.care import kinds
from shokibo.care.fit import GENDERS
from shokibo.ledger.tables import AGE_BANDS, CARE_PLACES, END_REASONS, MOVE_REASONS
from shokibo.web.base import clock
from shokibo.web.base.owned import Owned
from shokibo.web.register.columns import coded, day, in_order, number, text, yes_no
from shokibo.web.register.models import Home, Unit


class OfChild(Owned):
    """A row about a child; its own name reveals nothing."""

    log_names_only = True

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{_('児童の記録')} {self.pk or ''}".strip()


class Child(OfChild):
    """児童: a generated code, a month of birth, the center in charge."""

    code = text("児童コード", length=20)
    birth_month = day("生年月")
    center_code = text("児童相談所コード", blank=True, length=100)
    gender = coded("性別", GENDERS, blank=True)
    registered_at = clock.Moment("登録日時", auto_now_add=True)
    center_path = "center_code"

    class Meta:
        verbose_name = "児童"
        ordering: ClassVar[list[str]] = ["authority", "code"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["authority", "code"], name="child_code_once")
        ]


class UnitRule(Owned):
    """The children a unit accepts, as set by the office: gender, age, and a note."""

    unit = models.OneToOneField(
        Unit, models.CASCADE, related_name="care_rule", verbose_name="生活単位"
    )
    gender = coded("性別", GENDERS, blank=True)
    age_from = number("年齢(から)", blank=True)
    age_to = number("年齢(まで)", blank=True)
    note = text("そのほかの条件", blank=True, length=kinds.TEXT_LENGTH)
    home_path = "unit__home"

    class Meta:
        verbose_name = "受け入れる児童"
        constraints: ClassVar[list[Any]] = [
            in_order("age_from", "age_to", "unit_rule_ages_in_order"),
        ]

    def __str__(self) -> str:
        return str(self.unit)


class UsedCode(models.Model):
    """The digest of a code that was ever assigned, even to a child whose records are deleted."""

    digest = models.CharField("SHA-256", max_length=64, unique=True)

    class Meta:
        verbose_name = "使った児童コード"

    def __str__(self) -> str:
        return self.digest


class Record(OfChild):
    """A record of a child: by whom and when it was first written."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="+", verbose_name="児童")
    home = models.ForeignKey(
        Home, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="施設"
    )
    recorded_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="+", verbose_name="記録した人"
    )
    recorded_at = clock.Moment("記録日時", auto_now_add=True)
    center_path = "child__center_code"

    class Meta:
        abstract = True


def unit_of_record() -> Any:
    """Make the field of a record's unit."""
    return models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="生活単位"
    )


def several(header: str) -> Any:
    """Make a field for any number of codes."""
    return models.JSONField(header, default=list, blank=True)


class Situation(Record):
    """子どもの状況と援助方針; agreed by the center and by the home that it names."""

    recorded_on = day("記録日")
    goal = coded("目標", kinds.GOALS)
    review_on = day("次の見直し日")
    situation = text("子どもの状況", blank=True, length=kinds.TEXT_LENGTH)
    policy = text("援助方針", blank=True, length=kinds.TEXT_LENGTH)
    center_agreed_by = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="児童相談所の合意",
    )
    home_agreed_by = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="施設の合意",
    )

    class Meta:
        verbose_name = "子どもの状況と援助方針"
        ordering: ClassVar[list[str]] = ["-recorded_on", "-pk"]


class Assessment(Record):
    """アセスメント and 再アセスメント."""

    assessed_on = day("実施日")
    individual_care = yes_no("個別的ケアが必要")
    at_most_four = yes_no("4人以下の生活単位が必要")
    needs = several("そのほかの必要")
    heard = yes_no("児童の希望を聴いた")
    heard_how = coded("聴き方", kinds.HEARD, blank=True)
    coordinated_on = day("施設との調整日", blank=True)
    coordinated_with = several("調整の相手")
    outcome = coded("結果", kinds.OUTCOMES)
    unit = unit_of_record()

    class Meta:
        verbose_name = "アセスメント"
        ordering: ClassVar[list[str]] = ["-assessed_on", "-pk"]


class Placement(Record):
    """A stay: 措置, or 一時保護 with a `Protection` of its own. Episodes are derived from these."""

    place = coded("養育の場", CARE_PLACES)
    unit = unit_of_record()
    started_on = day("開始日")
    ended_on = day("終了日", blank=True)
    end_reason = coded("終了理由", END_REASONS, blank=True)
    move_reason = coded("移動の理由", MOVE_REASONS, blank=True)

    class Meta:
        verbose_name = "措置"
        ordering: ClassVar[list[str]] = ["-started_on", "-pk"]
        constraints: ClassVar[list[Any]] = [
            in_order("started_on", "ended_on", "placement_end_not_before_start"),
            models.UniqueConstraint(
                fields=["child"],
                condition=Q(ended_on__isnull=True),
                name="placement_one_open_a_child",
            ),
        ]


class Breakdown(Record):
    """不調."""

    noticed_on = day("気付いた日")
    breakdown = coded("不調の内容", kinds.BREAKDOWNS)
    tried = several("試みたこと")
    took_part = several("関わった人")
    next_step = coded("次の段階", kinds.NEXT_STEPS)

    class Meta:
        verbose_name = "不調"
        ordering: ClassVar[list[str]] = ["-noticed_on", "-pk"]


class Protection(Record):
    """一時保護: what the law asks for. Its first and last day are those of its stay."""

    stay = models.OneToOneField(
        Placement, models.PROTECT, related_name="protection", verbose_name="期間"
    )
    protected_at = coded("保護の場所", kinds.PROTECTED_AT)
    consent = yes_no("親権者等の同意", blank=True)
    consent_on = day("同意の日", blank=True)
    warrant_asked_on = day("一時保護状を請求した日", blank=True)
    warrant_given_on = day("一時保護状が出た日", blank=True)
    warrant_refused_on = day("請求が却下された日", blank=True)
    prolonged_on = day("延長の手続をした日", blank=True)

    class Meta:
        verbose_name = "一時保護"
        ordering: ClassVar[list[str]] = ["-stay__started_on", "-pk"]

    @property
    def started_on(self) -> Any:
        """The first day of its stay."""
        return self.stay.started_on


class Backing(Record):
    """復帰後の支援."""

    unit = unit_of_record()
    started_on = day("開始日")
    team = several("支援チーム")
    review_on = day("次の見直し日")
    ended_on = day("終了日", blank=True)

    class Meta:
        verbose_name = "復帰後の支援"
        ordering: ClassVar[list[str]] = ["-started_on", "-pk"]
        constraints: ClassVar[list[Any]] = [
            in_order("started_on", "ended_on", "backing_end_not_before_start"),
        ]


class RecordVersion(models.Model):
    """The contents of a version of a record; it is deleted with the record."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="+", verbose_name="児童")
    kind = models.CharField("種類", max_length=20)
    record_id = models.BigIntegerField("記録")
    version = models.PositiveIntegerField("版")
    at = clock.Moment("日時", auto_now_add=True)
    by = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="+", verbose_name="記録した人"
    )
    values = models.JSONField("内容")

    class Meta:
        verbose_name = "児童の記録の版"
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["kind", "record_id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} {self.version}"


class Opening(OfChild):
    """A child's records opened without a relation, with a reason, for fifteen minutes."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="+", verbose_name="児童")
    person = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="+", verbose_name="開いた人"
    )
    reason = models.CharField("理由", max_length=kinds.TEXT_LENGTH)
    opened_at = clock.Moment("日時", auto_now_add=True)
    center_path = "child__center_code"

    class Meta:
        verbose_name = "理由を書いて開いた記録"
        ordering: ClassVar[list[str]] = ["-opened_at", "-pk"]


class AnonymousBreakdown(OfChild):
    """What remains of a deleted child's breakdowns in a fiscal year, so that they stay counted.

    Stays remain as episodes, under a code that belongs to nobody.
    """

    fiscal_year = models.PositiveSmallIntegerField("年度")
    place = coded("養育の場", CARE_PLACES, blank=True)
    age_band = coded("年齢区分", AGE_BANDS)
    reason = coded("不調の内容", kinds.BREAKDOWNS)

    class Meta:
        verbose_name = "匿名の不調"
        ordering: ClassVar[list[str]] = ["-fiscal_year", "pk"]


class Deletion(models.Model):
    """Records deleted at the end of their period: the digest of the child's code, when, what.

    A restored backup repeats it (`deletions`).
    """

    authority = models.ForeignKey("register.Authority", models.PROTECT, related_name="+")
    digest = models.CharField("SHA-256", max_length=64)
    at = models.DateTimeField("日時")
    kinds = models.JSONField("種類")

    class Meta:
        verbose_name = "保存期間による削除"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["authority", "digest", "at"], name="deletion_once")
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.digest}"


MODELS: dict[str, type[Record]] = {
    "situation": Situation,
    "assessment": Assessment,
    "placement": Placement,
    "breakdown": Breakdown,
    "protection": Protection,
    "backing": Backing,
}
