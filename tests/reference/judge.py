"""The rules R1-R9 of the Notification over a ledger, one row at a time.

Source: 子発1004第5号 (令和元年10月4日, as amended 令和4年2月18日), cited as "the Notification".
The program is compared with this reading, so nothing here is fast, clever or shared with it:
every answer is found by walking through the tables, and every fraction is exact.

A table is a list of rows, a row maps English column names to texts, and a blank cell is None.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

Row = dict[str, str | None]
Tables = dict[str, list[Row]]
Requirement = tuple[str, str, tuple[date, date]]

APPLIES_FROM = date(2019, 4, 1)  # the Notification, preamble: 平成31年4月1日から実施
SCOPE_KINDS = ("community_home", "branch_group_care")  # 2(1), 2(2)
BRANCH_CAPACITIES = (4, 5, 6)  # 2(2)
MAX_EXTRA = {4: 1, 5: 2, 6: 3}  # 3(1)
BASE_STAFF = 3  # inferred from the examples of 様式1
BASE_QUALIFIED = 0  # not in the sources
ABSENT_STAFF_COUNTED = True  # not in the sources: staff on leave are still placed in the unit
QUALIFIED_JOBS = ("child_instructor", "childcare_worker")  # 3(1)
ALWAYS = (date.min, date.max)
DUTIES = (  # 3(2), in its order: reason code, item of the table of confirmations, days it is law
    ("DUTY_INFORMATION", "duty_information", ALWAYS),
    ("DUTY_MANAGEMENT", "duty_management", ALWAYS),
    ("DUTY_SUPERVISION", "duty_supervision", ALWAYS),
    ("DUTY_MENTAL_HEALTH", "duty_mental_health", ALWAYS),
    ("DUTY_RELIEF", "duty_relief", ALWAYS),
    ("DUTY_COMMUNITY", "duty_community", ALWAYS),
)
REQUIREMENTS = (  # 4(1), 4(2), 4(3): reason code, item, days it is law
    ("REQ_EARLY_RETURN", "early_return", ALWAYS),
    ("REQ_TRAINING", "training", ALWAYS),
    ("REQ_LONG_TERM_PLAN", "long_term_plan", ALWAYS),
)


def load(folder: Path) -> Tables:
    """Read every CSV file of a folder (UTF-8, English headers); a blank cell becomes None."""
    return {path.stem: read_csv(path) for path in sorted(folder.glob("*.csv"))}


def evaluate(tables: Tables, as_of: date) -> dict[str, Any]:
    """Judge every unit and home open on a day: as_of, units, homes (rules R1-R7)."""
    units = [unit for unit in rows(tables, "units") if unit_is_open(tables, unit, as_of)]
    homes = [home for home in rows(tables, "homes") if is_open(home, as_of)]
    return {
        "as_of": as_of.isoformat(),
        "units": [judge_unit(tables, unit, as_of) for unit in units],
        "homes": [judge_home(tables, home, as_of) for home in homes],
    }


def form1(tables: Tables, year: int) -> dict[str, Any]:
    """Fill 様式1 of a fiscal year: units, backup, list, as of 30 April (R9)."""
    cut_off = date(year, 4, 30)
    of_year = applications_of(tables, year)
    applied = [row for row in of_year if applied_by(row, cut_off)]
    certified = [row for row in applied if certified_by(row, cut_off)]
    alone = [[unit] for unit in rows(tables, "units")]
    return fill_form(tables, year, [cut_off], alone, applied, certified)


def form2(tables: Tables, year: int) -> dict[str, Any]:
    """Fill 様式2 of a fiscal year: units, backup, list, over all its days (R9)."""
    of_year = applications_of(tables, year)
    applied = [row for row in of_year if row["decision"] not in ("draft", "withdrawn")]
    certified = [row for row in applied if row["decision"] == "certified"]
    return fill_form(tables, year, days_of_year(year), households(tables), applied, certified)


def months(tables: Tables, year: int) -> dict[str, Any]:
    """Return what is certified in each month of a fiscal year, and whether it holds."""
    certified = [row for row in applications_of(tables, year) if row["decision"] == "certified"]
    units = [unit_year(tables, unit, year, certified) for unit in rows(tables, "units")]
    homes = [home_year(tables, home, year, certified) for home in rows(tables, "homes")]
    found_units = [unit for unit in units if unit is not None]
    found_homes = [home for home in homes if home is not None]
    return {
        "units": found_units,
        "homes": found_homes,
        "totals": {
            "person_months": sum(unit["person_months"] for unit in found_units),
            "held_person_months": sum(unit["held_person_months"] for unit in found_units),
            "backup_months": sum(home["backup_months"] for home in found_homes),
            "held_backup_months": sum(home["held_backup_months"] for home in found_homes),
        },
    }


# Cells and rows


def read_csv(path: Path) -> list[Row]:
    """Read one CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{name: cell or None for name, cell in row.items()} for row in csv.DictReader(file)]


