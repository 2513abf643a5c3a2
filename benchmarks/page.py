"""The page that reports the measurements."""

import os
import platform
from collections.abc import Iterable

from benchmarks.measure import Result

HEAD = """# Performance

This page is written by `python -m benchmarks`, which needs the development dependencies
(`uv sync --all-groups`). `python -m benchmarks start` runs one measurement alone and prints it.

Measured on a machine with {cores} processor cores, {system}, Python {python}. As the page was
written, {load:.1f} processes wanted a core (the load of the last quarter of an hour); where that is
more than there are cores, the times are longer than they need be.

| what | time | the peer, in the same run | times as fast | peak memory | aim | met | command |
|---|---|---|---|---|---|---|---|
"""

FOOT = """
## Where the time goes

Profiled on 2026-11-30, in time of a processor, since the machine was busy.

- **A million units.** Of 4.2 s (6.7 before, in the same run): to add up 3.9 million postings by
  the unit's id 0.9, to join capacities by it 0.7, parameters and scope 0.5, to join the FTE 0.5,
  confirmations of 200,000 homes 0.5 (2.2 before: an aggregation by item and three pivots), who
  has two postings 0.3, homes 0.5, the rules 0.2. Words take 0.8 more (1.8 before). What is left
  is joins by text.
- **One home.** 16 ms (42 before): outcomes 12, words 4. A query costs 0.3 ms with Polars' streaming
  engine and 0.07 with the one in memory, which is now used. About 30 queries are left.
- **`shokibo evaluate`.** A third is `import polars`, a sixth the other imports. To read the ledger
  takes as long as to check it for the last line, to judge it a fifth of that.
- **Pages.** Templates 53 %, of which more than half is to look variables up and to escape them;
  queries are built in 8 % and sent in 2 %; Polars takes 1 %. The session's row is now written
  once a minute, `/health/` no longer builds the graph of migrations (5 %), and pages no longer
  read the cells of their tables for a file that nobody asked for (4 %).
- **A nation on the command line.** 3.5 s: to start 0.5, to read 0.9, to check 1.4, to judge 0.04,
  words 0.15, to print 0.25 (decision 0037).

## How to read it

- **Times** are the shortest of several runs, in seconds. The shortest is the least disturbed by
  what else the machine does; on a busy or small machine single runs differ by a third and more.
- **Times as fast** is the time of the peer divided by ours: above 1 we are faster.
  Both are taken in the same run on the same data, so the ratio carries over to other machines
  better than the times do.
- **Peak memory** is the most that the measured process ever held (`ru_maxrss`), Python, the
  libraries and the data included. Each measurement has a process of its own.
- Data are synthetic and the same for the same seed: `python -m benchmarks.nation --seed 1 -o
  FOLDER` writes such a nation. Every name in it is marked 架空.
- A peer does less in some ways and more in others; each module's first lines in
  `benchmarks/` say how.
"""


def page(results: Iterable[Result]) -> str:
    """Write the page."""
    listed = list(results)
    head = HEAD.format(
        cores=os.cpu_count(),
        system=platform.system(),
        python=platform.python_version(),
        load=os.getloadavg()[2],
    )
    notes = [f"- {result.name}: {note}." for result in listed for note in result.notes]
    rows = "".join(_row(result) for result in listed)
    return head + rows + "\n## Notes\n\n" + "\n".join(notes) + "\n" + FOOT


def _row(result: Result) -> str:
    met = {None: "-", True: "yes", False: "**no**"}[result.met]
    cells = (
        result.name,
        _seconds(result.seconds),
        f"{result.peer}: {_seconds(result.reference)}",
        f"{result.speed:.2f}",
        f"{result.peak_mb:.0f} MB",
        _aim(result),
        met,
        f"`{result.command}`",
    )
    return f"| {' | '.join(cells)} |\n"


def _seconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds:.2f} s"


def _aim(result: Result) -> str:
    aims = [
        f"{result.aim_seconds:g} s" if result.aim_seconds else "",
        f"{result.aim_mb:g} MB" if result.aim_mb else "",
        f"{result.aim_speed:g} times as fast" if result.aim_speed else "",
    ]
    return ", ".join(aim for aim in aims if aim) or "-"
