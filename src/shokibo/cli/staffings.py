"""The command staffing."""

from typing import TYPE_CHECKING

from shokibo.cli.options import DEFAULT, AuthorityCode, Common, LedgerArgument
from shokibo.cli.plans import open_plan
from shokibo.cli.printing import print_json, print_table, report_findings, show, words
from shokibo.texts import Language, Text
from shokibo.wording import year_in_words

if TYPE_CHECKING:
    from shokibo.planning.plan import Plan
    from shokibo.planning.staffing import Staffing


def staffing(
    ledger: LedgerArgument, /, *, authority: AuthorityCode = None, common: Common = DEFAULT
) -> None:
    """Print the staff that the plan needs at each year's end, next to the planned hires."""
    from shokibo.planning.staffing import staffing as compute

    opened = open_plan(ledger, authority, common)
    found = compute(opened, common.lang)
    if common.format == "json":
        print_json(found)
    else:
        _print(found, opened, common.lang)
    report_findings(opened.ledger, opened.law, common.lang, opened)


_HEADERS = (
    Text("年度末", "End of"),
    Text("施設", "Home"),
    Text("生活単位", "Units"),
    Text("必要な職員", "Staff needed"),
    Text("うちバックアップ職員", "of these backup"),
    Text("前年度末からの増減", "Change"),
    Text("採用予定", "Planned hires"),
)
_ALL = Text("合計", "All homes")


def _print(found: "Staffing", plan: "Plan", language: Language) -> None:
    rows: list[tuple[object, ...]] = []
    for one in found.years:
        year = year_in_words(one.fiscal_year, language)
        rows += [
            (
                year,
                plan.names[home.home_id],
                home.units,
                home.needed,
                home.backup,
                home.change,
                home.planned_hires,
            )
            for home in one.homes
        ]
        sums = (sum(home.units for home in one.homes), one.needed)
        backup = sum(home.backup for home in one.homes)
        rows.append((year, _ALL.say(language), *sums, backup, one.change, None))
    print_table(
        Text("計画に必要な職員数(人)", "Staff that the plan needs").say(language),
        words(language, *_HEADERS),
        rows,
        numbers=range(2, 7),
    )
    for note in found.notes:
        show(note)
