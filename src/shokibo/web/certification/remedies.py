"""Where the obstacles to an add-on are removed: rows of the register, by rule."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.law.backup import BACKUP_STAFF, BACKUP_UNITS
from shokibo.law.day_evaluation import BLOCKING
from shokibo.law.extra_staff import EXTRA_STAFF
from shokibo.law.reasons import Reason
from shokibo.law.requirements import DUTIES, REQUIREMENTS
from shokibo.law.scope import SCOPE_CAPACITY, SCOPE_KIND
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.words import wareki
from shokibo.web.pages.templatetags.pages import Remedies
from shokibo.web.register.models import Capacity, Confirmation, Home, Posting, Unit, holding_on

Link = tuple[str, str]
MOST_POSTINGS = 3
"""How many postings without hours get a link each; the others are in the list of staff."""


def remedies(office: Office, place: Unit | Home, day: dt.date, reasons: list[Reason]) -> Remedies:
    """Return, for each unmet rule of a day, the pages on which that can be fixed."""
    home, unit = (place.home, place) if isinstance(place, Unit) else (place, None)
    rows = _Rows(office, home, unit, day)
    return {
        one.code: list(OF_RULE[one.code](rows, one))
        for one in reasons
        if one.outcome in BLOCKING and one.code in OF_RULE
    }


@dataclass(frozen=True)
class _Rows:
    """The rows of a unit or home on a day, with the pages that a person may open."""

    office: Office
    home: Home
    unit: Any
    day: dt.date

    def may(self, permission: Permission) -> bool:
        return self.office.may(permission, self.home)

    def page(self, name: str, key: int, at: str = "") -> str:
        return reverse(f"homes:{name}", args=[self.office.authority.code, key]) + at

    @property
    def at(self) -> str:
        return f"?as_of={self.day.isoformat()}"

    def kind(self, _reason: Reason) -> Iterator[Link]:
        if self.may(Permission.REGISTER_WRITE):
            yield self.page("edit_unit", self.unit.pk), _("種別を修正する")
        elif self.may(Permission.CHANGE_PROPOSE):
            yield self.proposal()

    def capacity(self, _reason: Reason) -> Iterator[Link]:
        held = Capacity.objects.filter(unit=self.unit, effective_from__lte=self.day)
        row = held.order_by("-effective_from").first()
        if not self.may(Permission.REGISTER_WRITE):
            yield self.page("unit", self.unit.pk, f"{self.at}#capacities"), _("定員を見る")
            if self.may(Permission.CHANGE_PROPOSE):
                yield self.proposal()
        elif row is None:
            yield self.page("add_capacity", self.unit.pk), _("定員を登録する")
        else:
            words = _("%(day)sからの定員を修正する") % {"day": wareki(row.effective_from)}
            yield self.page("edit_capacity", row.pk), words

    def proposal(self) -> Link:
        words = _("変更を申し出る")
        return self.page("propose", self.home.pk, f"?unit={self.unit.pk}"), words

    def staff(self, reason: Reason) -> Iterator[Link]:
        if reason.outcome != "not_met" and not self._has_capacity():
            yield from self.capacity(reason)
        writes = self.may(Permission.STAFF_WRITE)
        if writes and reason.outcome != "not_met":
            for row in self._without_hours()[:MOST_POSTINGS]:
                yield self.page("edit_posting", row.pk), _("勤務時間が空欄の配置を修正する")
        if self.may(Permission.STAFF_READ):
            yield self.page("unit", self.unit.pk, f"{self.at}#staff"), _("この日の職員を見る")
        if writes:
            new = self.page("add_posting", self.home.pk, f"?unit={self.unit.pk}")
            yield new, _("職員の配置を登録する")

    def _has_capacity(self) -> bool:
        return Capacity.objects.filter(unit=self.unit, effective_from__lte=self.day).exists()

    def _without_hours(self) -> list[Posting]:
        """Find the postings of care staff without hours, if none others those of full-timers."""
        blank = Q(weekly_hours=None) | Q(full_time_weekly_hours=None) | Q(full_time_weekly_hours=0)
        found = Posting.objects.filter(blank, holding_on(self.day), unit=self.unit, role="care")
        rows = list(found.order_by("pk"))
        return [row for row in rows if row.employment != "full_time"] or rows

    def backup_staff(self, _reason: Reason) -> Iterator[Link]:
        if self.may(Permission.STAFF_READ):
            yield self.page("staff", self.home.pk, self.at), _("この日の職員を見る")

    def backup_units(self, _reason: Reason) -> Iterator[Link]:
        yield self.page("home", self.home.pk, self.at), _("施設の生活単位を見る")

    def confirmation(self, reason: Reason) -> Iterator[Link]:
        if not self.may(Permission.REGISTER_WRITE):
            seen = self.page("home", self.home.pk, f"{self.at}#confirmations")
            yield seen, _("要件確認を見る(登録は自治体の担当者)")
            return
        item = _ITEMS[reason.code]
        row = Confirmation.objects.filter(home=self.home, item=item).order_by("confirmed_on").last()
        if row is not None:
            words = _("%(day)sの要件確認を修正する") % {"day": wareki(row.confirmed_on)}
            yield self.page("edit_confirmation", row.pk), words
        yield self.page("add_confirmation", self.home.pk), _("要件確認を登録する")


_ITEMS = REQUIREMENTS | DUTIES
OF_RULE: dict[str, Callable[[_Rows, Reason], Iterator[Link]]] = {
    SCOPE_KIND.code: _Rows.kind,
    SCOPE_CAPACITY.code: _Rows.capacity,
    EXTRA_STAFF.code: _Rows.staff,
    BACKUP_STAFF.code: _Rows.backup_staff,
    BACKUP_UNITS.code: _Rows.backup_units,
    **dict.fromkeys(_ITEMS, _Rows.confirmation),
}
