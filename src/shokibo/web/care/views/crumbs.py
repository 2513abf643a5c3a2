"""The path above a page of children."""

from django.urls import reverse
from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.care.models import Child


def to_children(office: Office) -> tuple[str, ...]:
    """Lead from the list of children."""
    return _("児童の記録"), reverse("care:children", args=[office.authority.code])


def to_child(office: Office, child: Child) -> tuple[str, ...]:
    """Lead from a child's page."""
    address = reverse("care:child", args=[office.authority.code, child.pk])
    return *to_children(office), str(child.code), address
