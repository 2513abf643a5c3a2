"""The facts that rules evaluate: capacity, scope and staff of units, parameters of the day."""

import polars as pl

from shokibo.law import register
from shokibo.law.extra_staff import available_extra, shortage
from shokibo.law.fte import CASE, full_time_equivalents, postings
from shokibo.law.of_day import by_day, is_one_of, looked_up, of_day
from shokibo.law.parameters import Law
from shokibo.law.presence import Presence
from shokibo.law.scope import in_scope
from shokibo.ledger.model import Ledger


def unit_facts(ledger: Ledger, law: Law, cases: pl.DataFrame, presence: Presence) -> pl.LazyFrame:
    """Add everything the rules look at to cases of units. The order of rows is kept.

    Columns read: those of `register.units`, and as_of. Columns added: those of `scope_facts`,
    staff_fte, qualified_fte, shortage (tenths), leave_by_default, base_staff, base_qualified,
    available_extra. Staff are the care staff of the unit; backup and support are never counted
    (R4).
    """
    facts = scope_facts(ledger, law, cases)
    staff = ledger["staff"].with_columns(ledger.rows_of("staff", "unit_id"))
    job_qualifies = by_day(law, "qualified_jobs", lambda dated: is_one_of("job", dated))
    qualified = job_qualifies & pl.col("dedicated") & ~pl.col("main_rota")
    of_unit = full_time_equivalents(postings(staff, cases, "unit_row", presence, qualified))
    return (
        with_staff(facts, of_unit, "staff_fte", "qualified_fte")
        .with_columns(available_extra=available_extra())
        .with_columns(shortage=shortage())
    )


def with_staff(cases: pl.LazyFrame, staff: pl.DataFrame, *names: str) -> pl.LazyFrame:
    """Add the FTE of their staff to cases: 0 without a posting, null with missing hours.

    Also add leave_by_default: whether only the default decides if someone on leave counts.

    The first column of `staff` identifies the case, as in `postings`.
    """
    by = staff.columns[0]
    counted = staff.lazy().select(by, "leave_by_default", *names)
    return (
        cases.with_row_index(CASE)
        .join(counted, on=by, how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("leave_by_default").is_not_null()).then(name).otherwise(0).alias(name)
            for name in names
        )
        .with_columns(pl.col("leave_by_default").fill_null(value=False))
        .drop(CASE)
    )


def scope_facts(ledger: Ledger, law: Law, cases: pl.DataFrame) -> pl.LazyFrame:
    """Add their scope to cases of units: capacity, in_scope, max_extra, and what decides them.

    Before the Notification applies no kind is in scope. capacity_from is the day from which the
    first capacity holds if that is after the case's day. max_extra is 0 if out of scope or the
    table has no such capacity; it and branch_capacity_in_scope are null if the capacity is unknown.
    """
    begun = pl.col("as_of") >= law.parameters["scope_kinds"].values[0].effective_from
    kinds = by_day(law, "scope_kinds", lambda dated: is_one_of("kind", dated))
    base = by_day(law, "base_qualified", lambda dated: looked_up("kind", dated))
    allowed = by_day(law, "max_extra", lambda dated: looked_up("capacity", dated))
    max_extra = (
        pl.when(pl.col("in_scope").eq_missing(False))
        .then(0)
        .when(pl.col("capacity").is_not_null())
        .then(allowed)
    )
    earliest = pl.lit(cases["as_of"].min(), pl.Date)
    capacities = ledger["capacities"].with_columns(ledger.rows_of("capacities", "unit_id"))
    later = capacities.lazy().filter(pl.col("effective_from") > earliest)
    first = later.group_by("unit_row").agg(pl.col("effective_from").min())
    begins = pl.when(pl.col("capacity").is_null()).then("effective_from")
    return (
        register.with_capacity(cases, capacities, "unit_row")
        .join(first, on="unit_row", how="left", maintain_order="left")
        .with_columns(capacity_from=begins)
        .drop("effective_from")
        .with_columns(
            of_day(law, "base_staff"),
            of_day(law, "backup_staff"),
            kind_in_scope=(begun & kinds).fill_null(value=False),
            branch_capacity_in_scope=by_day(
                law, "branch_capacities", lambda dated: is_one_of("capacity", dated)
            ),
        )
        .with_columns(
            base_qualified=pl.when("kind_in_scope").then(base).otherwise(0), in_scope=in_scope()
        )
        .with_columns(max_extra=max_extra)
    )
