"""The program against the independent reference, on random ledgers.

More seeds by hand: `python -m tests.reference.compare --seeds 0 1000`.
"""

import pytest

from tests.reference.compare import compare, compare_only_months

CHUNK = 8
CHUNKS = [range(first, first + CHUNK) for first in range(0, 72, CHUNK)]
WANTED = 10_000
MONTHS = [range(first, first + 2 * CHUNK) for first in range(72, 72 + 240, 2 * CHUNK)]


@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_program_and_reference_agree(seeds: range) -> None:
    comparison = compare(seeds)
    assert comparison.differences == []
    assert comparison.judgements >= WANTED / len(CHUNKS)


@pytest.mark.parametrize("seeds", MONTHS, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_program_and_reference_agree_on_the_months_of_a_year(seeds: range) -> None:
    comparison = compare_only_months(seeds)
    assert comparison.differences == []
    assert comparison.months >= WANTED / len(MONTHS)
