"""What the support pages count: trainings and supervision by month, leads and events by year."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractMonth
from django.utils.translation import gettext as _

from shokibo import calendar
from shokibo.ledger.support_tables import COMMUNITY_KINDS
from shokibo.planning.housing import openings
from shokibo.planning.staffing import staffing
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.language import language
from shokibo.web.planning.plan_page import stored_plan
from shokibo.web.register.models import Home, Unit
from shokibo.web.support.models import CommunityEvent, Hiring, Lead, SupportRecord, Training

READ = Permission.SUPPORT_READ
MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
"""The months of a fiscal year, in their order."""
_DARKEST = 4

PIPELINE = {
    "offered": ("offered", "visited"),
    "negotiating": ("negotiating",),
    "contracted": ("contracted",),
    "opened": ("opened",),
}
"""The stages of a picture of leads, each with its states."""


@dataclass(frozen=True)
class Month:
    """Trainings and supervisions of a unit in a month."""

    trainings: int
    supervisions: int

    @property
    def level(self) -> int:
        """How dark the cell is, from 0 to 4."""
        return min(self.trainings + self.supervisions, _DARKEST)


@dataclass(frozen=True)
class CalendarRow:
    """The months of a unit, or of a home as a whole."""

    home: Home
    unit: Unit | None
    months: Sequence[Month]


@dataclass(frozen=True)
class HiringYear:
    """Staff hired and left in a year, and what the plan needs more; None if not known."""

    fiscal_year: int
    planned: int | None
    hired: int | None
    left: int | None
    change: int | None


@dataclass(frozen=True)
class HousingYear:
    """Leads to housing planned for a year, by stage, and the openings of the plan."""

    fiscal_year: int | None
    stages: dict[str, int]
    openings: int | None


def calendar_rows(homes: Sequence[Home], year: int) -> list[CalendarRow]:
    """Count trainings and supervisions of homes by unit and month of a year."""
    trainings = _by_month(Training, "held_on", homes, year)
    supervisions = _by_month(SupportRecord, "done_on", homes, year, Q(duty="duty_supervision"))
    first, last = calendar.fiscal_year_start(year), calendar.fiscal_year_end(year)
    units: defaultdict[int, list[Unit | None]] = defaultdict(lambda: [None])
    for unit in Unit.objects.filter(home__in=homes):
        if (unit.opened_on or first) <= last and (unit.closed_on or last) >= first:
            units[unit.home_id].append(unit)
    return [
        CalendarRow(
            home,
            unit,
            [
                Month(trainings[home.pk, pk, at], supervisions[home.pk, pk, at])
                for at in MONTHS
                for pk in [unit.pk if unit else None]
            ],
        )
        for home in homes
        for unit in units[home.pk]
    ]


def _by_month(
    model: type[Training] | type[SupportRecord],
    day: str,
    homes: Sequence[Home],
    year: int,
    which: Q | None = None,
) -> Counter[tuple[int, int | None, int]]:
    span = calendar.fiscal_year_start(year), calendar.fiscal_year_end(year)
    rows = model._default_manager.filter(which or Q(), home__in=homes, **{f"{day}__range": span})
    counted = rows.order_by().values_list("home", "unit", ExtractMonth(day)).annotate(Count("pk"))
    return Counter({(home, unit, at): count for home, unit, at, count in counted})


def hiring_years(office: Office) -> list[HiringYear]:
    """Add up the homes' hiring by year, next to the change of staff that the plan needs."""
    rows = office.rows(Hiring, READ).order_by("fiscal_year").values_list("fiscal_year")
    sums = rows.annotate(Sum("planned"), Sum("hired"), Sum("left"))
    stored = {year: rest for year, *rest in sums}
    needed = _staff_changes(office)
    return [
        HiringYear(year, planned, hired, left, needed.get(year))
        for year in sorted({*stored, *needed})
        for planned, hired, left in [stored.get(year, (None, None, None))]
    ]


def _staff_changes(office: Office) -> dict[int, int]:
    """Return the change of staff that the plan needs by year; none if it is not to be seen."""
    if not office.may(Permission.PLAN_READ):
        return {}
    plan = stored_plan(office.authority).plan
    if plan is None or plan.homes.is_empty():
        return {}
    return {one.fiscal_year: one.change for one in staffing(plan, language()).years}


def housing_years(office: Office) -> list[HousingYear]:
    """Count the leads of each planned year by stage, next to the openings of the plan."""
    rows = office.rows(Lead, Permission.HOUSING_READ).exclude(state="dropped").order_by()
    counted = rows.values_list("planned_year", "state").annotate(Count("pk"))
    of_years: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    for year, state, count in counted:
        of_years[year][state] += count
    plan = stored_plan(office.authority).plan
    planned = (
        {}
        if plan is None or plan.homes.is_empty()
        else dict(openings(plan).select("fiscal_year", "openings").iter_rows())
    )
    years = sorted({*of_years, *planned}, key=lambda year: (year is None, year))
    return [
        HousingYear(
            year,
            {
                stage: sum(of_years[year][state] for state in states)
                for stage, states in PIPELINE.items()
            },
            planned.get(year),
        )
        for year in years
    ]


def community_years(office: Office) -> list[tuple[int, dict[str, int]]]:
    """Count what was done with the community by year and kind."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    rows = office.rows(CommunityEvent, READ).order_by().values_list("held_on", "kind")
    for day, kind in rows:
        counts[calendar.fiscal_year_of(day)][kind] += 1
    return [
        (year, {kind: counts[year][kind] for kind in COMMUNITY_KINDS}) for year in sorted(counts)
    ]


def stage_label(stage: str) -> str:
    """Name a stage of the picture of leads."""
    return {
        "offered": _("情報提供・内見"),
        "negotiating": _("交渉中"),
        "contracted": _("契約"),
        "opened": _("開設"),
    }[stage]
