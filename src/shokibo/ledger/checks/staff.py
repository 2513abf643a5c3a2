"""Checks of the staff's postings (R2, R4, R6)."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from shokibo.ledger.cells import hours_text
from shokibo.ledger.checks import overlapping_postings
from shokibo.ledger.checks.located import RowCheck, check_rows, findings_at, spans_overlap
from shokibo.ledger.checks.overlapping_postings import HOURS_MISSING, NO_HOURS, postings_at_once
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.texts import Text

_R2 = "子発1004第5号 別紙3(1)"
_R4 = "子発1004第5号 別紙様式1・様式2 注2"
_R6 = "子発1004第5号 別紙3(2)"

STAFF_DATES_REVERSED = Entry(
    "STAFF_DATES_REVERSED",
    "error",
    Text(
        "職員「{staff_id}」の配置終了日{ended_on:day}が開始日{started_on:day}より前です。",
        "The posting of {staff_id} ends on {ended_on:day}, before it starts on {started_on:day}.",
    ),
    Text("日付を修正してください。", "Correct the dates."),
)
FULL_TIME_HOURS_ZERO = Entry(
    "FULL_TIME_HOURS_ZERO",
    "error",
    Text(
        "職員「{staff_id}」の常勤の週勤務時間が0です。",
        "The full-time hours of {staff_id} are 0.",
    ),
    Text("就業規則の週の時間数を記入してください。", "Fill in the full-timers' weekly hours."),
    _R4,
)
OVER_FULL_TIME = Entry(
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
DEDICATED_IN_ROTA = Entry(
    "DEDICATED_IN_ROTA",
    "warning",
    Text(
        "職員「{staff_id}」は専任ですが、本体施設の勤務ローテーションに入っています。",
        "{staff_id} is dedicated but in the main building's rota.",
    ),
    Text(
        "加配には数えません。本体施設の勤務ローテーションを確かめてください。",
        "The person does not count as extra staff.",
    ),
    _R2,
)
BACKUP_IN_UNIT = Entry(
    "BACKUP_IN_UNIT",
    "error",
    Text(
        "バックアップ職員「{staff_id}」に生活単位が書かれています。どこにも数えません。",
        "The backup worker {staff_id} has a unit, and so is not counted.",
    ),
    Text(
        "本体施設の職員なので、生活単位IDを空欄にしてください。",
        "Leave “unit_id” blank: backup is at the main building.",
    ),
    _R6,
)
STAFF_HOME_DIFFERS = Entry(
    "STAFF_HOME_DIFFERS",
    "error",
    Text(
        "職員「{staff_id}」の生活単位「{unit_name}」は、施設「{home_name}」のものではなく、"
        "施設「{unit_home_name}」のものです。",
        "The unit of {staff_id}, {unit_name}, is not of {home_name} but of {unit_home_name}.",
    ),
    Text("施設IDか生活単位IDを修正してください。", "Correct “home_id” or “unit_id”."),
)
STAFF_OUTSIDE_UNIT = Entry(
    "STAFF_OUTSIDE_UNIT",
    "warning",
    Text(
        "職員「{staff_id}」の配置の全部が、生活単位「{unit_name}」の開設期間の外です。",
        "The whole posting of {staff_id} is outside the days when unit {unit_name} is open.",
    ),
    Text("日付を確かめてください。", "Check the dates."),
)
STAFF_ID_IS_NAME = Entry(
    "STAFF_ID_IS_NAME",
    "warning",
    Text("職員IDが氏名のようです。", "The staff id looks like a person's name."),
    Text(
        "氏名は台帳に書かず、「A-12」のような符号にしてください(「休業」でも同じ符号)。"
        "符号であれば、このままで構いません。",
        "Write a code such as A-12, the same in “absences”; leave it if it is one.",
    ),
)
_LETTERS = r"[\p{Han}\p{Hiragana}\p{Katakana}々ー]"
_NAME = rf"^(?:{_LETTERS}{{1,8}}[ 　・]{_LETTERS}{{1,8}}|[\p{{Han}}々]{{2,6}})$"
"""A name in two parts, or in kanji alone; codes have figures, Latin letters or hyphens."""
_POST = (
    "職員|架空|予定|未定|新規|代替|補助|常勤|夜勤|宿直|派遣|実習|"
    "(?:員|長|士|師|主任|係|班|担当|職|者|番|号|組|室|課|部|[甲乙丙丁])$"
)
"""Words of posts and places by which a person may be called without a name: 園長, 心理士."""

ROW_CHECKS = (
    RowCheck(
        STAFF_ID_IS_NAME,
        "staff",
        "staff_id",
        pl.col("staff_id").str.contains(_NAME) & ~pl.col("staff_id").str.contains(_POST),
    ),
    RowCheck(STAFF_DATES_REVERSED, "staff", "ended_on", pl.col("ended_on") < pl.col("started_on")),
    RowCheck(
        HOURS_MISSING, "staff", "weekly_hours", (pl.col("employment") == "part_time") & NO_HOURS
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


def postings(ledger: Ledger) -> Iterator[Finding]:
    """Check a posting's hours, a person's total hours, and that its unit is open at the time."""
    weekly, full_time = pl.col("weekly_hours"), pl.col("full_time_weekly_hours")
    over = (
        ledger["staff"]
        .filter(weekly > full_time)
        .with_columns(
            hours=weekly.map_elements(hours_text, return_dtype=pl.String),
            full_time=full_time.map_elements(hours_text, return_dtype=pl.String),
        )
    )
    yield from findings_at(ledger, OVER_FULL_TIME, "staff", "weekly_hours", over)
    yield from postings_at_once(ledger)
    units = ledger["units"].select(
        "unit_id", "opened_on", "closed_on", unit_home="home_id", unit_name="name"
    )
    joined = ledger["staff"].join(units, on="unit_id", maintain_order="left")
    differs = joined.filter(pl.col("home_id") != pl.col("unit_home"))
    yield from findings_at(ledger, STAFF_HOME_DIFFERS, "staff", "unit_id", differs)
    outside = joined.filter(~spans_overlap("started_on", "ended_on", "opened_on", "closed_on"))
    yield from findings_at(ledger, STAFF_OUTSIDE_UNIT, "staff", "started_on", outside)


CHECKS = (partial(check_rows, checks=ROW_CHECKS), postings)
ENTRIES = (
    *(check.entry for check in ROW_CHECKS),
    OVER_FULL_TIME,
    *overlapping_postings.ENTRIES,
    STAFF_HOME_DIFFERS,
    STAFF_OUTSIDE_UNIT,
)
