"""R5: the reference date of a unit's capacity and staff (様式1 注1, 様式1・2 注2)."""

import polars as pl

from shokibo import calendar


def reference_date(year: pl.Expr) -> pl.Expr:
    """Return 1 April, or the start month of the unit's application, but not before it opens.

    Columns read: start_month (null if the unit has no application), opened_on.
    """
    return pl.max_horizontal("start_month", "opened_on", pl.date(year, calendar.FIRST_MONTH, 1))
