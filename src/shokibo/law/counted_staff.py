"""Who counts as staff of a unit, or as backup of a home, and who no longer does (R4, R6)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from shokibo.law.fte import UNKNOWN_HOURS, is_full, staff_of
from shokibo.law.parameters import Law
from shokibo.law.presence import among, lasts, presence_on
from shokibo.ledger.checks.located import json_value
from shokibo.ledger.findings import Value
from shokibo.ledger.model import Ledger
from shokibo.texts import Language, Text
from shokibo.wording import fill

_UNKNOWN = Text("勤務時間が空欄の職員:{people}。", "Staff of unknown hours: {people}.")
_GONE = Text(
    "人数は常勤換算です。前の月より減った職員:{people}。",
    "Staff are full-time equivalents. Gone since the month before: {people}.",
)
_COUNTED = Text(
    "人数は常勤換算です。数えた職員:{people}。",
    "Staff are full-time equivalents. Counted: {people}.",
)
_NOBODY = Text("数えた職員はいません。", "Nobody was counted.")
_UNTIL = Text("{staff_id}({day:day}まで)", "{staff_id} (until {day:day})")
_ON_LEAVE = Text("{staff_id}({day:day}から休業)", "{staff_id} (on leave from {day:day})")


@dataclass(frozen=True)
class CountedStaff:
    """The people whom a figure of one unit or home names: their codes, and words on them."""

    codes: list[str]
    text: Text
    people: list[tuple[Text, dict[str, Value]]]

    def words(self, language: Language) -> str:
        """Name the people."""
        people: Value = [fill(text, language, values) for text, values in self.people]
        return fill(self.text, language, {"people": people})


def counted_staff(
    ledger: Ledger, law: Law, cases: pl.DataFrame, key: str
) -> Iterator[CountedStaff]:
    """Name for each case who explains the number of its staff.

    `cases` has `key` (unit_id or home_id) and as_of. Named are those whose hours are not known;
    else those who counted a month before and no longer do; else all who count.
    """
    earlier = pl.col("as_of").dt.offset_by("-1mo").dt.month_start()
    days = cases.select(key, "as_of", earlier=earlier)
    now = _counting(ledger, law, days.select(key, "as_of"), key)
    before = _counting(ledger, law, days.select(key, as_of="earlier"), key)
    leave = _leave(ledger)
    for owner, as_of, day_before in days.iter_rows():
        counting = now.get((owner, as_of), {})
        unknown = [code for code, (_, missing) in counting.items() if missing]
        counted = before.get((owner, day_before), {})
        gone = {code: last for code, (last, _) in counted.items() if code not in counting}
        if unknown:
            yield _named(_UNKNOWN, unknown)
        elif gone:
            ends = [_end(code, last, as_of, leave) for code, last in gone.items()]
            yield CountedStaff(list(gone), _GONE, ends)
        else:
            yield _named(_COUNTED if counting else _NOBODY, list(counting))


def _named(text: Text, codes: list[str]) -> CountedStaff:
    named = Text("{staff_id}", "{staff_id}")
    return CountedStaff(codes, text, [(named, {"staff_id": code}) for code in codes])


def _end(
    code: str, last: dt.date | None, day: dt.date, leave: dict[str, list[tuple[dt.date, dt.date]]]
) -> tuple[Text, dict[str, Value]]:
    """Say why somebody no longer counts: the posting has ended, or the person is on leave."""
    if last is not None and last < day:
        return _UNTIL, {"staff_id": code, "day": json_value(last)}
    since = max(first for first, until in leave[code] if first <= day <= until)
    return _ON_LEAVE, {"staff_id": code, "day": json_value(since)}


def _counting(
    ledger: Ledger, law: Law, cases: pl.DataFrame, key: str
) -> dict[tuple[str, dt.date], dict[str, tuple[dt.date | None, bool]]]:
    """Return by unit or home and day the people who count: last day, whether hours are missing."""
    presence = presence_on(ledger, law, cases["as_of"].unique())
    rows = (
        ledger["staff"]
        .lazy()
        .filter(staff_of(key))
        .join(cases.lazy().unique(), on=key)
        .filter(lasts(), ~among(presence.absent))
        .group_by(key, "as_of", "staff_id", maintain_order=True)
        .agg(
            pl.when(pl.col("ended_on").is_not_null().all()).then(pl.col("ended_on").max()),
            missing=(UNKNOWN_HOURS & ~is_full(presence)).any(),
        )
        .collect()
    )
    counting: dict[tuple[str, dt.date], dict[str, tuple[dt.date | None, bool]]] = {}
    for owner, day, code, last, missing in rows.iter_rows():
        counting.setdefault((owner, day), {})[code] = (last, missing)
    return counting


def _leave(ledger: Ledger) -> dict[str, list[tuple[dt.date, dt.date]]]:
    """Return the days of leave by person."""
    periods: dict[str, list[tuple[dt.date, dt.date]]] = {}
    columns = ("staff_id", "started_on", pl.col("ended_on").fill_null(dt.date.max))
    for code, first, last in ledger["absences"].select(columns).iter_rows():
        periods.setdefault(code, []).append((first, last))
    return periods
