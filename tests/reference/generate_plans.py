"""Random small plans: units of all kinds, actions of all sorts, targets, need and costs.

A ledger respects whatever would stop its reading (required cells, keys, existing ids), and may
hold anything that a check only reports: an action on a closed unit, two changes of one unit in a
year, an opening without a size.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

from .generate import COLUMNS, Dice, Row, Tables, authority

PLAN_COLUMNS = COLUMNS | {
    "plan": ("title", "baseline_on", "from_year", "to_year", "goal_year"),
    "actions": (
        *("home_id", "fiscal_year", "action", "unit_id", "unit_kind", "new_function"),
        *("count", "capacity", "announced", "note"),
    ),
    "need": ("fiscal_year", "age_band", "children", "basis"),
    "targets": ("fiscal_year", "item", "value", "approximate", "reason"),
    "costs": (
        *("fiscal_year", "item", "account", "timing", "basis", "amount", "programme"),
        *("revenue_account", "national_share", "prefecture_programme", "prefecture_share"),
        *("eligible_rule", "months", "source"),
    ),
}
KINDS = {"main_unit": 5, "community_home": 3, "branch_group_care": 2, "other_group_home": 1}
SIZES = {1: 1, 2: 1, 3: 2, 4: 5, 5: 5, 6: 6, 7: 4, 8: 1, 12: 1}
FUNCTIONS = ("high_care", "temporary_protection", "family_support", "foster_support", "other")
ITEMS = (
    *("main_six_or_more", "main_five_to_four", "main_capacity", "group_six_or_more"),
    *("group_five_to_four", "group_count", "group_capacity", "total"),
)
COSTS = (  # item, timing, basis, whether its rule may name the rent
    ("家賃等", "annual", "opened_home", False),
    ("礼金等", "initial", "opened_home", True),
    ("備品購入費", "initial", "opened_home", False),
    ("改修費", "initial", "converted_unit", True),
    ("転用後の運営費", "annual", "converted_unit", False),
    ("引下げに伴う改修費", "initial", "reduced_unit", True),
    ("研修費", "annual", "year", False),
    ("調査費", "initial", "year", True),
)


def random_plan_tables(seed: int) -> Tables:
    """Return a random ledger of one authority with one plan, the same one for the same seed."""
    dice = Dice(seed)
    frame = plan(dice)
    first, last = int(frame["from_year"] or 0), int(frame["to_year"] or 0)
    baseline = date.fromisoformat(frame["baseline_on"] or "")
    homes = [home(dice, number, baseline) for number in range(1, dice.pick((1, 1, 2, 2, 3, 4)) + 1)]
    units = [unit for row in homes for unit in units_of(dice, row, baseline)]
    tables: Tables = {
        "authorities": [authority()],
        "homes": homes,
        "units": units,
        "capacities": [size for unit in units for size in sizes_of(dice, unit, baseline)],
        "plan": [frame],
        "actions": actions(dice, homes, units, first, last),
        "need": [need for year in range(first, last + 1) for need in needs(dice, year)],
        "targets": targets(dice, first, last),
        "costs": costs(dice, first, last),
    }
    for name in ("homes", "units", "capacities", "need", "targets", "costs"):
        dice.random.shuffle(tables[name])
    return {name: [complete(name, row) for row in rows] for name, rows in tables.items()}


def write_plan_csv(tables: Tables, folder: Path) -> None:
    """Write one CSV file a table (UTF-8, English headers) into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, PLAN_COLUMNS[name], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def complete(name: str, row: Row) -> Row:
    """Fill the blank columns of a row."""
    return {column: row.get(column) for column in PLAN_COLUMNS[name]}


# The plan and the register at its baseline


def plan(dice: Dice) -> Row:
    """Return a plan of one to eight years, its baseline at most two years before."""
    year = dice.focus
    day = dice.pick(
        (date(year, 4, 1), date(year, 9, 30), date(year + 1, 3, 31), date(year, 12, 25))
    )
    first = year + dice.weigh({0: 12, 1: 4, 2: 2, -1: 1})
    last = first + dice.weigh({0: 3, 1: 4, 2: 4, 3: 2, 4: 1, 7: 1})
    return {
        "title": "計画",
        "baseline_on": day.isoformat(),
        "from_year": str(first),
        "to_year": str(last),
        "goal_year": dice.maybe(0.5, lambda: str(last + dice.between(0, 5))),
    }


