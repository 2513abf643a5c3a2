"""The one declaration of each of the ledger's tables on the web.

Model and columns, who may read and write, the page that shows a row, the columns of its form and
its own API operations all come from here; every table is imported, exported and read by the API.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model

from shokibo.ledger.tables import BY_NAME, DECISIONS, Table
from shokibo.web.accounts.permissions import Permission

_LINKS = {
    "authority_code": "authority__code",
    "home_id": "home__code",
    "unit_id": "unit__code",
}


@dataclass(frozen=True)
class Mapped:
    """A table and the label of its model; `paths` gives each column's lookup."""

    table: Table
    label: str
    paths: dict[str, str]
    read: Permission
    write: Permission
    page: str
    """The page that shows a row, where there is one."""
    page_key: str
    """The row's field that names it in the page's address; blank where the page shows all."""
    form: tuple[str, ...]
    """What a form asks of a row, in this order: without it pages and API write none by itself."""
    belongs: tuple[str, ...]
    """Columns that place a row: given when it is added, and never changed."""
    is_judged: bool
    """Whether the rules read it."""

    @property
    def is_of_homes(self) -> bool:
        """Whether some rows are a home's, or name those that are."""
        return self.label == "register.Authority" or self.model.home_path is not None  # type: ignore[attr-defined]

    @property
    def model(self) -> type[Model]:
        """The model, of an app above this one too."""
        return apps.get_model(self.label)

    def field(self, column: str) -> str:
        """Name the model's field that holds a column."""
        return self.paths[column].split("__")[0]


def _mapped(
    name: str,
    label: str,
    read: Permission = Permission.REGISTER_READ,
    write: Permission = Permission.REGISTER_WRITE,
    *,
    page: str = "",
    page_key: str = "",
    form: tuple[str, ...] = (),
    belongs: tuple[str, ...] = (),
    is_judged: bool = False,
    **own: str,
) -> Mapped:
    table = BY_NAME[name]
    paths = {
        column.name: own.get(column.name) or _LINKS.get(column.name, column.name)
        for column in table.columns
    }
    return Mapped(table, label, paths, read, write, page, page_key, form, belongs, is_judged)


_PLAN = (Permission.PLAN_READ, Permission.PLAN_WRITE)
MAPPED: dict[str, Mapped] = {
    mapped.table.name: mapped
    for mapped in (
        _mapped("authorities", "register.Authority", is_judged=True, authority_code="code"),
        _mapped(
            "homes",
            "register.Home",
            page="homes:home",
            page_key="pk",
            form=("home_id", "name", "operator", "operator_number", "opened_on", "closed_on"),
            is_judged=True,
            home_id="code",
        ),
        _mapped(
            "units",
            "register.Unit",
            page="homes:unit",
            page_key="pk",
            form=("name", "kind", "opened_on", "closed_on"),
            belongs=("unit_id", "home_id"),
            is_judged=True,
            unit_id="code",
        ),
        _mapped(
            "capacities",
            "register.Capacity",
            page="homes:unit",
            page_key="unit_id",
            form=("effective_from", "capacity"),
            belongs=("unit_id",),
            is_judged=True,
        ),
        _mapped(
            "staff",
            "register.Posting",
            Permission.STAFF_READ,
            Permission.STAFF_WRITE,
            page="homes:staff",
            page_key="home_id",
            form=(
                "staff_id",
                "unit_id",
                "job",
                "employment",
                "weekly_hours",
                "full_time_weekly_hours",
                "role",
                "dedicated",
                "main_rota",
                "started_on",
                "ended_on",
            ),
            belongs=("home_id",),
            is_judged=True,
            staff_id="code",
        ),
        _mapped(
            "confirmations",
            "register.Confirmation",
            page="homes:home",
            page_key="home_id",
            form=("item", "result", "confirmed_on", "holds_from", "expires_on", "evidence"),
            belongs=("home_id",),
            is_judged=True,
        ),
        _mapped(
            "applications",
            "certification.Application",
            Permission.APPLICATION_READ,
            Permission.APPLICATION_WRITE,
            page="certification:application",
            page_key="pk",
            is_judged=True,
            application_id="code",
            decision="state",
        ),
        _mapped("plan", "planning.Plan", *_PLAN, page="planning:head"),
        _mapped("actions", "planning.Action", *_PLAN, page="planning:actions", unit_id="unit_code"),
        _mapped("need", "planning.Need", *_PLAN, page="planning:need"),
        _mapped("targets", "planning.Target", *_PLAN, page="planning:targets"),
        _mapped(
            "occupancy",
            "register.Occupancy",
            write=Permission.STAFF_WRITE,
            page="homes:home",
            page_key="home_id",
            form=("as_of", "population", "place", "children", "individual_care"),
            belongs=("home_id",),
        ),
        _mapped("costs", "planning.Cost", *_PLAN, page="costs:costs"),
    )
}


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
