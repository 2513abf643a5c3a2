"""Database rows from ledger rows as a run stores them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Model

from shokibo.ledger.columns import Column, Kind
from shokibo.web.exchange.models import RunChange
from shokibo.web.exchange.planned import Planned
from shokibo.web.register.models import Absence, Authority, Home, Posting, Unit, home_on
from shokibo.web.store.mapping import MAPPED, Mapped

Owners = Mapping[str, Mapping[int, Model]]
_DAYS = {Kind.DATE, Kind.MONTH, Kind.DATE_OR_MONTH}


@dataclass
class Codes:
    """An authority's homes and units by id, including those being added."""

    authority: Authority
    homes: dict[str, Home] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)

    @cached_property
    def postings(self) -> dict[str, list[Posting]]:
        """The postings of each person, read on first use."""
        found: dict[str, list[Posting]] = {}
        rows = Posting.objects.filter(authority=self.authority).select_related("home")
        for posting in rows.order_by("pk"):
            found.setdefault(str(posting.code), []).append(posting)
        return found

    @classmethod
    def of(cls, authority: Authority) -> "Codes":
        """Read them."""
        homes = Home.objects.filter(authority=authority)
        units = Unit.objects.filter(authority=authority).select_related("home")
        return cls(
            authority,
            {str(home.code): home for home in homes},
            {str(unit.code): unit for unit in units},
        )

    def include(self, rows: Iterable[Model]) -> None:
        """Include added rows."""
        for row in rows:
            if isinstance(row, Home):
                self.homes[str(row.code)] = row
            elif isinstance(row, Unit):
                self.units[str(row.code)] = row

    @property
    def owners(self) -> Owners:
        """The homes and units by their keys in the database."""
        units = {unit.pk: unit for unit in self.units.values()}
        homes = {home.pk: home for home in self.homes.values()}
        return {"home": homes, "unit": units, "continues": units}

    def linked(self, name: str, code: str | None) -> Model | None:
        """Return the row to which a column refers. Raises KeyError if it does not exist."""
        if name == "authority":
            return self.authority
        if code is None:
            return None
        return self.homes[code] if name == "home" else self.units[code]


def fields_of(mapped: Mapped, values: dict[str, Any], codes: Codes) -> dict[str, Any]:
    """Return a row's fields from its columns."""
    given: dict[str, Any] = {}
    for name, value in values.items():
        linked, _, attribute = mapped.paths[name].partition("__")
        typed = _typed(mapped.table.column(name), value)
        given[linked] = codes.linked(linked, typed) if attribute else typed
    return given


def new_row(change: RunChange | Planned, codes: Codes) -> Model:
    """Make the row to add."""
    mapped = MAPPED[change.table]
    given = fields_of(mapped, change.after, codes)
    if mapped.model is not Authority:
        given["authority"] = codes.authority
    if mapped.model is Absence:
        given["home"] = home_on(codes.postings[given["code"]], given["started_on"])
    return mapped.model(**given)


def _typed(column: Column, value: Any) -> Any:
    if column.kind in _DAYS and isinstance(value, str):
        return dt.date.fromisoformat(value)
    return value
