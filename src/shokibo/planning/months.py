"""What was certified month by month in a year, whether it held, and the amounts."""

from collections.abc import Collection
from itertools import groupby
from operator import itemgetter
from typing import Annotated, Any

from shokibo.answers import Answer, about
from shokibo.law.certified_months import months_of_year
from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.planning.addon_amounts import AddonAmount, addon_amounts

Month = Annotated[str, about("月", "", "2022-04")]
Holds = Annotated[
    bool | None,
    about(
        "認定した内容が、その月の初日(月の途中の開設は開設日)に要件を満たすか",
        "whether it holds on the month's first day, or on the day the unit or home opens if that "
        "is later; null if nothing is certified, or it can't be judged",
    ),
]
PersonMonths = Annotated[
    int, about("認定した加配の人月", "extra staff certified, summed over the months")
]
HeldPersonMonths = Annotated[int, about("うち要件を満たす月", "of these, in months that hold")]
BackupMonths = Annotated[int, about("認定した月数", "months in which it is certified")]
HeldBackupMonths = Annotated[int, about("うち要件を満たす月", "of these, those that hold")]


class UnitMonth(Answer, frozen=True):
    """A month of a unit's dispersal add-on."""

    title = "生活単位の月"

    month: Month
    capacity: Annotated[int | None, about("定員", "null: not known, or not open")]
    certified_extra: Annotated[
        int | None,
        about(
            "認定加配数。認定がない月は0", "0 without one; null if the application has no number"
        ),
    ]
    available_extra: Annotated[
        int | None, about("加配できる人数", "null: can't be judged, or not open")
    ]
    holds: Holds


class UnitMonths(Answer, frozen=True):
    """The twelve months of a unit, April first."""

    title = "生活単位の1年"

    home_id: str
    unit_id: str
    months: list[UnitMonth]
    person_months: PersonMonths
    held_person_months: HeldPersonMonths

    @property
    def changed(self) -> list[bool]:
        """Whether each month's number differs from that of the month before, both certified."""
        numbers = [month.certified_extra for month in self.months]
        pairs = zip([numbers[0], *numbers], numbers, strict=False)
        return [bool(before and now) and before != now for before, now in pairs]


class HomeMonth(Answer, frozen=True):
    """A month of a home's backup add-on."""

    title = "施設の月"

    month: Month
    certified: Annotated[bool, about("認定しているか")]
    holds: Holds


class HomeMonths(Answer, frozen=True):
    """The twelve months of a home, April first."""

    title = "施設の1年"

    home_id: str
    months: list[HomeMonth]
    backup_months: BackupMonths
    held_backup_months: HeldBackupMonths


class MonthTotals(Answer, frozen=True):
    """The sums of all units and homes."""

    title = "合計"

    person_months: PersonMonths
    held_person_months: HeldPersonMonths
    backup_months: BackupMonths
    held_backup_months: HeldBackupMonths


class YearOfMonths(Answer, frozen=True):
    """A fiscal year's certified add-ons, month by month."""

    title = "認定の月ごとの状況"

    fiscal_year: int
    units: Annotated[list[UnitMonths], about("生活単位", "with a certified month; ledger's order")]
    homes: Annotated[list[HomeMonths], about("施設", "with a certified month; ledger's order")]
    totals: MonthTotals
    amounts: Annotated[
        list[AddonAmount],
        about("金額", "at the authority's own monthly prices; without a price there is no line"),
    ]


def year_of_months(ledger: Ledger, law: Law, year: int) -> YearOfMonths:
    """Return every month of a year for the units and homes with any certified month."""
    judged = months_of_year(ledger, law, year)
    units = [
        _unit(list(months))
        for _, months in groupby(judged.units.iter_rows(named=True), itemgetter("unit_id"))
    ]
    homes = [
        _home(list(months))
        for _, months in groupby(judged.homes.iter_rows(named=True), itemgetter("home_id"))
    ]
    return YearOfMonths(year, units, homes, _totals(units, homes), addon_amounts(ledger, year))


def part_of_homes(found: YearOfMonths, homes: Collection[str]) -> YearOfMonths:
    """Return the part for some homes with its own totals; amounts are not split by home."""
    units = [unit for unit in found.units if unit.home_id in homes]
    theirs = [home for home in found.homes if home.home_id in homes]
    return YearOfMonths(found.fiscal_year, units, theirs, _totals(units, theirs), [])


def _totals(units: list[UnitMonths], homes: list[HomeMonths]) -> MonthTotals:
    return MonthTotals(
        sum(unit.person_months for unit in units),
        sum(unit.held_person_months for unit in units),
        sum(home.backup_months for home in homes),
        sum(home.held_backup_months for home in homes),
    )


def _unit(rows: list[dict[str, Any]]) -> UnitMonths:
    months = [
        UnitMonth(
            f"{row['month']:%Y-%m}",
            row["capacity"],
            row["certified_extra"],
            row["available_extra"],
            row["holds"],
        )
        for row in rows
    ]
    return UnitMonths(
        rows[0]["home_id"],
        rows[0]["unit_id"],
        months,
        sum(month.certified_extra or 0 for month in months),
        sum(month.certified_extra or 0 for month in months if month.holds),
    )


def _home(rows: list[dict[str, Any]]) -> HomeMonths:
    months = [HomeMonth(f"{row['month']:%Y-%m}", row["certified"], row["holds"]) for row in rows]
    return HomeMonths(
        rows[0]["home_id"],
        months,
        sum(month.certified for month in months),
        sum(month.certified for month in months if month.holds),
    )
