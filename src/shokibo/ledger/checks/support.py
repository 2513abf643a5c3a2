"""Checks of the support tables: numbers, days, units, and counts compared with the episodes."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from shokibo.ledger.checks.located import RowCheck, check_rows, findings_at
from shokibo.ledger.columns import Kind
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.ledger.support_tables import FAMILY_SUPPORT, SUPPORT_TABLES
from shokibo.texts import Text

SUPPORT_NUMBER_NEGATIVE = Entry(
    "SUPPORT_NUMBER_NEGATIVE",
    "error",
    Text("「{header}」が負の数です({found})。", "{header} is negative ({found})."),
    Text("0以上の数を書いてください。", "Write 0 or more."),
)
SUPPORT_UNIT_DIFFERS = Entry(
    "SUPPORT_UNIT_DIFFERS",
    "error",
    Text(
        "生活単位「{unit_name}」は、施設「{home_name}」のものではなく、"
        "施設「{unit_home_name}」のものです。",
        "The unit {unit_name} is not of {home_name} but of {unit_home_name}.",
    ),
    Text("施設IDか生活単位IDを修正してください。", "Correct “home_id” or “unit_id”."),
)
SUPPORT_HOME_MISSING = Entry(
    "SUPPORT_HOME_MISSING",
    "error",
    Text(
        "生活単位「{unit_name}」が書かれ、施設IDが空欄です。",
        "The unit {unit_name} is given without “home_id”.",
    ),
    Text("施設IDを記入してください。", "Fill in “home_id”."),
)
LEAD_STATE_BEFORE_FOUND = Entry(
    "LEAD_STATE_BEFORE_FOUND",
    "error",
    Text(
        "物件「{lead_id}」の状態の日{state_on:day}が、把握日{found_on:day}より前です。",
        "The state of lead {lead_id} is of {state_on:day}, before it was found on {found_on:day}.",
    ),
    Text("日付を修正してください。", "Correct the dates."),
)
LEAD_OPENED_WITHOUT_UNIT = Entry(
    "LEAD_OPENED_WITHOUT_UNIT",
    "error",
    Text(
        "開設した物件「{lead_id}」に、生活単位IDがありません。",
        "Lead {lead_id} is opened but has no “unit_id”.",
    ),
    Text(
        "開設した生活単位のIDを記入するか、状態を修正してください。",
        "Fill in the unit that it became, or correct the state.",
    ),
)
LEAD_DROPPED_WITHOUT_REASON = Entry(
    "LEAD_DROPPED_WITHOUT_REASON",
    "warning",
    Text(
        "見送った物件「{lead_id}」に、理由がありません。",
        "Lead {lead_id} is dropped without a reason.",
    ),
    Text("理由を記入してください。", "Fill in the reason."),
)
LEAD_UNIT_TWICE = Entry(
    "LEAD_UNIT_TWICE",
    "error",
    Text(
        "二つの物件が、同じ生活単位「{unit_name}」になっています(もう一方は「{other_lead}」)。",
        "Two leads became the same unit {unit_name} (the other: {other_lead}).",
    ),
    Text("生活単位IDを修正してください。", "Correct “unit_id” of one of them."),
)
FAMILY_SUPPORT_ABOVE_SUPPORTED = Entry(
    "FAMILY_SUPPORT_ABOVE_SUPPORTED",
    "warning",
    Text(
        "家庭復帰、里親等委託、養子縁組の合計{parts}人が、支援した児童数{supported}人を超えています。",
        "Returns, foster placements and adoptions add up to {parts}, more than the {supported} "
        "{supported:child|children} supported.",
    ),
    Text("人数を修正してください。", "Correct the numbers."),
)
FAMILY_SUPPORT_NOT_AS_EPISODES = Entry(
    "FAMILY_SUPPORT_NOT_AS_EPISODES",
    "warning",
    Text(
        "「{header}」が{given}人ですが、「養育の経過」では{counted}人です({fiscal_year:year})。",
        "{header} is {given}; the episodes have {counted} ({fiscal_year:year}).",
    ),
    Text(
        "数えもれか、養育の経過の終了理由を確かめてください。養育の経過の数によります。",
        "Check both; the count from the episodes is used.",
    ),
)
QUALITY_PUBLISHED_BEFORE = Entry(
    "QUALITY_PUBLISHED_BEFORE",
    "warning",
    Text(
        "公表日{published_on:day}が、実施日{done_on:day}より前です。",
        "Published on {published_on:day}, before it was done on {done_on:day}.",
    ),
    Text("日付を確かめてください。", "Check the dates."),
)

_OPENED, _DROPPED = pl.col("state") == "opened", pl.col("state") == "dropped"
_OUTCOMES = {"returned_home": "return_home", "to_foster": "foster", "to_adoption": "adoption"}
"""The columns of `family_support`, each with the end_reason of the episodes it counts."""
_PARTS = pl.sum_horizontal(*_OUTCOMES)
ROW_CHECKS = (
    RowCheck(
        LEAD_STATE_BEFORE_FOUND, "housing", "state_on", pl.col("state_on") < pl.col("found_on")
    ),
    RowCheck(LEAD_OPENED_WITHOUT_UNIT, "housing", "unit_id", _OPENED & pl.col("unit_id").is_null()),
    RowCheck(
        LEAD_DROPPED_WITHOUT_REASON, "housing", "reason", _DROPPED & pl.col("reason").is_null()
    ),
    RowCheck(
        QUALITY_PUBLISHED_BEFORE,
        "quality",
        "published_on",
        pl.col("published_on") < pl.col("done_on"),
    ),
)


def numbers(ledger: Ledger) -> Iterator[Finding]:
    """Find numbers and amounts below zero."""
    for table in SUPPORT_TABLES:
        for column in table.columns:
            if column.kind in (Kind.INTEGER, Kind.YEN):
                rows = ledger[table.name].filter(pl.col(column.name) < 0)
                found = rows.with_columns(header=pl.lit(column.header), found=pl.col(column.name))
                yield from findings_at(
                    ledger, SUPPORT_NUMBER_NEGATIVE, table.name, column.name, found
                )


def units(ledger: Ledger) -> Iterator[Finding]:
    """Find units that don't belong to the row's home, or are given without a home."""
    homes = ledger["units"].select("unit_id", unit_home="home_id", unit_name="name")
    for table in SUPPORT_TABLES:
        if "unit_id" in table.schema:
            rows = ledger[table.name].join(homes, on="unit_id", maintain_order="left")
            differs = rows.filter(pl.col("home_id") != pl.col("unit_home"))
            yield from findings_at(ledger, SUPPORT_UNIT_DIFFERS, table.name, "unit_id", differs)
            alone = rows.filter(pl.col("home_id").is_null())
            yield from findings_at(ledger, SUPPORT_HOME_MISSING, table.name, "home_id", alone)


def units_of_leads(ledger: Ledger) -> Iterator[Finding]:
    """Find leads that became the same unit as an earlier row."""
    first = pl.col("lead_id").first().over("unit_id")
    rows = ledger["housing"].drop_nulls("unit_id").with_columns(other_lead=first)
    twice = rows.filter(pl.col("lead_id") != pl.col("other_lead"))
    yield from findings_at(ledger, LEAD_UNIT_TWICE, "housing", "unit_id", twice)


def family_support(ledger: Ledger) -> Iterator[Finding]:
    """Find counts above the children supported, or different from the home's episodes."""
    rows = ledger["family_support"].with_columns(parts=_PARTS)
    above = rows.filter(pl.col("parts") > pl.col("supported"))
    yield from findings_at(
        ledger, FAMILY_SUPPORT_ABOVE_SUPPORTED, "family_support", "supported", above
    )
    counts = episodes_ended(ledger)
    compared = rows.join(
        ledger["episodes"].select("home_id").unique(), on="home_id", how="semi"
    ).join(counts, on=["home_id", "fiscal_year"], how="left", suffix="_counted")
    for name in _OUTCOMES:
        header = FAMILY_SUPPORT.column(name).header
        counted = compared.with_columns(
            header=pl.lit(header),
            given=pl.col(name),
            counted=pl.col(f"{name}_counted").fill_null(0),
        )
        wrong = counted.filter(pl.col("given") != pl.col("counted")).sort(ROW)
        yield from findings_at(
            ledger, FAMILY_SUPPORT_NOT_AS_EPISODES, "family_support", name, wrong
        )


def episodes_ended(ledger: Ledger) -> pl.DataFrame:
    """Count the episodes in homes that ended with a return home, foster care or adoption.

    Columns: home_id, fiscal_year, and those of `family_support` that count children.
    """
    year = pl.col("ended_on").dt.offset_by("-3mo").dt.year().cast(pl.Int64)
    return (
        ledger["episodes"]
        .drop_nulls(["home_id", "ended_on"])
        .group_by("home_id", fiscal_year=year)
        .agg(
            (pl.col("end_reason") == reason).sum().cast(pl.Int64).alias(name)
            for name, reason in _OUTCOMES.items()
        )
    )


CHECKS = (partial(check_rows, checks=ROW_CHECKS), numbers, units, units_of_leads, family_support)
ENTRIES = (
    *(check.entry for check in ROW_CHECKS),
    *(SUPPORT_NUMBER_NEGATIVE, SUPPORT_UNIT_DIFFERS, SUPPORT_HOME_MISSING, LEAD_UNIT_TWICE),
    *(FAMILY_SUPPORT_ABOVE_SUPPORTED, FAMILY_SUPPORT_NOT_AS_EPISODES),
)
