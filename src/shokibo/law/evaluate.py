"""Run the rules over any number of units and homes, on any number of days, in columns."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from shokibo.engines import as_written
from shokibo.law import register
from shokibo.law.backup import BACKUP_STAFF, BACKUP_UNITS
from shokibo.law.extra_staff import EXTRA_STAFF
from shokibo.law.facts import unit_facts, with_staff
from shokibo.law.fte import full_time_equivalents, postings
from shokibo.law.of_day import of_day
from shokibo.law.outcomes import apply_rules
from shokibo.law.parameters import Law
from shokibo.law.presence import Presence, on_day, presence_on
from shokibo.law.requirements import (
    HOME_DUTIES,
    HOME_ON_DAY,
    HOME_REQUIREMENTS,
    REQUIREMENTS,
    UNIT_REQUIREMENTS,
    columns_of,
    confirmations_on,
)
from shokibo.law.scope import SCOPE_CAPACITY, SCOPE_KIND
from shokibo.ledger.model import Ledger

UNIT_RULES = [SCOPE_KIND, SCOPE_CAPACITY, EXTRA_STAFF, *UNIT_REQUIREMENTS]
HOME_RULES = [BACKUP_UNITS, BACKUP_STAFF, *HOME_DUTIES, *HOME_REQUIREMENTS]


@dataclass(frozen=True)
class Evaluation:
    """The outcomes of the rules: a row per unit and day, and a row per home and day.

    `units`: as_of, unit_id, home_id, name, kind, capacity, in_scope, staff_fte and qualified_fte
    (tenths), max_extra, available_extra, shortage (tenths to the next extra), eligible, and for
    each rule a column of its code with the outcome. `homes`: as_of, home_id, name, backup_fte
    (tenths), units_in_scope, backup_eligible, and the rules' columns.
    """

    units: pl.DataFrame
    homes: pl.DataFrame


def evaluate(ledger: Ledger, law: Law, days: Iterable[dt.date]) -> Evaluation:
    """Judge every open unit and home on each of the days."""
    dates = pl.Series("as_of", sorted(set(days)), pl.Date).to_frame()
    unit_cases = _open_on(dates, register.units(ledger))
    home_cases = _open_on(dates, register.homes(ledger))
    presence = presence_on(ledger, law, home_cases["as_of"].unique())
    confirmations = confirmations_on(ledger, home_cases)
    units = judge_units(ledger, law, unit_cases, presence, confirmations)
    homes = judge_homes(ledger, law, home_cases, presence, confirmations, units)
    return Evaluation(units, homes)


def _open_on(dates: pl.DataFrame, registered: pl.LazyFrame) -> pl.DataFrame:
    every = dates.lazy().join(registered, how="cross")
    return as_written(every.filter(register.open_on(pl.col("as_of"))))


def judge_units(
    ledger: Ledger,
    law: Law,
    cases: pl.DataFrame,
    presence: Presence,
    confirmations: pl.DataFrame,
) -> pl.DataFrame:
    """Judge units, each on its case's day. The order of rows is kept."""
    required = confirmations.lazy().select(HOME_ON_DAY, *columns_of(REQUIREMENTS.values()))
    facts = (
        unit_facts(ledger, law, cases, presence)
        .with_columns(on_day("home_row"))
        .join(required, on=HOME_ON_DAY, how="left", maintain_order="left")
        .drop(HOME_ON_DAY)
    )
    return apply_rules(facts, UNIT_RULES, "eligible", cases.height)


def judge_homes(
    ledger: Ledger,
    law: Law,
    cases: pl.DataFrame,
    presence: Presence,
    confirmations: pl.DataFrame,
    units: pl.DataFrame,
) -> pl.DataFrame:
    """Judge homes, each on its case's day; `units` are their units, with in_scope on those days."""
    staff = ledger["staff"].with_columns(ledger.rows_of("staff", "home_id"))
    counted = postings(staff, cases, "home_row", presence, pl.lit(value=False))
    of_home = full_time_equivalents(counted).rename({"staff_fte": "backup_fte"})
    scope = (
        units.lazy()
        .group_by(on_day("home_row"))
        .agg(
            units_in_scope=pl.col("in_scope").sum().cast(pl.Int64),
            # true if any is, null if none is but one is unknown, otherwise false
            has_units_in_scope=pl.col("in_scope").any(ignore_nulls=False),
        )
    )
    facts = (
        with_staff(cases.lazy(), of_home, "backup_fte")
        .with_columns(on_day("home_row"))
        .join(scope, on=HOME_ON_DAY, how="left", maintain_order="left")
        .join(confirmations.lazy(), on=HOME_ON_DAY, how="left", maintain_order="left")
        .drop(HOME_ON_DAY)
        .with_columns(
            of_day(law, "base_staff"),
            of_day(law, "backup_staff"),
            has_units_in_scope=pl.when(pl.col("units_in_scope").is_null())
            .then(False)
            .otherwise("has_units_in_scope"),
            units_in_scope=pl.col("units_in_scope").fill_null(0),
        )
    )
    return apply_rules(facts, HOME_RULES, "backup_eligible", cases.height)
