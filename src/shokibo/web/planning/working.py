"""A plan worked out for a page: figures, charts and findings, all from the core."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.documents.blocks import Figure
from shokibo.documents.plan import pictures as plan_pictures
from shokibo.documents.plan.results import NoHomesError, Planned, PlanResults, plan_results
from shokibo.law.parameters import national_law
from shokibo.ledger.checks import check_figures
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.tables import BY_NAME
from shokibo.planning.checks import check_plans, check_worked
from shokibo.planning.outline import Outline, lay_out
from shokibo.planning.spans import NoPlanError, plan_spans
from shokibo.planning.working import work_out
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.language import language
from shokibo.web.base.pictures import Picture
from shokibo.web.planning.reading import TABLES, plan_ledger
from shokibo.web.planning.tables import (
    Measure,
    Rows,
    YearTable,
    authority_table,
    home_table,
    measures,
    rows_of,
)
from shokibo.web.planning.versions import Contents
from shokibo.web.register.models import Authority
from shokibo.web.store.answers import kept
from shokibo.web.store.mapping import models_of

GRAVITY = ("error", "warning", "info")
MOST_FINDINGS = 20
"""Findings that a page lists; all of them have a page of their own."""

Links = Callable[[Finding], tuple[str, str]]
"""Where a finding stands in words, and the address that leads there; blank for none."""


Wanted = frozenset[str] | None
"""Ids of the homes whose tables are open in the page; None where all are to be drawn."""


@dataclass(frozen=True)
class Found:
    """A finding as a page shows it."""

    severity: str
    words: str
    place: str
    address: str


@dataclass(frozen=True)
class Worked:
    """What the core says of a plan: its outline, None where there is no plan, rows, findings."""

    plan: Outline | None
    rows: Rows
    findings: list[Finding]

    def told_of(self, tables: tuple[str, ...]) -> "Worked":
        """Give the same with the findings of some tables alone, of all where none is named."""
        return replace(self, findings=_about(self.findings, tables))


def worked_out(ledger: Ledger, about: tuple[str, ...] = ()) -> Worked:
    """Work a plan out; `about` names the tables whose findings are wanted, all where none is."""
    law = national_law()
    try:
        worked = work_out(ledger, law, plan_spans(ledger))
    except NoPlanError:
        found = chain(check_figures(ledger), check_plans(ledger, law))
        return Worked(None, [], _about(found, about))
    plan = lay_out(worked)
    found = chain(check_figures(ledger), check_worked(ledger, law, worked))
    return Worked(plan, rows_of(plan), _about(found, about))


def stored(authority: Authority) -> tuple[Ledger, Worked]:
    """Work out the plan as it is stored, once a language for each state of the authority's rows."""

    def work() -> tuple[Ledger, Worked]:
        ledger = plan_ledger(authority)
        return ledger, worked_out(ledger)

    return kept(authority, ("plan", "worked", language()), work, models_of(TABLES))


def as_stored(office: Office) -> "Working":
    """Give the plan as it is stored."""
    ledger, worked = stored(office.authority)
    return Working(office, ledger, stored_links(office), worked)


def of_version(office: Office, contents: Contents) -> "Working":
    """Give the plan as a version holds it; its findings lead nowhere, for it never changes."""
    ledger = contents.ledger
    return Working(office, ledger, lambda finding: (place_of(finding), ""), worked_out(ledger))


