"""What a proposal starts from: the register at the baseline, what is kept, need, staff, prices."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from shokibo import calendar
from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.planning.budget import paid_for
from shokibo.planning.costs import costs_of, opening_costs
from shokibo.planning.plan import Plan
from shokibo.planning.projection import sizes
from shokibo.planning.proposal.errors import CannotProposeError
from shokibo.planning.proposal.limits import Limits
from shokibo.planning.proposal.prices import YearPrices, year_prices
from shokibo.planning.spans import baseline_year, plan_spans, years_of
from shokibo.planning.staffing import staff_by_size

FEWEST, SMALL = 4, (4, 5)
"""No unit is reduced below this; also the places of a small group home, and of a new one."""


@dataclass(frozen=True)
class Unit:
    """A unit of the register that a proposal may change, with a known capacity."""

    unit_id: str
    home_id: str
    kind: str
    capacity: int

    @property
    def is_main(self) -> bool:
        """Whether the unit is in the main building."""
        return self.kind == "main_unit"


@dataclass(frozen=True)
class Kept:
    """Identical units at one year's end that stay as they are, or as kept actions leave them."""

    home_id: str
    kind: str
    capacity: int
    count: int

    @property
    def places(self) -> int:
        """The places of all of them."""
        return self.capacity * self.count


@dataclass(frozen=True)
class Situation:
    """One authority's plan before anything is proposed.

    `kept` holds what the proposal can't change by year end, from the one before the first year;
    `opened` the group homes that kept actions open. `main_before` are the places of main buildings
    at the baseline, for homes with main units; `residents` the children of the homes for which
    the ledger has them. `goal_year` is None if it is not one of the years.
    """

    years: tuple[int, ...]
    homes: tuple[str, ...]
    units: tuple[Unit, ...]
    unknown: tuple[str, ...]
    kept: Mapping[int, tuple[Kept, ...]]
    opened: Mapping[int, int]
    need: Mapping[int, int]
    residents: Mapping[str, int]
    main_before: Mapping[str, int]
    goal_year: int | None
    goal_sizes: tuple[int, int]
    prices: Mapping[int, YearPrices]
    needed: Mapping[tuple[str, int, int], int] = field(repr=False)

    def staff(self, kind: str, capacity: int, year: int) -> int:
        """Return the staff that a unit needs at a year's end; 0 if that is not counted."""
        return self.needed[kind, capacity, year]

    @cached_property
    def before(self) -> int:
        """The year before the first."""
        return self.years[0] - 1

    @property
    def last(self) -> int:
        """The last year."""
        return self.years[-1]

    def kept_places(self, year: int, home_id: str | None = None, *, main: bool = False) -> int:
        """Add up the places of what is kept: of one home or all, in main buildings or all."""
        return sum(
            one.places
            for one in self.kept[year]
            if home_id in (None, one.home_id) and (not main or one.kind == "main_unit")
        )


def open_plan(ledger: Ledger, law: Law, limits: Limits) -> tuple[Plan, tuple[int, ...]]:
    """Return the ledger's plan, over its years and those of the limits, and the limits' years.

    Raises CannotProposeError unless there is exactly one plan, and any year.
    """
    if ledger["plan"].height != 1 or ledger["authorities"].height != 1:
        raise CannotProposeError("no_plan")
    spans = plan_spans(ledger)
    begun = int(spans.select(baseline_year()).item())
    first = begun + 1 if limits.from_year is None else limits.from_year
    last = int(spans["to_year"][0]) if limits.to_year is None else limits.to_year
    if first < begun:
        raise CannotProposeError("before_baseline", year=first, first=begun)
    if last < first:
        raise CannotProposeError("reversed", year=last, first=first)
    widened = spans.with_columns(
        pl.min_horizontal("from_year", pl.lit(first, pl.Int64)),
        pl.max_horizontal("to_year", pl.lit(last, pl.Int64)),
    )
    return Plan(ledger, law, widened), tuple(range(first, last + 1))


