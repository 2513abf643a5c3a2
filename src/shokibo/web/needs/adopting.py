"""The plan's grids as filled in by a calculation: a draft, adopted by saving it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from shokibo.need.adopting import years_with_actual
from shokibo.planning.proposal.answers import Proposal
from shokibo.planning.proposal.proposing import adopted
from shokibo.web.accounts.access import Office
from shokibo.web.needs import actions
from shokibo.web.needs.asked import forecast_of
from shokibo.web.needs.models import Calculation
from shokibo.web.pages.grid.page import GridPage, grid_page
from shokibo.web.pages.grid.rows import Grid, blank_rows, shown
from shokibo.web.planning.contents import plan_ledger
from shokibo.web.planning.grid.following import actions_following, need_following
from shokibo.web.planning.grid.kinds import ACTIONS
from shokibo.web.planning.grid.sheets import ActionsQuery, PlanSheet, actions_sheet, need_sheet

_ANNOTATIONS = ("announced", "note")
"""An action's annotations, which a proposal leaves unchanged."""
Fill = Callable[[Grid], None]
_DONE = tuple(name for name in ACTIONS.typed if name not in _ANNOTATIONS)


@dataclass(frozen=True)
class FilledSheet(PlanSheet):
    """A grid of the plan opened with filled-in rows, as if somebody had typed them."""

    fill: Fill = field(default=lambda _: None)

    def opened(self, *, may_write: bool = True) -> Grid:
        """Return the stored grid with the rows filled in."""
        grid = super().opened(may_write=may_write)
        self.fill(grid)
        for row in grid.rows:
            row.folded = True
        return grid.read()


def _filled(sheet: PlanSheet, fill: Fill, **query: object) -> FilledSheet:
    values = {one.name: getattr(sheet, one.name) for one in fields(sheet)}
    return FilledSheet(**{**values, "query": urlencode(query)}, fill=fill)


def _opened(request: HttpRequest, fill: Fill) -> Fill:
    """Fill in only an opened grid: nothing is saved that its page did not show."""
    return fill if request.method == "GET" else lambda _: None


# The need


def adopt_need_page(
    request: HttpRequest, office: Office, calculation: Calculation, percentile: int
) -> HttpResponse:
    """Show or save the grid of the need with a forecast's years at a percentile."""
    known = years_with_actual(plan_ledger(office.authority), office.authority.code)
    wanted = {
        (one.fiscal_year, one.age_band): one.children
        for one in forecast_of(calculation.answer).need[percentile]
        if one.fiscal_year not in known
    }
    fill = _opened(request, partial(_fill_need, wanted))
    sheet = _filled(need_sheet(office), fill, percentile=percentile)
    page = _page(office, calculation, sheet, need_following)
    context = {"calculation": calculation, "percentile": percentile}
    answer = grid_page(request, page, "needs/adopt_need.html", **context)
    return _led_on(answer, office, "planning:need")


def _fill_need(wanted: dict[tuple[int, str], int], grid: Grid) -> None:
    """Fill in a forecast's years; it has the children of three and over together."""
    years = {year for year, _band in wanted}
    for row in grid.rows:
        if row.names["fiscal_year"] in years:
            children = wanted.get((row.names["fiscal_year"], row.names["age_band"]))
            row.cells["children"].typed = "" if children is None else str(children)
            row.cells["basis"].typed = "" if children is None else "forecast"


# The actions


def adopt_actions_page(
    request: HttpRequest,
    office: Office,
    calculation: Calculation,
    proposal: Proposal,
    asked: ActionsQuery,
    **query: object,
) -> HttpResponse:
    """Show or save the grid of actions with a proposal's instead of the present ones."""
    sheet = actions_sheet(office, asked, sent=True)
    ledger = plan_ledger(office.authority)
    keeps = bool(calculation.asked["limits"]["keep_actions"])
    after = adopted(ledger, proposal, keep_actions=keeps)["actions"]
    fill = _opened(request, partial(_fill_actions, after.select(ACTIONS.typed).to_dicts()))
    sheet = _filled(sheet, fill, **query)
    page = _page(office, calculation, sheet, actions_following)
    answer = grid_page(
        request, page, "needs/adopt_actions.html", calculation=calculation, query=query
    )
    return _led_on(answer, office, "planning:actions")


def _fill_actions(wanted: list[dict[str, Any]], grid: Grid) -> None:
    """Remove the rows that are not in the proposal, and add the missing ones."""
    missing = Counter(_key(values) for values in wanted)
    spare = [row for row in grid.rows if row.pk is None]
    stored = [row for row in grid.rows if row.pk is not None]
    for row in stored:
        if missing[_key(row.values)]:
            missing[_key(row.values)] -= 1
        else:
            row.removed = True
    new = []
    for values in wanted:
        if missing[_key(values)]:
            missing[_key(values)] -= 1
            new.append(values)
    grid.rows = [*stored, *blank_rows(grid.kind, len(stored), len(new) + len(spare))]
    for row, values in zip(grid.rows[len(stored) :], new, strict=False):
        for name, cell in row.cells.items():
            cell.typed = shown(cell.column, values[name])


def _key(values: dict[str, Any]) -> tuple[Any, ...]:
    found = {**values, "count": values["count"] or 1}  # a blank count is one
    return tuple(found[name] for name in _DONE)


def _page(
    office: Office, calculation: Calculation, sheet: FilledSheet, follow: Callable[..., Any]
) -> GridPage:
    return GridPage(
        sheet,
        may_write=True,
        save=partial(actions.adopt, office=office, calculation=calculation),
        follow=partial(follow, office, sheet),
    )


def _led_on(answer: HttpResponse, office: Office, page: str) -> HttpResponse:
    """Redirect from a save to the plan's own page."""
    return redirect(page, office.authority.code) if answer.status_code == 302 else answer
