"""A plan computed for a page: figures, charts and findings, all from the core."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.documents.blocks import Figure
from shokibo.documents.plan import pictures as plan_pictures
from shokibo.ledger.checks import check_figures
from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.tables import BY_NAME
from shokibo.planning.checks import check_plan, check_plans
from shokibo.planning.outline import authority_rows
from shokibo.planning.plan import Plan, plan_of
from shokibo.planning.staffing import Staffing, staffing
from shokibo.texts import Language
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.language import language
from shokibo.web.base.pictures import Picture
from shokibo.web.planning.contents import TABLES, plan_ledger
from shokibo.web.planning.staffing import staff_of_home, staffing_table
from shokibo.web.planning.tables import (
    AuthorityRows,
    Measure,
    YearTable,
    authority_table,
    home_table,
    measures,
)
from shokibo.web.register.models import Authority
from shokibo.web.store.answers import cached
from shokibo.web.store.mapping import MAPPED, models_of
from shokibo.web.store.rules import own_law

GRAVITY = ("error", "warning", "info")
MOST_FINDINGS = 20
"""Findings that a page lists; all of them have a page of their own."""

Links = Callable[[Finding], tuple[str, str]]
"""The place of a finding in words, and the address that leads there; blank for none."""


Wanted = frozenset[str] | None
"""Ids of the homes whose tables are open in the page; None if all are to be drawn."""


@dataclass(frozen=True)
class Found:
    """A finding as a page shows it."""

    severity: str
    words: str
    place: str
    address: str


@dataclass(frozen=True)
class PlanResult:
    """A ledger with its plan, None if there is none, and all that is found in it."""

    ledger: Ledger
    plan: Plan | None
    findings: list[Finding]


def compute_plan(ledger: Ledger) -> PlanResult:
    """Compute a plan and check it."""
    law = own_law(ledger)
    plan = plan_of(ledger, law)
    found = check_plans(ledger, law) if plan is None else check_plan(plan)
    return PlanResult(ledger, plan, [*check_figures(ledger), *found])


def stored_plan(authority: Authority) -> PlanResult:
    """Compute the plan as it is stored, once for each state of the authority's rows."""
    tables = models_of(TABLES)
    return cached(
        authority, ("plan", "computed"), lambda: compute_plan(plan_ledger(authority)), tables
    )


def stored_page(office: Office) -> "PlanPage":
    """Return the plan as it is stored; its findings lead to the rows."""
    return PlanPage(
        office,
        stored_plan(office.authority),
        lambda finding: (place_of(finding), address_of(office, finding)),
    )


class PlanPage:
    """The plan of one authority as a page shows it. `plan` is None if there is none.

    `about` names the tables whose findings are shown, all where it names none.
    """

    def __init__(
        self, office: Office, found: PlanResult, links: Links, about: tuple[str, ...] = ()
    ) -> None:
        self.office, self.ledger, self.plan, self.links = office, found.ledger, found.plan, links
        self._findings = [one for one in found.findings if not about or one.table in about]

    @property
    def may_write(self) -> bool:
        """Whether the person makes the plan."""
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
        return self.as_shown(self.ordered[:MOST_FINDINGS])

    @property
    def has_more(self) -> bool:
        """Whether there are more than the first ones."""
        return self.count > MOST_FINDINGS

    def as_shown(self, some: Iterable[Finding]) -> list[Found]:
        """Return some findings in words, each with its place."""
        return [Found(one.severity, one.message(language()), *self.links(one)) for one in some]

    @cached_property
    def rows(self) -> AuthorityRows:
        """The authority's rows, computed by the core."""
        return authority_rows(self.plan, language()) if self.plan else []

    @property
    def measures(self) -> list[Measure]:
        """The few figures that stay in sight."""
        return measures(self.rows)

    @cached_property
    def table(self) -> YearTable | None:
        """The authority's year ends."""
        return authority_table(self.plan, self.rows) if self.plan else None

    @cached_property
    def staffing(self) -> Staffing | None:
        """The staff that the plan needs."""
        return staffing(self.plan, language()) if self.plan else None

    @property
    def staffing_table(self) -> YearTable | None:
        """The staff of all homes by year."""
        return staffing_table(self.plan, self.staffing) if self.plan and self.staffing else None

    @property
    def homes(self) -> list[tuple[str, str]]:
        """The homes of the plan: id and name."""
        return list(self.plan.names.items()) if self.plan else []

    def home_table(self, home_id: str, name: str) -> YearTable | None:
        """Lay out the year ends of a home."""
        if self.plan is None or self.staffing is None:
            return None
        table = home_table(self.plan, home_id, name)
        return replace(table, groups=[*table.groups, staff_of_home(self.staffing, home_id)])


def place_of(finding: Finding) -> str:
    """Name the table of a finding."""
    return _(BY_NAME[finding.table].sheet) if finding.table else ""


def address_of(office: Office, finding: Finding) -> str:
    """Return the address of the stored row of a finding; blank if none shows it."""
    code, row = office.authority.code, finding.row
    writes_only = finding.table == "plan" and not office.may(Permission.PLAN_WRITE)
    mapped = MAPPED.get(finding.table)
    if row is None or mapped is None or not mapped.page or writes_only:
        return ""
    page = mapped.page
    if finding.table == "homes":
        return reverse(page, args=[code, row])
    if finding.table == "occupancy":
        return reverse("homes:homes", args=[code])
    if mapped.page_key:
        return ""  # the plan has no finding of such a row
    if finding.table == "actions":
        return f"{reverse(page, args=[code])}?row={row}#row-{row}"
    return reverse(page, args=[code]) + (f"#row-{row}" if finding.table != "plan" else "")


def picture(name: str, figure: Figure, address: str = "") -> Picture:
    """Make a picture of a page of a chart of the document."""
    return Picture(name, figure.caption, figure.alt, figure.chart, address)


def picture_address(office: Office) -> Callable[[str], str]:
    """Lead from the name of a chart of the stored plan to its SVG."""
    return lambda name: reverse("planning:picture", args=[office.authority.code, name])


def pictures(plan: Plan, address: Callable[[str], str] = lambda _: "") -> list[Picture]:
    """Return the plan's charts: places against need, share against target."""
    return [
        picture(f"picture-{name}", draw(plan, language()), address(name))
        for name, draw in FIGURES.items()
    ]


FIGURES: dict[str, Callable[[Plan, Language], Figure]] = {
    "places": plan_pictures.places_figure,
    "share": plan_pictures.share_figure,
}


def home_picture(
    plan: Plan, home_id: str, name: str, address: Callable[[str], str] = lambda _: ""
) -> Picture:
    """Return the chart of a home's units by size."""
    figure = plan_pictures.home_figure(plan, home_id, name, language())
    return picture(f"picture-home-{home_id}", figure, address(f"home-{home_id}"))
