"""A row of an address that somebody removed meanwhile: who did, when, and what was typed for it."""

from typing import Any, NoReturn, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, QueryDict

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.models import Event
from shokibo.web.register.models import Home
from shokibo.web.store.wording import display, field_of, header

R = TypeVar("R", bound=Model)
_BESIDE_FIELDS = ("reason", "comment")


class RemovedRowError(Http404):
    """The row was there, and somebody removed it."""

    def __init__(self, model: type[Model], event: Event) -> None:
        self.model, self.event = model, event
        super().__init__(str(event))

    def typed(self, sent: QueryDict) -> list[tuple[str, str]]:
        """Return what was typed into a form of the row, with its headers."""
        return [
            (header(self.model, name), display(self.model, name, value))
            for name, value in sent.items()
            if value and (name in _BESIDE_FIELDS or field_of(self.model, name) is not None)
            if name != "version"
        ]


def get_row(office: Office, rows: "QuerySet[R]", permission: Permission, **address: Any) -> R:
    """Return a row of an address; `rows` are those over which the person holds the permission.

    Raises RemovedRowError where such a row was removed, and Http404 for any other.
    """
    row = rows.filter(**address).first()
    if row is None:
        _refuse(office, rows.model, permission, address.get("pk"))
    return row


def _refuse(office: Office, model: type[Model], permission: Permission, pk: Any) -> NoReturn:
    event = Event.objects.filter(
        authority=office.authority, subject_kind=model._meta.label_lower, subject_id=pk
    ).first()  # the latest: the log is in this order
    if event is not None and event.before and not event.after:
        homes = office.rows(Home, permission)
        if office.may(permission) if event.home_id is None else homes.filter(pk=event.home_id):
            raise RemovedRowError(model, event)
    raise Http404
