"""The caller: a token, the person and role behind it, and what it opens."""

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from allauth.core.internal.ratelimit import get_ip
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from shokibo.texts import Text
from shokibo.web.accounts.access import Access, Office
from shokibo.web.accounts.actions import digest_of
from shokibo.web.accounts.permissions import OF_CHILDREN, Permission
from shokibo.web.accounts.roles import holders
from shokibo.web.api.models import ApiToken
from shokibo.web.api.problems import ProblemError
from shokibo.web.api.scopes import SCOPES, permitted
from shokibo.web.base import clock
from shokibo.web.base.throttling import counted, until_next
from shokibo.web.register.models import Home

Row = TypeVar("Row", bound=Model)
CALLS_A_MINUTE = 300
WRONG_A_MINUTE = 10
"""Wrong tokens allowed per address: as many as the log-in allows wrong passwords."""
_MINUTE = 60
_NO_FACTOR = Text(
    "このトークンは、二段階認証を確かめずに発行されたため、児童の行には使えません。"
    "二段階認証をして、新しいトークンを発行してください。",
    "The token was made without a second factor, and opens no row of a child. Show a second factor "
    "and make a new one.",
)
_USE_IS_RECORDED_EVERY = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class TokenOffice(Office):
    """A person at one authority through a token: what the roles hold and the scopes let through."""

    permitted: frozenset[Permission]
    has_factor: bool
    """Whether the token was made in a session that showed a second factor."""

    def may(self, permission: Permission, home: Home | None = None) -> bool:
        """Return whether both the roles and the scopes hold a permission."""
        return permission in self.permitted and super().may(permission, home)

    def rows(self, model: type[Row], permission: Permission) -> QuerySet[Row]:
        """Return the rows of a model over which the permission is held."""
        if permission not in self.permitted:
            return model._default_manager.none()
        return super().rows(model, permission)

    def require(self, *permissions: Permission) -> None:
        """Ask for permissions. Raises ProblemError, saying which scope or role holds them."""
        for permission in permissions:
            held = super().may(permission)
            if held and permission in OF_CHILDREN and not self.has_factor:
                raise ProblemError("forbidden", _NO_FACTOR)
            _require(permission, self.permitted, held=held)

    def homes_or_all(self, permission: Permission) -> list[Home] | None:
        """Return the homes over which a permission is held; None if it is over all of them."""
        return None if self.holds_over_all(permission) else self.homes(permission)


@dataclass(frozen=True)
class Caller:
    """A live token and the access that it gives its person: that of its role alone."""

    token: ApiToken
    access: Access

    @property
    def permitted(self) -> frozenset[Permission]:
        """What the token's scopes let through; of children nothing without a second factor."""
        through = permitted(self.token.scope_codes)
        return through if self.token.has_factor else through - OF_CHILDREN

    def office(self, code: str) -> TokenOffice:
        """Return the office of the token. Raises ProblemError if the code is not its own."""
        authority = self.token.authority
        if authority is None or authority.code != code:
            raise ProblemError("not-found")
        person, held = self.access.person, self.access.memberships
        return TokenOffice(person, authority, held, self.permitted, self.token.has_factor)

    def require_nation(self) -> None:
        """Ask for a token over the nation that reads what was submitted. Raises ProblemError."""
        if self.token.authority is not None:
            raise ProblemError("not-found")
        permission = Permission.RETURN_READ_SUBMITTED
        _require(permission, self.permitted, held=self.access.may(permission))


def caller_of(request: HttpRequest) -> Caller:
    """Return the caller whom the token names."""
    return cast("Caller", cast("Any", request).auth)


def _require(permission: Permission, through: frozenset[Permission], *, held: bool) -> None:
    if not held:
        roles = holders(permission)
        names = "、".join(role.name.ja for role in roles)
        names_en = ", ".join(role.name.en for role in roles)
        raise ProblemError(
            "forbidden",
            Text(
                f"今の役割ではできません。できる役割:{names}。",
                f"The role does not hold this. Roles that do: {names_en}.",
            ),
        )
    if permission not in through:
        scope = next(s for s in SCOPES.values() if permission in s.permissions)
        raise ProblemError(
            "forbidden",
            Text(
                f"トークンに範囲「{scope.name.ja}」({scope.code})がありません。"
                "その範囲のトークンを発行してください。",
                f"The token lacks the scope {scope.code} ({scope.name.en}). Make one that has it.",
            ),
        )


class Bearer(HttpBearer):
    """Authorization: Bearer, and nothing else: no session, cookie or query parameter."""

    openapi_description = "アカウントの「APIのトークン」で発行したトークン"

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """Find a live token; count a wrong one.

        Raises ProblemError if too many wrong ones came from the address. A live one is let in
        all the same: it can't be guessed, and one broken program must not shut others out.
        """
        known = ApiToken.objects.live().filter(digest=digest_of(token))
        found = known.select_related(
            "person", "authority", "membership__authority", "membership__home"
        ).first()
        if found is None or found.membership.kind.scope == "instance":
            if counted(f"api-wrong-{_address(request)}", _MINUTE) > WRONG_A_MINUTE:
                wait = {"Retry-After": str(math.ceil(until_next(_MINUTE)))}
                raise ProblemError("wrong-tokens", headers=wait)
            return None
        now = clock.now()
        before = now - _USE_IS_RECORDED_EVERY
        if found.last_used_at is None or found.last_used_at < before:
            stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=before)
            used = ApiToken.objects.filter(stale, pk=found.pk, revoked_at__isnull=True)
            used.update(last_used_at=now)
        return Caller(found, Access(found.person, (found.membership,)))


def _address(request: HttpRequest) -> str:
    """Return the address by which the log-in counts; blank if the server names none."""
    try:
        return str(get_ip(request))
    except PermissionDenied:
        return ""


class PerToken(BaseThrottle):
    """Limits a token's calls per clock minute. It keeps no state between calls."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the call."""
        return counted(f"api-{caller_of(request).token.pk}", _MINUTE) <= CALLS_A_MINUTE

    def wait(self) -> float:
        """Return the seconds until the next minute."""
        return until_next(_MINUTE)
