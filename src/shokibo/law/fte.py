"""R4: full-time equivalents (常勤換算), exact until the one rounding (様式1・2 注2).

FTE are integers of tenths: 48 is 4.8 persons.
"""

from fractions import Fraction

import polars as pl

from shokibo.rounding import half_up

_HOLDS = (pl.col("started_on").is_null() | (pl.col("started_on") <= pl.col("as_of"))) & (
    pl.col("ended_on").is_null() | (pl.col("ended_on") >= pl.col("as_of"))
)


def several_postings(staff: pl.DataFrame, days: pl.Series) -> pl.DataFrame:
    """Find who has two postings or more at once, in whatever home, unit or role.

    Columns of the result: staff_id, as_of.
    """
    repeated = staff.filter(pl.col("staff_id").is_duplicated())
    return (
        repeated.select("staff_id", "started_on", "ended_on")
        .join(days.to_frame("as_of"), how="cross")
        .filter(_HOLDS)
        .group_by("staff_id", "as_of")
        .len()
        .filter(pl.col("len") > 1)
        .select("staff_id", "as_of")
    )


def postings(
    staff: pl.DataFrame,
    cases: pl.DataFrame,
    key: str,
    several: pl.DataFrame,
    qualified: pl.Expr,
) -> pl.DataFrame:
    """Give the postings that hold in each case, with what each counts for.

    `staff` holds the rows that count, `cases` the columns `key` and as_of. Columns of the
    result: key, as_of, qualified, full (counts 1), seconds and full_seconds (counts their
    quotient), missing (hours are not known).
    """
    held = cases.select(key, "as_of").unique().join(staff, on=key).filter(_HOLDS)
    if several.height:
        held = held.join(
            several.with_columns(several=pl.lit(value=True)),
            on=["staff_id", "as_of"],
            how="left",
        )
    else:
        held = held.with_columns(several=pl.lit(None, pl.Boolean))
    full = (pl.col("employment") == "full_time") & pl.col("several").is_null()
    hours = (pl.col("weekly_hours").is_null()) | (
        pl.col("full_time_weekly_hours").fill_null(0) == 0
    )
    return held.select(
        key,
        "as_of",
        qualified=qualified,
        full=full,
        missing=~full & hours,
        seconds=pl.when(~full & ~hours).then("weekly_hours"),
        full_seconds=pl.when(~full & ~hours).then("full_time_weekly_hours"),
    )


def full_time_equivalents(held: pl.DataFrame, key: str) -> pl.DataFrame:
    """Add up postings by case: staff_fte of all, qualified_fte of those that are qualified.

    Columns of the result: key, as_of, staff_fte, qualified_fte (tenths; null where hours are
    missing).
    """
    case = [key, "as_of"]
    sums = held.group_by(case).agg(
        *_sums("staff_fte", pl.lit(value=True)), *_sums("qualified_fte", pl.col("qualified"))
    )
    for name in ("staff_fte", "qualified_fte"):
        sums = sums.with_columns(_one_quotient(name).alias(name))
    mixed = sums.filter(_is_mixed("staff_fte") | _is_mixed("qualified_fte"))
    whole = sums.select(*case, "staff_fte", "qualified_fte")
    if mixed.is_empty():
        return whole
    exact = _exact(held.join(mixed.select(case), on=case, how="semi"), key)
    return pl.concat([whole.join(mixed, on=case, how="anti"), exact])


def _sums(name: str, counts: pl.Expr) -> list[pl.Expr]:
    full_seconds = pl.col("full_seconds").filter(counts)
    return [
        (pl.col("full") & counts).sum().cast(pl.Int64).alias(f"{name}_full"),
        (pl.col("missing") & counts).any().alias(f"{name}_missing"),
        pl.col("seconds").filter(counts).sum().alias(f"{name}_seconds"),
        full_seconds.min().alias(f"{name}_least"),
        full_seconds.max().alias(f"{name}_most"),
    ]


def _is_mixed(name: str) -> pl.Expr:
    return pl.col(f"{name}_least") != pl.col(f"{name}_most")


def _one_quotient(name: str) -> pl.Expr:
    """Full-timers and one quotient, half up in tenths: (20 a + b) // 2b is 10 a/b, half up."""
    seconds, whole = pl.col(f"{name}_seconds"), pl.col(f"{name}_most").fill_null(1)
    tenths = pl.col(f"{name}_full") * 10 + (seconds * 20 + whole) // (whole * 2)
    return pl.when(~pl.col(f"{name}_missing")).then(tenths)


def _exact(held: pl.DataFrame, key: str) -> pl.DataFrame:
    """Sum exact fractions where part-timers of one unit have different full-time hours."""
    rows = []
    for case, group in held.group_by([key, "as_of"]):
        qualified = group.filter("qualified")
        rows.append((*case, _tenths(group), _tenths(qualified)))
    schema = {name: held.schema[name] for name in (key, "as_of")}
    return pl.DataFrame(
        rows, {**schema, "staff_fte": pl.Int64, "qualified_fte": pl.Int64}, orient="row"
    )


def _tenths(group: pl.DataFrame) -> int | None:
    if group["missing"].any():
        return None
    parts = group.drop_nulls("seconds").select("seconds", "full_seconds").iter_rows()
    full = Fraction(group.filter("full").height)
    return int(half_up(sum((Fraction(*part) for part in parts), full), 1) * 10)
