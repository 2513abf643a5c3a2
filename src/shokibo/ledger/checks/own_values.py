"""Checks of the days of an authority's own values; which may be set is a matter for the law."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from shokibo.ledger.checks.located import RowCheck, begun_too_early, check_rows, findings_at
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.texts import Text

OWN_VALUE_DATES_REVERSED = Entry(
    "OWN_VALUE_DATES_REVERSED",
    "error",
    Text(
        "自治体の値「{name}」の適用終了日{effective_to:day}が、適用開始日{effective_from:day}より前です。",
        "The own value {name} ends on {effective_to:day}, before it takes effect on "
        "{effective_from:day}.",
    ),
    Text("日付を修正してください。", "Correct the dates."),
)
OWN_VALUE_OVERLAPS = Entry(
    "OWN_VALUE_OVERLAPS",
    "error",
    Text(
        "自治体の値「{name}」の期間が、別の行と重なっています(もう一方は{other})。",
        "Two rows of the own value {name} overlap (the other: {other}).",
    ),
    Text(
        "先の行の適用終了日を{day_before:day}にしてください。",
        "End the earlier one on {day_before:day}.",
    ),
)

_REVERSED = pl.col("effective_to") < pl.col("effective_from")
ROW_CHECKS = (RowCheck(OWN_VALUE_DATES_REVERSED, "parameters", "effective_to", _REVERSED),)


def overlapping(ledger: Ledger) -> Iterator[Finding]:
    """Find values that take effect while an earlier one with the same name still holds."""
    key = ["name"] if ledger["authorities"].height == 1 else ["authority_code", "name"]
    rows = begun_too_early(ledger, "parameters", key, "effective_from", "effective_to")
    yield from findings_at(ledger, OWN_VALUE_OVERLAPS, "parameters", "effective_from", rows)


CHECKS = (partial(check_rows, checks=ROW_CHECKS), overlapping)
ENTRIES = (OWN_VALUE_DATES_REVERSED, OWN_VALUE_OVERLAPS)
