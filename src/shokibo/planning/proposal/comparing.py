"""Proposals side by side: other numbers of a limit, other courses of the need."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt

from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.planning.proposal.answers import (
    Compared,
    Proposal,
    ProposedAction,
    ProposedYear,
    YearChance,
)
from shokibo.planning.proposal.engine import Watch
from shokibo.planning.proposal.limits import Limits
from shokibo.planning.proposal.proposing import choose, open_case, status_of
from shokibo.rounding import fixed

Ints = npt.NDArray[np.int64]
Comparable = Literal["budget", "openings_per_year"]
"""Limits that proposals are compared by: budgets, paces."""


def compared(
    ledger: Ledger,
    law: Law,
    limits: Limits,
    numbers: Sequence[tuple[Comparable, int]],
    watch: Watch,
    need: Mapping[int, int] | None = None,
) -> Iterator[Compared]:
    """Solve again with each other number of a limit. Raises TimeoutError."""
    for index, (limit, number) in enumerate(numbers):
        other = msgspec.structs.replace(limits, **{str(limit): number})
        case = open_case(ledger, law, other, need)
        found = choose(case, case.demands, watch.share(1 / (len(numbers) - index)))
        objectives = [] if found is None else found.objectives
        yield Compared(limit, number, status_of(objectives), objectives)


def chances(years: Iterable[ProposedYear], drawn: Mapping[int, Ints]) -> list[YearChance]:
    """Return how often the places of each year suffice; `drawn` are the need in each path."""
    return [
        YearChance(year.fiscal_year, year.places, _per_cent(year.places, drawn[year.fiscal_year]))
        for year in years
        if year.fiscal_year in drawn
    ]


def _per_cent(places: int, needs: Ints) -> str:
    enough = int((needs <= places).sum())
    return fixed(Fraction(enough * 100, len(needs)), 1)


def first_steps(proposals: Sequence[Proposal]) -> list[ProposedAction]:
    """Return the actions of the first year that all proposals have, as often as each has them."""
    counts = [_counts(proposal) for proposal in proposals]
    common = counts[0]
    for others in counts[1:]:
        common &= others
    return [msgspec.structs.replace(one, count=count) for one, count in common.items()]


def _counts(proposal: Proposal) -> Counter[ProposedAction]:
    found: Counter[ProposedAction] = Counter()
    for one in proposal.actions:
        if one.fiscal_year == proposal.from_year:
            found[msgspec.structs.replace(one, count=1)] += one.count
    return found