def rows(tables: Tables, name: str) -> list[Row]:
    """Return the rows of a table, none if the ledger leaves the table out."""
    return tables.get(name, [])


def required(row: Row, column: str) -> str:
    """Return a cell that may not be blank; ValueError where it is."""
    cell = row.get(column)
    if cell is None:
        raise ValueError(f"{column} is blank in {row}")
    return cell


def day_in(row: Row, column: str) -> date | None:
    """Return the day in a cell, None if the cell is blank."""
    cell = row.get(column)
    return None if cell is None else date.fromisoformat(cell)


def hours_in(row: Row, column: str) -> Fraction | None:
    """Return the hours in a cell exactly, None if the cell is blank."""
    cell = row.get(column)
    return None if cell is None else Fraction(cell)


def lasts(row: Row, first_column: str, last_column: str, day: date) -> bool:
    """Say whether a day lies between two cells, both ends included; a blank end is open."""
    first = day_in(row, first_column)
    last = day_in(row, last_column)
    if first is not None and day < first:
        return False
    return last is None or day <= last


def home_of(tables: Tables, unit: Row) -> Row:
    """Return the home of a unit."""
    for home in rows(tables, "homes"):
        if home["home_id"] == unit["home_id"]:
            return home
    raise ValueError(f"no home {unit['home_id']}")


def units_of(tables: Tables, home: Row) -> list[Row]:
    """Return the units of a home, in the order of the units table."""
    return [unit for unit in rows(tables, "units") if unit["home_id"] == home["home_id"]]


def is_open(home_or_unit: Row, day: date) -> bool:
    """Say whether the row's own opening and closing days let it be open on a day."""
    return lasts(home_or_unit, "opened_on", "closed_on", day)


def unit_is_open(tables: Tables, unit: Row, day: date) -> bool:
    """Say whether a unit is open on a day; it is open only while its home is (R9)."""
    return is_open(unit, day) and is_open(home_of(tables, unit), day)


def capacity_on(tables: Tables, unit: Row, day: date) -> int | None:
    """Return the latest capacity not after a day, None before the first one."""
    found: int | None = None
    found_from = date.min
    for row in rows(tables, "capacities"):
        effective_from = date.fromisoformat(required(row, "effective_from"))
        if row["unit_id"] == unit["unit_id"] and found_from < effective_from <= day:
            found = int(required(row, "capacity"))
            found_from = effective_from
    return found


# R1, R2, R3: scope and extra staff


def in_scope(unit: Row, capacity: int | None, day: date) -> bool | None:
    """Say whether a unit is in scope, None if that depends on an unknown capacity (R1)."""
    if day < APPLIES_FROM or unit["kind"] not in SCOPE_KINDS:
        return False
    if unit["kind"] == "community_home":
        return True
    return None if capacity is None else capacity in BRANCH_CAPACITIES


def max_extra(unit: Row, capacity: int | None, day: date) -> int | None:
    """Return the most extra staff the capacity allows, None if it is unknown (R2)."""
    if in_scope(unit, capacity, day) is False:
        return 0
    return None if capacity is None else MAX_EXTRA.get(capacity, 0)


