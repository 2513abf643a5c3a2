"""The trace in words: for each case every rule that was looked at, its outcome and its ground."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

import polars as pl

from shokibo.calendar import era_date
from shokibo.law.outcomes import FAILURE, OUTCOME, Outcome, Rule
from shokibo.law.parameters import Law
from shokibo.ledger.tables import UNIT_KINDS
from shokibo.rounding import tenths
from shokibo.texts import Language, Text

UNCONFIRMED = Text("(未確認の値による:{names})", " (rests on an unconfirmed value: {names})")
NUMBERS = re.compile(r"(?:\(\d+\)){2,}$")
"""The numbers that an article lists: (1)(2)(3)."""
_ALIKE = "alike"
"""The column that numbers the sets of cases of which the same words are said."""
_UNKNOWN = Text("不明", "unknown")
_TENTHS = ("staff_fte", "qualified_fte", "backup_fte")
_Words = tuple[str, Outcome, str, str, list[str]]
_WORDS = {
    "code": pl.String(),
    "outcome": OUTCOME,
    "message": pl.String(),
    "source": pl.String(),
    "unconfirmed": pl.List(pl.String),
}


def reasons(
    judged: pl.DataFrame, rules: Iterable[Rule], law: Law, language: Language
) -> pl.DataFrame:
    """Put every outcome into words, all cases at once.

    Columns of the result: case (the row's number in `judged`), code, outcome, message, source,
    unconfirmed (a list of parameters' names). Rows in the order of cases, then of rules; a rule
    that is not law on a case's day has none.
    """
    listed = list(rules)
    decide = set().union(*(_decides(rule) for rule in listed))
    columns = [name for name in judged.columns if name in decide]
    numbered = judged.lazy().select(columns).with_row_index("case")
    alike = numbered.group_by(columns).agg("case").with_row_index(_ALIKE).collect()
    words = _worded(alike, listed, law, language)
    cases = alike.lazy().select("case", _ALIKE).explode("case").sort("case")
    told = cases.join(words, on=_ALIKE, maintain_order="left_right")
    return told.drop(_ALIKE).collect()


def _decides(rule: Rule) -> set[str]:
    """Name the columns on which the words of a rule depend."""
    words = {words for text in rule.says.values() for words in (text.ja, text.en)}
    spoken = {name for each in words for _, name, _, _ in Formatter().parse(each) if name}
    hinted = rule.hint.columns if rule.hint else ()
    return {"as_of", rule.code, *spoken, *hinted}


def _worded(alike: pl.DataFrame, rules: list[Rule], law: Law, language: Language) -> pl.LazyFrame:
    """Put outcomes into words, in the order of `alike` and then of the rules."""
    decides = [[name for name in alike.columns if name in _decides(rule)] for rule in rules]
    same = pl.collect_all(
        alike.lazy().filter(pl.col(rule.code).is_not_null()).group_by(names).agg(_ALIKE)
        for rule, names in zip(rules, decides, strict=True)
    )
    said = [
        words
        for rows, rule in zip(same, rules, strict=True)
        for words in _of_rule(rows, rule, law, language)
    ]
    words = pl.DataFrame(said, _WORDS, orient="row")
    of_whom = pl.concat(rows[_ALIKE] for rows in same)
    return words.with_columns(of_whom).lazy().explode(_ALIKE).sort(_ALIKE, maintain_order=True)


def _of_rule(rows: pl.DataFrame, rule: Rule, law: Law, language: Language) -> Iterator[_Words]:
    grounds = {day: _ground(rule, law, day, language) for day in rows["as_of"].unique()}
    for row in rows.drop(_ALIKE).iter_rows(named=True):
        yield _said(rule, row, grounds[row["as_of"]], language)


@dataclass(frozen=True)
class _Ground:
    """What is said of a rule on a day, whatever the case: `words` of what is unconfirmed."""

    source: str
    unconfirmed: list[str]
    words: str
    branch_capacities: str


def _ground(rule: Rule, law: Law, day: dt.date, language: Language) -> _Ground:
    unconfirmed = unconfirmed_of(rule, law, day)
    meanings = (law.parameters[name].meaning.say(language) for name in unconfirmed)
    names = ("、" if language == "ja" else ", ").join(meanings)
    words = UNCONFIRMED.say(language, names=names) if unconfirmed else ""
    branches = map(str, law.listed("branch_capacities", day))
    listed = ("・" if language == "ja" else ", ").join(branches)
    return _Ground(source_of(rule, law, day, language), unconfirmed, words, listed)


def _said(rule: Rule, row: Mapping[str, Any], ground: _Ground, language: Language) -> _Words:
    outcome: Outcome = row[rule.code]
    shown = _shown(row, language) | {"branch_capacities": ground.branch_capacities}
    if rule.hint:
        shown["hint"] = rule.hint.words(row, language)
    message = rule.says.get(outcome, FAILURE).say(language, **shown)
    if outcome not in ("met", "not_met"):
        return rule.code, outcome, message, ground.source, []
    return rule.code, outcome, message + ground.words, ground.source, ground.unconfirmed


def _shown(row: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Make values fit to be read: FTE with one decimal, unknowns named, kinds in Japanese."""
    unknown = _UNKNOWN.say(language)
    shown = {name: unknown if value is None else value for name, value in row.items()}
    shown |= {name: tenths(row[name]) for name in _TENTHS if row.get(name) is not None}
    if language == "ja" and "kind" in row:
        shown["kind"] = UNIT_KINDS[row["kind"]]
    return shown


def unconfirmed_of(rule: Rule, law: Law, day: dt.date) -> list[str]:
    """Name the parameters of a rule that no source states; an empty one decides nothing."""
    held = {name: law.at(name, day) for name in rule.uses}
    return [name for name, dated in held.items() if dated and dated.unconfirmed and dated.value]


def source_of(rule: Rule, law: Law, day: dt.date, language: Language) -> str:
    """Cite the article of a rule and the text by which a day was judged."""
    text = law.judged_by
    published = era_date(text.published_on) if language == "ja" else text.published_on.isoformat()
    if day >= text.published_on:
        words = Text("{source}({name}、{published})", "{source} ({name}, {published})")
    else:
        words = Text(
            "{source}({name}、{published}の条文で判定。当時の条文は未入手)",
            "{source} (judged by {name}, {published}; the wording of the day was not at hand)",
        )
    return words.say(language, source=cited(rule, law, day), name=text.name, published=published)


def cited(rule: Rule, law: Law, day: dt.date) -> str:
    """Give the document and article of a rule; of numbers that the article lists, its own."""
    dated = law.at(rule.cites, day) or law.parameters[rule.cites].values[0]
    return NUMBERS.sub(rule.number, str(dated.source)) if rule.number else str(dated.source)