def near(dice: Dice, baseline: date) -> str:
    """Return a day on, next to or well after the baseline."""
    return (baseline + timedelta(days=dice.pick((-400, -1, 0, 1, 2, 200, 500)))).isoformat()


def home(dice: Dice, number: int, baseline: date) -> Row:
    """Return a home, mostly open at the baseline."""
    return authority() | {
        "home_id": f"H{number}",
        "name": f"{'ABCD'[number - 1]} 園",
        "operator": "法人",
        "opened_on": dice.maybe(0.08, lambda: near(dice, baseline)),
        "closed_on": dice.maybe(0.08, lambda: near(dice, baseline)),
    }


def units_of(dice: Dice, of_home: Row, baseline: date) -> list[Row]:
    """Return the units of a home, mostly open at the baseline."""
    return [
        {
            "unit_id": f"{of_home['home_id']}-U{number}",
            "home_id": of_home["home_id"],
            "name": f"ユニット{number}",
            "kind": dice.weigh(KINDS),
            "opened_on": dice.maybe(0.12, lambda: near(dice, baseline)),
            "closed_on": dice.maybe(0.1, lambda: near(dice, baseline)),
        }
        for number in range(1, dice.pick((0, 1, 2, 3, 4, 6, 8)) + 1)
    ]


def sizes_of(dice: Dice, unit: Row, baseline: date) -> list[Row]:
    """Return a unit's capacities: one from long ago, and others about the baseline."""
    days = [near(dice, baseline) for _ in range(dice.weigh({0: 6, 1: 2, 2: 1}))]
    if dice.chance(0.93):
        days.append("2010-04-01")
    return [
        {"unit_id": unit["unit_id"], "effective_from": day, "capacity": str(dice.weigh(SIZES))}
        for day in sorted(set(days))
    ]


# Actions


def actions(dice: Dice, homes: list[Row], units: list[Row], first: int, last: int) -> list[Row]:
    """Return actions that crowd on few units and years, in any order."""
    crowd = dice.pick((1, 2, 8))
    found = [
        action(dice, dice.pick(homes), units, first, last, crowd)
        for _ in range(dice.pick((0, 2, 5, 10, 20, 30)))
    ]
    opened = {row["unit_id"] for row in found if row["action"] == "open"}
    known = opened | {unit["unit_id"] for unit in units}
    for row in found:
        if row["unit_id"] not in known:
            row["unit_id"] = dice.pick(units)["unit_id"] if units and dice.chance(0.9) else None
    if dice.chance(0.6):
        found.sort(key=lambda row: row["fiscal_year"] or "")
    return found


def action(dice: Dice, of_home: Row, units: list[Row], first: int, last: int, crowd: int) -> Row:
    """Return an action; one in twenty lacks a cell, or names another home's unit."""
    what = dice.weigh({"change_capacity": 8, "open": 6, "close": 3, "convert": 2})
    year = dice.between(first - 1, last + 1) if crowd > 1 else first + dice.between(0, 1)
    row: Row = {
        "home_id": of_home["home_id"],
        "fiscal_year": str(year),
        "action": what,
        "unit_id": named_unit(dice, of_home, units, what, crowd),
        "count": dice.weigh({None: 8, "1": 4, "2": 1, "0": 1}),
        "capacity": dice.maybe(0.1, lambda: str(dice.weigh(SIZES))),
        "announced": dice.weigh({None: 4, "1": 4, "0": 2}),
    }
    if what in ("change_capacity", "open"):
        row["capacity"] = str(dice.weigh(SIZES))
    if what == "open":
        row["unit_kind"] = dice.weigh(KINDS)
        row["count"] = dice.weigh({None: 5, "1": 4, "2": 3, "3": 1, "0": 1})
    if what == "convert":
        row["new_function"] = dice.maybe(0.9, lambda: dice.pick(FUNCTIONS))
        row["capacity"] = dice.maybe(0.5, lambda: str(dice.weigh(SIZES)))
    if dice.chance(0.05):
        row[dice.pick(("capacity", "unit_id", "unit_kind"))] = None
    if dice.chance(0.03):
        row["capacity"] = dice.pick(("0", "-1"))
    return row


