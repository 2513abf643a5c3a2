"""The plan as figures: year-end tables, initiatives, targets, need and gap, of one authority."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import polars as pl

from shokibo.law.parameters import Law
from shokibo.ledger.model import Ledger
from shokibo.planning import initiatives
from shokibo.planning.events import Events
from shokibo.planning.initiatives import Initiative
from shokibo.planning.projection import BANDS
from shokibo.planning.targets import ITEMS
from shokibo.planning.working import Worked, work_out
from shokibo.rounding import fixed, percent
from shokibo.texts import Language


@dataclass(frozen=True)
class Outline:
    """A plan's figures.

    `spans` has the one plan; `homes` home_id, name, authority_code of those open at the baseline;
    `ends` their year-end rows, `all` their sums by year (see `projection.year_ends`); `sized` the
    units at each year's end from the year before the first; `done` every action that takes
    effect (see `initiatives.done`); `targets` (see `targets.targets`); `need` by year.
    """

    spans: pl.DataFrame
    events: Events
    homes: pl.DataFrame
    sized: pl.DataFrame
    ends: pl.DataFrame
    all: pl.DataFrame
    done: pl.DataFrame
    targets: pl.DataFrame
    need: dict[int, int]

    @property
    def years(self) -> list[int]:
        """The fiscal years whose ends the plan shows."""
        return [int(year) for year in self.all["fiscal_year"]]

    @cached_property
    def announced(self) -> dict[int, list[dict[str, Any]]]:
        """The actions of `done` that are told, by year, in the order of the rows."""
        by_year: dict[int, list[dict[str, Any]]] = {}
        for row in self.done.filter("announced").iter_rows(named=True):
            by_year.setdefault(row["fiscal_year"], []).append(row)
        return by_year


def outline(ledger: Ledger, law: Law, spans: pl.DataFrame) -> Outline:
    """Work out the plan of one authority.

    `ledger` is that authority's part, `spans` its row (see `spans.plan_spans`).
    """
    return lay_out(work_out(ledger, law, spans))


def lay_out(worked: Worked) -> Outline:
    """Give the plan of one authority that is worked out already."""
    return Outline(
        worked.spans,
        worked.events,
        worked.homes[["home_id", "name", "authority_code"]],
        worked.sized,
        worked.ends,
        worked.all,
        worked.of_years(worked.done),
        worked.targets,
        dict(zip(worked.need["fiscal_year"], worked.need["need"], strict=True)),
    )


def initiatives_of(plan: Outline, year: int, home_id: str | None = None) -> list[Initiative]:
    """Give the announced initiatives of a home, or of the authority in short, in a year."""
    told = plan.announced.get(year, [])
    if home_id is None:
        return initiatives.of_authority(told)
    return initiatives.of_home(row for row in told if row["home_id"] == home_id)


def as_json(plan: Outline, language: Language) -> dict[str, object]:
    """Give a plan as the command line prints it."""
    return {
        "years": plan.years,
        "homes": [
            {"home_id": home_id, "name": name, "rows": home_rows(plan, home_id, language)}
            for home_id, name in plan.homes.select("home_id", "name").iter_rows()
        ],
        "authority": {"rows": authority_rows(plan, language)},
    }


def home_rows(plan: Outline, home_id: str, language: Language) -> list[dict[str, object]]:
    """Give a home's year-end rows with its initiatives in sentences."""
    rows = plan.ends.filter(pl.col("home_id") == home_id)
    return [_row_json(plan, row, home_id, language) for row in rows.iter_rows(named=True)]


def authority_rows(plan: Outline, language: Language) -> list[dict[str, object]]:
    """Give the year-end rows of all homes together, against targets and need."""
    return [
        {**_row_json(plan, row, None, language), **_against_targets(plan, row)}
        for row in plan.all.iter_rows(named=True)
    ]


def _row_json(
    plan: Outline, row: dict[str, int], home_id: str | None, language: Language
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
            for initiative in initiatives_of(plan, row["fiscal_year"], home_id)
        ],
        "elements": {
            "places_per_main_unit": places_per_unit(row["main_capacity"], units),
            "main_units_over_six": row["main_over_most"],
        },
    }


def places_per_unit(places: int, units: int) -> str | None:
    """Print places per main unit, one decimal half up; None where there is no unit."""
    return fixed(Fraction(places, units), 1) if units else None


def target_values(plan: Outline, year: int) -> dict[str, dict[str, object]]:
    """Give a year's eight targets by item: value, approximate, reason."""
    rows = plan.targets.filter(pl.col("fiscal_year") == year)
    return {
        row["item"]: {name: row[name] for name in ("value", "approximate", "reason")}
        for row in rows.iter_rows(named=True)
    }


def target_share(plan: Outline, year: int) -> str | None:
    """Print the share of group homes in the target's places."""
    return _share(target_values(plan, year))


def _share(values: dict[str, dict[str, object]]) -> str | None:
    return percent(int(str(values["group_capacity"]["value"])), int(str(values["total"]["value"])))


def _against_targets(plan: Outline, row: dict[str, int]) -> dict[str, object]:
    values = target_values(plan, row["fiscal_year"])
    target = int(str(values["total"]["value"]))
    of_homes = row["main_capacity"] + row["group_capacity"]
    children = plan.need.get(row["fiscal_year"])
    return {
        "target": {
            **{item: values[item] for item in ITEMS},
            "share_percent": _share(values),
        },
        "need": children,
        "difference": target - of_homes,
        "gap": None if children is None else target - children,
        "gap_homes": None if children is None else of_homes - children,
    }