def own_value(tables: Tables, home: Row, name: str, day: date) -> str | None:
    """Return the value that a home's authority has set for a day; of several the latest begun.

    A blank authority is the only one of the ledger.
    """
    found: str | None = None
    found_from = date.min
    for row in rows(tables, "parameters"):
        if row.get("authority_code") not in (None, home.get("authority_code")):
            continue
        begins = date.fromisoformat(required(row, "effective_from"))
        holds = lasts(row, "effective_from", "effective_to", day)
        if row["name"] == name and begins >= found_from and holds:
            found, found_from = row["value"], begins
    return found


def base_of(tables: Tables, unit: Row, day: date) -> tuple[int, int]:
    """Return the staff a unit needs before any extra, and how many of them qualified."""
    home = home_of(tables, unit)
    staff = own_value(tables, home, "base_staff", day)
    qualified = own_value(tables, home, f"base_qualified.{unit['kind']}", day)
    return (
        BASE_STAFF if staff is None else int(staff),
        BASE_QUALIFIED if qualified is None else int(qualified),
    )


def available_extra(
    limit: int | None, staff: Fraction | None, qualified: Fraction | None, base: tuple[int, int]
) -> int | None:
    """Return the extra staff a unit has, None if the limit or an FTE is unknown (R3)."""
    if limit == 0:
        return 0
    if limit is None or staff is None or qualified is None:
        return None
    return max(0, min(limit, floor(staff) - base[0], floor(qualified) - base[1]))


# R4: full-time equivalents


def unit_staff(tables: Tables, unit: Row, day: date) -> list[Row]:
    """Return the postings counted in a unit on a day: its own care staff, but on leave (休業)."""
    return [
        row
        for row in postings_on(tables, day)
        if row.get("unit_id") == unit["unit_id"]
        and row["role"] == "care"
        and counts_on(tables, row, day)
    ]


def is_qualified(posting: Row) -> bool:
    """Say whether a posting is 児童指導員 or 保育士, dedicated, not in the main rota (R3)."""
    return (
        posting["job"] in QUALIFIED_JOBS
        and posting["dedicated"] == "1"
        and posting["main_rota"] == "0"
    )


def backup_staff(tables: Tables, home: Row, day: date) -> list[Row]:
    """Return the backup postings at a home's main building on a day (R6), but on leave (休業)."""
    return [
        row
        for row in postings_on(tables, day)
        if row["home_id"] == home["home_id"]
        and row["role"] == "backup"
        and row.get("unit_id") is None
        and counts_on(tables, row, day)
    ]


def counts_on(tables: Tables, posting: Row, day: date) -> bool:
    """Say whether no leave of a day takes the person out of the staff."""
    (home,) = (row for row in rows(tables, "homes") if row["home_id"] == posting["home_id"])
    default = own_value(tables, home, "absent_staff_counted", day)
    return all(
        counted_on_leave(row, default)
        for row in rows(tables, "absences")
        if row["staff_id"] == posting["staff_id"] and lasts(row, "started_on", "ended_on", day)
    )


def counted_on_leave(absence: Row, default: str | None) -> bool:
    """Say whether a person counts while on this leave; a blank leaves it to the default."""
    if absence.get("counted") is None:
        return ABSENT_STAFF_COUNTED if default is None else default == "1"
    return absence["counted"] == "1"


def fte(tables: Tables, postings: list[Row], day: date) -> Fraction | None:
    """Sum postings as full-time equivalents, rounded once half up to a tenth (様式 注2).

    None if a posting that counts by its hours lacks them.
    """
    total = Fraction(0)
    for posting in postings:
        share = share_of(tables, posting, day)
        if share is None:
            return None
        total += share
    return half_up_to_tenths(total)


