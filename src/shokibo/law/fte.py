"""R4: full-time equivalents (常勤換算), exact until the one rounding (様式1・2 注2).

FTE are integers of tenths: 48 is 4.8 persons.
"""

from collections.abc import Sequence
from math import lcm

import polars as pl

from shokibo.ledger.raw import ROW

CASE = "case"
"""The column that numbers the cases: the row of a unit or home and the day it is judged on."""

_HOLDS = (pl.col("started_on").is_null() | (pl.col("started_on") <= pl.col("as_of"))) & (
    pl.col("ended_on").is_null() | (pl.col("ended_on") >= pl.col("as_of"))
)
_MORE_THAN_ALL_DAYS = 10_000_000


def several_postings(staff: pl.DataFrame, days: pl.Series) -> pl.Series:
    """Find who has two postings or more at once, in whatever home, unit or role.

    Returns a number for each posting and day on which its person has another.
    """
    person = pl.col("staff_id")
    hashes = staff.lazy().select(person.hash().sort().alias("hash"))  # a quick first selection
    twice = hashes.filter(pl.col("hash") == pl.col("hash").shift()).unique()
    current = (
        staff.lazy()
        .select("staff_id", "started_on", "ended_on", ROW)
        .join(twice, left_on=person.hash(), right_on="hash", how="semi")
        .filter(person.is_duplicated())
        .join(days.to_frame("as_of").lazy(), how="cross")
        .filter(_HOLDS)
    )
    others = pl.len().over("staff_id", "as_of") > 1
    return current.filter(others).select(_posting_on_day()).collect().to_series()


def _posting_on_day() -> pl.Expr:
    """Combine a posting and a day into one number; a day's own is -719,162 to 2,932,896."""
    posting, day = pl.col(ROW).cast(pl.Int64), pl.col("as_of").to_physical()
    return (posting * _MORE_THAN_ALL_DAYS + day).alias("posting_on_day")


def postings(
    staff: pl.LazyFrame, cases: pl.DataFrame, key: str, several: pl.Series, qualified: pl.Expr
) -> pl.LazyFrame:
    """Find the postings that hold in each case, and what each counts for.

    `staff` holds the rows that count, `cases` the columns `key` and as_of. The first column of
    the result identifies the case: `key` where all cases are of one day, else `case`, the number
    of its row. The others: qualified, full (counts 1), seconds and full_seconds (counts their
    quotient, never more than 1; 0 and null where it counts none), missing (hours are not known).
    """
    days = cases["as_of"].unique()
    if days.len() == 1:
        by, current = key, staff.with_columns(as_of=pl.lit(days.item(), pl.Date))
    else:
        by = CASE
        current = staff.join(cases.lazy().select(key, "as_of").with_row_index(CASE), on=key)
    alone = ~_posting_on_day().is_in(several.implode()) if several.len() else pl.lit(value=True)
    full = pl.col("employment") == "full_time"
    unknown = (pl.col("weekly_hours").is_null()) | (
        pl.col("full_time_weekly_hours").fill_null(0) == 0
    )
    part = ~pl.col("full") & ~pl.col("unknown")
    return (
        current.filter(_HOLDS)
        .with_columns(full=full & alone, unknown=unknown)
        .select(
            by,
            "full",
            qualified=qualified,
            missing=~pl.col("full") & pl.col("unknown"),
            seconds=pl.when(part)
            .then(pl.min_horizontal("weekly_hours", "full_time_weekly_hours"))
            .otherwise(0),
            full_seconds=pl.when(part).then("full_time_weekly_hours"),
        )
    )


def full_time_equivalents(counted: pl.LazyFrame) -> pl.DataFrame:
    """Add up `postings` by case: staff_fte of all, qualified_fte of those that are qualified.

    Columns of the result: the first of `counted`, which identifies the case; staff_fte,
    qualified_fte (tenths; null where hours are missing).
    """
    by = counted.collect_schema().names()[0]
    sums = (
        counted.select(
            by,
            "full_seconds",
            *_counts("staff_fte", pl.lit(1, pl.Int64)),
            *_counts("qualified_fte", pl.col("qualified").cast(pl.Int64)),
        )
        .group_by(by)
        .agg(
            pl.exclude("full_seconds").sum(),
            least=pl.col("full_seconds").min(),
            most=pl.col("full_seconds").max(),
        )
        .select(
            by,
            staff_fte=_one_quotient("staff_fte"),
            qualified_fte=_one_quotient("qualified_fte"),
            mixed=(pl.col("least") != pl.col("most")).fill_null(value=False),
        )
        .collect()
    )
    whole = sums.select(by, "staff_fte", "qualified_fte")
    mixed = sums.filter("mixed")[by]
    if mixed.is_empty():
        return whole
    # exact fractions, where part-timers of one unit have different full-time hours
    rows = []
    counts = ["qualified", "full", "missing", "seconds", "full_seconds"]
    of_mixed = counted.filter(pl.col(by).is_in(mixed.implode())).collect()
    for case, *columns in of_mixed.group_by(by).agg(counts).iter_rows():
        every = list(zip(*columns, strict=True))
        qualified = [posting for posting in every if posting[0]]
        rows.append((case, _tenths(every), _tenths(qualified)))
    exact = pl.DataFrame(rows, whole.schema, orient="row")
    return pl.concat([whole.filter(~sums["mixed"]), exact])


def _counts(name: str, counts: pl.Expr) -> list[pl.Expr]:
    return [
        (pl.col(column) * counts).alias(f"{name}_{column}")
        for column in ("full", "missing", "seconds")
    ]


def _one_quotient(name: str) -> pl.Expr:
    """Full-timers and one quotient, half up in tenths: (20 a + b) // 2b is 10 a/b, half up."""
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
