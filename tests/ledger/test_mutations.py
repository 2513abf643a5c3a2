"""No mutation of a carrier breaks the program: each command ends with 0, 1 or 2.

A few by each run; `python -m tests.mutations` runs many.
"""

from tests.mutations import CARRIERS, STATUSES, outcomes

COUNT = 150


def test_no_mutated_carrier_breaks_a_command() -> None:
    seen = {carrier: set[int | None]() for carrier in CARRIERS}
    for outcome in outcomes(COUNT, seed=1):
        assert outcome.status in STATUSES, (outcome.number, outcome.command, outcome.trace)
        seen[outcome.carrier].add(outcome.status)
    assert all({0, 2} <= statuses for statuses in seen.values())
