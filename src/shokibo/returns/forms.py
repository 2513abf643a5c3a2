"""R9: 様式1 and 様式2, the figures they print and what is missing or odd on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from shokibo.answers import plain
from shokibo.law.facts import unit_facts
from shokibo.law.fte import several_postings
from shokibo.law.parameters import Law
from shokibo.law.reference_date import reference_date
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger
from shokibo.returns import counted
from shokibo.returns.counted import FormNumber, Period
from shokibo.returns.notes import notes_on
from shokibo.rounding import tenths
from shokibo.texts import Language

KINDS = ("community_home", "branch_group_care")


@dataclass(frozen=True)
class Split:
    """A number of units, and of these those of the capacities that the form tells apart."""

    total: int
    by_capacity: Mapping[int, int]


@dataclass(frozen=True)
class KindCounts:
    """Table 1, one column: units in scope, applied, certified."""

    units: int
    applied: Split
    certified: Split


@dataclass(frozen=True)
class BackupCounts:
    """Table 2: homes; of these with units in scope; applied; certified."""

    homes: int
    homes_with_units: int
    applied: int
    certified: int


@dataclass(frozen=True)
class ListRow:
    """Table 3, one row. Staff in tenths of FTE; None where it can't be told."""

    number: int
    unit_id: str
    home_id: str
    unit_name: str
    capacity: int | None
    dispersal: bool
    staff: int | None
    home_name: str
    backup: bool

    @property
    def staff_printed(self) -> str | None:
        """Staff as printed: "4", "4.8"."""
        return None if self.staff is None else tenths(self.staff).removesuffix(".0")


@dataclass(frozen=True)
class Form:
    """A form with its figures, its addressee of the day it is due, and its notes."""

    period: Period
    units: Mapping[str, KindCounts]
    backup: BackupCounts
    rows: tuple[ListRow, ...]
    notes: tuple[Finding, ...]


def fill_form(ledger: Ledger, law: Law, number: FormNumber, year: int) -> Form:
    """Fill form 1 or form 2 for a fiscal year.

    The ledger is one authority's; of several it gives their sum, and a note says so.
    Raises NotInForceError for a year before the Notification applied.
    """
    period = counted.period_of(number, year)
    counted.require_in_force(period, law)
    homes = counted.open_homes(ledger, period)
    applications = counted.applications(ledger, period)
    units = _units(ledger, law, period, applications)
    backup = counted.of_homes(applications).filter(
        pl.col("home_id").is_in(homes["home_id"].implode())
    )
    listed = _listed(units, backup)
    return Form(
        period,
        _count_units(units, [int(c) for c in law.listed("report_capacities", period.due)]),
        BackupCounts(
            homes.height,
            units["home_id"].n_unique(),
            backup.height,
            int(backup["certified"].sum()),
        ),
        tuple(_rows(listed)),
        tuple(notes_on(ledger, law, period, units, backup, listed)),
    )


def _units(ledger: Ledger, law: Law, period: Period, applications: pl.DataFrame) -> pl.DataFrame:
    """Units in scope under the form, judged on their reference dates, with applied, certified."""
    cases = (
        counted.units_in_scope(ledger, law, period)
        .join(counted.of_units(applications), on="unit_id", how="left", maintain_order="left")
        .with_columns(
            as_of=reference_date(pl.lit(period.year)),
            applied=pl.col("certified").is_not_null(),
            certified=pl.col("certified").fill_null(value=False),
        )
    )
    several = several_postings(ledger["staff"], cases["as_of"].unique())
    return unit_facts(ledger, law, cases, several).collect()


def _listed(units: pl.DataFrame, backup: pl.DataFrame) -> pl.DataFrame:
    certified_homes = backup.filter("certified")["home_id"]
    flagged = units.with_columns(backup=pl.col("home_id").is_in(certified_homes.implode()))
    return flagged.filter(pl.col("certified") | pl.col("backup")).sort("home_row", "unit_row")


def _rows(listed: pl.DataFrame) -> Iterable[ListRow]:
    for number, row in enumerate(listed.iter_rows(named=True), start=1):
        yield ListRow(
            number,
            row["unit_id"],
            row["home_id"],
            row["name"],
            row["capacity"],
            row["certified"],
            row["staff_fte"],
            row["home_name"],
            row["backup"],
        )


def _count_units(units: pl.DataFrame, capacities: list[int]) -> dict[str, KindCounts]:
    by_kind = {kind: units.filter(pl.col("kind") == kind) for kind in KINDS}
    return {
        name: KindCounts(
            of_kind.height,
            _split(of_kind.filter("applied"), capacities),
            _split(of_kind.filter("certified"), capacities),
        )
        for name, of_kind in {**by_kind, "total": units}.items()
    }


def _split(units: pl.DataFrame, capacities: list[int]) -> Split:
    found = dict(units["capacity"].value_counts().iter_rows())
    return Split(units.height, {capacity: found.get(capacity, 0) for capacity in capacities})


def as_json(form: Form, language: Language) -> dict[str, object]:
    """Give a form as the command line prints it."""
    return {
        "form": form.period.number,
        "fiscal_year": form.period.year,
        "from": form.period.first.isoformat(),
        "to": form.period.last.isoformat(),
        "due": form.period.due.isoformat(),
        "units": {
            kind: {
                "units": counts.units,
                "applied": _split_json(counts.applied),
                "certified": _split_json(counts.certified),
            }
            for kind, counts in form.units.items()
        },
        "backup": {
            "homes": form.backup.homes,
            "homes_with_units": form.backup.homes_with_units,
            "applied": form.backup.applied,
            "certified": form.backup.certified,
        },
        "list": [
            {
                "number": row.number,
                "unit_name": row.unit_name,
                "capacity": row.capacity,
                "dispersal": row.dispersal,
                "staff": row.staff_printed,
                "home_name": row.home_name,
                "backup": row.backup,
            }
            for row in form.rows
        ],
        "notes": [plain(note.report(language)) for note in form.notes],
    }


def _split_json(split: Split) -> dict[str, int]:
    return {"total": split.total, **{str(c): n for c, n in split.by_capacity.items()}}
