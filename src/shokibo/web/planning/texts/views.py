"""Pages of the plan's texts: one a section, with the figures that it may name."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.documents import blocks as drawn
from shokibo.documents.blocks import Box, Bullets, Cell, Figure, Paragraph, Table, placed
from shokibo.documents.plan.markdown import FiguresHere, TextBlock
from shokibo.documents.plan.sections import SECTIONS, Section
from shokibo.documents.plan.text_pictures import written_in
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.forms import TextField, VersionedForm
from shokibo.web.base.language import language
from shokibo.web.base.pictures import Picture
from shokibo.web.pages.saving import Saving, save_page, saved
from shokibo.web.planning.contents import Contents, pictures_of
from shokibo.web.planning.models import PlanText
from shokibo.web.planning.texts.writing import (
    LONGEST,
    STATES,
    Shown,
    groups,
    known_figures,
    shown,
    write,
)

READ, WRITE = Permission.PLAN_READ, Permission.PLAN_WRITE


class TextForm(VersionedForm):
    """A section's Markdown. A blank one means the default."""

    source = TextField(
        label=gettext_lazy("文章"),
        help_text=gettext_lazy(
            "段落、2段までの箇条書き(-)、太字(**)、囲み(>)、表(|)、脚注([^1])が使えます。数値は名前で書きます。"
        ),
        widget=forms.Textarea(attrs={"rows": 16, "class": "source", "lang": "ja"}),
        max_length=LONGEST,
        required=False,
        strip=False,
    )


@office_page(READ)
def texts(request: HttpRequest, office: Office) -> HttpResponse:
    """List the sections in the order of the document, each with its state."""
    contents = Contents.of_draft(office.authority)
    known, rows = known_figures(contents), []
    for section in SECTIONS:
        one = shown(section, contents.texts.get(section.key, ""), known)
        lines = (line.strip(" -*") for line in one.source.splitlines())
        rows.append((one, STATES[one.state], next(filter(None, lines), "")))
    context = {"rows": rows, "may_write": office.may(WRITE)}
    return render(request, "planning/texts.html", context)


@office_page(READ, write=WRITE)
def text(request: HttpRequest, office: Office, number: int) -> HttpResponse:
    """Show a section with its figures; POST saves its text, or only shows what was typed."""
    section = _section(number)
    stored = _stored(office, section)
    form = TextForm(
        request.POST or None,
        initial={
            "source": stored.source if stored else section.default,
            "version": stored.version if stored else 0,
        },
    )
    saves = request.method == "POST" and "preview" not in request.POST
    if saves and form.is_valid() and saved(form, partial(write, office=office, section=section)):
        messages.success(request, _("文章を保存しました。"))
        return redirect("planning:text", office.authority.code, number)
    return render(request, "planning/text.html", _context(office, section, stored, form))


def _context(
    office: Office, section: Section, stored: PlanText | None, form: TextForm
) -> dict[str, Any]:
    contents = Contents.of_draft(office.authority)
    known = known_figures(contents)
    source = form["source"].value() or ""
    parts: list[dict[str, Any]] = []  # the tables and charts below the text in the document
    for number, block in enumerate(contents.without_texts.section(section.key) if known else ()):
        if isinstance(block, Table):
            parts.append({"table": _table(block)})
        elif isinstance(block, Figure):
            picture = Picture(f"figure-{number}", block.caption, block.alt, block.chart)
            parts.append({"picture": picture})
    position = SECTIONS.index(section)
    unsaved = form.errors or form.newer_row is not None
    return {
        "section": section,
        "stored": stored,
        "form": form,
        **_panel(
            shown(section, written_in(source, pictures_of(office.authority)), known),
            known=known is not None,
        ),
        "groups": groups(contents.named_figures) if known else [],
        "parts": parts,
        "may_write": office.may(WRITE),
        "previous": SECTIONS[position - 1] if position else None,
        "next": SECTIONS[position + 1] if position + 1 < len(SECTIONS) else None,
        "stale": stored if unsaved and stored and stored.source != source else None,
    }


def _panel(found: Shown, *, known: bool) -> dict[str, Any]:
    return {
        "known": known,
        "state": found.state,
        "blocks": _shown(found.blocks),
        "problems": [(one.line, one.message(language())) for one in found.problems],
    }


def _shown(found: Sequence[TextBlock]) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = []
    for block in found:
        if isinstance(block, Bullets):
            blocks.append({"kind": "bullets", "items": block.items})
        elif isinstance(block, Box):
            blocks.append({"kind": "box", "blocks": _shown(block.blocks)})
        elif isinstance(block, drawn.Picture):
            blocks.append({"kind": "picture", "alt": block.alt, "caption": block.caption})
        elif isinstance(block, Table):
            blocks.append({"kind": "table", "laid": _table(block)})
        elif isinstance(block, Paragraph):
            kind = "open" if block.open else "paragraph"
            blocks.append({"kind": kind, "runs": block.runs})
        elif isinstance(block, FiguresHere):
            blocks.append({"kind": "figures"})
    return blocks


def _table(table: Table) -> dict[str, Any]:
    """Return each row's cells, whether they are of the columns that name rows, and their side."""
    rows: list[list[tuple[Cell, bool, str]]] = [[] for _ in table.rows]
    for row, column, cell in placed(table.rows):
        align = "left" if cell.is_list else table.aligns[column]
        rows[row].append((cell, column < table.stubs, align))
    return {"table": table, "rows": rows}


@office_page(WRITE, write=WRITE)
def preview(request: HttpRequest, office: Office, number: int) -> HttpResponse:
    """Show what is typed as the document will have it; nothing is saved."""
    section = _section(number)
    form = TextForm(request.POST or None)
    source = form["source"].value() or ""
    known = known_figures(Contents.of_draft(office.authority))
    source = written_in(source[:LONGEST], pictures_of(office.authority))
    context = _panel(shown(section, source, known), known=known is not None)
    return render(request, "planning/_shown.html", context)


@office_page(WRITE, write=WRITE)
def reset(request: HttpRequest, office: Office, number: int) -> HttpResponse:
    """Ask once more, then put a section back to its default."""
    section = _section(number)
    stored = _stored(office, section)
    saving = Saving(
        title=_("「%(section)s」を既定に戻しますか") % {"section": _(section.key)},
        lead=_("自分の文章は消えます。記録には残ります。"),
        button=_("既定に戻す"),
        back=reverse("planning:text", args=[office.authority.code, number]),
        done=_("既定の文章に戻しました。"),
        grave=True,
        narrow=True,
    )
    form = VersionedForm(request.POST or None, initial={"version": stored.version if stored else 0})
    save = partial(write, office=office, section=section, source="")
    return save_page(request, saving, save, form)


def _section(number: int) -> Section:
    found = next((section for section in SECTIONS if section.number == number), None)
    if found is None:
        raise Http404
    return found


def _stored(office: Office, section: Section) -> PlanText | None:
    return office.rows(PlanText, READ).filter(section=section.key).first()
