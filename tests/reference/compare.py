"""Compare the program with the reference on random ledgers.

`python -m tests.reference.compare --seeds 0 1000` compares as many as one has time for.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from shokibo.answers import plain
from shokibo.law.evaluate import HOME_RULES, UNIT_RULES, evaluate
from shokibo.law.outcomes import Rule
from shokibo.law.own_law import law_of
from shokibo.law.parameters import national_law
from shokibo.ledger.model import Ledger
from shokibo.ledger.reading import read_ledger
from shokibo.planning.months import year_of_months
from shokibo.returns.forms import fill_form
from shokibo.rounding import tenths
from tests.printed import as_json

from . import judge
from .generate import Tables, boundary_days, random_tables, write_csv

UNIT_VALUES = ("home_id", "unit_id", "kind", "in_scope", "capacity")
DAYS = 28
SHOWN = 5


@dataclass
class Comparison:
    """How many judgements were compared, and where program and reference differ.

    `months` are those of units that have a certified add-on in the year.
    """

    judgements: int = 0
    months: int = 0
    differences: list[str] = field(default_factory=list)

    def count(self, where: str, mine: Any, theirs: Any) -> None:  # noqa: ANN401
        """Count one judgement."""
        self.judgements += 1
        if mine != theirs:
            self.differences.append(f"{where}: program {mine}, reference {theirs}")


def compare(seeds: range, most_days: int = DAYS) -> Comparison:
    """Compare units and homes on days around all that happens, and forms and months of a year."""
    comparison = Comparison()
    for seed in seeds:
        tables, ledger = random_ledger(seed)
        compare_judgements(comparison, seed, tables, ledger, most_days)
        compare_forms(comparison, seed, tables, ledger)
        compare_months(comparison, seed, tables, ledger)
    return comparison


def compare_only_months(seeds: range) -> Comparison:
    """Compare what is certified month by month."""
    comparison = Comparison()
    for seed in seeds:
        compare_months(comparison, seed, *random_ledger(seed))
    return comparison


def random_ledger(seed: int) -> tuple[Tables, Ledger]:
    """Return a random ledger as both read it."""
    tables = random_tables(seed)
    with tempfile.TemporaryDirectory() as folder:
        write_csv(tables, Path(folder))
        return tables, read_ledger(Path(folder))


def compare_judgements(
    comparison: Comparison, seed: int, tables: Tables, ledger: Ledger, most_days: int
) -> None:
    """Compare all units and homes, with every value and outcome, in their order."""
    days = some_of(boundary_days(tables), most_days, seed)
    evaluation = evaluate(ledger, law_of(ledger, national_law()), days)
    for day in days:
        theirs = judge.evaluate(tables, day)
        today = pl.col("as_of") == day
        for part, mine in (
            ("units", units_of(evaluation.units.filter(today))),
            ("homes", homes_of(evaluation.homes.filter(today))),
        ):
            where = f"seed {seed}, {day}, {part}"
            if len(mine) != len(theirs[part]):
                comparison.differences.append(f"{where}: {len(mine)}, not {len(theirs[part])}")
            for number, (one, other) in enumerate(zip(mine, theirs[part], strict=False)):
                comparison.count(f"{where}[{number}]", one, other)


def some_of(days: list[date], most: int, seed: int) -> list[date]:
    """Return so many of the days, spread over all and not the same for every ledger."""
    step = max(1, len(days) // most)
    return days[seed % step :: step]


def units_of(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Return units as the reference gives them."""
    return [
        {
            **{name: row[name] for name in UNIT_VALUES},
            "staff_fte": printed(row["staff_fte"]),
            "qualified_fte": printed(row["qualified_fte"]),
            "max_extra": row["max_extra"],
            "available_extra": row["available_extra"],
            "eligible": row["eligible"],
            "reasons": list(reasons(row, UNIT_RULES)),
        }
        for row in frame.iter_rows(named=True)
    ]


def homes_of(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Return homes as the reference gives them."""
    return [
        {
            "home_id": row["home_id"],
            "backup_fte": printed(row["backup_fte"]),
            "backup_eligible": row["backup_eligible"],
            "reasons": list(reasons(row, HOME_RULES)),
        }
        for row in frame.iter_rows(named=True)
    ]


def printed(fte: int | None) -> str | None:
    """Return FTE with one decimal."""
    return None if fte is None else tenths(fte)


def reasons(row: dict[str, Any], rules: list[Rule]) -> Iterator[dict[str, str]]:
    """Return the outcome of each rule that is law on the row's day."""
    return ({"code": rule.code, "outcome": row[rule.code]} for rule in rules if row[rule.code])


def compare_forms(comparison: Comparison, seed: int, tables: Tables, ledger: Ledger) -> None:
    """Compare both forms of the year that most applications are for, and of one near it."""
    for year in years_near(tables, seed):
        for number, theirs in ((1, judge.form1(tables, year)), (2, judge.form2(tables, year))):
            form = fill_form(ledger, law_of(ledger, national_law()), 1 if number == 1 else 2, year)
            mine = {name: value for name, value in as_json(form, "ja").items() if name in theirs}
            comparison.count(f"seed {seed}, form {number} of {year}", mine, theirs)


def compare_months(comparison: Comparison, seed: int, tables: Tables, ledger: Ledger) -> None:
    """Compare what is certified month by month in the same years."""
    for year in years_near(tables, seed):
        theirs = judge.months(tables, year)
        mine = plain(year_of_months(ledger, law_of(ledger, national_law()), year))
        for part in ("units", "homes"):
            where = f"seed {seed}, months of {year}, {part}"
            if len(mine[part]) != len(theirs[part]):
                comparison.differences.append(f"{where}: {len(mine[part])}, {len(theirs[part])}")
            for number, (one, other) in enumerate(zip(mine[part], theirs[part], strict=False)):
                comparison.count(f"{where}[{number}]", one, other)
        comparison.count(f"seed {seed}, months of {year}", mine["totals"], theirs["totals"])
        comparison.months += sum(len(unit["months"]) for unit in theirs["units"])


def years_near(tables: Tables, seed: int) -> list[int]:
    """Return the year that most applications are for, and one next to it."""
    years = [int(row["fiscal_year"] or 0) for row in tables["applications"]] or [2022]
    busiest = max(sorted(set(years)), key=years.count)
    other = busiest - 1 if seed % 2 else busiest + 1
    return [max(one, judge.APPLIES_FROM.year) for one in (busiest, other)]


def main() -> int:
    """Compare the seeds asked for, say what differs, and say with the exit status whether."""
    parser = argparse.ArgumentParser(description="Compare the program with the reference.")
    parser.add_argument("--seeds", nargs=2, type=int, default=(0, 100), metavar=("FROM", "TO"))
    parser.add_argument("--days", type=int, default=DAYS, help="days a ledger is judged on")
    asked = parser.parse_args()
    begun = time.perf_counter()
    comparison = compare(range(*asked.seeds), asked.days)
    for difference in comparison.differences[:SHOWN]:
        sys.stdout.write(f"{difference}\n")
    seconds = time.perf_counter() - begun
    sys.stdout.write(
        f"{comparison.judgements} judgements, {comparison.months} unit-months, "
        f"{len(comparison.differences)} differences, {seconds:.1f} s\n"
    )
    return 1 if comparison.differences else 0


if __name__ == "__main__":
    sys.exit(main())
