"""The facts that rules judge: capacity, scope and staff of units, parameters of the day."""

from collections.abc import Callable

import polars as pl

from shokibo.law import register
from shokibo.law.extra_staff import available_extra, shortage
from shokibo.law.fte import CASE, full_time_equivalents, postings
from shokibo.law.parameters import Dated, Law
from shokibo.law.scope import in_scope
from shokibo.ledger.model import Ledger


def unit_facts(ledger: Ledger, law: Law, cases: pl.DataFrame, several: pl.Series) -> pl.LazyFrame:
    """Add to cases of units all that the rules look at. Rows stay in order.

    Columns read: unit_id, home_id, kind, as_of. Columns added: those of `scope_facts`, staff_fte,
    qualified_fte, shortage (tenths), base_staff, base_qualified, available_extra. Staff are the
    care staff of the unit; backup and support are never counted (R4).
    """
    facts = scope_facts(ledger, law, cases)
    in_unit = (pl.col("role") == "care") & pl.col("unit_id").is_not_null()
    care = ledger["staff"].lazy().filter(in_unit)
    job_qualifies = _by_span(law, "qualified_jobs", lambda dated: _is_one_of("job", dated))
    qualified = job_qualifies & pl.col("dedicated") & ~pl.col("main_rota")
    staff = full_time_equivalents(postings(care, cases, "unit_id", several, qualified))
    return (
        with_staff(facts, staff, "staff_fte", "qualified_fte")
        .with_columns(available_extra=available_extra())
        .with_columns(shortage=shortage())
    )


def with_staff(cases: pl.LazyFrame, staff: pl.DataFrame, *names: str) -> pl.LazyFrame:
    """Add to cases the FTE of their staff: 0 without a posting, null with missing hours.

    The first column of `staff` identifies the case, as in `postings`.
    """
    by = staff.columns[0]
    counted = staff.lazy().select(by, *names, counted=pl.lit(value=True))
    return (
        cases.with_row_index(CASE)
        .join(counted, on=by, how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("counted").is_not_null()).then(name).otherwise(0).alias(name)
            for name in names
        )
        .drop("counted", CASE)
    )


def scope_facts(ledger: Ledger, law: Law, cases: pl.DataFrame) -> pl.LazyFrame:
    """Add to cases of units their scope: capacity, in_scope, max_extra, and what decides them.

    Before the Notification applies no kind is in scope. max_extra is 0 where out of scope or the
    table has no such capacity; it and branch_capacity_in_scope are null where it is not known.
    """
    begun = pl.col("as_of") >= law.parameters["scope_kinds"].values[0].effective_from
    kinds = _by_span(law, "scope_kinds", lambda dated: _is_one_of("kind", dated))
    base = _by_span(law, "base_qualified", lambda dated: _looked_up("kind", dated))
    allowed = _by_span(law, "max_extra", lambda dated: _looked_up("capacity", dated))
    max_extra = (
        pl.when(pl.col("in_scope").eq_missing(False))
        .then(0)
        .when(pl.col("capacity").is_not_null())
        .then(allowed)
    )
    return (
        register.with_capacity(cases, ledger["capacities"])
        .with_columns(
            of_day(law, "base_staff"),
            of_day(law, "backup_staff"),
            kind_in_scope=(begun & kinds).fill_null(value=False),
            branch_capacity_in_scope=_by_span(
                law, "branch_capacities", lambda dated: _is_one_of("capacity", dated)
            ),
        )
        .with_columns(
            base_qualified=pl.when("kind_in_scope").then(base).otherwise(0), in_scope=in_scope()
        )
        .with_columns(max_extra=max_extra)
    )


def of_day(law: Law, name: str) -> pl.Expr:
    """Look up a parameter that is one number, on the case's day."""
    return _by_span(
        law,
        name,
        lambda dated: pl.lit(dated.value if isinstance(dated.value, int) else None, pl.Int64),
    ).alias(name)


def _by_span(law: Law, name: str, expression: Callable[[Dated], pl.Expr]) -> pl.Expr:
    """Choose by the case's day between a parameter's values; before its first day, the first."""
    *before, (_, _, last) = law.spans(name)
    chosen = expression(last)
    for first_day, last_day, dated in before:
        here = pl.col("as_of").is_between(first_day, last_day)
        chosen = pl.when(here).then(expression(dated)).otherwise(chosen)
    return chosen


def _is_one_of(column: str, dated: Dated) -> pl.Expr:
    return pl.col(column).is_in(dated.listed)


def _looked_up(column: str, dated: Dated) -> pl.Expr:
    """Look a column's value up in a table; 0 where the table does not have it."""
    if not dated.table:
        return pl.lit(0, pl.Int64)
    return pl.col(column).replace_strict(dated.table, default=0, return_dtype=pl.Int64)
