"""Pages of a large authority: as many queries as for a small one, and no more than 200 kB."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import urlencode

from shokibo.web.accounts.models import Membership, Person
from shokibo.web.audit.recording import Act, add_all
from shokibo.web.certification.models import Application
from shokibo.web.register.models import (
    Authority,
    Capacity,
    ChangeProposal,
    Confirmation,
    Home,
    Occupancy,
    Posting,
    Unit,
)
from tests.web.test_matrix import INSTANCE, PAGES, Page
from tests.web.world import OURS, World

EVERY = {**PAGES, **INSTANCE}
MOST_BYTES = 190_000
"""Ten kB below what a page may have, so that one more column does not break it."""
MADE = Act(None, "register.add")
STATES = ("submitted", "certified", "returned", "rejected", "draft")


@dataclass(frozen=True)
class Size:
    """How many homes there are more, and of each home units, postings of a unit, applications.

    `mark` begins their codes.
    """

    mark: str
    homes: int
    units: int
    postings: int
    applications: int


ONE = Size("a", homes=2, units=2, postings=2, applications=6)
THREE = Size("b", homes=4, units=4, postings=4, applications=12)
PREFECTURE = Size("c", homes=59, units=5, postings=10, applications=5)


def grow(world: World, size: Size) -> None:
    """Make an authority larger: homes, and rows of each of them and of the one that is there."""
    homes = [_home(world.authority, f"{size.mark}{number}") for number in range(size.homes)]
    add_all(MADE, homes)
    everywhere = [world.home, *homes]
    units = {
        home: [_unit(home, f"{size.mark}{n}") for n in range(size.units)] for home in everywhere
    }
    every = [unit for of_home in units.values() for unit in of_home]
    add_all(MADE, every)
    add_all(MADE, [_capacity(unit, year) for unit in every for year in (2019, 2021)])
    add_all(MADE, [_posting(unit, n) for unit in every for n in range(size.postings)])
    add_all(MADE, [_confirmation(home) for home in homes])
    add_all(MADE, [_occupancy(home) for home in homes])
    add_all(MADE, [_proposal(home, world.people["officer"]) for home in everywhere])
    add_all(
        MADE,
        [
            _application(units[home][n % size.units], n)
            for home in everywhere
            for n in range(size.applications)
        ],
    )
    _more_people(world, size)


def _home(authority: Authority, code: str) -> Home:
    return Home(authority=authority, code=code, name=f"架空園{code}", operator="社会福祉法人架空会")


def _unit(home: Home, number: str) -> Unit:
    return Unit(
        authority=home.authority,
        home=home,
        code=f"{home.code}-{number}",
        name=f"架空の家{number}",
        kind="community_home",
    )


def _capacity(unit: Unit, year: int) -> Capacity:
    return Capacity(
        authority=unit.authority,
        unit=unit,
        effective_from=dt.date(year, 4, 1),
        capacity=year - 2015,
    )


def _posting(unit: Unit, number: int) -> Posting:
    return Posting(
        authority=unit.authority,
        home=unit.home,
        unit=unit,
        code=f"{unit.code}-{number}",
        job="childcare_worker",
        employment="full_time",
        role="care",
        dedicated=True,
        main_rota=False,
    )


def _confirmation(home: Home) -> Confirmation:
    return Confirmation(
        authority=home.authority,
        home=home,
        item="training",
        confirmed_on=dt.date(2021, 5, 1),
        result=True,
    )


def _occupancy(home: Home) -> Occupancy:
    return Occupancy(
        authority=home.authority,
        home=home,
        as_of=dt.date(2022, 5, 1),
        population="residents",
        place="all",
        children=3,
    )


def _proposal(home: Home, person: Person) -> ChangeProposal:
    return ChangeProposal(
        authority=home.authority,
        home=home,
        change="open",
        effective_on=dt.date(2022, 6, 1),
        unit_name="架空の新しい家",
        unit_kind="community_home",
        capacity=6,
        reason="架空",
        proposed_by=person,
    )


def _application(unit: Unit, number: int) -> Application:
    state = STATES[number % len(STATES)]
    decided = dt.date(2022, 4, 20) if state in ("certified", "rejected") else None
    return Application(
        authority=unit.authority,
        home=unit.home,
        unit=unit,
        code=f"{unit.code}-{number}",
        addon="dispersal",
        fiscal_year=2022,
        start_month=dt.date(2022, 4, 1),
        requested_extra=1,
        state=state,
        applied_on=None if state == "draft" else dt.date(2022, 4, 4),
        decided_on=decided,
        certified_extra=1 if state == "certified" else None,
    )


def _more_people(world: World, size: Size) -> None:
    for number in range(size.homes):
        world.office("officer").looked("職員", 1, world.home)
        name = f"{size.mark}{number}"
        person = Person.objects.create_user(f"{name}@example.jp", f"架空 {name}")
        Membership.objects.create(person=person, role="officer", authority=world.authority)


def _role(page: Page) -> str:
    """Choose who sees most of a page: the officer where they may open it."""
    return "officer" if "officer" in page.get else sorted(page.get)[0]


def _all_waiting(world: World) -> str:
    """Choose every application in the queue, for a page of many at once."""
    rows = Application.objects.filter(authority=world.authority, state="submitted")
    return "?" + "&".join(f"pk={pk}" for pk in rows.values_list("pk", flat=True))


MANY = {"certification:bulk_propose", "certification:letters"}
"""Pages that list what was chosen."""


def _address(world: World, name: str) -> str:
    page = EVERY[name]
    office = [OURS] if name in PAGES else []
    return reverse(name, args=[*office, *page.arguments(world)])


def _asked(world: World, name: str) -> str:
    if name == "trail:events":  # capacities: a page looks up names in the tables it mentions
        return f"?{urlencode({'words': '日から'})}"
    return _all_waiting(world) if name in MANY else EVERY[name].asked(world)


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code in (200, 302)
    return len(asked)


@pytest.mark.parametrize("name", EVERY)
def test_a_page_asks_as_often_for_three_times_the_rows(world: World, name: str) -> None:
    page = EVERY[name]
    address, client = _address(world, name), world.client(_role(page))
    grow(world, ONE)
    before = _queries(client, address + _asked(world, name))
    grow(world, THREE)
    assert _queries(client, address + _asked(world, name)) == before


def test_no_page_of_a_large_prefecture_is_larger_than_200_kb(world: World) -> None:
    grow(world, PREFECTURE)
    too_large = {}
    for name, page in EVERY.items():
        before = transaction.savepoint()
        address = _address(world, name) + _asked(world, name)
        answer = world.client(_role(page)).get(address)
        transaction.savepoint_rollback(before)
        if answer["Content-Type"].startswith("text/html") and len(answer.content) > MOST_BYTES:
            too_large[name] = len(answer.content)
    assert too_large == {}
