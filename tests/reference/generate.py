"""Random small ledgers that sit on the boundaries of the rules.

A ledger respects whatever would stop its reading (required cells, keys, existing ids), and may
hold anything that a check only reports: missing hours, a backup worker in a unit, an application
ended before it was decided.
"""

from __future__ import annotations

import csv
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

Row = dict[str, str | None]
Tables = dict[str, list[Row]]
T = TypeVar("T")

FISCAL_YEARS = range(2019, 2025)
COLUMNS = {
    "authorities": ("authority_code", "name", "kind", "reporting_officer"),
    "homes": (
        *("home_id", "name", "operator", "operator_number", "authority_code"),
        *("opened_on", "closed_on"),
    ),
    "units": ("unit_id", "home_id", "name", "kind", "opened_on", "closed_on", "continues"),
    "capacities": ("unit_id", "effective_from", "capacity"),
    "staff": (
        *("staff_id", "home_id", "unit_id", "job", "employment"),
        *("weekly_hours", "full_time_weekly_hours"),
        *("role", "dedicated", "main_rota", "started_on", "ended_on"),
    ),
    "absences": ("staff_id", "started_on", "ended_on", "kind", "counted"),
    "confirmations": (
        *("home_id", "item", "result", "confirmed_on", "holds_from", "expires_on", "evidence"),
    ),
    "applications": (
        *("application_id", "addon", "home_id", "unit_id", "fiscal_year", "start_month"),
        *("requested_extra", "applied_on", "decision", "certified_extra", "decided_on"),
        *("ended_on", "end_reason", "reason"),
    ),
    "parameters": (
        *("authority_code", "name", "effective_from", "effective_to", "value", "source"),
    ),
}
KEYS = {
    "authorities": ("authority_code",),
    "homes": ("home_id",),
    "units": ("unit_id",),
    "capacities": ("unit_id", "effective_from"),
    "staff": ("staff_id", "home_id", "unit_id", "role", "started_on"),
    "absences": ("staff_id", "started_on"),
    "confirmations": ("home_id", "item", "confirmed_on"),
    "applications": ("application_id",),
    "parameters": ("authority_code", "name", "effective_from"),
}
KINDS = {"community_home": 7, "branch_group_care": 8, "main_unit": 2, "other_group_home": 2}
CAPACITIES = {3: 2, 4: 5, 5: 5, 6: 5, 7: 2, 8: 1}
FULL_TIME_HOURS = {"40": 10, "38.75": 4, "37.5": 4, "35": 3, "36": 2, "30": 1, "40.0": 1}
DECISIONS = {
    "certified": 16,
    "pending": 3,
    "returned": 2,
    "rejected": 3,
    "withdrawn": 4,
    "draft": 3,
}
OWN_VALUES = {
    "base_staff": ("2", "3", "4"),
    "base_qualified.community_home": ("0", "1", "3"),
    "base_qualified.branch_group_care": ("2", "4"),
    "absent_staff_counted": ("0", "1"),
}
DECIDED = ("certified", "rejected", "withdrawn")
ITEMS = (
    *("early_return", "training", "long_term_plan"),
    *("duty_information", "duty_management", "duty_supervision"),
    *("duty_mental_health", "duty_relief", "duty_community"),
)


def random_tables(seed: int) -> Tables:
    """Return a random ledger of one or two authorities, the same one for the same seed."""
    dice = Dice(seed)
    tables: Tables = {name: [] for name in COLUMNS}
    tables["authorities"].append(authority())
    tables["homes"] = [home(dice, number) for number in range(1, dice.between(1, 5) + 1)]
    for row in tables["homes"]:
        units_of_home = units(dice, row)
        tables["units"] += units_of_home
        tables["staff"] += main_building_staff(dice, row)
        tables["confirmations"] += confirmations(dice, row)
        tables["applications"] += backup_applications(dice, row, units_of_home)
    for row in tables["units"]:
        tables["capacities"] += capacities(dice, row)
        tables["staff"] += unit_staff(dice, row)
        tables["applications"] += dispersal_applications(dice, row)
    tables["staff"] += second_postings(dice, tables)
    tables["absences"] = absences(dice, tables["staff"])
    number_applications(dice, tables["applications"])
    share_homes(dice, tables)
    tables["parameters"] = own_values(dice, tables["authorities"])
    chains(dice, tables["units"])
    return {name: tidy(dice, name, rows) for name, rows in tables.items()}


