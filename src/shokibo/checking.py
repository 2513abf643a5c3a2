"""All findings of a ledger: of its reading, between its tables, and by the rules."""

from shokibo.law import checks as law_checks
from shokibo.law.parameters import Law
from shokibo.ledger import checks as table_checks
from shokibo.ledger import problems
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.planning import plan_findings
from shokibo.planning.checks import check_plans
from shokibo.returns import notes

CATALOGUE: dict[str, Entry] = {
    **problems.CATALOGUE,
    **table_checks.CATALOGUE,
    **law_checks.CATALOGUE,
    **plan_findings.CATALOGUE,
    **notes.CATALOGUE,
}
"""Every code that is ever told, for the documentation."""


def check(ledger: Ledger, law: Law) -> list[Finding]:
    """Give every finding: of the reading, the tables, the rules, then the plan."""
    return [
        *ledger.notes,
        *table_checks.check_tables(ledger),
        *law_checks.check_law(ledger, law),
        *check_plans(ledger, law),
    ]


def check_rows(ledger: Ledger, law: Law) -> list[Finding]:
    """Give the findings of `check` but those on certified add-ons and on the plan."""
    return [
        *ledger.notes,
        *table_checks.check_tables(ledger),
        *law_checks.check_register(ledger, law),
    ]
