"""Checks of applications that replace others within a year, and of late starts (R8)."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from shokibo.ledger.chains import circles
from shokibo.ledger.checks.applications import YEAR_OF_START
from shokibo.ledger.checks.located import RowCheck, check_rows, finding_at, findings_at
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.ledger.tables import APPLICATIONS
from shokibo.texts import Text

_R8 = "子発1004第5号 別紙4"

REPLACES_CIRCLE = Entry(
    "REPLACES_CIRCLE",
    "error",
    Text(
        "変更前の申請IDをたどると、元の申請に戻ります({ids})。",
        "These applications replace one another in a circle: {ids}.",
    ),
    Text(
        "最初の申請の、変更前の申請IDを空欄にしてください。",
        "Leave the cell blank for the first of them.",
    ),
    _R8,
)
REPLACES_OTHER = Entry(
    "REPLACES_OTHER",
    "error",
    Text(
        "申請「{application_id}」と、変更前の申請「{replaces}」とで、{headers}が違います。",
        "Application {application_id} and the one it replaces, {replaces}, differ in {headers}.",
    ),
    Text(
        "変更できるのは、同じ年度の、同じ施設又は生活単位の同じ加算です。変更前の申請IDを修正して"
        "ください。",
        "It can only replace one for the same year, home or unit, and add-on; correct replaces.",
    ),
    _R8,
)
REPLACES_UNCERTIFIED = Entry(
    "REPLACES_UNCERTIFIED",
    "error",
    Text(
        "申請「{application_id}」の変更前の申請「{replaces}」は、認定されていません。",
        "Application {application_id} replaces {replaces}, which was not certified.",
    ),
    Text(
        "認定された申請のIDに修正するか、空欄にしてください。",
        "Write the id of a certified application, or leave the cell blank.",
    ),
    _R8,
)
REPLACED_NOT_ENDED = Entry(
    "REPLACED_NOT_ENDED",
    "error",
    Text(
        "申請「{replaces}」は、{start_month:month}から申請「{application_id}」に変更されましたが、"
        "終了日が空欄です。",
        "Application {application_id} replaces {replaces} from {start_month:month} on, which has "
        "not ended.",
    ),
    Text(
        "終了日を{day_before:day}にし、終了理由を記入してください。",
        "End it on {day_before:day}, and fill in the reason.",
    ),
    _R8,
)
REPLACED_ENDS_OTHERWISE = Entry(
    "REPLACED_NOT_ENDED",
    "error",
    Text(
        "申請「{replaces}」の終了日{ended_before:day}が、申請「{application_id}」の適用開始月"
        "({start_month:month})の前月末ではありません。",
        "Application {replaces} ends on {ended_before:day}, which is not the day before "
        "{application_id} starts ({start_month:month}).",
    ),
    Text(
        "終了日を{day_before:day}にするか、適用開始月を修正してください。",
        "End it on {day_before:day}, or correct the start month.",
    ),
    _R8,
)
RETROACTIVE_START = Entry(
    "RETROACTIVE_START",
    "info",
    Text(
        "申請「{application_id}」の適用開始月({start_month:month})が、申請日{applied_on:day}の月より"
        "前です。",
        "Application {application_id} starts in {start_month:month}, before the month of "
        "{applied_on:day}, when it was applied for.",
    ),
    Text(
        "さかのぼって適用してよいかを確かめてください。よければ修正する必要はありません。",
        "Make sure that it may apply from then on; if it may, nothing has to be corrected.",
    ),
    _R8,
)

ROW_CHECKS = (
    RowCheck(
        RETROACTIVE_START,
        "applications",
        "start_month",
        (pl.col("start_month") < pl.col("applied_on").dt.month_start())
        & (pl.col("fiscal_year") == YEAR_OF_START)
        & ~pl.col("decision").is_in(["rejected", "withdrawn"]),
    ),
)
_SAME = ("addon", "home_id", "unit_id", "fiscal_year")


def replaced_applications(ledger: Ledger) -> Iterator[Finding]:
    """Check that an application replaces a certified one for the same add-on that has ended."""
    replacing = ledger["applications"].drop_nulls("replaces")
    named = dict(replacing.select("application_id", "replaces").iter_rows())
    rows = {row["application_id"]: row for row in replacing.iter_rows(named=True)}
    found = circles(named)
    for circle in found:
        row = {**rows[circle[0]], "ids": circle}
        yield finding_at(ledger, REPLACES_CIRCLE, "applications", "replaces", row)
    before = ledger["applications"].select(
        *_SAME,
        replaces="application_id",
        decision_before="decision",
        ended_before="ended_on",
        row_before=ROW,
    )
    circling = [one for circle in found for one in circle]
    pairs = (
        replacing.filter(~pl.col("application_id").is_in(circling))
        .join(before, on="replaces", suffix="_before", maintain_order="left")
        .with_columns(day_before=pl.col("start_month").dt.offset_by("-1d"))
    )
    differs = [pl.col(name).ne_missing(pl.col(f"{name}_before")) for name in _SAME]
    other = pairs.filter(pl.any_horizontal(differs)).with_columns(
        headers=pl.concat_list(
            pl.when(one).then(pl.lit(APPLICATIONS.column(name).header))
            for name, one in zip(_SAME, differs, strict=True)
        ).list.drop_nulls()
    )
    yield from findings_at(ledger, REPLACES_OTHER, "applications", "replaces", other)
    own = pairs.filter(~pl.any_horizontal(differs))
    certified = pl.col("decision_before") == "certified"
    uncertified = own.filter(~certified)
    yield from findings_at(ledger, REPLACES_UNCERTIFIED, "applications", "replaces", uncertified)
    yield from _ends(ledger, own.filter(certified & (pl.col("decision") == "certified")))


def _ends(ledger: Ledger, pairs: pl.DataFrame) -> Iterator[Finding]:
    """Check the end of the replaced application, at its cell; before a decision it still runs."""
    at_replaced = pairs.with_columns(pl.col("row_before").alias(ROW))
    ended = pl.col("ended_before")
    for what, wrong in (
        (REPLACED_NOT_ENDED, ended.is_null()),
        (REPLACED_ENDS_OTHERWISE, ended != pl.col("day_before")),
    ):
        yield from findings_at(ledger, what, "applications", "ended_on", at_replaced.filter(wrong))


CHECKS = (partial(check_rows, checks=ROW_CHECKS), replaced_applications)
ENTRIES = (
    REPLACES_CIRCLE,
    REPLACES_OTHER,
    REPLACES_UNCERTIFIED,
    REPLACED_NOT_ENDED,
    RETROACTIVE_START,
)