def boundary_days(tables: Tables) -> list[date]:
    """Return the days to judge a ledger on: each day it names, the day before and the day after."""
    days = {date(2019, 4, 1), date(2022, 2, 18)}
    for rows in tables.values():
        for row in rows:
            days |= {
                date.fromisoformat(cell) for name, cell in row.items() if cell and is_day(name)
            }
    around = {day + timedelta(days=shift) for day in days for shift in (-1, 0, 1)}
    return sorted(around)


def write_csv(tables: Tables, folder: Path) -> None:
    """Write one CSV file a table (UTF-8, English headers) into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[name], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


class Dice:
    """A seeded source of values; its days crowd on the boundaries of one fiscal year."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.focus = self.random.choice(FISCAL_YEARS)
        self.carelessness = self.random.choice((0.0, 0.0, 0.05, 0.2))

    def chance(self, probability: float) -> bool:
        """Say yes as often as the probability asks."""
        return self.random.random() < probability

    def between(self, low: int, high: int) -> int:
        """Return a whole number, both ends included."""
        return self.random.randint(low, high)

    def pick(self, options: Sequence[T]) -> T:
        """Return one of several equally likely options."""
        return self.random.choice(options)

    def weigh(self, weights: dict[T, int]) -> T:
        """Return one of several options by its weight."""
        return self.random.choices(list(weights), list(weights.values()))[0]

    def maybe(self, probability: float, give: Callable[[], T]) -> T | None:
        """Return a value as often as the probability asks, otherwise a blank."""
        return give() if self.chance(probability) else None

    def year(self) -> int:
        """Return a fiscal year, more often than not the ledger's own."""
        return self.focus if self.chance(0.7) else self.pick(FISCAL_YEARS)

    def day(self) -> str:
        """Return a day on or next to a boundary, sometimes any day of the year."""
        year = self.year()
        options = [
            self.pick((date(year, 3, 31), date(year, 4, 1), date(year, 4, 2))),
            self.pick((date(year, 4, 29), date(year, 4, 30), date(year, 5, 1))),
            self.month_day(year, first=True),
            self.month_day(year, first=False),
            date(year, 4, 1) + timedelta(days=self.between(0, 364)),
            self.pick((date(year + 1, 3, 31), date(year + 1, 4, 1), date(2019, 4, 1))),
        ]
        return self.pick(options).isoformat()

    def month_day(self, fiscal_year: int, *, first: bool) -> date:
        """Return the first or the last day of a month of a fiscal year."""
        month = self.between(1, 12)
        year = fiscal_year if month >= 4 else fiscal_year + 1
        return date(year, month, 1 if first else monthrange(year, month)[1])

    def long_ago(self) -> str | None:
        """Return a day before all fiscal years of a ledger, or a blank."""
        return self.pick((None, "2005-04-01", "2012-10-01", "2018-04-01"))

    def yes(self, probability: float) -> str:
        """Return yes as often as the probability asks, else no."""
        return "1" if self.chance(probability) else "0"


# Keys and order


def is_day(column: str) -> bool:
    """Say whether a column holds a day."""
    return column.endswith("_on") or column in ("effective_from", "effective_to", "holds_from")