class Working:
    """The plan of one authority as a page shows it. `plan` is None where there is none."""

    def __init__(self, office: Office, ledger: Ledger, links: Links, worked: Worked) -> None:
        self.office, self.ledger, self.links = office, ledger, links
        self.law = national_law()
        self.plan, self.rows, self._findings = worked.plan, worked.rows, worked.findings

    @property
    def may_write(self) -> bool:
        """Tell whether the person makes the plan."""
        return self.office.may(Permission.PLAN_WRITE)

    @property
    def count(self) -> int:
        """How many findings there are."""
        return len(self._findings)

    @property
    def errors(self) -> int:
        """How many of them are errors."""
        return sum(one.severity == "error" for one in self._findings)

    @cached_property
    def ordered(self) -> list[Finding]:
        """Every finding, the gravest first."""
        return sorted(self._findings, key=lambda one: GRAVITY.index(one.severity))

    @property
    def findings(self) -> list[Found]:
        """The first findings."""
        return self.told(self.ordered[:MOST_FINDINGS])

    @property
    def has_more(self) -> bool:
        """Tell whether there are more than the first ones."""
        return self.count > MOST_FINDINGS

    def told(self, some: Iterable[Finding]) -> list[Found]:
        """Say some findings, each with where it stands."""
        return [Found(one.severity, one.message(language()), *self.links(one)) for one in some]

    @cached_property
    def measures(self) -> list[Measure]:
        """The few figures that stay in sight."""
        return measures(self.rows)

    @cached_property
    def table(self) -> YearTable | None:
        """The authority's year ends."""
        if self.plan is None:
            return None
        most = self.law.integer("main_unit_most", self.plan.spans["baseline_on"][0]) or 0
        return authority_table(self.plan, self.rows, most)

    @cached_property
    def homes(self) -> list[tuple[str, str]]:
        """The homes of the plan: id and name."""
        if self.plan is None:
            return []
        return list(self.plan.homes.select("home_id", "name").iter_rows())

    def home_table(self, home_id: str, name: str) -> YearTable | None:
        """Lay out the year ends of a home."""
        return home_table(self.plan, home_id, name) if self.plan else None

    def results(self) -> PlanResults | None:
        """Gather what charts of costs and homes draw; None without a plan or a home."""
        if self.plan is None:
            return None
        try:
            return plan_results(self.ledger, self.plan)
        except NoHomesError:
            return None


def _about(found: Iterable[Finding], about: tuple[str, ...]) -> list[Finding]:
    return [one for one in found if not about or one.table in about]


def place_of(finding: Finding) -> str:
    """Name the table that a finding speaks of."""
    return _(BY_NAME[finding.table].sheet) if finding.table else ""


def address_of(office: Office, finding: Finding) -> str:
    """Give the address of the stored row that a finding speaks of; blank where none shows it."""
    code, row = office.authority.code, finding.row
    writes_only = finding.table == "plan" and not office.may(Permission.PLAN_WRITE)
    if row is None or finding.table not in _PAGES or writes_only:
        return ""
    page = _PAGES[finding.table]
    if finding.table == "homes":
        return reverse(page, args=[code, row])
    if finding.table == "occupancy":
        return reverse(page, args=[code])
    if finding.table == "actions":
        return f"{reverse(page, args=[code])}?row={row}#row-{row}"
    return reverse(page, args=[code]) + (f"#row-{row}" if finding.table != "plan" else "")


_PAGES = {
    "plan": "planning:head",
    "actions": "planning:actions",
    "need": "planning:need",
    "targets": "planning:targets",
    "costs": "costs:costs",
    "homes": "register:home",
    "occupancy": "register:homes",
}


def stored_links(office: Office) -> Links:
    """Lead from findings on what is stored."""
    return lambda finding: (place_of(finding), address_of(office, finding))


def picture(name: str, figure: Figure, address: str = "") -> Picture:
    """Make a picture of a page of a chart of the document."""
    return Picture(name, figure.caption, figure.alt, figure.chart, address)


def picture_address(office: Office) -> Callable[[str], str]:
    """Lead from the name of a chart of the stored plan to its SVG."""
    return lambda name: reverse("planning:picture", args=[office.authority.code, name])


@dataclass(frozen=True)
class Drawn:
    """A plan to be drawn."""

    plan: Outline


def pictures(plan: Outline, address: Callable[[str], str] = lambda _: "") -> list[Picture]:
    """Give the plan's charts: places against need, share against target."""
    return [
        picture(f"picture-{name}", draw(Drawn(plan)), address(name))
        for name, draw in FIGURES.items()
    ]


FIGURES: dict[str, Callable[[Planned], Figure]] = {
    "places": plan_pictures.places_figure,
    "share": plan_pictures.share_figure,
}


def home_picture(
    plan: Outline, home_id: str, name: str, address: Callable[[str], str] = lambda _: ""
) -> Picture:
    """Give the chart of a home's units by size."""
    figure = plan_pictures.home_figure(Drawn(plan), home_id, name)
    return picture(f"picture-home-{home_id}", figure, address(f"home-{home_id}"))
