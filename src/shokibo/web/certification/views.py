"""Pages of applications."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission


@office_page(Permission.APPLICATION_READ)
def queue(request: HttpRequest, office: Office) -> HttpResponse:
    """List applications to examine."""
    return render(request, "certification/queue.html", {})


@office_page(Permission.APPLICATION_WRITE)
def applications(request: HttpRequest, office: Office) -> HttpResponse:
    """List a home's applications."""
    return render(request, "certification/queue.html", {})
