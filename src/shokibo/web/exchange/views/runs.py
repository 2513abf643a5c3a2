"""Pages of imports: upload, dry run, apply, undo."""

from functools import partial
from pathlib import PurePath
from typing import Any

from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo.documents.checked.marking import Mark
from shokibo.ledger.tables import BY_NAME
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.download import attachment
from shokibo.web.base.forms import VersionedForm
from shokibo.web.base.language import labels, language
from shokibo.web.base.parameters import PagedQuery, asks, choice_field
from shokibo.web.base.uploads import count_upload
from shokibo.web.exchange import actions, findings, tasks
from shokibo.web.exchange.findings import DescribedFinding
from shokibo.web.exchange.foreseen import forms_of, lapses_of
from shokibo.web.exchange.forms import ApplyForm, UploadForm
from shokibo.web.exchange.models import MARKABLE_STATES, WORK_STATES, Run
from shokibo.web.exchange.reach import Reach
from shokibo.web.exchange.wording import columns_of, message_of, progress_of, summary_of, touched_of
from shokibo.web.pages.files_of_tables import csv_of
from shokibo.web.pages.listing import Column, Listing, ListQuery, drawn, link, list_page
from shokibo.web.pages.saving import Saving, acted, save_page, saved
from shokibo.web.register.models import Home

_EXPORT, _IMPORT = Permission.LEDGER_EXPORT, Permission.LEDGER_IMPORT
PAGE = 100


RUNS = Listing(
    "取込み",
    [
        Column(
            "file_name",
            gettext_lazy("ファイル名"),
            cell=lambda run: link(_run_url(run.authority.code, run.pk), run.file_name),
            names_row=True,
        ),
        Column("uploaded_at", gettext_lazy("読込日時"), look="day"),
        Column("uploaded_by__name", gettext_lazy("読み込んだ人"), look="person"),
        Column("state", gettext_lazy("状態"), cell=drawn("exchange/_state.html", "run")),
    ],
    empty=gettext_lazy("まだ取込みはありません"),
    size=20,
)


@office_page(_EXPORT, write=_IMPORT)
@asks(ListQuery)
def exchange(request: HttpRequest, office: Office, *, asked: ListQuery) -> HttpResponse:
    """Show imports and exports; POST uploads a workbook."""
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()

    def upload(file: UploadedFile) -> Run:
        count_upload(office.person.pk)
        return actions.upload(office=office, name=file.name, content=file.read())

    made = saved(form, upload, at="file") if is_sent and form.is_valid() else None
    if isinstance(made, Run):
        tasks.start(made)
        return redirect("exchange:run", office.authority.code, made.pk)
    may_import = office.may(_IMPORT)
    runs = Reach(office, _IMPORT).runs() if may_import else Run.objects.none()
    return list_page(
        request,
        asked,
        RUNS,
        runs.defer("content", "findings").select_related("uploaded_by", "authority"),
        "exchange/exchange.html",
        form=form if may_import else None,
        homes=list(office.rows(Home, Permission.REGISTER_READ)),
        keeps_register=office.may(Permission.REGISTER_READ),
        is_wide=Reach(office, _EXPORT).is_wide,
    )


class RunQuery(PagedQuery):
    """The rows of a run by table."""

    table = choice_field(
        gettext_lazy("表"), labels({name: table.sheet for name, table in BY_NAME.items()})
    )


@office_page(_IMPORT)
@asks(RunQuery)
def run(request: HttpRequest, office: Office, pk: int, *, asked: RunQuery) -> HttpResponse:
    """Show a run: its progress, what it would change or did, its problems."""
    found = _one(office, pk)
    if found.state in WORK_STATES:
        context = {"run": found, "progress": progress_of(found)}
        return render(request, "exchange/working.html", context)
    return render(request, "exchange/run.html", _shown(asked, office, found))