def share_of(tables: Tables, posting: Row, day: date) -> Fraction | None:
    """Return one posting's exact part of a full-time worker, None if its hours are missing."""
    if posting["employment"] == "full_time" and postings_of(tables, posting, day) == 1:
        return Fraction(1)
    hours = hours_in(posting, "weekly_hours")
    full_time = hours_in(posting, "full_time_weekly_hours")
    if hours is None or full_time is None or full_time == 0:
        return None
    return min(hours / full_time, Fraction(1))  # one posting is never more than one worker


def postings_on(tables: Tables, day: date) -> list[Row]:
    """Return every posting that holds on a day."""
    return [row for row in rows(tables, "staff") if lasts(row, "started_on", "ended_on", day)]


def postings_of(tables: Tables, posting: Row, day: date) -> int:
    """Count a person's postings on a day, in any home, unit or role."""
    people = [row["staff_id"] for row in postings_on(tables, day)]
    return people.count(posting["staff_id"])


def half_up_to_tenths(value: Fraction) -> Fraction:
    """Round half up to one decimal: 3/4 -> 8/10, 1/4 -> 3/10."""
    return Fraction(floor(value * 10 + Fraction(1, 2)), 10)


def one_decimal(value: Fraction | None) -> str | None:
    """Write tenths as text: 4 -> "4.0", 24/5 -> "4.8"."""
    if value is None:
        return None
    tenths = int(value * 10)
    return f"{tenths // 10}.{tenths % 10}"


def as_printed(value: Fraction | None) -> str | None:
    """Write tenths as the forms print them: 4 -> "4", 24/5 -> "4.8"."""
    text = one_decimal(value)
    return None if text is None else text.removesuffix(".0")


# R6, R7: judgement with reasons


def judge_unit(tables: Tables, unit: Row, day: date) -> dict[str, Any]:
    """Judge the dispersal add-on of one unit on a day."""
    capacity = capacity_on(tables, unit, day)
    counted = unit_staff(tables, unit, day)
    staff = fte(tables, counted, day)
    qualified = fte(tables, [row for row in counted if is_qualified(row)], day)
    limit = max_extra(unit, capacity, day)
    available = available_extra(limit, staff, qualified, base_of(tables, unit, day))
    reasons = unit_reasons(tables, unit, capacity, available, day)
    return {
        "home_id": unit["home_id"],
        "unit_id": unit["unit_id"],
        "kind": unit["kind"],
        "in_scope": in_scope(unit, capacity, day),
        "capacity": capacity,
        "staff_fte": one_decimal(staff),
        "qualified_fte": one_decimal(qualified),
        "max_extra": limit,
        "available_extra": available,
        "eligible": verdict(reasons),
        "reasons": reasons,
    }


def judge_home(tables: Tables, home: Row, day: date) -> dict[str, Any]:
    """Judge the backup add-on of one home on a day."""
    backup = fte(tables, backup_staff(tables, home, day), day)
    reasons = [
        reason("BACKUP_UNITS", backup_units_outcome(tables, home, day)),
        reason("BACKUP_STAFF", backup_staff_outcome(backup)),
    ]
    for code, item in on_day(DUTIES + REQUIREMENTS, day):
        outcome = confirmed_outcome(tables, home, item, day)
        reasons.append(reason(code, outcome))
    return {
        "home_id": home["home_id"],
        "backup_fte": one_decimal(backup),
        "backup_eligible": verdict(reasons),
        "reasons": reasons,
    }


def unit_reasons(
    tables: Tables, unit: Row, capacity: int | None, available: int | None, day: date
) -> list[dict[str, str]]:
    """Return the outcome of every rule of the dispersal add-on."""
    home = home_of(tables, unit)
    reasons = [
        reason("SCOPE_KIND", scope_kind_outcome(unit, day)),
        reason("SCOPE_CAPACITY", scope_capacity_outcome(unit, capacity, day)),
        reason("EXTRA_STAFF", extra_staff_outcome(unit, capacity, available, day)),
    ]
    for code, item in on_day(REQUIREMENTS, day):
        outcome = confirmed_outcome(tables, home, item, day)
        if in_scope(unit, capacity, day) is False:
            outcome = "not_applicable"
        reasons.append(reason(code, outcome))
    return reasons


