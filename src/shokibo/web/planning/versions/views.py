"""Pages of the versions: proposed, published, sent back, compared."""

import datetime as dt
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.planning.plan import NoHomesError
from shokibo.planning.spans import NoPlanError
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.models import Person
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.download import attachment
from shokibo.web.base.parameters import Query, asks, choice_field
from shokibo.web.base.seen import seal
from shokibo.web.base.words import colon, wareki
from shokibo.web.pages.listing import (
    Column,
    Listing,
    ListQuery,
    drawn,
    lines,
    link,
    links,
    list_page,
    note,
)
from shokibo.web.pages.others import steps_of_others
from shokibo.web.pages.stepping import StepPage, StepPages, attempt
from shokibo.web.planning.contents import FORMATS, Contents
from shokibo.web.planning.models import PlanFile, PlanVersion, last_published
from shokibo.web.planning.plan_page import PlanPage, compute_plan, place_of, stored_page
from shokibo.web.planning.versions import publishing
from shokibo.web.planning.versions.comparing import (
    DRAFT,
    choices,
    chosen,
    compared,
    in_figures,
    in_words,
)
from shokibo.web.planning.versions.forms import ProposeForm, PublishForm

FILES = Prefetch("files", PlanFile.objects.defer("content"))
READ, WRITE, PUBLISH = Permission.PLAN_READ, Permission.PLAN_WRITE, Permission.PLAN_PUBLISH


@office_page(READ)
@asks(ListQuery)
def versions(request: HttpRequest, office: Office, *, asked: ListQuery) -> HttpResponse:
    """List the versions, the latest first."""
    rows = _rows(office)
    in_force = rows.filter(state="published").first()
    return list_page(
        request,
        asked,
        _listing(office, in_force),
        rows.prefetch_related(FILES),
        "planning/versions.html",
        open=rows.filter(state="proposed").first(),
        may_propose=office.may(WRITE),
    )


def _listing(office: Office, in_force: PlanVersion | None) -> Listing:
    code = office.authority.code

    def state(row: PlanVersion) -> SafeString:
        return lines(
            drawn("planning/_state.html", "found")(row), note(_("現行") if row == in_force else "")
        )

    def words(row: PlanVersion) -> SafeString:
        why = _("所見") if row.state == "published" else _("理由")
        comment = note(linebreaksbr(f"{colon(why)}{row.comment}")) if row.comment else ""
        return lines(linebreaksbr(row.note), comment)

    def files(row: PlanVersion) -> SafeString | str:
        url = partial(reverse, "planning:version_file")
        kept = [
            link(url(args=[code, row.number, one.pk]), one.kind, _nth(row))
            for one in row.files.all()
        ]
        return links(kept) if kept else "—"

    columns = [
        Column(
            "number",
            _("版"),
            cell=lambda row: link(reverse("planning:version", args=[code, row.number]), _nth(row)),
            names_row=True,
        ),
        Column("state", _("状態"), cell=state),
        Column("note", _("変更の内容"), cell=words, look="note"),
        Column("proposed_at", _("起案"), cell=lambda row: _by(row.proposed_by, row.proposed_at)),
        Column("decided_at", _("決裁"), cell=lambda row: _by(row.decided_by, row.decided_at)),
        Column("", _("文書"), cell=files),
    ]
    return Listing(
        "計画の版",
        columns,
        caption=_("計画の版"),
        empty=_("版はまだありません"),
        hint=_("計画と文章が整ったら、公表を起案してください。"),
        look="versions",
    )


def _nth(row: PlanVersion) -> str:
    return _("第%(n)s版") % {"n": row.number}


def _by(person: Person | None, at: dt.datetime | None) -> SafeString | str:
    return lines(person, note(wareki(at))) if person else "—"


def _rows(office: Office) -> QuerySet[PlanVersion]:
    rows = office.rows(PlanVersion, READ).select_related("proposed_by", "decided_by")
    return rows.defer("snapshot", "figures").order_by("-number")


@office_page(WRITE, write=WRITE)
def propose(request: HttpRequest, office: Office) -> HttpResponse:
    """Show what would be frozen and what changed, ask for a note, propose."""
    contents = Contents.of_draft(office.authority)
    blockers = contents.blockers()
    seen = "" if blockers else seal(contents.facts)
    form = ProposeForm(request.POST or None, initial={"seen": seen})
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            publishing.PROPOSE,
            lambda: publishing.propose(office=office, **form.cleaned_data),
        )
        if made is not None:
            messages.success(request, _("起案しました。決裁者の公表を待ちます。"))
            return redirect("planning:version", office.authority.code, made.number)
    context: dict[str, Any] = {
        "form": form,
        "blockers": blockers,
        "open": _rows(office).filter(state="proposed").first(),
        "open_sections": [] if blockers else contents.open_sections(),
        "questions": [] if blockers else contents.questions(),
        "before": None if blockers else last_published(office.authority),
        "plan_page": None if blockers else stored_page(office),
    }
    if context["before"] is not None:
        found = compared(Contents.of_version(context["before"]), contents)
        context |= {"found": found, "words": in_words(found)}
    return render(request, "planning/propose.html", context)


