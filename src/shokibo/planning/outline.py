"""The plan as figures: year-end tables, initiatives, targets, need and gap, of one authority."""

import polars as pl

from shokibo.planning import initiatives
from shokibo.planning.plan import Plan
from shokibo.planning.projection import BANDS, places_per_unit
from shokibo.planning.targets import ITEMS
from shokibo.rounding import percent
from shokibo.texts import Language


def as_json(plan: Plan, language: Language) -> dict[str, object]:
    """Give a plan as the command line prints it."""
    return {
        "years": plan.years,
        "homes": [
            {"home_id": home_id, "name": name, "rows": home_rows(plan, home_id, language)}
            for home_id, name in plan.names.items()
        ],
        "authority": {"rows": authority_rows(plan, language)},
    }


def home_rows(plan: Plan, home_id: str, language: Language) -> list[dict[str, object]]:
    """Give a home's year-end rows with its initiatives in sentences."""
    rows = plan.ends.filter(pl.col("home_id") == home_id)
    return [_row_json(plan, row, home_id, language) for row in rows.iter_rows(named=True)]


def authority_rows(plan: Plan, language: Language) -> list[dict[str, object]]:
    """Give the year-end rows of all homes together, against targets and need."""
    return [
        {**_row_json(plan, row, None, language), **_against_targets(plan, row)}
        for row in plan.all.iter_rows(named=True)
    ]


def _row_json(
    plan: Plan, row: dict[str, int], home_id: str | None, language: Language
) -> dict[str, object]:
    total = row["main_capacity"] + row["group_capacity"]
    say = initiatives.in_short if home_id is None else initiatives.sentence
    units = row["main_count"] - row["main_unknown"]
    return {
        "fiscal_year": row["fiscal_year"],
        "main": {
            **{band: row[f"main_{band}"] for band in BANDS},
            "capacity": row["main_capacity"],
        },
        "group_homes": {
            **{band: row[f"group_{band}"] for band in BANDS},
            "count": row["group_count"],
            "capacity": row["group_capacity"],
        },
        "total": total,
        "share_percent": percent(row["group_capacity"], total),
        "initiatives": [
            initiatives.as_json(initiative, say(initiative, language))
            for initiative in plan.initiatives(row["fiscal_year"], home_id)
        ],
        "elements": {
            "places_per_main_unit": places_per_unit(row["main_capacity"], units),
            "main_units_over_six": row["main_over_most"],
        },
    }


def _against_targets(plan: Plan, row: dict[str, int]) -> dict[str, object]:
    year = row["fiscal_year"]
    values = plan.target_values(year)
    target = values["total"]["value"]
    of_homes = row["main_capacity"] + row["group_capacity"]
    children = plan.need.get(year)
    return {
        "target": {
            **{item: values[item] for item in ITEMS},
            "share_percent": plan.target_share(year),
        },
        "need": children,
        "difference": target - of_homes,
        "gap": None if children is None else target - children,
        "gap_homes": None if children is None else of_homes - children,
    }
