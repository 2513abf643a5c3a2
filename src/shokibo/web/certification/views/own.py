"""Home staff's pages: its applications, drafts judged while they are filled in, submission."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo import calendar
from shokibo.ledger.tables import ADDONS
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.language import labels, language
from shokibo.web.base.parameters import Query, asks, choice_field, row_field, year_field
from shokibo.web.base.refusal import RefusedError
from shokibo.web.base.words import nendo
from shokibo.web.certification import actions, carrying, transitions
from shokibo.web.certification.deadlines import homes_due
from shokibo.web.certification.forms import (
    ApplicationForm,
    ReasonedForm,
    StepForm,
    initial_of,
    initial_time,
)
from shokibo.web.certification.history import shown_state
from shokibo.web.certification.judgement import for_page, judge_one
from shokibo.web.certification.models import STATES, Application
from shokibo.web.certification.near import near
from shokibo.web.certification.views.queue import years_of
from shokibo.web.certification.views.steps import attempt, found, step_page, tell, to_detail
from shokibo.web.register.models import Unit

WRITE = Permission.APPLICATION_WRITE
HOME_STATES = {code: name for code, name in STATES.items() if code != "proposed"}
"""States as a home is told them."""


class OwnQuery(Query):
    """One's own applications by year and state."""

    year = year_field()
    state = choice_field(gettext_lazy("状態"), labels(HOME_STATES))


class NewQuery(Query):
    """What a new application is filled in with."""

    addon = choice_field(gettext_lazy("加算"), labels(ADDONS))
    unit = row_field(gettext_lazy("生活単位"))

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.offer("unit", self.request.office.rows(Unit, WRITE))


@office_page(WRITE)
@asks(OwnQuery)
def applications(request: HttpRequest, office: Office, *, asked: OwnQuery) -> HttpResponse:
    """List one's own applications by year and state, the latest year first."""
    rows = office.rows(Application, WRITE).select_related("home", "unit", "following")
    chosen = asked.given
    years = years_of(rows, chosen["year"])
    if chosen["year"]:
        rows = rows.filter(fiscal_year=chosen["year"])
    if chosen["state"]:
        also = {"submitted": ("submitted", "proposed")}
        rows = rows.filter(state__in=also.get(chosen["state"], (chosen["state"],)))
    due = homes_due(office.authority, today())
    context = {
        "rows": [(row, shown_state(row, inside=False)) for row in rows],
        "years": years,
        "states": labels(HOME_STATES),
        "chosen": chosen,
        "due": due,
        "days_left": due.days_left(today()),
        "carry_years": [(year, year + 1) for year in carrying.years_to_carry(office)],
    }
    return render(request, "certification/own.html", context)


@office_page(WRITE, write=WRITE)
@asks(NewQuery)
def new(request: HttpRequest, office: Office, *, asked: NewQuery) -> HttpResponse:
    """Fill in a new application; keep it as a draft, or only judge it."""
    year = calendar.fiscal_year_of(today())
    initial = initial_time(year, calendar.fiscal_year_start(year))
    form = ApplicationForm(request.POST or None, office=office, initial={**initial, **asked.given})
    made: list[Application] = []

    def act() -> None:
        made.append(actions.draft(office=office, **form.values))

    if _saves(request) and form.is_valid() and attempt(form, act, inside=False):
        messages.success(request, _("下書きを作りました。根拠資料を付けて、提出してください。"))
        return to_detail(office, made[0])
    context = {"title": _("新しい申請"), "back": _list_url(office), "application": None}
    return _form_page(request, office, form, context)


