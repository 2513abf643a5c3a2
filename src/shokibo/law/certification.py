"""R8: a certified add-on is judged again for the first of each month of its year."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import polars as pl

from shokibo import calendar
from shokibo.law import register
from shokibo.law.evaluate import evaluate
from shokibo.law.parameters import Law
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


@dataclass(frozen=True)
class JudgedMonths:
    """Units and homes as judged on the first day of months, or on their opening day if later.

    A row per requested unit or home and month, in their order, with the requested columns, as_of,
    is_open, and those of an `Evaluation`, null if it is not open.
    """

    units: pl.DataFrame
    homes: pl.DataFrame

    def of(self, applications: Iterable[str]) -> "JudgedMonths":
        """Return the months of some applications."""
        named = pl.col("application_id").is_in(list(applications))
        return JudgedMonths(self.units.filter(named), self.homes.filter(named))


def rejudged(ledger: Ledger, law: Law) -> JudgedMonths:
    """Judge the units and homes of certified add-ons again, in each month of effect (R5, R8).

    Additional columns: application_id, certified_extra, start_month and `_row` of the application.
    """
    certified = ledger["applications"].filter(pl.col("decision") == "certified")
    columns = ("application_id", "certified_extra", "start_month", "month", ROW)
    months = months_of_effect(certified)
    of_units = months.filter(pl.col("addon") == "dispersal", pl.col("unit_id").is_not_null())
    of_homes = months.filter(pl.col("addon") == "backup")
    return judged_months(
        ledger, law, of_units.select("unit_id", *columns), of_homes.select("home_id", *columns)
    )


def judged_months(
    ledger: Ledger, law: Law, unit_months: pl.LazyFrame, home_months: pl.LazyFrame
) -> JudgedMonths:
    """Judge months of units (`unit_id`, `month`) and of homes (`home_id`, `month`), all at once."""
    of_units = unit_months.join(register.units(ledger), on="unit_id", maintain_order="left")
    of_homes = home_months.join(register.homes(ledger), on="home_id", maintain_order="left")
    units, homes = pl.collect_all([_on_its_day(of_units), _on_its_day(of_homes)])
    asked = pl.concat([units["home_id"], homes["home_id"]]).unique()
    theirs = {
        name: ledger[name].filter(pl.col("home_id").is_in(asked.implode()))
        for name in ("homes", "units")
    }
    days = pl.concat([units.filter("is_open")["as_of"], homes.filter("is_open")["as_of"]])
    found = evaluate(replace(ledger, tables={**ledger.tables, **theirs}), law, days)
    return JudgedMonths(_with(units, found.units, "unit_id"), _with(homes, found.homes, "home_id"))


def _with(cases: pl.DataFrame, judged: pl.DataFrame, key: str) -> pl.DataFrame:
    known = set(cases.columns) - {key, "as_of"}
    return cases.join(
        judged.drop(known, strict=False), on=[key, "as_of"], how="left", maintain_order="left"
    )


def _on_its_day(cases: pl.LazyFrame) -> pl.LazyFrame:
    day = pl.when(pl.col("opened_on").dt.month_start() == pl.col("month")).then("opened_on")
    return cases.with_columns(as_of=pl.coalesce(day, "month")).with_columns(
        is_open=register.open_on(pl.col("as_of"))
    )
