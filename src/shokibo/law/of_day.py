"""Parameters as columns: for each row the value that holds on its day (`as_of`)."""

from collections.abc import Callable

import polars as pl

from shokibo.law.parameters import Dated, Law


def of_day(law: Law, name: str) -> pl.Expr:
    """Look up a parameter that is a single number."""
    return by_day(
        law,
        name,
        lambda dated: pl.lit(dated.value if type(dated.value) is int else None, pl.Int64),
    ).alias(name)


def yes_of_day(law: Law, name: str) -> pl.Expr:
    """Look up a parameter that is yes or no."""
    return by_day(law, name, lambda dated: pl.lit(dated.value is True)).alias(name)


def by_day(law: Law, name: str, expression: Callable[[Dated], pl.Expr]) -> pl.Expr:
    """Choose the expression for the value in force; before the first day, the first.

    If authorities have their own values, by the row's `authority_code`.
    """
    chosen = _by_day_of(law, name, None, expression)
    for codes in law.authorities_alike(name):
        own = _by_day_of(law, name, codes[0], expression)
        chosen = pl.when(pl.col("authority_code").is_in(codes)).then(own).otherwise(chosen)
    return chosen


def _by_day_of(
    law: Law, name: str, authority: str | None, expression: Callable[[Dated], pl.Expr]
) -> pl.Expr:
    *before, (_, _, last) = law.spans(name, authority)
    chosen = expression(last)
    for first_day, last_day, dated in before:
        here = pl.col("as_of").is_between(first_day, last_day)
        chosen = pl.when(here).then(expression(dated)).otherwise(chosen)
    return chosen


def is_one_of(column: str, dated: Dated) -> pl.Expr:
    """Return whether a column's value is in a list."""
    return pl.col(column).is_in(dated.listed)


def looked_up(column: str, dated: Dated) -> pl.Expr:
    """Look a column's value up in a table; 0 if the table does not have it."""
    if not dated.table:
        return pl.lit(0, pl.Int64)
    return pl.col(column).replace_strict(dated.table, default=0, return_dtype=pl.Int64)
