"""Pages of the returns to the ministry."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo import calendar
from shokibo.law.parameters import national_law
from shokibo.ledger.findings import FindingReport
from shokibo.returns.counted import NotInForceError, require_in_force
from shokibo.returns.filed.against import Comparison, ComparisonReport
from shokibo.returns.standing import TIMELINESS, Standing
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.download import attachment
from shokibo.web.base.language import language
from shokibo.web.base.words import as_text, nendo, wareki
from shokibo.web.pages.others import steps_of_others
from shokibo.web.pages.saving import Saving, acted, save_page, saved
from shokibo.web.pages.stepping import StepPage, StepPages, attempt
from shokibo.web.returns import actions
from shokibo.web.returns.comparing import compared
from shokibo.web.returns.deadlines import FormDeadline, deadline_of, deadlines_of
from shokibo.web.returns.drawing import Drawn, drawn, first_year
from shokibo.web.returns.figures import differences_from, figure_tables
from shokibo.web.returns.forms import CompareForm, DeadlineForm, DraftForm, SubmitForm, letter_of
from shokibo.web.returns.models import Return, ReturnFile
from shokibo.web.returns.standings import LOOKS, known
from shokibo.web.steps.taking import take

_READ = Permission.RETURN_READ
YEARS_BACK = 5


@office_page(_READ)
def returns(request: HttpRequest, office: Office) -> HttpResponse:
    """List the forms of recent years: what was sent, what is due, in time or late."""
    this_year = calendar.fiscal_year_of(today())
    sent = {
        (found.form, found.fiscal_year): found
        for found in office.rows(Return, _READ).order_by("edition")
    }
    asked = [
        (number, year)
        for year in range(this_year, this_year - YEARS_BACK, -1)
        for number in (1, 2)
        if (number, year) != (2, this_year)  # its year is not over
    ]
    due = deadlines_of(office.authority, asked)
    stored = known([office.authority])
    rows = [_row(due[key], sent.get(key), stored.of(office.authority, *key)) for key in asked]
    context = {"rows": rows, "may_mark": office.may(Permission.RETURN_MARK_PAPER)}
    return render(request, "returns/returns.html", context)


def _row(deadline: FormDeadline, latest: Return | None, standing: Standing) -> dict[str, Any]:
    in_time, days_left = standing.timeliness, (deadline.due - today()).days
    return {
        "number": deadline.form,
        "year": deadline.fiscal_year,
        "latest": latest,
        "deadline": deadline.due,
        "ground": deadline.ground,
        "awaited": deadline.awaited,
        "paper": deadline.paper,
        "days_left": days_left,
        "is_coming": deadline.awaited and standing.came_on is None and days_left >= 0,
        "standing": standing,
        "look": LOOKS[standing.state],
        "state": as_text(standing.words("sender")),
        "timeliness_look": "warning" if in_time == "late" else "met",
        "timeliness": as_text(TIMELINESS[in_time]) if in_time else "",
    }


@office_page(_READ, write=Permission.RETURN_DRAFT)
def form(request: HttpRequest, office: Office, number: int, year: int) -> HttpResponse:
    """Show a form as of today; POST drafts it, or a correction."""
    known = range(calendar.ERA_YEARS.start, calendar.fiscal_year_of(today()) + 1)
    if number not in (1, 2) or year not in known:
        raise Http404
    live = drawn(office.authority, number, year)
    try:
        require_in_force(live.period, national_law())
    except NotInForceError as early:
        messages.error(request, early.message(language()))
        return redirect("returns:returns", office.authority.code)
    if request.method == "POST":
        made = acted(request, partial(actions.draft, office=office, form=number, year=year))
        if made is None:
            return redirect("returns:form", office.authority.code, number, year)
        return redirect("returns:detail", office.authority.code, made.pk)
    chain = office.rows(Return, _READ).filter(form=number, fiscal_year=year)
    context = {
        **figure_tables(live.figures),
        "notes": live.notes(language()),
        "number": number,
        "year": year,
        "deadline": deadline_of(office.authority, number, year),
        "chain": chain.select_related("submitted_by", "drafted_by"),
        "may_move": office.may(Permission.RETURN_DRAFT)
        and not chain.filter(state="submitted").exists(),
        "may_draft": office.may(Permission.RETURN_DRAFT)
        and not chain.filter(state="draft").exists(),
    }
    return render(request, "returns/form.html", context)


@office_page(_READ, write=Permission.RETURN_DRAFT)
def detail(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Show an edition: a draft with today's figures and its letter, or a submission."""
    found = PAGES.find(office, _READ, pk=pk)
    letter = DraftForm(request.POST or None, initial=letter_of(found))
    if request.method == "POST" and letter.is_valid():
        act = partial(take, actions.EDIT, office=office, row=found, **letter.entered)
        edited = attempt(letter, actions.EDIT, act)
        if edited is not None:
            messages.success(request, _("保存しました。"))
            return redirect("returns:detail", office.authority.code, pk)
        found.refresh_from_db()
    return render(request, "returns/detail.html", {**_context(office, found), "letter": letter})


