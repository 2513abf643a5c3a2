"""Logging out."""

from typing import cast

from allauth.account import views as allauth
from django.http import HttpRequest, HttpResponse


def logout(request: HttpRequest) -> HttpResponse:
    """Log out as allauth does, and have the browser drop the pages it still holds."""
    response = cast("HttpResponse", allauth.logout(request))
    if not request.user.is_authenticated:
        response["Clear-Site-Data"] = '"cache", "storage"'
    return response
