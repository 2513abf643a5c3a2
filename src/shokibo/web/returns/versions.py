"""The versions of forms: submitted in the system, or received in a file.

The current version is what an authority submitted in the system, otherwise its last file.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shokibo.web.receipts.models import DeliveredFile
from shokibo.web.register.models import Authority
from shokibo.web.returns.models import Return

READ_STATES = ("clean", "questions")
"""The states of a delivered file whose figures could be read."""


@dataclass(frozen=True)
class Version:
    """A version of an authority's form."""

    authority: Authority
    row: Return | DeliveredFile
    sha256: str
    came_on: dt.date
    figures: dict[str, Any]

    @property
    def is_file(self) -> bool:
        """Whether it was received in a file."""
        return isinstance(self.row, DeliveredFile)

    @property
    def edition_name(self) -> str:
        """Which submission of the form it is, or that it was received in a file."""
        return _("届いたファイル") if isinstance(self.row, DeliveredFile) else self.row.edition_name

    @property
    def address(self) -> str:
        """The address of the ministry's page of it."""
        name = "nation_received" if self.is_file else "nation_return"
        return reverse(name, args=[self.row.pk])


def submitted() -> QuerySet[Return]:
    """Return what was submitted in the system, with its authority."""
    rows = Return.objects.filter(state="submitted").select_related("authority")
    return rows.defer("notes").order_by("edition")


def read_files() -> QuerySet[DeliveredFile]:
    """Return the files whose figures could be read, with their authority."""
    rows = DeliveredFile.objects.filter(state__in=READ_STATES).order_by("delivery_id", "name", "pk")
    return rows.select_related("authority", "delivery").defer("content")


def latest_versions(
    form: int, year: int, authorities: Collection[Authority] | None = None
) -> dict[int, Version]:
    """Return the current version of all or some authorities, by the authority's key."""
    files = read_files().filter(delivery__form=form, delivery__fiscal_year=year)
    sent = submitted().filter(form=form, fiscal_year=year)
    if authorities is not None:
        files = files.filter(authority__in=authorities)
        sent = sent.filter(authority__in=authorities)
    versions = [*map(of_file, files), *map(of_return, sent)]
    return {version.authority.pk: version for version in versions}


def latest_of(authority: Authority, form: int, year: int) -> Version | None:
    """Return an authority's current version; None if nothing was received."""
    row = submitted().filter(authority=authority, form=form, fiscal_year=year).last()
    if row is not None:
        return of_return(row)
    files = read_files().filter(authority=authority)
    file = files.filter(delivery__form=form, delivery__fiscal_year=year).last()
    return of_file(file) if file else None


def of_return(row: Return) -> Version:
    """Return a submission as a version."""
    assert row.submitted_at is not None  # noqa: S101 - a constraint of the table
    came_on = localtime(row.submitted_at).date()
    return Version(row.authority, row, row.figures_sha256, came_on, row.figures or {})


def of_file(file: DeliveredFile) -> Version:
    """Return a file as a version."""
    assert file.authority is not None  # noqa: S101 - a constraint of the table
    return Version(file.authority, file, file.sha256, file.delivery.came_on, file.figures or {})
