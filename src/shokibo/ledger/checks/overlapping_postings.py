"""Checks of people with two or more postings at once (R2, R4)."""

import datetime as dt
from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from heapq import heappop, heappush
from typing import Any

import polars as pl

from shokibo.ledger import limits
from shokibo.ledger.cells import hours_text
from shokibo.ledger.checks.located import findings_at, json_value, spans_overlap
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.texts import Language, Text

_R2 = "子発1004第5号 別紙3(1)"
_R4 = "子発1004第5号 別紙様式1・様式2 注2"

HOURS_MISSING = Entry(
    "HOURS_MISSING",
    "error",
    Text(
        "職員「{staff_id}」の週勤務時間か常勤の週勤務時間が空欄で、常勤換算できません。",
        "Hours of {staff_id} are blank, so the FTE is not known.",
    ),
    Text(
        "非常勤の人と、同時に二つの配置がある人は、両方を記入してください。",
        "Fill in both for part-timers and for people in two postings at once.",
    ),
    _R4,
)
OVER_FULL_TIME_TOGETHER = Entry(
    "OVER_FULL_TIME",
    "error",
    Text(
        "職員「{staff_id}」の同時の配置を合わせると、{day:day}から常勤1人分を超えます({hours})。",
        "The simultaneous postings of {staff_id} add up to more than one full-timer from "
        "{day:day} on ({hours_en}).",
    ),
    Text("配置の時間数か期間を修正してください。", "Correct their hours or days."),
    _R4,
)
OVER_FULL_TIME_ALWAYS = Entry(
    "OVER_FULL_TIME",
    "error",
    Text(
        "職員「{staff_id}」の同時の配置を合わせると、台帳の初めから常勤1人分を超えています({hours})。",
        "The postings of {staff_id} add up to more than one full-timer from before the ledger "
        "begins ({hours_en}).",
    ),
    Text("配置の時間数か期間を修正してください。", "Correct their hours or days."),
    _R4,
)
_HOURS = Text(
    "{place}:週{hours}時間、常勤は{full_time}時間", "{place}: {hours} of {full_time} hours"
)
POSTINGS_SHARE_DAY = Entry(
    "POSTINGS_SHARE_DAY",
    "error",
    Text(
        "職員「{staff_id}」の二つの配置が、{day:day}だけ重なっています(もう一方は{other})。",
        "Two postings of {staff_id} overlap on one day, {day:day} (the other: {other}).",
    ),
    Text(
        "先の配置の配置終了日を、前日の{day_before:day}にしてください。",
        "End the earlier one the day before, on {day_before:day}.",
    ),
    _R4,
)
DEDICATED_TWICE = Entry(
    "DEDICATED_TWICE",
    "error",
    Text(
        "職員「{staff_id}」が、同じ時に二つの生活単位の専任です(もう一方は{other})。",
        "{staff_id} is dedicated to two units at once (the other: {other}).",
    ),
    Text(
        "専任は一つの生活単位だけです。専任を×にするか、期間を修正してください。",
        "Dedicated means one unit only; correct one of the rows.",
    ),
    _R2,
)
DEDICATED_ELSEWHERE = Entry(
    "DEDICATED_ELSEWHERE",
    "warning",
    Text(
        "職員「{staff_id}」は専任ですが、同じ時に別の配置があります({other})。",
        "{staff_id} is dedicated and has another posting at once ({other}).",
    ),
    Text("専任か、配置を確かめてください。", "Check whether the person is dedicated."),
    _R2,
)
POSTING_OVERLAPS = Entry(
    "POSTING_OVERLAPS",
    "error",
    Text(
        "職員「{staff_id}」の同じ場所への配置が重なっています(もう一方は{other})。",
        "Two postings of {staff_id} at one place overlap (the other: {other}).",
    ),
    Text("期間を修正するか、一方を消してください。", "Correct the days or delete one."),
    _R4,
)
FULL_TIME_SHORT_HOURS = Entry(
    "FULL_TIME_SHORT_HOURS",
    "warning",
    Text(
        "常勤の職員「{staff_id}」の週勤務時間{hours}時間が、常勤の週勤務時間{full_time}時間より短いです。",
        "The full-timer {staff_id} works {hours} hours a week, fewer than the {full_time} of a "
        "full-timer.",
    ),
    Text(
        "判定では常勤1人として数えます。雇用形態か時間数を確かめてください。",
        "A judgement counts one full-timer. Check employment and hours.",
    ),
    _R4,
)
ENTRIES = (
    POSTING_OVERLAPS,
    POSTINGS_SHARE_DAY,
    DEDICATED_TWICE,
    DEDICATED_ELSEWHERE,
    FULL_TIME_SHORT_HOURS,
)