def on_day(requirements: tuple[Requirement, ...], day: date) -> list[tuple[str, str]]:
    """Return code and item of the requirements that are law on a day."""
    return [(code, item) for code, item, (first, last) in requirements if first <= day <= last]


def reason(code: str, outcome: str) -> dict[str, str]:
    """Return one reason."""
    return {"code": code, "outcome": outcome}


def verdict(reasons: list[dict[str, str]]) -> bool | None:
    """Say False if any rule is not met, otherwise None if any cannot be judged, else True (R3)."""
    outcomes = [row["outcome"] for row in reasons]
    if "not_met" in outcomes:
        return False
    return None if "cannot_judge" in outcomes else True


def scope_kind_outcome(unit: Row, day: date) -> str:
    """Judge the kind of a unit (R1)."""
    if day < APPLIES_FROM:
        return "not_met"
    return "met" if unit["kind"] in SCOPE_KINDS else "not_met"


def scope_capacity_outcome(unit: Row, capacity: int | None, day: date) -> str:
    """Judge the capacity of a branch household; no other kind is bound by it (R1)."""
    if day < APPLIES_FROM or unit["kind"] != "branch_group_care":
        return "not_applicable"
    if capacity is None:
        return "cannot_judge"
    return "met" if capacity in BRANCH_CAPACITIES else "not_met"


def extra_staff_outcome(unit: Row, capacity: int | None, available: int | None, day: date) -> str:
    """Judge whether a unit has at least one extra worker (R2, R3)."""
    scope = in_scope(unit, capacity, day)
    if scope is False:
        return "not_applicable"
    limit = max_extra(unit, capacity, day)
    if scope is None or limit is None:
        return "cannot_judge"
    if limit == 0:
        return "not_met"
    if available is None:
        return "cannot_judge"
    return "met" if available >= 1 else "not_met"


def backup_units_outcome(tables: Tables, home: Row, day: date) -> str:
    """Judge whether a home has an open unit in scope (R6)."""
    open_units = [unit for unit in units_of(tables, home) if unit_is_open(tables, unit, day)]
    scopes = [in_scope(unit, capacity_on(tables, unit, day), day) for unit in open_units]
    if True in scopes:
        return "met"
    return "cannot_judge" if None in scopes else "not_met"


def backup_staff_outcome(backup: Fraction | None) -> str:
    """Judge whether a home has one backup worker (R6)."""
    if backup is None:
        return "cannot_judge"
    return "met" if backup >= 1 else "not_met"


def confirmed_outcome(tables: Tables, home: Row, item: str, day: date) -> str:
    """Judge an item by the latest of the confirmations that hold on a day (R6, R7)."""
    deciding: Row | None = None
    for row in rows(tables, "confirmations"):
        if row["home_id"] != home["home_id"] or row["item"] != item:
            continue
        if not confirmation_holds(row, day):
            continue
        if deciding is None or required(row, "confirmed_on") > required(deciding, "confirmed_on"):
            deciding = row
    if deciding is None:
        return "cannot_judge"
    return "not_met" if deciding.get("result") == "0" else "met"


def confirmation_holds(row: Row, day: date) -> bool:
    """Say whether a confirmation holds on a day, from holds_from or else confirmed_on."""
    start_column = "confirmed_on" if row.get("holds_from") is None else "holds_from"
    return lasts(row, start_column, "expires_on", day)


# R9: the applications that count


def applications_of(tables: Tables, year: int) -> list[Row]:
    """Return the applications of a fiscal year."""
    return [row for row in rows(tables, "applications") if row["fiscal_year"] == str(year)]


def applied_by(row: Row, cut_off: date) -> bool:
    """Say whether an application was made, and not withdrawn, by the cut-off (様式1)."""
    applied_on = day_in(row, "applied_on")
    if row["decision"] == "draft" or applied_on is None or applied_on > cut_off:
        return False
    if row["decision"] != "withdrawn":
        return True
    withdrawn_on = day_in(row, "decided_on")
    return withdrawn_on is not None and withdrawn_on > cut_off


