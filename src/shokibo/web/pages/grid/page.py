"""What all grid pages have in common: show, save, and preview what is typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from shokibo.web.base.forms import ReasonedForm
from shokibo.web.base.refusal import ConsequencesError
from shokibo.web.pages.grid.cells import Drawn
from shokibo.web.pages.grid.rows import MOST_ROWS, Grid, blank_rows
from shokibo.web.pages.grid.saving import (
    Changes,
    StaleRowsError,
    changes_of,
    counts_of,
    show_current,
)
from shokibo.web.pages.grid.sheets import Sheet

MORE = 10
"""How many blank rows are added at a time without scripts."""
Follow = Callable[[Grid, frozenset[str] | None], dict[str, Any]]
"""Computes what follows from a grid as template context: the open parts, or all."""


@dataclass(frozen=True)
class GridPage:
    """A sheet as a page: who may write it, how it is saved, and what its preview shows.

    With a `form` the page asks for a reason and shows the consequences; `save` gets both.
    """

    sheet: Sheet
    may_write: bool
    save: Callable[..., None]
    follow: Follow
    form: ReasonedForm | None = None


def grid_page(request: HttpRequest, page: GridPage, template: str, **context: Any) -> HttpResponse:
    """Show a grid; on POST save all of it or nothing."""
    sheet = page.sheet
    found: dict[str, Any] | None = {}
    grid = sheet.sent(request.POST) if request.POST else sheet.opened(may_write=page.may_write)
    if request.method == "POST":
        if "more" in request.POST:
            grid.rows += blank_rows(sheet.kind, len(grid.rows), MORE, sheet.each)
        elif any(grid.wrong):
            found = {"wrong": list(grid.wrong), "counts": counts_of(grid)}
        else:
            found = _save(request, page, grid)
    if found is None:
        return redirect(request.get_full_path())
    context |= {
        "sheet": sheet,
        "form": page.form,
        "may_write": page.may_write,
        "most_rows": MOST_ROWS,
        **found,
        **_following(page, grid, None),
    }
    return render(request, template, context)


def preview_page(request: HttpRequest, page: GridPage, template: str) -> HttpResponse:
    """Preview what follows from a grid as it is typed. Nothing is saved."""
    is_sent = request.method == "POST"
    grid = page.sheet.sent(request.POST) if is_sent else page.sheet.opened()
    wanted = frozenset(request.POST.getlist("open"))
    context = _following(page, grid, wanted) | {"sheet": page.sheet, "afresh": True}
    return HttpResponse(render_to_string(template, context))  # no frame of a page is asked for


def _following(page: GridPage, grid: Grid, wanted: frozenset[str] | None) -> dict[str, Any]:
    followed = page.follow(grid, wanted)
    drawn = Drawn(grid, page.sheet.notes(grid))
    return {"grid": grid, "drawn": drawn, "homes": [], "derived": [], **followed}


def _save(request: HttpRequest, page: GridPage, grid: Grid) -> dict[str, Any] | None:
    """Save; return the context of a refusal, None if saved."""
    if page.form is not None and not page.form.is_valid():
        return {}
    changes = changes_of(grid, page.sheet.stored, page.sheet.links)
    if not changes.count:
        messages.info(request, _("変わったところはありません。"))
        return None
    given = page.form.cleaned_data if page.form else {}
    asked = {name: given[name] for name in ("reason", "confirmed") if name in given}
    try:
        with transaction.atomic():
            page.save(changes=changes, **asked)
    except StaleRowsError as stale:
        return {"stale": show_current(grid, stale.current)}
    except ConsequencesError as consequences:
        if page.form is None:
            raise
        page.form.show(consequences)
        return {}
    except IntegrityError:
        return {
            "refused": _(
                "ほかの人が先に登録した行と重なる行があります。"
                "重ならないように修正するか、もう一度保存して今の値を確かめてください。"
            )
        }
    messages.success(request, _("保存しました(%(what)s)。") % {"what": _rows_of(changes)})
    return None


def _rows_of(changes: Changes) -> str:
    counts = (
        (_("追加%(n)s行"), changes.added),
        (_("変更%(n)s行"), changes.changed),
        (_("削除%(n)s行"), changes.removed),
    )
    return _("、").join(words % {"n": len(rows)} for words, rows in counts if rows)