@office_page(_IMPORT)
def progress(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Show the progress alone; when the work is done, make the browser reload the page."""
    found = _one(office, pk)
    if found.state not in WORK_STATES:
        done = HttpResponse(status=200)
        done["HX-Refresh"] = "true"
        return done
    context = {"run": found, "progress": progress_of(found)}
    return render(request, "exchange/_progress.html", context)


def _shown(asked: RunQuery, office: Office, found: Run) -> dict[str, Any]:
    table = asked.given["table"]
    rows = found.changes.filter(table=table) if table else found.changes.all()
    page = asked.page_of(rows, PAGE)
    shown = list(page)
    for looked in ("staff", "episodes"):
        if count := sum(row.table == looked for row in shown):
            office.looked(f"取込み:{found.file_name}", count)
    problems, notes = (
        findings.one_per_message(_described(found, what), language())
        for what in ("problems", "notes")
    )
    sheets = ("", *(one.sheet for one in BY_NAME.values()))
    return {
        "run": found,
        "summary": summary_of(found),
        "page": page,
        "rows": [(row, columns_of(row)) for row in shown],
        "table": table,
        "problems": {
            sheet: of_sheet
            for sheet in sheets
            if (of_sheet := [one for one in problems[:PAGE] if one.sheet == sheet])
        },
        "problem_count": found.findings.get("problem_count", 0),
        "problems_cut": _is_cut(found, "problem", problems),
        "notes": notes[:PAGE],
        "note_count": found.findings.get("note_count", 0),
        "notes_cut": _is_cut(found, "note", notes),
        "touched": touched_of(found),
        "lapsing": lapses_of(found),
        "forms": forms_of(found),
        "message": message_of(found),
        "form": ApplyForm(run=found, must_say_why=actions.needs_reason(found)),
        "can_be_marked": found.state in MARKABLE_STATES
        and any(one.sheet for one in problems + notes),
        "may_apply": actions.may_apply(office, found),
        "may_undo": found.state == "applied" and actions.last_applied(office.authority) == found,
    }


def _is_cut(found: Run, what: str, lines: list[DescribedFinding]) -> bool:
    """Return whether there are more findings than the page shows."""
    stored = found.findings.get(f"{what}s", [])
    return len(lines) > PAGE or found.findings.get(f"{what}_count", 0) > len(stored)


def _described(found: Run, what: str) -> list[DescribedFinding]:
    return list(findings.described(found.findings.get(what, []), language()))


@office_page(_IMPORT, write=_IMPORT)
@asks(RunQuery)
def apply(request: HttpRequest, office: Office, pk: int, *, asked: RunQuery) -> HttpResponse:
    """Apply a run as its dry run shows."""
    found = _one(office, pk)
    form = ApplyForm(request.POST or None, run=found, must_say_why=actions.needs_reason(found))
    if request.method != "POST" and not form.is_bound:
        return redirect("exchange:run", office.authority.code, pk)
    if request.method != "POST" or not form.is_valid():
        return render(request, "exchange/run.html", {**_shown(asked, office, found), "form": form})

    def ask() -> Run:
        asked_for = actions.ask(office=office, run=found, **form.cleaned_data)
        tasks.start(asked_for)
        return asked_for

    now = found if acted(request, ask) else _one(office, pk)
    if now is not found and now.state == "ready":  # compared again meanwhile: the reason stays
        form = ApplyForm(run=now, must_say_why=actions.needs_reason(now))
        form.initial["reason"] = request.POST["reason"]
        return render(request, "exchange/run.html", {**_shown(asked, office, now), "form": form})
    return redirect("exchange:run", office.authority.code, pk)


@office_page(_IMPORT, write=_IMPORT)
def undo(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Ask for confirmation; POST undoes an import."""
    found = _one(office, pk)

    text = _(
        "「%(name)s」で取り込んだ%(words)sを、取込みの前に戻します。"
        "取込みのあとに変わった行があれば、何も戻しません。"
    )
    saving = Saving(
        title=_("取込みを取り消しますか"),
        lead=text % {"name": found.file_name, "words": summary_of(found)["words"]},
        button=_("取り消して元に戻す"),
        back=_run_url(office.authority.code, pk),
        done=_("取込みを取り消し、元に戻しました。"),
        grave=True,
        narrow=True,
    )
    save = partial(actions.undo, office=office, run=found)
    return save_page(request, saving, save, _form_of(request, found))


@office_page(_IMPORT, write=_IMPORT)
def discard(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Ask for confirmation; POST discards a run and its file."""
    found = _one(office, pk)
    text = _("「%(name)s」の取込みを中止し、読み込んだファイルを消します。登録は変わりません。")
    saving = Saving(
        title=_("取込みを中止しますか"),
        lead=text % {"name": found.file_name},
        button=_("取込みを中止する"),
        back=_run_url(office.authority.code, pk),
        done=_("この取込みは中止しました。登録は変わっていません。"),
        grave=True,
        narrow=True,
    )
    save = partial(actions.discard, office=office, run=found)
    return save_page(request, saving, save, _form_of(request, found))


def _run_url(code: str, pk: int) -> str:
    return reverse("exchange:run", args=[code, pk])


def _form_of(request: HttpRequest, found: Run) -> VersionedForm:
    return VersionedForm(request.POST or None, initial={"version": found.version})


@office_page(_IMPORT, write=_IMPORT)
def again(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Compare a run's workbook with the present rows again."""
    found = _one(office, pk)
    form = VersionedForm(request.POST or None)

    def act() -> None:
        version = form.cleaned_data["version"]
        tasks.start(actions.again(office=office, run=found, version=version))

    if form.is_bound and not form.is_valid():
        raise BadRequest
    if request.method == "POST" and form.is_bound:
        acted(request, act)
    return redirect("exchange:run", office.authority.code, pk)


@office_page(_IMPORT)
def problems(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Download the list of a workbook's problems and warnings."""
    found = _one(office, pk)
    headers = (_("種類"), _("シート"), _("場所"), _("内容"))
    rows: list[tuple[str, ...]] = []
    for kind, what in ((_("誤り"), "problems"), (_("注意"), "notes")):
        rows += [(kind, one.sheet, one.place, one.words) for one in _described(found, what)]
    return attachment(f"{found.file_name}_誤りと注意.csv", csv_of([headers, *rows]))


@office_page(_IMPORT)
def marked(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Download a run's workbook with its problems and warnings marked."""
    found = _one(office, pk)
    described = [one for what in ("problems", "notes") for one in _described(found, what)]
    if found.state not in MARKABLE_STATES:
        raise Http404
    marks = [Mark(one.severity, one.place, one.words) for one in described]
    content = acted(request, partial(actions.mark, office=office, run=found, marks=marks))
    if content is None:
        return redirect("exchange:run", office.authority.code, pk)
    return attachment(f"{PurePath(found.file_name).stem}_確認済.xlsx", content)


def _one(office: Office, pk: int) -> Run:
    runs = Reach(office, _IMPORT).runs().defer("content")
    return get_object_or_404(
        runs.select_related("authority", "uploaded_by", "applied_by", "undone_by"), pk=pk
    )
