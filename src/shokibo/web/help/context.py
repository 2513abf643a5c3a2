"""Where the guide explains the page that is shown."""

from django.http import HttpRequest
from django.urls import reverse

from shokibo.web.help.guide import section_of
from shokibo.web.help.words import EVERYWHERE, NOT_FOUND, PLACES


def place(request: HttpRequest) -> dict[str, str]:
    """Return the address of the guide's section on the page."""
    found = section_of(heading_of(request))
    address = reverse("help:section", args=[found.number]) if found else reverse("help:index")
    return {"help_address": address}


def heading_of(request: HttpRequest) -> str:
    """Return the heading under which the guide explains a page; see `words.PLACES`."""
    match = request.resolver_match
    if match is None:
        return NOT_FOUND
    return PLACES.get(match.view_name) or PLACES.get(match.app_name, EVERYWHERE)
