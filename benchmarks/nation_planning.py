"""The plans of a synthetic nation: plan, actions, need, targets, occupancy and costs."""

import datetime as dt
from itertools import product

import numpy as np
import polars as pl

from benchmarks.dice import Dice, Ints, april_first, ids, march_last, place_in_group
from benchmarks.nation_register import Homes, Size, Units, authority_code, codes_of

AGE_BANDS = {"under_3": 8, "preschool": 18, "school_age": 80}
"""Age bands with about how many children need a place, in per cent of an authority's places."""
PLACED = {"main": 45, "group_home": 30, "infant_home": 5}
"""Where an authority's children are, in per cent of its homes' places."""
NEW_FUNCTIONS = {"temporary_protection": 4, "family_support": 3, "foster_support": 3}
TARGET_ITEMS = (
    "main_six_or_more",
    "main_five_to_four",
    "main_capacity",
    "group_six_or_more",
    "group_five_to_four",
    "group_count",
    "group_capacity",
    "total",
)
COSTS = (
    ("架空 礼金、仲介手数料等", "扶助費", "initial", 1_500_000, "months_of_rent:2:架空 家賃等"),
    ("架空 家賃等", "扶助費", "annual", 6_000_000, "full"),
    ("架空 備品購入費", "補助金", "initial", 5_000_000, "full"),
)
"""Item, account, timing, about what amount in yen, eligible rule."""


def baseline_year(size: Size) -> int:
    """Return the fiscal year in which the plans start."""
    return size.first_year + size.years * 6 // 10


def plan(size: Size) -> pl.DataFrame:
    """Return the table of plans, one an authority."""
    year = baseline_year(size)
    return _codes(size).with_columns(
        title=pl.lit("架空 小規模かつ地域分散化計画"),
        baseline_on=dt.date(year, 9, 30),
        from_year=year,
        to_year=size.last_year,
        goal_year=size.last_year + 5,
        period_from=dt.date(year, 12, 1),
        adopted_on=dt.date(year, 12, 1),
    )


def _codes(size: Size) -> pl.DataFrame:
    codes = [authority_code(number) for number in range(size.authorities)]
    return pl.DataFrame({"authority_code": codes})


def actions(dice: Dice, size: Size, homes: Homes, units: Units) -> pl.DataFrame:
    """Return the table of actions: no unit has more than one in the whole plan."""
    years = size.last_year - baseline_year(size)
    lasting = np.flatnonzero((units.kind == "main_unit") & np.isnat(units.closed))
    place = place_in_group(units.home[lasting])
    reduced, left = lasting[place < years], lasting[place == years]
    year = baseline_year(size) + 1 + place[place < years]
    parts = [
        _reductions(dice, size, units, reduced, year),
        _endings(dice, size, units, left),
        _openings(dice, size),
    ]
    ordered = pl.concat(parts, how="diagonal").sort("home_id", "fiscal_year", maintain_order=True)
    code_of_home = pl.DataFrame(
        {
            "home_id": ids("H", np.arange(size.homes)),
            "authority_code": codes_of(homes.authority),
        }
    )
    return ordered.join(code_of_home, on="home_id", how="left", maintain_order="left").with_columns(
        note=pl.lit("架空 合成データ")
    )


def _reductions(dice: Dice, size: Size, units: Units, unit: Ints, year: Ints) -> pl.DataFrame:
    is_unchanged = ~(units.changed[unit] > april_first(np.full(len(unit), baseline_year(size))))
    capacity = np.where(is_unchanged, units.last[unit], units.first[unit])
    chosen = (capacity > 4) & dice.chance(0.6, len(unit))
    count = int(chosen.sum())
    return pl.DataFrame(
        {
            "home_id": ids("H", units.home[unit][chosen]),
            "fiscal_year": year[chosen],
            "action": np.full(count, "change_capacity"),
            "unit_id": ids("U", unit[chosen]),
            "capacity": capacity[chosen] - 1,
            "announced": dice.chance(0.9, count),
        }
    )


def _endings(dice: Dice, size: Size, units: Units, unit: Ints) -> pl.DataFrame:
    """Close or convert a main unit in the plan's last year."""
    chosen = unit[dice.chance(0.3, len(unit))]
    converts = dice.chance(0.7, len(chosen))
    functions = dice.codes(NEW_FUNCTIONS, len(chosen))
    return (
        pl.DataFrame(
            {
                "home_id": ids("H", units.home[chosen]),
                "fiscal_year": np.full(len(chosen), size.last_year),
                "action": np.where(converts, "convert", "close"),
                "unit_id": ids("U", chosen),
                "converts": converts,
                "new_function": functions,
            }
        )
        .with_columns(new_function=pl.when("converts").then("new_function"))
        .drop("converts")
    )


