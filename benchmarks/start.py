"""From the command to the answer: the whole process, and one home's judgement within a process.

The command is compared with `import polars` alone, in turn, with all bytecode compiled. That
import is part of the command, so the ratio can't reach 1.
"""

import datetime as dt
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import ROOT, Figures, Finished, Result, best, in_turn, run

LEDGER = "examples/setagaya"
DAY = dt.date(2022, 4, 1)
TIMES = 9
TIMES_IN_PROCESS = 30
HEAVIEST = 10
SHOKIBO = str(Path(sys.executable).with_name("shokibo"))
ANSWER = (SHOKIBO, "evaluate", LEDGER, "--as-of", DAY.isoformat(), "--format", "json")
_BYTECODE = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
_TRACED = re.compile(r"^import time: +(\d+) \| +\d+ \| +(\w+)", re.MULTILINE)
IMPORT_POLARS = (sys.executable, "-c", "import polars")


def main() -> list[Result]:
    """Measure, print and give the results."""
    results = [_whole_process(), _one_home()]
    for result in results:
        result.show()
    return results


def _whole_process() -> Result:
    with TemporaryDirectory() as bytecode:
        compiled = keeping_bytecode_in(bytecode)
        run(*ANSWER, environment=compiled)
        ours, peer = [], []
        for _ in range(TIMES):
            ours.append(run(*ANSWER, environment=compiled))
            peer.append(run(*IMPORT_POLARS, environment=compiled))
        heaviest = heaviest_imports(compiled)
    imports = ", ".join(f"{name} {seconds:.3f} s" for name, seconds in heaviest)
    return Result(
        "The command `shokibo evaluate` on the example, whole process",
        shortest(ours),
        "`import polars` alone",
        shortest(peer),
        max(each.peak_mb for each in ours),
        "python -m benchmarks start",
        aim_seconds=0.6,
        notes=(f"ten heaviest imports by package, own time (traced): {imports}",),
    )


def keeping_bytecode_in(folder: str) -> dict[str, str]:
    """Return an environment in which the first run compiles all bytecode for the next.

    Independent of existing caches and of Python's settings.
    """
    inherited = {name: value for name, value in os.environ.items() if name not in _BYTECODE}
    return {**inherited, "PYTHONPYCACHEPREFIX": folder}


def shortest(finished: list[Finished]) -> float:
    """Return the wall time of the fastest run."""
    return min(each.seconds for each in finished)


def heaviest_imports(environment: Mapping[str, str]) -> list[tuple[str, float]]:
    """Return the packages whose modules take longest to import, in seconds of their own."""
    traced = run(sys.executable, "-X", "importtime", *ANSWER, environment=environment)
    taken: Counter[str] = Counter()
    for package, microseconds in _imported(traced.errors.decode()):
        taken[package] += microseconds
    return [(package, total / 1e6) for package, total in taken.most_common(HEAVIEST)]


def _imported(trace: str) -> Iterator[tuple[str, int]]:
    """Read lines such as `import time:  120 |  3400 | polars.frame`: package and own time."""
    for own, package in _TRACED.findall(trace):
        yield package, int(own)


def _one_home() -> Result:
    (ours, peak), (plain, _) = in_turn(judge_one_home, judge_one_home_plainly, about=LEDGER)
    return Result(
        "One home of the example, outcomes and words, within a process",
        ours["seconds"],
        "plain Python, a row at a time, outcomes only",
        plain["seconds"],
        peak,
        "python -m benchmarks start",
        aim_seconds=0.01,
        notes=(f"{ours['units']} units",),
    )


def judge_one_home(path: str) -> Figures:
    """Time the judgement of the first home, with reasons."""
    import polars as pl

    from shokibo.law.evaluate import HOME_RULES, UNIT_RULES, evaluate
    from shokibo.law.parameters import national_law
    from shokibo.law.reasons import reasons
    from shokibo.ledger.model import ledger_of
    from shokibo.ledger.reading import read_ledger

    every = read_ledger(ROOT / path)
    home = pl.col("home_id") == every["homes"]["home_id"][0]
    units = every["units"].filter(home)
    part = {name: every[name].filter(home) for name in ("homes", "staff", "confirmations")}
    capacities = every["capacities"].join(units, on="unit_id", how="semi")
    ledger, law = ledger_of({**part, "units": units, "capacities": capacities}), national_law()

    def judge() -> None:
        judged = evaluate(ledger, law, [DAY])
        reasons(judged.units, UNIT_RULES, law, "ja")
        reasons(judged.homes, HOME_RULES, law, "ja")

    return {"units": units.height, "seconds": best(TIMES_IN_PROCESS, judge)}


def judge_one_home_plainly(path: str) -> Figures:
    """Time the plain reading of the same home."""
    from tests.reference import judge

    every = judge.load(ROOT / path)
    home = every["homes"][0]["home_id"]
    units = [row for row in every["units"] if row["home_id"] == home]
    unit_ids = {row["unit_id"] for row in units}
    tables = {
        "homes": every["homes"][:1],
        "units": units,
        "capacities": [row for row in every["capacities"] if row["unit_id"] in unit_ids],
        "staff": [row for row in every["staff"] if row["home_id"] == home],
        "confirmations": [row for row in every["confirmations"] if row["home_id"] == home],
    }
    return {"seconds": best(TIMES_IN_PROCESS, lambda: judge.evaluate(tables, DAY))}
