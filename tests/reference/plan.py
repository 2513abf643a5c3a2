"""A plan's year-end tables, initiatives, targets and budget, one unit and one action at a time.

Source: 世田谷区児童養護施設小規模かつ地域分散化計画(案), 令和3年12月, cited as "the Plan".
The program is compared with this reading, so nothing here is fast, clever or shared with it:
for every year a unit's course is walked again from the baseline, and every fraction is exact.

A ledger here holds one authority and one row of the table plan.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any, TypeVar

from .judge import Row, Tables, capacity_on, is_open, required, rows, unit_is_open

T = TypeVar("T")

NO = ("0", "×")
YES = ("1", "○")
TARGET_ITEMS = (  # item, part of a year's row, figure in it
    ("main_six_or_more", "main", "six_or_more"),
    ("main_five_to_four", "main", "five_to_four"),
    ("main_capacity", "main", "capacity"),
    ("group_six_or_more", "group_homes", "six_or_more"),
    ("group_five_to_four", "group_homes", "five_to_four"),
    ("group_count", "group_homes", "count"),
    ("group_capacity", "group_homes", "capacity"),
    ("total", None, "total"),
)


def plan(tables: Tables) -> dict[str, Any]:
    """Return the plan: years, each home's rows, and the authority's rows (第3の2 and 3)."""
    frame = frame_of(tables)
    units = units_of_plan(tables, frame)
    homes = [
        {
            "home_id": home["home_id"],
            "name": home["name"],
            "rows": [
                home_row([unit for unit in units if unit.home_id == home["home_id"]], frame, year)
                for year in frame.years
            ],
        }
        for home in homes_of_plan(tables, frame)
    ]
    return {
        "years": frame.years,
        "homes": homes,
        "authority": {"rows": [authority_row(tables, units, frame, year) for year in frame.years]},
    }


def budget(tables: Tables, year: int) -> dict[str, Any]:
    """Return what a fiscal year's plan costs and what the State pays of it, in yen (3 必要経費)."""
    frame = frame_of(tables)
    units = units_of_plan(tables, frame)
    costs = costs_in_force(tables, year)
    lines = [cost_line(cost, costs, units, frame, year) for cost in costs]
    lines = [line for line in lines if line["homes"] > 0]
    revenue = revenue_of(lines)
    spent = sum(line["amount"] for line in lines)
    received = sum(line["amount"] for line in revenue)
    shown = ("item", "account", "timing", "homes", "amount")
    return {
        "fiscal_year": year,
        "opened": len(homes_opened(units, frame, year)),
        "running": len(homes_running(units, frame, year)),
        "expenditure": [{name: line[name] for name in shown} for line in lines],
        "revenue": revenue,
        "expenditure_total": spent,
        "revenue_total": received,
        "net": spent - received,
    }


# The plan's frame, its homes, and the actions that may have an effect


@dataclass(frozen=True)
class Frame:
    """When a plan starts from the register, and the years it shows."""

    baseline: date
    first_effect: int
    from_year: int
    years: list[int]


@dataclass(frozen=True)
class Action:
    """An action that holds all that it needs, with its position in the table."""

    position: int
    home_id: str
    year: int
    what: str
    unit_id: str | None
    unit_kind: str | None
    new_function: str | None
    count: int
    capacity: int | None
    announced: bool

    @property
    def ends(self) -> bool:
        """Say whether no places are left of the unit."""
        return self.what == "close" or (self.what == "convert" and self.capacity is None)


def frame_of(tables: Tables) -> Frame:
    """Return the frame of the one plan of a ledger."""
    (row,) = rows(tables, "plan")
    baseline = date.fromisoformat(required(row, "baseline_on"))
    from_year = int(required(row, "from_year"))
    to_year = int(required(row, "to_year"))
    return Frame(
        baseline,
        baseline.year if baseline.month >= 4 else baseline.year - 1,
        from_year,
        list(range(from_year, to_year + 1)),
    )


