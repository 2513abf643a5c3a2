"""The exact check of a proposal: what `plan` and `budget` compute for its actions.

It knows nothing of the model. Places come from the plan's year ends, costs from its budgets, staff
from the law's parameters, in columns.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import polars as pl
from msgspec.structs import asdict

from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.planning.plan import Plan
from shokibo.planning.proposal.answers import ObjectiveName, ProposedAction, ProposedYear
from shokibo.planning.proposal.demands import Demands
from shokibo.planning.proposal.limits import LimitName, Pin
from shokibo.planning.proposal.situation import FEWEST, SMALL, Situation
from shokibo.planning.staffing import staff_ends

_SMALL_GROUP = (pl.col("place") == "group_home") & pl.col("capacity").is_between(*SMALL)


@dataclass(frozen=True)
class Checked:
    """What the core computes for actions.

    `broken` are the limits that they break; `allowed` is whether each is one that a proposal may
    make, and takes effect.
    """

    values: Mapping[ObjectiveName, int]
    years: list[ProposedYear]
    broken: list[LimitName]
    allowed: bool

    @property
    def kept(self) -> bool:
        """Whether every action is allowed, takes effect, and every limit is kept."""
        return self.allowed and not self.broken


def with_proposed(
    ledger: Ledger, actions: Sequence[ProposedAction], *, keep_actions: bool
) -> Ledger:
    """Return the ledger with proposed actions in place of its own, or after them."""
    own = ledger["actions"]
    proposed = pl.DataFrame(
        [asdict(one) for one in actions], {name: own.schema[name] for name in _COLUMNS}
    )
    kept = own if keep_actions else own.clear()
    rows = pl.concat([kept.drop(ROW), proposed], how="diagonal").with_row_index(ROW, 1)
    tables = {**ledger.tables, "actions": rows.select(own.columns).cast(own.schema)}
    return Ledger(tables, ledger.removed, ledger.sources, ledger.notes)


_COLUMNS = tuple(ProposedAction.__struct_fields__)


def year_rows(plan: Plan, years: Sequence[int], need: Mapping[int, int]) -> list[ProposedYear]:
    """Return all homes at each year's end."""
    of_years = pl.col("fiscal_year").is_in(list(years))
    small = dict(
        plan.sized.filter(of_years & _SMALL_GROUP)
        .group_by("fiscal_year")
        .agg((pl.col("capacity") * pl.col("count")).sum())
        .iter_rows()
    )
    staff = staff_by_year(plan, years)
    rows = []
    for row in plan.all.filter(of_years).iter_rows(named=True):
        year, budget = row["fiscal_year"], plan.budget(row["fiscal_year"])
        places = row["main_capacity"] + row["group_capacity"]
        rows.append(
            ProposedYear(
                year,
                row["main_capacity"],
                row["group_capacity"],
                row["group_count"],
                places,
                need.get(year),
                max(need[year] - places, 0) if year in need else None,
                row["group_six_or_more"],
                places - small.get(year, 0),
                budget.opened,
                budget.net,
                staff.get(year, 0),
            )
        )
    return rows


def staff_by_year(plan: Plan, years: Sequence[int]) -> dict[int, int]:
    """Return the staff that the units need at each year's end."""
    ends = staff_ends(plan, years).group_by("fiscal_year").agg(pl.col("of_units").sum())
    return dict(ends.iter_rows())


def check(
    plan: Plan, actions: Sequence[ProposedAction], situation: Situation, demands: Demands, kept: int
) -> Checked:
    """Check actions using the plan of a ledger that has them after its first `kept` actions."""
    years = year_rows(plan, situation.years, situation.need)
    last = years[-1]
    values: dict[ObjectiveName, int] = {
        "shortage": sum(year.shortage or 0 for year in years),
        "group_homes_over_five": last.group_homes_over_five,
        "places_outside_small_group_homes": last.outside,
        "net_cost": sum(year.net_cost for year in years),
        "changes": sum(one.count for one in actions),
    }
    broken = list(_broken(plan, years, situation, demands))
    if not all(_holds(actions, pin) for pin in demands.pinned):
        broken.append("pin")
    return Checked(values, years, broken, _allowed(plan, actions, situation, kept))


