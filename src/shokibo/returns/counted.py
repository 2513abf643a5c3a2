"""R9: the units, homes and applications that a form counts.

Form 1 is as of 30 April, form 2 covers the whole fiscal year.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import polars as pl

from shokibo import calendar
from shokibo.law import register
from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.texts import Language, Text

FormNumber = Literal[1, 2]


_NOT_IN_FORCE = Text(
    "{year}の様式{form}は作れません。{name}は{day}から適用されています。"
    "{first}以降を指定してください。",
    "There is no form {form} of {year}: {name} applies from {day}. Name {first} or a later year.",
)


class NotInForceError(ValueError):
    """A form for a year before the Notification applied; `text` says from when it does."""

    def __init__(self, period: "Period", law: Law) -> None:
        self.text = Text(
            _NOT_IN_FORCE.say("ja", **_named(period, law, "ja")),
            _NOT_IN_FORCE.say("en", **_named(period, law, "en")),
        )
        super().__init__(self.text.en)

    def message(self, language: Language) -> str:
        """Describe it in a language."""
        return self.text.say(language)


def _named(period: "Period", law: Law, language: Language) -> dict[str, object]:
    day = law.in_force_from
    return {
        "form": period.number,
        "year": _year(period.year, language),
        "name": law.texts[0].name,
        "day": calendar.era_date(day) if language == "ja" else day.isoformat(),
        "first": _year(calendar.fiscal_year_of(day), language),
    }


def _year(year: int, language: Language) -> str:
    return calendar.fiscal_year_label(year) if language == "ja" else f"fiscal year {year}"


@dataclass(frozen=True)
class Period:
    """The days a form covers, and its fiscal year."""

    number: FormNumber
    year: int
    first: dt.date
    last: dt.date

    @property
    def due(self) -> dt.date:
        """The day by which the form is due."""
        return calendar.end_of_april(self.year if self.number == 1 else self.year + 1)

    @property
    def deadline(self) -> dt.date:
        """The last day on which an office can submit the form in time: never after 30 April."""
        return calendar.previous_business_day(self.due)


def period_of(number: FormNumber, year: int) -> Period:
    """Return the days of a form: 30 April, or the whole year."""
    if number == 1:
        cut_off = calendar.end_of_april(year)
        return Period(1, year, cut_off, cut_off)
    return Period(2, year, calendar.fiscal_year_start(year), calendar.fiscal_year_end(year))


def require_in_force(period: Period, law: Law) -> None:
    """Raise NotInForceError if the Notification did not apply on any day of the period."""
    if period.last < law.in_force_from:
        raise NotInForceError(period, law)


def units_in_scope(ledger: Ledger, law: Law, period: Period) -> pl.DataFrame:
    """Return the units open and in scope on any day of the period, in ledger order."""
    units = register.units(ledger).filter(open_in(period)).collect()
    begun = pl.max_horizontal("opened_on", "from", pl.lit(period.first))
    ended = pl.min_horizontal("closed_on", "to", pl.lit(period.last))
    kinds = scope_kinds(law)
    days = units.join(kinds, on="kind").with_columns(begun=begun, ended=ended)
    days = days.filter(pl.col("begun") <= pl.col("ended"))
    is_branch = pl.col("kind") == "branch_group_care"
    following = pl.col("effective_from").shift(-1).over("unit_id", order_by="effective_from")
    capacities = ledger["capacities"].select(
        "unit_id",
        "capacity",
        "effective_from",
        effective_to=following.dt.offset_by("-1d").fill_null(register.END),
    )
    allowed = _listed_days(law, "branch_capacities", "capacity", pl.Int64())
    branches = (
        days.filter(is_branch)
        .join(capacities, on="unit_id")
        .join(allowed, on="capacity", suffix="_law")
        .filter(
            pl.max_horizontal("begun", "effective_from", "from_law")
            <= pl.min_horizontal("ended", "effective_to", "to_law")
        )
    )
    found = pl.concat([days.filter(~is_branch)["unit_id"], branches["unit_id"]]).unique()
    return units.filter(pl.col("unit_id").is_in(found.implode()))


def scope_kinds(law: Law) -> pl.DataFrame:
    """Return the kinds in scope, each with its first and last day in scope."""
    return _listed_days(law, "scope_kinds", "kind", pl.String())


def _listed_days(law: Law, parameter: str, column: str, dtype: pl.DataType) -> pl.DataFrame:
    """Return each value listed by a parameter, with the first and last day it is listed."""
    rows = [
        (value, dated.effective_from, dated.effective_to or register.END)
        for dated in law.parameters[parameter].values
        for value in dated.listed
    ]
    return pl.DataFrame(rows, {column: dtype, "from": pl.Date(), "to": pl.Date()}, orient="row")


def open_in(period: Period) -> pl.Expr:
    """Return whether a home or unit is open on any day of the period."""
    first_day = pl.max_horizontal("opened_on", pl.lit(period.first))
    return first_day <= pl.min_horizontal("closed_on", pl.lit(period.last))


def applications(ledger: Ledger, period: Period) -> pl.DataFrame:
    """Return the year's applications that count as applied, with `certified`, the latest last."""
    decision, decided_on, day = pl.col("decision"), pl.col("decided_on"), period.last
    applied, certified = ~decision.is_in(["draft", "withdrawn"]), decision == "certified"
    if period.number == 1:
        withdrawn = (decision == "withdrawn") & (decided_on.fill_null(day) <= day)
        applied = (pl.col("applied_on") <= day) & (decision != "draft") & ~withdrawn
        certified &= (decided_on <= day) & (pl.col("ended_on").fill_null(day) >= day)
    return (
        ledger["applications"]
        .filter((pl.col("fiscal_year") == period.year) & applied)
        .with_columns(certified=certified.fill_null(value=False))
        .sort("applied_on", "application_id", nulls_last=False)
    )
