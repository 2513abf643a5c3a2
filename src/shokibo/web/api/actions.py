"""Changes to tokens: each function is one change, atomic and logged."""

import datetime as dt
import secrets
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shokibo.web.accounts.access import Access
from shokibo.web.accounts.actions import digest_of
from shokibo.web.accounts.models import Membership, Person
from shokibo.web.accounts.permissions import Permission
from shokibo.web.api.models import ApiToken
from shokibo.web.api.scopes import scopes_of
from shokibo.web.audit.recording import Act, add, note
from shokibo.web.base import clock

DAYS = (30, 90, 180, 365)
USUAL_DAYS = 90
MARK = "shokibo_"
"""The prefix of every secret, so that a leaked one is recognised."""
_SHOWN = len(MARK) + 4


@transaction.atomic
def make(
    *,
    access: Access,
    membership: Membership,
    name: str,
    scopes: Iterable[str],
    days: int,
    has_factor: bool = False,
) -> tuple[ApiToken, str]:
    """Make a token of one of one's own roles; return it and its secret, which is kept nowhere.

    `has_factor`: the session that makes it showed a second factor.

    Raises PermissionDenied if the role is another's or ended, or a scope holds nothing of it,
    ValueError for a number of days that is not one of DAYS.
    """
    wanted = list(scopes)
    offered = {scope.code for scope in scopes_of(membership)}
    if membership not in access.memberships or not wanted or not offered.issuperset(wanted):
        raise PermissionDenied(wanted)
    if days not in DAYS:
        raise ValueError(days)
    secret = MARK + secrets.token_urlsafe(32)
    token = ApiToken(
        person=access.person,
        authority=membership.authority,
        membership=membership,
        name=name,
        prefix=secret[:_SHOWN],
        digest=digest_of(secret),
        scopes=" ".join(wanted),
        has_factor=has_factor,
        expires_at=clock.now() + dt.timedelta(days=days),
    )
    add(Act(access.person, "token.make"), token)
    return token, secret


@transaction.atomic
def revoke(*, access: Access, token: ApiToken) -> None:
    """Revoke one's own token; an already revoked one is unchanged."""
    if token.person_id != access.person.pk:
        raise PermissionDenied(token)
    _revoke(token, Act(access.person, "token.revoke"))


@transaction.atomic
def revoke_all(*, access: Access, person: Person, reason: str) -> int:
    """Revoke every token of a person that still lives; return how many."""
    if not access.may(Permission.PEOPLE_MANAGE):
        raise PermissionDenied(Permission.PEOPLE_MANAGE)
    act = Act(access.person, "token.revoke", reason)
    return sum(_revoke(token, act) for token in live_tokens(person))


def live_tokens(person: Person) -> list[ApiToken]:
    """Return a person's tokens that can still be used."""
    return list(
        ApiToken.objects.live()
        .filter(person=person)
        .select_related("membership__authority", "membership__home")
    )


def _revoke(token: ApiToken, act: Act) -> bool:
    revoked = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(
        revoked_at=clock.now(), revoked_by=act.actor
    )
    if revoked:
        note(act, token)
    return bool(revoked)
