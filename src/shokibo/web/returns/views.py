"""Pages of returns."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission


@office_page(Permission.RETURN_READ)
def returns(request: HttpRequest, office: Office) -> HttpResponse:
    """List returns."""
    return render(request, "returns/returns.html", {})
