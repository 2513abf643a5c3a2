"""The judgement of homes and their units on a day, for pages."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from shokibo import calendar
from shokibo.law.day_evaluation import (
    DayEvaluation,
    HomeEvaluation,
    UnitEvaluation,
    UnitFigures,
    day_evaluation,
    figures_of,
    lacking_of,
)
from shokibo.law.evaluate import Evaluation
from shokibo.ledger.findings import Finding
from shokibo.planning.status import Status
from shokibo.web.accounts.access import Office
from shokibo.web.base.language import language
from shokibo.web.certification.lapsed import LapsedApplication, to_propose
from shokibo.web.register.models import Authority, Home
from shokibo.web.store.rules import Rules


@dataclass(frozen=True)
class LapsedCertification:
    """A finding on certified add-ons, with the ledger's ids of their homes and units."""

    finding: Finding
    applications: frozenset[str]
    home_id: str
    unit_ids: frozenset[str]

    @property
    def message(self) -> str:
        """What was found and what to do, in the page's language."""
        return self.finding.message(language())


@dataclass(frozen=True)
class Judged:
    """The judgement of homes on a day; each part is computed on first use."""

    rules: Rules
    homes: Collection[Home]
    day: dt.date

    @cached_property
    def units(self) -> dict[str, UnitFigures]:
        """The figures of open units by their id."""
        return {unit.unit_id: unit for unit in figures_of(self._evaluation.units, UnitFigures)}

    @property
    def lacking(self) -> dict[str, list[str]]:
        """What open units lack for the add-on, by id."""
        return lacking_of(self._evaluation.units, language())

    @property
    def status(self) -> Status:
        """The homes' status on the day."""
        return self.rules.status(self.day)

    @cached_property
    def lapsed(self) -> list[LapsedCertification]:
        """Their certified add-ons that do not hold in the day's month."""
        month, year = f"{self.day:%Y-%m}", calendar.fiscal_year_of(self.day)
        return [
            LapsedCertification(
                one.finding,
                frozenset(each.application_id for each in one.applications),
                one.applications[0].home_id,
                frozenset(each.unit_id for each in one.applications if each.unit_id),
            )
            for one in self.rules.certified_findings(year)
            if month in cast("list[str]", one.finding.values["months"])
        ]

    def unit(self, code: str) -> UnitEvaluation | None:
        """Return a unit's figures with every reason; None if it is not open."""
        return next(iter(self.rules.in_words(self.day, unit=code).units), None)

    def home(self, code: str) -> HomeEvaluation | None:
        """Return a home's figures with every reason; None if it is not open."""
        return next(iter(self.rules.in_words(self.day, home=code).homes), None)

    @cached_property
    def _evaluation(self) -> Evaluation:
        return self.rules.evaluated(self.day)


def due_changes(
    office: Office, judged_homes: Judged, lapsed: Collection[LapsedCertification]
) -> list[LapsedApplication]:
    """Return the changes due for lapsed add-ons that the person may propose."""
    codes = {code for one in lapsed for code in one.applications}
    year = calendar.fiscal_year_of(judged_homes.day)
    return to_propose(office, judged_homes.rules, year, codes)


def evaluated(authority: Authority, homes: Collection[Home], day: dt.date) -> DayEvaluation:
    """Evaluate homes as the command line prints it, in the language of the page or call."""
    rules = Rules(authority, homes)
    return day_evaluation(rules.evaluated(day), rules.law, day, language())


def judged(authority: Authority, homes: Collection[Home], day: dt.date) -> Judged:
    """Judge homes on a day, considering staff's postings in other homes."""
    return Judged(Rules(authority, homes), homes, day)
