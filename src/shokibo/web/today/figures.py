"""What the rules and checks say of an office's register today, worked out once for a state of it.

Nothing here is a row: ids, counts and findings alone, so that it can be kept. The pages look the
rows up again among those that the person may see.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl
from django.db.models import Model, QuerySet

from shokibo import calendar
from shokibo.checking import check
from shokibo.law.evaluate import evaluate
from shokibo.law.requirements import DUTIES, REQUIREMENTS
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.planning.course import course
from shokibo.web.bridge.reading import judging_ledger, ledger_of
from shokibo.web.certification.judgement import law
from shokibo.web.certification.models import Application
from shokibo.web.certification.near import NEAR
from shokibo.web.certification.standing import fallen_codes
from shokibo.web.register.models import Confirmation
from shokibo.web.today.known import Scope, known

OF_HOMES = ("homes", "units", "capacities", "staff", "confirmations", "occupancy", "applications")
"""The tables of which a home keeps rows."""
GRAVEST = 10
EXPIRING_DAYS = 60
"""So many days before its end a confirmation is told: time to confirm it anew."""
EXPIRED_DAYS = 365
"""One that ended longer ago is no more waited for: who needed it has seen it in the checks."""
_GRAVITY = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True)
class NearUnit:
    """A unit that lacks `lacking` tenths of FTE to `extra` extra staff."""

    unit: int
    lacking: int
    extra: int


@dataclass(frozen=True)
class Ending:
    """An item of a home and the last day on which it is confirmed; None where it never was."""

    home: int
    item: str
    until: dt.date | None


@dataclass(frozen=True)
class Figures:
    """What is known today.

    `gravest` are the first findings, `counts` how many there are of each severity; `fallen` the
    keys of certified add-ons that do not hold in every month of this year or the last; `near` the
    units next to an extra worker, the nearest first; `endings` confirmations that are wanted and
    missing, ended, or end soon; `course` the rows of `planning.course.course`.
    """

    gravest: tuple[Finding, ...]
    counts: dict[str, int]
    fallen: tuple[int, ...]
    near: tuple[NearUnit, ...]
    endings: tuple[Ending, ...]
    course: pl.DataFrame


def findings_of(scope: Scope, day: dt.date) -> list[Finding]:
    """Give all findings of errors and warnings, the gravest first; a home those of its own rows."""
    return _findings(_Register(scope), day)


def figures_of(scope: Scope, day: dt.date) -> Figures:
    """Give what is known of a register today."""
    return known(scope, "today-figures", day, lambda: _work_out(_Register(scope), day))


class _Register:
    """The ledger of a scope, read once; a home's judging ledger holds shared staff beside it."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    @cached_property
    def own(self) -> Ledger:
        if self.scope.homes is None:
            return ledger_of(self.scope.authority)
        return ledger_of(self.scope.authority, self.scope.homes, ("authorities", *OF_HOMES))

    @cached_property
    def judging(self) -> Ledger:
        if self.scope.homes is None:
            return self.own
        return judging_ledger(self.scope.authority, self.scope.homes)


def _findings(register: _Register, day: dt.date) -> list[Finding]:
    return known(register.scope, "today-findings", day, lambda: _checked(register))


def _checked(register: _Register) -> list[Finding]:
    found = [one for one in check(register.own, law()) if one.severity != "info"]
    if register.scope.homes is not None:
        found = [one for one in found if one.table in OF_HOMES]
    return sorted(found, key=lambda one: _GRAVITY[one.severity])


def _work_out(register: _Register, day: dt.date) -> Figures:
    found = _findings(register, day)
    return Figures(
        tuple(found[:GRAVEST]),
        dict(Counter(one.severity for one in found)),
        _fallen(register, day),
        tuple(sorted(_near(register, day), key=lambda one: (one.lacking, one.unit))),
        tuple(_endings(register.scope, day)),
        course(register.own, law(), day),
    )


def _fallen(register: _Register, day: dt.date) -> tuple[int, ...]:
    year = calendar.fiscal_year_of(day)
    codes = list(fallen_codes(register.judging, [year, year - 1], register.scope.homes))
    rows = register.judging["applications"].filter(pl.col("application_id").is_in(codes))
    return tuple(rows[ROW])


def _near(register: _Register, day: dt.date) -> Iterator[NearUnit]:
    """Judge the units of today; a person's postings in other homes count as the rules count."""
    keys = dict(register.own["units"].select("unit_id", ROW).iter_rows())
    judged = evaluate(register.judging, law(), [day]).units.filter(pl.col("shortage") <= NEAR)
    columns = judged.select("unit_id", "shortage", "available_extra").drop_nulls()
    for unit, lacking, available in columns.iter_rows():
        if unit in keys:
            yield NearUnit(keys[unit], lacking, available + 1)


def _endings(scope: Scope, day: dt.date) -> Iterator[Ending]:
    """Give what is missing of this year's applications, then what ended or ends soon."""
    rows = _of(scope, Confirmation)
    last: dict[tuple[int, str], dt.date] = {}
    for home, item, until in rows.values_list("home_id", "item", "expires_on"):
        last[home, item] = max(last.get((home, item), dt.date.min), until or dt.date.max)
    for wanted in sorted(_wanted(scope, day) - last.keys()):
        yield Ending(*wanted, None)
    since = day - dt.timedelta(days=EXPIRED_DAYS)
    before = day + dt.timedelta(days=EXPIRING_DAYS)
    for (home, item), until in sorted(last.items(), key=lambda pair: (pair[1], pair[0])):
        if since <= until <= before:
            yield Ending(home, item, until)


def _wanted(scope: Scope, day: dt.date) -> set[tuple[int, str]]:
    """Give the items that the rules ask of homes with an application of this year."""
    rows = _of(scope, Application).filter(
        fiscal_year=calendar.fiscal_year_of(day), state__in=("submitted", "proposed", "certified")
    )
    return {
        (home, item)
        for home, addon in rows.values_list("home_id", "addon").distinct().order_by()
        for item in (*REQUIREMENTS.values(), *(DUTIES.values() if addon == "backup" else ()))
    }


def _of(scope: Scope, model: type[Model]) -> QuerySet[Any]:
    rows = model._default_manager.filter(authority=scope.authority)
    return rows if scope.homes is None else rows.filter(home__in=scope.homes)
