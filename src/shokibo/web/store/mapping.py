"""The one declaration of each of the ledger's tables on the web.

Model and columns, who may read and write, the page that shows a row, the columns of its form and
its own API operations all come from here; every table is imported, exported and read by the API.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Model

from shokibo.ledger.columns import Table
from shokibo.ledger.tables import BY_NAME, DECISIONS
from shokibo.web.accounts.permissions import Permission

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
    """A table and its model's label; `paths` gives each column's lookup."""

    table: Table
    label: str
    paths: dict[str, str]
    read: Permission
    write: Permission
    form: tuple[str, ...]
    """The columns of its form, in order; without a form neither pages nor API write single rows."""
    belongs: tuple[str, ...]
    """Columns that place a row: set when it is added, and never changed."""
    page: str
    """The page that shows a row, if not the table's list."""
    page_key: str
    """The row's field in the page's address; blank if the page shows all rows."""
    order: tuple[str, ...]
    """The fields that sort its list, if the model's own order is that of entry."""
    is_judged: bool
    """Whether rules read it."""
    is_counted: bool
    """Whether places or children are counted in it."""

    @property
    def is_of_homes(self) -> bool:
        """Whether rows belong to homes, or refer to rows that do."""
        return self.label == "register.Authority" or self.model.home_path is not None  # type: ignore[attr-defined]

    @property
    def links(self) -> frozenset[str]:
        """The model's foreign keys."""
        return frozenset(path.split("__")[0] for path in self.paths.values() if "__" in path)

    @property
    def model(self) -> type[Model]:
        """The model, possibly of an app above this one."""
        return apps.get_model(self.label)

    def field(self, column: str) -> str:
        """Name the model's field that holds a column."""
        return self.paths[column].split("__")[0]


MAPPED: dict[str, Mapped] = {}
BY_LABEL: dict[str, Mapped] = {}


def declare(
    name: str,
    label: str,
    read: Permission = Permission.REGISTER_READ,
    write: Permission = Permission.REGISTER_WRITE,
    *,
    form: str = "",
    belongs: str = "",
    page: str = "",
    page_key: str = "",
    order: str = "",
    is_judged: bool = False,
    is_counted: bool = False,
    **own: str,
) -> None:
    """Declare a table; `own` are the lookups of columns with another name in the model."""
    table = BY_NAME[name]
    paths = {one: own.get(one) or _LINKS.get(one, one) for one in table.schema}
    MAPPED[name] = BY_LABEL[label] = Mapped(
        table,
        label,
        paths,
        read,
        write,
        form=tuple(form.split()),
        belongs=tuple(belongs.split()),
        page=page,
        page_key=page_key,
        order=tuple(order.split()),
        is_judged=is_judged,
        is_counted=is_counted,
    )


