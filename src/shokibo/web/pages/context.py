"""The context of every page's frame."""

from django.http import HttpRequest

from shokibo.web.accounts.access import access_of
from shokibo.web.accounts.permissions import Permission
from shokibo.web.pages.menu import menu_of


def frame(request: HttpRequest) -> dict[str, object]:
    """Return the menu of the person's office, and the offices they may switch to."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {}
    access = getattr(request, "access", None) or access_of(person)
    office = getattr(request, "office", None)
    if office is None and len(access.authorities) == 1:  # of no page of its own, or of none at all
        office = access.office(access.authorities[0].code)
    return {
        "access": access,
        "office": office,
        "menu": menu_of(access, office, request.path if request.resolver_match else ""),
        "searches": office is not None and office.may(Permission.REGISTER_READ),
    }
