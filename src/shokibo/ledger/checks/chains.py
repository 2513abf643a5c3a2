"""Checks of units that continue others: one household under another kind, home or address."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import polars as pl

from shokibo.ledger.chains import circles, households
from shokibo.ledger.checks.located import finding_at, findings_at
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.texts import Text

CONTINUES_ITSELF = Entry(
    "CONTINUES_ITSELF",
    "error",
    Text(
        "生活単位「{name}」の前の生活単位IDが、その生活単位自身です。",
        "Unit {name} continues itself.",
    ),
    Text(
        "前の生活単位のIDを書くか、空欄にしてください。",
        "Write the id of the previous unit, or leave the cell blank.",
    ),
)
CONTINUES_CIRCLE = Entry(
    "CONTINUES_CIRCLE",
    "error",
    Text(
        "前の生活単位IDをたどると、元の生活単位に戻ります({names})。",
        "These units continue one another in a circle: {names}.",
    ),
    Text(
        "いちばん先にあった生活単位の、前の生活単位IDを空欄にしてください。",
        "Leave the cell blank for the unit that was there first.",
    ),
)
CONTINUES_OTHER_AUTHORITY = Entry(
    "CONTINUES_OTHER_AUTHORITY",
    "error",
    Text(
        "生活単位「{name}」の前の生活単位「{earlier}」は、別の自治体({authority})のものです。",
        "Unit {name} continues {earlier}, a unit of another authority ({authority}).",
    ),
    Text(
        "同じ自治体の生活単位のIDに修正するか、空欄にしてください。",
        "Write a unit of the same authority, or leave the cell blank.",
    ),
)
CONTINUES_TWICE = Entry(
    "CONTINUES_TWICE",
    "error",
    Text(
        "生活単位「{earlier}」を、「{other}」と「{name}」の二つが引き継いでいます。",
        "Two units continue {earlier}: {other} and {name}.",
    ),
    Text(
        "引き継ぐのは一つだけです。もう一方の前の生活単位IDを空欄にしてください。",
        "Only one can; leave the other's cell blank.",
    ),
)
CONTINUES_GAP = Entry(
    "CONTINUES_GAP",
    "error",
    Text(
        "前の生活単位「{earlier}」の廃止日{closed:day}が、生活単位「{name}」の開設日{opened:day}の"
        "前日ではありません。",
        "{earlier} closes on {closed:day}, which is not the day before {name} opens on "
        "{opened:day}.",
    ),
    Text(
        "前の生活単位の廃止日を{day_before:day}にするか、開設日を修正してください。",
        "Close the earlier unit on {day_before:day}, or correct the opening day.",
    ),
)
CONTINUED_STILL_OPEN = Entry(
    "CONTINUES_GAP",
    "error",
    Text(
        "生活単位「{earlier}」は「{name}」に引き継がれましたが、廃止日が空欄です。",
        "{earlier} is continued by {name} but has no closing day.",
    ),
    Text(
        "廃止日を、「{name}」の開設日の前日にしてください。",
        "Close it on the day before {name} opens.",
    ),
)
CONTINUING_NEVER_OPENED = Entry(
    "CONTINUES_GAP",
    "error",
    Text(
        "生活単位「{name}」は「{earlier}」を引き継ぎますが、開設日が空欄です。",
        "{name} continues {earlier} but has no opening day.",
    ),
    Text(
        "開設日を、「{earlier}」の廃止日の翌日にしてください。",
        "Open it on the day after {earlier} closes.",
    ),
)
UNIT_NAME_TWICE = Entry(
    "UNIT_NAME_TWICE",
    "error",
    Text(
        "施設「{home}」に「{name}」という生活単位が二つあります。",
        "Home {home} has two units named {name}.",
    ),
    Text("名を分けてください。", "Give them different names."),
)


def continued_units(ledger: Ledger) -> Iterator[Finding]:
    """Find units that continue one they can't continue, or not on the day after it closes."""
    pairs = _pairs(ledger)
    itself = pl.col("continues") == pl.col("unit_id")
    yield from findings_at(ledger, CONTINUES_ITSELF, "units", "continues", pairs.filter(itself))
    pairs = pairs.filter(~itself)
    found = circles(dict(pairs.select("unit_id", "continues").iter_rows()))
    rows = {row["unit_id"]: row for row in pairs.iter_rows(named=True)}
    for circle in found:
        row = {**rows[circle[0]], "names": [rows[unit]["name"] for unit in circle]}
        yield finding_at(ledger, CONTINUES_CIRCLE, "units", "continues", row)
    circling = [unit for circle in found for unit in circle]
    pairs = pairs.filter(~pl.col("unit_id").is_in(circling))
    is_foreign = pl.col("authority_code") != pl.col("authority_code_earlier")
    foreign = pairs.filter(is_foreign)
    yield from findings_at(ledger, CONTINUES_OTHER_AUTHORITY, "units", "continues", foreign)
    first = pl.col("name").first().over("continues").alias("other")
    twice = pairs.filter(~is_foreign).with_columns(first)
    twice = twice.filter(~pl.col("continues").is_first_distinct())
    yield from findings_at(ledger, CONTINUES_TWICE, "units", "continues", twice)
    yield from _gaps(ledger, pairs)


