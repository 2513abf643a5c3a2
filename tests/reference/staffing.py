"""The staff that a plan needs, one unit at a time, from what the specification's sources state.

Source: 子発1004第5号 別紙2 (which units), 3(1) (extra staff by places, and the base of three that
the examples of 様式1 give), 3(2) (a backup worker at a home with such units).
"""

from __future__ import annotations

from typing import Any

from .judge import Tables, required, rows
from .plan import capacity_of, frame_of, homes_of_plan, state_at_end, units_of_plan

STAFF = {4: 4, 5: 5, 6: 6}


def staffing(tables: Tables, others: int | None = None) -> list[dict[str, Any]]:
    """Return the plan's years with each home's staff; `others` is needed by any other unit."""
    frame = frame_of(tables)
    units = units_of_plan(tables, frame)
    years = []
    for year in frame.years:
        homes: list[dict[str, Any]] = []
        for home in homes_of_plan(tables, frame):
            of_home = [unit for unit in units if unit.home_id == home["home_id"]]
            now, before = (
                [
                    (unit.kind, capacity_of(unit, frame, at))
                    for unit in of_home
                    if state_at_end(unit, frame, at).is_open
                ]
                for at in (year, year - 1)
            )
            homes.append(
                {
                    "home_id": home["home_id"],
                    "units": len(now),
                    "needed": needed(now, others),
                    "backup": backup(now),
                    "change": needed(now, others) - needed(before, others),
                    "planned_hires": hires(tables, required(home, "home_id"), year),
                    "uncounted": len([one for one in now if staff_of(one, others) is None]),
                }
            )
        years.append(
            {
                "fiscal_year": year,
                "needed": sum(home["needed"] for home in homes),
                "change": sum(home["change"] for home in homes),
                "uncounted": sum(home["uncounted"] for home in homes),
                "homes": homes,
            }
        )
    return years


Open = tuple[str, int | None]
"""The kind of a unit that is open, and its places."""


def needed(units: list[Open], others: int | None) -> int:
    """Add up what a home's units need, and its backup worker."""
    return sum(staff_of(unit, others) or 0 for unit in units) + backup(units)


def staff_of(unit: Open, others: int | None) -> int | None:
    """Return what a unit needs; None if that can't be counted."""
    _, places = unit
    if places is None:
        return None
    return STAFF[places] if is_in_scope(unit) and places in STAFF else others


def is_in_scope(unit: Open) -> bool:
    """Say whether the Notification speaks of a unit."""
    kind, places = unit
    return kind == "community_home" or (kind == "branch_group_care" and places in (4, 5, 6))


def backup(units: list[Open]) -> int:
    """Return the backup workers of a home."""
    return 1 if any(is_in_scope(unit) for unit in units) else 0


def hires(tables: Tables, home_id: str, year: int) -> int | None:
    """Return how many a home plans to hire in a year."""
    for row in rows(tables, "hiring"):
        if row["home_id"] == home_id and row["fiscal_year"] == str(year):
            return None if row.get("planned") is None else int(required(row, "planned"))
    return None
