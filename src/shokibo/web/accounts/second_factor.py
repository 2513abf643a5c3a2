"""The second factor: who has one, and whether this session showed it."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from shokibo.web.accounts.models import Person

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_set_up(person: Person) -> bool:
    """Tell whether a person has a second factor."""
    return Authenticator.objects.filter(user=person, type__in=FACTORS).exists()


def has_second_factor(request: HttpRequest) -> bool:
    """Tell whether this session was opened, or confirmed, with a second factor."""
    return any(
        record["method"] == "mfa" for record in get_authentication_records(request, request.user)
    )
