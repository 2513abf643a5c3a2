"""Checks that need the rules: capacities beside them, applications out of scope, certifications."""

from collections.abc import Iterator

import polars as pl

from shokibo.law.certification import rejudged_homes, rejudged_units
from shokibo.law.evaluate import HOME_RULES, UNIT_RULES
from shokibo.law.facts import scope_facts
from shokibo.law.outcomes import Rule
from shokibo.law.parameters import Law
from shokibo.law.reasons import cited
from shokibo.law.reference_date import reference_date
from shokibo.law.register import units
from shokibo.ledger.checks.found import at_rows, entry
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.texts import Text

_R1 = "子発1004第5号 別紙2"
_R2 = "子発1004第5号 別紙3(1)"
_R8 = "子発1004第5号 別紙4"
_END = Text(
    "台帳を直すか、認定を終了にしてください(終了日は月末)。",
    "Mend the ledger, or end the certification at a month's end.",
)

COMMUNITY_HOME_CAPACITY = entry(
    "COMMUNITY_HOME_CAPACITY",
    "warning",
    Text(
        "地域小規模児童養護施設「{name}」の定員{capacity}人は、加配の表({table}人)にありません。",
        "The community home {name} has {capacity} places, not in the table ({table}).",
    ),
    Text(
        "対象には数えますが、小規模かつ地域分散化加算は受けられません。定員を確かめてください。",
        "It is in scope and gets no dispersal add-on. Check the capacity.",
    ),
    _R1,
)
BRANCH_CAPACITY = entry(
    "BRANCH_CAPACITY",
    "info",
    Text(
        "分園型小規模グループケア「{name}」の定員{capacity}人は、対象({table}人)の外です。",
        "The branch {name} has {capacity} places and is out of scope ({table}).",
    ),
    Text("この定員の間は、加算の対象になりません。", "It is out of scope while it has them."),
    _R1,
)
APPLICATION_OUT_OF_SCOPE = entry(
    "APPLICATION_OUT_OF_SCOPE",
    "error",
    Text(
        "申請「{application_id}」の生活単位「{name}」は、{as_of}には要綱の対象ではありません。",
        "Application {application_id}: its unit {name} is not in scope on {as_of}.",
    ),
    Text("種別と定員を確かめるか、申請を取り下げてください。", "Check its kind and capacity."),
    _R1,
)
APPLICATION_OUT_OF_SCOPE_CLOSED = entry(
    "APPLICATION_OUT_OF_SCOPE_CLOSED",
    "info",
    Text(
        "不認定又は取下げの申請「{application_id}」の生活単位「{name}」は、対象ではありません。",
        "The rejected or withdrawn application {application_id} is for {name}, out of scope.",
    ),
    Text("直す必要はありません。", "Nothing to mend."),
    _R1,
)
REQUESTED_EXTRA_ABOVE_MAX = entry(
    "REQUESTED_EXTRA_ABOVE_MAX",
    "warning",
    Text(
        "申請「{application_id}」の申請加配数{requested_extra}が、定員{capacity}人の上限{max_extra}を"
        "超えています。",
        "Application {application_id} asks for {requested_extra}; {capacity} places allow "
        "{max_extra}.",
    ),
    Text("上限までの数にしてください。", "Ask for no more than is allowed."),
    _R2,
)
CERTIFIED_NOT_ELIGIBLE = entry(
    "CERTIFIED_NOT_ELIGIBLE",
    "error",
    Text(
        "認定「{application_id}」は、{months}に要件を満たしません:{grounds}。",
        "The certified {application_id} does not hold in {months} ({rules}).",
    ),
    _END,
    _R8,
)
CERTIFIED_CANNOT_JUDGE = entry(
    "CERTIFIED_CANNOT_JUDGE",
    "warning",
    Text(
        "認定「{application_id}」は、{months}に判定できない要件があります:{grounds}。",
        "The certified {application_id} can't be judged in {months} ({rules}).",
    ),
    Text("足りない定員、勤務時間、要件確認を記入してください。", "Fill in what is missing."),
    _R8,
)
CERTIFIED_EXTRA_ABOVE_AVAILABLE = entry(
    "CERTIFIED_EXTRA_ABOVE_AVAILABLE",
    "error",
    Text(
        "認定「{application_id}」の加配数{certified_extra}が、{months}に加配できる数(最小{least})を"
        "超えています。",
        "{application_id} certifies {certified_extra}, more than is available in {months} "
        "(at least {least}).",
    ),
    Text(
        "職員の配置を確かめ、足りなければ認定の数を改めてください。",
        "Check the staff, and certify no more than there is.",
    ),
    _R2,
)
CERTIFIED_EXTRA_ABOVE_MAX = entry(
    "CERTIFIED_EXTRA_ABOVE_MAX",
    "error",
    Text(
        "認定「{application_id}」の加配数{certified_extra}が、{months}の定員で許される数(最小{least})を"
        "超えています。",
        "{application_id} certifies {certified_extra}, more than the capacity allows in {months} "
        "(at least {least}).",
    ),
    Text("定員と認定の数を確かめてください。", "Check the capacity and the number certified."),
    _R2,
)
ENTRIES = (
    COMMUNITY_HOME_CAPACITY,
    BRANCH_CAPACITY,
    APPLICATION_OUT_OF_SCOPE,
    APPLICATION_OUT_OF_SCOPE_CLOSED,
    REQUESTED_EXTRA_ABOVE_MAX,
    CERTIFIED_NOT_ELIGIBLE,
    CERTIFIED_CANNOT_JUDGE,
    CERTIFIED_EXTRA_ABOVE_AVAILABLE,
    CERTIFIED_EXTRA_ABOVE_MAX,
)
CATALOGUE = {what.code: what for what in ENTRIES}


