"""A nation's year: every unit and home on the twelve months' first days, with reasons in words.

The reference is the plain reading of the rules, a row at a time, that the tests compare with. It
judges one authority on one day; its time is scaled up by the number of units judged. That is to
its favour, since its work grows with the square of the ledger.
"""

import datetime as dt
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import polars.selectors as cs

from benchmarks.frames import load, save
from benchmarks.measure import Figures, Result, best, fresh, in_turn
from benchmarks.nation import nation
from shokibo.law.evaluate import HOME_RULES, UNIT_RULES, Evaluation, evaluate
from shokibo.law.parameters import national_law
from shokibo.law.reasons import Reasons, reasons
from shokibo.ledger.cells import hours_text
from shokibo.ledger.model import Ledger, ledger_of
from tests.reference import judge

YEAR = 2022
SEED = 1
TIMES = 5


def main() -> list[Result]:
    """Measure, print and give the result."""
    with TemporaryDirectory() as folder:
        fresh(write, folder)
        (ours, peak), (plain, _) = in_turn(whole_year, one_authority, about=folder)
    reference = plain["seconds"] * ours["units"] / plain["units"]
    result = Result(
        "A nation's year, with reasons in words",
        ours["seconds"],
        "plain Python, a row at a time (scaled up)",
        reference,
        peak,
        "python -m benchmarks nation_year",
        aim_seconds=1.0,
        aim_mb=500,
        notes=(
            f"{ours['units']} units and {ours['homes']} homes judged, {ours['reasons']} reasons; "
            f"outcomes {ours['outcomes']:.3f} s, words {ours['words']:.3f} s",
            f"the reference judged {plain['units']} units on one day in {plain['seconds']:.3f} s; "
            "its answers for them are the same",
        ),
    )
    result.show()
    return [result]


def write(folder: str) -> Figures:
    """Write the nation that is judged."""
    save(nation(SEED), folder)
    return {}


def whole_year(folder: str) -> Figures:
    """Time the judgement of the year, then its two stages."""
    ledger, law = ledger_of(load(folder)), national_law()
    days = [dt.date(YEAR + (month < 4), month, 1) for month in range(1, 13)]
    judged = evaluate(ledger, law, days)
    return {
        "units": judged.units.height,
        "homes": judged.homes.height,
        "reasons": sum(len(found) for words in _words(judged) for found in words.by_case()),
        "seconds": best(TIMES, lambda: _words(evaluate(ledger, law, days))),
        "outcomes": best(TIMES, lambda: evaluate(ledger, law, days)),
        "words": best(TIMES, lambda: _words(judged)),
    }


def _words(judged: Evaluation) -> list[Reasons]:
    law = national_law()
    return [
        reasons(judged.units, UNIT_RULES, law, "ja"),
        reasons(judged.homes, HOME_RULES, law, "ja"),
    ]


def one_authority(folder: str) -> Figures:
    """Time the plain reading of the first authority on the year's first day; check it is equal."""
    part = _of_first_authority(load(folder))
    ledger, tables = ledger_of(part), as_texts(part)
    day = dt.date(YEAR, 4, 1)
    plain = judge.evaluate(tables, day)
    _check_equal(ledger, plain, day)
    return {
        "units": len(plain["units"]),
        "seconds": best(TIMES, lambda: judge.evaluate(tables, day)),
    }


def _of_first_authority(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Keep the rows that the plain reading looks at, of one authority."""
    code = frames["authorities"]["authority_code"][0]
    homes = frames["homes"].filter(pl.col("authority_code") == code)
    part = {
        name: frames[name].join(homes.select("home_id"), on="home_id", how="semi")
        for name in ("units", "staff", "confirmations")
    }
    units = part["units"].select("unit_id")
    capacities = frames["capacities"].join(units, on="unit_id", how="semi")
    return {"homes": homes, "capacities": capacities, **part}


def as_texts(frames: dict[str, pl.DataFrame]) -> judge.Tables:
    """Write frames as the plain reading wants them: texts, yes is 1, a blank is None."""
    hours = cs.ends_with("weekly_hours").map_elements(hours_text, return_dtype=pl.String)
    yes_no = cs.boolean().cast(pl.Int8)
    return {
        name: frame.with_columns(hours, yes_no).cast(pl.String).to_dicts()
        for name, frame in frames.items()
    }


def _check_equal(ledger: Ledger, plain: dict[str, Any], day: dt.date) -> None:
    """Raise AssertionError where a unit's or home's verdict is another."""
    judged = evaluate(ledger, national_law(), [day])
    for rows, key, verdict in (
        ("units", "unit_id", "eligible"),
        ("homes", "home_id", "backup_eligible"),
    ):
        ours = dict(getattr(judged, rows).select(key, verdict).iter_rows())
        assert ours == {row[key]: row[verdict] for row in plain[rows]}