@office_page(READ)
def version(request: HttpRequest, office: Office, number: int) -> HttpResponse:
    """Show a version: what became of it, its files, its figures, and what may be done."""
    found = PAGES.find(office, READ, number=number)
    context = {
        "found": found,
        "files": found.files.defer("content"),
        "homes": found.figures["plan"]["homes"],
        "rows": found.figures["plan"]["authority"]["rows"],
        "budgets": found.figures["budgets"],
        "kinds": list(FORMATS),
        "before": _rows(office).filter(state="published", number__lt=number).first(),
        "may_publish": found.state == "proposed" and office.may(PUBLISH),
        "may_take_back": found.state == "proposed" and office.may(WRITE),
        "others": steps_of_others((page.step for page in PAGES.pages), office, found),
    }
    return render(request, "planning/version.html", context)


def _before_publishing(office: Office, row: PlanVersion) -> dict[str, Any]:
    contents = Contents.of_version(row)
    return {
        "own": row.proposed_by_id == office.person.pk,
        "questions": contents.questions(),
        "plan_page": PlanPage(  # its findings lead nowhere, for a version never changes
            office, compute_plan(contents.ledger), lambda finding: (place_of(finding), "")
        ),
    }


PAGES = StepPages(
    publishing.PROCESS,
    up=lambda office, row: (
        _("計画 第%(n)s版") % {"n": row.number},
        reverse("planning:version", args=[office.authority.code, row.number]),
    ),
    related=("proposed_by", "decided_by"),
    template="planning/step.html",
    pages=(
        StepPage(
            "publish",
            publishing.PUBLISH,
            form=PublishForm,
            done=gettext_lazy("公表しました。数値と文書を固定しました。"),
            lead=gettext_lazy(
                "公表すると、数値とWord、PDF、Excelの文書を固定します。"
                "あとから変えることはできません。改めるときは、新しい版を公表します。"
            ),
            shows=_before_publishing,
        ),
        StepPage(
            "send_back",
            publishing.SEND_BACK,
            done=gettext_lazy("担当者に戻しました。"),
            lead=gettext_lazy(
                "この版は公表されません。担当者は計画を修正し、新しい版を起案します。"
            ),
            grave=True,
        ),
        StepPage(
            "take_back",
            publishing.TAKE_BACK,
            done=gettext_lazy("起案を取り消しました。"),
            lead=gettext_lazy("この版は公表されません。記録には残ります。"),
            grave=True,
        ),
    ),
)


@office_page(READ)
def version_draft(request: HttpRequest, office: Office, number: int, kind: str) -> HttpResponse:
    """Download the document of a version that was not published, as it would be."""
    found = PAGES.find(office, READ, number=number)
    if found.state == "published":
        raise Http404  # its files are those that were frozen
    name = f"draft-plan-{office.authority.code}-{found.number}.{kind}"
    return attachment(name, Contents.of_version(found).file(kind))


@office_page(READ)
def file(request: HttpRequest, office: Office, number: int, file_pk: int) -> HttpResponse:
    """Download a file as it was published."""
    frozen = get_object_or_404(PlanFile, pk=file_pk, of=PAGES.find(office, READ, number=number))
    return attachment(frozen.name, bytes(frozen.content))


class CompareQuery(Query):
    """The versions to compare, each by its number or `draft`; with `all` every row of figures."""

    before = choice_field(gettext_lazy("前"), ())
    after = choice_field(gettext_lazy("後"), ())
    all = choice_field(gettext_lazy("すべての行"), {"1": gettext_lazy("すべて")})

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.offered = choices(self.request.office.authority)
        for name in ("before", "after"):
            field: Any = self.fields[name]
            field.choices = [("", ""), *self.offered]


@office_page(READ)
@asks(CompareQuery)
def compare(request: HttpRequest, office: Office, *, asked: CompareQuery) -> HttpResponse:
    """Show what differs between two versions, or a version and the draft."""
    numbers = [name for name, _label in asked.offered if name != DRAFT]
    all_rows = asked.given["all"] == "1"
    context: dict[str, Any] = {"choices": asked.offered, "names": (), "all_rows": all_rows}
    if numbers:  # the version in force, or the latest, and the draft where none are asked for
        in_force = last_published(office.authority)
        latest = str(in_force.number) if in_force else numbers[0]
        names = (asked.given["before"] or latest, asked.given["after"] or DRAFT)
        before, after = (chosen(office.authority, name) for name in names)
        context |= {"names": names, "before": before, "after": after}
        try:
            found = compared(before.contents, after.contents)
        except (NoPlanError, NoHomesError):
            context["blockers"] = [*before.contents.blockers(), *after.contents.blockers()]
        else:
            figures = in_figures(found, all_rows=all_rows)
            context |= {"found": found, "words": in_words(found), "figures": figures}
    return render(request, "planning/compare.html", context)