def check_law(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Run every check that needs the rules."""
    yield from check_register(ledger, law)
    yield from certified_units(ledger, law)
    yield from certified_homes(ledger, law)


def check_register(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Check capacities and what is applied for; not the months of what is certified."""
    yield from capacities(ledger, law)
    yield from applications(ledger, law)


def capacities(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Find units in the community whose capacity is beside the table of extra staff."""
    named = ledger["units"].select("unit_id", "name", "kind")
    rows = ledger["capacities"].lazy().join(named.lazy(), on="unit_id", maintain_order="left")
    for what, kind, parameter in (
        (COMMUNITY_HOME_CAPACITY, "community_home", "max_extra"),
        (BRANCH_CAPACITY, "branch_group_care", "branch_capacities"),
    ):
        for first, last, dated in law.spans(parameter):
            held = sorted(dated.table or dated.listed, key=int)
            outside = rows.filter(
                (pl.col("kind") == kind)
                & pl.col("effective_from").is_between(first, last)
                & ~pl.col("capacity").is_in(held)
            ).with_columns(table=pl.lit("・".join(map(str, held))))
            yield from at_rows(ledger, what, "capacities", "capacity", outside.collect())


def applications(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Find dispersal applications for units that are out of scope on their reference date."""
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
    for what, rows in (
        (APPLICATION_OUT_OF_SCOPE, out.filter(~closed)),
        (APPLICATION_OUT_OF_SCOPE_CLOSED, out.filter(closed)),
    ):
        yield from at_rows(ledger, what, "applications", "unit_id", rows)
    above = facts.filter(~closed & (pl.col("requested_extra") > pl.col("max_extra")))
    above = above.filter(pl.col("in_scope"))
    yield from at_rows(ledger, REQUESTED_EXTRA_ABOVE_MAX, "applications", "requested_extra", above)


def _certified(ledger: Ledger, addon: str) -> pl.DataFrame:
    return ledger["applications"].filter(
        (pl.col("addon") == addon) & (pl.col("decision") == "certified")
    )


def certified_units(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Judge certified dispersal add-ons again, month by month."""
    certified = _certified(ledger, "dispersal").drop_nulls("unit_id")
    judged = rejudged_units(ledger, law, certified)
    holds = pl.when("is_open").then("eligible").otherwise(False)
    yield from _held(ledger, law, judged.lazy().with_columns(holds=holds), UNIT_RULES)
    for what, limit in (
        (CERTIFIED_EXTRA_ABOVE_AVAILABLE, "available_extra"),
        (CERTIFIED_EXTRA_ABOVE_MAX, "max_extra"),
    ):
        above = judged.lazy().filter(pl.col("certified_extra") > pl.col(limit))
        rows = _by_application(
            above, pl.col("certified_extra").first(), pl.col(limit).min().alias("least")
        )
        yield from at_rows(ledger, what, "applications", "certified_extra", rows)


def certified_homes(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Judge certified backup add-ons again, month by month."""
    judged = rejudged_homes(ledger, law, _certified(ledger, "backup"))
    holds = pl.when("is_open").then("backup_eligible").otherwise(False)
    yield from _held(ledger, law, judged.lazy().with_columns(holds=holds), HOME_RULES)


def _held(ledger: Ledger, law: Law, judged: pl.LazyFrame, rules: list[Rule]) -> Iterator[Finding]:
    """Find certifications that do not hold in some month, or that can't be judged."""
    for what, wrong, outcome in (
        (CERTIFIED_NOT_ELIGIBLE, pl.col("holds").eq_missing(False), "not_met"),
        (CERTIFIED_CANNOT_JUDGE, pl.col("holds").is_null(), "cannot_judge"),
    ):
        closed = pl.when(~pl.col("is_open")).then(pl.lit("NOT_OPEN"))
        failed = pl.concat_list(
            closed,
            *(pl.when(pl.col(rule.code) == outcome).then(pl.lit(rule.code)) for rule in rules),
        )
        found = judged.filter(wrong).with_columns(failed=failed.list.drop_nulls())
        rows = _by_application(
            found,
            pl.col("failed")
            .list.explode(keep_nulls=False, empty_as_null=False)
            .unique(maintain_order=True)
            .alias("rules"),
            pl.col("as_of").max(),
        )
        yield from at_rows(
            ledger, what, "applications", "application_id", _with_grounds(rows, law, rules)
        )


def _with_grounds(rows: pl.DataFrame, law: Law, rules: list[Rule]) -> pl.DataFrame:
    """Add `grounds`: the titles of `rules` in Japanese, with the article that held at `as_of`."""
    titles = {
        day: {"NOT_OPEN": "開設中でない"}
        | {rule.code: f"{rule.title.ja}({cited(rule, law, day)})" for rule in rules}
        for day in rows["as_of"].unique()
    }
    grounds = [
        [titles[day][code] for code in codes] for day, codes in rows.select("as_of", "rules").rows()
    ]
    return rows.with_columns(grounds=pl.Series(grounds, dtype=pl.List(pl.String)))


def _by_application(rows: pl.LazyFrame, *more: pl.Expr) -> pl.DataFrame:
    """Give one row an application, with the months concerned and more."""
    by_application = rows.group_by("application_id", maintain_order=True).agg(
        pl.col(ROW).first(),
        pl.col("month").dt.strftime("%Y-%m").alias("months"),
        *more,
    )
    return by_application.collect()
