"""Plan against actual: which plan it is held against, and the years that have begun."""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from shokibo import calendar
from shokibo.documents.blocks import Figure
from shokibo.documents.plan.pictures import progress_figure
from shokibo.law.parameters import national_law
from shokibo.ledger.model import Ledger
from shokibo.planning.plan import Plan
from shokibo.planning.review import Review, actual_ends, review
from shokibo.web.base.clock import today
from shokibo.web.base.language import language
from shokibo.web.planning.models import PlanVersion
from shokibo.web.planning.versions import Contents
from shokibo.web.register.models import Authority
from shokibo.web.store.reading import ledger_of

_ACTUAL = ("authorities", "homes", "units", "capacities")


@dataclass(frozen=True)
class Progress:
    """A plan held against the register of today. `version` is None for the working draft."""

    authority: Authority
    version: PlanVersion | None
    plan: Plan

    @cached_property
    def register(self) -> Ledger:
        """The register as it stands now."""
        return ledger_of(self.authority, only=_ACTUAL)

    @property
    def years(self) -> list[int]:
        """The plan's fiscal years that have begun."""
        this_year = calendar.fiscal_year_of(today())
        return [year for year in self.plan.years if year <= this_year]

    def review(self, year: int) -> Review:
        """Hold the plan against the register at a year's end, or today's where it is not over."""
        return review(self.register, national_law(), self.plan, year, today(), language())

    @cached_property
    def figure(self) -> Figure:
        """Draw planned and actual places over the years that have begun."""
        law = national_law()
        actual = [actual_ends(self.register, law, self.plan, year, today()) for year in self.years]
        return progress_figure(self.plan, pl.concat(actual))


def progress(authority: Authority) -> Progress:
    """Hold the last published version, else the working draft, against the register.

    Raises NoPlanError, NoHomesError where there is none of both.
    """
    version = last_published(authority)
    contents = Contents.of_version(version) if version else Contents.of_draft(authority)
    return Progress(authority, version, contents.plan)


def last_published(authority: Authority) -> PlanVersion | None:
    """Give the version that is in force."""
    published = PlanVersion.objects.filter(authority=authority, state="published")
    return published.order_by("-number").first()
