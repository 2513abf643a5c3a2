"""Checks of the staff's postings (R2, R4, R6)."""

import datetime as dt
from collections import deque
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import polars as pl

from shokibo.ledger.cells import hours_text
from shokibo.ledger.checks.located import (
    RowCheck,
    check_rows,
    entry,
    findings_at,
    json_value,
    spans_overlap,
)
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.texts import Text

_R2 = "子発1004第5号 別紙3(1)"
_R4 = "子発1004第5号 別紙様式1・様式2 注2"
_R6 = "子発1004第5号 別紙3(2)"

STAFF_DATES_REVERSED = entry(
    "STAFF_DATES_REVERSED",
    "error",
    Text(
        "職員「{staff_id}」の配置終了日{ended_on:day}が開始日{started_on:day}より前です。",
        "The posting of {staff_id} ends on {ended_on:day}, before it starts on {started_on:day}.",
    ),
    Text("日付を直してください。", "Correct the dates."),
)
HOURS_MISSING = entry(
    "HOURS_MISSING",
    "error",
    Text(
        "職員「{staff_id}」の週勤務時間か常勤の週勤務時間が空欄で、常勤換算できません。",
        "Hours of {staff_id} are blank, so the FTE can't be told.",
    ),
    Text(
        "非常勤の人と、同時に二つの配置がある人は、両方を記入してください。",
        "Fill in both for part-timers and for people in two postings at once.",
    ),
    _R4,
)
FULL_TIME_HOURS_ZERO = entry(
    "FULL_TIME_HOURS_ZERO",
    "error",
    Text(
        "職員「{staff_id}」の常勤の週勤務時間が0です。",
        "The full-time hours of {staff_id} are 0.",
    ),
    Text("就業規則の週の時間数を記入してください。", "Fill in the full-timers' weekly hours."),
    _R4,
)
OVER_FULL_TIME = entry(
    "OVER_FULL_TIME",
    "error",
    Text(
        "職員「{staff_id}」の週勤務時間{hours}時間が、常勤の週勤務時間{full_time}時間を超えています。",
        "{staff_id} works {hours} hours a week, more than the {full_time} of a full-timer.",
    ),
    Text(
        "どちらかの時間数を修正してください。判定では常勤1人として数えます。",
        "Correct either. A judgement counts one full-timer.",
    ),
    _R4,
)
OVER_FULL_TIME_TOGETHER = entry(
    "OVER_FULL_TIME",
    "error",
    Text(
        "職員「{staff_id}」の同時の配置を合わせると、{day:day}に常勤1人分を超えます。",
        "The postings of {staff_id} at once come to more than one full-timer on {day:day}.",
    ),
    Text("配置の時間数か期間を直してください。", "Correct their hours or days."),
    _R4,
)
OVER_FULL_TIME_ALWAYS = entry(
    "OVER_FULL_TIME",
    "error",
    Text(
        "職員「{staff_id}」の同時の配置を合わせると、台帳の初めから常勤1人分を超えています。",
        "The postings of {staff_id} come to more than one full-timer from before the ledger on.",
    ),
    Text("配置の時間数か期間を直してください。", "Correct their hours or days."),
    _R4,
)
POSTINGS_SHARE_DAY = entry(
    "POSTINGS_SHARE_DAY",
    "error",
    Text(
        "職員「{staff_id}」の二つの配置が、{day:day}だけ重なっています(もう一方は{other})。",
        "Two postings of {staff_id} share one day, {day:day} (the other: {other}).",
    ),
    Text(
        "先の配置の配置終了日を、前日の{day_before:day}にしてください。",
        "Let the earlier one end the day before, on {day_before:day}.",
    ),
    _R4,
)
DEDICATED_TWICE = entry(
    "DEDICATED_TWICE",
    "error",
    Text(
        "職員「{staff_id}」が、同じ時に二つの生活単位の専任です(もう一方は{other})。",
        "{staff_id} is dedicated to two units at once (the other: {other}).",
    ),
    Text(
        "専任は一つの生活単位だけです。専任を×にするか、期間を直してください。",
        "Dedicated means one unit only; correct one of the rows.",
    ),
    _R2,
)
DEDICATED_ELSEWHERE = entry(
    "DEDICATED_ELSEWHERE",
    "warning",
    Text(
        "職員「{staff_id}」は専任ですが、同じ時に別の配置があります({other})。",
        "{staff_id} is dedicated and has another posting at once ({other}).",
    ),
    Text("専任か、配置を確かめてください。", "Check whether the person is dedicated."),
    _R2,
)
DEDICATED_IN_ROTA = entry(
    "DEDICATED_IN_ROTA",
    "warning",
    Text(
        "職員「{staff_id}」は専任ですが、本体施設の勤務ローテーションに入っています。",
        "{staff_id} is dedicated and in the main building's rota.",
    ),
    Text(
        "加配には数えません。本体のローテーションを確かめてください。",
        "The person does not count as extra staff.",
    ),
    _R2,
)
POSTING_OVERLAPS = entry(
    "POSTING_OVERLAPS",
    "error",
    Text(
        "職員「{staff_id}」の同じ場所への配置が重なっています(もう一方は{other})。",
        "Two postings of {staff_id} at one place overlap (the other: {other}).",
    ),
    Text("期間を直すか、一方を消してください。", "Correct the days or delete one."),
    _R4,
)
BACKUP_IN_UNIT = entry(
    "BACKUP_IN_UNIT",
    "error",
    Text(
        "バックアップ職員「{staff_id}」に生活単位が書かれています。どこにも数えません。",
        "The backup worker {staff_id} has a unit, and is counted nowhere.",
    ),
    Text(
        "本体施設の職員なので、生活単位IDを空欄にしてください。",
        "Leave unit_id blank: backup is at the main building.",
    ),
    _R6,
)
STAFF_HOME_DIFFERS = entry(
    "STAFF_HOME_DIFFERS",
    "error",
    Text(
        "職員「{staff_id}」の生活単位「{unit_name}」は、施設「{home_name}」のものではなく、"
        "施設「{unit_home_name}」のものです。",
        "The unit of {staff_id}, {unit_name}, is not of {home_name} but of {unit_home_name}.",
    ),
    Text("施設IDか生活単位IDを修正してください。", "Correct home_id or unit_id."),
)
STAFF_OUTSIDE_UNIT = entry(
    "STAFF_OUTSIDE_UNIT",
    "warning",
    Text(
        "職員「{staff_id}」の配置の全部が、生活単位「{unit_name}」の開設期間の外です。",
        "The whole posting of {staff_id} is outside the days of unit {unit_name}.",
    ),
    Text("日付を確かめてください。", "Check the dates."),
)

