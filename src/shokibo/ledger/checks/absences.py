"""Checks of leave: whose it is, and when."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

import polars as pl

from shokibo.ledger.checks.located import RowCheck, begun_too_early, check_rows, findings_at
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.texts import Text

ABSENCE_DATES_REVERSED = Entry(
    "ABSENCE_DATES_REVERSED",
    "error",
    Text(
        "職員「{staff_id}」の休業の終了日{ended_on:day}が開始日{started_on:day}より前です。",
        "The leave of {staff_id} ends on {ended_on:day}, before it starts on {started_on:day}.",
    ),
    Text("日付を修正してください。", "Correct the dates."),
)
ABSENCE_OF_NOBODY = Entry(
    "ABSENCE_OF_NOBODY",
    "error",
    Text(
        "休業している職員「{staff_id}」が、「職員」にありません。",
        "{staff_id}, who is on leave, is not among the staff.",
    ),
    Text(
        "職員IDを修正するか、「職員」にその人の配置を加えてください。",
        "Correct “staff_id”, or add the person's posting to staff.",
    ),
)
ABSENCE_STARTS_OUTSIDE = Entry(
    "ABSENCE_OUTSIDE_POSTING",
    "warning",
    Text(
        "職員「{staff_id}」の休業の開始日{started_on:day}に、その人の配置がありません。",
        "{staff_id} is posted nowhere on {started_on:day}, the first day of the leave.",
    ),
    Text(
        "開始日か、「職員」の配置の期間を修正してください。",
        "Correct the day, or the days of the posting in staff.",
    ),
)
ABSENCE_ENDS_OUTSIDE = Entry(
    "ABSENCE_OUTSIDE_POSTING",
    "warning",
    Text(
        "職員「{staff_id}」の休業の終了日{ended_on:day}に、その人の配置がありません。",
        "{staff_id} is posted nowhere on {ended_on:day}, the last day of the leave.",
    ),
    Text(
        "終了日か、「職員」の配置の期間を修正してください。",
        "Correct the day, or the days of the posting in staff.",
    ),
)
ABSENCE_OVERLAPS = Entry(
    "ABSENCE_OVERLAPS",
    "error",
    Text(
        "職員「{staff_id}」の二つの休業が重なっています(もう一方は{other})。",
        "Two periods of leave of {staff_id} overlap (the other: {other}).",
    ),
    Text(
        "先の休業の終了日を{day_before:day}までの日にするか、一方を消してください。",
        "End the earlier one by {day_before:day}, or delete one.",
    ),
)

_REVERSED = pl.col("ended_on") < pl.col("started_on")
ROW_CHECKS = (RowCheck(ABSENCE_DATES_REVERSED, "absences", "ended_on", _REVERSED),)


def people_on_leave(ledger: Ledger) -> Iterator[Finding]:
    """Find leave of unknown people, and leave beginning or ending while its person has no posting.

    Leave without an end lasts as long as the posting.
    """
    postings = ledger["staff"].select(
        "staff_id",
        first=pl.col("started_on").fill_null(dt.date.min),
        last=pl.col("ended_on").fill_null(dt.date.max),
    )
    every = ledger["absences"]
    nobody = every.join(postings, on="staff_id", how="anti", maintain_order="left")
    yield from findings_at(ledger, ABSENCE_OF_NOBODY, "absences", "staff_id", nobody)
    known = every.filter(~_REVERSED.fill_null(value=False)).join(
        postings, on="staff_id", how="semi", maintain_order="left"
    )
    starts = _posted(known, "started_on", postings)
    yield from findings_at(
        ledger, ABSENCE_STARTS_OUTSIDE, "absences", "started_on", starts.filter(~pl.col("posted"))
    )
    ends = _posted(
        starts.filter("posted").drop("posted").drop_nulls("ended_on"), "ended_on", postings
    )
    yield from findings_at(
        ledger, ABSENCE_ENDS_OUTSIDE, "absences", "ended_on", ends.filter(~pl.col("posted"))
    )


def _posted(rows: pl.DataFrame, day: str, postings: pl.DataFrame) -> pl.DataFrame:
    """Return whether each person has a posting on a day, in the rows' order: `posted`."""
    begun = (
        postings.sort("first")
        .with_columns(reaches=pl.col("last").cum_max().over("staff_id"))
        .drop("last")
    )
    return (
        rows.sort(day)
        .join_asof(begun, left_on=day, right_on="first", by="staff_id", check_sortedness=False)
        .with_columns(posted=(pl.col("reaches") >= pl.col(day)).fill_null(value=False))
        .drop("first", "reaches")
        .sort(ROW)
    )


def overlapping(ledger: Ledger) -> Iterator[Finding]:
    """Find leave that begins before an earlier one of the same person has ended."""
    rows = begun_too_early(ledger, "absences", ["staff_id"], "started_on", "ended_on")
    yield from findings_at(ledger, ABSENCE_OVERLAPS, "absences", "started_on", rows)


CHECKS = (partial(check_rows, checks=ROW_CHECKS), people_on_leave, overlapping)
ENTRIES = (
    ABSENCE_DATES_REVERSED,
    ABSENCE_OF_NOBODY,
    ABSENCE_STARTS_OUTSIDE,
    ABSENCE_OVERLAPS,
)
