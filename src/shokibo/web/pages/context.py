"""What the frame of every page shows."""

from django.http import HttpRequest

from shokibo.web.accounts.access import access_of
from shokibo.web.accounts.permissions import Permission
from shokibo.web.pages.menu import menu_of


def frame(request: HttpRequest) -> dict[str, object]:
    """Return the menu of the person's office and the offices they may go to."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {}
    office = getattr(request, "office", None)
    access = getattr(request, "access", None) or access_of(person)
    return {
        "access": access,
        "office": office,
        "menu": menu_of(access, office, request.path),
        "searches": office is not None and office.may(Permission.REGISTER_READ),
    }
