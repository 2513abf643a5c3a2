"""Many authorities' forms added up, as the ministry reads them."""

from collections.abc import Iterable, Mapping
from typing import Any

from shokibo.answers import Answer
from shokibo.returns.forms import KindCounts


class RollUp(Answer, frozen=True):
    """The sum of the latest editions."""

    title = "合計"
    authorities: int
    units: dict[str, KindCounts]
    backup: dict[str, int]


def roll_up(forms: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Add up the counts of forms, each as it was sent.

    Gives what `RollUp` names.
    """
    listed = list(forms)
    return {
        "authorities": len(listed),
        "units": _sum([form["units"] for form in listed]),
        "backup": _sum([form["backup"] for form in listed]),
    }


Counts = dict[str, "Counts"] | int | None
"""A count, None if it is not known, or counts by name."""


def _sum(counts: list[Counts]) -> Counts:
    """Add counts that stand at the same place; what one lacks or does not know adds nothing."""
    if counts and not any(isinstance(count, dict) for count in counts):
        return sum(count for count in counts if isinstance(count, int))
    named = [count for count in counts if isinstance(count, dict)]
    names = dict.fromkeys(name for count in named for name in count)
    return {name: _sum([count[name] for count in named if name in count]) for name in names}
