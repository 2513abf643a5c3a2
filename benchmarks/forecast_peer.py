"""The expected course next to cs-demand-model, the known model of children in care, on its sample.

The peer needs pandas 1.5 and has a Python environment of its own, made for the run. It steps day
by day from band of age and kind of placement to the next. With its rates and its steps our
recurrence gives its numbers; what is timed is that course of five years in both. Next to it are
10,000 drawn courses of five years of an invented authority, where the peer draws none.
"""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.forecast import AHEAD, record_of, world_of
from benchmarks.measure import Figures, Result, best, fresh, run
from shokibo.need.arrays import Floats
from shokibo.need.course import step
from shokibo.need.paths import Future, simulate
from shokibo.need.rates import rates

PEER = "cs-demand-model==0.5.1"
DAYS = 365 * AHEAD
COURSES = 10_000
AIM = 1_000.0
WITHIN = 1e-6
_OUTSIDE = "()"


def main() -> list[Result]:
    """Measure, compare the numbers, print and give the results."""
    with TemporaryDirectory() as folder:
        python = str(Path(folder) / "bin" / "python")
        run(sys.executable, "-m", "venv", folder)
        run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PEER)
        side = str(Path(__file__).with_name("forecast_peer_side.py"))
        theirs = run(python, side, str(DAYS)).output
        path = Path(folder) / "peer.json"
        path.write_bytes(theirs)
        ours, peak = fresh(follow, str(path))
        drawn, drawn_peak = fresh(draw, str(path))
    seconds = json.loads(theirs)["seconds"]
    assert ours["differs"] <= WITHIN, ours["differs"]
    results = [
        Result(
            f"Expected course of {AHEAD} years in steps of a day, with the peer's rates",
            ours["seconds"],
            PEER,
            seconds,
            peak,
            "python -m benchmarks forecast_peer",
            aim_speed=AIM,
            notes=(
                f"{ours['states']:.0f} states; no number differs by more than "
                f"{ours['differs']:.1e} of it",
            ),
        ),
        Result(
            f"{COURSES:,} drawn courses of {AHEAD} years, {drawn['children']:.0f} children now",
            drawn["seconds"],
            f"{PEER}, one expected course",
            seconds,
            drawn_peak,
            "python -m benchmarks forecast_peer",
            aim_speed=1.0,
        ),
    ]
    for result in results:
        result.show()
    return results


def follow(path: str) -> Figures:
    """Time our course with the peer's rates; return the largest difference, relative above 1."""
    found = json.loads(Path(path).read_text("utf-8"))
    states = sorted(found["predicted"])
    expected = np.array([found["predicted"][state] for state in states]).T
    stock, transition, entries = _arrays(found, states)
    course = _course(stock, transition, entries)
    return {
        "seconds": best(3, lambda: _course(stock, transition, entries)),
        "differs": float(np.max(np.abs(course - expected) / np.maximum(np.abs(expected), 1))),
        "states": len(states),
    }


def _arrays(found: dict[str, Any], states: list[str]) -> tuple[Floats, Floats, Floats]:
    """Put the peer's stock, rates and entries into arrays; no more than all leave a state."""
    at = {state: place for place, state in enumerate([*states, _OUTSIDE])}
    moving = np.zeros((len(states), len(states) + 1))
    for before, after, rate in found["rates"]:
        moving[at[before], at[after]] += rate
    leaving = moving.sum(axis=1)
    moving /= np.maximum(leaving, 1)[:, None]
    transition = moving[:, :-1] + np.diag(1 - np.minimum(leaving, 1))
    stock = np.array([[found["population"].get(state, 0.0) for state in states]])
    entries = np.array([[found["entries"].get(state, 0.0) for state in states]])
    return stock, transition[None], entries


def _course(stock: Floats, transition: Floats, entries: Floats) -> Floats:
    band = np.zeros(1, np.int64)
    course = []
    for _ in range(DAYS):
        stock = step(stock, transition, band, entries)
        course.append(stock[0])
    return np.stack(course)


def draw(_: str) -> Figures:
    """Time the drawn courses of an invented authority."""
    known = record_of(world_of(1))
    months = tuple(known.now + 12 * year for year in range(1, AHEAD + 1))
    future = Future(known, rates(known, AHEAD), months)
    return {
        "seconds": best(3, lambda: simulate(future, COURSES, 1)),
        "children": int(known.present.sum()),
    }


if __name__ == "__main__":
    main()
