"""What each grid of the plan shows: its rows, what cells may name, and the words under them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.ledger.tables import AGE_BANDS, TARGET_ITEMS
from shokibo.need.estimate import BANDS
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.parameters import Query, row_field, words_field, year_field
from shokibo.web.pages.grid.rows import Grid, Kind
from shokibo.web.pages.grid.sheets import Sheet
from shokibo.web.planning.grid.kinds import (
    ACTIONS,
    ACTIONS_OF_A_HOME,
    CARE_RATES,
    COSTS,
    NEED,
    POPULATION,
    TARGETS,
)
from shokibo.web.planning.models import Action, CareRate, Cost, Need, Plan, Population, Target
from shokibo.web.register.models import Home, Unit

MOST_HOMES, MOST_ACTIONS = 10, 60
"""Homes and actions that one grid shows together; with more it shows one home at a time."""


class ActionsQuery(Query):
    """The home and the year whose actions are shown, or the row that is looked for."""

    home = words_field(gettext_lazy("施設"))
    year = year_field()
    row = row_field(gettext_lazy("行"))

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        rows = self.request.office.rows(Action, Permission.PLAN_READ)
        self.offer("row", rows.select_related("home"))


@dataclass(frozen=True)
class PlanSheet(Sheet):
    """A grid of the plan.

    `units` are those of each home by its id: their ids with names. `home` is the only home shown,
    if it is one; `year` the only year. `query` names both in the address that the grid is sent to.
    """

    homes: Mapping[str, Home] = field(default_factory=dict)
    units: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    home: str = ""
    year: int | None = None
    years: Sequence[int] = ()
    one_by_one: bool = False
    query: str = ""

    def sent(self, data: Mapping[str, str]) -> Grid:
        """Read it as it was sent; a unit of a row's home may be given by its name."""
        grid = super().sent(data)
        for row in grid.rows:
            if row.values.get("unit_id"):
                row.cells["unit_id"].take_label(self.units.get(row.values["home_id"], {}))
        return grid

    def notes(self, grid: Grid) -> dict[str, dict[str, str]]:
        """Return the words to show under what a cell names."""
        if "unit_id" not in self.kind.typed:
            return {}
        return {
            "unit_id": {k: v for units in self.offered(grid).values() for k, v in units.items()}
        }

    def offered(self, grid: Grid) -> dict[str, dict[str, str]]:
        """Return the units that an action may name: the register's, and those that rows open."""
        found = {home: dict(units) for home, units in self.units.items()}
        for row in grid.rows:
            values = row.values
            unit, home = values.get("unit_id"), values.get("home_id")
            if values.get("action") == "open" and unit and home in found:
                found[home].setdefault(unit, _("新設"))
        return found


def plan_of(office: Office) -> Plan | None:
    """Return the authority's plan."""
    return office.rows(Plan, Permission.PLAN_READ).first()


def actions_sheet(office: Office, asked: ActionsQuery, *, sent: bool) -> PlanSheet:
    """Return the grid of actions, of all homes or of the one that is asked for.

    One that was `sent` is of the homes that it was opened on, however many there are by now.
    """
    homes = {home.code: home for home in office.homes(Permission.PLAN_READ)}
    rows = office.rows(Action, Permission.PLAN_READ).select_related("home").order_by("pk")
    stored = list(rows)
    one_by_one = len(homes) > MOST_HOMES or len(stored) > MOST_ACTIONS
    row, home = asked.given["row"], ""
    if row is None:
        home = asked.hold("home", homes)
    elif one_by_one:
        home = row.home.code
    if one_by_one and not home and not sent:
        home = next(iter(homes), "")
    year = asked.given["year"]
    years = sorted({row.fiscal_year for row in stored} | ({year} if year else set()))
    shown = [
        row for row in stored if home in ("", row.home.code) and year in (None, row.fiscal_year)
    ]
    units: dict[str, dict[str, str]] = {code: {} for code in homes}
    registered = office.rows(Unit, Permission.PLAN_READ).select_related("home").order_by("pk")
    for unit in registered:
        units[unit.home.code][unit.code] = unit.name
    return PlanSheet(
        kind=ACTIONS_OF_A_HOME if home else ACTIONS,
        stored=shown,
        each={"home_id": home} if home else {},
        choices={"home_id": {code: one.name for code, one in homes.items()}},
        links={"home_id": homes},
        homes=homes,
        units=units,
        home=home,
        year=year,
        years=years,
        one_by_one=one_by_one,
        query=urlencode({"home": home, "year": year or ""}),
    )


def need_sheet(office: Office) -> PlanSheet:
    """Return the grid of the need: every year of the plan by every age band."""
    return _named(office, NEED, list(office.rows(Need, Permission.PLAN_READ)), tuple(AGE_BANDS))


def population_sheet(office: Office) -> PlanSheet:
    """Return the grid of population: every year of the plan by every age band estimated."""
    stored = list(office.rows(Population, Permission.PLAN_READ))
    bands = (*BANDS, *(row.age_band for row in stored if row.age_band not in BANDS))
    return _named(office, POPULATION, stored, tuple(dict.fromkeys(bands)))


def care_rates_sheet(office: Office) -> PlanSheet:
    """Return the grid of rates of care."""
    return PlanSheet(CARE_RATES, list(office.rows(CareRate, Permission.PLAN_READ).order_by("pk")))


def targets_sheet(office: Office) -> PlanSheet:
    """Return the grid of targets: every year of the plan by every item."""
    stored = list(office.rows(Target, Permission.PLAN_READ))
    return _named(office, TARGETS, stored, tuple(TARGET_ITEMS))


def costs_sheet(office: Office) -> PlanSheet:
    """Return the grid of costs."""
    return PlanSheet(COSTS, list(office.rows(Cost, Permission.PLAN_READ).order_by("pk")))


def _named(office: Office, kind: Kind, stored: Sequence[Any], codes: tuple[str, ...]) -> PlanSheet:
    plan = plan_of(office)
    of_plan = range(plan.from_year, plan.to_year + 1) if plan else ()
    years = sorted({*of_plan, *(row.fiscal_year for row in stored)})
    first, second = kind.named
    names = [{first: year, second: code} for year in years for code in codes]
    return PlanSheet(kind, stored, names, years=years)
