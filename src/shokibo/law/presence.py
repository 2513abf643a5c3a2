"""People present on a day: simultaneous postings (R4) and leave (休業), in any home, unit or role.

A posting on a day is encoded as one number, so that special cases are sets of numbers.
"""

from dataclasses import dataclass

import polars as pl

from shokibo.engines import collected
from shokibo.law import register
from shokibo.law.of_day import yes_of_day
from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW

_MORE_THAN_ALL_DAYS = 10_000_000
_NONE = pl.Series("_row_on_day", dtype=pl.Int64)


@dataclass(frozen=True)
class Presence:
    """Sets of postings on a day, each a number (`on_day`).

    `several`: the person has another posting. `absent`: the person is on leave and not counted.
    `by_default`: a blank `counted` left it to the parameter whether a person on leave counts.
    """

    several: pl.Series
    absent: pl.Series
    by_default: pl.Series


def on_day(row: str = ROW) -> pl.Expr:
    """Combine a row's number and its day into one; a day itself is -719,162 to 2,932,896.

    The row is that of a posting, or of a unit (`unit_row`) or home (`home_row`).
    """
    number, day = pl.col(row).cast(pl.Int64), pl.col("as_of").to_physical()
    return (number * _MORE_THAN_ALL_DAYS + day).alias(f"{row}_on_day")


def among(postings: pl.Series) -> pl.Expr:
    """Return whether a row's posting on its day is in the set."""
    if postings.is_empty():
        return pl.lit(value=False)
    return on_day().is_in(postings.implode())


def lasts(first: str = "started_on", last: str = "ended_on") -> pl.Expr:
    """Return whether a row is in force on its day; a blank end is open."""
    begun = pl.col(first).is_null() | (pl.col(first) <= pl.col("as_of"))
    return begun & (pl.col(last).is_null() | (pl.col(last) >= pl.col("as_of")))


def presence_on(ledger: Ledger, law: Law, days: pl.Series) -> Presence:
    """Find the special cases among the postings on each of the days."""
    several = _several(ledger, days)
    if ledger["absences"].is_empty():
        return Presence(several, _NONE, _NONE)
    on_leave = _on_leave(ledger, law, days)
    return Presence(
        several,
        on_leave.filter(~pl.col("counts"))[_NONE.name],
        on_leave.filter("by_default")[_NONE.name],
    )


def _several(ledger: Ledger, days: pl.Series) -> pl.Series:
    repeated = ledger.repeated("staff", "staff_id")
    if repeated.is_empty():
        return _NONE
    current = (
        repeated.lazy()
        .select("staff_id", "started_on", "ended_on", ROW)
        .join(days.to_frame("as_of").lazy(), how="cross")
        .filter(lasts())
    )
    others = pl.len().over("staff_id", "as_of") > 1
    return collected(current.filter(others).select(on_day()), repeated.height).to_series()


def _on_leave(ledger: Ledger, law: Law, days: pl.Series) -> pl.DataFrame:
    """Return the postings of people on leave: _row_on_day, counts, by_default.

    If there are several periods on one day, one that says that the person does not count decides.
    """
    periods = ledger["absences"].select("staff_id", "counted", since="started_on", until="ended_on")
    default = yes_of_day(law, "absent_staff_counted")
    blank, refused = pl.col("counted").is_null(), pl.col("counted").eq_missing(False)
    return (
        ledger["staff"]
        .lazy()
        .select("staff_id", "home_id", "started_on", "ended_on", ROW)
        .join(periods.lazy(), on="staff_id")
        .join(register.homes(ledger).select("home_id", "authority_code"), on="home_id")
        .join(days.to_frame("as_of").lazy(), how="cross")
        .filter(lasts(), lasts("since", "until"))
        .with_columns(default=default)
        .group_by(on_day())
        .agg(
            counts=(pl.col("counted") | (blank & pl.col("default"))).fill_null(value=False).all(),
            by_default=blank.any() & ~refused.any(),
        )
        .collect()
    )