def homes_of_plan(tables: Tables, frame: Frame) -> list[Row]:
    """Return the homes open at the baseline."""
    return [home for home in rows(tables, "homes") if is_open(home, frame.baseline)]


def actions_of_plan(tables: Tables, frame: Frame) -> list[Action]:
    """Return the actions of the plan's homes since the baseline's year that hold what they need."""
    homes = [home["home_id"] for home in homes_of_plan(tables, frame)]
    found = []
    for position, row in enumerate(rows(tables, "actions")):
        since_baseline = int(required(row, "fiscal_year")) >= frame.first_effect
        if row["home_id"] in homes and since_baseline and is_complete(row):
            found.append(action_of(position, row))
    return found


def is_complete(row: Row) -> bool:
    """Say whether an action holds all that it needs."""
    what = required(row, "action")
    size = number_in(row, "capacity")
    if what in ("change_capacity", "open") and size is None:
        return False
    if what != "close" and size is not None and size < 1:
        return False
    if what == "open":
        return row.get("unit_kind") is not None and count_of(row) >= 1
    return row.get("unit_id") is not None


def count_of(row: Row) -> int:
    """Count the units that an action is about; one that is named is one, whatever the cell says."""
    count = number_in(row, "count")
    return 1 if count is None or row.get("unit_id") is not None else count


def action_of(position: int, row: Row) -> Action:
    """Read an action."""
    return Action(
        position,
        required(row, "home_id"),
        int(required(row, "fiscal_year")),
        required(row, "action"),
        row.get("unit_id"),
        row.get("unit_kind"),
        row.get("new_function"),
        count_of(row),
        number_in(row, "capacity"),
        row.get("announced") not in NO,
    )


def number_in(row: Row, column: str) -> int | None:
    """Return the whole number in a cell, None if the cell is blank."""
    cell = row.get(column)
    return None if cell is None else int(cell)


# The units of a plan, and their course


@dataclass(frozen=True)
class Unit:
    """A unit with its state at the baseline and the actions that name it."""

    home_id: str
    kind: str
    opening: Action | None
    capacity_at_baseline: int | None
    actions: list[Action]

    @property
    def place(self) -> str:
        """Say where the unit is: in the main building, or a group home."""
        return "main" if self.kind == "main_unit" else "group_home"

    def named_in(self, year: int) -> list[Action]:
        """Return the actions of one year that name the unit, its opening too, in their order."""
        return [action for action in self.actions if action.year == year]


@dataclass(frozen=True)
class State:
    """A unit at a year's end: open or not, and its places (None: not known)."""

    is_open: bool
    capacity: int | None


def units_of_plan(tables: Tables, frame: Frame) -> list[Unit]:
    """Return the units open at the baseline, then those that the actions open."""
    actions = actions_of_plan(tables, frame)
    units: list[Unit] = []
    ids: set[str] = set()
    for row in rows(tables, "units"):
        if unit_is_open(tables, row, frame.baseline):
            unit_id = required(row, "unit_id")
            ids.add(unit_id)
            units.append(
                Unit(
                    required(row, "home_id"),
                    required(row, "kind"),
                    None,
                    capacity_on(tables, row, frame.baseline),
                    actions_on(actions, unit_id, required(row, "home_id"), None),
                )
            )
    for action in sorted(actions, key=lambda action: (action.year, action.position)):
        if action.what != "open" or action.unit_id in ids:
            continue
        if action.unit_id is not None:
            if registered_elsewhere(tables, action):
                continue
            ids.add(action.unit_id)
        units += [opened_unit(action, actions) for _ in range(action.count)]
    return units


def registered_elsewhere(tables: Tables, action: Action) -> bool:
    """Say whether the register gives the unit that an action names to another home."""
    return any(
        unit["unit_id"] == action.unit_id and unit["home_id"] != action.home_id
        for unit in rows(tables, "units")
    )


