"""Checks of the support log against confirmations, and of supervision over time."""

from collections.abc import Iterator

import polars as pl

from shokibo.law.of_day import of_day
from shokibo.law.parameters import Law
from shokibo.law.requirements import DUTIES
from shokibo.law.support_evidence import fiscal_year, records_year
from shokibo.ledger.checks.located import findings_at
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.ledger.tables import CONFIRMATION_ITEMS
from shokibo.texts import Text

_R6 = "子発1004第5号 別紙3(2)"
REQUIREMENT_WITHOUT_RECORD = Entry(
    "REQUIREMENT_WITHOUT_RECORD",
    "info",
    Text(
        "施設「{home_name}」の「{item_name}」は確認済みですが、{records_year:year}の支援記録がありません。",
        "{home_name}: {item:code} is confirmed, but the support log of {records_year:year} has no "
        "record of it.",
    ),
    Text(
        "支援の記録を「支援記録」に加えるか、確認の根拠資料を確かめてください。",
        "Add what was done to the support log, or check the evidence of the confirmation.",
    ),
    _R6,
)
SUPERVISION_GAP = Entry(
    "SUPERVISION_GAP",
    "warning",
    Text(
        "生活単位「{unit_name}」に、{from_day:day}から{until_day:day}まで、{months}か月を超えて"
        "スーパーバイズの記録がありません。",
        "Unit {unit_name} has no supervision on record from {from_day:day} to {until_day:day}, "
        "more than {months} {months:month|months}.",
    ),
    Text(
        "行ったスーパーバイズを「支援記録」に加えるか、行ったかどうかを確かめてください。",
        "Add it to the support log if it took place; check whether it did.",
    ),
    _R6,
)
ENTRIES = (REQUIREMENT_WITHOUT_RECORD, SUPERVISION_GAP)


def confirmed_without_record(ledger: Ledger, _law: Law) -> Iterator[Finding]:
    """Find duties confirmed without a record in the year on which the confirmation is based.

    Only for homes that keep a support log, from its first year on.
    """
    log = ledger["support_log"].select(
        "home_id", item="duty", records_year=fiscal_year(pl.col("done_on"))
    )
    first = log.group_by("home_id").agg(first=pl.col("records_year").min())
    without = (
        ledger["confirmations"]
        .filter(pl.col("item").is_in(list(DUTIES.values())) & pl.col("result").ne_missing(False))
        .with_columns(
            records_year=records_year(pl.coalesce("holds_from", "confirmed_on")),
            item_name=pl.col("item").replace_strict(CONFIRMATION_ITEMS, return_dtype=pl.String),
        )
        .join(first, on="home_id", maintain_order="left")
        .filter(pl.col("records_year") >= pl.col("first"))
        .join(log, on=["home_id", "item", "records_year"], how="anti", maintain_order="left")
    )
    yield from findings_at(ledger, REQUIREMENT_WITHOUT_RECORD, "confirmations", "item", without)


def supervision_gaps(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Find spans longer than the parameter's months in which a unit had no supervision.

    Covers the group homes of homes that record supervision, from the home's first record or the
    unit's opening to the last day in the home's log or the unit's closing. A record without a unit
    is for all of them.
    """
    log = ledger["support_log"]
    last = log.group_by("home_id").agg(last=pl.col("done_on").max())
    days = log.filter(pl.col("duty") == "duty_supervision").select(
        "home_id", "done_on", of_unit="unit_id"
    )
    begun = days.group_by("home_id").agg(begun=pl.col("done_on").min())
    owners = ledger["homes"].select("home_id", "authority_code")
    units = (
        ledger["units"]
        .filter(pl.col("kind") != "main_unit")
        .join(owners, on="home_id")
        .join(begun, on="home_id")
        .join(last, on="home_id")
        .with_columns(
            first_day=pl.max_horizontal("begun", "opened_on"),
            last_day=pl.min_horizontal("last", "closed_on"),
        )
    )
    done = (
        units.join(days, on="home_id")
        .filter(pl.col("of_unit").is_null() | (pl.col("of_unit") == pl.col("unit_id")))
        .filter(pl.col("done_on").is_between("first_day", "last_day"))
    )
    points = pl.concat(
        units.select(*_UNIT, day=day) for day in (pl.col("first_day"), pl.col("last_day"))
    )
    months = pl.format("{}mo", pl.col("months"))
    gaps = (
        pl.concat([points, done.select(*_UNIT, day="done_on")])
        .sort(ROW, "day")
        .with_columns(as_of=pl.col("day"), from_day=pl.col("day").shift().over(ROW))
        .with_columns(of_day(law, "supervision_gap_months").alias("months"))
        .filter(pl.col("day") > pl.col("from_day").dt.offset_by(months))
        .with_columns(until_day=pl.col("day"), unit_name=pl.col("name"))
    )
    yield from findings_at(ledger, SUPERVISION_GAP, "units", "name", gaps)


_UNIT = (ROW, "unit_id", "name", "authority_code")


CHECKS = (confirmed_without_record, supervision_gaps)
