"""The second factor: who has one, and whether this session showed it."""

from typing import cast

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from shokibo.web.accounts.models import Person
from shokibo.web.accounts.permissions import Permission

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_set_up(person: Person) -> bool:
    """Whether a person has a second factor."""
    return bool(Authenticator.objects.filter(user=person, type__in=FACTORS).exists())


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session showed a second factor that the person still has.

    In practice none is asked for.
    """
    if settings.SECOND_FACTOR_OFF:
        return True
    records = get_authentication_records(request, request.user)
    showed_one = any(record["method"] == "mfa" for record in records)
    return showed_one and is_set_up(cast("Person", request.user))


def is_missing(request: HttpRequest, permission: Permission) -> bool:
    """Whether a second factor has to be shown before a permission is used."""
    return permission.needs_second_factor and not has_second_factor(request)
