"""A small record of care for tests: invented, the same each time."""

import datetime as dt
import random
from pathlib import Path

from tests.builders import Row, Tables, made, planned, write_csv

SINCE, UNTIL = dt.date(2010, 4, 1), dt.date(2022, 3, 31)


def episodes(children: int = 160, seed: int = 5) -> list[Row]:
    """Return stays of one child each: homes, and foster care for every fourth."""
    chance = random.Random(seed)
    rows = []
    for number in range(children):
        started = SINCE + dt.timedelta(days=chance.randrange((UNTIL - SINCE).days))
        birth = started - dt.timedelta(days=chance.randrange(3 * 366, 15 * 366))
        ended = started + dt.timedelta(days=1 + int(chance.expovariate(1 / 900)))
        eighteen = dt.date(birth.year + 18 + ((birth.month, birth.day) > (4, 1)), 3, 31)
        last = min(ended, eighteen)
        row = {
            "child_code": f"K-{number:04d}",
            "birth_month": f"{birth:%Y-%m}",
            "place": "foster" if number % 4 == 0 else "children_home",
            "started_on": started.isoformat(),
        }
        if last <= UNTIL:
            row |= {
                "ended_on": last.isoformat(),
                "end_reason": "independence" if last == eighteen else "return_home",
            }
        rows.append(row)
    return rows


def with_record(tables: Tables) -> None:
    """Add the episodes and a plan to a ledger."""
    planned(tables)
    tables["episodes"] = episodes()


def recorded(folder: Path, *rows: Row) -> Path:
    """Write a ledger with a plan and these episodes; without any, those of `episodes`."""

    def record(tables: Tables) -> None:
        with_record(tables)
        if rows:
            tables["episodes"] = list(rows)

    return write_csv(made(record), folder)