def situation_of(
    plan: Plan, start: Plan, years: tuple[int, ...], need: Mapping[int, int]
) -> Situation:
    """Return what a proposal starts from.

    `start` is the plan with nothing but the actions that are kept.
    """
    before, goal = years[0] - 1, plan.goal_year
    units = start.events.units
    named = start.ledger["actions"]["unit_id"].drop_nulls().unique()
    untouched = pl.col("born").is_null() & ~pl.col("unit").is_in(named.implode())
    changeable = units.filter(untouched & pl.col("capacity").is_not_null())
    spans = start.spans.with_columns(
        from_year=pl.lit(before, pl.Int64), to_year=pl.lit(years[-1], pl.Int64)
    )
    sized = sizes(start.events, years_of(spans)).join(changeable, on="unit", how="anti")
    kept: dict[int, list[Kept]] = {year: [] for year in (before, *years)}
    of_kept = ("fiscal_year", "home_id", "kind", "capacity", "count")
    for year, *one in sized.drop_nulls("capacity").select(of_kept).iter_rows():
        kept[year].append(Kept(*one))
    first = int(plan.spans["from_year"][0])
    counts = {year: paid_for(start.events, first, year) for year in years}
    main = units.filter((pl.col("kind") == "main_unit") & pl.col("born").is_null())
    main_places = main.group_by("home_id", maintain_order=True).agg(pl.col("capacity").sum())
    day = calendar.fiscal_year_end(goal or years[-1])
    known = [*units["capacity"].drop_nulls(), *sized["capacity"].drop_nulls()]
    capacities = range(1, max([*known, *SMALL]) + 1)
    return Situation(
        years=years,
        homes=tuple(start.homes["home_id"]),
        units=tuple(
            Unit(*one)
            for one in changeable.select("unit", "home_id", "kind", "capacity").iter_rows()
        ),
        unknown=tuple(units.filter(untouched & pl.col("capacity").is_null())["unit"]),
        kept={year: tuple(ones) for year, ones in kept.items()},
        opened={year: count["opened_home", "initial"] for year, count in counts.items()},
        need={year: need[year] for year in years if year in need},
        residents=_residents(plan.ledger, start.homes["home_id"], plan.baseline),
        main_before=dict(main_places.iter_rows()),
        goal_year=goal if goal in years else None,
        goal_sizes=(
            plan.law.integer("group_home_goal", day) or 0,
            plan.law.integer("main_unit_most", day) or 0,
        ),
        prices={year: year_prices(plan.ledger["costs"], counts[year], year) for year in years},
        needed=staff_by_size(
            plan.law, plan.spans["authority_code"][0], capacities, (before, *years)
        ),
    )


def _residents(ledger: Ledger, homes: Iterable[str], baseline: dt.date) -> dict[str, int]:
    """Return the children living in the homes for which the ledger has them by the baseline.

    The latest row for `all`, or main building and group homes on the latest day.
    """
    rows = ledger["occupancy"].filter(
        (pl.col("population") == "residents") & (pl.col("as_of") <= baseline)
    )
    found = {}
    for home_id in homes:
        of_home = rows.filter(pl.col("home_id") == home_id).sort("as_of")
        total = of_home.filter(pl.col("place") == "all")
        latest = of_home.filter(pl.col("as_of") == pl.col("as_of").max())
        parts = latest.filter(pl.col("place").is_in(["main", "group_home"]))
        if total.height:
            found[home_id] = int(total["children"][-1])
        elif parts.height == 2:
            found[home_id] = int(parts["children"].sum())
    return found


def priced_years(plan: Plan, years: Iterable[int]) -> list[int]:
    """Return the years for which the ledger has a price of opening a group home."""
    costs = opening_costs(plan.ledger["costs"]).filter(pl.col("basis") == "opened_home")
    return [year for year in years if costs_of(costs, year).height]
