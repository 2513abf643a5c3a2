"""The second factor: who has one, and whether this session showed it."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from shokibo.web.accounts.models import Person

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_set_up(person: Person) -> bool:
    """Tell whether a person has a second factor."""
    return bool(Authenticator.objects.filter(user=person, type__in=FACTORS).exists())


def has_second_factor(request: HttpRequest) -> bool:
    """Tell whether this session showed a second factor, or none is asked for in practice."""
    if settings.SECOND_FACTOR_OFF:
        return True
    records = get_authentication_records(request, request.user)
    return bool([record for record in records if record["method"] == "mfa"])
