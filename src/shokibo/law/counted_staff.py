"""The people who count as staff of a unit, or as backup of a home, or no longer do (R4, R6)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from shokibo.law.fte import UNKNOWN_HOURS, is_full, staff_of
from shokibo.law.parameters import Law
from shokibo.law.presence import among, lasts, presence_on
from shokibo.ledger.checks.located import json_value
from shokibo.ledger.findings import Value
from shokibo.ledger.model import Ledger
from shokibo.texts import Language, Text
from shokibo.wording import fill

_UNKNOWN = Text("勤務時間が空欄の職員:{people}。", "Staff with unknown hours: {people}.")
_GONE = Text(
    "人数は常勤換算です。前の月より減った職員:{people}。",
    "Staff are full-time equivalents. No longer counted since the month before: {people}.",
)
_COUNTED = Text(
    "人数は常勤換算です。数えた職員:{people}。",
    "Staff are full-time equivalents. Counted: {people}.",
)
_NOBODY = Text("数えた職員はいません。", "Nobody was counted.")
_ON_LEAVE_TOO = Text("休業で数えない職員:{people}。", "On leave and not counted: {people}.")
_UNTIL = Text("{staff_id}({day:day}まで)", "{staff_id} (until {day:day})")
_ON_LEAVE = Text("{staff_id}({day:day}から休業)", "{staff_id} (on leave from {day:day})")


@dataclass(frozen=True)
class CountedStaff:
    """The people who explain a figure of one unit or home: their codes, and words about them."""

    codes: list[str]
    groups: list[tuple[Text, list[tuple[Text, dict[str, Value]]]]]

    def words(self, language: Language) -> str:
        """Name the people."""
        space = "" if language == "ja" else " "
        return space.join(
            fill(text, language, {"people": [fill(one, language, values) for one, values in named]})
            for text, named in self.groups
        )


class _Posted(NamedTuple):
    """A person's postings in a unit or home on a day; `away` means on leave and not counted."""

    last_day: dt.date | None
    lacks_hours: bool
    is_away: bool


def counted_staff(
    ledger: Ledger, law: Law, cases: pl.DataFrame, key: str
) -> Iterator[CountedStaff]:
    """Name for each case the people who explain its number of staff.

    `cases` has `key` (unit_id or home_id) and as_of. These are the people whose hours are not
    known; otherwise those who counted a month before and no longer do; otherwise all who count,
    and those on leave.
    """
    if cases.is_empty():
        return
    earlier = pl.col("as_of").dt.offset_by("-1mo").dt.month_start()
    days = cases.select(key, "as_of", earlier=earlier)
    now = _posted(ledger, law, days.select(key, "as_of"), key)
    before = _posted(ledger, law, days.select(key, as_of="earlier"), key)
    leave: dict[str, list[tuple[dt.date, dt.date]]] = {}
    columns = ("staff_id", "started_on", pl.col("ended_on").fill_null(dt.date.max))
    for code, first, last in ledger["absences"].select(columns).iter_rows():
        leave.setdefault(code, []).append((first, last))
    for owner, as_of, day_before in days.iter_rows():
        posted = now.get((owner, as_of), {})
        counting = [code for code, one in posted.items() if not one.is_away]
        unknown = [code for code in counting if posted[code].lacks_hours]
        gone = {
            code: one
            for code, one in before.get((owner, day_before), {}).items()
            if not one.is_away and code not in counting
        }
        if unknown:
            yield CountedStaff(unknown, [(_UNKNOWN, _named(unknown))])
        elif gone:
            ends = [_end(code, one.last_day, as_of, leave) for code, one in gone.items()]
            yield CountedStaff(list(gone), [(_GONE, ends)])
        else:
            away = [code for code, one in posted.items() if one.is_away]
            groups = [(_COUNTED if counting else _NOBODY, _named(counting))]
            if away:
                since = [_end(code, None, as_of, leave) for code in away]
                groups.append((_ON_LEAVE_TOO, since))
            yield CountedStaff([*counting, *away], groups)


def _named(codes: list[str]) -> list[tuple[Text, dict[str, Value]]]:
    named = Text("{staff_id}", "{staff_id}")
    return [(named, {"staff_id": code}) for code in codes]


def _end(
    code: str, last: dt.date | None, day: dt.date, leave: dict[str, list[tuple[dt.date, dt.date]]]
) -> tuple[Text, dict[str, Value]]:
    """Describe why somebody no longer counts: the posting has ended, or the person is on leave."""
    if last is not None and last < day:
        return _UNTIL, {"staff_id": code, "day": json_value(last)}
    since = max(first for first, until in leave[code] if first <= day <= until)
    return _ON_LEAVE, {"staff_id": code, "day": json_value(since)}


def _posted(
    ledger: Ledger, law: Law, cases: pl.DataFrame, key: str
) -> dict[tuple[str, dt.date], dict[str, _Posted]]:
    """Return the people with a posting that counts, by unit or home and day, then by code."""
    presence = presence_on(ledger, law, cases["as_of"].unique())
    rows = (
        ledger["staff"]
        .lazy()
        .filter(staff_of(key))
        .join(cases.lazy().unique(), on=key, maintain_order="left")
        .filter(lasts())
        .group_by(key, "as_of", "staff_id", maintain_order=True)
        .agg(
            pl.when(pl.col("ended_on").is_not_null().all()).then(pl.col("ended_on").max()),
            lacks_hours=(UNKNOWN_HOURS & ~is_full(presence)).any(),
            is_away=among(presence.absent).all(),
        )
        .collect()
    )
    posted: dict[tuple[str, dt.date], dict[str, _Posted]] = {}
    for owner, day, code, *facts in rows.iter_rows():
        posted.setdefault((owner, day), {})[code] = _Posted(*facts)
    return posted
