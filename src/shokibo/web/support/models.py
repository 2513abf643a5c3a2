"""The ledger's support tables as models; `shokibo.web.store.mapping` maps them.

Blank is NULL, and is never zero. Hours are whole seconds, as in the ledger.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from shokibo.ledger import support_tables as tables
from shokibo.web.base.owned import Owned, OwnedByHome
from shokibo.web.base.words import nendo, wareki
from shokibo.web.register.columns import coded, day, in_order, number, text, yes_no
from shokibo.web.register.models import Home, Unit


def _unit() -> Any:
    return models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="生活単位",
    )


def _not_negative(table: str, *names: str) -> list[models.CheckConstraint]:
    """Require numbers of zero or more, each under a name of its own; a blank is allowed."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0}),
            name=f"{table}_{name}_not_negative",
        )
        for name in names
    ]


class Lead(Owned):
    """物件: the authority's own, so it has no `home_path`."""

    code = text("物件ID", length=100)
    found_on = day("把握日")
    source = coded("情報源", tables.HOUSING_SOURCES)
    area = text("所在地")
    home = models.ForeignKey(
        Home, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="施設"
    )
    state = coded("状態", tables.HOUSING_STATES)
    state_on = day("状態の日")
    planned_year = number("開設予定年度", blank=True)
    capacity = number("見込定員", blank=True)
    monthly_rent = number("月額家賃", blank=True)
    initial_cost = number("礼金・仲介手数料等", blank=True)
    equipment_cost = number("備品購入費", blank=True)
    conversion_cost = number("改築費", blank=True)
    unit = _unit()
    reason = text("理由", blank=True, length=1000)

    class Meta:
        ordering: ClassVar[list[str]] = ["authority", "-state_on", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["authority", "code"], name="lead_code_once"),
            models.UniqueConstraint(fields=["unit"], name="lead_unit_once"),
            in_order("found_on", "state_on", "lead_state_not_before_found"),
            models.CheckConstraint(
                condition=~Q(state="opened") | Q(unit__isnull=False), name="lead_opened_with_unit"
            ),
            *_not_negative("housing", "capacity", "monthly_rent", "initial_cost"),
            *_not_negative("housing", "equipment_cost", "conversion_cost"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.area}"


class Training(OwnedByHome):
    """研修."""

    code = text("研修ID", length=100)
    unit = _unit()
    held_on = day("実施日")
    title = text("研修名")
    purpose = coded("目的", tables.TRAINING_PURPOSES)
    external = yes_no("外部研修", blank=True)
    participants = number("参加人数")
    hours = number("時間", blank=True)
    cost = number("費用", blank=True)
    subsidised = yes_no("補助対象", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["home", "-held_on", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["authority", "code"], name="training_code_once"),
            *_not_negative("trainings", "participants", "cost"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {wareki(self.held_on)}"


class SupportRecord(OwnedByHome):
    """支援記録."""

    unit = _unit()
    done_on = day("実施日")
    duty = coded("支援", tables.SUPPORT_DUTIES)
    by = coded("支援した人", tables.SUPPORTERS)
    minutes = number("分", blank=True)
    note = text("内容", blank=True, length=1000)

    class Meta:
        ordering: ClassVar[list[str]] = ["home", "-done_on", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["home", "unit", "done_on", "duty", "by"],
                name="support_of_unit_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["home", "done_on", "duty", "by"],
                condition=Q(unit__isnull=True),
                name="support_of_home_once_a_day",
            ),
            *_not_negative("support_log", "minutes"),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()} {wareki(self.done_on)}"


class Hiring(OwnedByHome):
    """採用と離職."""

    fiscal_year = number("年度")
    planned = number("採用予定", blank=True)
    hired = number("採用", blank=True)
    left = number("離職", blank=True)
    measures = text("確保の取組", blank=True, length=1000)

    class Meta:
        ordering: ClassVar[list[str]] = ["home", "-fiscal_year"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["home", "fiscal_year"], name="hiring_once_a_year"),
            *_not_negative("hiring", "planned", "hired", "left"),
        ]

    def __str__(self) -> str:
        return f"{self.home} {nendo(self.fiscal_year)}"


class FamilySupport(OwnedByHome):
    """家庭復帰等の支援: counts of children, none of whom is named."""

    fiscal_year = number("年度")
    supported = number("支援した児童数", blank=True)
    returned_home = number("家庭復帰", blank=True)
    to_foster = number("里親等委託", blank=True)
    to_adoption = number("養子縁組", blank=True)
    activities = text("専門的な支援の内容", blank=True, length=1000)

    class Meta:
        ordering: ClassVar[list[str]] = ["home", "-fiscal_year"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["home", "fiscal_year"], name="family_support_once_a_year"
            ),
            *_not_negative("family_support", "supported", "returned_home"),
            *_not_negative("family_support", "to_foster", "to_adoption"),
        ]

    def __str__(self) -> str:
        return f"{self.home} {nendo(self.fiscal_year)}"


class QualityRecord(OwnedByHome):
    """運営の透明性と質."""

    done_on = day("実施日")
    kind = coded("区分", tables.QUALITY_KINDS)
    published_on = day("公表日", blank=True)
    result = text("結果", blank=True, length=1000)

    class Meta:
        ordering: ClassVar[list[str]] = ["home", "-done_on", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["home", "done_on", "kind"], name="quality_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {wareki(self.done_on)}"


class CommunityEvent(Owned):
    """地域との連携; without a home, the authority's own."""

    held_on = day("実施日")
    home = models.ForeignKey(
        Home, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="施設"
    )
    unit = _unit()
    kind = coded("区分", tables.COMMUNITY_KINDS)
    what = text("内容")
    participants = number("人数", blank=True)
    home_path = "home"

    class Meta:
        ordering: ClassVar[list[str]] = ["authority", "-held_on", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["home", "unit", "held_on", "kind", "what"],
                name="community_of_unit_once",
            ),
            models.UniqueConstraint(
                fields=["home", "held_on", "kind", "what"],
                condition=Q(unit__isnull=True),
                name="community_of_home_once",
            ),
            models.UniqueConstraint(
                fields=["authority", "held_on", "kind", "what"],
                condition=Q(home__isnull=True),
                name="community_of_authority_once",
            ),
            *_not_negative("community", "participants"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {wareki(self.held_on)}"
