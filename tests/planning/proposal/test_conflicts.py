"""Limits that contradict each other: a smallest set of them, and ways out that just suffice."""

import os
import time
from dataclasses import replace

import pytest

from shokibo.planning.proposal.answers import ConflictingLimit
from shokibo.planning.proposal.conflicts import conflict_of
from shokibo.planning.proposal.engine import Watch
from tests.planning.proposal.asking import opened
from tests.reference.every_plan import Case
from tests.reference.generate_proposals import random_case
from tests.reference.second_opinion import is_possible

SEEDS = range(300 if os.environ.get("ATTACK") == "all" else 100)
Numbers = dict[str, int]


def infeasible() -> list[tuple[int, Case, Numbers]]:
    cases = [(seed, *random_case(seed)) for seed in SEEDS]
    return [one for one in cases if not is_possible(*one[1:])]


def conflict_under(case: Case, numbers: Numbers) -> list[ConflictingLimit]:
    asked = opened(case, numbers)
    watch = Watch(time.monotonic() + 600)
    return conflict_of(asked.situation, asked.demands, watch, asked.plan.names, "ja")


def only(case: Case, numbers: Numbers, limits: set[str]) -> bool:
    """Return whether a plan keeps some of the limits."""
    fewer = {name: number for name, number in numbers.items() if name in limits}
    return is_possible(case if "pin" in limits else replace(case, pinned=()), fewer)


def check_ways_out(case: Case, numbers: Numbers, one: ConflictingLimit) -> None:
    """Hold a limit's nearest number to suffice with all others in force, and one less not to."""
    if one.suffices is not None:
        step = 1 if one.suffices > numbers[one.limit] else -1
        assert is_possible(case, numbers | {one.limit: one.suffices})
        assert not is_possible(case, numbers | {one.limit: one.suffices - step})
    assert one.enough == only(case, numbers, {*numbers, "pin"} - {one.limit})


def test_a_conflict_is_minimal_and_its_ways_out_just_suffice() -> None:
    cases = infeasible()
    assert len(cases) >= len(SEEDS) // 10
    ways = 0
    for seed, case, numbers in cases:
        conflict = conflict_under(case, numbers)
        limits = {str(one.limit) for one in conflict}
        assert limits, f"seed {seed}"
        assert not only(case, numbers, limits), f"seed {seed}"
        for one in conflict:
            assert only(case, numbers, limits - {one.limit}), f"seed {seed} {one.limit}"
            check_ways_out(case, numbers, one)
            ways += one.suffices is not None
    assert ways >= len(cases)


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "計画ができます"), ("en", "a plan is possible")]
)
def test_a_way_out_is_reported_in_words(language: str, words: str) -> None:
    _, case, numbers = infeasible()[0]
    asked = opened(case, numbers)
    watch = Watch(time.monotonic() + 600)
    found = conflict_of(asked.situation, asked.demands, watch, asked.plan.names, language)  # type: ignore[arg-type]
    assert all(one.message for one in found)
    assert any(words in one.message for one in found)
