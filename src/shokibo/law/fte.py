"""R4: full-time equivalents (常勤換算), exact until the one rounding (様式1・2 注2).

FTE are integers in tenths: 48 is 4.8 persons.
"""

from collections.abc import Sequence
from math import lcm

import polars as pl

from shokibo.law.presence import Presence, among, lasts

CASE = "case"
"""The column that numbers the cases: rows of a unit or home and the day it is judged on."""
_MANY = 50_000
"""Postings from which Polars' streaming engine adds up faster, by a third; for few it is slower."""
UNKNOWN_HOURS = pl.col("weekly_hours").is_null() | (
    pl.col("full_time_weekly_hours").fill_null(0) == 0
)


def staff_of(key: str) -> pl.Expr:
    """Return whether a posting is of a unit's care staff, or of a home's backup (`home_id`)."""
    in_unit = pl.col("unit_id").is_not_null()
    if key == "unit_id":
        return (pl.col("role") == "care") & in_unit
    return (pl.col("role") == "backup") & ~in_unit


def is_full(presence: Presence) -> pl.Expr:
    """Return whether a posting counts as one regardless of its hours."""
    return (pl.col("employment") == "full_time") & ~among(presence.several)


def postings(
    staff: pl.LazyFrame, cases: pl.DataFrame, key: str, presence: Presence, qualified: pl.Expr
) -> pl.DataFrame:
    """Find the postings in force in each case, and what each counts for.

    `staff` holds the rows that count, `cases` the columns `key` and as_of. The first column of
    the result identifies the case: `key` if all cases are of one day, otherwise `case`, the number
    of its row. The others: qualified, full (counts 1), seconds and full_seconds (counts their
    quotient, at most 1; 0 and null if it counts as nothing), missing (hours are not known),
    leave_by_default (on leave, and only the default decides whether it counts). A person on leave
    who is not counted counts as nothing.
    """
    days = cases["as_of"].unique()
    if days.len() == 1:
        by, current = key, staff.with_columns(as_of=pl.lit(days.item(), pl.Date))
    else:
        by = CASE
        current = staff.join(cases.lazy().select(key, "as_of").with_row_index(CASE), on=key)
    part = pl.col("present") & ~pl.col("full") & ~pl.col("unknown")
    return (
        current.filter(lasts())
        .with_columns(
            full=is_full(presence), unknown=UNKNOWN_HOURS, present=~among(presence.absent)
        )
        .select(
            by,
            full=pl.col("full") & pl.col("present"),
            qualified=qualified,
            leave_by_default=among(presence.by_default),
            missing=pl.col("present") & ~pl.col("full") & pl.col("unknown"),
            seconds=pl.when(part)
            .then(pl.min_horizontal("weekly_hours", "full_time_weekly_hours"))
            .otherwise(0),
            full_seconds=pl.when(part).then("full_time_weekly_hours"),
        )
        .collect()
    )


def full_time_equivalents(counted: pl.DataFrame) -> pl.DataFrame:
    """Add up `postings` by case: staff_fte for all, qualified_fte for the qualified ones.

    Columns of the result: the first of `counted`, which identifies the case; leave_by_default
    (whether it is true of any); staff_fte, qualified_fte (tenths; null if hours are missing).
    """
    by = counted.columns[0]
    totals = (
        counted.lazy()
        .select(
            by,
            "full_seconds",
            "leave_by_default",
            *_counts("staff_fte", pl.lit(1, pl.Int64)),
            *_counts("qualified_fte", pl.col("qualified").cast(pl.Int64)),
        )
        .group_by(by)
        .agg(
            pl.exclude("full_seconds", "leave_by_default").sum(),
            pl.col("leave_by_default").any(),
            least=pl.col("full_seconds").min(),
            most=pl.col("full_seconds").max(),
        )
        .select(
            by,
            "leave_by_default",
            staff_fte=_one_quotient("staff_fte"),
            qualified_fte=_one_quotient("qualified_fte"),
            mixed=(pl.col("least") != pl.col("most")).fill_null(value=False),
        )
    )
    sums = totals.collect(engine="streaming" if counted.height > _MANY else "in-memory")
    whole = sums.drop("mixed")
    if not sums["mixed"].any():
        return whole
    mixed = sums.filter("mixed")[by]
    # exact fractions, in case part-timers of one unit have different full-time hours
    rows = []
    counts = ["qualified", "full", "missing", "seconds", "full_seconds"]
    of_mixed = counted.filter(pl.col(by).is_in(mixed.implode()))
    by_case = of_mixed.group_by(by).agg(pl.col("leave_by_default").any(), *counts)
    for case, leave_by_default, *columns in by_case.iter_rows():
        every = list(zip(*columns, strict=True))
        qualified = [posting for posting in every if posting[0]]
        rows.append((case, leave_by_default, _tenths(every), _tenths(qualified)))
    exact = pl.DataFrame(rows, whole.schema, orient="row")
    return pl.concat([whole.filter(~sums["mixed"]), exact])


def _counts(name: str, counts: pl.Expr) -> list[pl.Expr]:
    return [
        (pl.col(column) * counts).alias(f"{name}_{column}")
        for column in ("full", "missing", "seconds")
    ]


def _one_quotient(name: str) -> pl.Expr:
    """Add full-timers and one quotient, half up in tenths: (20 a + b) // 2b is 10 a/b, half up."""
    seconds, whole = pl.col(f"{name}_seconds"), pl.col("most").fill_null(1)
    tenths = pl.col(f"{name}_full") * 10 + (seconds * 20 + whole) // (whole * 2)
    return pl.when(pl.col(f"{name}_missing") == 0).then(tenths)


def _tenths(counted: Sequence[tuple[bool, bool, bool, int, int | None]]) -> int | None:
    """Sum postings, each qualified, full, missing, seconds, full_seconds; round half up once."""
    if any(missing for _, _, missing, _, _ in counted):
        return None
    common = lcm(*(full_seconds or 1 for *_, full_seconds in counted))
    persons = sum(
        full * common + seconds * (common // (full_seconds or 1))
        for _, full, _, seconds, full_seconds in counted
    )
    return (persons * 20 + common) // (common * 2)
