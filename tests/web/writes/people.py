"""Writes of people, their roles and tokens."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from shokibo.web.accounts import actions, factor_secrets, sessions
from shokibo.web.accounts.access import access_of
from shokibo.web.accounts.models import Invitation
from shokibo.web.api import actions as tokens
from shokibo.web.api.models import ApiToken
from tests.web.calling import make_token
from tests.web.world import World
from tests.web.writes.acting import Made, Prepare, Write, fresh


def _invited(world: World, email: str = "new@example.jp") -> tuple[Invitation, str]:
    return actions.invite(
        access=access_of(world.people["admin"]),
        email=email,
        role="officer",
        authority=world.authority,
        operator="",
        home=None,
    )


def _by_admin(act: Callable[..., object], name: str, made: Made, **given: object) -> Prepare:
    def prepare(world: World, _folder: Path) -> Write:
        access, row = access_of(world.people["admin"]), made(world)
        return lambda: act(access=access, **{name: fresh(row)}, **given)

    return prepare


def _invitation(world: World) -> Invitation:
    return _invited(world)[0]


def _accept(world: World, _folder: Path) -> Write:
    row = _invitation(world)
    return lambda: actions.accept(invitation=fresh(row), name="新人", password="x" * 20)


def _plain_secrets(_world: World, _folder: Path) -> Write:
    """Store second factors in clear, as a former version did."""
    Authenticator.objects.filter(type="totp").update(data={"secret": "JBSWY3DPEHPK3PXP"})
    return factor_secrets.bring_to_first_key


def _end_own(world: World, _folder: Path) -> Write:
    person = world.people["officer"]
    for number in range(2):
        UserSession.objects.create(user=person, session_key=f"key-{number}", ip="127.0.0.1")
    return lambda: sessions.end_own(person, list(UserSession.objects.filter(user=person)))


ACCOUNTS: dict[str, Prepare] = {
    "actions.invite": lambda world, _folder: partial(_invited, world),
    "actions.invite_first_admin": lambda _world, _folder: partial(
        actions.invite_first_admin, "new@example.jp"
    ),
    "actions.readmit": lambda world, _folder: partial(actions.readmit, world.people["admin"].email),
    "actions.accept": _accept,
    "actions.renew": _by_admin(actions.renew, "invitation", _invitation),
    "actions.cancel": _by_admin(actions.cancel, "invitation", _invitation),
    "actions.end_membership": _by_admin(
        actions.end_membership,
        "membership",
        lambda world: world.people["officer"].memberships.get(),
        reason="異動",
    ),
    "actions.reset_second_factor": _by_admin(
        actions.reset_second_factor, "person", lambda world: world.people["officer"], reason="紛失"
    ),
    "factor_secrets.bring_to_first_key": _plain_secrets,
    "sessions.end_own": _end_own,
}


def _token(world: World) -> ApiToken:
    person = world.people["officer"]
    make_token(person, world.authority, ("read",))
    return ApiToken.objects.latest("pk")


def _make(world: World, _folder: Path) -> Write:
    access = access_of(world.people["officer"])
    (membership,) = access.memberships
    return partial(
        tokens.make, access=access, membership=membership, name="表", scopes=["read"], days=30
    )


def _revoke(world: World, _folder: Path) -> Write:
    row, access = _token(world), access_of(world.people["officer"])
    return lambda: tokens.revoke(access=access, token=fresh(row))


TOKENS: dict[str, Prepare] = {
    "actions.make": _make,
    "actions.revoke": _revoke,
    "actions.revoke_all": lambda world, _folder: _revoke_all(world),
}


def _revoke_all(world: World) -> Write:
    person = _token(world).person
    _token(world)
    return partial(
        tokens.revoke_all,
        access=access_of(world.people["admin"]),
        person=person,
        reason="漏えい",
    )
