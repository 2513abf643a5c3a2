"""Home staff's pages: its applications, drafts judged while they are filled in, submission."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo import calendar
from shokibo.ledger.tables import ADDONS
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.clock import today
from shokibo.web.base.language import labels
from shokibo.web.base.parameters import Query, asks, choice_field, row_field, year_field
from shokibo.web.base.words import month, nendo
from shokibo.web.certification import actions, carrying, transitions
from shokibo.web.certification.deadlines import homes_due
from shokibo.web.certification.forms import ApplicationForm
from shokibo.web.certification.history import shown_state
from shokibo.web.certification.judgement import for_page, judge_one
from shokibo.web.certification.models import STATES, Application
from shokibo.web.certification.remedies import remedies
from shokibo.web.certification.shortfalls import shortfall_of
from shokibo.web.certification.views.asking import at
from shokibo.web.certification.views.queue import years_of
from shokibo.web.certification.views.steps import get_application, list_url, to_detail, url_of
from shokibo.web.pages.listing import (
    Column,
    Listing,
    SearchQuery,
    acts,
    lines,
    link,
    list_page,
    note,
    tick,
)
from shokibo.web.pages.saving import acted
from shokibo.web.pages.stepping import attempt, refused
from shokibo.web.pages.templatetags.pages import badge
from shokibo.web.register.models import Unit
from shokibo.web.steps.taking import take

WRITE = Permission.APPLICATION_WRITE
HOME_STATES = {code: name for code, name in STATES.items() if code != "proposed"}
"""States as a home sees them."""


class OwnQuery(SearchQuery):
    """One's own applications by year, state and words."""

    year = year_field()
    state = choice_field(gettext_lazy("状態"), labels(HOME_STATES))
    all = choice_field(gettext_lazy("選ぶ"), {"1": gettext_lazy("すべて")})


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
    context: dict[str, Any] = {
        "years": years,
        "states": labels(HOME_STATES),
        "chosen": chosen,
        "due": due,
        "days_left": due.days_left(today()),
        "drafts": rows.filter(state="draft").exists(),
        "carry_years": [(year, year + 1) for year in carrying.years_to_carry(office)],
    }
    box = partial(_box, ticked=chosen["all"] == "1")
    columns = [
        *((acts(box, _("選ぶ")),) if context["drafts"] else ()),
        Column(
            "code",
            _("申請ID"),
            cell=lambda row: link(url_of(office, row.pk) + at(request), row.code),
            names_row=True,
        ),
        Column(
            "addon",
            _("加算・生活単位"),
            lambda row: f"{row.get_addon_display()} {row.home} {row.unit or ''}".strip(),
            lambda row: lines(row.get_addon_display(), f"{row.home} {row.unit or ''}"),
        ),
        Column("start_month", _("適用開始月"), cell=lambda row: month(row.start_month), look="day"),
        Column("requested_extra", _("申請加配数"), look="number"),
        Column("certified_extra", _("認定加配数"), look="number"),
        Column(
            "shown",
            _("状態"),
            lambda row: shown_state(row, inside=False)[1],
            _state,
            computed=True,
        ),
        Column("applied_on", _("申請日"), look="day"),
        Column("decided_on", _("決定日"), look="day"),
    ]
    listing = Listing(
        "申請",
        columns,
        empty=_("申請はありません"),
        hint=_("「新しく申請する」から下書きを作ってください。"),
        search=("code", "home__name", "unit__name"),
    )
    return list_page(request, asked, listing, rows, "certification/own.html", **context)


def _box(row: Application, *, ticked: bool) -> SafeString | str:
    """Draw the box that chooses a draft."""
    return tick(row, ticked=ticked) if row.state == "draft" else ""


def _state(row: Application) -> SafeString:
    """Show the state as a home sees it, and what to do with what was returned."""
    hint = ""
    if row.state == "returned":
        following = getattr(row, "following", None)
        hint = (
            _("新しい版 %(code)s") % {"code": following.code}
            if following
            else _("修正して提出してください")
        )
    return lines(badge(*shown_state(row, inside=False)), note(hint))


