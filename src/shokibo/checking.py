"""All findings about a ledger: from its reading, its tables, and the rules."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

import polars as pl

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
    found = chain.from_iterable(check(ledger, law) for check in _ROW_CHECKS)
    return _bounded(chain(ledger.notes, found))


class Rechecks:
    """The findings of one ledger's rows, time after time, while few of its tables change.

    A check runs again if the law has changed, or a table that it read the last time.
    """

    def __init__(self) -> None:
        self._known: dict[_Check, _Checked] = {}

    def check_rows(self, ledger: Ledger, law: Law) -> list[Finding]:
        """Return what the function of this name returns."""
        found = chain.from_iterable(self._of(check, ledger, law) for check in _ROW_CHECKS)
        return _bounded(chain(ledger.notes, found))

    def _of(self, check: "_Check", ledger: Ledger, law: Law) -> tuple[Finding, ...]:
        known = self._known.get(check)
        if known is None or not known.holds(ledger, law):
            tables = _Reads(ledger.tables)
            found = tuple(check(replace(ledger, tables=tables), law))
            known = self._known[check] = _Checked(found, tables.read, law)
        return known.found


@dataclass(frozen=True)
class _Checked:
    """What a check found, in which tables, by which law."""

    found: tuple[Finding, ...]
    read: Mapping[str, pl.DataFrame]
    law: Law

    def holds(self, ledger: Ledger, law: Law) -> bool:
        return self.law == law and all(
            frame is ledger[name] or frame.equals(ledger[name]) for name, frame in self.read.items()
        )


class _Reads(Mapping[str, pl.DataFrame]):
    """A ledger's tables, noting which of them are read."""

    def __init__(self, tables: Mapping[str, pl.DataFrame]) -> None:
        self._tables = tables
        self.read: dict[str, pl.DataFrame] = {}

    def __getitem__(self, name: str) -> pl.DataFrame:
        return self.read.setdefault(name, self._tables[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def _of_tables(
    check: Callable[[Ledger], Iterable[Finding]], ledger: Ledger, _law: Law
) -> Iterable[Finding]:
    return check(ledger)


_Check = Callable[[Ledger, Law], Iterable[Finding]]
_ROW_CHECKS: tuple[_Check, ...] = (
    *(partial(_of_tables, check) for check in table_checks.CHECKS),
    *law_checks.REGISTER_CHECKS,
)


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
