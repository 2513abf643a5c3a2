"""R8: findings on certified add-ons, each judged again for every month of its year.

Decisions are never rewritten: an add-on that lapses ends at a month's end, and what is left is
certified again from the next month.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl

from shokibo.law.certification import rejudged_homes, rejudged_units
from shokibo.law.evaluate import HOME_RULES, UNIT_RULES
from shokibo.law.outcomes import Rule
from shokibo.law.parameters import Law
from shokibo.law.reasons import cited
from shokibo.law.register import BEGINNING
from shokibo.ledger.checks.located import finding_at, json_value
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.texts import Language, Text
from shokibo.wording import fill

_R2 = "子発1004第5号 別紙3(1)"
_R8 = "子発1004第5号 別紙4"
_END = Text(
    "台帳が正しければ、{end_on:day}で終了してください。",
    "If the ledger is right, end it on {end_on:day}.",
)
_AGAIN = Text(
    "台帳が正しければ、{end_on:day}で終了し、{from_month:month}から{least}人で認定し直してください。",
    "If the ledger is right, end it on {end_on:day} and certify {least} from {from_month:month}.",
)
_PAID = Text(
    "適用開始月から当てはまるので、それまでの支給の扱いも確かめてください。",
    " It is so from its first month on; see also to what was paid until then.",
)


def _from_when(code: str, source: str, found: Text, remedy: Text) -> dict[bool, Entry]:
    """Make an error's entries by whether it is so from the add-on's first month on."""
    both = Text(remedy.ja + _PAID.ja, remedy.en + _PAID.en)
    return {
        False: Entry(code, "error", found, remedy, source),
        True: Entry(code, "error", found, both, source),
    }


CERTIFIED_NOT_ELIGIBLE = _from_when(
    "CERTIFIED_NOT_ELIGIBLE",
    _R8,
    Text(
        "{whose}の認定(申請ID:{application_id})は、要件を満たさない月があります({months:months})。"
        "満たさないもの:{grounds}。",
        "The add-on of {whose} ({application_id}) does not hold in {months:months}: {grounds_en}.",
    ),
    _END,
)
CERTIFIED_CANNOT_JUDGE = Entry(
    "CERTIFIED_CANNOT_JUDGE",
    "warning",
    Text(
        "{whose}の認定(申請ID:{application_id})は、判定できない月があります({months:months})。"
        "判定できないもの:{grounds}。",
        "The add-on of {whose} ({application_id}) can't be judged in {months:months}: "
        "{grounds_en}.",
    ),
    Text("足りない定員、勤務時間、要件確認を記入してください。", "Fill in what is missing."),
    _R8,
)
CERTIFIED_EXTRA_ABOVE_AVAILABLE = _from_when(
    "CERTIFIED_EXTRA_ABOVE_AVAILABLE",
    _R2,
    Text(
        "{whose}の認定(申請ID:{application_id})は、加配数{certified_extra}人が、職員の配置から加配できる"
        "{least}人を超える月があります({months:months})。",
        "The add-on of {whose} ({application_id}) certifies {certified_extra}, more than the "
        "{least} that the staff allows in {months:months}.",
    ),
    _AGAIN,
)
CERTIFIED_EXTRA_ABOVE_MAX = _from_when(
    "CERTIFIED_EXTRA_ABOVE_MAX",
    _R2,
    Text(
        "{whose}の認定(申請ID:{application_id})は、加配数{certified_extra}人が、定員で許される"
        "{least}人を超える月があります({months:months})。",
        "The add-on of {whose} ({application_id}) certifies {certified_extra}, more than the "
        "{least} that the capacity allows in {months:months}.",
    ),
    _AGAIN,
)
_RULE = Text("{title}({article})", "{title} ({article})")
_CLOSED = Text("廃止({day:day})", "closed on {day:day}")
_NOT_YET = Text("開設前", "not open yet")
_OPENS = Text("開設前({day:day}に開設)", "opens only on {day:day}")
ENTRIES = (
    *CERTIFIED_NOT_ELIGIBLE.values(),
    CERTIFIED_CANNOT_JUDGE,
    *CERTIFIED_EXTRA_ABOVE_AVAILABLE.values(),
    *CERTIFIED_EXTRA_ABOVE_MAX.values(),
)


def _certified(ledger: Ledger, addon: str) -> pl.DataFrame:
    return ledger["applications"].filter(
        (pl.col("addon") == addon) & (pl.col("decision") == "certified")
    )


def certified_units(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Judge certified dispersal add-ons again, month by month.

    A month in which the add-on has lapsed is not reported as too much as well, nor is what is
    above the maximum also above what is available.
    """
    certified = _certified(ledger, "dispersal").drop_nulls("unit_id")
    judged = rejudged_units(ledger, law, certified).with_columns(
        holds=pl.when("is_open").then("eligible").otherwise(False),
        whose=pl.format("「{}」「{}」", "home_name", "name"),
    )
    yield from _lapsed(ledger, law, judged.lazy(), UNIT_RULES)
    holding = judged.lazy().filter(pl.col("holds").fill_null(value=True))
    above_max = pl.col("certified_extra") > pl.col("max_extra")
    above_available = pl.col("certified_extra") > pl.col("available_extra")
    for entries, limit, above in (
        (CERTIFIED_EXTRA_ABOVE_AVAILABLE, "available_extra", above_available & ~above_max),
        (CERTIFIED_EXTRA_ABOVE_MAX, "max_extra", above_max),
    ):
        rows = _by_application(
            holding.filter(above), pl.col("certified_extra").first(), least=pl.col(limit).min()
        )
        yield from _at_applications(ledger, entries, "certified_extra", rows)


