"""The limits as numbers for a model, each of which can be left out or changed on its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from shokibo.planning.proposal.limits import LimitName, Limits, OpenKind, Pin
from shokibo.planning.proposal.situation import Situation

Instance = tuple[LimitName, int | str]
"""A limit of one year, home or (for pins) action."""


@dataclass(frozen=True)
class Demands:
    """The limits in force.

    `numbers`: openings, yen and new staff of a year; children without a place in a year; children
    of a home above its places; places kept in a main building; maximum places in the goal year.
    `left_out` are single years, homes or pins that don't count.
    """

    numbers: Mapping[LimitName, int]
    pins: tuple[Pin, ...] = ()
    open_kind: OpenKind = "community_home"
    left_out: frozenset[Instance] = field(default_factory=frozenset)

    def number(self, limit: LimitName, of: int | str) -> int | None:
        """Return a limit's number in a year or for a home; None if it does not count there."""
        return None if (limit, of) in self.left_out else self.numbers.get(limit)

    @property
    def pinned(self) -> tuple[Pin, ...]:
        """The pins that count."""
        kept = (("pin", index) not in self.left_out for index in range(len(self.pins)))
        return tuple(pin for pin, counts in zip(self.pins, kept, strict=True) if counts)

    def names(self) -> list[LimitName]:
        """Name the limits in force."""
        names: list[LimitName] = [*self.numbers]
        return [*names, "pin"] if self.pins else names

    def without(self, limit: LimitName) -> "Demands":
        """Leave a limit out."""
        if limit == "pin":
            return replace(self, pins=())
        numbers = {name: number for name, number in self.numbers.items() if name != limit}
        return replace(self, numbers=numbers)

    def only(self, limits: set[LimitName]) -> "Demands":
        """Leave out all limits except some."""
        numbers = {name: number for name, number in self.numbers.items() if name in limits}
        return replace(self, numbers=numbers, pins=self.pins if "pin" in limits else ())

    def changed(self, limit: LimitName, number: int) -> "Demands":
        """Give a limit another number."""
        return replace(self, numbers={**self.numbers, limit: number})

    def leaving(self, instance: Instance) -> "Demands":
        """Leave a limit out in one year, for one home or action."""
        return replace(self, left_out=self.left_out | {instance})


def demands_of(limits: Limits, situation: Situation) -> Demands:
    """Return the limits in force: those given, and those from the ledger and the law."""
    group_most, main_most = situation.goal_sizes
    given: dict[LimitName, int | None] = {
        "residents": 0 if situation.residents else None,
        "keep_main": limits.keep_main or None,
        "main_limit": main_most if limits.main_limit and situation.goal_year else None,
        "group_limit": group_most if limits.group_limit and situation.goal_year else None,
        "new_staff_per_year": limits.new_staff_per_year,
        "budget": limits.budget,
        "openings_per_year": limits.openings_per_year,
        "shortage": 0 if limits.shortage == "forbid" else None,
    }
    numbers = {name: number for name, number in given.items() if number is not None}
    return Demands(numbers, limits.pins, limits.open_kind)


def instances(demands: Demands, situation: Situation, limit: LimitName) -> list[Instance]:
    """List the years, homes or actions of a limit."""
    of: tuple[int | str, ...]
    if limit == "pin":
        of = tuple(range(len(demands.pins)))
    elif limit == "residents":
        of = tuple(situation.residents)
    elif limit == "keep_main":
        of = tuple(situation.main_before)
    elif limit in ("group_limit", "main_limit"):
        of = (situation.last if situation.goal_year is None else situation.goal_year,)
    else:
        of = situation.years
    return [(limit, one) for one in of]