_NO_HOURS = pl.col("weekly_hours").is_null() | pl.col("full_time_weekly_hours").is_null()
ROW_CHECKS = (
    RowCheck(STAFF_DATES_REVERSED, "staff", "ended_on", pl.col("ended_on") < pl.col("started_on")),
    RowCheck(
        HOURS_MISSING, "staff", "weekly_hours", (pl.col("employment") == "part_time") & _NO_HOURS
    ),
    RowCheck(
        FULL_TIME_HOURS_ZERO,
        "staff",
        "full_time_weekly_hours",
        pl.col("full_time_weekly_hours") == 0,
    ),
    RowCheck(
        DEDICATED_IN_ROTA,
        "staff",
        "main_rota",
        pl.col("dedicated") & pl.col("main_rota") & pl.col("unit_id").is_not_null(),
    ),
    RowCheck(
        BACKUP_IN_UNIT,
        "staff",
        "unit_id",
        (pl.col("role") == "backup") & pl.col("unit_id").is_not_null(),
    ),
)


def over_full_time(ledger: Ledger) -> Iterator[Finding]:
    """Check postings with more hours than a full-timer's week."""
    weekly, full_time = pl.col("weekly_hours"), pl.col("full_time_weekly_hours")
    rows = ledger["staff"].filter(weekly > full_time)
    hours = (
        column.map_elements(hours_text, return_dtype=pl.String) for column in (weekly, full_time)
    )
    named = dict(zip(("hours", "full_time"), hours, strict=True))
    yield from findings_at(
        ledger, OVER_FULL_TIME, "staff", "weekly_hours", rows.with_columns(**named)
    )


