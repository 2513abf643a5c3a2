"""The ledger's register tables as models; `shokibo.web.store.mapping` maps them.

An id of the ledger (施設ID) is `code` here and unique within its authority. Blank is NULL, and
is never zero. Hours are whole seconds, as in the ledger.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from shokibo.law.own_values import meaning_of
from shokibo.ledger import tables
from shokibo.web.base import clock
from shokibo.web.base.language import labels
from shokibo.web.base.owned import Owned, OwnedByHome
from shokibo.web.base.words import as_text, wareki
from shokibo.web.register.columns import coded, day, in_order, number, paired, text, yes_no


class Authority(models.Model):
    """自治体."""

    code = text("団体コード", length=6)
    name = text("自治体名")
    kind = coded("自治体区分", tables.AUTHORITY_KINDS)
    reporting_officer = text("報告者職名", blank=True)
    reports_from = number("報告開始年度", blank=True)
    homes_due = models.CharField(
        "施設からの申請の期限", max_length=5, default="04-10", help_text="月-日"
    )
    contact = text("問い合わせ先", blank=True, length=200)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["code"], name="authority_code_once")
        ]

    def __str__(self) -> str:
        return str(self.name)


class Home(Owned):
    """児童養護施設."""

    code = text("施設ID", length=100)
    name = text("施設名")
    operator = text("法人名")
    operator_number = text("法人番号", blank=True, length=20)
    opened_on = day("開設日", blank=True)
    closed_on = day("廃止日", blank=True)
    home_path = "pk"

    class Meta:
        ordering: ClassVar[list[str]] = ["authority", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["authority", "code"], name="home_code_once"),
            in_order("opened_on", "closed_on", "home_end_not_before_start"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Unit(OwnedByHome):
    """生活単位."""

    code = text("生活単位ID", length=100)
    name = text("生活単位名")
    kind = coded("種別", tables.UNIT_KINDS)
    opened_on = day("開設日", blank=True)
    closed_on = day("廃止日", blank=True)
    continues = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name="前の生活単位ID",
    )
    area = text("所在地", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["home", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["authority", "code"], name="unit_code_once"),
            in_order("opened_on", "closed_on", "unit_end_not_before_start"),
            models.CheckConstraint(condition=~Q(continues=F("id")), name="unit_continues_another"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Capacity(Owned):
    """定員, from a day on."""

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="capacities", verbose_name="生活単位"
    )
    effective_from = day("適用開始日")
    capacity = number("定員")
    home_path = "unit__home"

    class Meta:
        ordering: ClassVar[list[str]] = ["unit", "effective_from"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["unit", "effective_from"], name="capacity_once_a_day"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="capacity_one_or_more"),
        ]

    def __str__(self) -> str:
        return _("%(unit)s %(day)sから%(n)s人") % {
            "unit": self.unit,
            "day": wareki(self.effective_from),
            "n": self.capacity,
        }


def holding_on(day: dt.date) -> Q:
    """Find the postings of a day."""
    begun = Q(started_on__isnull=True) | Q(started_on__lte=day)
    return begun & (Q(ended_on__isnull=True) | Q(ended_on__gte=day))


class Posting(OwnedByHome):
    """職員の配置."""

    code = text("職員ID", length=100)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="生活単位")
    job = coded("職種", tables.JOBS)
    employment = coded("雇用形態", tables.EMPLOYMENTS)
    weekly_hours = number("週勤務時間", blank=True)
    full_time_weekly_hours = number("常勤の週勤務時間", blank=True)
    role = coded("役割", tables.ROLES)
    dedicated = yes_no("専任")
    main_rota = yes_no("本体勤務ローテーション")
    started_on = day("配置開始日", blank=True)
    ended_on = day("配置終了日", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["home", "pk"]
        constraints: ClassVar[list[Any]] = [
            in_order("started_on", "ended_on", "posting_end_not_before_start"),
        ]

    def __str__(self) -> str:
        return str(self.code)

    def holds_on(self, day: dt.date) -> bool:
        """Whether somebody is posted on a day."""
        begun = self.started_on is None or self.started_on <= day
        return begun and (self.ended_on is None or self.ended_on >= day)


def home_on(postings: Sequence[Posting], day: dt.date) -> Home:
    """Return the home of a person's posting on a day, or else of their first posting."""
    holding = (posting for posting in postings if posting.holds_on(day))
    return next(holding, postings[0]).home


