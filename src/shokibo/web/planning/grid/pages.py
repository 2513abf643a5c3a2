"""What all pages that are a grid have in common: show, save, and follow what is typed."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from shokibo.web.accounts import resending
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.planning import actions
from shokibo.web.planning.actions import StaleRowsError
from shokibo.web.planning.grid.cells import Drawn
from shokibo.web.planning.grid.rows import Grid, blank_rows, stored_row, typed_rows
from shokibo.web.planning.grid.saving import changes_of, show_current
from shokibo.web.planning.grid.sheets import Sheet
from shokibo.web.planning.plan_page import Wanted

SPARE, MORE = 3, 10
"""Blank rows at a grid's end, and how many a page without scripts adds at once."""
WORKED = "planning/_worked.html"
"""What follows most grids."""
Following = Callable[[Office, Sheet, Grid, Wanted], dict[str, Any]]
"""Computes what follows a grid, as the context of its template."""


def grid_page(
    request: HttpRequest, office: Office, sheet: Sheet, template: str, follow: Following
) -> HttpResponse:
    """Show a grid; save it where it was sent, all of it or nothing."""
    found: dict[str, Any] | None = {}
    if sheet.query:
        resending.offer(request, f"{request.path}?{sheet.query}")
    if request.POST:
        grid = sent(sheet, request.POST)
    else:
        grid = opened(sheet, may_write=office.may(Permission.PLAN_WRITE))
    if request.method == "POST":
        if "more" in request.POST:
            grid.rows += blank_rows(sheet.kind, len(grid.rows), MORE, sheet.each)
        elif not any(grid.wrong):
            found = _save(request, office, sheet, grid)
    if found is None:
        return redirect(request.get_full_path())
    context = {
        "sheet": sheet,
        "may_write": office.may(Permission.PLAN_WRITE),
        "wrong": [] if "more" in request.POST else list(grid.wrong),
        **found,
        **_following(office, sheet, grid, follow, None),
    }
    return render(request, template, context)


def preview_page(
    request: HttpRequest,
    office: Office,
    sheet: Sheet,
    follow: Following,
    template: str = WORKED,
) -> HttpResponse:
    """Answer what follows a grid as it is typed. Nothing is saved."""
    grid = sent(sheet, request.POST) if request.method == "POST" else opened(sheet)
    wanted = frozenset(request.POST.getlist("open"))
    context = _following(office, sheet, grid, follow, wanted) | {"sheet": sheet, "afresh": True}
    return HttpResponse(render_to_string(template, context))  # no frame of a page is asked for


def _following(
    office: Office, sheet: Sheet, grid: Grid, follow: Following, wanted: Wanted
) -> dict[str, Any]:
    followed = follow(office, sheet, grid, wanted)
    drawn = Drawn(grid, sheet.notes(grid))
    return {"grid": grid, "drawn": drawn, "homes": [], "derived": [], **followed}


def opened(sheet: Sheet, *, may_write: bool = True) -> Grid:
    """Return a sheet's grid as it is stored, with some blank rows where rows are added."""
    kind = sheet.kind
    if kind.named:
        by_name = {tuple(getattr(row, name) for name in kind.named): row for row in sheet.stored}
        rows = [
            stored_row(kind, number, by_name.get(tuple(names.values())), names)
            for number, names in enumerate(sheet.names, 1)
        ]
    else:
        rows = [
            stored_row(kind, number, row, sheet.each) for number, row in enumerate(sheet.stored, 1)
        ]
        if may_write:
            rows += blank_rows(kind, len(rows), SPARE, sheet.each)
    return Grid(kind, rows, sheet.choices)


def sent(sheet: Sheet, data: Mapping[str, str]) -> Grid:
    """Read a sheet's grid as it was sent."""
    rows = typed_rows(sheet.kind, data, sheet.names, sheet.each)
    return Grid(sheet.kind, rows, sheet.choices).read()


def _save(request: HttpRequest, office: Office, sheet: Sheet, grid: Grid) -> dict[str, Any] | None:
    """Save; give the context that shows a refusal, None where there is none."""
    changes = changes_of(grid, sheet.stored, sheet.homes)
    if not changes.count:
        messages.info(request, _("変わったところはありません。"))
        return None
    try:
        with transaction.atomic():
            actions.save_rows(office=office, changes=changes)
    except StaleRowsError as stale:
        return {"stale": show_current(grid, stale.current)}
    except IntegrityError:
        return {
            "refused": _(
                "ほかの人が先に登録した行と重なる行があります。"
                "重ならないように修正するか、もう一度保存して今の値を確かめてください。"
            )
        }
    counts = (
        (_("追加%(n)s行"), changes.added),
        (_("変更%(n)s行"), changes.changed),
        (_("削除%(n)s行"), changes.removed),
    )
    what = _("、").join(words % {"n": len(rows)} for words, rows in counts if rows)
    messages.success(request, _("保存しました(%(what)s)。") % {"what": what})
    return None
