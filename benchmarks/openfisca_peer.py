"""A million units, compared with OpenFisca-Core: the same rules on the same data, in one run.

The aim is set on equal terms: both begin with the ledger's frames (texts for ids and codes, dated
capacities, confirmations by home) and end with an outcome for each rule and unit; ours are put
into words as well, and the homes judged, which the peer does not do. OpenFisca can't judge
frames: they are first made a simulation, arrays of numbers in which each posting's unit is found,
the month's capacity picked, the confirmations that hold given to each unit, people with two
postings marked. That takes it most of its time. A simulation once made can be asked again, so
its time from there alone is shown too, beside ours from a ledger that has been judged before and
keeps which row an id means. That is nearly on equal terms: we still find the month's capacity, the
confirmations that hold and the second postings of that day. Every answer of both is compared.
"""

import datetime as dt
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from benchmarks.frames import load, save
from benchmarks.measure import Figures, Result, best, fresh, in_turn
from benchmarks.nation import nation
from shokibo.law.evaluate import UNIT_RULES, evaluate
from shokibo.law.parameters import national_law
from shokibo.law.reasons import reasons
from shokibo.ledger.model import ledger_of

UNITS = 1_000_000
POSTINGS = 4_500_000
HOMES = 200_000
AUTHORITIES = 80
YEAR = 2022
SEED = 1
DAY = dt.date(2022, 10, 1)
MONTH = "2022-10"
TIMES = 3
AIM = 3.0
NAMES = (
    "1,000,000 units, outcomes and words, both from the ledger's frames",
    "1,000,000 units, outcomes only, both from the ledger's frames",
    "1,000,000 units, outcomes only, both from what is prepared: ids as numbers, arrays",
)
ANSWERS = ("available_extra", "eligible")


def main() -> list[Result]:
    """Measure, compare the answers, print and give the results."""
    with TemporaryDirectory() as folder:
        fresh(write, folder)
        (ours, peak), (peer, peer_peak) = in_turn(time_ours, time_peer, about=folder)
        compared, _ = fresh(compare, folder)
    notes = (
        f"the answers of both for all {compared['units']:,} units are the same; OpenFisca's peak "
        f"memory is {peer_peak:.0f} MB",
        f"OpenFisca takes {peer['inputs']:.2f} s from the frames to its inputs (each posting's "
        "unit, the month's capacity, the confirmations that hold and who has two postings are "
        f"found) and {peer['outcomes']:.2f} s from there; the last of the three lines leaves the "
        "first part out for the peer, and for us only the look-up of ids",
        f"words take us {ours['words']:.2f} s: each sentence once, and for each unit the number of "
        "its set of sentences; only we give words, and we judge the homes as well",
    )
    times = (
        (ours["outcomes"] + ours["words"], peer["inputs"] + peer["outcomes"], AIM),
        (ours["outcomes"], peer["inputs"] + peer["outcomes"], None),
        (ours["prepared"], peer["outcomes"], 1.0),
    )
    results = [
        Result(
            name,
            seconds,
            "OpenFisca-Core, outcomes",
            reference,
            peak,
            "python -m benchmarks openfisca_peer",
            aim_speed=aim,
            notes=notes if name == NAMES[0] else (),
        )
        for name, (seconds, reference, aim) in zip(NAMES, times, strict=True)
    ]
    for result in results:
        result.show()
    return results


def write(folder: str) -> Figures:
    """Write the tables that are judged."""
    frames = nation(SEED, AUTHORITIES, HOMES, UNITS, POSTINGS, YEAR, years=1)
    judged = ("homes", "units", "capacities", "staff", "confirmations")
    save({name: frames[name] for name in judged}, folder)
    return {}


def time_ours(folder: str) -> Figures:
    """Time our judgement of one day, and its words; keep the answers."""
    ledger, law = ledger_of(load(folder)), national_law()
    units = evaluate(ledger, law, [DAY]).units
    answers = units.select("unit_id", *(pl.col(name).cast(pl.Int32) for name in ANSWERS))
    save({"ours": answers.fill_null(-1)}, _answers(folder))
    return {
        "outcomes": best(TIMES, lambda: evaluate(replace(ledger), law, [DAY])),
        "prepared": best(TIMES, lambda: evaluate(ledger, law, [DAY])),
        "words": best(TIMES, lambda: reasons(units, UNIT_RULES, law, "ja")),
    }


def time_peer(folder: str) -> Figures:
    """Time OpenFisca, each time in a new simulation, apart from the setting of its inputs."""
    from benchmarks.openfisca_country import RULES, country
    from benchmarks.openfisca_inputs import simulation

    system, frames = country(), load(folder)
    inputs, outcomes = [], []
    for _ in range(TIMES):
        begin = time.perf_counter()
        simulated = simulation(system, frames, DAY, MONTH)
        ready = time.perf_counter()
        found = {name: simulated.calculate(name, MONTH) for name in (*ANSWERS, *RULES)}
        outcomes.append(time.perf_counter() - ready)
        inputs.append(ready - begin)
    answers = {name: pl.Series(found[name], dtype=pl.Int32) for name in ANSWERS}
    save({"peer": frames["units"].select("unit_id").with_columns(**answers)}, _answers(folder))
    return {"inputs": min(inputs), "outcomes": min(outcomes)}


def compare(folder: str) -> Figures:
    """Raise AssertionError where the answers for any unit differ."""
    answers = load(_answers(folder))
    ours, peer = answers["ours"], answers["peer"]
    assert ours.sort("unit_id").equals(peer.sort("unit_id"))
    return {"units": ours.height}


def _answers(folder: str) -> str:
    path = Path(folder) / "answers"
    path.mkdir(exist_ok=True)
    return str(path)
