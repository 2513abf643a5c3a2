"""What the rules say about a whole authority, cached until its log grows.

Judging all homes of an authority takes hardly longer than judging one, so the pages of a home look
it up in the answer for all; a person's postings in several homes count by hours (R4) in each.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from shokibo.law import register
from shokibo.law.certified_checks import DueChange, certified_addons
from shokibo.law.day_evaluation import DayEvaluation, day_evaluation
from shokibo.law.evaluate import Evaluation, evaluate
from shokibo.law.own_law import law_of
from shokibo.law.parameters import Law, national_law
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger
from shokibo.planning.months import YearOfMonths, year_of_months
from shokibo.planning.status import Status, status_on
from shokibo.web.base.language import language
from shokibo.web.register.models import Authority, Home
from shokibo.web.store.answers import cached, caches
from shokibo.web.store.mapping import models_of
from shokibo.web.store.reading import REGISTER, ledger_of

JUDGED = tuple(name for name in REGISTER if name != "applications")
"""The tables that decide a judgement; applications do not."""
_PRICED = (*REGISTER, "costs")
"""The tables that decide the amounts of certified months."""


def own_law(ledger: Ledger) -> Law:
    """Return the law, overridden by a ledger's own values."""
    return law_of(ledger, national_law())


@dataclass(frozen=True)
class Certified:
    """A certified application, by the ledger's ids."""

    application_id: str
    home_id: str
    unit_id: str | None
    fiscal_year: int


@dataclass(frozen=True)
class CertifiedFinding:
    """A finding on certified applications (R8) of one home, and what is due for each."""

    finding: Finding
    applications: tuple[Certified, ...]
    due: DueChange | None


@dataclass(frozen=True)
class Rules:
    """What the rules say of some homes of an authority, or with None of all."""

    authority: Authority
    homes: Collection[Home] | None = None

    @cached_property
    def register(self) -> Ledger:
        """The whole authority's register, which rules read."""
        return ledger_of(self.authority, only=REGISTER)

    @cached_property
    def law(self) -> Law:
        """The law, overridden by the authority's own values."""
        return own_law(self.register)

    def _to_judge(self) -> Ledger:
        """Return the register for a cached answer, never one read before the answer's version."""
        return ledger_of(self.authority, only=REGISTER) if caches() else self.register

    def evaluated(self, *days: dt.date) -> Evaluation:
        """Judge homes and their units on some days, considering staff's postings elsewhere."""
        dates = sorted(set(days))
        every = cached(
            self.authority,
            ("evaluated", *dates),
            lambda: _evaluated(self._to_judge(), dates),
            models_of(JUDGED),
            shared=True,
        )
        if self.homes is None:
            return every
        theirs = pl.col("home_id").is_in([home.code for home in self.homes])
        return Evaluation(every.units.filter(theirs), every.homes.filter(theirs))

    def status(self, day: dt.date) -> Status:
        """Return the status of the homes open on a day."""
        codes = None if self.homes is None else tuple(home.code for home in self.homes)
        return cached(
            self.authority,
            ("status", day, codes),
            lambda: _status(self._to_judge(), day, codes),
            models_of(REGISTER),
        )

    def in_words(self, day: dt.date, *, home: str = "", unit: str = "") -> DayEvaluation:
        """Put the judgement of a home or unit, by its id, into words of the page's language."""
        codes = None if self.homes is None else tuple(home.code for home in self.homes)
        return cached(
            self.authority,
            ("in words", day, codes, home, unit, language()),
            lambda: _in_words(self.evaluated(day), own_law(self._to_judge()), day, home, unit),
            models_of(JUDGED),
        )

    def certified_findings(self, *years: int) -> list[CertifiedFinding]:
        """Return the findings on the certified add-ons of some fiscal years, or all.

        A finding keeps only its applications of these homes and years.
        """
        every = cached(
            self.authority,
            ("certified findings",),
            lambda: check_certified(self._to_judge()),
            models_of(REGISTER),
            shared=True,
        )
        codes = None if self.homes is None else {home.code for home in self.homes}
        found = []
        for one in every:
            theirs = tuple(
                each
                for each in one.applications
                if (codes is None or each.home_id in codes)
                and (not years or each.fiscal_year in years)
            )
            if theirs:
                found.append(replace(one, applications=theirs))
        return found

    def openings(self) -> dict[tuple[str, str], dt.date | None]:
        """Return the day on which each home and unit opened, by table and id."""
        return cached(
            self.authority,
            ("openings",),
            lambda: _openings(self._to_judge()),
            models_of(REGISTER),
        )

    def months(self, year: int) -> YearOfMonths:
        """Return what was certified in each month of a year in the whole authority."""
        return cached(
            self.authority,
            ("months", year),
            lambda: _months(ledger_of(self.authority, only=_PRICED), year),
            models_of(_PRICED),
            shared=True,
        )


def _openings(ledger: Ledger) -> dict[tuple[str, str], dt.date | None]:
    frames = {
        "homes": register.homes(ledger).select("home_id", "opened_on").collect(),
        "units": register.units(ledger).select("unit_id", "opened_on").collect(),
    }
    return {
        (table, code): day for table, frame in frames.items() for code, day in frame.iter_rows()
    }


def _months(ledger: Ledger, year: int) -> YearOfMonths:
    return year_of_months(ledger, own_law(ledger), year)


def _status(ledger: Ledger, day: dt.date, codes: Collection[str] | None) -> Status:
    if codes is None:
        return status_on(ledger, day)
    theirs = pl.col("home_id").is_in(codes)
    part = {name: ledger[name].filter(theirs) for name in ("homes", "units")}
    return status_on(replace(ledger, tables={**ledger.tables, **part}), day)


def _in_words(judged: Evaluation, law: Law, day: dt.date, home: str, unit: str) -> DayEvaluation:
    homes = judged.homes.filter(pl.col("home_id") == home)
    units = judged.units.filter(pl.col("unit_id") == unit)
    return day_evaluation(Evaluation(units, homes), law, day, language())


def _evaluated(ledger: Ledger, days: Collection[dt.date]) -> Evaluation:
    return evaluate(ledger, own_law(ledger), days)


def check_certified(ledger: Ledger) -> tuple[CertifiedFinding, ...]:
    """Return the findings on the certified add-ons of a ledger."""
    columns = ledger["applications"].select("application_id", "home_id", "unit_id", "fiscal_year")
    of_whom = {row["application_id"]: row for row in columns.iter_rows(named=True)}
    law = own_law(ledger)
    return tuple(
        CertifiedFinding(
            one.finding, tuple(Certified(**of_whom[each]) for each in one.applications), one.due
        )
        for one in certified_addons(ledger, law)
    )