def opened_unit(opening: Action, actions: list[Action]) -> Unit:
    """Return a unit that an action opens."""
    named = [opening]
    if opening.unit_id is not None:
        named = actions_on(actions, opening.unit_id, opening.home_id, opening)
    return Unit(opening.home_id, opening.unit_kind or "", opening, None, named)


def actions_on(
    actions: list[Action], unit_id: str, home_id: str, opening: Action | None
) -> list[Action]:
    """Return a unit's actions in the order of rows; of the open rows only its own opening."""
    return [
        action
        for action in actions
        if action.unit_id == unit_id
        and action.home_id == home_id
        and (action.what != "open" or action is opening)
    ]


def state_at_end(unit: Unit, frame: Frame, year: int) -> State:
    """Walk from the baseline to a year's end; of several actions in a year the last one holds."""
    state = State(unit.opening is None, unit.capacity_at_baseline)
    for past in range(frame.first_effect, year + 1):
        named = unit.named_in(past)
        if not named or not (state.is_open or unit.opening in named):
            continue
        last = named[-1]
        if last.ends:
            return State(is_open=False, capacity=None)
        state = State(is_open=True, capacity=last.capacity)
    return state


def done_in(unit: Unit, frame: Frame, year: int) -> Action | None:
    """Return the action that holds of a unit in a year, one opened in it too."""
    named = unit.named_in(year)
    there = state_at_end(unit, frame, year - 1).is_open or unit.opening in named
    return named[-1] if there and named else None


def ended_in(unit: Unit, frame: Frame, year: int) -> Action | None:
    """Return the action that leaves a unit without places in a year."""
    action = done_in(unit, frame, year)
    return action if action is not None and action.ends else None


# Year-end tables


def home_row(units: list[Unit], frame: Frame, year: int) -> dict[str, Any]:
    """Return one home's row of a year's end."""
    listed = [deed for unit in units for deed in deeds_of(unit, frame, year)]
    initiatives = grouped(listed, lambda deed: (deed.what, deed.place, *deed.sizes, deed.function))
    return year_row(units, frame, year) | {"initiatives": initiatives}


def year_row(units: list[Unit], frame: Frame, year: int) -> dict[str, Any]:
    """Return the figures of a year's end for some units."""
    main = [capacity_of(unit, frame, year) for unit in open_units(units, frame, year, "main")]
    group = [
        capacity_of(unit, frame, year) for unit in open_units(units, frame, year, "group_home")
    ]
    known = [capacity for capacity in main if capacity is not None]
    total = places(main) + places(group)
    return {
        "fiscal_year": year,
        "main": bands(main) | {"capacity": places(main)},
        "group_homes": bands(group) | {"count": len(group), "capacity": places(group)},
        "total": total,
        "share_percent": percent(places(group), total),
        "elements": {
            "places_per_main_unit": ratio(sum(known), len(known)),
            "main_units_over_six": len([capacity for capacity in known if capacity > 6]),
        },
    }


def open_units(units: list[Unit], frame: Frame, year: int, place: str) -> list[Unit]:
    """Return the units of a place that are open at a year's end."""
    return [
        unit for unit in units if unit.place == place and state_at_end(unit, frame, year).is_open
    ]


def capacity_of(unit: Unit, frame: Frame, year: int) -> int | None:
    """Return the places of a unit at a year's end."""
    return state_at_end(unit, frame, year).capacity


def bands(capacities: list[int | None]) -> dict[str, int]:
    """Count units by band; one whose capacity is not known is in none."""
    known = [capacity for capacity in capacities if capacity is not None]
    return {
        "six_or_more": len([capacity for capacity in known if capacity >= 6]),
        "five_to_four": len([capacity for capacity in known if capacity in (4, 5)]),
        "three_or_fewer": len([capacity for capacity in known if capacity <= 3]),
    }


def places(capacities: list[int | None]) -> int:
    """Add up places; a capacity that is not known adds none."""
    return sum(capacity or 0 for capacity in capacities)


