"""Findings in the costs of plans."""

from collections.abc import Iterator
from operator import itemgetter

import polars as pl

from shokibo import calendar
from shokibo.law.parameters import OwnDated
from shokibo.ledger.checks.located import finding_at, findings_at
from shokibo.ledger.findings import Finding
from shokibo.ledger.raw import ROW
from shokibo.planning import cost_findings as say
from shokibo.planning.budget import contributions
from shokibo.planning.costs import RENT_RULE, annual_rents, opening_costs, rent_of
from shokibo.planning.events import Events
from shokibo.planning.leads import own_amounts
from shokibo.planning.plan import Plan
from shokibo.planning.spans import of_authorities


def costs(plans: Plan) -> Iterator[Finding]:
    """Find costs without a source, rules that lead nowhere, and what the State does not bear."""
    given, ledger = of_authorities(plans.ledger, "costs"), plans.ledger
    leads = of_authorities(ledger, "housing")
    unclear = pl.col("national_share").is_not_null() & (
        pl.col("eligible_rule").is_null() | pl.col("programme").is_null()
    )
    for entry, column, wrong in (
        (say.COST_WITHOUT_SOURCE, "source", pl.col("source").is_null()),
        (say.COST_SHARE_UNCLEAR, "national_share", unclear),
    ):
        yield from findings_at(ledger, entry, "costs", column, given.filter(wrong))
    yield from _rent_rules(plans, given)
    for code, first, last in plans.spans[["authority_code", "from_year", "to_year"]].iter_rows():
        own = given.filter(pl.col("authority_code") == code)
        units = plans.events.units.filter(pl.col("authority_code") == code)
        changes = plans.events.changes.join(units, on="unit", how="semi")
        events = Events(units, changes, plans.events.void)
        of_leads = own_amounts(leads.filter(pl.col("authority_code") == code), events, first)
        for year in sorted(set(own["fiscal_year"].to_list()) & set(range(first, last + 1))):
            # a programme that does not bear its share of all the costs it is for
            for revenue, paid in contributions(own, events, first, year, of_leads):
                if paid > revenue.eligible_base:
                    row = own.filter(
                        (pl.col("programme") == revenue.programme) & (pl.col("fiscal_year") <= year)
                    ).sort("fiscal_year", maintain_order=True, descending=True)[ROW][0]
                    yield ledger.finding(
                        say.CONTRIBUTION_NOT_FULL,
                        "costs",
                        row,
                        "eligible_rule",
                        fiscal_year=year,
                        programme=revenue.programme,
                        share=revenue.share,
                        amount=revenue.amount,
                        costs=paid,
                        eligible=revenue.eligible_base,
                        not_eligible=paid - revenue.eligible_base,
                    )


def _rent_rules(plans: Plan, costs: pl.DataFrame) -> Iterator[Finding]:
    """Find months-of-rent rules without their item, or with other months than inferred."""
    rents = {
        str(code): annual_rents(of_authority)
        for (code,), of_authority in opening_costs(costs).group_by("authority_code")
    }
    rules = [
        row | {"months": int(months), "rent": rent}
        for row in costs.rows(named=True)
        if (row["eligible_rule"] or "").startswith(RENT_RULE)
        for _, months, rent in [row["eligible_rule"].split(":", 2)]
    ]
    for rule in sorted(rules, key=itemgetter(ROW)):
        if rent_of(rule["rent"], rents.get(rule["authority_code"], {})) is None:
            yield finding_at(plans.ledger, say.RENT_ITEM_UNKNOWN, "costs", "eligible_rule", rule)
    for rule in rules:
        began = calendar.fiscal_year_start(rule["fiscal_year"])
        for first, last, dated in plans.law.spans("eligible_rent_months", rule["authority_code"]):
            if first <= began <= last and rule["months"] != dated.value:
                entry = say.RENT_MONTHS_DIFFER[isinstance(dated, OwnDated)]
                row = rule | {"inferred": dated.value}
                yield finding_at(plans.ledger, entry, "costs", "eligible_rule", row)