def certified_by(row: Row, cut_off: date) -> bool:
    """Say whether an application was certified, and not ended before, the cut-off (様式1)."""
    decided_on = day_in(row, "decided_on")
    if row["decision"] != "certified" or decided_on is None or decided_on > cut_off:
        return False
    ended_on = day_in(row, "ended_on")
    return ended_on is None or ended_on >= cut_off


def dispersal_of(applications: list[Row], unit: Row) -> list[Row]:
    """Return the dispersal applications of a unit."""
    return [
        row
        for row in applications
        if row["addon"] == "dispersal" and row.get("unit_id") == unit["unit_id"]
    ]


def backup_of(applications: list[Row], home: Row) -> list[Row]:
    """Return the backup applications of a home, whatever their unit_id."""
    return [
        row
        for row in applications
        if row["addon"] == "backup" and row["home_id"] == home["home_id"]
    ]


def latest(applications: list[Row]) -> Row | None:
    """Return the latest application by applied_on (blank first), then application_id as text."""
    ordered = sorted(
        applications, key=lambda row: (row.get("applied_on") or "", required(row, "application_id"))
    )
    return ordered[-1] if ordered else None


# R8: month by month


def first_days(year: int) -> list[date]:
    """Return the first day of each month of a fiscal year, April first."""
    return [day for day in days_of_year(year) if day.day == 1]


def last_day_of_month(first: date) -> date:
    """Return the last day of a month, given its first."""
    day = first
    while (day + timedelta(days=1)).month == first.month:
        day += timedelta(days=1)
    return day


def counts_in_month(row: Row, first: date) -> bool:
    """Say whether a certified application has begun and lasts to the month's last day."""
    begun = date.fromisoformat(required(row, "start_month") + "-01")
    ended_on = day_in(row, "ended_on")
    return begun <= first and (ended_on is None or ended_on >= last_day_of_month(first))


def judged_on(first: date, openings: list[Row]) -> date:
    """Return the day of a month on which it is judged: the first, or the last opening in it."""
    found = first
    for row in openings:
        opened_on = day_in(row, "opened_on")
        if opened_on is not None and first < opened_on <= last_day_of_month(first):
            found = max(found, opened_on)
    return found


def unit_year(tables: Tables, unit: Row, year: int, certified: list[Row]) -> dict[str, Any] | None:
    """Return the months of a unit, None if nothing is certified in any of them."""
    applications = dispersal_of(certified, unit)
    found = []
    any_certified = False
    for first in first_days(year):
        row = latest([one for one in applications if counts_in_month(one, first)])
        any_certified = any_certified or row is not None
        found.append(unit_month(tables, unit, first, row))
    if not any_certified:
        return None
    return {
        "home_id": unit["home_id"],
        "unit_id": unit["unit_id"],
        "months": found,
        "person_months": sum(one["certified_extra"] or 0 for one in found),
        "held_person_months": sum(one["certified_extra"] or 0 for one in found if one["holds"]),
    }


def unit_month(tables: Tables, unit: Row, first: date, application: Row | None) -> dict[str, Any]:
    """Return one month of a unit, with what is certified in it."""
    extra: int | None = 0
    if application is not None:
        cell = application.get("certified_extra")
        extra = None if cell is None else int(cell)
    day = judged_on(first, [unit, home_of(tables, unit)])
    is_there = unit_is_open(tables, unit, day)
    judged = judge_unit(tables, unit, day) if is_there else {}
    return {
        "month": first.isoformat()[:7],
        "capacity": judged.get("capacity"),
        "certified_extra": extra,
        "available_extra": judged.get("available_extra"),
        "holds": unit_holds(extra, judged),
    }


def unit_holds(extra: int | None, judged: dict[str, Any]) -> bool | None:
    """Say whether what is certified holds; None if nothing is, or it can't be judged."""
    if extra == 0:
        return None
    if not judged:
        return False
    parts = [judged["eligible"]]
    for name in ("available_extra", "max_extra"):
        known = extra is not None and judged[name] is not None
        parts.append(extra <= judged[name] if known else None)
    if False in parts:
        return False
    return None if None in parts else True


