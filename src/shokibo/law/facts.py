"""What the rules look at: capacity, scope and staff of units, and the parameters of the day."""

from collections.abc import Callable

import polars as pl

from shokibo.law import register
from shokibo.law.extra_staff import available_extra, shortage
from shokibo.law.fte import CASE, full_time_equivalents, postings
from shokibo.law.parameters import Dated, Law, ParameterValue
from shokibo.law.scope import in_scope
from shokibo.ledger.model import Ledger


def unit_facts(ledger: Ledger, law: Law, cases: pl.DataFrame, several: pl.Series) -> pl.LazyFrame:
    """Add to cases of units all that the rules look at. Rows stay in order.

    Columns read: unit_id, home_id, kind, as_of. Columns added: those of `scope_facts`, staff_fte,
    qualified_fte, shortage (tenths), base_staff, base_qualified, available_extra.
    """
    facts = scope_facts(ledger, law, cases)
    staff = _unit_staff(ledger, law, cases, several)
    return (
        with_staff(facts, staff, "staff_fte", "qualified_fte")
        .with_columns(available_extra=available_extra())
        .with_columns(shortage=shortage())
    )


def with_staff(cases: pl.LazyFrame, staff: pl.DataFrame, *names: str) -> pl.LazyFrame:
    """Add to cases the FTE of their staff: 0 without a posting, null with missing hours.

    The first column of `staff` tells the case, as `postings` says.
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
    """Add to cases of units what tells their scope: capacity, in_scope, max_extra."""
    known = register.with_capacity(cases, ledger["capacities"])
    return (
        known.with_columns(
            of_day(law, "base_staff"),
            of_day(law, "backup_staff"),
            kind_in_scope=_kind_in_scope(law),
            branch_capacity_in_scope=_branch_capacity(law),
        )
        .with_columns(base_qualified=_base_qualified(law), in_scope=in_scope())
        .with_columns(max_extra=_max_extra(law))
    )


def of_day(law: Law, name: str) -> pl.Expr:
    """Give a parameter that is one number, as it is on the case's day."""
    return _by_span(law, name, lambda dated: _number(dated.value)).alias(name)


def _number(value: ParameterValue) -> pl.Expr:
    return pl.lit(value if isinstance(value, int) else None, pl.Int64)


def _by_span(law: Law, name: str, give: Callable[[Dated], pl.Expr]) -> pl.Expr:
    """Give what a parameter says on the case's day; before its first day, that of its first."""
    *before, (_, _, last) = law.spans(name)
    said = give(last)
    for first_day, last_day, dated in before:
        here = pl.col("as_of").is_between(first_day, last_day)
        said = pl.when(here).then(give(dated)).otherwise(said)
    return said


def _kind_in_scope(law: Law) -> pl.Expr:
    """Before the Notification applies no kind is in scope."""
    begun = pl.col("as_of") >= law.parameters["scope_kinds"].values[0].effective_from
    listed = _by_span(law, "scope_kinds", lambda dated: _is_one_of("kind", dated))
    return (begun & listed).fill_null(value=False)


def _branch_capacity(law: Law) -> pl.Expr:
    """Null where the capacity is not known."""
    return _by_span(law, "branch_capacities", lambda dated: _is_one_of("capacity", dated))


def _is_one_of(column: str, dated: Dated) -> pl.Expr:
    return pl.col(column).is_in(dated.listed)


def _base_qualified(law: Law) -> pl.Expr:
    base = _by_span(law, "base_qualified", lambda dated: _looked_up("kind", dated))
    return pl.when("kind_in_scope").then(base).otherwise(0)


def _max_extra(law: Law) -> pl.Expr:
    """0 where out of scope or the table has no such capacity; null where it is not known."""
    allowed = _by_span(law, "max_extra", lambda dated: _looked_up("capacity", dated))
    return (
        pl.when(pl.col("in_scope").eq_missing(False))
        .then(0)
        .when(pl.col("capacity").is_not_null())
        .then(allowed)
    )


def _looked_up(column: str, dated: Dated) -> pl.Expr:
    """Give what a table says of a column's value, 0 where it says nothing."""
    table = dated.table
    if not table:
        return pl.lit(0, pl.Int64)
    return pl.col(column).replace_strict(table, default=0, return_dtype=pl.Int64)


def _unit_staff(ledger: Ledger, law: Law, cases: pl.DataFrame, several: pl.Series) -> pl.DataFrame:
    """FTE of the units' care staff; backup and support are never counted (R4)."""
    in_unit = (pl.col("role") == "care") & pl.col("unit_id").is_not_null()
    care = ledger["staff"].lazy().filter(in_unit)
    qualified = _job_qualifies(law) & pl.col("dedicated") & ~pl.col("main_rota")
    return full_time_equivalents(postings(care, cases, "unit_id", several, qualified))


def _job_qualifies(law: Law) -> pl.Expr:
    """Whether a job counts as extra staff on the case's day."""
    return _by_span(law, "qualified_jobs", lambda dated: _is_one_of("job", dated))
