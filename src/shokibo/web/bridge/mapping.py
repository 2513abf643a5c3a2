"""Which model holds which table of the ledger, and where each column stands in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model

from shokibo.ledger.tables import BY_NAME, Table
from shokibo.web.certification.models import Application
from shokibo.web.planning.models import Action, Cost, Need, Plan, Target
from shokibo.web.register.models import (
    Authority,
    Capacity,
    Confirmation,
    Home,
    Occupancy,
    Posting,
    Unit,
)

_LINKS = {
    "authority_code": "authority__code",
    "home_id": "home__code",
    "unit_id": "unit__code",
}


@dataclass(frozen=True)
class Mapped:
    """A table's model; `paths` gives each column's lookup, `own` the model's own id field."""

    table: Table
    model: type[Model]
    paths: dict[str, str]

    def field(self, column: str) -> str:
        """Name the model's field that holds a column."""
        return self.paths[column].split("__")[0]


def _mapped(name: str, model: type[Model], **own: str) -> Mapped:
    table = BY_NAME[name]
    paths = {
        column.name: own.get(column.name) or _LINKS.get(column.name, column.name)
        for column in table.columns
    }
    return Mapped(table, model, paths)


MAPPED: dict[str, Mapped] = {
    mapped.table.name: mapped
    for mapped in (
        _mapped("authorities", Authority, authority_code="code"),
        _mapped("homes", Home, home_id="code"),
        _mapped("units", Unit, unit_id="code"),
        _mapped("capacities", Capacity),
        _mapped("staff", Posting, staff_id="code"),
        _mapped("confirmations", Confirmation),
        _mapped("applications", Application, application_id="code", decision="state"),
        _mapped("plan", Plan),
        _mapped("actions", Action, unit_id="unit_code"),
        _mapped("need", Need),
        _mapped("targets", Target),
        _mapped("occupancy", Occupancy),
        _mapped("costs", Cost),
    )
}


def models_of(tables: Iterable[str]) -> list[type[Model]]:
    """Give the models that hold some tables."""
    return [MAPPED[name].model for name in tables]


BY_MODEL: dict[type[Model], Mapped] = {mapped.model: mapped for mapped in MAPPED.values()}