def percent(part: int, whole: int) -> str | None:
    """Write a share in percent: 63 of 112 is "56.3"; None of nothing."""
    return ratio(part * 100, whole)


def ratio(part: int, whole: int) -> str | None:
    """Divide and write one decimal, rounded half up; None if the divisor is 0."""
    if whole == 0:
        return None
    tenths = floor(Fraction(part, whole) * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}"


# Initiatives


@dataclass(frozen=True)
class Deed:
    """What one announced action does to one unit in a year."""

    position: int
    what: str
    place: str
    sizes: tuple[int | None, int | None]
    function: str | None

    @property
    def direction(self) -> str:
        """Say whether the places fall or rise; "unknown" where they were not known before."""
        before, after = self.sizes
        if before is None or after is None:
            return "unknown"
        return "reduction" if after < before else "increase"

    @property
    def label(self) -> str | None:
        """Return the label of the Plan's 主な取組み."""
        if self.what == "change_capacity" and self.direction == "reduction":
            return "小規模化"
        return "地域分散化" if (self.what, self.place) == ("open", "group_home") else None


def deeds_of(unit: Unit, frame: Frame, year: int) -> list[Deed]:
    """Return what happens to a unit in a year: one deed or none."""
    named = unit.named_in(year)
    if not named:
        return []
    if unit.opening is not None and unit.opening in named:
        return opening_told(unit, unit.opening, frame, year)
    before = state_at_end(unit, frame, year - 1)
    after = state_at_end(unit, frame, year)
    unchanged = before == after and named[-1].what != "convert"
    if not before.is_open or unchanged or not named[-1].announced:
        return []
    sizes = (before.capacity, after.capacity)
    function = named[-1].new_function if named[-1].what == "convert" else None
    return [Deed(named[-1].position, named[-1].what, unit.place, sizes, function)]


def opening_told(unit: Unit, opening: Action, frame: Frame, year: int) -> list[Deed]:
    """Tell an opening with the places at the year's end, nothing if it is closed by then."""
    after = state_at_end(unit, frame, year)
    if not after.is_open or not opening.announced:
        return []
    return [Deed(opening.position, "open", unit.place, (None, after.capacity), None)]


def grouped(deeds: list[Deed], key_of: Callable[[Deed], Hashable]) -> list[dict[str, Any]]:
    """Put deeds of one key into one initiative, in the order of their first rows."""
    groups: dict[Hashable, list[Deed]] = {}
    for deed in sorted(deeds, key=lambda deed: deed.position):
        groups.setdefault(key_of(deed), []).append(deed)
    return [initiative(group) for group in groups.values()]


def initiative(group: list[Deed]) -> dict[str, Any]:
    """Tell a group of deeds; a place or size on which they do not agree is "both" or None."""
    only_place = agreed(deed.place for deed in group)
    return {
        "action": group[0].what,
        "place": "both" if only_place is None else only_place,
        "count": len(group),
        "from": agreed(deed.sizes[0] for deed in group),
        "to": agreed(deed.sizes[1] for deed in group),
        "label": group[0].label,
    }


def agreed(values: Iterable[T]) -> T | None:
    """Return the one value that all have, None if they differ."""
    different = set(values)
    return different.pop() if len(different) == 1 else None


# The authority's row: targets and need


def authority_row(tables: Tables, units: list[Unit], frame: Frame, year: int) -> dict[str, Any]:
    """Return the authority's row of a year's end: the homes' sums, its targets, and the need."""
    listed = [deed for unit in units for deed in deeds_of(unit, frame, year)]
    row = year_row(units, frame, year)
    target = targets_of(tables, row, year)
    need = need_of(tables, year)
    total = target["total"]["value"]
    return row | {
        "initiatives": grouped(listed, authority_key),
        "target": target,
        "need": need,
        "difference": total - row["total"],
        "gap": None if need is None else total - need,
        "gap_homes": None if need is None else row["total"] - need,
    }


