"""Between rows of the ledger as a run keeps them and rows of the database."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from shokibo.ledger.tables import Column, Kind
from shokibo.web.exchange.models import RunChange
from shokibo.web.exchange.planned import Planned
from shokibo.web.register.models import Absence, Authority, Home, Posting, Unit, home_on
from shokibo.web.store.mapping import MAPPED, Mapped

Owners = Mapping[str, Mapping[int, Model]]
_DAYS = {Kind.DATE, Kind.MONTH, Kind.DATE_OR_MONTH}


@dataclass
class Codes:
    """The homes and units of an authority by their ids; new ones are added as they are made."""

    authority: Authority
    homes: dict[str, Home] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)

    @cached_property
    def postings(self) -> dict[str, list[Posting]]:
        """The postings of each person, as they are when they are first asked for."""
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

    def learn(self, rows: Iterable[Model]) -> None:
        """Take in rows that were made."""
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
        """Give what a column names. Raises KeyError where it does not exist."""
        if name == "authority":
            return self.authority
        if code is None:
            return None
        return self.homes[code] if name == "home" else self.units[code]


def fields_of(mapped: Mapped, values: dict[str, Any], codes: Codes) -> dict[str, Any]:
    """Give a row's fields from its columns."""
    given: dict[str, Any] = {}
    for name, value in values.items():
        linked, _, attribute = mapped.paths[name].partition("__")
        typed = _typed(mapped.table.column(name), value)
        given[linked] = codes.linked(linked, typed) if attribute else typed
    return given


def new_row(change: RunChange | Planned, codes: Codes) -> Model:
    """Make the row that is to be added."""
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


def held_by(row: Model) -> dict[str, Any]:
    """Give everything that a row holds, to bring it back as it was."""
    encoder = DjangoJSONEncoder()
    return {
        f.attname: value
        if isinstance(value := getattr(row, f.attname), str | int | bool | None)
        else encoder.default(value)
        for f in row._meta.concrete_fields
    }


def brought_back(model: type[Model], held: dict[str, Any], owners: Owners) -> Model:
    """Make a row that was removed, as it was; its version goes on, so that an old form is stale.

    Raises ObjectDoesNotExist where its home or unit is gone.
    """
    given = {f.attname: f.to_python(held[f.attname]) for f in model._meta.concrete_fields}
    row = model(**{**given, "version": held["version"] + 1})
    for name, rows in owners.items():
        key = given.get(f"{name}_id")
        if key is not None:
            if key not in rows:
                raise ObjectDoesNotExist
            setattr(row, name, rows[key])
    return row
