"""Implausible figures: hours in another unit, more children than places."""

from collections.abc import Iterator

import polars as pl

from shokibo.law import register
from shokibo.law.of_day import of_day
from shokibo.law.parameters import Law
from shokibo.ledger.cells import SECONDS_IN_HOUR, hours_text
from shokibo.ledger.checks.located import findings_at
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.tables import PLACES_OUTSIDE
from shokibo.texts import Text

WEEKLY_HOURS_IMPLAUSIBLE = Entry(
    "WEEKLY_HOURS_IMPLAUSIBLE",
    "warning",
    Text(
        "職員「{staff_id}」の週勤務時間が{hours}時間です({least}時間から{most}時間までが普通です)。",
        "{staff_id} has {hours} weekly hours ({least} to {most} are usual).",
    ),
    Text(
        "1週間の時間数を記入してください。セルの表示形式がパーセンテージだと、38%は0.38と読まれます。",
        "Give the hours per week. In a cell formatted as percent, 38 % is read as 0.38.",
    ),
)
FULL_TIME_HOURS_IMPLAUSIBLE = Entry(
    "FULL_TIME_HOURS_IMPLAUSIBLE",
    "warning",
    Text(
        "職員「{staff_id}」の常勤の週勤務時間が{hours}時間です({least}時間から{most}時間までが普通です)。",
        "The full-time weekly hours of {staff_id} are {hours} ({least} to {most} are usual).",
    ),
    Text(
        "就業規則の1週間の時間数を記入してください。"
        "セルの表示形式がパーセンテージだと、38%は0.38と読まれます。",
        "Give the full-timers' hours of a week. In a cell formatted as percent, 38 % is read as "
        "0.38.",
    ),
)
CHILDREN_ABOVE_PLACES = Entry(
    "CHILDREN_ABOVE_PLACES",
    "warning",
    Text(
        "入所児童{children}人が、{as_of:day}の定員{places}人を超えています。",
        "{children} children on {places} places on {as_of:day}.",
    ),
    Text(
        "入所児童数、区分、定員の登録を確かめてください。",
        "Check the children, the place and the capacities.",
    ),
)
ENTRIES = (WEEKLY_HOURS_IMPLAUSIBLE, FULL_TIME_HOURS_IMPLAUSIBLE, CHILDREN_ABOVE_PLACES)


def weekly_hours(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Find implausible weekly hours; zero may be meant.

    Hours above a full-timer's are found elsewhere (OVER_FULL_TIME).
    """
    owners = ledger["homes"].select("home_id", "authority_code")
    staff = ledger["staff"].join(owners, on="home_id", how="left", maintain_order="left")
    staff = staff.with_columns(as_of=pl.col("started_on").fill_null(register.BEGINNING))
    weekly, full_time = pl.col("weekly_hours"), pl.col("full_time_weekly_hours")
    for what, column, bounds, reported_elsewhere in (
        (WEEKLY_HOURS_IMPLAUSIBLE, weekly, "weekly_hours", weekly > full_time),
        (FULL_TIME_HOURS_IMPLAUSIBLE, full_time, "full_time_hours", pl.lit(value=False)),
    ):
        bounded = staff.with_columns(
            least=of_day(law, f"{bounds}_least"),
            most=of_day(law, f"{bounds}_most"),
            hours=column.map_elements(hours_text, return_dtype=pl.String),
        )
        usual = column.is_between(
            pl.col("least") * SECONDS_IN_HOUR, pl.col("most") * SECONDS_IN_HOUR
        )
        rows = bounded.filter(~usual & (column > 0) & ~reported_elsewhere.fill_null(value=False))
        yield from findings_at(ledger, what, "staff", column.meta.output_name(), rows)


def children(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Find more children than places in a home, or in all homes of an authority, by place.

    Children placed by an authority may live in homes outside the ledger, so their number is
    compared only if it is for a named home. If a capacity is not known nothing is reported.
    """
    key = ["authority_code", "as_of", "population", "home_id"]
    rows = ledger["occupancy"].with_row_index("compared")
    outside = rows.filter(pl.col("place").is_in(PLACES_OUTSIDE)).group_by(key)
    compared = (
        rows.filter(
            ~pl.col("place").is_in(PLACES_OUTSIDE)
            & (pl.col("home_id").is_not_null() | (pl.col("population") == "residents"))
        )
        .join(outside.agg(outside=pl.col("children").sum()), on=key, how="left", nulls_equal=True)
        .with_columns(
            inside=pl.col("children")
            - pl.when(pl.col("place") == "all").then(pl.col("outside").fill_null(0)).otherwise(0)
        )
    )
    places = _places(
        ledger, compared.select("compared", "authority_code", "as_of", "home_id", "place")
    )
    above = compared.join(places, on="compared").filter(pl.col("inside") > pl.col("places"))
    rows = above.with_columns(children=pl.col("inside")).sort("compared")
    yield from findings_at(ledger, CHILDREN_ABOVE_PLACES, "occupancy", "children", rows)


def _places(ledger: Ledger, compared: pl.DataFrame) -> pl.DataFrame:
    """Add up the open places for each number: compared, places; null if not all are known."""
    units = register.units(ledger).collect()
    cases = (
        compared.join(units, how="cross", suffix="_unit")
        .filter(
            register.open_on(pl.col("as_of"))
            & (pl.col("home_id").is_null() | (pl.col("home_id") == pl.col("home_id_unit")))
            & (
                pl.col("authority_code").is_null()
                | (pl.col("authority_code") == pl.col("authority_code_unit"))
            )
            & (
                (pl.col("place") == "all")
                | ((pl.col("place") == "main") == (pl.col("kind") == "main_unit"))
            )
        )
        .select("compared", "unit_id", "as_of")
    )
    sized = register.with_capacity(cases, ledger["capacities"]).collect()
    return sized.group_by("compared").agg(
        places=pl.when(pl.col("capacity").is_not_null().all()).then(pl.col("capacity").sum())
    )


CHECKS = (weekly_hours, children)
