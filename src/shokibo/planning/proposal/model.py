"""The model: which units are reduced and closed, and how many group homes open, in which year.

These are its variables and sums; `limiting` adds the limits.

It is linear, in integers. Identical units are counted together, and so are homes that no limit
singles out: which of them acts is chosen afterwards (`choosing`). Years and sizes that certainly
can't improve a plan are left out (`_acting_years`, `batches`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import floor, gcd, lcm

from shokibo.planning.proposal.answers import ObjectiveName
from shokibo.planning.proposal.batches import OVER, batches
from shokibo.planning.proposal.demands import Demands
from shokibo.planning.proposal.limits import LimitName
from shokibo.planning.proposal.linear import MOST, Linear, Sum, total
from shokibo.planning.proposal.prices import Slope
from shokibo.planning.proposal.situation import SMALL, Situation

OBJECTIVES: tuple[ObjectiveName, ...] = (
    "shortage",
    "group_homes_over_five",
    "places_outside_small_group_homes",
    "net_cost",
    "changes",
)


@dataclass(frozen=True)
class Worth:
    """An objective: its value is `sum` times `unit` plus the constant."""

    sum: Sum
    unit: int = 1
    constant: int = 0

    def value(self, of: int) -> int:
        """Return the value for a result of the sum."""
        return of * self.unit + self.constant


_Term = tuple[Sum, Fraction]
"""A sum, and how many times it counts."""


@dataclass
class ProposalModel:
    """The model of a situation under demands. With `every` no year or size is left out."""

    situation: Situation
    demands: Demands
    every: bool = False
    linear: Linear = field(default_factory=Linear)

    def __post_init__(self) -> None:
        situation, linear = self.situation, self.linear
        self.acting = self._acting_years()
        self.sizes = self._sizes()
        self.openings = {
            (size, year): linear.variable(self._most_openings(year))
            for year in situation.years
            for size in self.sizes
        }
        self.short = {
            year: linear.variable(need) for year, need in situation.need.items() if need > 0
        }
        self.kept_main = self._numbered("keep_main", situation.main_before)
        self.settled = self._numbered("residents", situation.residents)
        self.batches = batches(
            linear,
            situation,
            self.demands,
            self.acting,
            {*self.kept_main, *self.settled},
            every=self.every,
        )
        self.allotted = {
            (size, home, year): linear.variable(self._most_in_all)
            for size in self.sizes
            for home in self.settled
            for year in self.acting
        }

    # Which variables there are

    def _acting_years(self) -> list[int]:
        """Return the years in which units are reduced or closed.

        If neither staff nor costs depend on when that is done, later is never worse, so the last
        year and the goal year are enough. A home with too few places from the start, or kept
        actions that take places, need all years.
        """
        situation, demands = self.situation, self.demands
        years = situation.years
        crowded = any(
            situation.kept_places(situation.before, home) + self._free_places(home) < children
            for home, children in situation.residents.items()
        )
        moving = any(situation.kept[year] != situation.kept[situation.before] for year in years)
        timed = any(prices.by_reductions for prices in situation.prices.values())
        if self.every or crowded or moving or timed or "new_staff_per_year" in demands.numbers:
            return list(years)
        acting = {situation.last}
        if situation.goal_year and {"group_limit", "main_limit"} & {*demands.numbers}:
            acting.add(situation.goal_year)
        acting |= {pin.fiscal_year for pin in demands.pins if pin.action != "open"}
        return sorted(acting)

    def _sizes(self) -> tuple[int, ...]:
        """Return the places that opened group homes may have.

        If staff does not count, one of 4 is never better than one of 5.
        """
        pinned = {pin.capacity for pin in self.demands.pins if pin.action == "open"}
        if self.every or SMALL[0] in pinned or "new_staff_per_year" in self.demands.numbers:
            return SMALL
        return SMALL[-1:]

    def _free_places(self, home: str) -> int:
        return sum(unit.capacity for unit in self.situation.units if unit.home_id == home)

    def _most_openings(self, year: int) -> int:
        """Return the openings allowed in a year, but no more than a plan could want."""
        if not self.situation.homes:
            return 0
        number = self.demands.number("openings_per_year", year)
        return self._most_in_all if number is None else min(number, self._most_in_all)

    @cached_property
    def _most_in_all(self) -> int:
        situation = self.situation
        wanted = max([*situation.need.values(), 0]) + sum(situation.residents.values())
        pinned = sum(pin.count for pin in self.demands.pins if pin.action == "open")
        return wanted // SMALL[0] + len(situation.residents) + 1 + pinned

    def _numbered(self, limit: LimitName, homes: Mapping[str, int]) -> dict[str, int]:
        """Return the limit's number for each home for which it counts."""
        numbers = {home: self.demands.number(limit, home) for home in homes}
        return {home: number for home, number in numbers.items() if number is not None}

    # The sums

    def opened(self, year: int) -> Sum:
        """Return how many group homes the proposal opens in a year."""
        return total(self.openings[size, year] for size in self.sizes)

    def running(self, year: int) -> Sum:
        """Return how many it has opened by a year's end."""
        return total(self.opened(since) for since in self.situation.years if since <= year)

    def reduced(self, year: int) -> Sum:
        """Return how many units it reduces in a year."""
        return total(batch.reduced_in(year) for batch in self.batches)

    def places(self, year: int) -> Sum:
        """Return the places of all homes at a year's end."""
        return total(
            [
                self.situation.kept_places(year),
                *(batch.places(year) for batch in self.batches),
                *(count * size for (size, since), count in self.openings.items() if since <= year),
            ]
        )

    @cached_property
    def worth(self) -> dict[ObjectiveName, Worth]:
        """The objectives, in order."""
        situation, last = self.situation, self.situation.last
        changes = [self.running(last), *(batch.acted(last) for batch in self.batches)]
        found = (
            Worth(total(self.short.values())),
            Worth(self._over_five(last)),
            Worth(self._outside(last)),
            in_units(total(self.net(year) for year in situation.years), self.linear),
            Worth(total(changes)),
        )
        return dict(zip(OBJECTIVES, found, strict=True))

    def _over_five(self, year: int) -> Sum:
        kept = (
            one.count
            for one in self.situation.kept[year]
            if one.kind != "main_unit" and one.capacity >= OVER
        )
        return total(
            [
                *kept,
                *(
                    count
                    for batch in self.batches
                    if not batch.is_main
                    for size, count in batch.sizes(year).items()
                    if size >= OVER
                ),
            ]
        )

    def _outside(self, year: int) -> Sum:
        """Return the places that are not in group homes of 5 or 4."""
        kept = (
            one.places
            for one in self.situation.kept[year]
            if one.kind == "main_unit" or one.capacity not in SMALL
        )
        main = (batch.places(year) for batch in self.batches if batch.is_main)
        large = (
            count * size
            for batch in self.batches
            if not batch.is_main
            for size, count in batch.sizes(year).items()
            if size not in SMALL
        )
        return total([*kept, *main, *large])

    def net(self, year: int) -> Sum:
        """Return a year's net cost in yen."""
        if year not in self._nets:
            prices = self.situation.prices[year]
            counts = (self.opened(year), self.running(year), self.reduced(year))
            parts = [
                self._floor(part.slope.anyway, _terms(part.slope, counts), exactly=True)
                for part in prices.prorated
            ]
            borne = (
                self._floor(
                    slope.anyway,
                    [
                        *_terms(slope, counts),
                        *(
                            (yen, part.shares[of])
                            for yen, part in zip(parts, prices.prorated, strict=True)
                        ),
                    ],
                )
                for of, slope in enumerate(prices.borne)
            )
            spent = self._floor(prices.spent.anyway, _terms(prices.spent, counts))
            self._nets[year] = total([spent, *parts]) - total(borne)
        return self._nets[year]

    @cached_property
    def _nets(self) -> dict[int, Sum]:
        return {}

    def _floor(self, anyway: Fraction, terms: Sequence[_Term], *, exactly: bool = False) -> Sum:
        """Return a sum rounded down: its integer part, and a variable for the sum of the fractions.

        If more of it costs less, minimising makes the variable as large as possible: the floor.
        Otherwise it is fixed there, `exactly`.
        """
        constant = anyway + sum(one.constant * times for one, times in terms)
        each: defaultdict[int, Fraction] = defaultdict(Fraction)
        for one, times in terms:
            for variable, number in one.terms.items():
                each[variable] += number * times
        rests = {variable: times % 1 for variable, times in each.items() if times % 1}
        whole = Sum({variable: floor(times) for variable, times in each.items()}, floor(constant))
        if not rests:
            return whole
        scale = lcm(constant.denominator, *(rest.denominator for rest in rests.values()))
        fractions = Sum(
            {variable: int(rest * scale) for variable, rest in rests.items()},
            int(constant % 1 * scale),
        )
        added = self.linear.variable(self.linear.reach(fractions) // scale)
        over = fractions - added * scale
        self.linear.bound(over, least=0)
        if exactly:
            self.linear.bound(over, most=scale - 1)
        return whole + added

    def staff(self, year: int) -> Sum:
        """Return the staff needed at a year's end."""
        situation = self.situation
        return total(
            [
                *(
                    situation.staff(one.kind, one.capacity, year) * one.count
                    for one in situation.kept[year]
                ),
                *(batch.staff(situation, year) for batch in self.batches),
                *(
                    count * situation.staff(self.demands.open_kind, size, year)
                    for (size, since), count in self.openings.items()
                    if since <= year
                ),
            ]
        )


def _terms(slope: Slope, counts: tuple[Sum, Sum, Sum]) -> list[_Term]:
    return list(zip(counts, slope.parts, strict=True))


def in_units(yen: Sum, linear: Linear) -> Worth:
    """Count yen in units that divide all parts; if that is too many, in thousands, rounded down.

    Rounded down it is still a lower bound on the cost; only that it is reached is not proven then.
    """
    unit = gcd(*yen.terms.values()) or 1
    exact = Sum({variable: times // unit for variable, times in yen.terms.items()})
    if linear.reach(exact) < MOST:
        return Worth(exact, unit, yen.constant)
    rough = Sum({variable: times // 1000 for variable, times in yen.terms.items()})
    return Worth(rough, 1000, yen.constant)
