"""The best plan of a small case, found by looking at every plan there is.

It shares nothing with the program: units and homes are plain rows, each plan is one choice for
each unit and so many openings for each home and year, and what a plan is worth is added up again.
All choices of the units are looked at together, as columns; openings one after the other.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import floor

import numpy as np

Numbers = Mapping[str, int]
Value = tuple[int, int, int, int, int]
EXTRA = {4: 1, 5: 2, 6: 3}
BASE = 3


@dataclass(frozen=True)
class Unit:
    """A unit of the register at the baseline; None: its places are not known."""

    unit_id: str
    home: str
    kind: str
    places: int | None


@dataclass(frozen=True)
class Cost:
    """A price of the ledger: of `opened_home`, `reduced_unit` or `year`."""

    item: str
    timing: str
    basis: str
    amount: int
    programme: str | None
    share: str
    rule: str
    year: int
    months: int | None = None


@dataclass(frozen=True)
class Opening:
    """So many group homes of a size that a kept action opens."""

    home: str
    year: int
    count: int
    places: int


@dataclass(frozen=True)
class Case:
    """What is asked, but for the limits' numbers."""

    homes: tuple[str, ...]
    units: tuple[Unit, ...]
    years: tuple[int, ...]
    goal_year: int | None
    need: Mapping[int, int]
    residents: Mapping[str, int]
    costs: tuple[Cost, ...]
    open_kind: str
    staff_of_others: int
    kept: tuple[Opening, ...] = ()
    pinned: tuple[tuple[str, int, str, int | None], ...] = ()
    """(unit_id, year, action, places)"""

    def most_openings(self, numbers: Numbers) -> int:
        """Return so many a year as are allowed, otherwise as could ever be wanted."""
        wanted = max([*self.need.values(), 0]) + sum(self.residents.values())
        return numbers.get("openings_per_year", -(-wanted // 4) + 1)


@dataclass
class Every:
    """Every choice of the units of a case, as columns."""

    case: Case
    choices: list[list[tuple[str, int, int]]] = field(init=False)

    def __post_init__(self) -> None:
        self.choices = [list(self._of(unit)) for unit in self.case.units]

    def _of(self, unit: Unit) -> Iterator[tuple[str, int, int]]:
        """Return what may be done to a unit: (action, year, places)."""
        years = self.case.years
        stays = ("stay", 0, unit.places or 0)
        pins = [pin for pin in self.case.pinned if pin[0] == unit.unit_id]
        if pins:
            _, year, action, places = pins[0]
            yield (action, year, places or 0)
            return
        yield stays
        if unit.places is None:
            return
        for year in years:
            yield from (("reduce", year, places) for places in range(4, unit.places))
            if unit.kind == "main_unit":
                yield ("close", year, 0)

    @cached_property
    def picked(self) -> np.ndarray:
        """A row a plan of the units: which of its choices each unit makes."""
        ranges = [range(len(choices)) for choices in self.choices]
        rows = list(itertools.product(*ranges))
        return np.array(rows, dtype=np.int64).reshape(len(rows), len(ranges))

    def sum(self, of: object) -> np.ndarray:
        """Add up over the units what `of(unit, choice)` gives."""
        total = np.zeros(len(self.picked), dtype=np.int64)
        for column, (unit, choices) in enumerate(zip(self.case.units, self.choices, strict=True)):
            values = np.array([of(unit, choice) for choice in choices], dtype=np.int64)  # type: ignore[operator]
            total += values[self.picked[:, column]]
        return total

    def most(self, of: object) -> np.ndarray:
        """Return the largest over the units of what `of(unit, choice)` gives; at least 0."""
        largest = np.zeros(len(self.picked), dtype=np.int64)
        for column, (unit, choices) in enumerate(zip(self.case.units, self.choices, strict=True)):
            values = np.array([of(unit, choice) for choice in choices], dtype=np.int64)  # type: ignore[operator]
            largest = np.maximum(largest, values[self.picked[:, column]])
        return largest


def size_at(unit: Unit, choice: tuple[str, int, int], year: int) -> int:
    """Return a unit's places at a year's end; 0 if it is closed, or they are not known."""
    action, since, places = choice
    return places if action == "stay" or since <= year else unit.places or 0


def staff_of(case: Case, kind: str, places: int, *, is_open: bool = True) -> int:
    """Return the staff that a unit needs."""
    if not is_open:
        return 0
    if kind in ("community_home", "branch_group_care") and places in EXTRA:
        return BASE + EXTRA[places]
    return case.staff_of_others


def net_cost(case: Case, year: int, opened: int, running: int, reduced: int) -> int:
    """Return what a year leaves to the authority, in yen."""
    current: dict[tuple[str, str, str], Cost] = {}
    for cost in case.costs:
        key = (cost.item, cost.timing, cost.basis)
        if cost.year <= year and (key not in current or current[key].year < cost.year):
            current[key] = cost
    rents = {cost.item: cost.amount for cost in current.values() if cost.timing == "annual"}
    spent, eligible = 0, dict[tuple[str, str], Fraction]()
    for (_, timing, basis), cost in current.items():
        if basis == "year" and timing == "initial" and cost.year != year:
            continue
        number = {
            "opened_home": opened if timing == "initial" else running,
            "reduced_unit": reduced,
            "year": 1,
        }[basis]
        paid = 12 * number - (12 - (cost.months or 12)) * opened
        amount = cost.amount * paid // 12
        spent += amount
        if cost.programme is None or not number:
            continue
        part = Fraction(amount)
        if cost.rule.startswith("months_of_rent"):
            _, months, item = cost.rule.split(":")
            part = min(part, Fraction(rents.get(item, 0) * int(months) * number, 12))
        elif cost.rule == "none":
            part = Fraction(0)
        key_of = (cost.programme, cost.share)
        eligible[key_of] = eligible.get(key_of, Fraction(0)) + part
    return spent - sum(floor(part * Fraction(share)) for (_, share), part in eligible.items())


def openings(case: Case, most: int) -> Iterator[dict[tuple[str, int, int], int]]:
    """Return every way to open up to so many group homes a year: (home, year, places) to count."""
    slots = [(home, places) for home in case.homes for places in (4, 5)]
    of_year = [
        counts
        for counts in itertools.product(range(max(most, 0) + 1), repeat=len(slots))
        if sum(counts) <= most
    ] or [()]
    for years in itertools.product(of_year, repeat=len(case.years)):
        yield {
            (home, year, places): count
            for year, counts in zip(case.years, years, strict=True)
            for (home, places), count in zip(slots, counts, strict=True)
            if count
        }


def best(case: Case, numbers: Numbers) -> Value | None:
    """Return the least of the five objectives, one after the other; None if no plan is."""
    every, found = Every(case), None
    columns = _Columns(case, every)
    kept_most = max((_kept_opened(case, year) for year in case.years), default=0)
    limit = numbers.get("openings_per_year")
    if limit is not None and kept_most > limit:
        return None
    for opened in openings(case, case.most_openings(numbers)):
        if limit is not None and any(
            _opened(opened, year) + _kept_opened(case, year) > limit for year in case.years
        ):
            continue
        values = columns.values(opened, numbers)
        if values is not None and (found is None or values < found):
            found = values
    return found


def _kept_opened(case: Case, year: int) -> int:
    return sum(one.count for one in case.kept if one.year == year)


def _opened(opened: Mapping[tuple[str, int, int], int], year: int) -> int:
    return sum(count for (_, since, _), count in opened.items() if since == year)


class _Columns:
    """What the units' choices come to, a row a choice."""

    def __init__(self, case: Case, every: Every) -> None:
        self.case = case
        last = case.years[-1]
        group = ("community_home", "branch_group_care", "other_group_home")
        self.places = {
            (home, year): every.sum(
                lambda unit, choice, home=home, year=year: (
                    size_at(unit, choice, year) if unit.home == home else 0
                )
            )
            for home in case.homes
            for year in case.years
        }
        self.main = {
            (home, year): every.sum(
                lambda unit, choice, home=home, year=year: (
                    size_at(unit, choice, year)
                    if unit.home == home and unit.kind == "main_unit"
                    else 0
                )
            )
            for home in case.homes
            for year in case.years
        }
        self.staff = {
            year: every.sum(
                lambda unit, choice, year=year: staff_of(
                    case,
                    unit.kind,
                    size_at(unit, choice, year),
                    is_open=unit.places is not None
                    and not (choice[0] == "close" and choice[1] <= year),
                )
            )
            for year in (case.years[0] - 1, *case.years)
        }
        large = sum(kept.count for kept in case.kept if kept.places >= 6)
        self.over = large + every.sum(
            lambda unit, choice: unit.kind in group and size_at(unit, choice, last) >= 6
        )
        large_places = sum(kept.count * kept.places for kept in case.kept if kept.places >= 6)
        self.outside = large_places + every.sum(
            lambda unit, choice: (
                0
                if unit.kind in group and size_at(unit, choice, last) in (4, 5)
                else size_at(unit, choice, last)
            )
        )
        self.acted = every.sum(lambda unit, choice: choice[0] != "stay")
        self.reduced = {
            year: every.sum(lambda unit, choice, year=year: choice[:2] == ("reduce", year))
            for year in case.years
        }
        self.largest = {
            is_main: every.most(
                lambda unit, choice, is_main=is_main: (
                    size_at(unit, choice, case.goal_year or 0)
                    if (unit.kind == "main_unit") == is_main
                    else 0
                )
            )
            for is_main in (False, True)
        }
        opened = [kept.places for kept in case.kept if kept.year <= (case.goal_year or 0)]
        self.largest[False] = np.maximum(self.largest[False], max(opened, default=0))

    def values(self, opened: Mapping[tuple[str, int, int], int], numbers: Numbers) -> Value | None:
        """Return the least values with some openings; None if no choice keeps the limits."""
        case = self.case
        every = {**opened}
        for kept in case.kept:
            key = (kept.home, kept.year, kept.places)
            every[key] = every.get(key, 0) + kept.count
        allowed = self.goal(numbers)
        short, cost = np.zeros_like(self.acted), np.zeros_like(self.acted)
        staff_before = self.staff[case.years[0] - 1]
        for year in case.years:
            missing = self.missing(every, year)
            yen = self.yen(every, year)
            staff = self.staff[year] + sum(
                n * staff_of(case, case.open_kind, size)
                for (_, since, size), n in every.items()
                if since <= year
            )
            reached = {
                "shortage": missing,
                "budget": yen,
                "new_staff_per_year": staff - staff_before,
            }
            for limit, values in reached.items():
                if limit in numbers:
                    allowed &= values <= numbers[limit]
            allowed &= self.homes(every, year, numbers)
            short, cost, staff_before = short + missing, cost + yen, staff
        if not allowed.any():
            return None
        changes = self.acted + sum(opened.values())
        rows = np.stack([short, self.over, self.outside, cost, changes], axis=1)[allowed]
        order = np.lexsort(tuple(rows[:, column] for column in range(4, -1, -1)))
        shortage, over, outside, net, changed = (int(value) for value in rows[order[0]])
        return (shortage, over, outside, net, changed)

    def goal(self, numbers: Numbers) -> np.ndarray:
        """Return which choices have no unit too large in the goal year."""
        allowed = np.ones(len(self.acted), dtype=bool)
        if self.case.goal_year in self.case.years:
            for limit, is_main in (("group_limit", False), ("main_limit", True)):
                if limit in numbers:
                    allowed &= self.largest[is_main] <= numbers[limit]
        return allowed

    def missing(self, every: Mapping[tuple[str, int, int], int], year: int) -> np.ndarray:
        """Return the places lacking at a year's end; none if the need is not known."""
        missing = np.full_like(self.acted, self.case.need.get(year, 0))
        for home in self.case.homes:
            missing -= self.places[home, year] + _placed(every, home, year)
        return missing.clip(min=0)

    def yen(self, every: Mapping[tuple[str, int, int], int], year: int) -> np.ndarray:
        """Return a year's net cost."""
        running = sum(n for (_, since, _), n in every.items() if since <= year)
        found = np.zeros_like(self.acted)
        for reduced in np.unique(self.reduced[year]):
            net = net_cost(self.case, year, _opened(every, year), running, int(reduced))
            found[self.reduced[year] == reduced] = net
        return found

    def homes(
        self, every: Mapping[tuple[str, int, int], int], year: int, numbers: Numbers
    ) -> np.ndarray:
        """Return which choices leave every home its children's places, and its main building."""
        case = self.case
        allowed = np.ones(len(self.acted), dtype=bool)
        for home in case.homes:
            if "residents" in numbers and home in case.residents:
                places = self.places[home, year] + _placed(every, home, year)
                allowed &= case.residents[home] - places <= numbers["residents"]
            mains = [
                unit.places or 0
                for unit in case.units
                if unit.home == home and unit.kind == "main_unit"
            ]
            if "keep_main" in numbers and mains:
                allowed &= self.main[home, year] >= min(numbers["keep_main"], sum(mains))
        return allowed


def _placed(every: Mapping[tuple[str, int, int], int], home: str, year: int) -> int:
    return sum(n * size for (of, since, size), n in every.items() if of == home and since <= year)
