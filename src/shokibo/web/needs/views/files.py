"""The page of files that workers make: the check, the plan's document, the open data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base.download import attachment
from shokibo.web.base.parameters import asks
from shokibo.web.needs import actions, tasks
from shokibo.web.needs.forms import FilesForm
from shokibo.web.needs.models import FILED, CalculationFile
from shokibo.web.needs.views.common import (
    READ,
    WRITE,
    address_of,
    calculations,
    listing,
    unanswered,
)
from shokibo.web.pages.listing import Column, ListQuery, list_page

READ_BY = {"open_data": Permission.OPEN_DATA_PUBLISH}
"""Who reads the files of a kind, where that is not who reads the plan."""
FILES = listing(
    gettext_lazy("まだ作成していません"),
    Column("kind", gettext_lazy("作るもの"), lambda one: one.get_kind_display()),
)


def kinds_for(office: Office) -> list[str]:
    """Return the kinds whose files a person may read."""
    return [kind for kind in FILED if office.may(READ_BY.get(kind, READ))]


@office_page(READ, write=WRITE)
@asks(ListQuery)
def files(request: HttpRequest, office: Office, *, asked: ListQuery) -> HttpResponse:
    """List what was made; POST has files of a kind made by a worker."""
    kinds = kinds_for(office)
    form = FilesForm(request.POST or None, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        made = actions.ask_for_files(office=office, kind=form.cleaned_data["kind"])
        tasks.start(made)
        return redirect(address_of(made))
    rows = calculations(office, *kinds)
    shown = form if office.may(WRITE) else None
    return list_page(request, asked, FILES, rows, "needs/files.html", form=shown)


@office_page(READ)
def made(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """Show the files, or how far the work has come."""
    found = get_object_or_404(calculations(office, *kinds_for(office)), pk=pk)
    context = {"calculation": found, "files": found.files.defer("content")}
    return unanswered(request, found) or render(request, "needs/made.html", context)


@office_page(READ)
def file(request: HttpRequest, office: Office, pk: int, file_pk: int) -> HttpResponse:
    """Download a file."""
    of = get_object_or_404(calculations(office, *kinds_for(office)), pk=pk)
    found = get_object_or_404(CalculationFile, pk=file_pk, of=of)
    return attachment(found.name, bytes(found.content))