def tidy(dice: Dice, name: str, rows: list[Row]) -> list[Row]:
    """Keep the first row of each key, fill the blank columns, and mix the order."""
    kept: dict[tuple[str | None, ...], Row] = {}
    for row in rows:
        full = {column: row.get(column) for column in COLUMNS[name]}
        kept.setdefault(tuple(full[column] for column in KEYS[name]), full)
    mixed = list(kept.values())
    dice.random.shuffle(mixed)
    return mixed


# Authority, homes, units, capacities


def authority() -> Row:
    """Return the one authority of a ledger."""
    return {
        "authority_code": "131121",
        "name": "例示区",
        "kind": "center_city",
        "reporting_officer": "民生主管部長",
    }


def share_homes(dice: Dice, tables: Tables) -> None:
    """Give some of the homes to a second authority, in a few ledgers."""
    if dice.chance(0.25):
        other: Row = {"authority_code": "131130", "name": "別の区", "kind": "center_city"}
        tables["authorities"].append(other)
        for row in tables["homes"]:
            row["authority_code"] = dice.pick(("131121", "131130"))


def own_values(dice: Dice, authorities: list[Row]) -> list[Row]:
    """Give values of their own to authorities: each dated, some ended, some followed by others."""
    share = dice.pick((0.0, 0.0, 0.5, 1.0))
    found: list[Row] = []
    for row in authorities:
        for name, values in OWN_VALUES.items():
            if dice.chance(share):
                found += [
                    {
                        "authority_code": row["authority_code"],
                        "name": name,
                        "effective_from": dice.day() if dice.chance(0.7) else "2018-04-01",
                        "effective_to": dice.maybe(0.4, dice.day),
                        "value": dice.pick(values),
                        "source": "要綱",
                    }
                    for _ in range(dice.between(1, 2))
                ]
    return found


def home(dice: Dice, number: int) -> Row:
    """Return a home, mostly open all along."""
    return {
        "home_id": f"H{number}",
        "name": f"{'ABCDE'[number - 1]} 園",
        "operator": f"法人{dice.between(1, 3)}",
        "authority_code": "131121",
        "opened_on": dice.day() if dice.chance(0.2) else dice.long_ago(),
        "closed_on": dice.maybe(0.15, dice.day),
    }


def units(dice: Dice, of_home: Row) -> list[Row]:
    """Return the units of a home; their names come again in other homes."""
    kinds = dice.pick((KINDS, KINDS, KINDS, {"branch_group_care": 1}))
    return [
        {
            "unit_id": f"{of_home['home_id']}-U{number}",
            "home_id": of_home["home_id"],
            "name": f"{'abcdefgh'[number - 1]} 園",
            "kind": dice.weigh(kinds),
            "opened_on": dice.day() if dice.chance(0.3) else dice.long_ago(),
            "closed_on": dice.maybe(0.2, dice.day),
        }
        for number in range(1, dice.pick((0, 1, 1, 2, 3, 4, 6, 8)) + 1)
    ]


def chains(dice: Dice, units_of_all: list[Row]) -> None:
    """Let some units continue others: mostly from the day on, rarely themselves or in a circle."""
    share = dice.pick((0.0, 0.0, 0.2, 0.5))
    for later in units_of_all:
        if dice.chance(share):
            earlier = dice.pick(units_of_all)
            later["continues"] = earlier["unit_id"]
            if dice.chance(0.8):
                opened = date.fromisoformat(dice.day())
                later["opened_on"] = opened.isoformat()
                earlier["closed_on"] = (opened - timedelta(days=1)).isoformat()


def capacities(dice: Dice, unit: Row) -> list[Row]:
    """Return the dated capacities of a unit: none, one or several."""
    count = 0 if dice.chance(0.04 + dice.carelessness) else dice.weigh({1: 5, 2: 3, 3: 2})
    found: list[Row] = []
    for number in range(count):
        first = dice.pick(("2010-04-01", unit["opened_on"] or "2018-04-01"))
        from_start = number == 0 and dice.chance(0.8)
        found.append(
            {
                "unit_id": unit["unit_id"],
                "effective_from": first if from_start else dice.day(),
                "capacity": str(dice.weigh(CAPACITIES)),
            }
        )
    return found


