"""The figures of support, counted one record at a time from the rows of a ledger as texts."""

from __future__ import annotations

from collections.abc import Iterable

from .judge import Row, Tables, day_in, required, rows

Value = int | None
OUTCOMES = {"returned_home": "return_home", "to_foster": "foster", "to_adoption": "adoption"}
KINDS = ("neighbourhood", "school", "event", "volunteer", "offices", "publicity", "other")
YES = ("1", "○")


def counted(tables: Tables, home_id: str | None, year: int) -> dict[str, Value]:
    """Return what is recorded of a home (None: of no home) in a fiscal year, by measure."""
    leads = of_home(tables, "housing", home_id)
    trainings = in_year(of_home(tables, "trainings", home_id), "held_on", year)
    log = in_year(of_home(tables, "support_log", home_id), "done_on", year)
    quality = in_year(of_home(tables, "quality", home_id), "done_on", year)
    events = in_year(of_home(tables, "community", home_id), "held_on", year)
    opened = [row for row in in_year(leads, "state_on", year) if row["state"] == "opened"]
    subsidised = [row for row in trainings if row.get("subsidised") in YES]
    return {
        "leads_found": len(in_year(leads, "found_on", year)),
        "leads_in_hand": len([row for row in leads if is_in_hand(row, year)]),
        **{
            f"leads_{state}": number(in_year(leads, "state_on", year), "state", state)
            for state in ("contracted", "opened", "dropped")
        },
        "lead_costs": total(
            row.get(column)
            for row in opened
            for column in ("initial_cost", "equipment_cost", "conversion_cost")
        ),
        "trainings": len(trainings),
        "external_trainings": len([row for row in trainings if row.get("external") in YES]),
        "participants": sum(int(required(row, "participants")) for row in trainings),
        "training_cost": total(row.get("cost") for row in trainings),
        "subsidised_trainings": len(subsidised),
        "subsidised_cost": total(row.get("cost") for row in subsidised),
        "supervisions": number(log, "duty", "duty_supervision"),
        "support_records": len(log),
        "support_minutes": total(row.get("minutes") for row in log),
        **of_hiring(tables, home_id, year),
        "third_party": number(quality, "kind", "third_party"),
        "self_evaluations": number(quality, "kind", "self"),
        "complaints": number(quality, "kind", "complaints"),
        "childrens_voice": number(quality, "kind", "childrens_voice"),
        "published": len([row for row in quality if row.get("published_on")]),
        **of_families(tables, home_id, year),
        "community": len(events),
        **{f"community_{kind}": number(events, "kind", kind) for kind in KINDS},
        "community_participants": total(row.get("participants") for row in events),
    }


def of_home(tables: Tables, name: str, home_id: str | None) -> list[Row]:
    """Return a table's rows of a home, or of none."""
    return [row for row in rows(tables, name) if row.get("home_id") == home_id]


def in_year(records: Iterable[Row], column: str, year: int) -> list[Row]:
    """Return the records of which a day lies in a fiscal year."""
    return [row for row in records if fiscal_year(row, column) == year]


def fiscal_year(row: Row, column: str) -> int | None:
    """Return the fiscal year of a day."""
    day = day_in(row, column)
    return None if day is None else day.year - (day.month < 4)


def is_in_hand(lead: Row, year: int) -> bool:
    """Say whether a lead was found by a year's end, and neither opened nor dropped by then."""
    settled = fiscal_year(lead, "state_on") or 0
    found = fiscal_year(lead, "found_on") or 0
    return found <= year and not (lead["state"] in ("opened", "dropped") and settled <= year)


def number(records: Iterable[Row], column: str, code: str) -> int:
    """Count the records with a code."""
    return len([row for row in records if row[column] == code])


def total(cells: Iterable[str | None]) -> Value:
    """Add up what is known; None if nothing is."""
    known = [int(cell) for cell in cells if cell is not None]
    return sum(known) if known else None


def of_hiring(tables: Tables, home_id: str | None, year: int) -> dict[str, Value]:
    """Return the row of hiring."""
    found = year_row(tables, "hiring", home_id, year)
    columns = {"planned_hires": "planned", "hired": "hired", "left": "left"}
    return {name: cell(found, column) for name, column in columns.items()}


def of_families(tables: Tables, home_id: str | None, year: int) -> dict[str, Value]:
    """Return the children who left: by the episodes of a home that has any, else by its row."""
    found = year_row(tables, "family_support", home_id, year)
    supported = {"supported": cell(found, "supported")}
    episodes = of_home(tables, "episodes", home_id) if home_id else []
    if not episodes:
        return {**supported, **{name: cell(found, name) for name in OUTCOMES}}
    ended = in_year(episodes, "ended_on", year)
    counts = {name: number_of(ended, reason) for name, reason in OUTCOMES.items()}
    return {**supported, **(counts if reached(tables, year) else dict.fromkeys(OUTCOMES))}


def number_of(episodes: Iterable[Row], reason: str) -> int:
    """Count the episodes that ended for a reason."""
    return len([row for row in episodes if row.get("end_reason") == reason])


def reached(tables: Tables, year: int) -> bool:
    """Say whether the record of children reaches a year."""
    named = [
        fiscal_year(row, column)
        for row in rows(tables, "episodes")
        for column in ("started_on", "ended_on")
    ]
    begun = [fiscal_year(row, "started_on") or 0 for row in rows(tables, "episodes")]
    return min(begun) <= year <= max(one for one in named if one is not None)


def year_row(tables: Tables, name: str, home_id: str | None, year: int) -> Row:
    """Return a table's row of a home and year; an empty one if there is none."""
    found = [row for row in of_home(tables, name, home_id) if row["fiscal_year"] == str(year)]
    return found[0] if found else {}


def cell(row: Row, column: str) -> Value:
    """Read a whole number."""
    text = row.get(column)
    return None if text is None else int(text)
