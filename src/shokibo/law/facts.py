"""What the rules look at: capacity, scope and staff of units, and the parameters of the day."""

import datetime as dt

import polars as pl

from shokibo.law import register
from shokibo.law.extra_staff import available_extra, shortage
from shokibo.law.fte import full_time_equivalents, postings
from shokibo.law.parameters import Law
from shokibo.law.scope import in_scope
from shokibo.ledger.model import Ledger


def unit_facts(
    ledger: Ledger, law: Law, cases: pl.DataFrame, several: pl.DataFrame
) -> pl.DataFrame:
    """Add to cases of units all that the rules look at. Rows stay in order.

    Columns read: unit_id, home_id, kind, as_of. Columns added: those of `scope_facts`, staff_fte,
    qualified_fte, shortage (tenths), base_staff, base_qualified, available_extra.
    """
    staff = _unit_staff(ledger, law, cases, several)
    counted = pl.col("counted").is_not_null()
    return (
        _scope_facts(ledger, law, cases)
        .join(staff.lazy(), on=["unit_id", "as_of"], how="left", maintain_order="left")
        .with_columns(
            # a case without a row counts 0; one with missing hours stays null
            staff_fte=pl.when(counted).then("staff_fte").otherwise(0),
            qualified_fte=pl.when(counted).then("qualified_fte").otherwise(0),
        )
        .drop("counted")
        .with_columns(available_extra=available_extra())
        .with_columns(shortage=shortage())
        .collect()
    )


def scope_facts(ledger: Ledger, law: Law, cases: pl.DataFrame) -> pl.DataFrame:
    """Add to cases of units what tells their scope: capacity, in_scope, max_extra."""
    return _scope_facts(ledger, law, cases).collect()


def _scope_facts(ledger: Ledger, law: Law, cases: pl.DataFrame) -> pl.LazyFrame:
    days = cases["as_of"].unique().to_list()
    parameters = (
        (of_days(law, days), ["as_of"]),
        (_of_kinds(law, days), ["as_of", "kind"]),
        (_of_capacities(law, days), ["as_of", "capacity"]),
    )
    facts = register.with_capacity(cases, ledger["capacities"]).lazy()
    for more, key in parameters:
        facts = facts.join(more.lazy(), on=key, how="left", maintain_order="left")
    known = pl.col("capacity").is_not_null()
    return (
        facts.with_columns(
            kind_in_scope=pl.col("kind_in_scope").fill_null(value=False),
            base_qualified=pl.col("base_qualified").fill_null(0),
            branch_capacity_in_scope=pl.when(known).then(
                pl.col("branch_capacity_in_scope").fill_null(value=False)
            ),
        )
        .with_columns(in_scope=in_scope())
        .with_columns(max_extra=_max_extra())
    )


def _max_extra() -> pl.Expr:
    """0 where out of scope or the table has no such capacity; null where it is not known."""
    return (
        pl.when(pl.col("in_scope").eq_missing(False))
        .then(0)
        .when(pl.col("capacity").is_not_null())
        .then(pl.col("max_extra").fill_null(0))
    )


def of_days(law: Law, days: list[dt.date]) -> pl.DataFrame:
    """Give the parameters that are one number: as_of, base_staff, backup_staff."""
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
