"""The trace in words: for each case every rule that was looked at, its outcome and its ground."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from string import Formatter

import polars as pl
import polars.selectors as cs

from shokibo.calendar import era_date
from shokibo.law.outcomes import FAILURE, Rule
from shokibo.law.parameters import Law
from shokibo.ledger.tables import UNIT_KINDS
from shokibo.texts import Language, Text

NEXT_EXTRA = Text("加配{number}人まであと{shortage}人。", "{shortage} more for {number} extra.")
UNCONFIRMED = Text("(未確認の値による:{names})", " (rests on an unconfirmed value: {names})")
_NUMBERS = re.compile(r"(?:\(\d+\)){2,}$")
_ALIKE = "alike"
"""The column that numbers the sets of cases of which the same words are said."""
_UNKNOWN = Text("不明", "unknown")
_TENTHS = ("staff_fte", "qualified_fte", "backup_fte", "shortage")


def reasons(
    judged: pl.DataFrame, rules: Iterable[Rule], law: Law, language: Language
) -> pl.DataFrame:
    """Put every outcome into words, all cases at once.

    Columns of the result: case (the row's number in `judged`), code, outcome, message, source,
    unconfirmed (a list of parameters' names). Rows in the order of cases, then of rules.
    """
    listed = list(rules)
    spoken_of = [name for name in judged.columns if name in _spoken_of(listed)]
    numbered = judged.select(spoken_of).with_row_index("case")
    alike = numbered.group_by(spoken_of).agg("case").with_row_index(_ALIKE)
    words = _worded(alike.drop("case"), listed, law, language)
    cases = alike.select("case", _ALIKE).explode("case").sort("case")
    told = cases.lazy().join(words.lazy(), on=_ALIKE, how="left", maintain_order="left_right")
    return told.drop(_ALIKE).collect()


def _spoken_of(rules: Iterable[Rule]) -> set[str]:
    """Name the columns on which the words depend; cases that are alike in them have the same."""
    names = {"as_of", "kind", "available_extra", "shortage"}
    for rule in rules:
        names.add(rule.code)
        for text in rule.says.values():
            names.update(name for _, name, _, _ in Formatter().parse(text.ja + text.en) if name)
    return names


def _worded(judged: pl.DataFrame, rules: list[Rule], law: Law, language: Language) -> pl.DataFrame:
    """Put outcomes into words, in the order of `judged` and then of the rules."""
    days = judged["as_of"].unique().to_list()
    shown = _shown(judged, law, days, language)
    parts = [_of_rule(shown, rule, law, days, language) for rule in rules]
    return pl.concat(parts).sort(_ALIKE, maintain_order=True).collect()


def _of_rule(
    shown: pl.LazyFrame, rule: Rule, law: Law, days: list[dt.date], language: Language
) -> pl.LazyFrame:
    unconfirmed = {day: unconfirmed_of(rule, law, day) for day in days}
    said = {day: _unconfirmed_words(names, law, language) for day, names in unconfirmed.items()}
    sources = {day: source_of(rule, law, day, language) for day in days}
    decided = pl.col(rule.code).cast(pl.String).is_in(["met", "not_met"])
    return shown.select(
        _ALIKE,
        code=pl.lit(rule.code),
        outcome=pl.col(rule.code),
        message=_message(rule, language)
        + pl.when(decided).then(_by_day(said)).otherwise(pl.lit("")),
        source=_by_day(sources),
        unconfirmed=_listed(unconfirmed, decided),
    )


def _message(rule: Rule, language: Language) -> pl.Expr:
    said: pl.Expr = pl.lit(FAILURE.say(language))
    for outcome, text in rule.says.items():
        words = _formatted(text.ja if language == "ja" else text.en)
        said = pl.when(pl.col(rule.code) == outcome).then(words).otherwise(said)
    return said


def _formatted(template: str) -> pl.Expr:
    """Fill the `{names}` of a template from the columns of these names."""
    parts = list(Formatter().parse(template))
    if all(name is None for _, name, _, _ in parts):
        return pl.lit(template)
    pattern = "".join(before + ("{}" if name else "") for before, name, _, _ in parts)
    return pl.format(pattern, *[name for _, name, _, _ in parts if name])


def _shown(judged: pl.DataFrame, law: Law, days: list[dt.date], language: Language) -> pl.LazyFrame:
    """Make the columns fit to be read: FTE with one decimal, unknowns named, kinds in Japanese."""
    columns = [_tenths(name).alias(name) for name in _TENTHS if name in judged.columns]
    if "kind" in judged.columns:
        separator = "・" if language == "ja" else ", "
        if language == "ja":
            columns.append(pl.col("kind").replace(UNIT_KINDS))
        scopes = {
            day: separator.join(map(str, law.listed("branch_capacities", day))) for day in days
        }
        columns += [
            _next_extra(language).alias("next"),
            _by_day(scopes).alias("branch_capacities"),
        ]
    shown = judged.lazy().with_columns(columns)
    read = (cs.integer() | cs.string()) - cs.by_name(_ALIKE)
    return shown.with_columns(read.cast(pl.String).fill_null(_UNKNOWN.say(language)))


def _tenths(name: str) -> pl.Expr:
    tenths = pl.col(name)
    return pl.format("{}.{}", tenths // 10, tenths % 10)


def _next_extra(language: Language) -> pl.Expr:
    words = NEXT_EXTRA.ja if language == "ja" else NEXT_EXTRA.en
    first, second = ("number", "shortage") if language == "ja" else ("shortage", "number")
    columns = {"number": pl.col("available_extra") + 1, "shortage": _tenths("shortage")}
    pattern = words.replace("{number}", "{}").replace("{shortage}", "{}")
    return (
        pl.when(pl.col("shortage") > 0)
        .then(pl.format(pattern, columns[first], columns[second]))
        .otherwise(pl.lit(""))
    )


def _by_day(texts: Mapping[dt.date, str]) -> pl.Expr:
    return pl.col("as_of").replace_strict(list(texts), list(texts.values()), return_dtype=pl.String)


def _listed(names: Mapping[dt.date, list[str]], decided: pl.Expr) -> pl.Expr:
    """Give the names that hold on the case's day where a rule was decided, else none."""
    listed = pl.lit([], dtype=pl.List(pl.String))
    for some in {tuple(some) for some in names.values() if some}:
        days = [day for day, of_day in names.items() if tuple(of_day) == some]
        here = decided & pl.col("as_of").is_in(days)
        listed = pl.when(here).then(pl.lit(list(some), dtype=pl.List(pl.String))).otherwise(listed)
    return listed


def _unconfirmed_words(names: list[str], law: Law, language: Language) -> str:
    separator = "、" if language == "ja" else ", "
    meanings = separator.join(law.parameters[name].meaning.say(language) for name in names)
    return UNCONFIRMED.say(language, names=meanings) if names else ""


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
    return _NUMBERS.sub(rule.number, str(dated.source)) if rule.number else str(dated.source)