@office_page(WRITE, write=WRITE)
def edit(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Edit a draft, with the comments on the version before it at their fields."""
    application = found(office, pk, WRITE)
    if application.state != "draft":
        tell(request, transitions.wrong_state(transitions.EDIT, application))
        return to_detail(office, application)
    previous = application.previous
    comments = {c.field: c.text for c in previous.comments.all()} if previous else {}
    form = ApplicationForm(
        request.POST or None, office=office, comments=comments, initial=initial_of(application)
    )

    def act() -> None:
        version = form.cleaned_data["version"]
        actions.edit(office=office, application=application, version=version, values=form.values)

    if _saves(request) and form.is_valid() and attempt(form, act, inside=False):
        messages.success(request, _("下書きを保存しました。"))
        return to_detail(office, application)
    context = {
        "title": _("下書きを直す"),
        "back": reverse("certification:application", args=[office.authority.code, pk]),
        "application": application,
        "other_comments": [text for field, text in comments.items() if field not in form.fields],
    }
    return _form_page(request, office, form, context)


def _form_page(
    request: HttpRequest, office: Office, form: ApplicationForm, context: dict[str, Any]
) -> HttpResponse:
    shown = form if form.is_bound else _bound(form, office)
    context |= {"form": form, **_judged(office, shown)}
    return render(request, "certification/form.html", context)


def _bound(form: ApplicationForm, office: Office) -> ApplicationForm:
    """Bind a form to what it shows at first, so that it can be judged before anything is sent."""
    data = {name: form[name].value() for name in form.fields}
    shown = {name: form.fields[name].prepare_value(value) for name, value in data.items()}
    return ApplicationForm(
        {name: "" if value is None else str(value) for name, value in shown.items()},
        office=office,
    )


@office_page(WRITE)
def judge_live(request: HttpRequest, office: Office) -> HttpResponse:
    """Judge a form as it stands: a part of the page, asked for on every change."""
    form = ApplicationForm(request.GET, office=office)
    wrong = [
        (form[name].label, words)
        for name, errors in form.errors.items()
        if form.data.get(name)
        for words in errors
    ]
    context = {"wrong": wrong, **_judged(office, form)}
    return render(request, "certification/_panel.html", context)


def _judged(office: Office, form: ApplicationForm) -> dict[str, Any]:
    asked = form.asked
    if asked is None:
        return {"judgement": None}
    judgement = judge_one(office.authority, asked, for_page())
    extra = form.cleaned_data.get("requested_extra")
    available = judgement.available
    return {
        "judgement": judgement,
        "near": near(judgement),
        "asked_above": extra if extra and available is not None and extra > available else None,
    }


def _saves(request: HttpRequest) -> bool:
    return request.method == "POST" and "judge" not in request.POST


def _list_url(office: Office) -> str:
    return reverse("certification:applications", args=[office.authority.code])


@office_page(WRITE, write=WRITE)
def submit(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Submit a draft."""
    return step_page(
        request,
        office,
        pk,
        transition=transitions.SUBMIT,
        form_class=StepForm,
        act=lambda row, version, given: actions.submit(
            office=office, application=row, version=version, seen=given["seen"]
        ),
        done=_("提出しました。"),
        text=_("提出すると、差し戻されるまで内容は変えられません。"),
    )


@office_page(WRITE, write=WRITE)
def discard(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Remove a draft."""
    application = found(office, pk, WRITE)
    if application.state != "draft":
        tell(request, transitions.wrong_state(transitions.DISCARD, application))
        return to_detail(office, application)
    form = StepForm(request.POST or None, initial={"version": application.version})

    def act() -> None:
        version = form.cleaned_data["version"]
        actions.discard(office=office, application=application, version=version)

    if request.method == "POST" and form.is_valid() and attempt(form, act, inside=False):
        messages.success(request, _("下書きを消しました。"))
        return redirect(_list_url(office))
    name = transitions.DISCARD.name.say(language())
    context = {
        "application": application,
        "form": form,
        "title": name,
        "button": name,
        "text": _("付けた根拠資料も消えます。記録には残ります。"),
        "grave": True,
    }
    return render(request, "certification/step.html", context)


@office_page(WRITE, write=WRITE)
def withdraw(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Withdraw."""
    return step_page(
        request,
        office,
        pk,
        transition=transitions.WITHDRAW,
        form_class=ReasonedForm,
        act=lambda row, version, given: actions.withdraw(
            office=office,
            application=row,
            version=version,
            reason=given["reason"],
            seen=given["seen"],
        ),
        done=_("取り下げました。"),
        text=_("取り下げた申請は元に戻せません。必要なら新しく申請してください。"),
        grave=True,
    )


@office_page(WRITE, write=WRITE)
def revise(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Make a new version beside a returned one."""
    application = found(office, pk, WRITE)
    made: list[Application] = []

    def act(row: Application, version: int, _given: dict[str, Any]) -> None:
        made.append(actions.revise(office=office, application=row, version=version))

    response = step_page(
        request,
        office,
        pk,
        transition=transitions.REVISE,
        form_class=StepForm,
        act=act,
        done=_("新しい版の下書きを作りました。"),
        text=_("差し戻された版はそのまま残り、同じ内容の下書きができます。"),
    )
    if made:
        return redirect("certification:edit", office.authority.code, made[0].pk)
    return response if application.state == "returned" else to_detail(office, application)


@office_page(WRITE, write=WRITE)
def next_year(request: HttpRequest, office: Office, year: int) -> HttpResponse:
    """Make next year's drafts from a year's certified add-ons, told first."""
    if year not in office.rows(Application, WRITE).values_list("fiscal_year", flat=True):
        raise Http404
    if request.method == "POST":
        try:
            made = carrying.carry(office=office, from_year=year)
        except RefusedError as refusal:
            tell(request, refusal)
        else:
            words = _("%(year)sの下書きを%(n)s件作りました。")
            messages.success(request, words % {"year": nendo(made.year), "n": len(made.coming)})
        return redirect(f"{_list_url(office)}?year={year + 1}")
    context = {"year": year, "carried": carrying.sorted_out(office, year)}
    return render(request, "certification/next_year.html", context)
