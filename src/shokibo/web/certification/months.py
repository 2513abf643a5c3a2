"""The months of certified add-ons on pages: a number, whether it holds, what changed."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from msgspec.structs import replace

from shokibo.planning.months import HomeMonths, UnitMonths, YearOfMonths, part_of_homes
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.certification.models import Application
from shokibo.web.store.rules import Rules


@dataclass(frozen=True)
class Box:
    """A month of an add-on. `number` is the extra staff certified, 1 for the backup add-on."""

    month: dt.date
    number: int | None
    holds: bool | None
    changed: bool

    @property
    def name(self) -> str:
        """The month's name."""
        return date_format(self.month, "M")

    @property
    def look(self) -> str:
        """The box's colour: that of a badge of the same outcome."""
        if self.number == 0:
            return ""
        return {True: "met", False: "not_met", None: "cannot_judge"}[self.holds]

    @property
    def shown(self) -> SafeString | str:
        """The number with a mark of whether it holds, read out in words."""
        if self.number == 0:
            return format_html(
                '<span aria-hidden="true">—</span><span class="unseen">{}</span>', _("認定なし")
            )
        mark, words = {
            True: ("○", _("満たす")),
            False: ("×", _("満たさない")),
            None: ("?", _("判定保留(資料不足)")),
        }[self.holds]
        return format_html(
            '{} <span aria-hidden="true">{}</span><span class="unseen">{}</span>',
            _("人数不明") if self.number is None else _("%(n)s人") % {"n": self.number},
            mark,
            words,
        )


def boxes(found: UnitMonths | HomeMonths) -> list[Box]:
    """Return the twelve boxes of a unit or home, April first."""
    if isinstance(found, UnitMonths):
        return [
            Box(_day(one.month), one.certified_extra, one.holds, changed)
            for one, changed in zip(found.months, found.changed, strict=True)
        ]
    return [Box(_day(one.month), int(one.certified), one.holds, False) for one in found.months]


def boxes_of(row: Application) -> list[Box]:
    """Return the boxes of the unit or home of an application; none if no month is certified."""
    found = Rules(row.authority).months(row.fiscal_year)
    if row.unit:
        theirs: Iterator[UnitMonths | HomeMonths] = (
            one for one in found.units if one.unit_id == row.unit.code
        )
    else:
        theirs = (one for one in found.homes if one.home_id == row.home.code)
    return next(map(boxes, theirs), [])


def months_of(office: Office, year: int) -> YearOfMonths:
    """Return the months of the visible homes, with amounts for those who read the plan."""
    every = Rules(office.authority).months(year)
    homes = {home.code for home in office.homes(Permission.APPLICATION_READ)}
    theirs = part_of_homes(every, homes)
    return replace(theirs, amounts=every.amounts) if office.may(Permission.PLAN_READ) else theirs


def not_held(found: Sequence[Box]) -> str:
    """Name the months in which it does not hold or can't be judged."""
    wrong = _("、").join(one.name for one in found if one.look == "not_met")
    unknown = _("、").join(one.name for one in found if one.look == "cannot_judge")
    named = _("判定保留:%(months)s") % {"months": unknown} if unknown else ""
    return f"{wrong} {named}".strip()


def month_names() -> list[str]:
    """Name the months of a fiscal year, April first."""
    return [date_format(dt.date(2022, month, 1), "M") for month in (*range(4, 13), 1, 2, 3)]


def _day(month: str) -> dt.date:
    return dt.date.fromisoformat(f"{month}-01")