# Staff


def unit_staff(dice: Dice, unit: Row) -> list[Row]:
    """Return the staff of a unit: around base and extra staff, clean or mixed."""
    clean = dice.chance(0.6)
    rows = [posting(dice, unit, "full_time", clean) for _ in range(dice.between(1, 6))]
    rows += [posting(dice, unit, "part_time", clean) for _ in range(dice.pick((0, 0, 1, 2, 3, 4)))]
    if dice.chance(0.15):
        rows.append(posting(dice, unit, "full_time", clean) | {"role": "support"})
    if dice.chance(0.08):
        rows.append(posting(dice, unit, "full_time", clean) | {"role": "backup"})
    return rows


def main_building_staff(dice: Dice, of_home: Row) -> list[Row]:
    """Return the staff of a main building: around one backup worker, some care and support."""
    at_main: Row = {"home_id": of_home["home_id"], "unit_id": None}
    employments = dice.pick(
        (
            *((), ("full_time",), ("full_time",), ("full_time", "part_time")),
            *(("part_time",), ("part_time", "part_time"), ("part_time",) * 3),
        )
    )
    rows = [
        posting(dice, at_main, employment, True) | {"role": "backup"} for employment in employments
    ]
    others = [role for role in ("care", "support") if dice.chance(0.3)]
    return rows + [posting(dice, at_main, "full_time", False) | {"role": role} for role in others]


def posting(dice: Dice, place: Row, employment: str, clean: bool) -> Row:
    """Return one posting of a new person; a clean one is qualified and dedicated."""
    dated = dice.chance(0.25)
    return {
        "staff_id": f"S{dice.between(100, 999_999)}",
        "home_id": place["home_id"],
        "unit_id": place["unit_id"],
        "job": dice.pick(("child_instructor", "childcare_worker"))
        if clean or dice.chance(0.7)
        else "other",
        "employment": employment,
        **hours(dice, employment),
        "role": "care",
        "dedicated": dice.yes(1.0 if clean else 0.8),
        "main_rota": dice.yes(0.0 if clean else 0.2),
        "started_on": dice.day() if dated and dice.chance(0.6) else dice.long_ago(),
        "ended_on": dice.day() if dated and dice.chance(0.6) else None,
    }


def hours(dice: Dice, employment: str) -> Row:
    """Return the hours of a posting, sometimes blank though they are needed."""
    full_time = dice.weigh(FULL_TIME_HOURS)
    if employment == "full_time" and dice.chance(0.5):
        return {"weekly_hours": None, "full_time_weekly_hours": dice.pick((None, full_time))}
    weekly = full_time if employment == "full_time" else part_time_hours(dice, full_time)
    if dice.chance(dice.carelessness):
        blanked = dice.pick(("weekly", "full_time", "both", "zero"))
        weekly = weekly if blanked in ("full_time", "zero") else ""
        full_time = {"weekly": full_time, "zero": "0"}.get(blanked, "")
    return {"weekly_hours": weekly or None, "full_time_weekly_hours": full_time or None}


def part_time_hours(dice: Dice, full_time: str) -> str:
    """Return part-time hours near a twentieth or a third of full time, where rounding turns."""
    whole = round(float(full_time) * 100)
    twentieths = (2 * dice.between(0, 9) + 1, 20)
    parts, of = dice.pick(
        (twentieths, twentieths, (dice.between(1, 9), 10), (1, 3), (1, 2), (1, 1))
    )
    hundredths = whole * parts // of + dice.pick((0, 0, 0, 0, -1, 1, 25))
    return f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")


