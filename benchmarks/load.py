"""The pages under load: a nation in PostgreSQL, twenty simultaneous users, the real server.

The server is the one of `shokibo serve` with the settings of a production, and a proxy's headers.
Each person opens the pages of their role's working day (`load_walks`) on a connection of their own,
and thinks for one to three seconds in between; then the same without thinking. Only a right answer
counts: any other ends the measurement. It is compared with `/health/` of the same server in the
same minutes, which asks the database for nothing but its migrations.
"""

import math
import os
import resource
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import load_office
from benchmarks.load_people import Hours, Opened, at_work
from benchmarks.load_server import HOST, Server, serving
from benchmarks.load_walks import PEOPLE, SENT
from benchmarks.measure import Result, run
from scripts.with_postgresql import postgresql

THINKING = Hours(warm_up=20, measured=90, thinks=(1.0, 3.0))
DRIVEN = Hours(warm_up=5, measured=30, thinks=(0.0, 0.0))
AIM_SECONDS = 0.1
AIM_KB = 200
NAMED = ("start", "unit", "application", "plan", "plan's actions")
"""The pages named by the aim; of the others, the slowest gets its own line."""
PEER = "health"


@dataclass(frozen=True)
class Figures:
    """The figures of a page: percentiles of the time in seconds, and its size in kB."""

    name: str
    times: int
    p50: float
    p95: float
    p99: float
    kb: float

    def __str__(self) -> str:
        within = " / ".join(f"{each * 1000:.0f}" for each in (self.p50, self.p95, self.p99))
        return f"{self.name} {within} ms, {self.kb:.0f} kB ({self.times} times)"


def main() -> list[Result]:
    """Measure, print and give the results."""
    with TemporaryDirectory() as folder, postgresql() as database:
        Path(folder).chmod(0o755)
        settings = production(database, folder)
        run(
            sys.executable,
            "-m",
            "benchmarks.measure",
            f"{load_office.__name__}:{load_office.fill.__name__}",
            folder,
            environment=settings,
        )
        results = measured(Path(folder, load_office.PEOPLE_FILE), settings)
    for result in results:
        result.show()
    return results


def production(database: str, folder: str) -> dict[str, str]:
    """Return the environment of an office behind a proxy, on a fixed day."""
    return {
        **os.environ,
        "DATABASE_URL": database,
        "SHOKIBO_VAR": folder,
        "SHOKIBO_HOSTS": HOST,
        "SHOKIBO_PROXIED": "1",
        "SHOKIBO_TODAY": f"{load_office.YEAR}-06-03",
    }


def measured(people: Path, settings: Mapping[str, str]) -> list[Result]:
    """Let people work with and without think time; return the results."""
    with serving(settings) as server:
        thinking, use = _watched(people, server, THINKING)
        driven, use_driven = _watched(people, server, DRIVEN)
        peak = server.peak_mb()
    pages, without = figures(thinking), figures(driven)
    reads = {name: page for name, page in pages.items() if name not in {*SENT, PEER}}
    slowest = max((p for p in reads.values() if p.name not in NAMED), key=lambda page: page.p95)
    largest = max(reads.values(), key=lambda page: page.kb)
    notes = (
        "within / within / within is what 50, 95 and 99 of 100 answers stay within",
        *(str(page) for page in pages.values()),
        f"the largest page is {largest.name} with {largest.kb:.0f} kB (aim {AIM_KB} kB)",
        use,
    )
    return [
        *(_result(pages[name], pages, peak, AIM_SECONDS) for name in NAMED if name in pages),
        _result(slowest, pages, peak, AIM_SECONDS, notes),
        _result(
            _of_all("any page without time to think", driven),
            without,
            peak,
            None,
            (f"{len(driven) / DRIVEN.measured:.0f} answers a second", use_driven),
        ),
    ]


def _watched(people: Path, server: Server, hours: Hours) -> tuple[list[Opened], str]:
    """Let people work; measure the server's use of the machine."""
    ours, its = resource.getrusage(resource.RUSAGE_SELF), server.busy_seconds()
    opened = at_work(people, server.port, hours)
    after = resource.getrusage(resource.RUSAGE_SELF)
    lasted = hours.warm_up + hours.measured
    server_share = (server.busy_seconds() - its) / lasted
    own_share = (after.ru_utime + after.ru_stime - ours.ru_utime - ours.ru_stime) / lasted
    return opened, (
        f"in each second the server's workers had a core for {server_share:.2f} s, the twenty "
        f"people for {own_share:.2f} s; the workers have {server.threads()} threads"
    )


def figures(opened: Iterable[Opened]) -> dict[str, Figures]:
    """Return the figures of every opened page."""
    by_name: dict[str, list[Opened]] = {}
    for each in opened:
        by_name.setdefault(each.name, []).append(each)
    return {name: _of_all(name, pages) for name, pages in by_name.items()}


def _of_all(name: str, opened: list[Opened]) -> Figures:
    ordered = sorted(each.seconds for each in opened)
    p50, p95, p99 = (ordered[math.ceil(len(ordered) * share / 100) - 1] for share in (50, 95, 99))
    return Figures(name, len(opened), p50, p95, p99, max(each.size for each in opened) / 1000)


def _result(
    page: Figures,
    peers: Mapping[str, Figures],
    peak: float,
    aim: float | None,
    notes: tuple[str, ...] = (),
) -> Result:
    return Result(
        f"{len(PEOPLE)} people at once: {page.name}, 95 of 100 within",
        page.p95,
        "`/health/`",
        peers[PEER].p95,
        peak,
        "python -m benchmarks load",
        aim_seconds=aim,
        notes=notes,
    )
