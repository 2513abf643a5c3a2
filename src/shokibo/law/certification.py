"""R8: a certified add-on is judged again for the first of each month of its year."""

import polars as pl

from shokibo import calendar
from shokibo.law import register
from shokibo.law.evaluate import judge_homes, judge_units
from shokibo.law.facts import scope_facts
from shokibo.law.parameters import Law
from shokibo.law.presence import presence_on
from shokibo.law.requirements import confirmations_on
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW


def months_of_effect(applications: pl.DataFrame) -> pl.LazyFrame:
    """Return a row for each month in which an application has effect, with `month`, its first day.

    From the start month, within the fiscal year, to the month in which it ended.
    """
    first = pl.date(pl.col("fiscal_year"), calendar.FIRST_MONTH, 1)
    last = pl.date(pl.col("fiscal_year") + 1, calendar.FIRST_MONTH - 1, 1)
    begun = pl.max_horizontal("start_month", first)
    ended = pl.min_horizontal(last, pl.col("ended_on").dt.month_start())
    return (
        applications.lazy()
        .with_columns(begun=begun, ended=ended)
        .filter(pl.col("begun") <= pl.col("ended"))
        .with_columns(month=pl.date_ranges("begun", "ended", "1mo"))
        .drop("begun", "ended")
        .explode("month")
    )


def rejudged_units(ledger: Ledger, law: Law, applications: pl.DataFrame) -> pl.DataFrame:
    """Judge the units of dispersal applications again, month by month.

    The columns of `judged_months_of_units`, and application_id, certified_extra, start_month and
    `_row` of the application.
    """
    months = months_of_effect(applications).select(
        "unit_id", "application_id", "certified_extra", "start_month", "month", ROW
    )
    return judged_months_of_units(ledger, law, months)


def rejudged_homes(ledger: Ledger, law: Law, applications: pl.DataFrame) -> pl.DataFrame:
    """Judge the homes of backup applications again, month by month.

    The columns of `judged_months_of_homes`, and application_id, start_month and `_row` of the
    application.
    """
    months = months_of_effect(applications).select(
        "home_id", "application_id", "start_month", "month", ROW
    )
    return judged_months_of_homes(ledger, law, months)


def judged_months_of_units(ledger: Ledger, law: Law, months: pl.LazyFrame) -> pl.DataFrame:
    """Judge units on the first day of each month, or the day of it on which they open (R5).

    `months` has unit_id and month; the columns of `judge_units` and is_open are added.
    """
    cases = _on_its_day(months.join(register.units(ledger), on="unit_id", maintain_order="left"))
    homes = cases.select("home_id", "as_of").unique()
    presence = presence_on(ledger, law, cases["as_of"].unique())
    return judge_units(
        ledger, law, cases, presence, confirmations_on(ledger["confirmations"], homes)
    )


def judged_months_of_homes(ledger: Ledger, law: Law, months: pl.LazyFrame) -> pl.DataFrame:
    """Judge homes on the first day of each month, or the day of it on which they open.

    `months` has home_id and month; the columns of `judge_homes` and is_open are added.
    """
    months_of_homes = _on_its_day(
        months.join(register.homes(ledger), on="home_id", maintain_order="left")
    )
    cases = months_of_homes.select("home_id", "authority_code", "as_of").unique()
    in_cases = register.units(ledger).join(cases.lazy(), on=["home_id", "authority_code"])
    units = in_cases.filter(register.open_on(pl.col("as_of"))).collect()
    presence = presence_on(ledger, law, cases["as_of"].unique())
    confirmations = confirmations_on(ledger["confirmations"], cases)
    in_scope = scope_facts(ledger, law, units).select("home_id", "as_of", "in_scope").collect()
    homes = judge_homes(ledger, law, cases, presence, confirmations, in_scope)
    key = ["home_id", "authority_code", "as_of"]
    return months_of_homes.join(homes, on=key, how="left", maintain_order="left")


def _on_its_day(cases: pl.LazyFrame) -> pl.DataFrame:
    day = pl.when(pl.col("opened_on").dt.month_start() == pl.col("month")).then("opened_on")
    return (
        cases.with_columns(as_of=pl.coalesce(day, "month"))
        .with_columns(is_open=register.open_on(pl.col("as_of")))
        .collect()
    )
