"""R8: findings on certified add-ons, each judged again for every month of its year.

Decisions are never rewritten: an add-on that lapses ends at a month's end, and what remains is
certified again from the next month.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from shokibo import calendar
from shokibo.law.certification import JudgedMonths, rejudged
from shokibo.law.certified_lapses import GROUNDS, explained, first_months, lapses
from shokibo.law.counted_staff import CountedStaff, counted_staff
from shokibo.law.evaluate import HOME_RULES, UNIT_RULES
from shokibo.law.extra_staff import EXTRA_STAFF
from shokibo.law.parameters import Law
from shokibo.law.reasons import reasons
from shokibo.ledger.checks.located import finding_at, json_value
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.texts import LANGUAGES, Language, Text
from shokibo.wording import fill

HOLDS, UNKNOWN, LAPSED = range(3)
"""Outcomes of a certified add-on in a month, most serious last."""
_R2 = "子発1004第5号 別紙3(1)"
_R8 = "子発1004第5号 別紙4"
_NOT_ELIGIBLE = Text(
    "{whose}の認定(申請ID:{applications})は、要件を満たさない月があります({months:months})。"
    "満たさないもの:{grounds}。{detail}",
    "The add-on of {whose} ({applications}) does not hold in {months:months}: {grounds_en}. "
    "{detail_en}",
)
_CANNOT_JUDGE = Text(
    "{whose}の認定(申請ID:{applications})は、判定できない月があります({months:months})。"
    "判定できないもの:{grounds}。{detail}",
    "The add-on of {whose} ({applications}) can't be judged in {months:months}: {grounds_en}. "
    "{detail_en}",
)
_ABOVE_AVAILABLE = Text(
    "{whose}の認定(申請ID:{applications})は、加配数{certified_extra}人が、職員の配置から加配できる"
    "{least}人を超える月があります({months:months})。{detail}",
    "The add-on of {whose} ({applications}) certifies {certified_extra}, more than the {least} "
    "that the staff allows in {months:months}. {detail_en}",
)
_ABOVE_MAX = Text(
    "{whose}の認定(申請ID:{applications})は、加配数{certified_extra}人が、定員で許される"
    "{least}人を超える月があります({months:months})。{detail}",
    "The add-on of {whose} ({applications}) certifies {certified_extra}, more than the {least} "
    "that the capacity allows in {months:months}. {detail_en}",
)
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
_ONLY_PAID = Text(
    "台帳が正しければ、年度最後の月だけの認定なので、支給の扱いを確かめてください。",
    "If the ledger is right, settle what was paid; it is certified for the last month only.",
)
_AS_OF = Text("{as_of:day}の判定:{details}", "As of {as_of:day}: {details}")


def _entries(code: str, source: str, found: Text, remedy: Text) -> dict[str, Entry]:
    """Make an error's entries by when it first occurs: see `_since`."""
    at_start = Text(remedy.ja + _PAID.ja, remedy.en + _PAID.en)
    remedies = {"later": remedy, "start": at_start, "last month": _ONLY_PAID}
    return {since: Entry(code, "error", found, words, source) for since, words in remedies.items()}


CERTIFIED_NOT_ELIGIBLE = _entries("CERTIFIED_NOT_ELIGIBLE", _R8, _NOT_ELIGIBLE, _END)
CERTIFIED_CANNOT_JUDGE = Entry(
    "CERTIFIED_CANNOT_JUDGE",
    "warning",
    _CANNOT_JUDGE,
    Text("足りない定員、勤務時間、要件確認を記入してください。", "Fill in what is missing."),
    _R8,
)
CERTIFIED_EXTRA_ABOVE_AVAILABLE = _entries(
    "CERTIFIED_EXTRA_ABOVE_AVAILABLE", _R2, _ABOVE_AVAILABLE, _AGAIN
)
CERTIFIED_EXTRA_ABOVE_MAX = _entries("CERTIFIED_EXTRA_ABOVE_MAX", _R2, _ABOVE_MAX, _AGAIN)
ENTRIES = (
    *CERTIFIED_NOT_ELIGIBLE.values(),
    CERTIFIED_CANNOT_JUDGE,
    *CERTIFIED_EXTRA_ABOVE_AVAILABLE.values(),
    *CERTIFIED_EXTRA_ABOVE_MAX.values(),
)