def authority_key(deed: Deed) -> Hashable:
    """Put all reductions together and all increases; the rest by what it is and its place."""
    if deed.what == "change_capacity":
        return (deed.what, deed.direction)
    return (deed.what, deed.place)


def targets_of(tables: Tables, row: dict[str, Any], year: int) -> dict[str, Any]:
    """Return the targets of all items; without a value the homes' sum."""
    found: dict[str, Any] = {}
    for item, part, figure in TARGET_ITEMS:
        given: Row = {}
        for target in rows(tables, "targets"):
            if target["item"] == item and target["fiscal_year"] == str(year):
                given = target
        value = number_in(given, "value")
        sums = row if part is None else row[part]
        found[item] = {
            "value": sums[figure] if value is None else value,
            "approximate": given.get("approximate") in YES,
            "reason": given.get("reason"),
        }
    share = percent(found["group_capacity"]["value"], found["total"]["value"])
    return found | {"share_percent": share}


def need_of(tables: Tables, year: int) -> int | None:
    """Return the children of three and over: both their bands, or the row that has them in one."""
    children = {
        row["age_band"]: int(required(row, "children"))
        for row in rows(tables, "need")
        if row["fiscal_year"] == str(year)
    }
    if "preschool" in children and "school_age" in children:
        return children["preschool"] + children["school_age"]
    return children.get("three_and_over")


# Budget


def homes_opened(units: list[Unit], frame: Frame, year: int) -> list[Unit]:
    """Return the group homes that the plan opens in a year, one closed again in it too."""
    return [
        unit
        for unit in units
        if unit.place == "group_home"
        and unit.opening is not None
        and unit.opening.year == year >= frame.from_year
    ]


def homes_running(units: list[Unit], frame: Frame, year: int) -> list[Unit]:
    """Return the group homes opened up to a year, less those that ended in an earlier one."""
    return [
        unit
        for past in range(frame.from_year, year + 1)
        for unit in homes_opened(units, frame, past)
        if not any(ended_in(unit, frame, later) for later in range(past, year))
    ]


def units_converted(units: list[Unit], frame: Frame, first: int, last: int) -> list[Unit]:
    """Return the units converted in a span of years, none before the plan's first, each once.

    A unit that kept places and was closed in an earlier year than the last is no more paid for.
    """
    years = range(max(first, frame.from_year), last + 1)
    found = []
    for unit in units:
        done = [done_in(unit, frame, year) for year in years]
        converted = any(action is not None and action.what == "convert" for action in done)
        if converted and not any(action and action.what == "close" for action in done[:-1]):
            found.append(unit)
    return found


def units_reduced(units: list[Unit], frame: Frame, year: int) -> list[Unit]:
    """Return the units whose places are lowered in a year, of those open at the end of the last."""
    found = []
    for unit in units:
        before = state_at_end(unit, frame, year - 1)
        done = done_in(unit, frame, year)
        if done is None or done.what != "change_capacity" or not before.is_open:
            continue
        if is_less(done.capacity, before.capacity):
            found.append(unit)
    return found


def is_less(after: int | None, before: int | None) -> bool:
    """Say whether a number of places is lower than another, both being known."""
    return after is not None and before is not None and after < before


def costs_in_force(tables: Tables, year: int) -> list[Row]:
    """Give, of each cost, the row of the latest fiscal year that is not after a year."""
    found = []
    for row in rows(tables, "costs"):
        same = [other for other in rows(tables, "costs") if cost_key(other) == cost_key(row)]
        years = [int(required(other, "fiscal_year")) for other in same]
        begun = [begin for begin in years if begin <= year]
        if begun and int(required(row, "fiscal_year")) == max(begun):
            found.append(row)
    return found


def cost_key(row: Row) -> tuple[str | None, ...]:
    """Return what makes two rows prices of one cost."""
    return (row["item"], row["account"], row["timing"], basis_of(row))


def basis_of(row: Row) -> str:
    """Return what a cost is counted by."""
    return row.get("basis") or "opened_home"


