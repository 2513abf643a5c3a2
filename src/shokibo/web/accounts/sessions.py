"""What ends a person's sessions: a change of password, second factor or roles.

A session holds a digest of the password and of `credentials_version` (see `Person`), and ends
where that no longer fits. So do a log-in that waits for its second factor (see `Adapter`) and a
link to a new password (see `ResetTokens`).
"""

from collections.abc import Collection
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.db.models import F
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from shokibo.web.accounts.models import Person
from shokibo.web.audit.recording import Act, note


def end_sessions(person: Person) -> None:
    """End all sessions of a person, what was begun in them, and links sent by mail."""
    Person.objects.filter(pk=person.pk).update(credentials_version=F("credentials_version") + 1)
    person.refresh_from_db(fields=["credentials_version"])


@transaction.atomic
def end_own(person: Person, sessions: Collection[UserSession]) -> None:
    """End some of a person's own sessions; each is an event of the log."""
    get_adapter().end_sessions(sessions)
    for _session in sessions:
        note(Act(person, "login.end"), person)


def stay(request: HttpRequest, person: Person) -> None:
    """Keep the session in which a person changed their own account."""
    if request.user == person:
        person.refresh_from_db()
        update_session_auth_hash(request, person)
        UserSession.objects.create_from_request(request)


@receiver(post_save, sender=Authenticator)
def _added(instance: Authenticator, created: bool, **_: Any) -> None:
    if created:
        end_sessions(instance.user)


@receiver(post_delete, sender=Authenticator)
def _removed(instance: Authenticator, **_: Any) -> None:
    end_sessions(instance.user)


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def _by_themselves(request: HttpRequest, user: Person, **_: Any) -> None:
    stay(request, user)
