"""Random small cases of a proposal, and the ledger that holds one."""

from __future__ import annotations

from dataclasses import replace

from .every_plan import Case, Cost, Opening, Unit
from .generate import Dice, Row, Tables

KINDS = ("main_unit", "main_unit", "community_home", "branch_group_care", "other_group_home")
SIZES = (4, 5, 6, 6, 7, 7, 8, 3)
SHARES = ("1/2", "1/2", "2/3", "1/3")
LIMITS = (
    *("openings_per_year", "budget", "new_staff_per_year", "shortage"),
    *("residents", "keep_main", "group_limit", "main_limit"),
)


def random_case(seed: int) -> tuple[Case, dict[str, int]]:
    """Return a random case and its limits' numbers, the same ones for the same seed."""
    dice = Dice(seed)
    homes = tuple(f"h{number}" for number in range(dice.pick((0, 1, 1, 1, 2, 2, 2))))
    years = tuple(range(2022, 2022 + dice.pick((1, 2, 2, 3))))
    kept = dice.chance(0.2) and bool(homes)
    units = [
        Unit(
            f"u{number}",
            dice.pick(homes),
            dice.pick(KINDS),
            None if dice.chance(0.05) else dice.pick(SIZES),
        )
        for number in range(dice.pick((1, 2, 2, 3, 3, 4)) if homes else 0)
    ]
    places = sum(unit.places or 0 for unit in units)
    case = Case(
        homes,
        tuple(units),
        years,
        dice.pick((None, years[0], years[-1], years[-1], 2040)),
        {year: max(places + dice.between(-8, 8), 0) for year in years if not dice.chance(0.15)},
        {home: max(dice.between(0, 12), 1) for home in homes if dice.chance(0.5)},
        tuple(_costs(dice)),
        dice.pick(("community_home", "branch_group_care")),
        dice.pick((0, 0, 3)),
        (Opening(dice.pick(homes), dice.pick(years), 1, dice.pick((4, 6))),) if kept else (),
        tuple(_pinned(dice, units, years)),
    )
    numbers = {
        "openings_per_year": dice.pick((0, 1, 1, 2, 2)) if len(homes) < 2 else dice.pick((0, 1, 1)),
        "budget": dice.between(0, 8) * case.costs[0].amount + 7,
        "new_staff_per_year": dice.between(-1, 12),
        "shortage": 0,
        "residents": 0,
        "keep_main": dice.between(1, 14),
        "group_limit": 5,
        "main_limit": 6,
    }
    always = {"openings_per_year", "residents"}
    optional = {name: dice.chance(0.75) for name in ("group_limit", "main_limit")}
    some = {name: dice.chance(0.3) for name in ("budget", "new_staff_per_year", "keep_main")}
    some["shortage"] = dice.chance(0.35)
    return case, {
        name: number
        for name, number in numbers.items()
        if name in always or optional.get(name) or some.get(name)
    }


def _pinned(
    dice: Dice, units: list[Unit], years: tuple[int, ...]
) -> list[tuple[str, int, str, int | None]]:
    """Return an action that must stay, now and then."""
    open_to_it = [unit for unit in units if unit.places is not None and unit.places > 4]
    if not open_to_it or dice.chance(0.8):
        return []
    unit, year = dice.pick(open_to_it), dice.pick(years)
    if unit.kind == "main_unit" and dice.chance(0.5):
        return [(unit.unit_id, year, "close", None)]
    return [(unit.unit_id, year, "reduce", dice.between(4, (unit.places or 0) - 1))]