def second_postings(dice: Dice, tables: Tables) -> list[Row]:
    """Give some people a second posting, at once with the first or after it."""
    places: list[Row] = [*tables["units"], *({**row, "unit_id": None} for row in tables["homes"])]
    share = dice.pick((0.0, 0.0, 0.03, 0.1))
    found = []
    for row in tables["staff"]:
        if dice.chance(share):
            place = dice.pick((row, dice.pick(places)))
            second = posting(dice, place, str(row["employment"]), True)
            second |= {"staff_id": row["staff_id"], "role": second_role(dice, place)}
            if dice.chance(0.4):
                move(dice, row, second)
            elif dice.chance(0.7):
                halve(dice, row, second)
            found.append(second)
    return found


def second_role(dice: Dice, place: Row) -> str:
    """Return the role of a second posting: in a unit mostly care."""
    if place["unit_id"] is None:
        return dice.pick(("backup", "support", "care"))
    return dice.weigh({"care": 8, "support": 1, "backup": 1})


def move(dice: Dice, first: Row, second: Row) -> None:
    """Let a person leave the first posting as the second starts, or overlap by a day."""
    day = date.fromisoformat(dice.day())
    first["ended_on"] = day.isoformat()
    second["started_on"] = (day + timedelta(days=dice.pick((0, 1, 1, 2)))).isoformat()


def halve(dice: Dice, first: Row, second: Row) -> None:
    """Let a person share full-time hours between two postings at once."""
    full_time = dice.pick(("40", "35", "37.5"))
    for row in (first, second):
        row["full_time_weekly_hours"] = full_time
        row["weekly_hours"] = part_time_hours(dice, full_time)


# Leave


def absences(dice: Dice, staff: list[Row]) -> list[Row]:
    """Give some people leave, a few of them twice, counted or not, or with nothing said."""
    share = dice.pick((0.0, 0.05, 0.2))
    return [
        {
            "staff_id": row["staff_id"],
            "started_on": dice.day(),
            "ended_on": dice.maybe(0.6, dice.day),
            "kind": dice.pick(("maternity", "childcare", "sick", "other")),
            "counted": dice.weigh({"0": 5, "1": 2, None: 2}),
        }
        for row in staff
        for _ in range(2)
        if dice.chance(share)
    ]


# Confirmations


def confirmations(dice: Dice, of_home: Row) -> list[Row]:
    """Return the confirmations of a home: all in order, or anything."""
    sound = dice.chance(0.5)
    found: list[Row] = []
    for item in ITEMS:
        if sound or dice.chance(0.6):
            found.append(standing_confirmation(dice, of_home, item))
        count = dice.weigh({0: 19, 1: 1}) if sound else dice.weigh({0: 5, 1: 3, 2: 2})
        found += [any_confirmation(dice, of_home, item) for _ in range(count)]
    return found


def standing_confirmation(dice: Dice, of_home: Row, item: str) -> Row:
    """Return an old confirmation, with result yes, that does not expire."""
    return {
        "home_id": of_home["home_id"],
        "item": item,
        "result": dice.pick((None, "1")),
        "confirmed_on": dice.pick(("2018-04-01", "2019-03-20", "2019-04-20")),
        "holds_from": dice.pick((None, "2018-04-01", "2019-04-01")),
        "evidence": "監査調書",
    }


def any_confirmation(dice: Dice, of_home: Row, item: str) -> Row:
    """Return a confirmation with any result; it may hold before it was made, and expire."""
    confirmed_on = date.fromisoformat(dice.day())
    earlier = confirmed_on - timedelta(days=dice.pick((1, 19, 30, 365)))
    return {
        "home_id": of_home["home_id"],
        "item": item,
        "result": dice.pick((None, "1", "1", "0")),
        "confirmed_on": confirmed_on.isoformat(),
        "holds_from": dice.maybe(0.5, earlier.isoformat),
        "expires_on": dice.maybe(0.5, dice.day),
    }


# Applications


