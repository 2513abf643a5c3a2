"""All findings about a ledger: from its reading, its tables, and the rules."""

from collections import Counter
from collections.abc import Iterable
from itertools import chain

from shokibo.law import checks as law_checks
from shokibo.law.parameters import Law
from shokibo.ledger import checks as table_checks
from shokibo.ledger import limits, problems
from shokibo.ledger.findings import Entry, Finding
from shokibo.ledger.model import Ledger
from shokibo.planning import plan_findings
from shokibo.planning.checks import check_plans
from shokibo.planning.plan import Plan
from shokibo.returns import notes
from shokibo.returns.filed import entries as filed

CATALOGUE: dict[str, Entry] = {
    **problems.CATALOGUE,
    **table_checks.CATALOGUE,
    **law_checks.CATALOGUE,
    **plan_findings.CATALOGUE,
    **notes.CATALOGUE,
    **filed.CATALOGUE,
}
"""All codes of findings, for the documentation."""


def check(ledger: Ledger, law: Law, plan: Plan | None = None) -> list[Finding]:
    """Run all checks: the reading, the tables, the rules, then the plan.

    `plan` is the ledger's, if it has already been computed. At most `MAX_ALIKE` findings of one
    kind are listed, and the number of further ones.
    """
    found = chain(
        ledger.notes,
        table_checks.check_tables(ledger),
        law_checks.check_law(ledger, law),
        check_plans(ledger, law, plan),
    )
    return _bounded(found)


def check_rows(ledger: Ledger, law: Law) -> list[Finding]:
    """Run all checks except those of certified add-ons and the plan."""
    found = chain(
        ledger.notes, table_checks.check_tables(ledger), law_checks.check_register(ledger, law)
    )
    return _bounded(found)


def _bounded(found: Iterable[Finding]) -> list[Finding]:
    listed: list[Finding] = []
    counts: Counter[str] = Counter()
    for finding in found:
        counts[finding.code] += 1
        if counts[finding.code] <= limits.MAX_ALIKE:
            listed.append(finding)
    listed += [
        Finding(problems.CATALOGUE["MORE_ALIKE"], "", "", {"code": code, "count": beyond})
        for code, count in counts.items()
        if (beyond := count - limits.MAX_ALIKE) > 0
    ]
    return listed