NO_HOURS = pl.col("weekly_hours").is_null() | pl.col("full_time_weekly_hours").is_null()


def postings_at_once(ledger: Ledger) -> Iterator[Finding]:
    """Check people with two postings at once; one shared day at a transfer is a single mistake."""
    every = _pairs(ledger)
    changing = _shares_one_day("", "other_") | _shares_one_day("other_", "")
    yield from _changes(ledger, every.filter(changing))
    pairs = every.filter(~changing)
    both = pl.col("dedicated") & pl.col("other_dedicated")
    in_units = pl.col("unit_id").is_not_null() & pl.col("other_unit_id").is_not_null()
    one = pl.col("dedicated") | pl.col("other_dedicated")
    same_place = (pl.col("home_id") == pl.col("other_home_id")) & pl.col("unit_id").eq_missing(
        pl.col("other_unit_id")
    )
    for what, condition in (
        (POSTING_OVERLAPS, same_place & pl.col("role").eq_missing(pl.col("other_role"))),
        (DEDICATED_TWICE, ~same_place & both & in_units),
        (DEDICATED_ELSEWHERE, ~same_place & one & ~(both & in_units)),
    ):
        rows = pairs.filter(condition).with_columns(other=_place(ledger, f"other_{ROW}"))
        yield from findings_at(ledger, what, "staff", "staff_id", rows)
    at_once = pl.concat([pairs[ROW], pairs[f"other_{ROW}"]]).unique()
    is_at_once = pl.col(ROW).is_in(at_once.implode())
    yield from _hours_at_once(ledger, ledger["staff"].filter(is_at_once))
    yield from _short_hours(ledger, ledger["staff"].filter(~is_at_once))


def _pairs(ledger: Ledger) -> pl.DataFrame:
    """Pair one person's overlapping postings, the later row first.

    Sorted by first day, the postings that may overlap with one follow it without a gap, so only
    those are paired. For a person with more than `MAX_ALIKE` such pairs, only the first is kept for
    each further posting: more are not listed anyway.
    """
    repeated = ledger["staff"].filter(pl.col("staff_id").is_duplicated())
    first = pl.col("started_on").fill_null(dt.date.min)
    last = pl.max_horizontal(first, pl.col("ended_on").fill_null(dt.date.max))
    spans = repeated.select("staff_id", ROW, first=first, last=last).sort("staff_id", "first")
    spans = spans.with_columns(at=pl.int_range(pl.len()))
    begun = spans.sort("first", maintain_order=True).select("staff_id", "first", until="at")
    following = (
        spans.sort("last")
        .join_asof(begun, left_on="last", right_on="first", by="staff_id", check_sortedness=False)
        .sort("at")
        .with_columns(before=(pl.col("until") - pl.col("at")).cum_sum().shift().over("staff_id"))
        .with_columns(
            until=pl.when(pl.col("before") >= limits.MAX_ALIKE)
            .then(pl.min_horizontal("until", pl.col("at") + 1))
            .otherwise("until")
        )
        .select("at", other=pl.int_ranges(pl.col("at") + 1, pl.col("until") + 1))
        .explode("other")
        .drop_nulls()
    )
    a, b = spans[ROW].gather(following["at"]), spans[ROW].gather(following["other"])
    names = ["home_id", "unit_id", "role", "dedicated", "started_on", "ended_on", ROW]
    return (
        pl.DataFrame({"a": a, "b": b})
        .select(pl.max_horizontal("a", "b").alias(ROW), other=pl.min_horizontal("a", "b"))
        .join(repeated.select("staff_id", *names), on=ROW)
        .join(
            repeated.select(names).rename("other_{}".format),
            left_on="other",
            right_on=f"other_{ROW}",
        )
        .rename({"other": f"other_{ROW}"})
        .filter(spans_overlap("started_on", "ended_on", "other_started_on", "other_ended_on"))
        .sort(ROW, f"other_{ROW}")
    )


def _place(ledger: Ledger, row: str) -> pl.Expr:
    return pl.col(row).map_elements(
        lambda number: ledger.place("staff", number, "staff_id"), return_dtype=pl.String
    )


def _shares_one_day(earlier: str, later: str) -> pl.Expr:
    """Return whether one posting ends on the day on which the other begins and continues."""
    begins, ends = pl.col(f"{earlier}started_on"), pl.col(f"{earlier}ended_on")
    following, goes_until = pl.col(f"{later}started_on"), pl.col(f"{later}ended_on")
    begins_before = begins.is_null() | (begins < ends)
    goes_on = goes_until.is_null() | (goes_until > ends)
    return (ends.eq(following) & begins_before & goes_on).fill_null(value=False)