def _pairs(ledger: Ledger) -> pl.DataFrame:
    """Give the pairs of postings of one person that share a day; the later row first."""
    staff = ledger["staff"]
    repeated = staff.filter(pl.col("staff_id").is_duplicated())
    names = ["home_id", "unit_id", "dedicated", "started_on", "ended_on", ROW]
    one = repeated.select("staff_id", *names)
    other = repeated.select(pl.col(name).alias(f"other_{name}") for name in names)
    return (
        _near(repeated)
        .join(one, on=ROW)
        .join(other, on=f"other_{ROW}")
        .filter(spans_overlap("started_on", "ended_on", "other_started_on", "other_ended_on"))
        .sort(ROW, f"other_{ROW}")
        .with_columns(
            other=_place(ledger, f"other_{ROW}"),
            same_place=(pl.col("home_id") == pl.col("other_home_id"))
            & pl.col("unit_id").eq_missing(pl.col("other_unit_id")),
        )
    )


def _near(postings: pl.DataFrame) -> pl.DataFrame:
    """Give rows of which one begins before the other of the same person ends.

    By their first days, those that may share a day with a posting follow it without a gap, so that
    only they are paired, however many a person has.
    """
    first = pl.col("started_on").fill_null(dt.date.min)
    last = pl.max_horizontal(first, pl.col("ended_on").fill_null(dt.date.max))
    spans = postings.select("staff_id", ROW, first=first, last=last).sort("staff_id", "first")
    spans = spans.with_columns(at=pl.int_range(pl.len()))
    begun = spans.sort("first", maintain_order=True).select("staff_id", "first", until="at")
    pairs = (
        spans.sort("last")
        .join_asof(begun, left_on="last", right_on="first", by="staff_id", check_sortedness=False)
        .select("at", other=pl.int_ranges(pl.col("at") + 1, pl.col("until") + 1))
        .explode("other")
        .drop_nulls()
    )
    rows = pl.DataFrame(
        {"a": spans[ROW].gather(pairs["at"]), "b": spans[ROW].gather(pairs["other"])}
    )
    return rows.select(
        pl.max_horizontal("a", "b").alias(ROW), pl.min_horizontal("a", "b").alias(f"other_{ROW}")
    )


def _place(ledger: Ledger, row: str) -> pl.Expr:
    return pl.col(row).map_elements(
        lambda number: ledger.place("staff", number, "staff_id"), return_dtype=pl.String
    )


def two_postings(ledger: Ledger) -> Iterator[Finding]:
    """Check people who have two postings at once; one day shared at a change is one mistake."""
    every = _pairs(ledger)
    changing = _shares_one_day(earlier="", later="other_") | _shares_one_day(
        earlier="other_", later=""
    )
    yield from _changes(ledger, every.filter(changing))
    pairs = every.filter(~changing)
    both = pl.col("dedicated") & pl.col("other_dedicated")
    in_units = pl.col("unit_id").is_not_null() & pl.col("other_unit_id").is_not_null()
    one = pl.col("dedicated") | pl.col("other_dedicated")
    apart = pairs.filter(~pl.col("same_place"))
    for what, rows in (
        (POSTING_OVERLAPS, pairs.filter("same_place")),
        (DEDICATED_TWICE, apart.filter(both & in_units)),
        (DEDICATED_ELSEWHERE, apart.filter(one & ~(both & in_units))),
    ):
        yield from findings_at(ledger, what, "staff", "staff_id", rows)
    yield from _hours_of_pairs(ledger, pairs)


def _shares_one_day(*, earlier: str, later: str) -> pl.Expr:
    """Whether one posting ends on the day on which the other begins and goes on."""
    begins, ends = pl.col(f"{earlier}started_on"), pl.col(f"{earlier}ended_on")
    following, goes_until = pl.col(f"{later}started_on"), pl.col(f"{later}ended_on")
    begins_before = begins.is_null() | (begins < ends)
    goes_on = goes_until.is_null() | (goes_until > ends)
    return (ends.eq(following) & begins_before & goes_on).fill_null(value=False)


