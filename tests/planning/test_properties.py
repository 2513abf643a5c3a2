"""What holds of every plan, whatever it says."""

import json
from collections import Counter
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shokibo.answers import plain
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger
from shokibo.planning.status import status_on
from tests.reference.generate_plans import random_plan_tables
from tests.reference.judge import Row, Tables

from .ledgers import budgets_json, in_memory, plan_findings, plan_json
from .merging import of_own_authority, together

SEEDS = st.integers(0, 10**9)
FEW = settings(max_examples=30, deadline=None)


# Places are conserved


def told_from_the_baseline_on(tables: Tables) -> Tables:
    """Let a plan begin in its baseline's year, and tell every action."""
    (frame,) = tables["plan"]
    first = fiscal_year_of(baseline_of(tables))
    last = max(first, int(frame["to_year"] or 0))
    return tables | {
        "plan": [frame | {"from_year": str(first), "to_year": str(last)}],
        "actions": [row | {"announced": "1"} for row in tables["actions"]],
    }


def baseline_of(tables: Tables) -> date:
    """Return the day from which a plan starts."""
    return date.fromisoformat(tables["plan"][0]["baseline_on"] or "")


def fiscal_year_of(day: date) -> int:
    """Return the fiscal year of a day."""
    return day.year if day.month >= 4 else day.year - 1


def places_gained(initiatives: list[dict[str, Any]]) -> int:
    """Add up the places that initiatives bring and take."""
    return sum(one["count"] * ((one["to"] or 0) - (one["from"] or 0)) for one in initiatives)


@FEW
@given(SEEDS)
def test_each_year_end_has_the_places_before_and_what_its_initiatives_say(seed: int) -> None:
    tables = told_from_the_baseline_on(random_plan_tables(seed))
    ledger = in_memory(tables)
    status: Any = plain(status_on(ledger, baseline_of(tables)))
    at_baseline = {home["home_id"]: home["total"] for home in status["homes"]}
    plan = plan_json(ledger)
    assert [home["home_id"] for home in plan["homes"]] == list(at_baseline)
    for home in plan["homes"]:
        before = at_baseline[home["home_id"]]
        for row in home["rows"]:
            assert row["total"] == before + places_gained(row["initiatives"])
            before = row["total"]


@FEW
@given(SEEDS)
def test_the_authoritys_figures_are_the_homes_sums(seed: int) -> None:
    plan = plan_json(in_memory(random_plan_tables(seed)))
    for number, row in enumerate(plan["authority"]["rows"]):
        homes = [home["rows"][number] for home in plan["homes"]]
        assert row["total"] == sum(home["total"] for home in homes)
        for part in ("main", "group_homes"):
            for name, figure in row[part].items():
                assert figure == sum(home[part][name] for home in homes)
        assert row["total"] == row["main"]["capacity"] + row["group_homes"]["capacity"]
        result = sum(one["count"] for home in homes for one in home["initiatives"])
        assert result == sum(one["count"] for one in row["initiatives"])


# The order of rows


def shuffled(tables: Tables, random: Random) -> Tables:
    """Mix the rows of every table; actions of one unit in one year keep their order."""
    mixed = {name: random.sample(rows, len(rows)) for name, rows in tables.items()}
    mixed["actions"] = mixed_actions(tables["actions"], random)
    return mixed


def mixed_actions(rows: list[Row], random: Random) -> list[Row]:
    """Mix actions; those of one unit in one year keep their order."""
    places = random.sample(range(len(rows)), len(rows))
    kept: dict[tuple[str | None, ...], list[Row]] = {}
    for row in rows:
        kept.setdefault((row["unit_id"], row["fiscal_year"]), []).append(row)
    keys = [(rows[place]["unit_id"], rows[place]["fiscal_year"]) for place in places]
    return [kept[key].pop(0) for key in keys]


def without_order(part: Any) -> Any:  # noqa: ANN401
    """Put every list of a document into an order of its own."""
    if isinstance(part, dict):
        return {name: without_order(inner) for name, inner in part.items()}
    if isinstance(part, list):
        return sorted((without_order(inner) for inner in part), key=json.dumps)
    return part


