"""Pages of the plan's document: the draft as Word, PDF, Excel, and what was published."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.download import attachment
from shokibo.web.pages.saving import acted
from shokibo.web.planning.contents import Contents
from shokibo.web.planning.models import PlanVersion
from shokibo.web.planning.versions.views import FILES

READ = Permission.PLAN_READ


@office_page(READ)
def document(request: HttpRequest, office: Office) -> HttpResponse:
    """Offer the draft, with what is missing, and the files of what was published."""
    contents = Contents.of_draft(office.authority)
    blockers = contents.blockers()
    published = office.rows(PlanVersion, READ).filter(state="published")
    context = {
        "blockers": blockers,
        "open_sections": [] if blockers else contents.open_sections(),
        "title": "" if blockers else contents.plan.title,
        "published": published.defer("snapshot", "figures").prefetch_related(FILES),
        "may_write": office.may(Permission.PLAN_WRITE),
    }
    return render(request, "planning/document.html", context)


@office_page(READ)
def draft(request: HttpRequest, office: Office, kind: str) -> HttpResponse:
    """Download the draft; where it can't be made, show why."""
    contents = Contents.of_draft(office.authority)
    if contents.blockers():
        return redirect("planning:document", office.authority.code)
    content = acted(request, partial(contents.file, kind, draft=True))
    if content is None:
        return redirect("planning:document", office.authority.code)
    return attachment(f"draft-plan-{office.authority.code}.{kind}", content)


@office_page(READ)
def report(request: HttpRequest, office: Office, kind: str) -> HttpResponse:
    """Download the report on the draft to a committee; where it can't be made, show why."""
    contents = Contents.of_draft(office.authority)
    if contents.blockers():
        return redirect("planning:document", office.authority.code)
    content = acted(request, partial(contents.report_file, kind))
    if content is None:
        return redirect("planning:document", office.authority.code)
    return attachment(f"draft-report-{office.authority.code}.{kind}", content)
