"""Pages of rows that were removed meanwhile: by whom, when, and what was typed."""

from typing import Any, TypeVar

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
    """Somebody removed the row."""

    def __init__(self, form_of: type[Model], event: Event) -> None:
        self.form_of, self.event = form_of, event
        self.home = Home.objects.filter(pk__in=[event.home_id]).first()
        super().__init__(str(event))

    def typed(self, sent: QueryDict) -> list[tuple[str, str]]:
        """Return what was typed into the form, with headers."""
        return [
            (header(self.form_of, name), display(self.form_of, name, value))
            for name, value in sent.items()
            if value and (name in _BESIDE_FIELDS or field_of(self.form_of, name) is not None)
            if name != "version"
        ]


def get_row(
    office: Office,
    rows: "QuerySet[R]",
    permission: Permission,
    *,
    form_of: type[Model] | None = None,
    **address: Any,
) -> R:
    """Return the row of an address; `rows` are those over which the person has the permission.

    `form_of` is the model of the page's form, if it is of rows below this one. Raises
    RemovedRowError if the row was removed, otherwise Http404.
    """
    row = rows.filter(**address).order_by("pk").first()  # to order one row by others costs more
    if row is None:
        event = _removal(office, rows.model, permission, address.get("pk"))
        if event is None:
            raise Http404
        raise RemovedRowError(form_of or rows.model, event)
    return row


def _removal(office: Office, model: type[Model], permission: Permission, pk: Any) -> Event | None:
    """Return the event of a row's removal, if the person could write the row."""
    event = Event.objects.filter(
        authority=office.authority, subject_kind=model._meta.label_lower, subject_id=pk
    ).first()  # the latest: the log is in this order
    if event is None or not event.before or event.after:
        return None
    homes = office.rows(Home, permission)
    is_theirs = office.holds_over_all(permission) or homes.filter(pk__in=[event.home_id]).exists()
    return event if is_theirs else None
