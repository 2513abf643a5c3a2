"""What follows a grid while it is typed: the plan computed with it, and nothing saved."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from shokibo.ledger.findings import Finding
from shokibo.ledger.model import Ledger
from shokibo.ledger.raw import ROW, ROW_DTYPE
from shokibo.web.accounts.access import Office
from shokibo.web.pages.grid.rows import Grid, Row
from shokibo.web.planning.contents import plan_ledger
from shokibo.web.planning.estimates import estimate_context
from shokibo.web.planning.grid.sheets import MOST_HOMES, PlanSheet
from shokibo.web.planning.plan_page import (
    PlanPage,
    Wanted,
    address_of,
    compute_plan,
    picture_address,
    pictures,
    place_of,
    stored_plan,
)
from shokibo.web.planning.tables import figure, signed


def actions_following(
    office: Office, sheet: PlanSheet, grid: Grid, wanted: Wanted
) -> dict[str, Any]:
    """Compute the year ends, the charts, and the homes whose actions are shown."""
    plan_page = plan_as_typed(office, grid)
    homes = [(code, name) for code, name in plan_page.homes if sheet.home in ("", code)]
    shown = homes[:MOST_HOMES]
    return {
        **_plan(plan_page, grid, wanted),
        "homes": [
            (code, name, plan_page.home_table(code, name))
            if wanted is None or code in wanted
            else (code, name, None)
            for code, name in shown
        ],
        "units": sheet.offered(grid),
    }


def need_following(office: Office, sheet: PlanSheet, grid: Grid, wanted: Wanted) -> dict[str, Any]:
    """Compute the year ends and the charts."""
    return _plan(plan_as_typed(office, grid), grid, wanted)


def estimate_following(
    office: Office, sheet: PlanSheet, grid: Grid, wanted: Wanted
) -> dict[str, Any]:
    """Estimate the need with a grid as it is typed."""
    plan_page = plan_as_typed(office, grid, about=("population", "care_rates"))
    return {
        "plan_page": plan_page,
        "left_out": left_out(grid),
        **estimate_context(plan_page.ledger),
    }


def targets_following(
    office: Office, sheet: PlanSheet, grid: Grid, wanted: Wanted
) -> dict[str, Any]:
    """Compute the year ends, and at each target the homes' plans and the difference."""
    plan_page = plan_as_typed(office, grid)
    if plan_page.plan is None:
        return _plan(plan_page, grid, wanted)
    frame = plan_page.plan.targets.select("fiscal_year", "item", "homes", "value")
    found = {(year, item): (homes, value) for year, item, homes, value in frame.iter_rows()}
    derived = [_("施設の計画"), _("差")]
    for row in grid.rows:
        homes, value = found.get((row.names["fiscal_year"], row.names["item"]), (None, None))
        difference = None if homes is None or value is None else value - homes
        row.derived = [
            ("homes", derived[0], figure(homes)),
            ("difference", derived[1], signed(difference)),
        ]
        row.cells["value"].blank = "" if homes is None else str(homes)
    return _plan(plan_page, grid, wanted) | {"derived": derived}


def plan_as_typed(office: Office, grid: Grid, about: tuple[str, ...] = ()) -> PlanPage:
    """Compute the plan with a grid as it is typed; `about` names the tables to check."""
    if grid.touched:
        ledger, table = plan_ledger(office.authority), grid.kind.table
        rows = list(_counted(ledger, grid))
        if table.key:  # what is typed replaces a row of the same key, somebody else's of meanwhile
            by_key = {tuple(values[name] for name in table.key): (values, r) for values, r in rows}
            rows = list(by_key.values())
        frame = pl.DataFrame(
            [(*(values[name] for name in table.schema), n) for n, (values, _) in enumerate(rows)],
            schema={**table.schema, ROW: ROW_DTYPE},
            orient="row",
        )
        places = {number: row for number, (_, row) in enumerate(rows) if row is not None}
        found = compute_plan(replace(ledger, tables={**ledger.tables, table.name: frame}))
    else:
        places = {row.pk: row for row in grid.rows if row.pk is not None}
        found = stored_plan(office.authority)

    def link(finding: Finding) -> tuple[str, str]:
        """Lead to the row of the grid, otherwise to the page of the stored row."""
        if finding.table != grid.kind.table.name:
            return place_of(finding), address_of(office, finding)
        row = places.get(finding.row) if finding.row is not None else None
        if row is None:
            return place_of(finding), ""
        at = f"c{row.number}-{finding.column}" if finding.column in row.cells else f"r{row.number}"
        return row.place, f"#{at}"

    return PlanPage(office, found, link, about)


def _plan(plan_page: PlanPage, grid: Grid, wanted: Wanted) -> dict[str, Any]:
    """Return what all grids show; the charts have addresses where a page shows what is stored."""
    plan, drawn = plan_page.plan, []
    if plan is not None and plan_page.homes:
        is_stored = wanted is None and not grid.touched
        drawn = pictures(plan, picture_address(plan_page.office)) if is_stored else pictures(plan)
    return {
        "plan_page": plan_page,
        "day": plan and plan.baseline,
        "pictures": drawn,
        "left_out": left_out(grid),
    }


def left_out(grid: Grid) -> list[Row]:
    """Return the rows of a grid that can't be read, and so are in no figure."""
    return [row for row in grid.rows if row.is_wrong and not row.removed]


def _counted(ledger: Ledger, grid: Grid) -> Iterator[tuple[dict[str, Any], Row | None]]:
    """Return the rows of a table with a grid as typed, and the row of the grid that each is.

    Stored rows that the grid does not show stay; rows that can't be read are left out.
    """
    opened = {row.pk: row for row in grid.rows if row.pk is not None}
    for stored_row in ledger[grid.kind.table.name].iter_rows(named=True):
        row = opened.get(stored_row[ROW])
        if row is None or not row.touched:
            yield stored_row, row
        elif _counts(grid, row):
            yield {**stored_row, **row.values}, row
    blank = dict.fromkeys(grid.kind.table.schema)
    codes = ledger["authorities"]["authority_code"]
    for row in grid.rows:
        if row.pk is None and _counts(grid, row):
            yield {**blank, "authority_code": codes[0], **row.values}, row


def _counts(grid: Grid, row: Row) -> bool:
    return not (row.removed or row.is_wrong or grid.is_left_out(row))
