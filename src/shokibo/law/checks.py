"""Checks that need the rules: capacities they don't cover, applications out of scope."""

from collections.abc import Callable, Iterator

import polars as pl

from shokibo.law import certified_checks, leave_checks, own_values, plausible, support_checks
from shokibo.law.certified_checks import certified_addons
from shokibo.law.facts import scope_facts
from shokibo.law.own_values import check_own_values
from shokibo.law.parameters import Law
from shokibo.law.reference_date import reference_date
from shokibo.law.register import units
from shokibo.ledger.checks.located import findings_at
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.texts import Text

_R1 = "子発1004第5号 別紙2"
_R2 = "子発1004第5号 別紙3(1)"

COMMUNITY_HOME_CAPACITY = Entry(
    "COMMUNITY_HOME_CAPACITY",
    "warning",
    Text(
        "地域小規模児童養護施設「{name}」の定員{capacity}人は、加配の表({table}人)にありません。",
        "The community home {name} has {capacity} {capacity:place|places}, not in the table "
        "({table}).",
    ),
    Text(
        "対象には数えますが、小規模かつ地域分散化加算は受けられません。定員を確かめてください。",
        "It is in scope but gets no dispersal add-on. Check the capacity.",
    ),
    _R1,
)
BRANCH_CAPACITY = Entry(
    "BRANCH_CAPACITY",
    "info",
    Text(
        "分園型小規模グループケア「{name}」の定員{capacity}人は、対象({table}人)の外です。",
        "The branch {name} has {capacity} {capacity:place|places} and is out of scope ({table}).",
    ),
    Text(
        "この定員の間は、加算の対象になりません。", "It is out of scope while it has this capacity."
    ),
    _R1,
)
APPLICATION_OUT_OF_SCOPE = Entry(
    "APPLICATION_OUT_OF_SCOPE",
    "error",
    Text(
        "申請「{application_id}」の生活単位「{name}」は、{as_of:day}には要綱の対象ではありません。",
        "Application {application_id}: its unit {name} is not in scope on {as_of:day}.",
    ),
    Text("種別と定員を確かめるか、申請を取り下げてください。", "Check its kind and capacity."),
    _R1,
)
APPLICATION_OUT_OF_SCOPE_CLOSED = Entry(
    "APPLICATION_OUT_OF_SCOPE_CLOSED",
    "info",
    Text(
        "不認定又は取下げの申請「{application_id}」の生活単位「{name}」は、対象ではありません。",
        "The rejected or withdrawn application {application_id} is for {name}, out of scope.",
    ),
    Text("修正する必要はありません。", "Nothing has to be corrected."),
    _R1,
)
REQUESTED_EXTRA_ABOVE_MAX = Entry(
    "REQUESTED_EXTRA_ABOVE_MAX",
    "warning",
    Text(
        "申請「{application_id}」の申請加配数{requested_extra}が、定員{capacity}人の上限{max_extra}を"
        "超えています。",
        "Application {application_id} asks for {requested_extra}; {capacity} "
        "{capacity:place|places} allow "
        "{max_extra}.",
    ),
    Text("上限までの数にしてください。", "Request no more than is allowed."),
    _R2,
)
ENTRIES = (
    COMMUNITY_HOME_CAPACITY,
    BRANCH_CAPACITY,
    APPLICATION_OUT_OF_SCOPE,
    APPLICATION_OUT_OF_SCOPE_CLOSED,
    REQUESTED_EXTRA_ABOVE_MAX,
    *own_values.ENTRIES,
    *certified_checks.ENTRIES,
    *leave_checks.ENTRIES,
    *plausible.ENTRIES,
    *support_checks.ENTRIES,
)
CATALOGUE = {what.code: what for what in ENTRIES}


def check_law(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Run every check that needs the rules."""
    yield from check_register(ledger, law)
    yield from (one.finding for one in certified_addons(ledger, law))


def check_register(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Check figures and applications, but not the months of certifications."""
    for check in REGISTER_CHECKS:
        yield from check(ledger, law)


def capacities(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Find units in the community whose capacity is not in the table of extra staff."""
    named = ledger["units"].select("unit_id", "name", "kind")
    rows = ledger["capacities"].lazy().join(named.lazy(), on="unit_id", maintain_order="left")
    for what, kind, parameter in (
        (COMMUNITY_HOME_CAPACITY, "community_home", "max_extra"),
        (BRANCH_CAPACITY, "branch_group_care", "branch_capacities"),
    ):
        for first, last, dated in law.spans(parameter):
            allowed = sorted(dated.table or dated.listed, key=int)
            outside = rows.filter(
                (pl.col("kind") == kind)
                & pl.col("effective_from").is_between(first, last)
                & ~pl.col("capacity").is_in(allowed)
            ).with_columns(table=pl.lit("・".join(map(str, allowed))))
            yield from findings_at(ledger, what, "capacities", "capacity", outside.collect())


def applications(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Find dispersal applications for units that are out of scope on their reference date.

    Those certified are judged month by month (see `certified_checks`).
    """
    cases = (
        ledger["applications"]
        .lazy()
        .filter((pl.col("addon") == "dispersal") & pl.col("unit_id").is_not_null())
        .select(
            "application_id",
            "unit_id",
            "fiscal_year",
            "start_month",
            "requested_extra",
            "decision",
            ROW,
        )
        .join(units(ledger), on="unit_id", maintain_order="left")
        .with_columns(as_of=reference_date(pl.col("fiscal_year")))
        .collect()
    )
    facts = scope_facts(ledger, law, cases).collect()
    out = facts.filter(pl.col("in_scope").eq_missing(False))
    closed = pl.col("decision").is_in(["rejected", "withdrawn"])
    undecided = pl.col("decision").is_in(["draft", "pending", "returned"])
    for what, rows in (
        (APPLICATION_OUT_OF_SCOPE, out.filter(undecided)),
        (APPLICATION_OUT_OF_SCOPE_CLOSED, out.filter(closed)),
    ):
        yield from findings_at(ledger, what, "applications", "unit_id", rows)
    above = facts.filter(~closed & (pl.col("requested_extra") > pl.col("max_extra")))
    above = above.filter(pl.col("in_scope"))
    yield from findings_at(
        ledger, REQUESTED_EXTRA_ABOVE_MAX, "applications", "requested_extra", above
    )


REGISTER_CHECKS: tuple[Callable[[Ledger, Law], Iterator[Finding]], ...] = (
    check_own_values,
    capacities,
    applications,
    leave_checks.absent_staff,
    *plausible.CHECKS,
    *support_checks.CHECKS,
)
"""The checks of `check_register`, in the order of their findings."""
