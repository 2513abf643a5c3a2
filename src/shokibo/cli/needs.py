"""The command need."""

from typing import TYPE_CHECKING

from shokibo.cli.options import DEFAULT, AuthorityCode, Common, LedgerArgument
from shokibo.cli.printing import print_json, print_table, report_findings, show, words
from shokibo.texts import Language, Text
from shokibo.wording import code_in_english, year_in_words

if TYPE_CHECKING:
    from shokibo.law.parameters import Law
    from shokibo.need.estimate import Estimate, EstimatedBand, GoalReached


def need(
    ledger: LedgerArgument, /, *, authority: AuthorityCode = None, common: Common = DEFAULT
) -> None:
    """Print the need by population and rates, step by step, next to the ledger's own."""
    from shokibo.cli.opening import one_authority, open_ledger
    from shokibo.need.estimate import estimate

    opened, law = one_authority(*open_ledger(ledger, common), authority, common)
    found = estimate(opened, law)
    if common.format == "json":
        print_json(found)
    else:
        _print(found, law, common.lang)
    report_findings(opened, law, common.lang)


_NOTHING = Text(
    "推計できる年度がありません。「児童人口」と「代替養育の率」に、同じ年齢区分の行を書いてください。",
    "No year can be estimated: “population” and “care_rates” need rows of the same age band.",
)
_STEPS = (
    Text("年度", "Year"),
    Text("年齢区分", "Age band"),
    Text("児童人口", "Population"),
    Text("代替養育率(1万人あたり)", "In care of 10,000"),
    Text("代替養育", "In care"),
    Text("里親等委託率(%)", "Foster rate (%)"),
    Text("里親等", "Foster"),
    Text("施設", "In homes"),
    Text("台帳の必要量", "Stated"),
    Text("差", "Difference"),
    Text("国の目標(%)", "State's goal (%)"),
)
_SUMS = (
    Text("年度", "Year"),
    Text("施設 合計", "In homes"),
    Text("3歳以上", "3 and over"),
    Text("台帳の3歳以上", "Stated"),
    Text("差", "Difference"),
)
_REACHED, _NOT_REACHED = Text("達成", "reached"), Text("未達", "not yet")
_UNCONFIRMED = Text("未確認:{meaning}。{note}", "Unconfirmed: {meaning}. {note}")


def _print(found: "Estimate", law: "Law", language: Language) -> None:
    from msgspec.structs import astuple

    if not found.rows:
        show(_NOTHING.say(language))
        return
    goals = {(one.fiscal_year, one.age_band): one for one in found.goals}
    print_table(
        Text("必要量の推計", "The need, estimated").say(language),
        words(language, *_STEPS),
        [
            (*_steps(row, language), _goal(goals.get((row.fiscal_year, row.age_band)), language))
            for row in found.rows
        ],
        numbers=range(2, 10),
    )
    print_table(
        Text("年度ごとの合計", "By year").say(language),
        words(language, *_SUMS),
        [(year_in_words(one.fiscal_year, language), *astuple(one)[1:]) for one in found.totals],
        numbers=range(1, 5),
    )
    for name in found.unconfirmed:
        parameter = law.parameters[name]
        notes = [dated.note.say(language) for dated in parameter.values if dated.note]
        meaning = parameter.meaning.say(language)
        show(_UNCONFIRMED.say(language, meaning=meaning, note=notes[-1]))


def _steps(row: "EstimatedBand", language: Language) -> tuple[object, ...]:
    from msgspec.structs import astuple

    from shokibo.ledger.tables import AGE_BANDS

    year, band, *figures = astuple(row)
    band = AGE_BANDS[band] if language == "ja" else code_in_english(band)
    return year_in_words(year, language), band, *figures


def _goal(one: "GoalReached | None", language: Language) -> str | None:
    if one is None:
        return None
    return f"{one.goal} {(_REACHED if one.reached else _NOT_REACHED).say(language)}"