def _costs(dice: Dice) -> list[Cost]:
    """Return prices of which some divide evenly and some do not."""
    amount = 1_000 if dice.chance(0.5) else 1
    found = [
        *(
            Cost(
                "家賃", "annual", "opened_home", 3_600 * amount * dice.between(1, 3), *_borne(dice)
            ),
        ),
        *(Cost("礼金", "initial", "opened_home", 1_987 * amount, *_borne(dice, rent=True)),),
        *(Cost("備品", "initial", "opened_home", 8_000 * amount + 1, *_borne(dice)),),
    ]
    if dice.chance(0.4):
        found.append(Cost("改修", "initial", "reduced_unit", 1_111 * amount, *_borne(dice)))
    if dice.chance(0.3):
        found.append(Cost("研修", "annual", "year", 700 * amount, *_borne(dice)))
    if dice.chance(0.2):
        found.append(Cost("調査", "initial", "year", 901, *_borne(dice)))
    return found


def with_months(case: Case, seed: int) -> Case:
    """Return a case with annual items of which a first year does not come to whole yen."""
    dice = Dice(seed)
    items = [
        Cost(
            f"月割{number}",
            "annual",
            "opened_home",
            1_000 * dice.between(1, 9) + dice.pick((1, 5, 7, 11)),
            *_borne(dice),
            months=dice.pick((1, 5, 7, 9)),
        )
        for number in range(dice.between(1, 2))
    ]
    return replace(case, costs=(*case.costs, *items))


def _borne(dice: Dice, *, rent: bool = False) -> tuple[str | None, str, str, int]:
    programme = dice.pick(("負担金", "負担金", "補助金", None))
    rule = (
        "months_of_rent:2:家賃"
        if rent and dice.chance(0.5)
        else dice.pick(("full", "full", "none"))
    )
    return (programme, dice.pick(SHARES), rule, 2020)


def tables_of(case: Case) -> Tables:
    """Write the ledger of a case."""
    tables: Tables = {
        "authorities": [
            {"authority_code": "990001", "name": "架空県", "kind": "prefecture"},
        ],
        "homes": [
            {
                "home_id": home,
                "name": f"架空{home}",
                "operator": "架空会",
                "authority_code": "990001",
            }
            for home in case.homes
        ],
        "units": [
            {"unit_id": unit.unit_id, "home_id": unit.home, "name": unit.unit_id, "kind": unit.kind}
            for unit in case.units
        ],
        "capacities": [
            {
                "unit_id": unit.unit_id,
                "effective_from": "2019-04-01",
                "capacity": str(unit.places),
            }
            for unit in case.units
            if unit.places is not None
        ],
        "plan": [
            {
                "title": "架空計画",
                "baseline_on": f"{case.years[0] - 1}-09-30",
                "from_year": str(case.years[0] - 1),
                "to_year": str(case.years[-1]),
                "goal_year": None if case.goal_year is None else str(case.goal_year),
            }
        ],
        "need": [
            {"fiscal_year": str(year), "age_band": "three_and_over", "children": str(children)}
            for year, children in case.need.items()
        ],
        "occupancy": [
            {
                "as_of": "2021-08-01",
                "population": "residents",
                "home_id": home,
                "place": "all",
                "children": str(children),
            }
            for home, children in case.residents.items()
        ],
        "actions": [
            {
                "home_id": one.home,
                "fiscal_year": str(one.year),
                "action": "open",
                "unit_kind": case.open_kind,
                "count": str(one.count),
                "capacity": str(one.places),
            }
            for one in case.kept
        ],
        "costs": [_cost_row(cost) for cost in case.costs],
    }
    if case.staff_of_others:
        tables["parameters"] = [
            {
                "name": "staff_of_other_units",
                "effective_from": "2019-04-01",
                "value": str(case.staff_of_others),
                "source": "架空の要綱",
            }
        ]
    return tables


def _cost_row(cost: Cost) -> Row:
    return {
        "fiscal_year": str(cost.year),
        "item": cost.item,
        "account": "扶助費",
        "timing": cost.timing,
        "basis": cost.basis,
        "amount": str(cost.amount),
        "months": None if cost.months is None else str(cost.months),
        "programme": cost.programme,
        "national_share": None if cost.programme is None else cost.share,
        "eligible_rule": cost.rule,
    }
