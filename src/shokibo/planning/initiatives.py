"""P4: the initiatives (主な取組み) of each home and year, and the authority's short form."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

import msgspec
import polars as pl

from shokibo.answers import Answer, about
from shokibo.ledger.raw import ROW
from shokibo.planning.events import Events
from shokibo.texts import Language, Text

Place = Literal["main", "group_home", "both"]
Value = TypeVar("Value")
Before = Annotated[
    int | None, about("前の定員", "places of each; null before an opening, and where they differ")
]
After = Annotated[
    int | None, about("後の定員", "places of each; null after a closing, and where they differ")
]
SMALLER = "小規模化"
DISPERSED = "地域分散化"


class InitiativeReport(Answer, frozen=True):
    """An initiative in words."""

    title = "取組"
    text: Annotated[str, about("文章", "a sentence; in short for the authority")]
    action: Annotated[str, about("種類", "`change_capacity`, `open`, `close` or `convert`")]
    place: Annotated[Place, about("本体・グループホーム・両方(自治体の行だけ)")]
    count: Annotated[int, about("か所数")]
    before: Before = msgspec.field(name="from")
    after: After = msgspec.field(name="to")
    label: Annotated[str | None, about("小規模化か地域分散化")]


@dataclass(frozen=True)
class Initiative:
    """What is done to some of a home's units in a year, with the places of each before and after.

    `before` is null for an opening, `after` for a closing and for a conversion that leaves no
    places; either is null in the authority's short form if the units differ.
    """

    action: str
    place: Place
    count: int
    before: int | None
    after: int | None
    new_function: str | None = None
    direction: str | None = None

    @property
    def manner(self) -> str:
        """Its sentence: reduce, increase or change (from unknown places), or the action."""
        if self.action != "change_capacity":
            return self.action
        return self.direction or _direction(self.before, self.after)

    @property
    def label(self) -> str | None:
        """小規模化 for a reduction, 地域分散化 for an opened group home, otherwise nothing."""
        if self.action == "open" and self.place == "group_home":
            return DISPERSED
        return SMALLER if self.manner == "reduce" else None

    def report(self, text: str) -> InitiativeReport:
        """Return the initiative as an answer, in words."""
        places = (self.place, self.count, self.before, self.after)
        return InitiativeReport(text, self.action, *places, self.label)


def _direction(before: int | None, after: int | None) -> str:
    if before is None or after is None:
        return "change"
    return "reduce" if after < before else "increase"


def done(acts: pl.DataFrame) -> pl.DataFrame:
    """Return the `acts` that change something."""
    return acts.filter(~_IDLE)


def idle(acts: pl.DataFrame) -> pl.DataFrame:
    """Return the `acts` that leave a unit with the places it had."""
    return acts.filter(_IDLE)


_IDLE = (pl.col("action") == "change_capacity") & pl.col("before").eq_missing(pl.col("after"))


def acts(events: Events, sized_before: pl.DataFrame) -> pl.DataFrame:
    """Return each unit's effective actions with the places before and after.

    `sized_before` holds units at year ends, as returned by `projection.sizes`, from the year before
    the first. Columns: home_id, authority_code, fiscal_year, unit, place, count, action, before,
    after, new_function, announced, `_row`. A unit changed in the year it opens is one opening.
    """
    key = ["unit", "fiscal_year"]
    before = sized_before.select("unit", pl.col("fiscal_year") + 1, before="capacity")
    after = sized_before.select(*key, after="capacity")
    changed = (
        events.changes.join(events.units, on="unit")
        .filter(pl.col("born").is_null() | (pl.col("born") < pl.col("fiscal_year")))
        .select(*_ACT)
    )
    opened = events.units.filter(
        pl.col("born").is_not_null()
        & (pl.col("died").is_null() | (pl.col("died") > pl.col("born")))
    ).select(
        "home_id",
        "authority_code",
        pl.col("born").alias("fiscal_year"),
        "unit",
        "place",
        "count",
        pl.lit("open").alias("action"),
        pl.lit(None, pl.String).alias("new_function"),
        pl.col("opening_announced").alias("announced"),
        pl.col("opened_by").alias(ROW),
    )
    return (
        pl.concat([changed, opened])
        .join(before, on=key, how="left")
        .join(after, on=key, how="left")
        .sort(ROW)
    )


_ACT = (
    "home_id",
    "authority_code",
    "fiscal_year",
    "unit",
    "place",
    "count",
    "action",
    "new_function",
    "announced",
    ROW,
)


def of_home(rows: Iterable[dict[str, Any]]) -> list[Initiative]:
    """Group a home's equal actions of one year, in the order of the rows."""
    counts: dict[tuple[Any, ...], int] = {}
    for row in rows:
        content = (row["action"], row["place"], row["before"], row["after"], row["new_function"])
        counts[content] = counts.get(content, 0) + row["count"]
    return [
        Initiative(action, place, count, before, after, new_function)
        for (action, place, before, after, new_function), count in counts.items()
    ]


