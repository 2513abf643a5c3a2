"""The best plan of a case by another engine: OR-Tools CP-SAT, over a model of single units.

It shares nothing with the program's model nor with the look at every plan: each unit has a yes or
no for everything that may be done to it, each home so many openings of each size in each year, and
what each programme pays is a division in whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

from ortools.sat.python import cp_model

from .every_plan import BASE, EXTRA, Case, Cost, Unit, Value

Amount: TypeAlias = Any
"""A sum of the engine's variables, or a plain number."""
Worth: TypeAlias = Callable[[Unit, str, int, int], int]
GROUP = ("community_home", "branch_group_care", "other_group_home")


class SecondOpinion:
    """The model of a case under limits' numbers."""

    def __init__(self, case: Case, numbers: Mapping[str, int]) -> None:
        self.case, self.numbers = case, numbers
        self.model = cp_model.CpModel()
        most = numbers.get("openings_per_year", 40) if case.homes else 0
        self.opened: dict[tuple[str, int, int], cp_model.IntVar] = {
            (home, year, size): self.model.new_int_var(0, max(most, 0), f"{home} {year} {size}")
            for home in case.homes
            for year in case.years
            for size in (4, 5)
        }
        self.choices = {unit: self._choices(unit) for unit in case.units}
        self._limit()

    def _choices(self, unit: Unit) -> dict[tuple[str, int, int], cp_model.IntVar]:
        """Return a yes or no for each (action, year, places) of a unit; one of them is yes."""
        of = [("stay", 0, unit.places or 0)]
        if unit.places is not None:
            for year in self.case.years:
                of += [("reduce", year, places) for places in range(4, unit.places)]
                of += [("close", year, 0)] if unit.kind == "main_unit" else []
        for unit_id, year, action, places in self.case.pinned:
            if unit_id == unit.unit_id:
                of = [(action, year, places or 0)]
        found = {one: self.model.new_bool_var(f"{unit.unit_id} {one}") for one in of}
        self.model.add_exactly_one(found.values())
        return found

    def sum(self, worth: Worth) -> Amount:
        """Add up `worth(unit, action, since, places)` over what is chosen."""
        return sum(
            worth(unit, *one) * chosen
            for unit, choices in self.choices.items()
            for one, chosen in choices.items()
        )

    def opened_by(self, year: int, home: str | None = None, *, places: bool = False) -> Amount:
        """Return the group homes, or their places, opened by a year's end; kept ones too."""
        proposed = sum(
            count * (size if places else 1)
            for (of, since, size), count in self.opened.items()
            if since <= year and home in (None, of)
        )
        kept = sum(
            one.count * (one.places if places else 1)
            for one in self.case.kept
            if one.year <= year and home in (None, one.home)
        )
        return proposed + kept

    def places(self, year: int, home: str | None = None, *, main: bool = False) -> Amount:
        """Return the places at a year's end."""
        units = self.sum(
            lambda unit, action, since, places: (
                _size(unit, action, since, places, year)
                if home in (None, unit.home) and (not main or unit.kind == "main_unit")
                else 0
            )
        )
        return units if main else units + self.opened_by(year, home, places=True)

    def staff(self, year: int) -> Amount:
        """Return the staff needed at a year's end."""
        case = self.case

        def of(kind: str, size: int) -> int:
            scope = kind in ("community_home", "branch_group_care") and size in EXTRA
            return BASE + EXTRA[size] if scope else case.staff_of_others

        units = self.sum(
            lambda unit, action, since, places: (
                0
                if unit.places is None or (action == "close" and since <= year)
                else of(unit.kind, _size(unit, action, since, places, year))
            )
        )
        proposed = sum(
            count * of(case.open_kind, size)
            for (_, since, size), count in self.opened.items()
            if since <= year
        )
        kept = sum(
            one.count * of(case.open_kind, one.places) for one in case.kept if one.year <= year
        )
        return units + proposed + kept

    def net(self, year: int) -> Amount:
        """Return a year's net cost."""
        before = self.opened_by(year - 1)
        counts = {
            ("opened_home", "initial"): self.opened_by(year) - before,
            ("opened_home", "annual"): self.opened_by(year),
            ("year", "initial"): 1,
            ("year", "annual"): 1,
        }
        reduced = self.sum(lambda unit, action, since, places: (action, since) == ("reduce", year))
        counts |= {("reduced_unit", "initial"): reduced, ("reduced_unit", "annual"): reduced}
        costs = _in_force(self.case.costs, year)
        rents = {cost.item: cost.amount for cost in costs if cost.timing == "annual"}
        spent: Amount = 0
        borne: dict[tuple[str, str], list[tuple[Fraction, Amount]]] = {}
        for cost in costs:
            count = counts[cost.basis, cost.timing]
            spent += cost.amount * count
            each = Fraction(cost.amount) if cost.rule != "none" else Fraction(0)
            if cost.rule.startswith("months_of_rent"):
                _, months, item = cost.rule.split(":")
                each = min(each, Fraction(rents.get(item, 0) * int(months), 12))
            if cost.programme:
                borne.setdefault((cost.programme, cost.share), []).append((each, count))
        return spent - sum(self._floor(parts, share) for (_, share), parts in borne.items())

    def _floor(self, parts: list[tuple[Fraction, Amount]], share: str) -> Amount:
        scaled = [(each * Fraction(share), count) for each, count in parts]
        scale = lcm(*(each.denominator for each, _ in scaled))
        paid = self.model.new_int_var(0, 2**40, "")
        self.model.add_division_equality(
            paid, sum(int(each * scale) * count for each, count in scaled), scale
        )
        return paid

    def _limit(self) -> None:
        case, numbers, model = self.case, self.numbers, self.model
        staff = self.staff(case.years[0] - 1)
        self.short: list[cp_model.IntVar] = []
        self.nets: list[Amount] = []
        for year in case.years:
            new = self.opened_by(year) - self.opened_by(year - 1)
            before, staff = staff, self.staff(year)
            self.nets.append(self.net(year))
            reached = {
                "openings_per_year": new,
                "new_staff_per_year": staff - before,
                "budget": self.nets[-1],
            }
            if year in case.need:
                short = model.new_int_var(0, case.need[year], "")
                self._at_most(case.need[year] - self.places(year) - short, 0)
                self.short.append(short)
                reached["shortage"] = short
            for limit, value in reached.items():
                if limit in numbers:
                    self._at_most(value, numbers[limit])
            for home in case.homes:
                self._limit_home(home, year)
        if case.goal_year in case.years:
            self._limit_goal(case.goal_year or 0)

    def _limit_home(self, home: str, year: int) -> None:
        """Leave a home its children's places, and its main building."""
        case, numbers = self.case, self.numbers
        if "residents" in numbers and home in case.residents:
            lacking = case.residents[home] - self.places(year, home)
            self._at_most(lacking, numbers["residents"])
        mains = [
            unit.places or 0
            for unit in case.units
            if unit.home == home and unit.kind == "main_unit"
        ]
        if "keep_main" in numbers and mains:
            least = min(numbers["keep_main"], sum(mains))
            self._at_most(least - self.places(year, home, main=True), 0)

    def _limit_goal(self, goal: int) -> None:
        for limit, is_main in (("group_limit", False), ("main_limit", True)):
            if limit not in self.numbers:
                continue
            most = self.numbers[limit]
            large = sum(
                chosen
                for unit, choices in self.choices.items()
                for (action, since, places), chosen in choices.items()
                if (unit.kind == "main_unit") == is_main
                and _size(unit, action, since, places, goal) > most
            )
            kept = sum(
                not is_main and one.places > most for one in self.case.kept if one.year <= goal
            )
            self._at_most(large + kept, 0)

    def _at_most(self, value: Amount, most: int) -> None:
        """Add a limit, also on what is a plain number."""
        self.model.add(self.model.new_constant(0) + value <= most)

    def objectives(self) -> list[Amount]:
        """Return the objectives in their order."""
        last = self.case.years[-1]
        large = [one for one in self.case.kept if one.places >= 6]
        over = self.sum(
            lambda unit, action, since, places: (
                unit.kind in GROUP and _size(unit, action, since, places, last) >= 6
            )
        )
        outside = self.sum(
            lambda unit, action, since, places: (
                0
                if unit.kind in GROUP and _size(unit, action, since, places, last) in (4, 5)
                else _size(unit, action, since, places, last)
            )
        )
        acted = self.sum(lambda unit, action, since, places: action != "stay")
        return [
            sum(self.short),
            over + sum(one.count for one in large),
            outside + sum(one.count * one.places for one in large),
            sum(self.nets),
            acted + sum(self.opened.values()),
        ]


