"""Plan against actual: the plan that is compared, and the years that have begun."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo import calendar
from shokibo.documents.blocks import Cell, Figure
from shokibo.documents.plan.pictures import progress_figure
from shokibo.documents.years import Group, Line
from shokibo.ledger.model import Ledger
from shokibo.planning import review as reviewing
from shokibo.planning.plan import NoHomesError, Plan
from shokibo.planning.review import RESULTS, Review, YearEnd, actual_ends
from shokibo.planning.spans import NoPlanError
from shokibo.planning.support.measures import UNITS
from shokibo.planning.support.report import SupportFigure
from shokibo.planning.support.words import recorded
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.language import language
from shokibo.web.base.parameters import Query, asks, year_field
from shokibo.web.base.pictures import Picture, svg_answer
from shokibo.web.planning.contents import NO_PLAN, SUPPORT, Contents
from shokibo.web.planning.models import PlanVersion, last_published
from shokibo.web.planning.tables import YearTable
from shokibo.web.register.models import Authority
from shokibo.web.store.mapping import COUNTED
from shokibo.web.store.reading import ledger_of


@dataclass(frozen=True)
class Progress:
    """A plan compared with the register of today. `version` is None for the working draft."""

    authority: Authority
    version: PlanVersion | None
    plan: Plan

    @cached_property
    def register(self) -> Ledger:
        """The register as it is now, with the records of support."""
        return ledger_of(self.authority, only=(*COUNTED, *SUPPORT))

    @property
    def years(self) -> list[int]:
        """The plan's fiscal years that have begun."""
        this_year = calendar.fiscal_year_of(today())
        return [year for year in self.plan.years if year <= this_year]

    def review(self, year: int) -> Review:
        """Compare the plan with the register at a year's end, or today's where it is not over."""
        return reviewing.review(self.register, self.plan.law, self.plan, year, today(), language())

    @cached_property
    def figure(self) -> Figure:
        """Draw planned and actual places over the years that have begun."""
        law = self.plan.law
        actual = [actual_ends(self.register, law, self.plan, year, today()) for year in self.years]
        return progress_figure(self.plan, pl.concat(actual), language())


def progress(authority: Authority) -> Progress:
    """Compare the last published version, otherwise the working draft, with the register.

    Raises NoPlanError, NoHomesError if there is none of both.
    """
    version = last_published(authority)
    contents = Contents.of_version(version) if version else Contents.of_draft(authority)
    return Progress(authority, version, contents.plan)


READ = Permission.PLAN_READ
_BADGES = {
    "done": "met",
    "late": "warning",
    "different": "warning",
    "scheduled": "pending",
    "not_done": "not_met",
    "not_planned": "pending",
}


class ReviewQuery(Query):
    """The year at whose end plan and register are compared."""

    year = year_field()


@office_page(READ)
@asks(ReviewQuery)
def review(request: HttpRequest, office: Office, *, asked: ReviewQuery) -> HttpResponse:
    """Compare the plan with the register at a year's end; the latest year that has begun first."""
    try:
        found = progress(office.authority)
    except (NoPlanError, NoHomesError) as error:
        words = error.words if isinstance(error, NoHomesError) else NO_PLAN
        return render(request, "planning/review.html", {"blocker": words})
    context: dict[str, Any] = {"version": found.version, "first_year": found.plan.years[0]}
    if found.years:
        year = asked.hold("year", found.years) or found.years[-1]
        reviewed, homes = found.review(year), found.plan.names
        units = dict(found.register["units"].select("unit_id", "name").iter_rows())
        context |= {
            "year": year,
            "years": found.years,
            "day": reviewed.as_of,
            "running": reviewed.as_of < calendar.fiscal_year_end(year),
            "last": year == found.plan.years[-1],
            "actions": [
                {
                    "home": homes[one.home_id],
                    "year": one.fiscal_year,
                    "words": one.text,
                    "unit": units.get(one.unit_id) or one.unit_id,
                    "actual": one.actual,
                    "badge": _BADGES[one.result],
                    "result": RESULTS[one.result],
                }
                for one in reviewed.actions
            ],
            "homes": [
                {
                    "name": homes[home.home_id],
                    "cells": [
                        (planned, actual, actual - planned)
                        for planned, actual in zip(
                            _measures(home.planned), _measures(home.actual), strict=True
                        )
                    ],
                }
                for home in reviewed.homes
            ],
            "support": _support_table(reviewed),
            "picture": _picture(office, found),
        }
    return render(request, "planning/review.html", context)


def _measures(end: YearEnd) -> tuple[int, ...]:
    main, group = end.main, end.group_homes
    return main.count, main.capacity, group.count, group.capacity


def _support_table(reviewed: Review) -> YearTable:
    """Lay out what is recorded of the support, next to the year before."""
    space = " " if language() == "en" else ""
    unit_words = {unit: f"{space}{words.say(language())}".rstrip() for unit, words in UNITS.items()}

    def lines(figures: list[SupportFigure]) -> list[Line]:
        return [
            Line(
                one.name,
                tuple(
                    Cell(value, unit_words[one.unit]) for value in (one.last_year, one.this_year)
                ),
            )
            for one in figures
        ]

    groups = [
        Group(head.name, lines(shown))
        for head in reviewed.support
        if (shown := recorded(head.figures))
    ]
    year = reviewed.fiscal_year
    return YearTable(_("支援の状況"), [year - 1, year], groups, _("年度"))


def _picture(office: Office, found: Progress) -> Picture:
    figure = found.figure
    return Picture(
        "places",
        _("年度末の定員の計画と実績"),
        figure.alt,
        figure.chart,
        reverse("planning:review_places", args=[office.authority.code]),
    )


@office_page(READ)
def places(request: HttpRequest, office: Office) -> HttpResponse:
    """Draw planned and actual places over the years."""
    try:
        found = progress(office.authority)
    except (NoPlanError, NoHomesError) as error:
        raise Http404 from error
    if not found.years:
        raise Http404
    return svg_answer(_picture(office, found))