def dispersal_applications(dice: Dice, unit: Row) -> list[Row]:
    """Return the dispersal applications of a unit, none to three a year."""
    in_a_year = {0: 3, 1: 8, 2: 4, 3: 2}
    if unit["kind"] not in ("community_home", "branch_group_care"):
        in_a_year = {0: 8, 1: 1}
    found = []
    for row in applications(dice, in_a_year):
        requested = dice.between(1, 3)
        row |= {"addon": "dispersal", "home_id": unit["home_id"], "unit_id": unit["unit_id"]}
        row["requested_extra"] = str(requested)
        if row["decision"] == "certified" and dice.chance(0.95):
            row["certified_extra"] = str(dice.between(1, requested))
        if dice.chance(0.02):
            row["unit_id"] = None
        found.append(row)
    return found


def backup_applications(dice: Dice, of_home: Row, units_of_home: list[Row]) -> list[Row]:
    """Return the backup applications of a home, none to two a year."""
    backup: Row = {"addon": "backup", "home_id": of_home["home_id"]}
    found = [row | backup for row in applications(dice, {0: 3, 1: 8, 2: 3})]
    for row in found:
        if units_of_home and dice.chance(0.03):
            row["unit_id"] = dice.pick(units_of_home)["unit_id"]
    return found


def applications(dice: Dice, in_a_year: dict[int, int]) -> list[Row]:
    """Return applications over the fiscal years, most of them in the ledger's own."""
    found = []
    for year in FISCAL_YEARS:
        if year == dice.focus or dice.chance(0.5):
            found += [application(dice, year) for _ in range(dice.weigh(in_a_year))]
    return found


def application(dice: Dice, year: int) -> Row:
    """Return an application of a fiscal year, its days around the cut-off of 30 April."""
    decision = dice.weigh(DECISIONS)
    ended = decision == "certified" and dice.chance(0.3)
    return {
        "fiscal_year": str(year),
        "start_month": start_month(dice, year),
        "applied_on": dice.maybe(0.4 if decision == "draft" else 0.96, lambda: filed(dice, year)),
        "decision": decision,
        "decided_on": dice.maybe(0.93, lambda: filed(dice, year)) if decision in DECIDED else None,
        "ended_on": end_day(dice, year) if ended else None,
        "end_reason": "体制変更" if ended else None,
    }


def start_month(dice: Dice, year: int) -> str:
    """Return a start month: April, any month of the year, rarely one outside it."""
    month = dice.month_day(year, first=True)
    if dice.chance(0.4):
        month = date(year, 4, 1)
    if dice.chance(0.05):
        month = dice.pick((date(year, 1, 1), date(year, 3, 1), date(year + 1, 4, 1)))
    return f"{month.year}-{month.month:02d}"


def filed(dice: Dice, year: int) -> str:
    """Return a day on which an application is made or decided, mostly in March and April."""
    near = (date(year, 4, 29), date(year, 4, 30), date(year, 4, 30), date(year, 5, 1))
    early = (date(year, 3, 15), date(year, 4, 1), date(year, 4, 10), date(year, 4, 10))
    late = date(year, 4, 1) + timedelta(days=dice.between(0, 400))
    return dice.pick((dice.pick(near), dice.pick(early), dice.pick(early), late)).isoformat()


def end_day(dice: Dice, year: int) -> str:
    """Return the last day of an add-on: a month's end, or a day next to the cut-off."""
    beside = (date(year, 3, 31), date(year, 4, 29), date(year, 4, 30), date(year, 5, 1))
    return dice.pick((dice.pick(beside), dice.month_day(year, first=False))).isoformat()


def number_applications(dice: Dice, rows: list[Row]) -> None:
    """Give every application its id; as texts they sort otherwise than as numbers."""
    numbers = list(range(1, len(rows) + 1))
    dice.random.shuffle(numbers)
    for row, number in zip(rows, numbers, strict=True):
        row["application_id"] = f"A{number}"
