"""What would be published now: exactly the files, and their digest."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Max

from shokibo.answers import plain
from shokibo.law.parameters import national_law
from shokibo.opendata.table import OpenTable
from shokibo.opendata.tables import NAMES, OF_PEOPLE, open_tables
from shokibo.opendata.writing import DESCRIPTION, Package, described, files
from shokibo.web.base.clock import today
from shokibo.web.opendata.models import OpenSettings, Publication
from shokibo.web.planning.contents import Contents
from shokibo.web.planning.models import last_published
from shokibo.web.register.models import Authority
from shokibo.web.returns.models import Return
from shokibo.web.store.mapping import COUNTED
from shokibo.web.store.reading import ledger_of


@dataclass(frozen=True)
class Drafted:
    """The chosen tables of an authority as they would be public today."""

    authority: Authority
    settings: OpenSettings
    chosen: tuple[str, ...]

    @cached_property
    def _all(self) -> list[OpenTable]:
        submitted = Return.objects.filter(authority=self.authority, state="submitted")
        latest = {(row.form, row.fiscal_year): row for row in submitted.order_by("edition")}
        published = last_published(self.authority)  # a draft is nobody's to publish
        return open_tables(
            ledger_of(self.authority, only=COUNTED),
            national_law(),
            today(),
            self.settings.usable_threshold,
            [row.sent for row in latest.values()],
            Contents.of_version(published).ledger if published else None,
        )

    @property
    def offered(self) -> list[str]:
        """The available tables."""
        return [table.name for table in self._all]

    @property
    def withheld(self) -> list[str]:
        """The tables that need a threshold, if the office has entered none or too low a one."""
        return list(OF_PEOPLE) if self.settings.usable_threshold is None else []

    @property
    def tables(self) -> list[OpenTable]:
        """The tables that were chosen."""
        return [table for table in self._all if table.name in self.chosen]

    @property
    def hidden(self) -> int:
        """How many cells are left blank."""
        return sum(table.hidden for table in self.tables)

    @cached_property
    def package(self) -> Package:
        """Whose, of which day and edition."""
        published = Publication.objects.filter(authority=self.authority)
        latest = published.aggregate(latest=Max("edition"))["latest"] or 0
        return Package(
            self.authority.code,
            self.authority.name,
            today(),
            latest + 1,
            self.settings.usable_threshold,
            self.settings.licence,
        )

    @cached_property
    def files(self) -> dict[str, bytes]:
        """The files by name."""
        return files(self.package, self.tables)

    @property
    def description(self) -> dict[str, Any]:
        """The data package's description."""
        found: dict[str, Any] = plain(described(self.package, self.tables, self.files))
        return found

    @property
    def digest(self) -> str:
        """The SHA-256 of the description, which holds those of the files."""
        return hashlib.sha256(self.files[DESCRIPTION]).hexdigest()


def drafted(authority: Authority, chosen: Collection[str] | None = None) -> Drafted:
    """Draft the chosen tables; without a choice, all."""
    names = tuple(name for name in NAMES if chosen is None or name in chosen)
    return Drafted(authority, settings_of(authority), names)


def settings_of(authority: Authority) -> OpenSettings:
    """Return an office's settings; unsaved blank ones if it has none."""
    stored = OpenSettings.objects.filter(authority=authority).first()
    return stored or OpenSettings(authority=authority, version=0)
