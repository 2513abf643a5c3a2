"""What the rules and checks find in an office's register today, computed once for its state.

Nothing here is a row: ids, counts and findings alone, so that it can be cached. The pages look the
rows up again among those that the person may see.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import polars as pl
from django.db.models import Model, QuerySet

from shokibo import calendar
from shokibo.checking import Rechecks
from shokibo.law.day_evaluation import UnitFigures, figures_of
from shokibo.law.requirements import DUTIES, REQUIREMENTS
from shokibo.ledger.checks import FIGURES
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW
from shokibo.planning.course import course
from shokibo.returns.renewals import not_applied_again
from shokibo.web.certification.models import Application
from shokibo.web.certification.shortfalls import MOST_LACKING
from shokibo.web.planning.contents import TABLES
from shokibo.web.planning.plan_page import stored_plan
from shokibo.web.register.models import Confirmation
from shokibo.web.store.mapping import MAPPED, PLANNED
from shokibo.web.store.reading import REGISTER, WITHOUT_CHILDREN, ledger_of
from shokibo.web.store.rules import Rules, own_law
from shokibo.web.today.known import Scope, known

OF_HOMES = tuple(
    name
    for name, mapped in MAPPED.items()
    if name not in ("authorities", *PLANNED) and mapped.is_of_homes
)
"""The tables of which a home has rows."""
GRAVEST = 10
EXPIRING_DAYS = 60
"""So many days before its end a confirmation is shown: time to confirm it again."""
EXPIRED_DAYS = 365
"""One that ended longer ago is no more waited for: who needed it has seen it in the checks."""
_GRAVITY = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True)
class UnitShortfall:
    """A unit that lacks `lacking` tenths of FTE to `extra` extra staff."""

    unit: int
    lacking: int
    extra: int


@dataclass(frozen=True)
class Ending:
    """An item of a home and the last day on which it is confirmed; None if it never was."""

    home: int
    item: str
    until: dt.date | None


@dataclass(frozen=True)
class NotAgain:
    """The last application for an add-on that none of this year follows, and the unit of now."""

    application: int
    unit: str | None


@dataclass(frozen=True)
class Figures:
    """What is known of a scope's register on a day; each part is computed when it is asked for.

    What the rules say is shared with the other pages; the rest is cached until a table that it is
    computed from changes.
    """

    scope: Scope
    day: dt.date

    @cached_property
    def findings(self) -> list[Finding]:
        """All errors and warnings, the gravest first; a home's are of its own rows."""
        found = [
            *known(self.scope, ("findings",), lambda: _checked(self.scope)),
            *(one.finding for one in self._rules.certified_findings()),
            *(stored_plan(self.scope.authority).findings if self.scope.homes is None else ()),
        ]
        grave = [one for one in found if one.severity != "info"]
        return sorted(grave, key=lambda one: _GRAVITY[one.severity])

    @property
    def gravest(self) -> list[Finding]:
        """The first of them."""
        return self.findings[:GRAVEST]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity."""
        return dict(Counter(one.severity for one in self.findings))

    @cached_property
    def lapsed(self) -> tuple[int, ...]:
        """The keys of certified add-ons that do not hold in a month of this year or the last."""
        year = calendar.fiscal_year_of(self.day)
        found = self._rules.certified_findings(year, year - 1)
        codes = {each.application_id for one in found for each in one.applications}
        applications = self._rules.register["applications"]
        return tuple(applications.filter(pl.col("application_id").is_in(codes))[ROW])

    @cached_property
    def shortfalls(self) -> list[UnitShortfall]:
        """The units next to an extra worker, the nearest first."""
        judged = self._rules.evaluated(self.day).units.filter(pl.col("shortage") <= MOST_LACKING)
        keys = self._rules.register["units"].select("unit_id", unit=pl.col(ROW))
        rows = judged.join(keys, on="unit_id").select("unit", "shortage", "available_extra")
        found = [
            UnitShortfall(key, lacking, has + 1) for key, lacking, has in rows.drop_nulls().rows()
        ]
        return sorted(found, key=lambda one: (one.lacking, one.unit))

    @cached_property
    def answers(self) -> Counter[str]:
        """How many open units may have the add-on, may not, or can't be judged."""
        return Counter(
            unit.answer for unit in figures_of(self._rules.evaluated(self.day).units, UnitFigures)
        )

    @cached_property
    def endings(self) -> tuple[Ending, ...]:
        """Confirmations that are wanted and missing, ended, or end soon."""
        tables = ("homes", "confirmations", "applications")
        wanted = ("endings", self.day)
        return known(self.scope, wanted, lambda: tuple(_endings(self.scope, self.day)), tables)

    @cached_property
    def not_applied_again(self) -> tuple[NotAgain, ...]:
        """What ran to 31 March and has no application of this year that was submitted."""
        year = calendar.fiscal_year_of(self.day)
        return known(
            self.scope,
            ("not applied again", year),
            lambda: tuple(_not_applied_again(self._rules.register, year)),
            REGISTER,
        )

    @cached_property
    def course(self) -> pl.DataFrame:
        """The rows of `planning.course.course`."""
        return known(
            self.scope,
            ("course", self.day),
            lambda: _course(self.scope, self.day),
            TABLES,
        )

    @cached_property
    def _rules(self) -> Rules:
        return Rules(self.scope.authority, self.scope.homes)


