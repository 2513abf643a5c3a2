"""Reasons in words: for each case every rule that was evaluated, its outcome and its source."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from shokibo.law.outcomes import FAILURE, OUTCOME, Outcome, Rule
from shokibo.law.parameters import EMPTY, Law, OwnDated
from shokibo.ledger.tables import UNIT_KINDS
from shokibo.rounding import tenths
from shokibo.texts import Language, Text
from shokibo.wording import day_in_words, names_in

OWN_VALUE = Text(
    "(自治体の値による:{name}({source}))", " (by the authority's own value: {name}; {source})"
)
UNCONFIRMED = Text("(未確認の値による:{names})", " (rests on an unconfirmed value: {names})")
NUMBERS = re.compile(r"(?:\(\d+\)){2,}$")
"""The item numbers listed in an article: (1)(2)(3)."""
_ALIKE = "alike"
"""The column that numbers the sets of cases with the same reasons."""
_UNKNOWN = Text("不明", "unknown")
_TENTHS = ("staff_fte", "qualified_fte", "backup_fte")
_SOURCE = Text("{source}({name}、{published})", "{source} ({name}, {published})")
_SOURCE_OF_LATER_TEXT = Text(
    "{source}({name}、{published}の条文で判定。当時の条文は未入手)",
    "{source} (judged by {name}, {published}; the wording of the day is not available)",
)
_Reason = tuple[str, Outcome, str, str, list[str], list[dict[str, str]]]
_REASON = {
    "code": pl.String(),
    "outcome": OUTCOME,
    "message": pl.String(),
    "source": pl.String(),
    "unconfirmed": pl.List(pl.String),
    "own_values": pl.List(pl.Struct({"name": pl.String, "source": pl.String})),
}


def reasons(
    judged: pl.DataFrame, rules: Iterable[Rule], law: Law, language: Language
) -> pl.DataFrame:
    """Describe every outcome in words, for all cases at once.

    Columns of the result: case (the row's number in `judged`), code, outcome, message, source,
    unconfirmed (a list of parameters' names), own_values (a list of names with their sources). Rows
    are in the order of cases, then of rules; a rule that is not law on a case's day has none.
    """
    if judged.is_empty():
        return pl.DataFrame(schema={"case": pl.UInt32(), **_REASON})
    listed = list(rules)
    decide = [_decides(rule, law) for rule in listed]
    columns = [name for name in judged.columns if name in set().union(*decide)]
    numbered = judged.lazy().select(columns).with_row_index("case")
    alike = numbered.group_by(columns).agg("case").with_row_index(_ALIKE).collect()
    alike_by_rule = pl.collect_all(
        alike.lazy()
        .filter(pl.col(rule.code).is_not_null())
        .group_by(name for name in columns if name in deciding)
        .agg(_ALIKE)
        for rule, deciding in zip(listed, decide, strict=True)
    )
    rows = [
        reason
        for cases, rule in zip(alike_by_rule, listed, strict=True)
        for reason in _of_rule(rule, cases, law, language)
    ]
    worded = (
        pl.LazyFrame(rows, _REASON, orient="row")
        .with_columns(pl.concat(cases[_ALIKE] for cases in alike_by_rule))
        .explode(_ALIKE)
        .sort(_ALIKE, maintain_order=True)
    )
    by_case = alike.lazy().select("case", _ALIKE).explode("case").sort("case")
    return by_case.join(worded, on=_ALIKE, maintain_order="left_right").drop(_ALIKE).collect()


def _of_rule(rule: Rule, cases: pl.DataFrame, law: Law, language: Language) -> Iterator[_Reason]:
    """Describe a rule's outcomes in words; what cases share is composed once."""
    alike_in = [name for name in cases.columns if name in _sharing(rule, law)]
    shared: dict[tuple[Any, ...], _Shared] = {}
    for case in cases.iter_rows(named=True):
        key = tuple(case[name] for name in alike_in)
        if key not in shared:
            shared[key] = _shared(rule, law, dict(zip(alike_in, key, strict=True)), language)
        yield _reason(rule, case, shared[key], language)


def _sharing(rule: Rule, law: Law) -> set[str]:
    """List the columns that determine which parameters decide, and their values."""
    by_authority = any(law.own.get(name) for name in (*rule.uses, *rule.uses_where))
    return {"as_of", *rule.uses_where.values(), *(("authority_code",) if by_authority else ())}


def _decides(rule: Rule, law: Law) -> set[str]:
    """List the columns that a rule's reason depends on."""
    mentioned = set[str]().union(*(names_in(text) for text in rule.messages.values()))
    hinted = rule.hint.columns if rule.hint else ()
    return {rule.code, *mentioned, *hinted, *_sharing(rule, law)}


@dataclass(frozen=True)
class _Shared:
    """What reasons of a rule share when the same parameters decide on the same day.

    `remark` names the unconfirmed and the authority's own values; blank if there are none.
    """

    source: str
    unconfirmed: list[str]
    own_values: list[dict[str, str]]
    remark: str
    branch_capacities: str


def _shared(rule: Rule, law: Law, case: Mapping[str, Any], language: Language) -> _Shared:
    """Compose what is shared by cases that are equal in the columns of `_sharing`."""
    day: dt.date = case["as_of"]
    sometimes = [name for name, column in rule.uses_where.items() if case[column]]
    deciding = {
        name: dated
        for name in (*rule.uses, *sometimes)
        if (dated := law.at(name, day, case.get("authority_code"))) and dated.value not in EMPTY
    }
    unconfirmed = [name for name, dated in deciding.items() if dated.unconfirmed]
    own = {
        name: str(dated.source) for name, dated in deciding.items() if isinstance(dated, OwnDated)
    }
    named = {name: law.parameters[name].meaning.say(language) for name in deciding}
    remarks = [OWN_VALUE.say(language, name=named[name], source=own[name]) for name in own]
    if unconfirmed:
        names = ("、" if language == "ja" else ", ").join(named[name] for name in unconfirmed)
        remarks.append(UNCONFIRMED.say(language, names=names))
    branches = map(str, law.listed("branch_capacities", day))
    text = law.judged_by
    source = (_SOURCE if day >= text.published_on else _SOURCE_OF_LATER_TEXT).say(
        language,
        source=cited(rule, law, day),
        name=text.name,
        published=day_in_words(text.published_on, language),
    )
    return _Shared(
        source,
        unconfirmed,
        [{"name": name, "source": ground} for name, ground in own.items()],
        "".join(remarks),
        ("・" if language == "ja" else ", ").join(branches),
    )


def _reason(rule: Rule, row: Mapping[str, Any], shared: _Shared, language: Language) -> _Reason:
    """Fill in the message: FTE with one decimal, unknowns and kinds by name."""
    outcome: Outcome = row[rule.code]
    unknown = _UNKNOWN.say(language)
    values = {name: unknown if value is None else value for name, value in row.items()}
    values |= {name: tenths(row[name]) for name in _TENTHS if row.get(name) is not None}
    if "kind" in row:
        kind = row["kind"]
        values["kind"] = UNIT_KINDS[kind] if language == "ja" else kind.replace("_", " ")
    values["branch_capacities"] = shared.branch_capacities
    if rule.hint:
        values["hint"] = rule.hint.words(row, language)
    message = rule.messages.get(outcome, FAILURE).say(language, **values)
    if outcome not in ("met", "not_met"):
        return rule.code, outcome, message, shared.source, [], []
    message += shared.remark
    return rule.code, outcome, message, shared.source, shared.unconfirmed, shared.own_values


def cited(rule: Rule, law: Law, day: dt.date) -> str:
    """Cite the document and article of a rule, with its own item number."""
    dated = law.at(rule.cites, day) or law.parameters[rule.cites].values[0]
    return NUMBERS.sub(rule.number, str(dated.source)) if rule.number else str(dated.source)
