"""R1: which units are in scope (子発1004第5号 別紙2)."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from shokibo.law.outcomes import NOT_APPLICABLE, Hint, Rule, met_if
from shokibo.texts import Language, Text
from shokibo.wording import day_in_words

CAPACITY_LATER = Text(
    "{later}からの定員があります。適用開始日を確かめてください。",
    "There is one from {later} on; check the day from which it holds.",
)
CAPACITY_MISSING = Text("「定員」に行を加えてください。", "Add it to capacities.")


def capacity_later(row: Mapping[str, Any], language: Language) -> str:
    """Describe from which day a capacity is known; nothing if there is no later one."""
    day = row["capacity_from"]
    return CAPACITY_LATER.say(language, later=day_in_words(day, language)) if day else ""


def in_scope() -> pl.Expr:
    """Return whether a unit is in scope; null if a branch's capacity is not known."""
    return (
        pl.when(~pl.col("kind_in_scope"))
        .then(False)
        .when(pl.col("kind") == "branch_group_care")
        .then(pl.col("branch_capacity_in_scope"))
        .otherwise(True)
    )


SCOPE_KIND = Rule(
    "SCOPE_KIND",
    "scope_kinds",
    met_if(pl.col("kind_in_scope")),
    {
        "met": Text("種別「{kind}」は対象です。", "The kind ({kind}) is in scope."),
        "not_met": Text(
            "種別「{kind}」は、この日の要綱の対象ではありません。",
            "The kind ({kind}) is not in scope on this day.",
        ),
    },
    title=Text("対象の種別", "Kind in scope"),
)
SCOPE_CAPACITY = Rule(
    "SCOPE_CAPACITY",
    "branch_capacities",
    pl.when(pl.col("kind_in_scope") & (pl.col("kind") == "branch_group_care"))
    .then(met_if(pl.col("branch_capacity_in_scope")))
    .otherwise(NOT_APPLICABLE),
    {
        "met": Text(
            "定員{capacity}人の分園型は対象です(対象は{branch_capacities}人)。",
            "A branch of {capacity} places is in scope ({branch_capacities}).",
        ),
        "not_met": Text(
            "定員{capacity}人の分園型は対象外です(対象は{branch_capacities}人)。",
            "A branch of {capacity} places is out of scope ({branch_capacities}).",
        ),
        "cannot_judge": Text(
            "この日の定員が台帳にないため、判定できません。{hint}",
            "The capacity on this day is not known. {hint}",
        ),
        "not_applicable": Text(
            "定員の範囲は分園型小規模グループケアだけの要件です。",
            "Only a branch has to have a certain capacity.",
        ),
    },
    title=Text("分園型の定員", "Capacity of a branch"),
    hint=Hint(
        ("capacity_from",),
        lambda row, language: capacity_later(row, language) or CAPACITY_MISSING.say(language),
    ),
)
