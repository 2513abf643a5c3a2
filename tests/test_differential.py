"""The program against the independent reference, on random ledgers.

More seeds by hand: `python -m tests.reference.compare --seeds 0 1000`.
"""

import pytest

from tests.reference.compare import compare

CHUNK = 8
CHUNKS = [range(first, first + CHUNK) for first in range(0, 64, CHUNK)]
WANTED = 10_000


@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_program_and_reference_agree(seeds: range) -> None:
    comparison = compare(seeds)
    assert comparison.differences == []
    assert comparison.judgements >= WANTED / len(CHUNKS)