def named_unit(dice: Dice, of_home: Row, units: list[Row], what: str, crowd: int) -> str | None:
    """Return the unit an action names: one of the home, one it opens, rarely any unit."""
    new = f"{of_home['home_id']}-N{dice.between(1, crowd)}"
    name = dice.weigh(
        {"new": 5, "blank": 4, "any": 1} if what == "open" else {"own": 8, "new": 5, "any": 1}
    )
    own = [unit["unit_id"] for unit in units if unit["home_id"] == of_home["home_id"]]
    if name == "own" and own:
        return dice.pick(own[: crowd * 2])
    if name == "any" and units:
        return dice.pick(units)["unit_id"]
    return None if name == "blank" else new


# Need, targets and costs


def needs(dice: Dice, year: int) -> list[Row]:
    """Return a year's need: in bands, in one row, in part, or not at all."""
    bands = dice.weigh(
        {
            ("under_3", "preschool", "school_age"): 6,
            ("preschool", "school_age"): 1,
            ("three_and_over",): 3,
            ("under_3", "three_and_over"): 1,
            ("under_3", "school_age"): 1,
            ("under_3",): 1,
            (): 2,
        }
    )
    return [
        {
            "fiscal_year": str(year),
            "age_band": band,
            "children": str(dice.between(0, 40)),
            "basis": dice.pick((None, "forecast", "actual")),
        }
        for band in bands
    ]


def targets(dice: Dice, first: int, last: int) -> list[Row]:
    """Return targets of the plan's years and those next to it, with and without a value."""
    share = dice.pick((0.0, 0.2, 0.7))
    return [
        {
            "fiscal_year": str(year),
            "item": item,
            "value": dice.maybe(0.6, lambda: str(dice.between(0, 60))),
            "approximate": dice.pick((None, "1", "0")),
            "reason": dice.maybe(0.3, lambda: "調整中"),
        }
        for year in range(first - 1, last + 2)
        for item in ITEMS
        if dice.chance(share)
    ]


def costs(dice: Dice, first: int, last: int) -> list[Row]:
    """Return the prices of some costs, each of one or several years."""
    found: list[Row] = []
    for item, timing, basis, may_name_rent in COSTS:
        if dice.chance(0.7):
            same = priced(dice, item, timing, basis, may_name_rent)
            years = {dice.between(first - 2, last + 1) for _ in range(dice.between(1, 3))}
            found += [
                same | {"fiscal_year": str(year), "amount": amount(dice)} for year in sorted(years)
            ]
    return found


def amount(dice: Dice) -> str:
    """Return yen that do not divide evenly by twelve or by a share."""
    return str(dice.pick((0, 1, 7_062_000, dice.between(1, 9_999_999))))


def priced(dice: Dice, item: str, timing: str, basis: str, may_name_rent: bool) -> Row:
    """Return what the prices of one cost share: what counts it, and what the State pays of it."""
    rules: dict[str | None, int] = {"full": 4, "none": 1, None: 1}
    if may_name_rent:
        rules |= {f"months_of_rent:{dice.between(0, 14)}:家賃等": 8}
    return {
        "item": item,
        "account": dice.pick(("扶助費", "補助金")),
        "timing": timing,
        "basis": None if basis == "opened_home" and dice.chance(0.5) else basis,
        "programme": dice.weigh({None: 1, "負担金": 4, "補助金": 3}),
        "revenue_account": dice.weigh({None: 1, "国庫負担": 4, "国庫補助": 2}),
        "national_share": dice.weigh({None: 1, "1/2": 4, "2/3": 3, "1/3": 1}),
        "prefecture_programme": dice.weigh({None: 4, "県補助金": 2}),
        "prefecture_share": dice.weigh({None: 2, "1/4": 2, "1/3": 1}),
        "eligible_rule": dice.weigh(rules),
        "months": dice.weigh({None: 3, "12": 1, "7": 1, "1": 1}),
    }
