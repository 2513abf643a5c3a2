"""R4: full-time equivalents (常勤換算), exact until the one rounding (様式1・2 注2).

FTE are integers in tenths: 48 is 4.8 persons.
"""

from fractions import Fraction
from math import lcm

import polars as pl

from shokibo.engines import collected
from shokibo.law.presence import Presence, among, lasts
from shokibo.rounding import half_up, half_up_of

CASE = "case"
"""The column that numbers the cases: rows of a unit or home and the day it is judged on."""
_MOST = 2**63 - 1
"""The largest number of 64 bits, which rounding a sum of parts may reach."""
UNKNOWN_HOURS = pl.col("weekly_hours").is_null() | (
    pl.col("full_time_weekly_hours").fill_null(0) == 0
)


def staff_of(key: str) -> pl.Expr:
    """Return whether a posting is of a unit's care staff, or of a home's backup.

    `key` names the column of the unit, unit_id or unit_row, or that of the home.
    """
    in_unit = pl.col("unit_id").is_not_null()
    if key.startswith("unit"):
        return (pl.col("role") == "care") & in_unit
    return (pl.col("role") == "backup") & ~in_unit


def is_full(presence: Presence) -> pl.Expr:
    """Return whether a posting counts as one regardless of its hours."""
    return (pl.col("employment") == "full_time") & ~among(presence.several)


def postings(
    staff: pl.DataFrame, cases: pl.DataFrame, key: str, presence: Presence, qualified: pl.Expr
) -> pl.DataFrame:
    """Find the postings in force in each case, and what each counts for.

    `staff` has unit_row or home_row, the `key`, `cases` that and as_of. The first column of
    the result identifies the case: `key` if all cases are of one day, otherwise `case`, the number
    of its row. The others: qualified, seconds and whole (counts their quotient, at most 1), missing
    (hours are not known), leave_by_default (on leave, and only the default decides whether it
    counts). A person on leave who is not counted counts as nothing.
    """
    days = cases["as_of"].unique()
    if days.len() == 1:
        by, current = key, staff.lazy().with_columns(as_of=pl.lit(days.item(), pl.Date))
    else:
        by = CASE
        current = staff.lazy().join(cases.lazy().select(key, "as_of").with_row_index(CASE), on=key)
    part = pl.col("present") & ~pl.col("full") & ~pl.col("unknown")
    counted = (
        current.filter(staff_of(key), lasts())
        .with_columns(
            full=is_full(presence), unknown=UNKNOWN_HOURS, present=~among(presence.absent)
        )
        .select(
            by,
            qualified=qualified,
            leave_by_default=among(presence.by_default),
            missing=pl.col("present") & ~pl.col("full") & pl.col("unknown"),
            seconds=pl.when(part)
            .then(pl.min_horizontal("weekly_hours", "full_time_weekly_hours"))
            .otherwise(pl.col("full") & pl.col("present")),
            whole=pl.when(part).then("full_time_weekly_hours").otherwise(1),
        )
    )
    return collected(counted, staff.height)


def full_time_equivalents(counted: pl.DataFrame) -> pl.DataFrame:
    """Add up `postings` by case: staff_fte for all, qualified_fte for the qualified ones.

    Columns of the result: the first of `counted`, which identifies the case; leave_by_default
    (whether it is true of any); staff_fte, qualified_fte (tenths; null if hours are missing).
    """
    by = counted.columns[0]
    doubtful = (
        counted.lazy()
        .filter(pl.col("missing") | pl.col("leave_by_default"))
        .group_by(by)
        .agg(
            pl.col("leave_by_default").any(),
            staff_missing=pl.col("missing").any(),
            qualified_missing=(pl.col("missing") & pl.col("qualified")).any(),
        )
    )
    known = [
        pl.when(~pl.col(f"{who}_missing").fill_null(value=False)).then(f"{who}_fte")
        for who in ("staff", "qualified")
    ]
    added_up = (
        _sums(counted, by)
        .join(doubtful, on=by, how="left")
        .select(by, pl.col("leave_by_default").fill_null(value=False), *known)
    )
    return collected(added_up, counted.height).sort(by)


def _sums(counted: pl.DataFrame, by: str) -> pl.LazyFrame:
    """Add up quotients exactly, then round once: whole parts of the weeks' common multiple.

    Weeks so odd that their multiple is too large are added up as fractions, one case at a time.
    """
    common = lcm(*counted["whole"].unique())
    if common * (20 * counted.height + 1) > _MOST:
        return _sums_of_fractions(counted, by).lazy()
    parts = pl.col("seconds") * (pl.lit(common) // pl.col("whole"))
    return (
        counted.lazy()
        .select(by, staff_fte=parts, qualified_fte=parts * pl.col("qualified"))
        .group_by(by)
        .agg(pl.all().sum())
        .with_columns(half_up_of(pl.col("staff_fte", "qualified_fte") * 10, common))
    )


def _sums_of_fractions(counted: pl.DataFrame, by: str) -> pl.DataFrame:
    sums: dict[int, list[Fraction]] = {}
    for case, is_qualified, seconds, whole in counted.select(
        by, "qualified", "seconds", "whole"
    ).iter_rows():
        of_case = sums.setdefault(case, [Fraction(), Fraction()])
        for place in (0, 1) if is_qualified else (0,):
            of_case[place] += Fraction(seconds, whole)
    rows = [(case, *(int(half_up(part * 10)) for part in parts)) for case, parts in sums.items()]
    schema = {"staff_fte": pl.Int64(), "qualified_fte": pl.Int64()}
    return pl.DataFrame(rows, {by: counted.schema[by], **schema}, orient="row")