def _openings(dice: Dice, size: Size) -> pl.DataFrame:
    home = np.flatnonzero(dice.chance(0.3, size.homes))
    count = len(home)
    kinds = {"community_home": 1.0, "branch_group_care": 1.0}
    return pl.DataFrame(
        {
            "home_id": ids("H", home),
            "fiscal_year": dice.between(baseline_year(size), size.last_year, count),
            "action": np.full(count, "open"),
            "unit_kind": dice.codes(kinds, count),
            "count": np.ones(count, np.int64),
            "capacity": dice.between(4, 6, count),
        }
    )


def places(size: Size, homes: Homes, units: Units) -> Ints:
    """Return each authority's places at the end of the plan's first year."""
    end = march_last(np.full(len(units.home), baseline_year(size)))
    is_open = (units.opened <= end) & ~(units.closed <= end)
    return np.bincount(
        homes.authority[units.home],
        weights=np.where(is_open, units.last, 0),
        minlength=size.authorities,
    ).astype(np.int64)


def need(dice: Dice, size: Size, places: Ints) -> pl.DataFrame:
    """Return the table of need: every band of every year of the plan, near the places."""
    years = pl.DataFrame({"fiscal_year": range(baseline_year(size), size.last_year + 1)})
    bands = pl.DataFrame({"age_band": AGE_BANDS.keys(), "percent": AGE_BANDS.values()})
    rows = (
        _codes(size).with_columns(places=places).join(years, how="cross").join(bands, how="cross")
    )
    fewer = pl.Series(dice.between(0, 5, rows.height))
    children = (pl.col("places") * (pl.col("percent") - fewer)) // 100
    return rows.with_columns(children=children, basis=pl.lit("forecast"))


def targets(size: Size) -> pl.DataFrame:
    """Return the table of targets: the sums of the homes' plans, those of group homes 程度."""
    years = pl.DataFrame({"fiscal_year": range(baseline_year(size), size.last_year + 1)})
    items = pl.DataFrame({"item": TARGET_ITEMS})
    rows = _codes(size).join(years, how="cross").join(items, how="cross")
    return rows.with_columns(
        value=pl.lit(None, pl.Int64),
        approximate=pl.col("item").str.starts_with("group"),
        reason=pl.lit("架空 合成データ"),
    )


def occupancy(size: Size, places: Ints) -> pl.DataFrame:
    """Return the table of occupancy: residents, and those placed, in whole and in parts."""
    year = baseline_year(size)
    parts = {place: places * percent // 100 for place, percent in PLACED.items()}
    whole = sum(parts.values(), np.zeros(size.authorities, np.int64))
    rows = [
        _children(size, dt.date(year, 9, 30), "residents", "all", places * 85 // 100, None),
        _children(size, dt.date(year, 3, 31), "placed", "all", whole, whole // 2),
    ]
    rows += [
        _children(size, dt.date(year, 3, 31), "placed", place, children, None)
        for place, children in parts.items()
    ]
    return pl.concat(rows).sort("authority_code", maintain_order=True)


def _children(
    size: Size, day: dt.date, population: str, place: str, children: Ints, care: Ints | None
) -> pl.DataFrame:
    return _codes(size).with_columns(
        pl.Series("children", children),
        pl.Series("individual_care", [None] * size.authorities if care is None else care, pl.Int64),
        as_of=day,
        population=pl.lit(population),
        place=pl.lit(place),
    )


def costs(dice: Dice, size: Size) -> pl.DataFrame:
    """Return the table of costs: three items an authority, of made-up amounts."""
    rows = [
        {
            "authority_code": authority_code(number),
            "fiscal_year": baseline_year(size),
            "item": item,
            "account": account,
            "timing": timing,
            "basis": "opened_home",
            "amount": amount + 1000 * int(extra),
            "programme": "架空 国庫負担金",
            "revenue_account": "国庫負担",
            "national_share": "1/2",
            "eligible_rule": rule,
            "source": "架空 合成データ",
        }
        for extra, (number, (item, account, timing, amount, rule)) in zip(
            dice.between(0, 900, size.authorities * len(COSTS)),
            product(range(size.authorities), COSTS),
            strict=True,
        )
    ]
    return pl.DataFrame(rows)