def _not_applied_again(ledger: Ledger, year: int) -> Iterator[NotAgain]:
    rows = not_applied_again(ledger, year, counting=2)
    for application, unit in rows.select(ROW, "unit_id").iter_rows():
        yield NotAgain(application, unit)


def _ledger(scope: Scope, tables: Collection[str]) -> Ledger:
    """Read a scope's tables; a home reads those of which it has rows."""
    if scope.homes is None:
        return ledger_of(scope.authority, only=tables)
    own = ("authorities", "parameters", *OF_HOMES)
    return ledger_of(scope.authority, scope.homes, [name for name in own if name in tables])


def _course(scope: Scope, day: dt.date) -> pl.DataFrame:
    ledger = _ledger(scope, TABLES)
    return course(ledger, own_law(ledger), day)


def _checked(scope: Scope) -> list[Finding]:
    """Check the rows; what is certified and the plan have checks of their own."""
    ledger = _ledger(scope, WITHOUT_CHILDREN)
    found = _rechecks(scope.authority.pk, scope.keys).check_rows(ledger, own_law(ledger))
    if scope.homes is None:
        return [one for one in found if one.code not in FIGURES]
    return [one for one in found if one.table in OF_HOMES]


@lru_cache(maxsize=256)
def _rechecks(authority: int, homes: tuple[int, ...] | None) -> Rechecks:
    """Keep what the checks found; an edit leaves most of it as it was."""
    return Rechecks()


def _endings(scope: Scope, day: dt.date) -> Iterator[Ending]:
    """Return what is missing of this year's applications, then what ended or ends soon."""
    rows = _of(scope, Confirmation)
    last: dict[tuple[int, str], dt.date] = {}
    for home, item, until in rows.values_list("home_id", "item", "expires_on"):
        last[home, item] = max(last.get((home, item), dt.date.min), until or dt.date.max)
    applied = _of(scope, Application).filter(
        fiscal_year=calendar.fiscal_year_of(day), state__in=("submitted", "proposed", "certified")
    )
    asked = {
        (home, item)
        for home, addon in applied.values_list("home_id", "addon").distinct().order_by()
        for item in (*REQUIREMENTS.values(), *(DUTIES.values() if addon == "backup" else ()))
    }
    for wanted in sorted(asked - last.keys()):
        yield Ending(*wanted, None)
    since = day - dt.timedelta(days=EXPIRED_DAYS)
    before = day + dt.timedelta(days=EXPIRING_DAYS)
    for (home, item), until in sorted(last.items(), key=lambda pair: (pair[1], pair[0])):
        if since <= until <= before:
            yield Ending(home, item, until)


def _of(scope: Scope, model: type[Model]) -> QuerySet[Any]:
    rows = model._default_manager.filter(authority=scope.authority)
    return rows if scope.homes is None else rows.filter(home__in=scope.homes)
