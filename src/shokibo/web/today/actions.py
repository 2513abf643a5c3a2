"""What is changed from the start page."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, change


@transaction.atomic
def set_homes_due(*, office: Office, version: int, month: int, day: int) -> None:
    """Set the day by which the authority's homes apply, every year. Raises StaleError."""
    if not office.may(Permission.REGISTER_WRITE):
        raise PermissionDenied(Permission.REGISTER_WRITE)
    values = {"homes_due": f"{month:02}-{day:02}"}
    change(Act(office.person, "authority.due"), office.authority, version, values)
