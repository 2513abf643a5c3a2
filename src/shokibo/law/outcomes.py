"""The five outcomes of a rule, and how a rule is declared."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

from shokibo.engines import collected
from shokibo.texts import NOTHING, Language, Text

Outcome = Literal["met", "not_met", "not_applicable", "cannot_judge", "failed"]
OUTCOME = pl.Enum(["met", "not_met", "not_applicable", "cannot_judge", "failed"])

MET = pl.lit("met", dtype=OUTCOME)
NOT_MET = pl.lit("not_met", dtype=OUTCOME)
NOT_APPLICABLE = pl.lit("not_applicable", dtype=OUTCOME)
CANNOT_JUDGE = pl.lit("cannot_judge", dtype=OUTCOME)
FAILED = pl.lit("failed", dtype=OUTCOME)


@dataclass(frozen=True)
class Hint:
    """What a rule's message adds at `{hint}`, and the columns it depends on."""

    columns: tuple[str, ...]
    words: Callable[[Mapping[str, Any], Language], str]


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule over columns: its code, the parameter whose source it cites, its outcome and words.

    `judge` is an expression of OUTCOME over the frame of cases; `messages` has a text for each
    outcome, in which `{name}` stands for a column and `{hint}` for the words of `hint`. `uses`
    names the parameters that decide between met and not met, `uses_where` those that do so if a
    column is true. `title` names the rule in a list; `number` is the rule's item in the cited
    article, such as (2) of (1)(2)(3). A rule that an amendment adds or ends has its first or last
    day; on other days it has no outcome.
    """

    code: str
    cites: str
    judge: pl.Expr
    messages: Mapping[Outcome, Text]
    uses: tuple[str, ...] = ()
    uses_where: Mapping[str, str] = field(default_factory=dict)
    title: Text = NOTHING
    number: str = ""
    hint: Hint | None = None
    effective_from: dt.date = dt.date.min
    effective_to: dt.date = dt.date.max

    def on_its_days(self, outcome: pl.Expr) -> pl.Expr:
        """Name an outcome by the rule's code, null on days on which the rule is not law."""
        if (self.effective_from, self.effective_to) == (dt.date.min, dt.date.max):
            return outcome.alias(self.code)
        is_law = pl.col("as_of").is_between(self.effective_from, self.effective_to)
        return pl.when(is_law).then(outcome).alias(self.code)


def met_if(condition: pl.Expr) -> pl.Expr:
    """Met if true, not met if false, cannot judge if unknown."""
    return (
        pl.when(condition.is_null()).then(CANNOT_JUDGE).when(condition).then(MET).otherwise(NOT_MET)
    )


def all_met(codes: Iterable[str]) -> pl.Expr:
    """Return false if any rule is not met, null if any is open or failed, otherwise true.

    A null outcome means that the rule is not law on the day; it decides nothing.
    """
    outcomes = pl.col(codes)
    any_not_met = pl.any_horizontal(outcomes == NOT_MET)
    any_open = pl.any_horizontal((outcomes == CANNOT_JUDGE) | (outcomes == FAILED))
    return pl.when(any_not_met).then(False).when(any_open).then(None).otherwise(True)


FAILURE = Text(
    "この規則の計算が失敗しました。判定していません。",
    "The rule itself failed; nothing was judged.",
)


def apply_rules(
    facts: pl.LazyFrame, rules: Iterable[Rule], eligible: str, rows: int
) -> pl.DataFrame:
    """Add each rule's outcome as a column named by its code; a rule that raises has failed.

    The column named `eligible` holds whether all are met. `rows` is the number of cases.
    """
    listed = list(rules)
    whether_met = all_met(rule.code for rule in listed).alias(eligible)
    judged = facts.with_columns(rule.on_its_days(rule.judge) for rule in listed)
    try:
        return collected(judged.with_columns(whether_met), rows, many="in-memory")
    except pl.exceptions.PolarsError:
        frame = facts.collect()
    for rule in listed:
        try:
            frame = frame.with_columns(rule.on_its_days(rule.judge))
        except pl.exceptions.PolarsError:
            frame = frame.with_columns(rule.on_its_days(FAILED))
    return frame.with_columns(whether_met)
