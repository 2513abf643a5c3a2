"""Ages from months of birth, as columns: the days on which a child moves from band to band.

A child born in April is assumed to be born on the second or later, and so starts school with those
born in the following months.
"""

import polars as pl


def birthday_month(birth_month: pl.Expr, age: int) -> pl.Expr:
    """Return the first day of the month in which an age is reached."""
    return birth_month.dt.offset_by(f"{age}y")


def year_turning(birth_month: pl.Expr, age: int) -> pl.Expr:
    """Return the fiscal year in which an age is reached."""
    return birth_month.dt.year() + age - (birth_month.dt.month() < 4).cast(pl.Int32)


def year_end_after(birth_month: pl.Expr, age: int) -> pl.Expr:
    """Return the last day of the fiscal year in which an age is reached."""
    return pl.date(year_turning(birth_month, age) + 1, 3, 31)


def starts_school(birth_month: pl.Expr) -> pl.Expr:
    """Return the first day of school age: 1 April after the fiscal year of the sixth birthday."""
    return pl.date(year_turning(birth_month, 6) + 1, 4, 1)


def age_band(birth_month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Return the age band of a child on a day: `under_3`, `preschool` or `school_age`."""
    return (
        pl.when(day >= starts_school(birth_month))
        .then(pl.lit("school_age"))
        .when(day >= birthday_month(birth_month, 3))
        .then(pl.lit("preschool"))
        .otherwise(pl.lit("under_3"))
    )