def _context(office: Office, found: Return) -> dict[str, Any]:
    live = drawn(office.authority, found.form, found.fiscal_year)
    figures = live.figures if found.state == "draft" else found.sent
    previous = found.previous
    deadline = deadline_of(office.authority, found.form, found.fiscal_year)
    return {
        **figure_tables(figures),
        "notes": _notes_of(found, live),
        "questions": live.questions if found.state == "draft" else [],
        "asked": [one.message(language()) for one in live.questions]
        if found.state == "draft"
        else [],
        "explained": found.explained(language()),
        "found": found,
        "deadline": deadline,
        "late": today() > deadline.due and previous is None,
        "corrects": previous is not None,
        "differences": differences_from(previous, figures),
        "may_edit": found.state == "draft" and office.may(Permission.RETURN_DRAFT),
        "may_submit": found.state == "draft" and office.may(Permission.RETURN_SUBMIT),
        "others": steps_of_others((page.step for page in PAGES.pages), office, found),
        "own_draft": office.person.pk in actions.workers_on(found),
        "may_correct": found.state == "submitted"
        and office.may(Permission.RETURN_DRAFT)
        and not hasattr(found, "following"),
        "files": found.files.defer("content"),
    }


def _before_submitting(office: Office, found: Return) -> dict[str, Any]:
    letter = {
        _("文書番号"): found.letter_number,
        _("文書の日付"): found.letter_date,
        _("報告者の職名"): office.authority.reporting_officer,
    }
    blanks = [name for name, value in letter.items() if not value]
    return {"blanks": blanks, **_context(office, found)}


def _above(office: Office, found: Return) -> tuple[str, ...]:
    code = office.authority.code
    return (
        _("国への報告"),
        reverse("returns:returns", args=[code]),
        str(found),
        reverse("returns:detail", args=[code, found.pk]),
    )


PAGES = StepPages(
    actions.PROCESS,
    up=_above,
    pages=(
        StepPage(
            "submit",
            actions.SUBMIT,
            form=SubmitForm,
            done=gettext_lazy("提出しました。数値とファイルを固定しました。"),
            template="returns/submit.html",
            shows=_before_submitting,
        ),
        StepPage(
            "discard",
            actions.DISCARD,
            done=gettext_lazy("案を破棄しました。"),
            title=gettext_lazy("案を破棄しますか"),
            lead=str,
            button=gettext_lazy("破棄する"),
            grave=True,
            then=lambda office, _row: reverse("returns:returns", args=[office.authority.code]),
        ),
    ),
)


@office_page(Permission.RETURN_DRAFT, write=Permission.RETURN_DRAFT)
def deadline(request: HttpRequest, office: Office, number: int, year: int) -> HttpResponse:
    """Enter a later day by which a form is due, with its ground."""
    if number not in (1, 2) or not first_year() <= year <= calendar.fiscal_year_of(today()) + 1:
        raise Http404
    current = deadline_of(office.authority, number, year)
    later = current.later
    names = ("version", "day", "ground")
    form = DeadlineForm(
        request.POST or None,
        initial={name: getattr(later, name) for name in names} if later else {},
    )
    lead = _(
        "要綱の期限は、4月30日以前で最後の開庁日の%(day)sです。"
        "国が延長を認めたときなど、根拠があるときだけ延長できます。"
    )
    saving = Saving(
        title=_("様式%(number)s(%(year)s)の期限を延長する")
        % {"number": number, "year": nendo(year)},
        lead=lead % {"day": wareki(current.statutory)},
        button=_("保存する"),
        done=_("期限を保存しました。"),
        up=(_("国への報告"), reverse("returns:returns", args=[office.authority.code])),
    )
    save = partial(actions.set_deadline, office=office, form=number, year=year)
    return save_page(request, saving, save, form)


@office_page(_READ, write=_READ)
def compare(request: HttpRequest, office: Office, number: int, year: int) -> HttpResponse:
    """Compare a filed form with the register; POST shows the differences and stores nothing."""
    if number not in (1, 2) or not first_year() <= year <= calendar.fiscal_year_of(today()):
        raise Http404
    form = CompareForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"number": number, "year": year, "form": form}
    if request.method == "POST" and form.is_valid():
        live = drawn(office.authority, number, year)
        found = saved(form, lambda file: compared(live, file, office.person.pk), at="file")
        if isinstance(found, Comparison):
            context["report"] = ComparisonReport.of(found, language())
    return render(request, "returns/compare.html", context)


@office_page(_READ)
def preview(request: HttpRequest, office: Office, pk: int, kind: str) -> HttpResponse:
    """Download a draft's workbook or PDF as it would be submitted today."""
    found = PAGES.find(office, _READ, pk=pk)
    if found.state != "draft":
        raise Http404
    live = drawn(office.authority, found.form, found.fiscal_year)
    files = acted(request, partial(live.files, found))
    if files is None:
        return redirect("returns:detail", office.authority.code, pk)
    name = next(name for name in files if name.endswith(f".{kind}"))
    return attachment(f"draft-{name}", files[name])


def _notes_of(found: Return, live: Drawn) -> list[FindingReport]:
    """Return what the officer has to check now, or had to at submission."""
    return (live.notes if found.state == "draft" else found.frozen_notes)(language())


@office_page(_READ)
def notes(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Download what the officer has to check, or had to at submission."""
    found = PAGES.find(office, _READ, pk=pk)
    live = drawn(office.authority, found.form, found.fiscal_year)
    listed = _notes_of(found, live)
    name = f"form{found.form}-{office.authority.code}-{found.fiscal_year}-notes.xlsx"
    return attachment(name, live.notes_file(listed))


@office_page(_READ)
def file(request: HttpRequest, office: Office, pk: int, file_pk: int) -> HttpResponse:
    """Download a file as it was sent."""
    kept = get_object_or_404(ReturnFile, pk=file_pk, of=PAGES.find(office, _READ, pk=pk))
    return attachment(kept.name, bytes(kept.content))