class Absence(OwnedByHome):
    """休業: a person's leave. `home` is where they are posted as it starts, and enters it."""

    code = text("職員ID", length=100)
    started_on = day("開始日")
    ended_on = day("終了日", blank=True)
    kind = coded("区分", tables.ABSENCE_KINDS)
    counted = yes_no("職員数に算入", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["home", "pk"]
        constraints: ClassVar[list[Any]] = [
            in_order("started_on", "ended_on", "absence_end_not_before_start"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.get_kind_display()} {wareki(self.started_on)}"


class Confirmation(OwnedByHome):
    """要件確認."""

    item = coded("確認事項", tables.CONFIRMATION_ITEMS)
    result = yes_no("結果", blank=True)
    confirmed_on = day("確認日")
    holds_from = day("効力開始日", blank=True)
    expires_on = day("有効期限", blank=True)
    evidence = text("根拠資料", blank=True, length=1000)

    class Meta:
        ordering: ClassVar[list[str]] = ["home", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["home", "item", "confirmed_on"], name="confirmation_once_a_day"
            ),
            in_order("holds_from", "expires_on", "confirmation_end_not_before_start"),
        ]

    def __str__(self) -> str:
        return f"{self.get_item_display()} {wareki(self.confirmed_on)}"


class Occupancy(Owned):
    """入所状況; without a home, a count that is not split by home."""

    home = models.ForeignKey(Home, models.PROTECT, null=True, blank=True, verbose_name="施設")
    as_of = day("基準日")
    population = coded("対象", tables.POPULATIONS)
    place = coded("区分", tables.PLACES)
    children = number("入所児童数")
    individual_care = number("個別的ケアが必要な児童数", blank=True)
    home_path = "home"

    class Meta:
        ordering: ClassVar[list[str]] = ["authority", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["home", "as_of", "population", "place"], name="occupancy_once_a_home"
            ),
            models.UniqueConstraint(
                fields=["authority", "as_of", "population", "place"],
                condition=Q(home__isnull=True),
                name="occupancy_once",
            ),
            models.CheckConstraint(condition=Q(children__gte=0), name="occupancy_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{wareki(self.as_of)} {self.get_place_display()}"


class Episode(Owned):
    """養育の経過: where a child was in care. A home sees none of it, so it has no `home_path`.

    Its name says nothing of the child: the log and messages show it to who may see no child.
    """

    child_code = text("児童コード", length=100)
    birth_month = day("生年月")
    place = coded("養育の場", tables.CARE_PLACES)
    started_on = day("開始日")
    ended_on = day("終了日", blank=True)
    end_reason = coded("終了理由", tables.END_REASONS, blank=True)
    move_reason = coded("移動の理由", tables.MOVE_REASONS, blank=True)
    home = models.ForeignKey(
        Home, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="施設"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="生活単位"
    )
    center_code = text("児童相談所コード", blank=True, length=100)
    of_records = models.BooleanField("記録から作成", null=True, editable=False)
    """Whether it is derived from the child's records, and changed only through them."""
    center_path = "center_code"
    log_names_only = True

    class Meta:
        ordering: ClassVar[list[str]] = ["authority", "child_code", "started_on"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["authority", "child_code", "started_on"], name="episode_once"
            ),
            in_order("started_on", "ended_on", "episode_end_not_before_start"),
        ]

    def __str__(self) -> str:
        return f"{_('児童の記録')} {self.pk or ''}".strip()


class OwnValue(Owned):
    """自治体の値: a value of the rules that the authority sets, with its ground."""

    name = text("項目", length=100)
    effective_from = day("適用開始日")
    effective_to = day("適用終了日", blank=True)
    value = text("値")
    source = text("根拠", length=1000)

    class Meta:
        ordering: ClassVar[list[str]] = ["authority", "name", "effective_from"]
        constraints: ClassVar[list[Any]] = [
            in_order("effective_from", "effective_to", "own_value_end_not_before_start"),
        ]

    def __str__(self) -> str:
        return f"{as_text(meaning_of(self.name))} {wareki(self.effective_from)}"


class ChangeProposal(OwnedByHome):
    """A home's proposal to open, close or change a unit; the officer accepts or declines it."""

    KINDS: ClassVar[dict[str, str]] = {
        "open": "開設",
        "close": "廃止",
        "kind": "種別の変更",
        "capacity": "定員の変更",
    }
    STATES: ClassVar[dict[str, Any]] = {
        **labels({"pending": "確認待ち", "accepted": "登録済み"}),
        "declined": pgettext_lazy("state", "登録しない"),
        **labels({"withdrawn": "取下げ"}),
    }
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="生活単位")
    change = models.CharField("変更", max_length=10, choices=list(labels(KINDS).items()))
    effective_on = day("適用日")
    unit_name = text("生活単位名", blank=True)
    unit_kind = coded("種別", tables.UNIT_KINDS, blank=True)
    capacity = number("定員", blank=True)
    reason = models.TextField("理由")
    state = models.CharField("状態", max_length=10, choices=list(STATES.items()), default="pending")
    proposed_at = clock.Moment("申出日時", auto_now_add=True)
    proposed_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("処理日時", null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    comment = models.TextField("担当者から", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-proposed_at"]
        constraints: ClassVar[list[Any]] = [
            paired("decided_at", "decided_by", "proposal_decision_paired"),
            models.CheckConstraint(
                condition=Q(state="pending", decided_at__isnull=True)
                | (~Q(state="pending") & Q(decided_at__isnull=False)),
                name="proposal_decided_with_its_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_change_display()} {self.unit or self.unit_name or ''}".strip()
