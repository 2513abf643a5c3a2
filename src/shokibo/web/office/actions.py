"""Settings of the authority that need no decision."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.recording import Act, change


@transaction.atomic
def set_contact(*, office: Office, version: int, contact: str) -> None:
    """Set the contact shown below every page; blank for none. Raises StaleError."""
    if not office.may(Permission.REGISTER_WRITE):
        raise PermissionDenied(Permission.REGISTER_WRITE)
    values = {"contact": contact or None}
    change(Act(office.person, "authority.contact"), office.authority, version, values)
