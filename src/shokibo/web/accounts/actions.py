"""Changes to people: each function is one change, atomic and logged."""

import datetime as dt
import hashlib
import secrets

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from shokibo.web.accounts.access import Access
from shokibo.web.accounts.models import Invitation, Membership, Person
from shokibo.web.accounts.permissions import Permission
from shokibo.web.accounts.reset_tokens import path_to_new_password
from shokibo.web.accounts.sessions import end_sessions
from shokibo.web.audit.recording import Act, add, note
from shokibo.web.base import clock
from shokibo.web.base.refusal import RefusedError
from shokibo.web.register.models import Authority, Home

VALID_FOR = dt.timedelta(days=14)
_BY_OPERATOR = "サーバーの運用者が、サーバー上のコマンド(serve --readmit)で行いました。"


@transaction.atomic
def invite(
    *,
    access: Access,
    email: str,
    role: str,
    authority: Authority | None,
    operator: str,
    home: Home | None,
    center_code: str | None = None,
) -> tuple[Invitation, str]:
    """Invite somebody to a role; return the invitation and its token, which is stored nowhere."""
    _require(access)
    invitation = Invitation(
        email=email,
        role=role,
        authority=authority,
        operator=operator,
        home=home,
        center_code=center_code,
        invited_by=access.person,
    )
    return invitation, _open(invitation)


@transaction.atomic
def invite_first_admin(email: str) -> str:
    """Invite the first administrator of an installation; return the token."""
    return _open(Invitation(email=email, role="admin"))


def has_admin() -> bool:
    """Whether somebody can manage people."""
    return _admins().exists()


def _open(invitation: Invitation) -> str:
    token = secrets.token_urlsafe(32)
    invitation.email = invitation.email.casefold()
    invitation.digest = digest_of(token)
    invitation.expires_at = clock.now() + VALID_FOR
    add(Act(invitation.invited_by, "person.invite"), invitation)
    return token


def digest_of(token: str) -> str:
    """Return the digest by which a token is found."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitation(token: str) -> Invitation | None:
    """Find the invitation of a token, if it can still be accepted."""
    return Invitation.objects.filter(
        digest=digest_of(token),
        accepted_at__isnull=True,
        cancelled_at__isnull=True,
        expires_at__gt=clock.now(),
    ).first()


@transaction.atomic
def accept(*, invitation: Invitation, name: str, password: str | None) -> Person:
    """Create the invited person, or add the role to a known one. Raises RefusedError."""
    person = Person.objects.filter(email=invitation.email).first()
    if person is None:
        person = Person.objects.create_user(invitation.email, name, password)
    taken = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True).update(
        accepted_at=clock.now(), accepted_by=person
    )
    if not taken:
        raise RefusedError("この招待は、もう使われています。", "This invitation was used already.")
    membership = Membership(
        person=person,
        role=invitation.role,
        authority=invitation.authority,
        operator=invitation.operator,
        home=invitation.home,
        center_code=invitation.center_code,
        given_by=invitation.invited_by,
    )
    add(Act(person, "person.accept"), membership)
    end_sessions(person)
    return person


@transaction.atomic
def renew(*, access: Access, invitation: Invitation) -> str:
    """Give a pending invitation a new token in place of the previous one."""
    _require(access)
    token = secrets.token_urlsafe(32)
    renewed = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, cancelled_at__isnull=True
    ).update(digest=digest_of(token), expires_at=clock.now() + VALID_FOR)
    if not renewed:
        raise RefusedError(
            "この招待は、もう使われたか、取り消されました。",
            "This invitation was used or cancelled already.",
        )
    invitation.refresh_from_db()
    note(Act(access.person, "person.renew_invitation"), invitation)
    return token


@transaction.atomic
def cancel(*, access: Access, invitation: Invitation) -> None:
    """Withdraw an invitation."""
    _require(access)
    Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True).update(
        cancelled_at=clock.now()
    )
    note(Act(access.person, "person.cancel"), invitation)


@transaction.atomic
def end_membership(*, access: Access, membership: Membership, reason: str) -> None:
    """End a role; what the person did stays theirs. Raises RefusedError for the last admin."""
    _require(access)
    if membership.role == "admin" and _admins().exclude(pk=membership.pk).count() == 0:
        raise RefusedError(
            "最後のシステム管理は止められません。先にほかの人を招待してください。",
            "The last administrator can't be ended; invite another first.",
        )
    Membership.objects.filter(pk=membership.pk, ended_at__isnull=True).update(
        ended_at=clock.now(), ended_by=access.person
    )
    note(Act(access.person, "person.end_role", reason), membership)
    end_sessions(membership.person)


@transaction.atomic
def reset_second_factor(*, access: Access, person: Person, reason: str) -> None:
    """Remove a lost second factor, which ends the person's sessions. Never one's own."""
    _require(access)
    if person == access.person:
        raise RefusedError(
            "自分の二段階認証は、ほかのシステム管理に頼んでください。",
            "Ask another administrator to reset your own second factor.",
        )
    Authenticator.objects.filter(user=person).delete()
    note(Act(access.person, "person.reset_second_factor", reason), person)


@transaction.atomic
def readmit(email: str) -> str:
    """Let an administrator in who lost second factor or password; give the path to a new password.

    For the operator of the server: nobody else is asked. The previous password becomes void too,
    since without the second factor it would let in anyone who knows it. Raises RefusedError if
    nobody with this address is an administrator.
    """
    found = _admins().filter(person__email=email.casefold()).select_related("person").first()
    if found is None:
        known = "、".join(_admins().order_by("person").values_list("person__email", flat=True))
        raise RefusedError(
            f"「{email}」は、システム管理のメールアドレスではありません。"
            f"システム管理: {known or 'いません'}",
            f"{email!r} is no administrator. Administrators: {known or 'none'}",
        )
    person = found.person
    Authenticator.objects.filter(user=person).delete()
    person.set_unusable_password()
    person.save(update_fields=["password"])
    end_sessions(person)
    note(Act(None, "person.readmit", _BY_OPERATOR), person)
    get_adapter().render_mail("accounts/email/readmitted", person.email, {"person": person}).send()
    return path_to_new_password(person)


def _admins() -> QuerySet[Membership]:
    return Membership.objects.filter(role="admin", ended_at__isnull=True, person__is_active=True)


def _require(access: Access) -> None:
    if not access.may(Permission.PEOPLE_MANAGE):
        raise PermissionDenied(Permission.PEOPLE_MANAGE)
