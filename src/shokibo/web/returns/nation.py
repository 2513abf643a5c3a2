"""What all authorities submitted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shokibo.web.accounts.access import Access
from shokibo.web.accounts.page import instance_page
from shokibo.web.accounts.permissions import Permission


@instance_page(Permission.RETURN_READ_SUBMITTED, ("GET", "HEAD"))
def nation(request: HttpRequest, access: Access) -> HttpResponse:
    """List submitted returns."""
    return render(request, "returns/nation.html", {})
