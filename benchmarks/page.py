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

- **A million units.** From the ledger's frames outcomes 3.6 s (4.2 to 5.0 before) and words 0.5; in
  the same minutes OpenFisca-Core takes 3.8 s to its inputs and 0.6 from there. From a ledger that
  was judged before, which keeps which row an id means, 1.6 s: 2.7 times OpenFisca's from its arrays
  (8 times before). To look up the ids takes 1.3: of 4.5 million postings 0.5 for units and 0.2 for
  homes, of capacities 0.3, people with two postings 0.2. Then the postings in force 0.25, their sum
  0.3, confirmations of 200,000 homes 0.3, capacities 0.1, joins and rules 0.4. A join of two
  columns of a million numbers in order takes 0.01, of texts 0.3. A fifth is the system's, to hand
  out memory for columns of a million rows.
- **One home.** 10.0 ms, the shortest of 60 runs (15.1 before in the same minutes): outcomes 8.2 and
  words 1.8 (11.3 and 3.8). Eleven queries take 3, building them another 3; to plan a query over few
  rows took longer than to run it, so they run as they are written (`engines.collected`). To cache
  the parameters' expressions would save 0.15.
- **`shokibo evaluate`.** 0.61 s of a processor (0.78 before in the same minutes, on a busy
  machine), of which `import polars` 0.2 and the other imports 0.25. It ran 1,900 queries, each of
  0.05 ms or more, of which half looked for ids, marks and days that were not there; now 900.
  Python's search for garbage is off once modules are loaded; to turn it off earlier saves nothing.
- **A workbook of 100,000 rows.** 101,806 rows, on a busy machine: to read them 3.5 s, no less than
  before; to check them 1.2 (1.25 to 1.4 before in the same minutes); calamine alone 0.7, openpyxl
  5.1. All in one process held 260 MB at most. Traced, a seventh of the reading is what is hidden,
  merged or an error in 11 MB of XML, and nearly half each column's distinct cells: of the codes
  nearly all are distinct. Of the checks the plans' costs are a third: each authority's years have
  a budget of their own, which is now counted from rows (four budgets of the example 13 ms, 19
  before).
- **A prefecture's import.** 3.9 s of a processor, the database's 0.7 included (5.1 in the same
  minutes before rows went to it as one JSON text, which for 4,500 events takes 0.11 in place of
  0.26): the dry run 0.8 and 0.45 in the process that reads the workbook, doing it 1.55 and 0.45.
- **The plan's document.** Word alone 2.3 s, all formats with charts 2.5 (2.6 and 2.8 before): the
  charts 1.0, of which 0.8 to start their engine, to read and check the ledger 0.5, imports 0.6,
  typst 0.3. The fonts (0.13) are no longer opened for a dash. The engine holds Python's lock while
  it starts, so that a thread could not start it while the ledger is read.
- **80 forms.** 0.75 s; openpyxl takes 0.78 in the same process, calamine 0.07. To find the tables
  by their words takes 0.55.
- **Pages.** 22 to 47 ms: a home 29 and a unit 22 (38 and 28 in the same minutes before status and
  reasons of a day were cached and rows' links made from one address), the list of homes 27 to 30
  (32 to 35); application and start page as before. The frame of every page takes 9 ms: session 0.7,
  person 0.35, roles 1.3,
  draft 0.8, the template 2.3 with the menu's 0.7. Templates take half, of which more than half is
  to look variables up and to escape them; queries 20 %, of which two thirds to build them; making
  addresses 7 %, translating 6 %, Python's search for garbage 2 %; Polars takes 1 %. 100 answers a
  second on two cores would be 20 ms a page. What stays within 95 of 100 is what an edit leaves to
  compute: of a prefecture of 60 homes the next start page takes 127 to 149 ms (170 to 237 in the
  same minutes before only the checks whose tables have changed ran again, and before a source of
  work was asked for those who may have it alone: of the start page 27 ms then, 20 now for an
  officer, 12 then, 5 now for an auditor). Certified months take 40 of it, today's judgement 13, the
  checks 15. To judge one home alone in place of 60 would take 29 in place of 40, and 12 in place of
  13: it is building the queries, not the rows, so recomputing by home gains little. The next page
  of another kind takes 60 to 105 more than the one after it (home, unit, queue, list of homes).
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
