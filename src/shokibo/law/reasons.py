"""Reasons in words: for each case every rule that was evaluated, its outcome and its source."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
import polars as pl

from shokibo.answers import Answer, about
from shokibo.law.outcomes import FAILURE, Outcome, Rule
from shokibo.law.parameters import EMPTY, Law, OwnDated
from shokibo.ledger.tables import UNIT_KINDS
from shokibo.rounding import tenths
from shokibo.texts import Language, Text
from shokibo.wording import code_in_english, day_in_words, names_in

OWN_VALUE = Text(
    "(自治体の値による:{name}({source}))", " (by the authority's own value: {name}; {source})"
)
UNCONFIRMED = Text("(未確認の値による:{names})", " (rests on an unconfirmed value: {names})")
NUMBERS = re.compile(r"(?:\(\d+\)){2,}$")
"""The item numbers listed in an article: (1)(2)(3)."""
_UNKNOWN = Text("不明", "unknown")
_TENTHS = ("staff_fte", "qualified_fte", "backup_fte")
_SOURCE = Text("{source}({name}、{published})", "{source} ({name}, {published})")
_SOURCE_OF_LATER_TEXT = Text(
    "{source}({name}、{published}の条文で判定。当時の条文は未入手)",
    "{source} (judged by {name}, {published}; the wording of the day is not available)",
)


class OwnValueUsed(Answer, frozen=True):
    """A value that the authority set over the law's."""

    title = "判定に使った自治体の値"

    name: Annotated[str, about("項目", "the parameter", "base_staff")]
    source: Annotated[str, about("根拠", "the authority's ground")]


class Reason(Answer, frozen=True, omit_defaults=True):
    """A rule that was evaluated, and its outcome."""

    title = "見た規則とその結果"

    code: Annotated[str, about("規則", "stable; all are in [rules.md](rules.md)", "EXTRA_STAFF")]
    outcome: Annotated[
        Outcome,
        about(
            "met 満たす・not_met 満たさない・not_applicable 該当なし・"
            "cannot_judge 判定保留(資料不足)・failed 計算失敗",
            "`failed`: the rule itself broke; never a pass",
        ),
    ]
    message: Annotated[str, about("理由", "in words, with the figures")]
    source: Annotated[str, about("条文", "document, article, and the text used")]
    unconfirmed: Annotated[
        list[str],
        about(
            "未確認の値。なければ省く",
            "only if values that no source states (未確認) decided it: their names",
        ),
    ] = msgspec.field(default_factory=list)
    own_values: Annotated[
        list[OwnValueUsed],
        about(
            "自治体の値。なければ省く",
            "only if the authority's own values decided it",
        ),
    ] = msgspec.field(default_factory=list)


@dataclass(frozen=True)
class Reasons:
    """The reasons of cases. Cases that agree in all that their rules mention share one set.

    `sets` holds the reasons of each set in the order of the rules, `set_of_case` for each case the
    number of its set. A rule that is not law on a case's day gives no reason.
    """

    sets: list[list[Reason]]
    set_of_case: pl.Series

    def by_case(self) -> list[list[Reason]]:
        """Return the reasons of each case."""
        return [self.sets[number] for number in self.set_of_case]


def reasons(judged: pl.DataFrame, rules: Iterable[Rule], law: Law, language: Language) -> Reasons:
    """Describe every outcome in words, for all cases at once; each sentence is composed once."""
    listed = list(rules)
    mentioned = [_mentions(rule, law) for rule in listed]
    columns = [name for name in judged.columns if name in set().union(*mentioned)]
    alike = judged[columns].with_row_index("case").group_by(columns).agg("case")
    by_rule = [
        _of_rule(rule, alike[[name for name in columns if name in names]], law, language)
        for rule, names in zip(listed, mentioned, strict=True)
    ]
    sets = [
        [reason for reason in found if reason is not None] for found in zip(*by_rule, strict=True)
    ]
    of_case = alike[["case"]].with_row_index("set").explode("case").sort("case")
    return Reasons(sets, of_case["set"])


def _of_rule(rule: Rule, cases: pl.DataFrame, law: Law, language: Language) -> list[Reason | None]:
    """Describe a rule's outcome in each case; None where the rule is not law.

    `cases` has the columns that decide the reason.
    """
    sharing = _sharing(rule, law)
    shares = [name for name in cases.columns if name in sharing]
    shared: dict[tuple[Any, ...], _Shared] = {}
    composed: dict[tuple[Any, ...], Reason | None] = {}
    rows = cases.rows()
    for row in rows:
        if row in composed:
            continue
        case = dict(zip(cases.columns, row, strict=True))
        key = tuple(case[name] for name in shares)
        if key not in shared:
            shared[key] = _shared(rule, law, case, language)
        is_law = case[rule.code] is not None
        composed[row] = _reason(rule, case, shared[key], language) if is_law else None
    return [composed[row] for row in rows]


def _sharing(rule: Rule, law: Law) -> set[str]:
    """List the columns that determine which parameters decide, and their values."""
    by_authority = any(law.own.get(name) for name in (*rule.uses, *rule.uses_where))
    return {"as_of", *rule.uses_where.values(), *(("authority_code",) if by_authority else ())}


def _mentions(rule: Rule, law: Law) -> set[str]:
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
    own_values: list[OwnValueUsed]
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
        [OwnValueUsed(name, ground) for name, ground in own.items()],
        "".join(remarks),
        ("・" if language == "ja" else ", ").join(branches),
    )


def _reason(rule: Rule, row: Mapping[str, Any], shared: _Shared, language: Language) -> Reason:
    """Fill in the message: FTE with one decimal, unknowns and kinds by name."""
    outcome: Outcome = row[rule.code]
    unknown = _UNKNOWN.say(language)
    values = {name: unknown if value is None else value for name, value in row.items()}
    values |= {name: tenths(row[name]) for name in _TENTHS if row.get(name) is not None}
    if "kind" in row:
        kind = row["kind"]
        values["kind"] = UNIT_KINDS[kind] if language == "ja" else code_in_english(kind)
    values["branch_capacities"] = shared.branch_capacities
    if rule.hint:
        values["hint"] = rule.hint.words(row, language)
    message = rule.messages.get(outcome, FAILURE).say(language, **values)
    if outcome not in ("met", "not_met"):
        return Reason(rule.code, outcome, message, shared.source)
    message += shared.remark
    return Reason(rule.code, outcome, message, shared.source, shared.unconfirmed, shared.own_values)


def cited(rule: Rule, law: Law, day: dt.date) -> str:
    """Cite the document and article of a rule, with its own item number."""
    dated = law.at(rule.cites, day) or law.parameters[rule.cites].values[0]
    return NUMBERS.sub(rule.number, str(dated.source)) if rule.number else str(dated.source)