def _broken(
    plan: Plan, years: Sequence[ProposedYear], situation: Situation, demands: Demands
) -> Iterator[LimitName]:
    """Return the limits that a plan breaks."""
    found = chain(
        _of_years(plan, years, situation),
        _of_homes(plan, situation, demands),
        _of_goal(plan, situation),
    )
    for limit, of, value in found:
        number = demands.number(limit, of)
        if number is not None and value > number:
            yield limit


_Reached = tuple[LimitName, int | str, int]
"""A limit, the year or home it is for, and what the plan comes to."""


def _of_years(
    plan: Plan, years: Sequence[ProposedYear], situation: Situation
) -> Iterator[_Reached]:
    growth = _growth(plan, situation.years)
    for row, grown in zip(years, growth, strict=True):
        yield "openings_per_year", row.fiscal_year, row.opened
        yield "budget", row.fiscal_year, row.net_cost
        yield "shortage", row.fiscal_year, row.shortage or 0
        yield "new_staff_per_year", row.fiscal_year, grown


def _of_homes(plan: Plan, situation: Situation, demands: Demands) -> Iterator[_Reached]:
    """Return each home's children without a place, and the broken limits of main buildings."""
    ends = plan.ends.filter(pl.col("fiscal_year").is_in(list(situation.years)))
    for row in ends.iter_rows(named=True):
        home, main = row["home_id"], row["main_capacity"]
        children = situation.residents.get(home, 0)
        yield "residents", home, children - main - row["group_capacity"]
        least = demands.number("keep_main", home)
        before = situation.main_before.get(home)
        if least is not None and before is not None and main < min(least, before):
            yield "keep_main", home, least + 1


def _of_goal(plan: Plan, situation: Situation) -> Iterator[_Reached]:
    if situation.goal_year is None:
        return
    at_goal = plan.sized.filter(pl.col("fiscal_year") == situation.goal_year)
    places: tuple[tuple[LimitName, str], ...] = (
        ("group_limit", "group_home"),
        ("main_limit", "main"),
    )
    for limit, place in places:
        largest = at_goal.filter(pl.col("place") == place)["capacity"].max()
        yield limit, situation.goal_year, largest if isinstance(largest, int) else 0


def _growth(plan: Plan, years: Sequence[int]) -> list[int]:
    """Return how much the staff needed grows in each year."""
    staff = staff_by_year(plan, [years[0] - 1, *years])
    return [staff.get(year, 0) - staff.get(year - 1, 0) for year in years]


def _allowed(
    plan: Plan, actions: Sequence[ProposedAction], situation: Situation, kept: int
) -> bool:
    """Return whether every action takes effect and is one that a proposal may make."""
    units = {unit.unit_id: unit for unit in situation.units}
    named = [one.unit_id for one in actions if one.action != "open"]
    for one in actions:
        if one.fiscal_year not in situation.years:
            return False
        if one.action == "open":
            if one.capacity not in SMALL or one.home_id not in situation.homes:
                return False
            continue
        unit = units.get(one.unit_id or "")
        if unit is None or unit.home_id != one.home_id:
            return False
        if one.action == "close" and not unit.is_main:
            return False
        if one.action == "change_capacity" and not FEWEST <= (one.capacity or 0) < unit.capacity:
            return False
    void = plan.events.void.filter(pl.col(ROW) > kept).height
    return void == 0 and len(set(named)) == len(named)


def _holds(actions: Sequence[ProposedAction], pin: Pin) -> bool:
    """Return whether actions include a pinned one."""
    wanted = (pin.home_id, pin.fiscal_year, pin.action, pin.unit_id, pin.capacity)
    found = (
        one.count
        for one in actions
        if (one.home_id, one.fiscal_year, one.action, one.unit_id, one.capacity) == wanted
    )
    return sum(found) >= pin.count