def _changes(ledger: Ledger, pairs: pl.DataFrame) -> Iterator[Finding]:
    """Report pairs that overlap on one day, at the end of the earlier posting."""
    is_earlier = _shares_one_day("", "other_")
    day = pl.when(is_earlier).then("ended_on").otherwise("other_ended_on")
    rows = pairs.select(
        "staff_id",
        pl.when(is_earlier).then(ROW).otherwise(f"other_{ROW}").alias(ROW),
        day=day,
        day_before=day.dt.offset_by("-1d"),
        later=pl.when(is_earlier).then(f"other_{ROW}").otherwise(ROW),
    ).with_columns(other=_place(ledger, "later"))
    yield from findings_at(ledger, POSTINGS_SHARE_DAY, "staff", "ended_on", rows)


def _hours_at_once(ledger: Ledger, postings: pl.DataFrame) -> Iterator[Finding]:
    """Check that full-timers with two postings have hours that add up to one person at most."""
    without = postings.filter((pl.col("employment") == "full_time") & NO_HOURS)
    yield from findings_at(ledger, HOURS_MISSING, "staff", "weekly_hours", without)
    known = postings.filter(~NO_HOURS & (pl.col("full_time_weekly_hours") > 0))
    for _, of_person in known.group_by("staff_id", maintain_order=True):
        rows = list(of_person.sort(ROW).iter_rows(named=True))
        for last, held in _over_full_time(rows):
            day = rows[last]["started_on"]
            what = OVER_FULL_TIME_ALWAYS if day is None else OVER_FULL_TIME_TOGETHER
            values = {
                "staff_id": rows[last]["staff_id"],
                "day": json_value(day),
                "hours": [_hours_at(ledger, rows[number], "ja") for number in held],
                "hours_en": [_hours_at(ledger, rows[number], "en") for number in held],
            }
            yield ledger.finding(what, "staff", rows[last][ROW], "weekly_hours", **values)


def _hours_at(ledger: Ledger, row: dict[str, Any], language: Language) -> str:
    """Describe a posting's row with its hours."""
    return _HOURS.say(
        language,
        place=ledger.place("staff", row[ROW], "weekly_hours"),
        hours=hours_text(row["weekly_hours"]),
        full_time=hours_text(row["full_time_weekly_hours"]),
    )


def _short_hours(ledger: Ledger, postings: pl.DataFrame) -> Iterator[Finding]:
    """Find full-timers with fewer hours than a full-timer's, who still count as one."""
    short = postings.filter(
        (pl.col("employment") == "full_time")
        & (pl.col("weekly_hours") < pl.col("full_time_weekly_hours"))
    ).with_columns(
        hours=pl.col("weekly_hours").map_elements(hours_text, return_dtype=pl.String),
        full_time=pl.col("full_time_weekly_hours").map_elements(hours_text, return_dtype=pl.String),
    )
    yield from findings_at(ledger, FULL_TIME_SHORT_HOURS, "staff", "weekly_hours", short)


def _over_full_time(rows: list[dict[str, Any]]) -> Iterator[tuple[int, list[int]]]:
    """Find when one person's postings add up to more than one full-timer, once for each period.

    Yields the number of the posting with which it begins (the last of those that begin on the
    day), and those of all postings that hold then. A posting that begins during such a period does
    not start another one.
    """
    spans = [(row["started_on"] or dt.date.min, row["ended_on"] or dt.date.max) for row in rows]
    shares = [Fraction(row["weekly_hours"], row["full_time_weekly_hours"]) for row in rows]
    valid = [number for number, (first, last) in enumerate(spans) if first <= last]
    begun = deque(sorted(valid, key=lambda number: spans[number][0]))
    held: list[tuple[dt.date, int]] = []
    total, was_over = Fraction(), False
    while begun:
        day = spans[begun[0]][0]
        while held and held[0][0] < day:
            end, number = heappop(held)
            total -= shares[number]
            was_over &= (total > 1 and len(held) > 1) or end + dt.timedelta(1) == day
        last = begun[0]
        while begun and spans[begun[0]][0] == day:
            last = begun.popleft()
            heappush(held, (spans[last][1], last))
            total += shares[last]
        is_over = total > 1 and len(held) > 1
        if is_over and not was_over:
            yield last, sorted(number for _, number in held)
        was_over = is_over
