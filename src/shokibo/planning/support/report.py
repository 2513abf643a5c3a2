"""The four heads of support in figures: a year and the one before, by home and together."""

from collections.abc import Iterator
from typing import Annotated

import polars as pl

from shokibo import calendar
from shokibo.answers import Answer, about
from shokibo.law import register
from shokibo.ledger.model import Ledger
from shokibo.planning.leads import INITIAL_COSTS
from shokibo.planning.plan import Plan
from shokibo.planning.staffing import OTHERS_BLANK, others_blank
from shokibo.planning.support.counting import support_counts, year_of
from shokibo.planning.support.measures import HEADS, MEASURES, HeadName, Measure, Unit
from shokibo.texts import Language, Text

Value = Annotated[int | None, about("値。分からなければ null", "null: nothing is known")]


class SupportFigure(Answer, frozen=True):
    """A measure in a year and the one before."""

    title = "支援の数"
    measure: Annotated[str, about("項目")]
    name: Annotated[str, about("項目の名", "in the language of the answer")]
    unit: Annotated[Unit, about("単位", "`count`, `people`, `minutes` or `yen`")]
    this_year: Value
    last_year: Value


class HomeSupport(Answer, frozen=True):
    """The figures of a home, or of records without a home."""

    title = "施設の支援の数"
    home_id: Annotated[str | None, about("施設。自治体が行ったもの・施設が未定のものは null")]
    figures: list[SupportFigure]


class SupportHead(Answer, frozen=True):
    """One of the four heads of support."""

    title = "支援の柱"
    head: Annotated[HeadName, about("柱", "`housing`, `staff`, `center` or `community`")]
    name: Annotated[str, about("柱の名", "in the language of the answer")]
    together: Annotated[list[SupportFigure], about("自治体の合計")]
    homes: Annotated[list[HomeSupport], about("施設ごと", "homes open in either year")]


class SupportTogether(Answer, frozen=True):
    """One of the four heads of support, for all homes together."""

    title = "支援の柱の合計"
    head: Annotated[HeadName, about("柱", "`housing`, `staff`, `center` or `community`")]
    name: Annotated[str, about("柱の名", "in the language of the answer")]
    figures: list[SupportFigure]


class Support(Answer, frozen=True):
    """The support of a fiscal year compared with the year before."""

    title = "支援の状況"
    fiscal_year: int
    heads: list[SupportHead]
    notes: Annotated[list[str], about("注意", "what was counted differently, or left out")]


def support(ledger: Ledger, plan: Plan | None, year: int, language: Language) -> Support:
    """Report the support of a fiscal year; `plan`, if there is one, gives what it needs."""
    counts = _of_years(ledger, plan, year)
    by_home: _Values = {tuple(key): value for *key, value in counts.iter_rows()}
    together = _summed(counts)
    homes: list[str | None] = [*_open_homes(ledger, year)]
    if counts["home_id"].null_count():
        homes.append(None)
    heads = [
        SupportHead(
            head,
            title.say(language),
            _figures(head, together, None, year, language),
            [
                HomeSupport(home_id, _figures(head, by_home, home_id, year, language))
                for home_id in homes
            ],
        )
        for head, title in HEADS.items()
    ]
    return Support(year, heads, list(_notes(ledger, plan, year, language)))


def support_together(
    ledger: Ledger, plan: Plan, year: int, language: Language
) -> list[SupportTogether]:
    """Report the support of a fiscal year for all homes together."""
    together = _summed(_of_years(ledger, plan, year))
    return [
        SupportTogether(head, title.say(language), _figures(head, together, None, year, language))
        for head, title in HEADS.items()
    ]


_Values = dict[tuple[str, str | None, int], int]
"""By measure, home and fiscal year."""


def _of_years(ledger: Ledger, plan: Plan | None, year: int) -> pl.DataFrame:
    of_years = pl.col("fiscal_year").is_between(year - 1, year)
    return support_counts(ledger, plan, year).filter(of_years)


def _summed(counts: pl.DataFrame) -> _Values:
    summed = counts.group_by("measure", "fiscal_year").agg(pl.col("value").sum())
    return {(measure, None, of): value for measure, of, value in summed.iter_rows()}


def _figures(
    head: HeadName, values: _Values, home_id: str | None, year: int, language: Language
) -> list[SupportFigure]:
    def value(measure: Measure, of: int) -> int | None:
        return values.get((measure.name, home_id, of), 0 if measure.is_counted else None)

    return [
        SupportFigure(
            one.name, one.title.say(language), one.unit, value(one, year), value(one, year - 1)
        )
        for one in MEASURES
        if one.head == head
    ]


def _open_homes(ledger: Ledger, year: int) -> list[str]:
    """List the homes open on any day of a year or the one before."""
    first, last = calendar.fiscal_year_start(year - 1), calendar.fiscal_year_end(year)
    begun, ended = pl.col("opened_on") <= last, pl.col("closed_on") >= first
    return register.homes(ledger).filter(begun & ended).collect()["home_id"].to_list()


_NO_PLAN = Text(
    "計画の年度ではないので、新設予定と必要職員は分かりません。",
    "This is not a year of the plan, so its openings and the staff it needs are not known.",
)
_FROM_EPISODES = Text(
    "家庭復帰、里親等委託、養子縁組は、「養育の経過」に行のある施設では、そこから数えました。",
    "For homes with rows in the episodes, children who left are counted from those.",
)
_COST_UNKNOWN = Text(
    "費用が空欄の研修が{count}件あり、研修費に含めていません。",
    "The cost of {count} {count:training|trainings} is blank and not included in the sums.",
)
_AMOUNT_UNKNOWN = Text(
    "金額のすべてが分かってはいない開設した物件が{count}件あり、初期費用は分かっている額だけの合計です。",
    "{count} {count:opened lead has|opened leads have} blank amounts; the initial costs include "
    "only known amounts.",
)


def _notes(ledger: Ledger, plan: Plan | None, year: int, language: Language) -> Iterator[str]:
    if plan is None or year not in plan.years:
        yield _NO_PLAN.say(language)
    elif others_blank(plan, [year]):
        yield OTHERS_BLANK.say(language)
    if ledger["episodes"]["home_id"].count():
        yield _FROM_EPISODES.say(language)
    of_year = year_of("held_on") == year
    uncosted = ledger["trainings"].filter(of_year & pl.col("cost").is_null()).height
    if uncosted:
        yield _COST_UNKNOWN.say(language, count=uncosted)
    opened = (year_of("state_on") == year) & (pl.col("state") == "opened")
    partly = pl.any_horizontal(pl.col(*INITIAL_COSTS).is_null())
    if unknown := ledger["housing"].filter(opened & partly).height:
        yield _AMOUNT_UNKNOWN.say(language, count=unknown)
