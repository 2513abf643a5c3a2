"""The command months."""

from typing import TYPE_CHECKING

from shokibo.cli.options import (
    DEFAULT,
    AuthorityCode,
    Common,
    FiscalYear,
    LedgerArgument,
)
from shokibo.cli.printing import print_json, print_table, report_findings, show
from shokibo.texts import Language, Text

if TYPE_CHECKING:
    from shokibo.ledger.model import Ledger
    from shokibo.planning.addon_amounts import AddonAmount
    from shokibo.planning.months import HomeMonth, UnitMonth, YearOfMonths


def months(
    ledger: LedgerArgument,
    /,
    *,
    year: FiscalYear,
    authority: AuthorityCode = None,
    common: Common = DEFAULT,
) -> None:
    """Show what was certified in each month of a year, and whether it held."""
    from shokibo.cli.opening import open_ledger, part_of
    from shokibo.planning.months import year_of_months

    opened, law = open_ledger(ledger, common)
    part, own_law = part_of(opened, law, authority, common)
    found = year_of_months(part, own_law, year)
    if common.format == "json":
        print_json(found)
    else:
        _print(found, part, common.lang)
    report_findings(opened, law, common.lang)


_YEAR_MONTHS = (*range(4, 13), 1, 2, 3)
_MONTH = Text("{month}月", "{month:02}")
_NAMES = (Text("施設", "Home"), Text("生活単位", "Unit"))
_SUMS = (Text("計", "Total"), Text("うち満たす", "Held"))
_MARKS = Text(
    "数は認定加配数、バックアップ職員加算は1。×は要件を満たさない月、?は判定保留(資料不足)の月。",
    "The number is the extra staff certified, 1 for the backup add-on; × marks a month in which "
    "it does not hold, ? one that can't be judged.",
)
_AMOUNT_HEADERS = (
    Text("項目", "Item"),
    Text("月数", "Months"),
    Text("単価(円)", "Price"),
    Text("金額(円)", "Yen"),
    Text("国の負担割合", "State's share"),
    Text("国の負担額(円)", "State's yen"),
)


def _print(found: "YearOfMonths", ledger: "Ledger", language: Language) -> None:
    from shokibo.wording import year_in_words

    homes = dict(ledger["homes"].select("home_id", "name").iter_rows())
    units = dict(ledger["units"].select("unit_id", "name").iter_rows())
    year = {"year": year_in_words(found.fiscal_year, language)}
    headers = [_MONTH.say(language, month=month) for month in _YEAR_MONTHS]
    names, sums = ([text.say(language) for text in texts] for texts in (_NAMES, _SUMS))
    totals, total = found.totals, Text("合計", "Total").say(language)
    print_table(
        Text("{year}の小規模かつ地域分散化加算(人月)", "Dispersal add-on {year}").say(
            language, **year
        ),
        [*names, *headers, *sums],
        [
            *(
                (
                    homes[unit.home_id],
                    units[unit.unit_id],
                    *map(_of_unit, unit.months),
                    unit.person_months,
                    unit.held_person_months,
                )
                for unit in found.units
            ),
            (total, *[""] * 13, totals.person_months, totals.held_person_months),
        ],
        numbers=range(2, 16),
    )
    print_table(
        Text("{year}のバックアップ職員加算(月)", "Backup add-on {year}").say(language, **year),
        [names[0], *headers, *sums],
        [
            *(
                (
                    homes[home.home_id],
                    *map(_of_home, home.months),
                    home.backup_months,
                    home.held_backup_months,
                )
                for home in found.homes
            ),
            (total, *[""] * 12, totals.backup_months, totals.held_backup_months),
        ],
        numbers=range(1, 15),
    )
    show(_MARKS.say(language))
    print_amounts(found.amounts, language)


def print_amounts(amounts: "list[AddonAmount]", language: Language) -> None:
    """Print what certified add-ons come to; nothing if there is no price."""
    if amounts:
        print_table(
            Text("認定した加算の金額", "Certified add-ons in yen").say(language),
            [text.say(language) for text in _AMOUNT_HEADERS],
            [
                (
                    line.item,
                    line.months,
                    f"{line.unit_price:,}",
                    f"{line.amount:,}",
                    line.national_share,
                    None if line.national is None else f"{line.national:,}",
                )
                for line in amounts
            ],
            numbers=(1, 2, 3, 5),
        )


def _of_unit(month: "UnitMonth") -> str:
    return _marked(month.certified_extra, month.holds) if month.certified_extra != 0 else ""


def _of_home(month: "HomeMonth") -> str:
    return _marked(1, month.holds) if month.certified else ""


def _marked(number: int | None, holds: bool | None) -> str:
    return f"{'' if number is None else number}{ {True: '', False: '×', None: '?'}[holds] }"
