"""Plans as the tests of the pages need them: an office with one, its versions, another approver."""

from pathlib import Path

from shokibo.web.accounts.access import Office, access_of
from shokibo.web.accounts.models import Membership, Person
from shokibo.web.planning.models import Action, Cost, Need, Plan, PlanVersion, Target
from shokibo.web.planning.versions import publishing
from shokibo.web.planning.versions.publishing import PUBLISH
from shokibo.web.register.models import Home, Occupancy
from shokibo.web.steps.taking import take
from shokibo.web.store.mapping import MAPPED
from tests.builders import made, planned, read
from tests.web.world import World

PLANNED = ("plan", "actions", "need", "targets", "occupancy", "costs")


def plan_of(world: World, folder: Path) -> World:
    """Give OURS the small plan of `tests.builders`."""
    ledger = read(made(planned), folder / "planned")
    homes = {"h": world.home}
    for name in PLANNED:
        model = MAPPED[name].model
        assert issubclass(model, Plan | Action | Need | Target | Occupancy | Cost)
        for row in ledger[name].drop("_row").iter_rows(named=True):
            model.objects.create(**_values(row, world, homes))
    return world


def _values(row: dict[str, object], world: World, homes: dict[str, Home]) -> dict[str, object]:
    given = {name: value for name, value in row.items() if name != "authority_code"}
    if "home_id" in given:
        given["home"] = homes.get(str(given.pop("home_id")))
    if "unit_id" in given:
        given["unit_code"] = given.pop("unit_id")
    return {"authority": world.authority, **given}


def proposed(world: World, note: str = "最初の版") -> PlanVersion:
    """Propose what stands now."""
    return publishing.propose(office=world.office("officer"), note=note)


def published(world: World, note: str = "最初の版") -> PlanVersion:
    """Propose what stands now and publish it."""
    made_now = proposed(world, note)
    take(PUBLISH, office=world.office("approver"), row=made_now, version=made_now.version)
    return made_now


def holding_both_roles(world: World) -> Office:
    """Return the officer the approver's role too."""
    person = world.people["officer"]
    Membership.objects.create(person=person, role="approver", authority=world.authority)
    return world.office("officer")


def another_approver(world: World) -> Office:
    """Return the office of a second approver."""
    person = Person.objects.create_user("second@example.jp", "架空 次の決裁者", "x-secret-enough")
    Membership.objects.create(person=person, role="approver", authority=world.authority)
    office = access_of(person).office(world.authority.code)
    assert office is not None
    return office
