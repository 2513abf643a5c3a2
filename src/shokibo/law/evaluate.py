"""Run the rules over any number of units and homes, on any number of days, in columns."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from shokibo.law import register
from shokibo.law.backup import BACKUP_STAFF, BACKUP_UNITS
from shokibo.law.extra_staff import EXTRA_STAFF, available_extra, shortage
from shokibo.law.fte import full_time_equivalents, postings, several_postings
from shokibo.law.outcomes import all_met, judged
from shokibo.law.parameters import Law
from shokibo.law.requirements import (
    HOME_DUTIES,
    HOME_REQUIREMENTS,
    UNIT_REQUIREMENTS,
    confirmed,
)
from shokibo.law.scope import SCOPE_CAPACITY, SCOPE_KIND, in_scope
from shokibo.ledger.model import Ledger

UNIT_RULES = [SCOPE_KIND, SCOPE_CAPACITY, EXTRA_STAFF, *UNIT_REQUIREMENTS]
HOME_RULES = [BACKUP_UNITS, BACKUP_STAFF, *HOME_DUTIES, *HOME_REQUIREMENTS]


@dataclass(frozen=True)
class Evaluation:
    """What the rules say: a row a unit and day, a row a home and day.

    `units`: as_of, unit_id, home_id, name, kind, capacity, in_scope, staff_fte and qualified_fte
    (tenths), max_extra, available_extra, shortage (tenths to the next extra), eligible, and for
    each rule a column of its code with the outcome. `homes`: as_of, home_id, name, backup_fte
    (tenths), units_in_scope, backup_eligible, and the rules' columns.
    """

    units: pl.DataFrame
    homes: pl.DataFrame


def evaluate(ledger: Ledger, law: Law, days: Iterable[dt.date]) -> Evaluation:
    """Judge every unit and home that is open, on each of the days."""
    dates = pl.Series("as_of", sorted(set(days)), pl.Date).to_frame()
    open_now = register.open_on(pl.col("as_of"))
    unit_cases = dates.join(register.units(ledger), how="cross").filter(open_now)
    home_cases = dates.join(register.homes(ledger), how="cross").filter(open_now)
    several = several_postings(ledger["staff"], home_cases["as_of"].unique())
    confirmations = confirmed(ledger["confirmations"], home_cases)
    units = judge_units(ledger, law, unit_cases, several, confirmations)
    homes = judge_homes(ledger, law, home_cases, several, confirmations, units)
    return Evaluation(units, homes)


def judge_units(
    ledger: Ledger,
    law: Law,
    cases: pl.DataFrame,
    several: pl.DataFrame,
    confirmations: pl.DataFrame,
) -> pl.DataFrame:
    """Judge units, each on its case's day. Rows stay in order."""
    facts = unit_facts(ledger, law, cases, several)
    facts = facts.join(
        confirmations.unique(), on=["home_id", "as_of"], how="left", maintain_order="left"
    )
    outcome = judged(facts, UNIT_RULES)
    return outcome.with_columns(eligible=all_met(pl.col(rule.code) for rule in UNIT_RULES))


def unit_facts(
    ledger: Ledger, law: Law, cases: pl.DataFrame, several: pl.DataFrame
) -> pl.DataFrame:
    """Add to cases of units what the rules look at: capacity, scope, staff, parameters."""
    days = cases["as_of"].unique().to_list()
    staff = _unit_staff(ledger, law, cases, several)
    parameters = (
        (_of_days(law, days), ["as_of"]),
        (_of_kinds(law, days), ["as_of", "kind"]),
        (_of_capacities(law, days), ["as_of", "capacity"]),
        (staff, ["unit_id", "as_of"]),
    )
    facts = register.with_capacity(cases, ledger["capacities"]).lazy()
    for more, key in parameters:
        facts = facts.join(more.lazy(), on=key, how="left", maintain_order="left")
    counted = pl.col("counted").is_not_null()
    return (
        facts.with_columns(
            # a case without a row counts 0; one with missing hours stays null
            staff_fte=pl.when(counted).then("staff_fte").otherwise(0),
            qualified_fte=pl.when(counted).then("qualified_fte").otherwise(0),
            kind_in_scope=pl.col("kind_in_scope").fill_null(value=False),
            base_qualified=pl.col("base_qualified").fill_null(0),
            branch_capacity_in_scope=pl.when(pl.col("capacity").is_not_null()).then(
                pl.col("branch_capacity_in_scope").fill_null(value=False)
            ),
        )
        .drop("counted")
        .with_columns(in_scope=in_scope())
        .with_columns(max_extra=_max_extra())
        .with_columns(available_extra=available_extra())
        .with_columns(shortage=shortage())
        .collect()
    )


