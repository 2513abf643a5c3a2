"""How allauth works here: nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People come in by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse."""
        return False


@receiver(authenticator_added)
def showed_it(request: HttpRequest, user: object, **_: object) -> None:
    """Count a second factor that was just set up as shown: its code was typed a moment ago."""
    record_authentication(request, user, "mfa")
