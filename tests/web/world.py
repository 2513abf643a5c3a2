"""Two authorities with a home or two each, and a person of every role at both."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from shokibo.web.accounts.access import Office, access_of
from shokibo.web.accounts.models import Membership, Person
from shokibo.web.accounts.roles import ROLES
from shokibo.web.audit.recording import Act
from shokibo.web.register.models import Authority, Home, Unit
from shokibo.web.store.loading import load
from tests.builders import add, made, posting, read, unit
from tests.web.kept import Kept

OURS, THEIRS = "990001", "990028"
LETTER: dict[str, Any] = {"letter_number": "4架子第1号", "letter_date": dt.date(2022, 4, 28)}
FAR_DAY = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
PASSWORD = "correct horse battery"  # noqa: S105


@dataclass
class World:
    """What stands in the database. `people` are by role; those of THEIRS end in `:other`."""

    authority: Authority
    other: Authority
    home: Home
    sister: Home
    stranger: Home
    people: dict[str, Person] = field(default_factory=dict)

    def office(self, role: str) -> Office:
        """Return the office in which a role acts."""
        person = self.people[role]
        code = THEIRS if role.endswith(":other") else OURS
        office = access_of(person).office(code)
        assert office is not None
        return office

    def client(self, role: str) -> Client:
        """Return a client that is logged in, with the second factor shown."""
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = _SESSIONS[role]
        return client

    def unit(self, code: str) -> Unit:
        """Return a unit of OURS."""
        return Unit.objects.get(authority=self.authority, code=code)


_KEPT = Kept()
_SESSIONS: dict[str, str] = {}
"""The key of everybody's session, by role; its row is one of the world's."""


def make_world(folder: Path) -> World:
    """Load two authorities' ledgers and make people."""
    _KEPT.put(lambda: _make(folder))
    return _found()


def _make(folder: Path) -> None:
    _load(folder)
    _SESSIONS.update({role: _logged_in(person) for role, person in _found().people.items()})
    Session.objects.update(expire_date=FAR_DAY)


def _logged_in(person: Person) -> str:
    """Log a person in, with the second factor shown; return the session's key."""
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0.0}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return str(session.session_key)


def _found() -> World:
    authority, other = Authority.objects.get(code=OURS), Authority.objects.get(code=THEIRS)
    people = {person.name.removeprefix("架空 "): person for person in Person.objects.all()}
    return World(
        authority,
        other,
        Home.objects.get(authority=authority, code="h"),
        Home.objects.get(authority=authority, code="s"),
        Home.objects.get(authority=other),
        people,
    )


def _load(folder: Path) -> None:
    ours = read(
        made(
            add("homes", home_id="s", name="架空姉妹園", operator="別法人", authority_code=OURS),
            unit("s4", "community_home", "4", home_id="s"),
            posting("s-1", "s4", home_id="s"),
        ),
        folder / "ours",
    )
    load(Act(None, "register.load"), ours)
    theirs = read(
        {
            "authorities": [{"authority_code": THEIRS, "name": "隣県", "kind": "prefecture"}],
            "homes": [
                {"home_id": "h", "name": "隣の園", "operator": "隣法人", "authority_code": THEIRS}
            ],
            "units": [
                {"unit_id": "u4", "home_id": "h", "name": "隣の家", "kind": "community_home"}
            ],
            "capacities": [{"unit_id": "u4", "effective_from": "2019-04-01", "capacity": "4"}],
        },
        folder / "theirs",
    )
    load(Act(None, "register.load"), theirs)
    world = _found()
    authority, other = world.authority, world.other
    for code in ROLES:
        _add_person(world, code, code, authority, world.home)
        if ROLES[code].scope in ("home", "authority"):
            _add_person(world, f"{code}:other", code, other, world.stranger)
    _add_person(world, "home_staff:sister", "home_staff", authority, world.sister)
    _add_person(world, "officer:second", "officer", authority, world.home)


def _add_person(world: World, name: str, role: str, authority: Authority, home: Home) -> None:
    address = name.replace(":", "-").replace("_", "-")
    person = Person.objects.create_user(f"{address}@example.jp", f"架空 {name}", PASSWORD)
    scope = ROLES[role].scope
    Membership.objects.create(
        person=person,
        role=role,
        authority=authority if scope in ("home", "authority") else None,
        home=home if scope == "home" else None,
    )
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": encrypt("JBSWY3DPEHPK3PXP")}
    )
    world.people[name] = person