def _size(unit: Unit, action: str, since: int, places: int, year: int) -> int:
    return places if action == "stay" or since <= year else unit.places or 0


def _in_force(costs: tuple[Cost, ...], year: int) -> list[Cost]:
    """Return the costs of a year; every price here begins before the first, and once."""
    return [
        cost
        for cost in costs
        if cost.year <= year
        and not (cost.basis == "year" and cost.timing == "initial" and cost.year != year)
    ]


def best(case: Case, numbers: Mapping[str, int]) -> Value | None:
    """Return the least of the five objectives, one after the other; None if no plan is."""
    asked = SecondOpinion(case, numbers)
    found = []
    for objective in asked.objectives():
        value = asked.model.new_int_var(-(2**45), 2**45, "")
        asked.model.add(value == objective)
        asked.model.minimize(value)
        solver = _solver()
        if solver.solve(asked.model) == cp_model.INFEASIBLE:
            return None
        found.append(int(solver.value(value)))
        asked.model.add(value <= found[-1])
    shortage, over, outside, net, changes = found
    return (shortage, over, outside, net, changes)


def is_possible(case: Case, numbers: Mapping[str, int]) -> bool:
    """Return whether any plan keeps the limits."""
    return _solver().solve(SecondOpinion(case, numbers).model) != cp_model.INFEASIBLE


def _solver() -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return solver