def cost_line(
    cost: Row, costs: list[Row], units: list[Unit], frame: Frame, year: int
) -> dict[str, Any]:
    """Return one line of expenditure, with what of it is eligible."""
    number = number_of(cost, units, frame, year)
    amount = floor(
        Fraction(int(required(cost, "amount")) * months_of(cost, number, units, frame, year), 12)
    )
    return {
        "item": cost["item"],
        "account": cost["account"],
        "timing": cost["timing"],
        "homes": number,
        "amount": amount,
        "eligible": eligible(cost, costs, number, amount),
        "revenue_account": cost.get("revenue_account"),
        "programme": cost.get("programme"),
        "share": cost.get("national_share"),
        "prefecture_programme": cost.get("prefecture_programme"),
        "prefecture_share": cost.get("prefecture_share"),
    }


def months_of(cost: Row, number: int, units: list[Unit], frame: Frame, year: int) -> int:
    """Count the months a line pays for: twelve of each, fewer of those that begin in the year."""
    begun = 0
    if basis_of(cost) == "opened_home":
        begun = len(homes_opened(units, frame, year))
    if basis_of(cost) == "converted_unit":
        before = units_ever_converted(units, frame, year - 1)
        begun = len(
            [unit for unit in units_ever_converted(units, frame, year) if unit not in before]
        )
    if cost["timing"] == "initial" or cost.get("months") is None:
        return 12 * number
    return 12 * (number - begun) + int(required(cost, "months")) * begun


def units_ever_converted(units: list[Unit], frame: Frame, last: int) -> list[Unit]:
    """Return the units converted in any of the plan's years up to one."""
    return [
        unit
        for unit in units
        if any(
            (done := done_in(unit, frame, year)) is not None and done.what == "convert"
            for year in range(frame.from_year, last + 1)
        )
    ]


def number_of(cost: Row, units: list[Unit], frame: Frame, year: int) -> int:
    """Count what a cost is multiplied by in a year."""
    initial = cost["timing"] == "initial"
    if basis_of(cost) == "year":
        return 1 if not initial or cost["fiscal_year"] == str(year) else 0
    if basis_of(cost) == "converted_unit":
        first = year if initial else frame.from_year
        return len(units_converted(units, frame, first, year))
    if basis_of(cost) == "reduced_unit":
        return len(units_reduced(units, frame, year))
    counted = homes_opened if initial else homes_running
    return len(counted(units, frame, year))


def eligible(cost: Row, costs: list[Row], number: int, amount: int) -> Fraction:
    """Return what the State takes into account of a line."""
    rule = cost.get("eligible_rule") or "none"
    if rule == "full":
        return Fraction(amount)
    if rule == "none":
        return Fraction(0)
    _, months, item = rule.split(":", 2)
    limit = Fraction(int(months) * annual_amount(costs, item) * number, 12)
    return min(Fraction(amount), limit)


def annual_amount(costs: list[Row], item: str) -> int:
    """Return the annual amount of an item in force, 0 if there is none."""
    for cost in costs:
        if cost["item"] == item and cost["timing"] == "annual":
            return int(required(cost, "amount"))
    return 0


def revenue_of(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the State and the prefecture pay, floored to the yen once for each.

    By who pays, account, programme and share. The ledger has no account of the prefecture's part.
    """
    sums: dict[tuple[Any, ...], Fraction] = {}
    for line in lines:
        for key in (
            ("state", line["revenue_account"], line["programme"], line["share"]),
            ("prefecture", None, line["prefecture_programme"], line["prefecture_share"]),
        ):
            *_, programme, share = key
            if programme is not None and share is not None:
                sums[key] = sums.get(key, Fraction(0)) + line["eligible"]
    return [
        {
            "account": account,
            "programme": programme,
            "eligible_base": floor(base),
            "share": share,
            "amount": floor(base * Fraction(share)),
            "funder": funder,
        }
        for (funder, account, programme, share), base in sums.items()
    ]
