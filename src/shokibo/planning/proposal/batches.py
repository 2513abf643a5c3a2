"""Identical units, and what may be done to how many of them in each year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shokibo.planning.proposal.demands import Demands
from shokibo.planning.proposal.limits import Pin
from shokibo.planning.proposal.linear import Linear, Sum, total
from shokibo.planning.proposal.situation import FEWEST, SMALL, Situation, Unit

OVER = 6
"""A group home with this many places or more is over five."""


@dataclass(frozen=True)
class Batch:
    """Identical units of one home or (`home_id` None) of homes without a limit of their own.

    `changed` holds, by target and year, how many are changed to that number of places. In the main
    building, where only the sum counts, the target is 0, and `lost` holds the total places lost.
    `closed` holds, by year, how many are closed.
    """

    home_id: str | None
    units: tuple[Unit, ...]
    changed: Mapping[tuple[int, int], Sum]
    lost: Mapping[int, Sum]
    closed: Mapping[int, Sum]

    @property
    def capacity(self) -> int:
        """The places of each at the baseline."""
        return self.units[0].capacity

    @property
    def kind(self) -> str:
        """Their kind."""
        return self.units[0].kind

    @property
    def is_main(self) -> bool:
        """Whether they are in a main building."""
        return self.units[0].is_main

    def places(self, year: int) -> Sum:
        """Return the places of all of them at a year's end."""
        gone = [lost for since, lost in self.lost.items() if since <= year]
        gone += [count * self.capacity for since, count in self.closed.items() if since <= year]
        gone += [
            count * (self.capacity - target)
            for (target, since), count in self.changed.items()
            if since <= year and not self.is_main
        ]
        return Sum({}, self.capacity * len(self.units)) - total(gone)

    def acted(self, year: int) -> Sum:
        """Return how many were changed or closed by a year's end."""
        return total(
            [
                *(count for (_, since), count in self.changed.items() if since <= year),
                *(count for since, count in self.closed.items() if since <= year),
            ]
        )

    def reduced_in(self, year: int) -> Sum:
        """Return how many are reduced in a year."""
        return total(count for (_, since), count in self.changed.items() if since == year)

    def sizes(self, year: int) -> dict[int, Sum]:
        """Return how many group homes have a given number of places at a year's end."""
        found = {self.capacity: Sum({}, len(self.units)) - self.acted(year)}
        for target in {target for target, _ in self.changed}:
            found[target] = total(
                count
                for (to, since), count in self.changed.items()
                if to == target and since <= year
            )
        return found

    def staff(self, situation: Situation, year: int) -> Sum:
        """Return the staff that they need at a year's end."""
        if self.is_main:
            each = situation.staff(self.kind, self.capacity, year)
            gone = total(count for since, count in self.closed.items() if since <= year)
            return (Sum({}, len(self.units)) - gone) * each
        return total(
            count * situation.staff(self.kind, size, year)
            for size, count in self.sizes(year).items()
        )


def batches(
    linear: Linear,
    situation: Situation,
    demands: Demands,
    years: Sequence[int],
    own: Iterable[str],
    *,
    every: bool,
) -> list[Batch]:
    """Add the variables of all units. `own` holds the homes with a limit of their own."""
    by_staff = every or "new_staff_per_year" in demands.numbers
    pinned = {pin.unit_id for pin in demands.pins if pin.unit_id}
    alike: dict[tuple[str | None, str, int, str | None], list[Unit]] = {}
    for unit in situation.units:
        home = unit.home_id if unit.home_id in own else None
        kind = unit.kind if by_staff or unit.is_main else "group"
        alone = unit.unit_id if unit.unit_id in pinned else None
        alike.setdefault((home, kind, unit.capacity, alone), []).append(unit)
    pins = {pin.unit_id: pin for pin in demands.pinned if pin.unit_id}
    found = []
    for (home, _, _, alone), units in alike.items():
        pin = pins.get(alone or "")
        batch = _main(linear, home, units, years) if units[0].is_main else None
        if batch is None:
            batch = _group(linear, home, units, years, pin, every=by_staff)
        linear.bound(batch.acted(situation.last), most=len(units))
        if pin:
            _hold(linear, batch, pin)
        found.append(batch)
    return found


def _main(linear: Linear, home: str | None, units: list[Unit], years: Sequence[int]) -> Batch:
    count, most = len(units), units[0].capacity - FEWEST
    changed = {(0, year): linear.variable(count) for year in years if most > 0}
    lost = {year: linear.variable(count * most) for _, year in changed}
    for (_, year), reduced in changed.items():
        linear.bound(lost[year] - reduced, least=0)
        linear.bound(reduced * most - lost[year], least=0)
    closed = {year: linear.variable(count) for year in years}
    return Batch(home, tuple(units), changed, lost, closed)


def _group(
    linear: Linear,
    home: str | None,
    units: list[Unit],
    years: Sequence[int],
    pin: Pin | None,
    *,
    every: bool,
) -> Batch:
    """Add the variables of group homes.

    If staff does not count, one of 5 or more places is never better with 4 than with 5.
    """
    capacity = units[0].capacity
    fewest = FEWEST if every or capacity <= FEWEST or pin else SMALL[-1]
    targets = range(fewest, capacity)
    changed = {(target, year): linear.variable(len(units)) for target in targets for year in years}
    return Batch(home, tuple(units), changed, {}, {})


def _hold(linear: Linear, batch: Batch, pin: Pin) -> None:
    """Demand a pinned action of a batch of one unit."""
    if pin.action == "close":
        linear.bound(batch.closed[pin.fiscal_year], least=1)
        return
    capacity = pin.capacity or 0
    if batch.is_main:
        linear.bound(batch.changed[0, pin.fiscal_year], least=1)
        linear.bound(batch.lost[pin.fiscal_year], least=batch.capacity - capacity)
        linear.bound(batch.lost[pin.fiscal_year], most=batch.capacity - capacity)
    else:
        linear.bound(batch.changed[capacity, pin.fiscal_year], least=1)