declare("authorities", "register.Authority", is_judged=True, is_counted=True, authority_code="code")
declare(
    "homes",
    "register.Home",
    form="home_id name operator operator_number opened_on closed_on",
    page="homes:home",
    page_key="pk",
    is_judged=True,
    is_counted=True,
    home_id="code",
)
declare(
    "units",
    "register.Unit",
    form="name kind opened_on closed_on continues area",
    belongs="unit_id home_id",
    page="homes:unit",
    page_key="pk",
    is_judged=True,
    is_counted=True,
    unit_id="code",
)
declare(
    "capacities",
    "register.Capacity",
    form="effective_from capacity",
    belongs="unit_id",
    page="homes:unit",
    page_key="unit_id",
    is_judged=True,
    is_counted=True,
)
declare(
    "staff",
    "register.Posting",
    Permission.STAFF_READ,
    Permission.STAFF_WRITE,
    form="staff_id unit_id job employment weekly_hours full_time_weekly_hours role dedicated"
    " main_rota started_on ended_on",
    belongs="home_id",
    page="homes:staff",
    page_key="home_id",
    order="home code started_on",
    is_judged=True,
    staff_id="code",
)
declare(
    "absences",
    "register.Absence",
    Permission.STAFF_READ,
    Permission.STAFF_WRITE,
    form="started_on ended_on kind counted",
    belongs="staff_id",
    page="homes:staff",
    page_key="home_id",
    order="home code -started_on",
    is_judged=True,
    staff_id="code",
)
declare(
    "confirmations",
    "register.Confirmation",
    form="item result confirmed_on holds_from expires_on evidence",
    belongs="home_id",
    page="homes:home",
    page_key="home_id",
    order="home item -confirmed_on",
    is_judged=True,
)
declare(
    "applications",
    "certification.Application",
    Permission.APPLICATION_READ,
    Permission.APPLICATION_WRITE,
    page="certification:application",
    page_key="pk",
    is_judged=True,
    application_id="code",
    decision="state",
)
_PLAN = (Permission.PLAN_READ, Permission.PLAN_WRITE)
declare("plan", "planning.Plan", *_PLAN, page="planning:head")
declare("actions", "planning.Action", *_PLAN, page="planning:actions", unit_id="unit_code")
declare("need", "planning.Need", *_PLAN, page="planning:need")
declare("targets", "planning.Target", *_PLAN, page="planning:targets")
declare(
    "occupancy",
    "register.Occupancy",
    write=Permission.STAFF_WRITE,
    form="as_of population place children individual_care",
    belongs="home_id",
    page="homes:home",
    page_key="home_id",
    order="-as_of home population place",
    is_counted=True,
)
declare("costs", "planning.Cost", *_PLAN, page="costs:costs")
declare("population", "planning.Population", *_PLAN, page="planning:population")
declare("care_rates", "planning.CareRate", *_PLAN, page="planning:care_rates")
declare(
    "episodes",
    "register.Episode",
    Permission.CHILD_READ,
    Permission.CHILD_WRITE,
    form="birth_month place started_on ended_on end_reason move_reason home_id unit_id center_code",
    belongs="child_code",
)
declare("parameters", "register.OwnValue", page="office:values", is_judged=True)
declare(
    "housing",
    "support.Lead",
    Permission.HOUSING_READ,
    Permission.HOUSING_WRITE,
    form="found_on source area home_id state state_on planned_year capacity monthly_rent"
    " initial_cost equipment_cost conversion_cost unit_id reason",
    belongs="lead_id",
    lead_id="code",
)
_SUPPORT = (Permission.SUPPORT_READ, Permission.SUPPORT_WRITE)
declare(
    "trainings",
    "support.Training",
    *_SUPPORT,
    form="unit_id held_on title purpose external participants hours cost subsidised",
    belongs="training_id home_id",
    training_id="code",
)
declare(
    "support_log",
    "support.SupportRecord",
    *_SUPPORT,
    form="unit_id done_on duty by minutes note",
    belongs="home_id",
)
declare(
    "hiring",
    "support.Hiring",
    *_SUPPORT,
    form="fiscal_year planned hired left measures",
    belongs="home_id",
)
declare(
    "family_support",
    "support.FamilySupport",
    *_SUPPORT,
    form="fiscal_year supported returned_home to_foster to_adoption activities",
    belongs="home_id",
)
declare(
    "quality",
    "support.QualityRecord",
    *_SUPPORT,
    form="done_on kind published_on result",
    belongs="home_id",
)
declare(
    "community",
    "support.CommunityEvent",
    *_SUPPORT,
    form="held_on unit_id kind what participants",
    belongs="home_id",
)

COUNTED = tuple(name for name, mapped in MAPPED.items() if mapped.is_counted)
"""The tables from which places and children are counted, without staff."""
PLANNED = tuple(name for name, mapped in MAPPED.items() if mapped.read is Permission.PLAN_READ)
"""The tables written by the plan's own pages."""


def named_first(
    table: Table, rows: Iterable[Row], values: Callable[[Row], Mapping[str, Any]]
) -> Iterator[list[Row]]:
    """Return rows in groups, each in a later group than the row of its table to which it refers.

    `values` gives a row's columns. Circular references are left out: the checks refuse them before.
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
    """Return the models of some tables."""
    return [MAPPED[name].model for name in tables]


DECISION_OF_STATE = {
    **{code: code for code in DECISIONS if code != "pending"},
    "submitted": "pending",
    "proposed": "pending",
    "ended": "certified",
}
"""The ledger's 認定結果 for each state of an application."""
