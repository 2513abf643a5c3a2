"""Invented authorities for the proposals: homes of all sizes, what they must keep, ten years."""

from collections.abc import Sequence
from random import Random

import polars as pl

from shokibo.ledger.model import Ledger, ledger_of
from shokibo.planning.proposal.limits import Limits

BASELINE, FIRST = "2021-09-30", 2022
CODE = "131121"
MAIN_SIZES, GROUP_SIZES = (5, 6, 6, 7, 8, 12), (4, 5, 6, 6, 6)
KINDS = ("community_home", "branch_group_care", "other_group_home")
COSTS = (
    ("架空 礼金等", "initial", 1_987_000, "負担金", "1/2", "months_of_rent:2:架空 家賃等"),
    ("架空 家賃等", "annual", 7_062_000, "負担金", "1/2", "full"),
    ("架空 備品購入費", "initial", 8_000_000, "補助金", "2/3", "full"),
)
"""Item, timing, yen, programme, its share, what is eligible."""


def authority(seed: int, homes: int, years: int) -> tuple[Ledger, Limits]:
    """Return an authority's ledger and limits that bind; the same ones for the same seed."""
    dice = Random(seed)
    units = [unit for home in range(homes) for unit in _units(dice, home)]
    places = {home: sum(size for of, _, size in units if of == home) for home in range(homes)}
    children = {home: places[home] * dice.randint(70, 95) // 100 for home in places}
    last = FIRST + years - 1
    need = sum(places.values())
    wanted = []
    for year in range(FIRST, last + 1):
        need += dice.randint(-homes, homes)
        wanted.append((year, "three_and_over", max(need, 0)))
    ids = [f"U{number:04}" for number in range(len(units))]
    frames: dict[str, dict[str, Sequence[object]]] = {
        "authorities": {"authority_code": [CODE], "name": ["架空県"], "kind": ["prefecture"]},
        "homes": {
            "home_id": [f"H{home:03}" for home in range(homes)],
            "name": [f"架空学園{home}" for home in range(homes)],
            "operator": ["架空会"] * homes,
            "authority_code": [CODE] * homes,
        },
        "units": {
            "unit_id": ids,
            "home_id": [f"H{home:03}" for home, _, _ in units],
            "name": [f"架空 {one}" for one in ids],
            "kind": [kind for _, kind, _ in units],
        },
        "capacities": {
            "unit_id": ids,
            "effective_from": ["2019-04-01"] * len(ids),
            "capacity": [size for _, _, size in units],
        },
        "plan": {
            "title": ["架空 計画"],
            "baseline_on": [BASELINE],
            "from_year": [FIRST - 1],
            "to_year": [last],
            "goal_year": [last],
        },
        "need": dict(
            zip(("fiscal_year", "age_band", "children"), zip(*wanted, strict=True), strict=True)
        ),
        "occupancy": {
            "as_of": ["2021-08-01"] * homes,
            "population": ["residents"] * homes,
            "home_id": [f"H{home:03}" for home in children],
            "place": ["all"] * homes,
            "children": list(children.values()),
        },
        "costs": {
            "fiscal_year": [2021] * len(COSTS),
            "item": [item for item, *_ in COSTS],
            "account": ["扶助費"] * len(COSTS),
            "timing": [timing for _, timing, *_ in COSTS],
            "amount": [amount for _, _, amount, *_ in COSTS],
            "programme": [programme for *_, programme, _, _ in COSTS],
            "national_share": [share for *_, share, _ in COSTS],
            "eligible_rule": [rule for *_, rule in COSTS],
        },
    }
    ledger = ledger_of({name: _frame(columns) for name, columns in frames.items()})
    pace = max(1, homes // 3)
    return ledger, Limits(
        openings_per_year=pace,
        budget=dice.choice((None, pace * years * 2_500_000)),
        new_staff_per_year=dice.choice((None, None, homes * 3)),
        keep_main=dice.choice((0, 4, 6)),
    )


def _units(dice: Random, home: int) -> list[tuple[int, str, int]]:
    """Return home, kind and places of a home's units."""
    main = [(home, "main_unit", dice.choice(MAIN_SIZES)) for _ in range(dice.randint(1, 6))]
    group = [
        (home, dice.choice(KINDS), dice.choice(GROUP_SIZES)) for _ in range(dice.randint(0, 5))
    ]
    return main + group


def _frame(columns: dict[str, Sequence[object]]) -> pl.DataFrame:
    frame = pl.DataFrame(columns, strict=False)
    days = [name for name in ("baseline_on", "as_of", "effective_from") if name in frame.columns]
    return frame.with_columns(pl.col(days).str.to_date("%Y-%m-%d"))
