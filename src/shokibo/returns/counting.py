"""Forms of many authorities added up by year, by prefecture, or by any other grouping."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any, TypeVar

import msgspec

from shokibo.returns.extra_staff import ExtraStaff
from shokibo.returns.rollup import RollUp, roll_up
from shokibo.rounding import percent

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Counted:
    """The counts of one version of a form: `figures` has its `units` and `backup`."""

    authority_code: str
    fiscal_year: int
    figures: Mapping[str, Any]
    extra: ExtraStaff


@dataclass(frozen=True)
class Sum:
    """The sum of several versions."""

    counts: RollUp
    extra: ExtraStaff

    def units(self, name: str, kind: str = "total", part: str = "total") -> int:
        """Return units in scope (`units`), or applied or certified, of a kind and a capacity."""
        of_kind = self.counts.units.get(kind)
        if of_kind is None:
            return 0
        return of_kind.units if name == "units" else getattr(of_kind, name).get(part, 0)

    def homes(self, name: str) -> int:
        """Return the homes, those with units in scope, applied or certified for backup."""
        return self.counts.backup.get(name, 0)

    @property
    def backup_percent(self) -> str | None:
        """The share of homes with units in scope that have a certified backup worker."""
        return percent(self.homes("certified"), self.homes("homes_with_units"))


def sums_by(versions: Iterable[Counted], key: Callable[[Counted], K]) -> dict[K, Sum]:
    """Add versions up by the `key` of each."""
    groups: dict[K, list[Counted]] = {}
    for one in versions:
        groups.setdefault(key(one), []).append(one)
    return {
        group: Sum(
            msgspec.convert(roll_up(one.figures for one in members), RollUp),
            reduce(add, (one.extra for one in members)),
        )
        for group, members in groups.items()
    }
