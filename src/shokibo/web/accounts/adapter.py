"""How allauth is set up here: nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import authentication_step_completed
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from shokibo.web.accounts.models import Person

_BEGUN_WITH = "login_begun_with"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People come in by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse."""
        return False

    def pre_login(self, request: HttpRequest, user: Person, **given: Any) -> Any:
        """Remember how the account was protected when the password was given."""
        request.session[_BEGUN_WITH] = user.get_session_auth_hash()
        return super().pre_login(request, user, **given)

    def login(self, request: HttpRequest, user: Person) -> None:
        """Log in, unless password, second factor or roles changed since the password was given."""
        begun_with = request.session.pop(_BEGUN_WITH, "")
        if not constant_time_compare(begun_with, user.get_session_auth_hash()):
            raise ImmediateHttpResponse(redirect("account_login"))
        super().login(request, user)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Person,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Notify a person that their account changed, at their log-in address."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)


@receiver(authenticator_added)
def showed_it(request: HttpRequest, user: object, **_: object) -> None:
    """Count a second factor that was just set up as shown, since its code was just typed."""
    record_authentication(request, user, "mfa")


@receiver(authentication_step_completed)
def renew_session_key(request: HttpRequest, reauthenticated: bool = False, **_: object) -> None:
    """Give the session a new key once somebody who is logged in has confirmed their identity."""
    if reauthenticated:
        request.session.cycle_key()
