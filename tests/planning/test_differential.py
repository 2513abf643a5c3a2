"""Random plans: what the program gives is what the naive reference gives."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from shokibo.answers import plain
from shokibo.law.parameters import national_law
from shokibo.ledger.model import Ledger
from shokibo.ledger.reading import read_ledger
from shokibo.planning import budget as budgeting
from shokibo.planning import outline as planning
from shokibo.planning.events import Events
from shokibo.planning.plan import Plan
from shokibo.planning.spans import plan_spans
from shokibo.planning.targets import need
from tests.reference import plan as reference
from tests.reference.generate_plans import COSTS, random_plan_tables, write_plan_csv
from tests.reference.judge import Tables, load

from .ledgers import EXAMPLE, budgets_json, in_memory, plan_json
from .merging import of_own_authority, together

BATCH = 125
BATCHES = 24
SHOWN_OF_LINES = {"item", "account", "timing", "homes", "amount"}
SHOWN_OF_REVENUE = {"account", "programme", "eligible_base", "share", "amount", "funder"}


# What is compared


def without_texts(plan: dict[str, Any]) -> dict[str, Any]:
    """Take the sentences out of a plan."""
    for part in (*plan["homes"], plan["authority"]):
        for row in part["rows"]:
            for initiative in row["initiatives"]:
                del initiative["text"]
    return plan


def figures_of(budget: dict[str, Any]) -> dict[str, Any]:
    """Keep of a budget what the reference computes: its figures, not its marks."""
    return {
        **{name: budget[name] for name in budget.keys() - {"estimated", "amounts", "trainings"}},
        "expenditure": [only(line, SHOWN_OF_LINES) for line in budget["expenditure"]],
        "revenue": [only(line, SHOWN_OF_REVENUE) for line in budget["revenue"]],
    }


def only(line: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """Keep some entries of a line."""
    return {name: line[name] for name in names}


def by_reference(tables: Tables) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the reference's plan and its budgets of the plan's years."""
    plan = reference.plan(tables)
    return plan, [reference.budget(tables, year) for year in plan["years"]]


def test_the_same_seed_gives_the_same_plan() -> None:
    assert random_plan_tables(7) == random_plan_tables(7) != random_plan_tables(8)


def test_random_plans_reach_every_initiative_and_every_kind_of_budget() -> None:
    result: Counter[tuple[object, ...]] = Counter()
    paid: Counter[tuple[str, bool]] = Counter()
    for seed in range(400):
        plan, budgets = by_reference(random_plan_tables(seed))
        for row in plan["authority"]["rows"]:
            result.update(
                (one["action"], one["place"], one["label"], one["from"] is None)
                for one in row["initiatives"]
            )
        for budget in budgets:
            paid.update((line["item"], bool(budget["revenue"])) for line in budget["expenditure"])
    assert len(result) >= 20
    assert {item for item, _ in paid} == {item for item, *_ in COSTS}
    assert sum(count for (_, revenue), count in paid.items() if revenue) >= 200


# Many plans in one ledger, computed at once


def outlines_at_once(ledger: Ledger) -> Iterator[tuple[str, Plan]]:
    """Compute all plans of a ledger together, as its check does, and take them apart."""
    spans = plan_spans(ledger)
    every = Plan(ledger, national_law(), spans)
    needs = need(ledger)
    for code in spans["authority_code"]:
        own = pl.col("authority_code") == code
        units = every.events.units.filter(own)
        of_units = every.events.changes.join(units.select("unit"), on="unit", how="semi")
        part = Plan(ledger, every.law, spans.filter(own))
        for name in ("homes", "sized", "ends", "all", "done", "targets"):
            vars(part)[name] = getattr(every, name).filter(own)
        vars(part)["events"] = Events(units, of_units, every.events.void)
        vars(part)["need_rows"] = needs.filter(own)
        yield code, part


@pytest.mark.parametrize("batch", range(BATCHES))
def test_random_plans_computed_together(batch: int) -> None:
    numbers = range(batch * BATCH, (batch + 1) * BATCH)
    parts = [of_own_authority(random_plan_tables(number), number) for number in numbers]
    ledger = in_memory(together(parts))
    for (code, outline), number, part in zip(outlines_at_once(ledger), numbers, parts, strict=True):
        plan, budgets = by_reference(part)
        assert without_texts(plain(planning.plan_report(outline, "ja"))) == plan, f"seed {number}"
        costs = ledger["costs"].filter(pl.col("authority_code") == code)
        first = int(outline.spans["from_year"][0])
        found = [
            figures_of(plain(budgeting.budget(costs, outline.events, first, year, [])))
            for year in outline.years
        ]
        assert found == budgets, f"seed {number}"


# One plan a ledger, read from its files


@pytest.mark.parametrize("first", range(10_000, 10_040, 5))
def test_random_plans_read_from_csv(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + 5):
        tables = random_plan_tables(seed)
        write_plan_csv(tables, tmp_path)
        ledger = read_ledger(tmp_path)
        plan, budgets = by_reference(tables)
        assert without_texts(plan_json(ledger)) == plan, f"seed {seed}"
        assert [figures_of(one) for one in budgets_json(ledger)] == budgets, f"seed {seed}"


def test_the_printed_plan() -> None:
    ledger = read_ledger(EXAMPLE)
    plan, budgets = by_reference(load(EXAMPLE))
    assert without_texts(plan_json(ledger)) == plan
    assert [figures_of(budget) for budget in budgets_json(ledger)] == budgets