def home_year(tables: Tables, home: Row, year: int, certified: list[Row]) -> dict[str, Any] | None:
    """Return the months of a home's backup add-on, None if it is certified in none of them."""
    applications = backup_of(certified, home)
    found = []
    for first in first_days(year):
        is_certified = any(counts_in_month(one, first) for one in applications)
        day = judged_on(first, [home])
        holds = None
        if is_certified:
            judged = judge_home(tables, home, day)["backup_eligible"]
            holds = judged if is_open(home, day) else False
        found.append({"month": first.isoformat()[:7], "certified": is_certified, "holds": holds})
    if not any(one["certified"] for one in found):
        return None
    return {
        "home_id": home["home_id"],
        "months": found,
        "backup_months": len([one for one in found if one["certified"]]),
        "held_backup_months": len([one for one in found if one["holds"]]),
    }


# R5, R9: the forms


def days_of_year(year: int) -> list[date]:
    """Return every day of a fiscal year, 1 April to 31 March."""
    days = [date(year, 4, 1)]
    while days[-1] < date(year + 1, 3, 31):
        days.append(days[-1] + timedelta(days=1))
    return days


def continued(tables: Tables) -> dict[str | None, str]:
    """Return for each unit the id of the one that it continues, where both are of one authority."""
    of_whom = {
        row["unit_id"]: home_of(tables, row).get("authority_code") for row in tables["units"]
    }
    return {
        row["unit_id"]: required(row, "continues")
        for row in tables["units"]
        if row.get("continues") in of_whom and of_whom[row["continues"]] == of_whom[row["unit_id"]]
    }


def in_a_circle(before: dict[str | None, str], unit: str | None) -> bool:
    """Say whether the units before a unit lead back to it."""
    seen = [unit]
    while seen[-1] in before:
        seen.append(before[seen[-1]])
        if seen[-1] in seen[:-1]:
            return seen[-1] == unit
    return False


def households(tables: Tables) -> list[list[Row]]:
    """Return the units household by household, each the earliest first.

    What a circle leads back to begins a household; of several that continue a unit, the first does.
    """
    named = continued(tables)
    legal = {unit: before for unit, before in named.items() if not in_a_circle(named, unit)}
    after: dict[str | None, Row] = {}
    firsts = []
    for row in tables["units"]:
        before = legal.get(row["unit_id"])
        if before is None or before in after:
            firsts.append(row)
        else:
            after[before] = row
    chains = []
    for row in firsts:
        chain = [row]
        while chain[-1]["unit_id"] in after:
            chain.append(after[chain[-1]["unit_id"]])
        chains.append(chain)
    return chains


def opening(tables: Tables, unit: Row) -> date:
    """Return the day on which a unit and its home are open; the first of all days where unknown."""
    days = [day_in(row, "opened_on") for row in (unit, home_of(tables, unit))]
    return max(date.min if day is None else day for day in days)


def on_reference_day(
    tables: Tables, household: list[Row], year: int, application: Row | None
) -> tuple[Row, date]:
    """Return the first day of the application's start month, else 1 April (注1, 注2), and the unit.

    Not before 1 April of the year, and not before a unit of the household is open. The unit is
    the last that is open on the day; where none is, the next that opens, on the day it does.
    """
    day = max(date(year, 4, 1), min(opening(tables, unit) for unit in household))
    if application is not None:
        day = max(day, date.fromisoformat(required(application, "start_month") + "-01"))
    there = [unit for unit in household if unit_is_open(tables, unit, day)]
    if there:
        return there[-1], day
    for unit in household:
        if opening(tables, unit) > day:
            return unit, opening(tables, unit)
    return household[-1], day


