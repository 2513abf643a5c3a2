"""Who calls, and where."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from shokibo.web.accounts.permissions import Permission
from shokibo.web.api.caller import Caller, caller_of
from shokibo.web.api.reply import reply
from shokibo.web.api.schemas.results import AuthorityNames, Me
from shokibo.web.register.models import Authority

router = Router(tags=["トークン"], by_alias=True)


@router.get(
    "/me",
    response=Me,
    url_name="me",
    operation_id="me",
    summary="トークンの持ち主",
    description="トークンの持ち主、今の役割、このトークンで今できることを返す。",
)
def me(request: HttpRequest) -> HttpResponse:
    """Tell who calls and what the token opens now."""
    caller = caller_of(request)
    token = caller.token
    return reply(
        {
            "name": caller.access.person.name,
            "authority": _named(token.authority) if token.authority else None,
            "roles": sorted({m.role for m in caller.access.memberships}),
            "permissions": sorted(p.name for p in _held(caller)),
            "token": {
                "name": token.name,
                "prefix": token.prefix,
                "scopes": list(token.scope_codes),
                "expires_at": token.expires_at,
            },
        }
    )


@router.get(
    "/authorities",
    response=AuthorityNames,
    url_name="authorities_of_token",
    operation_id="authorities",
    summary="トークンの自治体",
    description="トークンで読める自治体。全国のトークンでは、すべての自治体。",
)
def authorities(request: HttpRequest) -> HttpResponse:
    """Tell the authorities that the token opens."""
    own = caller_of(request).token.authority
    found = [own] if own else Authority.objects.all()
    return reply({"authorities": [_named(authority) for authority in found]})


def _held(caller: Caller) -> set[Permission]:
    return {p for m in caller.access.memberships for p in m.kind.permissions} & caller.permitted


def _named(authority: Authority) -> dict[str, str]:
    return {"code": authority.code, "name": authority.name}