def _changes(ledger: Ledger, pairs: pl.DataFrame) -> Iterator[Finding]:
    """Tell pairs that share one day at the end of the earlier posting."""
    is_earlier = _shares_one_day(earlier="", later="other_")
    day = pl.when(is_earlier).then("ended_on").otherwise("other_ended_on")
    row = pl.when(is_earlier).then(ROW).otherwise(f"other_{ROW}")
    rows = pairs.with_columns(
        day=day,
        day_before=day.dt.offset_by("-1d"),
        row=row,
        other_row=pl.when(is_earlier).then(f"other_{ROW}").otherwise(ROW),
    ).select(
        "staff_id",
        "day",
        "day_before",
        pl.col("row").alias(ROW),
        other=_place(ledger, "other_row"),
    )
    yield from findings_at(ledger, POSTINGS_SHARE_DAY, "staff", "ended_on", rows)


def _hours_of_pairs(ledger: Ledger, pairs: pl.DataFrame) -> Iterator[Finding]:
    """Full-timers in two postings need hours; all of a person's together are one at most."""
    at_once = pl.concat([pairs[ROW], pairs[f"other_{ROW}"]]).unique()
    several = ledger["staff"].filter(pl.col(ROW).is_in(at_once.implode()))
    full = several.filter((pl.col("employment") == "full_time") & _NO_HOURS)
    yield from findings_at(ledger, HOURS_MISSING, "staff", "weekly_hours", full)
    known = several.filter(~_NO_HOURS & (pl.col("full_time_weekly_hours") > 0))
    for _, postings in known.group_by("staff_id", maintain_order=True):
        yield from _together(ledger, postings)


def _together(ledger: Ledger, postings: pl.DataFrame) -> Iterator[Finding]:
    """Add a person's postings up on each day on which one starts; a blank day is the first."""
    rows = list(postings.iter_rows(named=True))
    spans = [
        (row["started_on"] or dt.date.min, row["ended_on"] or dt.date.max, _share(row))
        for row in rows
    ]
    begin = deque(sorted((first, share) for first, last, share in spans if first <= last))
    end = deque(sorted((last, share) for first, last, share in spans if first <= last))
    total, held, over = Fraction(), 0, set()
    for day in sorted({first for first, _, _ in spans}):
        while begin and begin[0][0] <= day:
            total, held = total + begin.popleft()[1], held + 1
        while end and end[0][0] < day:
            total, held = total - end.popleft()[1], held - 1
        if held > 1 and total > 1:
            over.add(day)
    for row, (first, _, _) in zip(rows, spans, strict=True):
        if first in over:
            day = row["started_on"]
            what = OVER_FULL_TIME_ALWAYS if day is None else OVER_FULL_TIME_TOGETHER
            values = {"staff_id": row["staff_id"], "day": json_value(day)}
            yield ledger.finding(what, "staff", row[ROW], "weekly_hours", **values)


def _share(row: Mapping[str, Any]) -> Fraction:
    return Fraction(row["weekly_hours"], row["full_time_weekly_hours"])


def units_of_staff(ledger: Ledger) -> Iterator[Finding]:
    """Check that a posting's unit is of its home, and open in its days."""
    units = ledger["units"].select(
        "unit_id", "opened_on", "closed_on", unit_home="home_id", unit_name="name"
    )
    joined = ledger["staff"].join(units, on="unit_id", maintain_order="left")
    differs = joined.filter(pl.col("home_id") != pl.col("unit_home"))
    yield from findings_at(ledger, STAFF_HOME_DIFFERS, "staff", "unit_id", differs)
    outside = joined.filter(~spans_overlap("started_on", "ended_on", "opened_on", "closed_on"))
    yield from findings_at(ledger, STAFF_OUTSIDE_UNIT, "staff", "started_on", outside)


def rows(ledger: Ledger) -> Iterator[Finding]:
    """Run the checks that look at one row alone."""
    return check_rows(ledger, ROW_CHECKS)


CHECKS = (rows, over_full_time, two_postings, units_of_staff)
ENTRIES = (
    *(check.entry for check in ROW_CHECKS),
    OVER_FULL_TIME,
    POSTING_OVERLAPS,
    POSTINGS_SHARE_DAY,
    DEDICATED_TWICE,
    DEDICATED_ELSEWHERE,
    STAFF_HOME_DIFFERS,
    STAFF_OUTSIDE_UNIT,
)
