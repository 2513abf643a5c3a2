"""Checks of children's episodes: their days, places and ages."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

import polars as pl

from shokibo.ledger import ages
from shokibo.ledger.checks.located import RowCheck, begun_too_early, check_rows, findings_at
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.ledger.tables import CARE_PLACES
from shokibo.texts import Text

EPISODE_DATES_REVERSED = Entry(
    "EPISODE_DATES_REVERSED",
    "error",
    Text(
        "児童「{child_code}」の終了日{ended_on:day}が開始日{started_on:day}より前です。",
        "The episode of {child_code} ends on {ended_on:day}, before it starts on {started_on:day}.",
    ),
    Text("日付を修正してください。", "Correct the dates."),
)
EPISODE_BEFORE_BIRTH = Entry(
    "EPISODE_BEFORE_BIRTH",
    "error",
    Text(
        "児童「{child_code}」の開始日{started_on:day}が、生年月{birth_month:month}より前です。",
        "The episode of {child_code} starts on {started_on:day}, before the child's birth in "
        "{birth_month:month}.",
    ),
    Text("生年月か開始日を修正してください。", "Correct the month of birth or the day."),
)
EPISODE_OVERLAPS = Entry(
    "EPISODE_OVERLAPS",
    "error",
    Text(
        "児童「{child_code}」の二つの期間が重なっています(もう一方は{other})。",
        "Two episodes of {child_code} overlap (the other: {other}).",
    ),
    Text(
        "先の行の終了日を{started_on:day}までの日にするか、一方を消してください。",
        "End the earlier one by {started_on:day}, or delete one.",
    ),
)
TWO_BIRTH_MONTHS = Entry(
    "TWO_BIRTH_MONTHS",
    "error",
    Text(
        "児童「{child_code}」の生年月が{birth_month:month}です。ほかの行では{first_month:month}です。",
        "{child_code} was born in {birth_month:month} here, in {first_month:month} elsewhere.",
    ),
    Text(
        "どちらかを修正してください。別の児童であれば、別の符号にします。",
        "Correct one of them; give another child a code of its own.",
    ),
)
PLACE_NOT_FOR_AGE = Entry(
    "PLACE_NOT_FOR_AGE",
    "warning",
    Text(
        "児童「{child_code}」({birth_month:month}生まれ)が、{day:day}に{place_label}にいます。",
        "{child_code}, born in {birth_month:month}, is in {place:code} on {day:day}.",
    ),
    Text(
        "乳児院は就学前まで、児童養護施設は1歳からです。養育の場、生年月、日付を確かめてください。",
        "Infant homes are for children before school, children's homes from the first birthday on. "
        "Check the place, the month of birth and the days.",
    ),
)
IN_CARE_AFTER_22 = Entry(
    "IN_CARE_AFTER_22",
    "warning",
    Text(
        "児童「{child_code}」は、22歳になる年度の末{limit:day}の後も養育が続いています。",
        "{child_code} is in care after {limit:day}, the end of the fiscal year of its 22nd "
        "birthday.",
    ),
    Text("終了日か生年月を確かめてください。", "Check the last day and the month of birth."),
)
EPISODE_GAP = Entry(
    "EPISODE_GAP",
    "info",
    Text(
        "児童「{child_code}」は、{ended_before:day}に終わった後、1年を超えて空いて"
        "{started_on:day}に始まっています。",
        "{child_code} starts on {started_on:day}, more than a year after {ended_before:day}.",
    ),
    Text(
        "その間の記録がもれていれば、加えてください。再び入所したのであれば、そのままにします。",
        "Add what is missing between them; nothing has to be done if the child came back.",
    ),
)

_BIRTH = pl.col("birth_month")
_REVERSED = pl.col("ended_on") < pl.col("started_on")
ROW_CHECKS = (
    RowCheck(EPISODE_DATES_REVERSED, "episodes", "ended_on", _REVERSED),
    RowCheck(EPISODE_BEFORE_BIRTH, "episodes", "started_on", pl.col("started_on") < _BIRTH),
)
_CHILD = ["authority_code", "child_code"]


def births(ledger: Ledger) -> Iterator[Finding]:
    """Find rows of a child whose month of birth differs from the child's first row."""
    rows = ledger["episodes"].with_columns(first_month=_BIRTH.first().over(_CHILD))
    wrong = rows.filter(pl.col("first_month") != _BIRTH)
    yield from findings_at(ledger, TWO_BIRTH_MONTHS, "episodes", "birth_month", wrong)


def overlapping(ledger: Ledger) -> Iterator[Finding]:
    """Find episodes that start before an earlier one of the same child has ended.

    A child who moves may leave and arrive on the same day.
    """
    rows = begun_too_early(ledger, "episodes", _CHILD, "started_on", "ended_on")
    wrong = rows.filter(pl.col("until") > pl.col("started_on"))
    yield from findings_at(ledger, EPISODE_OVERLAPS, "episodes", "started_on", wrong)


def gaps(ledger: Ledger) -> Iterator[Finding]:
    """Find episodes that start more than a year after all earlier ones of the child ended."""
    rows = (
        ledger["episodes"]
        .sort("started_on", ROW)
        .with_columns(
            ended_before=pl.col("ended_on").fill_null(dt.date.max).cum_max().shift().over(_CHILD)
        )
        .sort(ROW)
    )
    year_later = pl.col("ended_before").dt.offset_by("1y").dt.offset_by("1d")
    wrong = rows.filter(pl.col("started_on") > year_later)
    yield from findings_at(ledger, EPISODE_GAP, "episodes", "started_on", wrong)


def ages_in_care(ledger: Ledger) -> Iterator[Finding]:
    """Find places that do not fit the age, and care after the fiscal year of the 22nd birthday.

    A child who is still there is known to be so until the last day in the table.
    """
    known = pl.max_horizontal(pl.col("started_on", "ended_on").max())
    rows = (
        ledger["episodes"]
        .filter(~_REVERSED.fill_null(value=False))
        .with_columns(
            last=pl.coalesce("ended_on", known),
            school=ages.starts_school(_BIRTH),
            limit=ages.year_end_after(_BIRTH, 22),
            place_label=pl.col("place").replace_strict(CARE_PLACES, return_dtype=pl.String),
        )
    )
    in_infant_home = (pl.col("place") == "infant_home") & (pl.col("last") >= pl.col("school"))
    too_young = (
        (pl.col("place") == "children_home")
        & (pl.col("started_on") >= _BIRTH)
        & (pl.col("started_on") < ages.birthday_month(_BIRTH, 1))
    )
    day = pl.when(in_infant_home).then(pl.max_horizontal("school", "started_on"))
    wrong = rows.filter(in_infant_home | too_young).with_columns(day=day.otherwise("started_on"))
    named = wrong.drop("school", "limit")  # days after 9999, which Python can't represent
    yield from findings_at(ledger, PLACE_NOT_FOR_AGE, "episodes", "place", named)
    late = rows.filter(pl.col("last") > pl.col("limit")).drop("school")
    yield from findings_at(ledger, IN_CARE_AFTER_22, "episodes", "ended_on", late)


CHECKS = (partial(check_rows, checks=ROW_CHECKS), births, overlapping, gaps, ages_in_care)
ENTRIES = (
    *(EPISODE_DATES_REVERSED, EPISODE_BEFORE_BIRTH, TWO_BIRTH_MONTHS, EPISODE_OVERLAPS),
    *(EPISODE_GAP, PLACE_NOT_FOR_AGE, IN_CARE_AFTER_22),
)
