"""Checks across rows and tables: what `shokibo check` finds in the ledger itself."""

from collections.abc import Callable, Iterator

from shokibo.ledger.checks import (
    absences,
    applications,
    chains,
    dates,
    episodes,
    figures,
    own_values,
    printing,
    register,
    replacing,
    staff,
    support,
)
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger

_SUBJECTS = (
    *(dates, register, chains, staff, absences, applications, replacing),
    *(figures, episodes, own_values, support, printing),
)
CHECKS: tuple[Callable[[Ledger], Iterator[Finding]], ...] = tuple(
    check for subject in _SUBJECTS for check in subject.CHECKS
)
"""Every check that doesn't need the rules of the law, in the order of its findings."""
CATALOGUE = {entry.code: entry for subject in _SUBJECTS for entry in subject.ENTRIES}


FIGURES = frozenset(entry.code for entry in figures.ENTRIES)
"""The codes of `check_figures`."""


def check_figures(ledger: Ledger) -> Iterator[Finding]:
    """Run only the checks of figures: the plan, need, occupancy, costs and rates."""
    for check in figures.CHECKS:
        yield from check(ledger)


def check_tables(ledger: Ledger) -> Iterator[Finding]:
    """Run every check that doesn't need the rules of the law."""
    for check in CHECKS:
        yield from check(ledger)