def fill_form(
    tables: Tables,
    year: int,
    days: list[date],
    chains: list[list[Row]],
    applied: list[Row],
    certified: list[Row],
) -> dict[str, Any]:
    """Fill a form from its days, its households and the applications that count under it.

    A household counts as the last of its units that is in scope on one of the days.
    """
    homes = [home for home in rows(tables, "homes") if any(is_open(home, day) for day in days)]
    counted = {}
    for chain in chains:
        units = [unit for unit in chain if in_scope_on_any(tables, unit, days)]
        if units:
            counted[units[-1]["unit_id"]] = chain
    lines = []
    for home in homes:
        for unit in units_of(tables, home):
            if unit["unit_id"] in counted:
                household = counted[unit["unit_id"]]
                line = form_line(tables, year, (home, unit), household, applied, certified)
                lines.append(line)
    return {
        "units": unit_counts(lines),
        "backup": backup_counts(homes, lines, applied, certified),
        "list": form_list(lines),
    }


def in_scope_on_any(tables: Tables, unit: Row, days: list[date]) -> bool:
    """Say whether there is a day on which a unit is both open and in scope."""
    for day in days:
        capacity = capacity_on(tables, unit, day)
        if unit_is_open(tables, unit, day) and in_scope(unit, capacity, day) is True:
            return True
    return False


def form_line(
    tables: Tables,
    year: int,
    place: tuple[Row, Row],
    household: list[Row],
    applied: list[Row],
    certified: list[Row],
) -> dict[str, Any]:
    """Return what a form needs to know of one household: named as one unit of one home in scope.

    Capacity and staff are those of its unit on the reference day, of a kind that can be in scope.
    """
    home, unit = place
    unit_applied = [row for one in household for row in dispersal_of(applied, one)]
    unit_certified = [row for one in household for row in dispersal_of(certified, one)]
    of_kind = [one for one in household if one["kind"] in SCOPE_KINDS]
    there, day = on_reference_day(tables, of_kind, year, latest(unit_certified or unit_applied))
    return {
        "home_id": home["home_id"],
        "home_name": home["name"],
        "unit_name": unit["name"],
        "kind": unit["kind"],
        "applied": len(unit_applied) > 0,
        "certified": len(unit_certified) > 0,
        "backup": len(backup_of(certified, home)) > 0,
        "capacity": capacity_on(tables, there, day),
        "staff": as_printed(fte(tables, unit_staff(tables, there, day), day)),
    }


def unit_counts(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Return table 1 of a form: its two kinds and their total."""
    counts = {}
    for kind in SCOPE_KINDS:
        counts[kind] = count_units([line for line in lines if line["kind"] == kind])
    counts["total"] = count_units(lines)
    return counts


def count_units(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one column of table 1."""
    return {
        "units": len(lines),
        "applied": split_by_capacity([line for line in lines if line["applied"]]),
        "certified": split_by_capacity([line for line in lines if line["certified"]]),
    }


def split_by_capacity(lines: list[dict[str, Any]]) -> dict[str, int]:
    """Count units together and with 4, 5 and 6 places; others are in the total alone."""
    counts = {"total": len(lines)}
    for capacity in (4, 5, 6):
        counts[str(capacity)] = len([line for line in lines if line["capacity"] == capacity])
    return counts


def backup_counts(
    homes: list[Row], lines: list[dict[str, Any]], applied: list[Row], certified: list[Row]
) -> dict[str, int]:
    """Return table 2 of a form."""
    with_units = {line["home_id"] for line in lines}
    return {
        "homes": len(homes),
        "homes_with_units": len(with_units),
        "applied": len([home for home in homes if backup_of(applied, home)]),
        "certified": len([home for home in homes if backup_of(certified, home)]),
    }


def form_list(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return table 3 of a form: units certified, or in a home certified for backup."""
    listed: list[dict[str, Any]] = []
    for line in lines:
        if line["certified"] or line["backup"]:
            listed.append(
                {
                    "number": len(listed) + 1,
                    "unit_name": line["unit_name"],
                    "capacity": line["capacity"],
                    "dispersal": line["certified"],
                    "staff": line["staff"],
                    "home_name": line["home_name"],
                    "backup": line["backup"],
                }
            )
    return listed
