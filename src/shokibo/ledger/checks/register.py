"""Checks of authorities, homes, units and capacities."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from shokibo.ledger.authority_codes import has_right_check_digit
from shokibo.ledger.checks.located import RowCheck, check_rows, findings_at
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.texts import Text

_DATES = Text("日付を修正してください。", "Correct the dates.")

AUTHORITY_CODE_WRONG = Entry(
    "AUTHORITY_CODE_WRONG",
    "error",
    Text(
        "団体コード「{authority_code}」の検査数字が合いません(6桁)。",
        "The check digit of the authority code {authority_code} is wrong (six digits).",
    ),
    Text("全国地方公共団体コードを確かめてください。", "Check the code."),
)
OPERATOR_NUMBER_WRONG = Entry(
    "OPERATOR_NUMBER_WRONG",
    "error",
    Text(
        "法人番号「{operator_number}」の検査数字が合いません(13桁)。",
        "The check digit of the operator number {operator_number} is wrong (thirteen digits).",
    ),
    Text("国税庁の法人番号を確かめてください。", "Check the number."),
)
HOME_DATES_REVERSED = Entry(
    "HOME_DATES_REVERSED",
    "error",
    Text(
        "施設「{name}」の廃止日{closed_on:day}が開設日{opened_on:day}より前です。",
        "Home {name} closes on {closed_on:day}, before it opens on {opened_on:day}.",
    ),
    _DATES,
)
UNIT_DATES_REVERSED = Entry(
    "UNIT_DATES_REVERSED",
    "error",
    Text(
        "生活単位「{name}」の廃止日{closed_on:day}が開設日{opened_on:day}より前です。",
        "Unit {name} closes on {closed_on:day}, before it opens on {opened_on:day}.",
    ),
    _DATES,
)
UNIT_OUTSIDE_HOME = Entry(
    "UNIT_OUTSIDE_HOME",
    "warning",
    Text(
        "生活単位「{name}」の期間が、施設「{home}」の開設期間からはみ出しています。",
        "Unit {name} is open outside the days of its home {home}.",
    ),
    Text(
        "施設が開設していない日は、開設とみなしません。",
        "It counts as open only while its home is.",
    ),
)
CAPACITY_UNKNOWN = Entry(
    "CAPACITY_UNKNOWN",
    "error",
    Text(
        "生活単位「{name}」は{opened_on:day}に開設しましたが、その日の定員がありません。",
        "Unit {name} has no capacity on the day it opens ({opened_on:day}).",
    ),
    Text(
        "開設のときの定員を、適用開始日 {opened_on:typed} の行として「定員」に加えるか、"
        "適用開始日を修正してください。",
        "Add the capacity at opening to capacities, starting on {opened_on:typed}, or correct "
        "the day from which the first one holds.",
    ),
)
CAPACITY_NEVER_GIVEN = Entry(
    "CAPACITY_UNKNOWN",
    "error",
    Text("生活単位「{name}」の定員が一つもありません。", "Unit {name} has no capacity at all."),
    Text(
        "「定員」に、この生活単位のID、適用開始日(開設のときからの定員なら開設日)、定員の行を加えてください。",
        "Add a row to capacities: the unit's id, the day from which it holds (that of its opening "
        "where it was its capacity from the start), the capacity.",
    ),
)
CAPACITY_NOT_POSITIVE = Entry(
    "CAPACITY_NOT_POSITIVE",
    "error",
    Text("定員が{capacity}人です。", "The capacity is {capacity}."),
    Text("1以上の数を書いてください。", "Write 1 or more."),
)
CAPACITY_OUTSIDE_UNIT = Entry(
    "CAPACITY_OUTSIDE_UNIT",
    "warning",
    Text(
        "適用開始日{effective_from:day}は、生活単位「{name}」の廃止日{closed_on:day}より後です。",
        "{effective_from:day} is after unit {name} closed on {closed_on:day}.",
    ),
    _DATES,
)


def check_digits(ledger: Ledger) -> Iterator[Finding]:
    """Check the digits of 団体コード and 法人番号."""
    from stdnum.jp import cn

    codes = ledger["authorities"]
    wrong = [not has_right_check_digit(code) for code in codes["authority_code"]]
    rows = codes.filter(pl.Series(wrong, dtype=pl.Boolean))
    yield from findings_at(ledger, AUTHORITY_CODE_WRONG, "authorities", "authority_code", rows)
    homes = ledger["homes"].drop_nulls("operator_number")
    invalid = [number for number in homes["operator_number"].unique() if not cn.is_valid(number)]
    rows = homes.filter(pl.col("operator_number").is_in(invalid))
    yield from findings_at(ledger, OPERATOR_NUMBER_WRONG, "homes", "operator_number", rows)


def units(ledger: Ledger) -> Iterator[Finding]:
    """Check the days, names and capacities of units against their homes and each other.

    Names are compared after NFKC. A blank opening day is before the ledger begins, and so before
    the first capacity.
    """
    homes = ledger["homes"].select(
        "home_id", home="name", home_opened="opened_on", home_closed="closed_on"
    )
    in_homes = ledger["units"].join(homes, on="home_id", maintain_order="left")
    outside = in_homes.filter(
        (pl.col("opened_on") < pl.col("home_opened"))
        | (pl.col("closed_on") > pl.col("home_closed"))
    )
    yield from findings_at(ledger, UNIT_OUTSIDE_HOME, "units", "opened_on", outside)
    first = ledger["capacities"].group_by("unit_id").agg(pl.col("effective_from").min())
    known = ledger["units"].join(first, on="unit_id", how="left", maintain_order="left")
    never = known.filter(pl.col("effective_from").is_null())
    yield from findings_at(ledger, CAPACITY_NEVER_GIVEN, "units", "unit_id", never)
    late = known.filter(pl.col("opened_on") < pl.col("effective_from"))
    yield from findings_at(ledger, CAPACITY_UNKNOWN, "units", "opened_on", late)
    ends = ledger["units"].select("unit_id", "name", "closed_on")
    after = (
        ledger["capacities"]
        .join(ends, on="unit_id", maintain_order="left")
        .filter(pl.col("effective_from") > pl.col("closed_on"))
    )
    yield from findings_at(ledger, CAPACITY_OUTSIDE_UNIT, "capacities", "effective_from", after)


_REVERSED = pl.col("closed_on") < pl.col("opened_on")
ROW_CHECKS = (
    RowCheck(HOME_DATES_REVERSED, "homes", "closed_on", _REVERSED),
    RowCheck(UNIT_DATES_REVERSED, "units", "closed_on", _REVERSED),
    RowCheck(CAPACITY_NOT_POSITIVE, "capacities", "capacity", pl.col("capacity") < 1),
)


CHECKS = (check_digits, partial(check_rows, checks=ROW_CHECKS), units)
ENTRIES = (
    AUTHORITY_CODE_WRONG,
    OPERATOR_NUMBER_WRONG,
    *(check.entry for check in ROW_CHECKS),
    UNIT_OUTSIDE_HOME,
    CAPACITY_UNKNOWN,
    CAPACITY_OUTSIDE_UNIT,
)
