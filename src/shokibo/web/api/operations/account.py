"""Who calls, and where."""

import datetime as dt
from typing import Annotated

from django.http import HttpRequest
from ninja import Router

from shokibo.answers import Answer, about
from shokibo.web.api.answers import answers
from shokibo.web.api.caller import caller_of
from shokibo.web.register.models import Authority

router = Router(tags=["トークン"], by_alias=True)


class AuthorityName(Answer, frozen=True):
    """An authority by code and name."""

    title = "自治体"
    code: Annotated[str, about("団体コード", "", "131121")]
    name: Annotated[str, about("自治体名", "", "世田谷区")]


class AuthorityNames(Answer, frozen=True):
    """The authorities of a token."""

    title = "トークンの自治体"
    authorities: list[AuthorityName]


class TokenInfo(Answer, frozen=True):
    """The token that calls."""

    title = "トークン"
    name: str
    prefix: Annotated[str, about("始めの文字")]
    scopes: Annotated[list[str], about("範囲", "", ["read", "read_staff", "write"])]
    expires_at: dt.datetime


class Me(Answer, frozen=True):
    """Who calls."""

    title = "トークンの持ち主"
    name: Annotated[str, about("氏名")]
    authority: Annotated[AuthorityName | None, about("自治体。全国のトークンなら null")]
    roles: Annotated[list[str], about("今の役割", "", ["officer"])]
    permissions: Annotated[
        list[str],
        about(
            "このトークンで今できること。役割とトークンの範囲の両方にあるもの",
            "",
            ["REGISTER_READ"],
        ),
    ]
    token: TokenInfo


@answers(
    router,
    "/me",
    name="me",
    summary="トークンの持ち主",
    description="トークンの持ち主、今の役割、このトークンで今できることを返す。",
)
def me(request: HttpRequest) -> Me:
    """Describe who calls and what the token opens now."""
    caller = caller_of(request)
    token, roles = caller.token, caller.access.memberships
    held = {permission for m in roles for permission in m.kind.permissions}
    return Me(
        caller.access.person.name,
        _named(token.authority) if token.authority else None,
        sorted({m.role for m in roles}),
        sorted(permission.name for permission in held & caller.permitted),
        TokenInfo(token.name, token.prefix, list(token.scope_codes), token.expires_at),
    )


@answers(
    router,
    "/authorities",
    name="authorities",
    summary="トークンの自治体",
    description="トークンで読める自治体。全国のトークンでは、すべての自治体。",
)
def authorities(request: HttpRequest) -> AuthorityNames:
    """List the authorities that the token opens."""
    own = caller_of(request).token.authority
    found = [own] if own else Authority.objects.all()
    return AuthorityNames([_named(authority) for authority in found])


def _named(authority: Authority) -> AuthorityName:
    return AuthorityName(authority.code, authority.name)
