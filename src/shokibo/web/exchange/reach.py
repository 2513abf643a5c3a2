"""Whose rows a person may import, and the part of the ledger with which they are compared."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from shokibo.ledger.keys import ExternalIds, referable_ids
from shokibo.ledger.model import Ledger
from shokibo.ledger.tables import BY_NAME
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.exchange.models import Run
from shokibo.web.register.models import Home
from shokibo.web.store.mapping import MAPPED
from shokibo.web.store.reading import WITHOUT_CHILDREN, ledger_of


@dataclass(frozen=True)
class Reach:
    """A person at an authority who imports or exports rows by `permission`."""

    office: Office
    permission: Permission

    @cached_property
    def is_wide(self) -> bool:
        """Whether the whole authority is within reach."""
        return self.office.holds_over_all(self.permission)

    @cached_property
    def homes(self) -> list[Home]:
        """The homes within reach."""
        return self.office.homes(self.permission)

    @property
    def centers(self) -> frozenset[str] | None:
        """The centers whose children are within reach; None for all."""
        return self.office.centers(Permission.CHILD_WRITE)

    def held(self) -> Ledger:
        """Return the ledger with which an import is compared, without homes out of reach."""
        if self.is_wide:
            may = self.office.may(Permission.CHILD_WRITE)
            only = tuple(BY_NAME) if may else WITHOUT_CHILDREN
            return ledger_of(self.office.authority, only=only, centers=self.centers)
        names = [name for name, mapped in MAPPED.items() if mapped.is_of_homes]
        return ledger_of(self.office.authority, self.homes, names)

    def known(self) -> ExternalIds:
        """Return the ids to which a workbook may refer without containing them.

        They include units of other homes that units of the homes continue.
        """
        names = ("authorities", "homes", "units", "applications")
        part = None if self.is_wide else self.homes
        held = ledger_of(self.office.authority, part, names)
        ids = referable_ids(held.tables)
        continued = dict.fromkeys(held["units"]["continues"].drop_nulls())
        return {**ids, "units": {**continued, **ids["units"]}}

    def tables(self) -> list[str]:
        """Return the tables that may be exported: for a home only what a home keeps."""
        return [
            name
            for name, table in BY_NAME.items()
            if (self.is_wide or table.maintained_by_home) and self.office.may(MAPPED[name].read)
        ]

    @property
    def keys(self) -> list[int] | None:
        """The keys of the homes within reach; None for all."""
        return None if self.is_wide else sorted(home.pk for home in self.homes)

    def runs(self) -> QuerySet[Run]:
        """Return the runs a person may see: all of the authority's, or their own of their homes.

        Those of who may bring children's rows in are seen by nobody who may not see children; who
        keeps nothing of the register sees their own.
        """
        found = Run.objects.filter(authority=self.office.authority)
        if not self.office.may(Permission.CHILD_READ):
            found = found.filter(of_children=False)
        elif not self.office.may(Permission.REGISTER_READ):
            found = found.filter(of_children=True, uploaded_by=self.office.person)
        if self.is_wide and (self.centers is None or not self.office.may(Permission.CHILD_READ)):
            return found
        own = found if self.is_wide else found.filter(uploaded_by=self.office.person)
        rows = own.only("homes", "centers", "of_children")
        return own.filter(pk__in=[run.pk for run in rows if self.is_of(run)])

    def is_of(self, run: Run) -> bool:
        """Return whether a run has the same reach, or that of some of its homes.

        Who has moved to another center since a run has none of its reach.
        """
        if run.of_children and not self._covers(run.centers):
            return False
        if run.homes is None or self.keys is None:
            return run.homes is None and self.keys is None
        return set(run.homes) <= set(self.keys)

    def _covers(self, centers: list[str] | None) -> bool:
        """Return whether the person works for all of these centers; None are all of them."""
        if self.centers is None or centers is None:
            return self.centers is None
        return set(centers) <= self.centers