def _max_extra() -> pl.Expr:
    """0 where out of scope or the table has no such capacity; null where it is not known."""
    return (
        pl.when(pl.col("in_scope").eq_missing(False))
        .then(0)
        .when(pl.col("capacity").is_not_null())
        .then(pl.col("max_extra").fill_null(0))
    )


def _of_days(law: Law, days: list[dt.date]) -> pl.DataFrame:
    """Parameters that are one number, by day."""
    rows = [(day, law.integer("base_staff", day), law.integer("backup_staff", day)) for day in days]
    schema = {"as_of": pl.Date, "base_staff": pl.Int64, "backup_staff": pl.Int64}
    return pl.DataFrame(rows, schema, orient="row")


def _of_kinds(law: Law, days: list[dt.date]) -> pl.DataFrame:
    """Parameters by day and kind of unit; before the Notification applies no kind is in scope."""
    rows = []
    for day in days:
        dated = law.at("scope_kinds", day)
        qualified = law.table("base_qualified", day)
        rows += [
            (day, str(kind), True, qualified.get(kind, 0))
            for kind in (dated.listed if dated else [])
        ]
    schema = {
        "as_of": pl.Date,
        "kind": pl.String,
        "kind_in_scope": pl.Boolean,
        "base_qualified": pl.Int64,
    }
    return pl.DataFrame(rows, schema, orient="row")


def _of_capacities(law: Law, days: list[dt.date]) -> pl.DataFrame:
    """Parameters by day and capacity."""
    rows = []
    for day in days:
        branch = law.listed("branch_capacities", day)
        extra = law.table("max_extra", day)
        rows += [
            (day, int(capacity), capacity in branch, extra.get(capacity, 0))
            for capacity in sorted({*branch, *extra}, key=int)
        ]
    schema = {
        "as_of": pl.Date,
        "capacity": pl.Int64,
        "branch_capacity_in_scope": pl.Boolean,
        "max_extra": pl.Int64,
    }
    return pl.DataFrame(rows, schema, orient="row")


def _unit_staff(
    ledger: Ledger, law: Law, cases: pl.DataFrame, several: pl.DataFrame
) -> pl.DataFrame:
    """FTE of the units' care staff; backup and support are never counted (R4)."""
    care = ledger["staff"].filter((pl.col("role") == "care") & pl.col("unit_id").is_not_null())
    qualified = _job_qualifies(law) & pl.col("dedicated") & ~pl.col("main_rota")
    held = postings(care, cases, "unit_id", several, qualified)
    return full_time_equivalents(held, "unit_id").with_columns(counted=pl.lit(value=True))


def _job_qualifies(law: Law) -> pl.Expr:
    """Whether a job counts as extra staff on the case's day."""
    return pl.any_horizontal(
        pl.col("job").is_in([str(job) for job in dated.listed])
        & pl.col("as_of").is_between(first, last)
        for first, last, dated in law.spans("qualified_jobs")
    )


def judge_homes(
    ledger: Ledger,
    law: Law,
    cases: pl.DataFrame,
    several: pl.DataFrame,
    confirmations: pl.DataFrame,
    units: pl.DataFrame,
) -> pl.DataFrame:
    """Judge homes, each on its case's day; `units` are their units judged on these days."""
    backup = ledger["staff"].filter((pl.col("role") == "backup") & pl.col("unit_id").is_null())
    held = postings(backup, cases, "home_id", several, pl.lit(value=False))
    staff = full_time_equivalents(held, "home_id").select(
        "home_id", "as_of", backup_fte="staff_fte", counted=pl.lit(value=True)
    )
    scope = units.group_by("home_id", "as_of").agg(
        units_in_scope=pl.col("in_scope").sum().cast(pl.Int64),
        # true where one is, null where none is but one is unknown, else false
        has_units_in_scope=pl.col("in_scope").any(ignore_nulls=False),
    )
    key = ["home_id", "as_of"]
    days = cases["as_of"].unique().to_list()
    facts = (
        cases.join(staff, on=key, how="left", maintain_order="left")
        .join(scope, on=key, how="left", maintain_order="left")
        .join(_of_days(law, days), on="as_of", how="left", maintain_order="left")
        .join(confirmations, on=key, how="left", maintain_order="left")
        .with_columns(
            backup_fte=pl.when(pl.col("counted").is_null()).then(0).otherwise("backup_fte"),
            has_units_in_scope=pl.when(pl.col("units_in_scope").is_null())
            .then(False)
            .otherwise("has_units_in_scope"),
            units_in_scope=pl.col("units_in_scope").fill_null(0),
        )
        .drop("counted")
    )
    outcome = judged(facts, HOME_RULES)
    return outcome.with_columns(backup_eligible=all_met(pl.col(rule.code) for rule in HOME_RULES))