@dataclass(frozen=True)
class DueChange:
    """What has to be done about a certification that does not hold.

    It ends on `last_day`; with `extra`, that many are certified again from `from_month` on.
    """

    last_day: dt.date
    from_month: dt.date
    extra: int | None


@dataclass(frozen=True)
class CertifiedFinding:
    """A finding on certified add-ons, the applications it concerns, and the change due for each.

    Nothing is due if the add-on can't be judged, or has run out anyway.
    """

    finding: Finding
    applications: tuple[str, ...]
    due: DueChange | None


def certified_addons(ledger: Ledger, law: Law) -> Iterator[CertifiedFinding]:
    """Judge certified add-ons again, month by month; each cause becomes one finding.

    A month in which the add-on has lapsed is not also reported as excessive, nor is a number above
    the maximum also reported as above what is available.
    """
    return findings_on(ledger, law, rejudged(ledger, law))


def outcomes(judged: JudgedMonths) -> pl.DataFrame:
    """Return whether certified add-ons hold: application_id, month, outcome.

    The outcome is 0 if it holds, 1 if that can't be judged, 2 if it lapses, or more is certified
    than capacity or staff allow.
    """
    extra = pl.col("certified_extra")
    above = (extra > pl.col("available_extra")) | (extra > pl.col("max_extra"))
    holds = pl.when("is_open").then("eligible").otherwise(False)
    units = judged.units.lazy().with_columns(holds=holds, above=above.fill_null(value=False))
    backup = pl.when("is_open").then("backup_eligible").otherwise(False)
    homes = judged.homes.lazy().with_columns(holds=backup, above=pl.lit(value=False))
    outcome = (
        pl.when(pl.col("above") | ~pl.col("holds"))
        .then(LAPSED)
        .when("holds")
        .then(HOLDS)
        .otherwise(UNKNOWN)
    )
    columns = ("application_id", "month", outcome.alias("outcome"))
    return pl.concat([units.select(columns), homes.select(columns)]).collect()


def findings_on(ledger: Ledger, law: Law, judged: JudgedMonths) -> Iterator[CertifiedFinding]:
    """Describe what certified add-ons lack, given what was judged, or part of it."""
    units = judged.units.with_columns(
        holds=pl.when("is_open").then("eligible").otherwise(False),
        whose=pl.format("「{}」「{}」", "home_name", "name"),
    )
    homes = judged.homes.with_columns(
        holds=pl.when("is_open").then("backup_eligible").otherwise(False),
        whose=pl.format("「{}」", "name"),
    )
    parts = [
        lapses(ledger, law, units, UNIT_RULES, "unit_id"),
        lapses(ledger, law, homes, HOME_RULES, "home_id"),
    ]
    for row in _by_cause(pl.concat(parts)).iter_rows(named=True):
        lapsed = row["lapsed"]
        entry = CERTIFIED_NOT_ELIGIBLE[_since(row)] if lapsed else CERTIFIED_CANNOT_JUDGE
        due = _due(row, None) if lapsed else None
        yield _found(ledger, entry, "application_id", row, due)
    yield from _above(ledger, law, units)


