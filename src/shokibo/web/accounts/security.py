"""Authentication events in the log: logging in and out, passwords and second factors.

Events of no authority; the administrator's page shows them.
"""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import Signal

from shokibo.web.accounts.models import Person
from shokibo.web.audit.recording import Act, note

_ACTIONS: dict[Signal, str] = {
    user_logged_in: "login.success",
    user_logged_out: "login.end",
    password_changed: "password.change",
    password_set: "password.change",
    password_reset: "password.reset",
    authenticator_added: "factor.add",
    authenticator_removed: "factor.remove",
    authenticator_reset: "factor.reset",
}


def listen() -> None:
    """Log what the signals report, once the applications are loaded."""
    for signal in _ACTIONS:
        signal.connect(_done, dispatch_uid="shokibo.audit.security")
    user_login_failed.connect(_failed, dispatch_uid="shokibo.audit.security")


def _done(signal: Signal, user: Person | None, **more: Any) -> None:
    if user is None:
        return
    factor = more.get("authenticator")
    with transaction.atomic():
        note(Act(user, _ACTIONS[signal]), user, {"factor": factor.type} if factor else None)


def _failed(credentials: dict[str, Any], **_: object) -> None:
    """Log a failure under the person whose address was typed; unknown addresses are not stored.

    It may be a password that was typed into the wrong field.
    """
    address = str(credentials.get("email") or credentials.get("username") or "")
    person = Person.objects.filter(email=address.casefold()).first()
    with transaction.atomic():
        note(Act(None, "login.failure"), person or Person(name="", email=""))
