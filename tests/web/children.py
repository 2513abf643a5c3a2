"""Children with records, made as their pages make them."""

import datetime as dt

from shokibo.web.accounts.models import Membership
from shokibo.web.care import actions
from shokibo.web.care.models import Child, Record
from shokibo.web.register.models import Episode
from tests.web.world import World

BORN = dt.date(2012, 6, 1)
CENTER = "center_staff"
NEED = {
    "assessed_on": dt.date(2021, 3, 20),
    "individual_care": True,
    "at_most_four": True,
    "needs": ["trauma"],
    "heard": True,
    "heard_how": "talk",
    "coordinated_on": None,
    "coordinated_with": ["head"],
    "outcome": "home",
    "home": None,
    "unit": None,
}
POLICY = {
    "recorded_on": dt.date(2021, 4, 5),
    "goal": "return_home",
    "review_on": dt.date(2022, 3, 31),
    "situation": "",
    "policy": "",
}
BROKEN = {
    "noticed_on": dt.date(2022, 3, 1),
    "breakdown": "children",
    "tried": ["talk"],
    "took_part": ["center", "head"],
    "next_step": "protection",
}
PROTECTED = {
    "started_on": dt.date(2022, 3, 10),
    "protected_at": "center",
    "consent": None,
    "consent_on": None,
    "warrant_asked_on": None,
    "warrant_given_on": None,
    "warrant_refused_on": None,
    "prolonged_on": None,
}


def child_of(world: World, center: str | None = "C1") -> Child:
    """Register a child."""
    values = {"birth_month": BORN, "center_code": center}
    return actions.register(office=world.office(CENTER), values=values)


def recorded(world: World, child: Child, kind: str, **values: object) -> Record:
    """Add a record of a kind, as the center does."""
    return actions.add(office=world.office(CENTER), child=child, kind=kind, values=values)


def placed(world: World, child: Child, **given: object) -> Record:
    """Place a child in our home."""
    values = {
        "place": "children_home",
        "home": world.home,
        "unit": world.unit("u4"),
        "started_on": dt.date(2021, 4, 1),
        **given,
    }
    return recorded(world, child, "placement", **values)


def child_with_records(world: World) -> Child:
    """Make a child in our home with a record of every kind, whose placement broke down."""
    child = child_of(world)
    recorded(world, child, "assessment", **NEED)
    placed(world, child)
    recorded(world, child, "situation", **POLICY, home=world.home)
    recorded(world, child, "breakdown", **BROKEN)
    return child


def imported_child(world: World, code: str = "C-0001", **given: object) -> None:
    """Make episodes of a child without records, as an import does: in our home, then protected."""
    same = {
        "authority": world.authority,
        "child_code": code,
        "birth_month": BORN,
        "center_code": "C1",
    }
    stay = {
        "place": "children_home",
        "home": world.home,
        "unit": world.unit("u4"),
        "started_on": dt.date(2019, 4, 1),
        "ended_on": dt.date(2021, 5, 31),
        "end_reason": "transfer",
        "move_reason": "breakdown",
    }
    Episode.objects.create(**{**same, **stay, **given})
    started_on = dt.date(2021, 6, 1)
    Episode.objects.create(**same, place="temporary_protection", started_on=started_on)


def moved_to_center(world: World, role: str, center: str) -> None:
    """Let a person work at one center of the authority only."""
    person = world.people[role]
    Membership.objects.filter(person=person).update(center_code=center)
