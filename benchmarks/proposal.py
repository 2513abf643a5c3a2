"""The time to find and prove the best plan: authorities of 8 and 40 homes, a nation.

`python -m benchmarks.proposal` prints the figures; `python -m benchmarks.proposal 8 20` solves
twenty authorities of eight homes.
"""

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from random import Random

from benchmarks.authorities import authority
from shokibo.law.parameters import national_law
from shokibo.planning.proposal.proposing import propose

YEARS = 10
AUTHORITIES = 80
HOMES = (1, 2, 3, 4, 5, 6, 7, 8, 8, 10, 12, 15, 20, 30, 40)
"""Homes of an authority: the State's 600 or so lie with some 80 authorities, most with few."""


@dataclass(frozen=True)
class Solved:
    """An authority's proposal: how long it took, what it was, the widest gap of any objective."""

    homes: int
    seconds: float
    status: str
    gap: float


def solved(seed: int, homes: int, time_limit: float = 120.0) -> Solved:
    """Propose for an invented authority."""
    ledger, limits = authority(seed, homes, YEARS)
    begun = time.perf_counter()
    found = propose(ledger, national_law(), limits, "en", time_limit=time_limit)
    seconds = time.perf_counter() - begun
    gaps = [(one.value - one.bound) / max(abs(one.value), 1) for one in found.objectives]
    return Solved(homes, seconds, found.status, max(gaps, default=0.0))


def report(name: str, found: list[Solved], seconds: float) -> None:
    """Print how many were proven, the slowest, and the widest gap."""
    counts = {status: sum(one.status == status for one in found) for status in _STATUSES}
    summary = ", ".join(f"{count} {status}" for status, count in counts.items())
    slowest, gap = max(one.seconds for one in found), max(one.gap for one in found)
    print(
        f"{name}: {summary}; slowest {slowest:.1f} s, widest gap {gap:.4%}, all in {seconds:.0f} s",
        flush=True,
    )


_STATUSES = ("optimal", "feasible", "infeasible")


def main() -> None:
    """Run what the command line asks for."""
    if len(sys.argv) == 3:
        homes, count = map(int, sys.argv[1:])
        _run(f"{homes} homes", [(seed, homes) for seed in range(count)], 1)
        return
    _run("8 homes, 10 years", [(seed, 8) for seed in range(20)], 1)
    _run("40 homes, 10 years", [(seed, 40) for seed in range(10)], 1)
    dice = Random(1)
    nation = [(seed, dice.choice(HOMES)) for seed in range(AUTHORITIES)]
    _run("a nation's 80 authorities", nation, os.cpu_count() or 1)


def _run(name: str, asked: list[tuple[int, int]], processes: int) -> None:
    begun = time.perf_counter()
    seeds, homes = zip(*asked, strict=True)
    if processes == 1:
        found = [solved(*one) for one in asked]
    else:
        with ProcessPoolExecutor(processes) as pool:
            found = list(pool.map(partial(solved, time_limit=120.0), seeds, homes))
    report(name, found, time.perf_counter() - begun)


if __name__ == "__main__":
    main()