def of_authority(rows: Iterable[dict[str, Any]]) -> list[Initiative]:
    """Summarise all homes' actions of one year: one row for each sort, with its place and count."""
    by_sort: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        changes = row["action"] == "change_capacity"
        sort = _direction(row["before"], row["after"]) if changes else row["place"]
        by_sort.setdefault((row["action"], sort), []).append(row)
    return [_in_short(alike, sort) for (_, sort), alike in by_sort.items()]


def _in_short(rows: list[dict[str, Any]], sort: str) -> Initiative:
    action = rows[0]["action"]
    return Initiative(
        action,
        _only(row["place"] for row in rows) or "both",
        sum(row["count"] for row in rows),
        _only(row["before"] for row in rows),
        _only(row["after"] for row in rows),
        _only(row["new_function"] for row in rows),
        sort if action == "change_capacity" else None,
    )


def _only(values: Iterable[Value]) -> Value | None:
    """Return the value they all share; None if they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


_PLACES = {
    "main": Text("ユニット", "main unit"),
    "group_home": Text("グループホーム", "group home"),
    "both": Text("グループホーム及びユニット", "group homes and main unit"),
}
_FUNCTIONS = {
    "high_care": Text("ケアニーズの高い児童", "high care needs"),
    "temporary_protection": Text("一時保護", "temporary protection"),
    "family_support": Text("子育て支援", "family support"),
    "foster_support": Text("里親支援", "foster support"),
    "other": Text("その他", "other"),
}
_SENTENCES = {
    "reduce": Text(
        "前年度定員{before}人の{place}{count}か所を定員{after}人に引き下げる。",
        "Reduce {count} {place}{count:|s} of {before} {before:place|places} to {after}.",
    ),
    "increase": Text(
        "前年度定員{before}人の{place}{count}か所を定員{after}人に引き上げる。",
        "Raise {count} {place}{count:|s} of {before} {before:place|places} to {after}.",
    ),
    "change": Text(
        "前年度定員{before}人の{place}{count}か所を定員{after}人に変更する。",
        "Change {count} {place}{count:|s} of {before} {before:place|places} to {after}.",
    ),
    "open": Text(
        "新たに定員{after}人の{place}を{count}か所設置する。",
        "Open {count} new {place}{count:|s} of {after} {after:place|places}.",
    ),
    "close": Text(
        "定員{before}人の{place}{count}か所を廃止する。",
        "Close {count} {place}{count:|s} of {before} {before:place|places}.",
    ),
    "convert": Text(
        "定員{before}人の{place}{count}か所を転用する(転用後の機能:{function}{places})。",
        "Convert {count} {place}{count:|s} of {before} {before:place|places} to "
        "{function}{places}.",
    ),
}
_SHORT = {
    "reduce": Text("{place}の定員引き下げ", "Smaller {place}s"),
    "increase": Text("{place}の定員引き上げ", "Larger {place}s"),
    "change": Text("{place}の定員変更", "{place}s of another size"),
    "open": Text("{place}{count}か所設置", "{count} {place}{count:|s} opened"),
    "close": Text("{place}{count}か所廃止", "{count} {place}{count:|s} closed"),
    "convert": Text("{place}{count}か所転用", "{count} {place}{count:|s} converted"),
}
_UNKNOWN = Text("不明", "unknown")
_PLACES_LEFT = Text("、定員{after}人", " with {after} {after:place|places}")
_LABELS = {
    SMALLER: Text("(小規模化)", " (smaller)"),
    DISPERSED: Text("(地域分散化)", " (dispersed)"),
}


def sentence(initiative: Initiative, language: Language) -> str:
    """Describe a home's initiative in a sentence, with its label."""
    words = _SENTENCES[initiative.manner].say(language, **_words(initiative, language))
    label = _LABELS[initiative.label].say(language) if initiative.label else ""
    return words + label


def in_short(initiative: Initiative, language: Language) -> str:
    """Describe an authority's initiative as its table does."""
    return _SHORT[initiative.manner].say(language, **_words(initiative, language))


def _words(initiative: Initiative, language: Language) -> dict[str, object]:
    function = _FUNCTIONS[initiative.new_function] if initiative.new_function else _UNKNOWN
    unknown = _UNKNOWN.say(language)
    left = "" if initiative.after is None else _PLACES_LEFT.say(language, after=initiative.after)
    return {
        "place": _PLACES[initiative.place].say(language),
        "count": initiative.count,
        "before": unknown if initiative.before is None else initiative.before,
        "after": unknown if initiative.after is None else initiative.after,
        "function": function.say(language),
        "places": left,
    }
