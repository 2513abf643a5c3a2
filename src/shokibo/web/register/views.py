"""Pages of the register."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.page import office_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.register.models import Home


@office_page(Permission.REGISTER_READ)
def homes(request: HttpRequest, office: Office) -> HttpResponse:
    """List homes."""
    return render(
        request, "register/homes.html", {"homes": office.rows(Home, Permission.REGISTER_READ)}
    )