@office_page(WRITE, write=WRITE)
@asks(NewQuery)
def new(request: HttpRequest, office: Office, *, asked: NewQuery) -> HttpResponse:
    """Fill in a new application; save it as a draft, or only judge it."""
    year = calendar.fiscal_year_of(today())
    initial = {"fiscal_year": year, "start_month": calendar.fiscal_year_start(year)}
    form = ApplicationForm(request.POST or None, office=office, initial={**initial, **asked.given})
    if _saves(request) and form.is_valid():
        made = attempt(form, transitions.DRAFT, lambda: actions.draft(office=office, **form.values))
        if made is not None:
            messages.success(request, _("下書きを作りました。根拠資料を付けて、提出してください。"))
            return to_detail(office, made)
    context = {"title": _("新しい申請"), "back": list_url(office), "application": None}
    return _form_page(request, office, form, context)


@office_page(WRITE, write=WRITE)
def edit(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Edit a draft, with the comments on the version before it at their fields."""
    application = get_application(office, pk, WRITE)
    if application.state != "draft":
        return refused(request, transitions.EDIT, application, url_of(office, pk))
    previous = application.previous
    comments = {c.field: c.text for c in previous.comments.all()} if previous else {}
    names = ("addon", "fiscal_year", "start_month", "requested_extra", "version")
    initial = {
        **{name: getattr(application, name) for name in names},
        "home": application.home_id,
        "unit": application.unit_id,
    }
    form = ApplicationForm(request.POST or None, office=office, comments=comments, initial=initial)
    if _saves(request) and form.is_valid():
        act = partial(take, transitions.EDIT, office=office, row=application, **form.entered)
        edited = attempt(form, transitions.EDIT, act)
        if edited is not None:
            messages.success(request, _("下書きを保存しました。"))
            return to_detail(office, application)
    context = {
        "title": _("下書きの修正"),
        "back": url_of(office, pk),
        "application": application,
        "other_comments": [text for field, text in comments.items() if field not in form.fields],
    }
    return _form_page(request, office, form, context)


def _form_page(
    request: HttpRequest, office: Office, form: ApplicationForm, context: dict[str, Any]
) -> HttpResponse:
    shown = form
    if not form.is_bound:
        # bound to what it shows at first, so that it is judged before anything is sent
        data = {name: form.fields[name].prepare_value(form[name].value()) for name in form.fields}
        data = {name: "" if value is None else str(value) for name, value in data.items()}
        shown = ApplicationForm(data, office=office)
    context |= {"form": form, "wrong": [], **_judged(office, shown)}
    return render(request, "certification/form.html", context)


@office_page(WRITE)
def judge_live(request: HttpRequest, office: Office) -> HttpResponse:
    """Judge a form as it is typed: a part of the page, requested on every change."""
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
    return {
        "judgement": judgement,
        "remedies": remedies(office, asked.unit or asked.home, judgement.as_of, judgement.reasons),
        "shortfall": shortfall_of(judgement),
        "asked_above": extra if judgement.is_exceeded_by(extra) else None,
    }


def _saves(request: HttpRequest) -> bool:
    return request.method == "POST" and "judge" not in request.POST


@office_page(WRITE, write=WRITE)
def next_year(request: HttpRequest, office: Office, year: int) -> HttpResponse:
    """Make next year's drafts from a year's certified add-ons, after a preview."""
    if year not in office.rows(Application, WRITE).values_list("fiscal_year", flat=True):
        raise Http404
    if request.method == "POST":
        made = acted(request, partial(carrying.carry, office=office, from_year=year))
        if made is not None:
            words = _("%(year)sの下書きを%(n)s件作りました。")
            messages.success(request, words % {"year": nendo(made.year), "n": len(made.coming)})
        return redirect(f"{list_url(office)}?year={year + 1}")
    context = {"year": year, "carried": carrying.sorted_out(office, year)}
    return render(request, "certification/next_year.html", context)