def _pairs(ledger: Ledger) -> pl.DataFrame:
    """Pair units with the one they continue, each with its days of opening and closing."""
    names = ledger["authorities"].select("authority_code", authority="name")
    units = ledger["units"].join(
        ledger["homes"].select(
            "home_id", "authority_code", home_opened="opened_on", home_closed="closed_on"
        ),
        on="home_id",
        maintain_order="left",
    )
    days = units.select(
        *("unit_id", "name", "continues", "authority_code", ROW),
        opened=pl.max_horizontal("opened_on", "home_opened"),
        closed=pl.min_horizontal("closed_on", "home_closed"),
    )
    earlier = days.join(names, on="authority_code", how="left").select(
        "authority",
        "closed",
        "authority_code",
        continues="unit_id",
        earlier="name",
        earlier_row=ROW,
    )
    return (
        days.drop("closed")
        .drop_nulls("continues")
        .join(earlier, on="continues", suffix="_earlier", maintain_order="left")
    )


def _gaps(ledger: Ledger, pairs: pl.DataFrame) -> Iterator[Finding]:
    """Check the days of units that form a chain."""
    chained = households(ledger).filter(pl.col("place") > 0)["unit_id"]
    pairs = pairs.filter(pl.col("unit_id").is_in(chained.implode())).with_columns(
        day_before=pl.col("opened").dt.offset_by("-1d")
    )
    blank = pairs.filter(pl.col("opened").is_null())
    yield from findings_at(ledger, CONTINUING_NEVER_OPENED, "units", "opened_on", blank)
    running = pairs.filter(pl.col("opened").is_not_null() & pl.col("closed").is_null())
    at_earlier = running.with_columns(pl.col("earlier_row").alias(ROW))
    yield from findings_at(ledger, CONTINUED_STILL_OPEN, "units", "closed_on", at_earlier)
    apart = pairs.filter(pl.col("closed") != pl.col("day_before"))
    yield from findings_at(ledger, CONTINUES_GAP, "units", "opened_on", apart)


def unit_names(ledger: Ledger) -> Iterator[Finding]:
    """Find units of one home that share a name (after NFKC) while both are open.

    Units of one household may share it: in that case it is the days that are wrong.
    """
    homes = ledger["homes"].select("home_id", home="name")
    key = ["home_id", "folded"]
    units = (
        ledger["units"]
        .with_columns(pl.col("name").str.normalize("NFKC").alias("folded"))
        .filter(pl.struct(key).is_duplicated())
        .join(households(ledger), on="unit_id", maintain_order="left")
        .join(homes, on="home_id", maintain_order="left")
        .with_columns(
            first=pl.col("opened_on").fill_null(dt.date.min),
            last=pl.col("closed_on").fill_null(dt.date.max),
        )
        .sort("first", ROW)
    )
    shared = [
        row
        for _, group in units.group_by(key, maintain_order=True)
        for row in _open_with_another(group)
    ]
    for row in sorted(shared, key=lambda row: row[ROW]):
        yield finding_at(ledger, UNIT_NAME_TWICE, "units", "name", row)


def _open_with_another(units: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Return the units, sorted by first day, that open while another household's is open."""
    lasting: list[tuple[dt.date, str]] = []  # the two households that stay open the longest
    for row in units.iter_rows(named=True):
        if any(
            last >= row["first"] and household != row["household"] for last, household in lasting
        ):
            yield row
        longest = {household: last for last, household in sorted(lasting)}
        longest[row["household"]] = max(row["last"], longest.get(row["household"], dt.date.min))
        lasting = sorted(((last, key) for key, last in longest.items()), reverse=True)[:2]


CHECKS = (continued_units, unit_names)
ENTRIES = (
    UNIT_NAME_TWICE,
    CONTINUES_ITSELF,
    CONTINUES_CIRCLE,
    CONTINUES_OTHER_AUTHORITY,
    CONTINUES_TWICE,
    CONTINUES_GAP,
)