def certified_homes(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Judge certified backup add-ons again, month by month."""
    judged = rejudged_homes(ledger, law, _certified(ledger, "backup")).lazy()
    judged = judged.with_columns(
        holds=pl.when("is_open").then("backup_eligible").otherwise(False),
        whose=pl.format("「{}」", "name"),
    )
    yield from _lapsed(ledger, law, judged, HOME_RULES)


def _lapsed(ledger: Ledger, law: Law, judged: pl.LazyFrame, rules: list[Rule]) -> Iterator[Finding]:
    """Find certifications that do not hold in some month, or that can't be judged."""
    not_eligible = _failing(judged, pl.col("holds").eq_missing(False), "not_met", rules)
    rows = _with_grounds(not_eligible, law, rules)
    yield from _at_applications(ledger, CERTIFIED_NOT_ELIGIBLE, "application_id", rows)
    open_ones = _failing(judged, pl.col("holds").is_null(), "cannot_judge", rules)
    rows = _with_grounds(open_ones, law, rules)
    both = dict.fromkeys((False, True), CERTIFIED_CANNOT_JUDGE)
    yield from _at_applications(ledger, both, "application_id", rows)


def _failing(judged: pl.LazyFrame, wrong: pl.Expr, outcome: str, rules: list[Rule]) -> pl.DataFrame:
    """Return the applications with months that are wrong, and the rules that have the outcome.

    Of a unit or home that is not open no rule is named but that.
    """
    failed = pl.concat_list(
        pl.when(pl.col(rule.code) == outcome).then(pl.lit(rule.code)) for rule in rules
    ).list.drop_nulls()
    not_open = pl.concat_list(pl.lit("NOT_OPEN"))
    found = judged.filter(wrong).with_columns(
        failed=pl.when("is_open").then(failed).otherwise(not_open)
    )
    return _by_application(
        found,
        pl.col("opened_on", "closed_on").first(),
        pl.col("as_of").max(),
        rules=pl.col("failed")
        .list.explode(keep_nulls=False, empty_as_null=False)
        .unique(maintain_order=True),
    )


def _with_grounds(rows: pl.DataFrame, law: Law, rules: list[Rule]) -> pl.DataFrame:
    """Add `grounds` and `grounds_en`: titles of `rules`, with the article in force at `as_of`."""
    by_code = {rule.code: rule for rule in rules}
    grounds: dict[Language, list[list[str]]] = {"ja": [], "en": []}
    for row in rows.iter_rows(named=True):
        for language, of_rows in grounds.items():
            of_rows.append(
                [_ground(by_code.get(code), row, law, language) for code in row["rules"]]
            )
    texts = pl.List(pl.String)
    return rows.with_columns(
        grounds=pl.Series(grounds["ja"], dtype=texts),
        grounds_en=pl.Series(grounds["en"], dtype=texts),
    )


def _ground(rule: Rule | None, row: dict[str, Any], law: Law, language: Language) -> str:
    """Name a rule with its article; where there is none, when the unit or home is not open."""
    if rule:
        return fill(
            _RULE,
            language,
            {"title": rule.title.say(language), "article": cited(rule, law, row["as_of"])},
        )
    if row["closed_on"] < row["as_of"]:
        return fill(_CLOSED, language, {"day": json_value(row["closed_on"])})
    opened = _NOT_YET if row["opened_on"] == BEGINNING else _OPENS
    return fill(opened, language, {"day": json_value(row["opened_on"])})


def _by_application(rows: pl.LazyFrame, *more: pl.Expr, **named: pl.Expr) -> pl.DataFrame:
    """Return one row an application, with the months concerned and more.

    `end_on` is the last day on which it can end before the first of them, or else in it,
    `from_month` the month after, `at_start` whether the first is that of the add-on's start.
    """
    first, start = pl.col("first"), pl.col("start_month")
    end_on = pl.when("at_start").then(first.dt.month_end()).otherwise(first.dt.offset_by("-1d"))
    return (
        rows.group_by("application_id", maintain_order=True)
        .agg(
            pl.col(ROW, "whose", "start_month").first(),
            pl.col("month").first().alias("first"),
            pl.col("month").dt.strftime("%Y-%m").alias("months"),
            *more,
            **named,
        )
        .with_columns(at_start=first <= start)
        .with_columns(end_on=end_on)
        .with_columns(from_month=pl.col("end_on").dt.offset_by("1d"))
        .collect()
    )


def _at_applications(
    ledger: Ledger, entries: dict[bool, Entry], column: str, rows: pl.DataFrame
) -> Iterator[Finding]:
    for row in rows.iter_rows(named=True):
        found = finding_at(ledger, entries[row["at_start"]], "applications", column, row)
        codes = {"rules": row["rules"]} if "rules" in row else {}
        yield replace(found, values={**found.values, **codes})