def said(found: list[Finding]) -> Counter[str]:
    """Count findings by their code and figures."""
    return Counter(json.dumps([one.code, dict(one.values)]) for one in found)


@FEW
@given(SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(seed: int, random: Random) -> None:
    tables = random_plan_tables(seed)
    ledger, mixed = in_memory(tables), in_memory(shuffled(tables, random))
    assert without_order(plan_json(mixed)) == without_order(plan_json(ledger))
    assert without_order(budgets_json(mixed)) == without_order(budgets_json(ledger))
    assert said(plan_findings(mixed)) == said(plan_findings(ledger))


# Plans that say nothing, and large ones


@FEW
@given(SEEDS)
def test_a_plan_without_actions_is_flat(seed: int) -> None:
    ledger = in_memory(random_plan_tables(seed) | {"actions": []})
    plan = plan_json(ledger)
    for home in plan["homes"]:
        flat = [row | {"fiscal_year": None} for row in home["rows"]]
        assert flat == [flat[0]] * len(plan["years"])
        assert flat[0]["initiatives"] == []
    for budget in budgets_json(ledger):
        assert (budget["opened"], budget["running"]) == (0, 0)


def large_plan(homes: int, years: int) -> Ledger:
    """Return a plan in which each home opens a group home of 4 places every year."""
    ids = [f"H{number}" for number in range(homes)]
    first = 2022
    return in_memory(
        {
            "authorities": [{"authority_code": "990001", "name": "架空県", "kind": "prefecture"}],
            "homes": [
                {"home_id": home, "name": home, "operator": "法人", "authority_code": "990001"}
                for home in ids
            ],
            "units": [
                {"unit_id": f"{home}-m", "home_id": home, "name": "本体", "kind": "main_unit"}
                for home in ids
            ],
            "capacities": [
                {"unit_id": f"{home}-m", "effective_from": "2019-04-01", "capacity": "6"}
                for home in ids
            ],
            "plan": [
                {
                    "title": "計画",
                    "baseline_on": "2022-03-31",
                    "from_year": str(first),
                    "to_year": str(first + years - 1),
                }
            ],
            "actions": [
                {
                    "home_id": home,
                    "fiscal_year": str(first + year),
                    "action": "open",
                    "unit_kind": "community_home",
                    "capacity": "4",
                }
                for home in ids
                for year in range(years)
            ],
            "costs": [
                {
                    "fiscal_year": str(first),
                    "item": "家賃",
                    "account": "扶助費",
                    "timing": "annual",
                    "amount": "1000000",
                }
            ],
        }
    )


@pytest.mark.parametrize(("homes", "years"), [(60, 35), (1, 35), (60, 1)])
def test_a_long_plan_of_many_homes(homes: int, years: int) -> None:
    ledger = large_plan(homes, years)
    plan = plan_json(ledger)
    assert len(plan["years"]) == years
    assert [len(home["rows"]) for home in plan["homes"]] == [years] * homes
    totals = [row["total"] for row in plan["authority"]["rows"]]
    assert totals == [homes * (6 + 4 * passed) for passed in range(1, years + 1)]
    budgets = budgets_json(ledger)
    assert [budget["running"] for budget in budgets] == [homes * n for n in range(1, years + 1)]
    assert budgets[-1]["expenditure_total"] == homes * years * 1_000_000


# Another authority


def of_first_rows(found: list[Finding], tables: Tables) -> list[tuple[str, str, str]]:
    """Return the findings in the rows that the first of several ledgers brought."""
    last = {name: len(rows) for name, rows in tables.items()}
    return [
        (one.code, one.place, json.dumps(dict(one.values), ensure_ascii=False))
        for one in found
        if int(one.place.split(":")[1].split()[0]) <= last[one.table]
    ]


@FEW
@given(SEEDS, SEEDS)
def test_another_authority_does_not_change_what_is_found_in_a_plan(first: int, second: int) -> None:
    own = of_own_authority(random_plan_tables(first), 1)
    other = of_own_authority(random_plan_tables(second), 2)
    alone = of_first_rows(plan_findings(in_memory(own)), own)
    beside = of_first_rows(plan_findings(in_memory(together([own, other]))), own)
    assert sorted(beside) == sorted(alone)