def _by_cause(rows: pl.DataFrame) -> pl.DataFrame:
    """Group the add-ons affected by one cause, then the causes with the same add-ons and months.

    Lapses are grouped if they end on the same day; what can't be judged, whenever it starts.
    """
    key = ["lapsed", "at_start", "end_on", "from_month"]
    of_lapsed = [pl.when("lapsed").then(name).alias(name) for name in key[1:]]
    of_cause = (
        rows.with_columns(of_lapsed)
        .sort("first", ROW)
        .group_by("rule", "cause", *key, maintain_order=True)
        .agg(
            pl.col("as_of", *GROUNDS).first(),
            pl.col(ROW, "application_id", "whose").sort_by(ROW),
            pl.col("months").list.explode().unique().sort(),
        )
    )
    return (
        of_cause.group_by("application_id", "months", *key, maintain_order=True)
        .agg(
            pl.col("whose", ROW, "as_of").first(),
            pl.col("staff").list.explode(keep_nulls=False, empty_as_null=False),
            grounds=pl.col("ground_ja"),
            grounds_en=pl.col("ground_en"),
            details=pl.col("detail_ja").unique(maintain_order=True).str.join(""),
            details_en=pl.col("detail_en").unique(maintain_order=True).str.join(" "),
            rules=pl.col("rule"),
        )
        .with_columns(pl.col(ROW).list.first(), applications=pl.col("application_id"))
        .sort("lapsed", ROW, descending=[True, False], maintain_order=True)
    )


def _above(ledger: Ledger, law: Law, units: pl.DataFrame) -> Iterator[CertifiedFinding]:
    """Find months in which more is certified than capacity or staff allow."""
    holding = units.lazy().filter(pl.col("holds").fill_null(value=True))
    above_max = pl.col("certified_extra") > pl.col("max_extra")
    above_available = pl.col("certified_extra") > pl.col("available_extra")
    for entries, limit, above in (
        (CERTIFIED_EXTRA_ABOVE_AVAILABLE, "available_extra", above_available & ~above_max),
        (CERTIFIED_EXTRA_ABOVE_MAX, "max_extra", above_max),
    ):
        least = pl.col(limit).min()
        rows = first_months(holding.filter(above), least=least).collect()
        staff = list(counted_staff(ledger, law, rows, "unit_id"))
        details = [_details(law, rows, staff, language) for language in LANGUAGES]
        for row, people, ja, en in zip(rows.iter_rows(named=True), staff, *details, strict=True):
            due = _due(row, row["least"])
            own = {"applications": [row["application_id"]], "details": ja, "details_en": en}
            found = row | own | {"staff": people.codes, "whose": [row["whose"]]}
            yield _found(ledger, entries[_since(row)], "certified_extra", found, due)


def _details(
    law: Law, rows: pl.DataFrame, staff: list[CountedStaff], language: Language
) -> list[str]:
    """Describe the current staff, and who has left."""
    found = reasons(rows, [EXTRA_STAFF], law, language).by_case()
    return [
        explained(reason.message, people, language)
        for (reason,), people in zip(found, staff, strict=True)
    ]


def _since(row: dict[str, Any]) -> str:
    """Describe when it first holds: after its start, at its start, or in the year's last month.

    In the last month there is nothing left to end.
    """
    if not row["at_start"]:
        return "later"
    return "last month" if row["from_month"].month == calendar.FIRST_MONTH else "start"


def _due(row: dict[str, Any], extra: int | None) -> DueChange | None:
    if _since(row) == "last month":
        return None
    return DueChange(row["end_on"], row["from_month"], extra)


def _found(
    ledger: Ledger, entry: Entry, column: str, row: dict[str, Any], due: DueChange | None
) -> CertifiedFinding:
    detail = {
        "detail": _detail(row["as_of"], row["details"], "ja"),
        "detail_en": _detail(row["as_of"], row["details_en"], "en"),
    }
    found = finding_at(ledger, entry, "applications", column, row | detail)
    codes = {name: row[name] for name in ("rules", "staff") if name in row}
    finding = replace(found, values={**found.values, **codes})
    return CertifiedFinding(finding, tuple(row["applications"]), due)


def _detail(day: dt.date, details: str, language: Language) -> str:
    if not details:
        return ""
    return fill(_AS_OF, language, {"as_of": json_value(day), "details": details})
