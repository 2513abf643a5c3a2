"""R5: the day as of which a unit's capacity and staff are given (様式1 注1, 様式1・2 注2)."""

import polars as pl

from shokibo import calendar


def reference_date(year: pl.Expr) -> pl.Expr:
    """1 April, or the start month of the unit's own application; never before the unit opens.

    Columns read: start_month (null where the unit has no application), opened_on.
    """
    return pl.max_horizontal("start_month", "opened_on", pl.date(year, calendar.FIRST_MONTH, 1))
