"""The projection of a nation's plans: every unit at the end of every year, added up by home.

The frames hold the register, 20,000 actions and a plan of ten years for each authority; ours
computes the year-end tables, the initiatives, the targets and the need of all of them at once.
The reference is the plain reading that the tests compare with, a unit and an action at a time. It
computes one authority's plan; its time is scaled up by the number of actions. That is to its
favour, since its work grows with the square of the ledger.
"""

from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import polars as pl

from benchmarks.dice import Dice
from benchmarks.frames import load, save
from benchmarks.measure import Figures, Result, best, fresh, in_turn
from benchmarks.nation import nation
from benchmarks.nation_year import as_texts
from shokibo import answers
from shokibo.law.parameters import national_law
from shokibo.ledger.model import Ledger, ledger_of
from shokibo.ledger.parts import authority_part
from shokibo.ledger.tables import BY_NAME
from shokibo.planning.outline import plan_report
from shokibo.planning.plan import Plan
from shokibo.planning.spans import plan_spans
from tests.reference import plan as reference

SEED = 1
ACTIONS = 20_000
FIRST_YEAR, YEARS = 2021, 10
TIMES = 5
MANNERS = {"change_capacity": 0.85, "open": 0.1, "close": 0.03, "convert": 0.02}
FUNCTIONS = {"high_care": 1.0, "temporary_protection": 1.0, "family_support": 1.0}


def main() -> list[Result]:
    """Measure, print and give the result."""
    with TemporaryDirectory() as folder:
        fresh(write, folder)
        (ours, peak), (plain, _) = in_turn(all_plans, one_plan, about=folder)
    result = Result(
        f"The plans of a nation projected: {ours['homes']:,} homes, {ours['units']:,} units, "
        f"{ours['actions']:,} actions, {YEARS} years",
        ours["seconds"],
        "plain Python, a unit at a time (scaled up)",
        plain["seconds"] * ours["actions"] / plain["actions"],
        peak,
        "python -m benchmarks projection",
        aim_seconds=0.5,
        notes=(
            f"{ours['sized']:,} units at year ends, {ours['done']:,} actions that take effect",
            f"the reference worked out one authority's {plain['actions']} actions in "
            f"{plain['seconds']:.3f} s; its plan is the same",
        ),
    )
    result.show()
    return [result]


def write(folder: str) -> Figures:
    """Write a nation whose homes plan far more than the usual synthetic one's."""
    frames = nation(SEED)
    span = {"from_year": FIRST_YEAR, "to_year": FIRST_YEAR + YEARS - 1}
    plans = frames["plan"].with_columns(pl.lit(year).alias(name) for name, year in span.items())
    save({**frames, "plan": plans, "actions": _actions(frames)}, folder)
    return {}


def _actions(frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Draw actions on any unit in any year, so that some undo others or come too late."""
    dice = Dice(np.random.default_rng(SEED))
    units = frames["units"].join(frames["homes"], on="home_id", maintain_order="left")
    drawn = units[dice.between(0, units.height - 1, ACTIONS)].select(
        "home_id",
        "authority_code",
        "unit_id",
        fiscal_year=pl.Series(dice.between(FIRST_YEAR, FIRST_YEAR + YEARS - 1, ACTIONS)),
        action=pl.Series(dice.codes(MANNERS, ACTIONS)),
        capacity=pl.Series(dice.between(3, 7, ACTIONS)),
        announced=pl.Series(dice.chance(0.9, ACTIONS)),
        function=pl.Series(dice.codes(FUNCTIONS, ACTIONS)),
    )
    opens, converts = (pl.col("action") == action for action in ("open", "convert"))
    completed = drawn.with_columns(
        unit_id=pl.when(~opens).then("unit_id"),
        unit_kind=pl.when(opens).then(pl.lit("community_home")),
        new_function=pl.when(converts).then("function"),
        note=pl.lit("架空 合成データ"),
    )
    return completed.select(
        (pl.col(name) if name in completed.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in BY_NAME["actions"].schema.items()
    )


def all_plans(folder: str) -> Figures:
    """Time the projection of all authorities' plans."""
    ledger = ledger_of(load(folder))
    projected = _projected(ledger)
    return {
        "seconds": best(TIMES, lambda: _projected(ledger)),
        "homes": ledger["homes"].height,
        "units": ledger["units"].height,
        "actions": ledger["actions"].height,
        "sized": projected.sized.height,
        "done": projected.done.height,
    }


def _projected(ledger: Ledger) -> Plan:
    plan = Plan(ledger, national_law(), plan_spans(ledger))
    _ = plan.done, plan.targets  # all else is computed on the way
    return plan


def one_plan(folder: str) -> Figures:
    """Time the plain reading of the first authority's plan; check that it is the same."""
    ledger = ledger_of(load(folder))
    part = authority_part(ledger, ledger["authorities"]["authority_code"][0])
    tables = as_texts({name: part[name].drop("_row") for name in BY_NAME})
    plain = reference.plan(tables)
    assert _without_texts(answers.plain(plan_report(_projected(part), "ja"))) == plain
    return {
        "seconds": best(TIMES, lambda: reference.plan(tables)),
        "actions": part["actions"].height,
    }


def _without_texts(document: dict[str, Any]) -> dict[str, Any]:
    for part in (*document["homes"], document["authority"]):
        for row in part["rows"]:
            for initiative in row["initiatives"]:
                del initiative["text"]
    return document
