"""Which model holds which table of the ledger, and where each column stands in it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Model

from shokibo.ledger.tables import BY_NAME, DECISIONS, Table

Row = TypeVar("Row")

_LINKS = {
    "authority_code": "authority__code",
    "home_id": "home__code",
    "unit_id": "unit__code",
    "continues": "continues__code",
    "replaces": "replaces__code",
}


@dataclass(frozen=True)
class Mapped:
    """A table and the label of its model; `paths` gives each column's lookup."""

    table: Table
    label: str
    paths: dict[str, str]

    @property
    def model(self) -> type[Model]:
        """The model, of an app above this one too."""
        return apps.get_model(self.label)

    def field(self, column: str) -> str:
        """Name the model's field that holds a column."""
        return self.paths[column].split("__")[0]


def _mapped(name: str, label: str, **own: str) -> Mapped:
    table = BY_NAME[name]
    paths = {
        column.name: own.get(column.name) or _LINKS.get(column.name, column.name)
        for column in table.columns
    }
    return Mapped(table, label, paths)


MAPPED: dict[str, Mapped] = {
    mapped.table.name: mapped
    for mapped in (
        _mapped("authorities", "register.Authority", authority_code="code"),
        _mapped("homes", "register.Home", home_id="code"),
        _mapped("units", "register.Unit", unit_id="code"),
        _mapped("capacities", "register.Capacity"),
        _mapped("staff", "register.Posting", staff_id="code"),
        _mapped("absences", "register.Absence", staff_id="code"),
        _mapped("confirmations", "register.Confirmation"),
        _mapped(
            "applications", "certification.Application", application_id="code", decision="state"
        ),
        _mapped("plan", "planning.Plan"),
        _mapped("actions", "planning.Action", unit_id="unit_code"),
        _mapped("need", "planning.Need"),
        _mapped("targets", "planning.Target"),
        _mapped("occupancy", "register.Occupancy"),
        _mapped("costs", "planning.Cost"),
        _mapped("parameters", "register.OwnValue"),
    )
}


def named_first(
    table: Table, rows: Iterable[Row], values: Callable[[Row], Mapping[str, Any]]
) -> Iterator[list[Row]]:
    """Give rows in groups, each row in a later group than the row of its table that it names.

    `values` gives a row's columns. Rows that name each other in a circle are not given: the checks
    refuse them before.
    """
    naming = [column.name for column in table.columns if column.refers == table.name]
    waiting = list(rows)
    while waiting:
        ids = {values(row)[table.key[0]] for row in waiting} if naming else set()
        ready: list[Row] = []
        later: list[Row] = []
        for row in waiting:
            is_free = ids.isdisjoint(values(row)[name] for name in naming)
            (ready if is_free else later).append(row)
        if not ready:
            return
        yield ready
        waiting = later


def models_of(tables: Iterable[str]) -> list[type[Model]]:
    """Give the models that hold some tables."""
    return [MAPPED[name].model for name in tables]


BY_LABEL = {mapped.label: mapped for mapped in MAPPED.values()}

DECISION_OF_STATE = {
    **{code: code for code in DECISIONS if code != "pending"},
    "submitted": "pending",
    "proposed": "pending",
    "ended": "certified",
}
"""The ledger's 認定結果 of each state of an application."""
