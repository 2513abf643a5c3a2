"""Which of Polars' two engines runs a query."""

from typing import Literal

_MANY = 50_000


def engine_for(rows: int) -> Literal["streaming", "in-memory"]:
    """Return the engine that filters and sums that many rows in less time of a processor.

    The in-memory engine starts faster, and joins in order without a hash table; the streaming
    engine reads a million rows in parts that stay in the processor's cache.
    """
    return "streaming" if rows > _MANY else "in-memory"
