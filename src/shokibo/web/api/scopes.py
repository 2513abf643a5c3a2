"""The scopes of a token: few, and in words. What each lets through is a part of a role."""

from collections.abc import Iterable
from dataclasses import dataclass

from shokibo.texts import Text
from shokibo.web.accounts.models import Membership
from shokibo.web.accounts.permissions import Permission


@dataclass(frozen=True)
class Scope:
    """A scope: its code, what a person reads, and the permissions it lets through."""

    code: str
    name: Text
    permissions: frozenset[Permission]


_ALL = (
    Scope(
        "read",
        Text(
            "台帳、判定、報告、計画を読む(職員と児童の行を除く)",
            "Read the ledger, judgements, returns and plan, but no row of staff or of a child",
        ),
        frozenset(
            {
                Permission.REGISTER_READ,
                Permission.APPLICATION_READ,
                Permission.RETURN_READ,
                Permission.RETURN_READ_SUBMITTED,
                Permission.PLAN_READ,
                Permission.SUPPORT_READ,
                Permission.HOUSING_READ,
            }
        ),
    ),
    Scope(
        "read_staff",
        Text("職員の行を読む", "Read rows of staff"),
        frozenset({Permission.STAFF_READ}),
    ),
    Scope(
        "write",
        Text("台帳の行を登録し、修正し、削除する", "Add, change and remove rows of the register"),
        frozenset(
            {
                Permission.REGISTER_WRITE,
                Permission.STAFF_WRITE,
                Permission.SUPPORT_WRITE,
                Permission.HOUSING_WRITE,
            }
        ),
    ),
    Scope(
        "read_children",
        Text("児童の行を読む", "Read rows of children"),
        frozenset({Permission.CHILD_READ}),
    ),
    Scope(
        "write_children",
        Text("児童の行を登録し、修正し、削除する", "Add, change and remove rows of children"),
        frozenset({Permission.CHILD_WRITE}),
    ),
)
SCOPES: dict[str, Scope] = {scope.code: scope for scope in _ALL}
"""Every scope. None of them decides, submits or publishes."""


def permitted(codes: Iterable[str]) -> frozenset[Permission]:
    """Return the permissions that scopes let through."""
    return frozenset(p for code in codes for p in SCOPES[code].permissions)


def scopes_of(membership: Membership) -> list[Scope]:
    """Return the scopes of which a role holds a part."""
    return [scope for scope in SCOPES.values() if scope.permissions & membership.kind.permissions]
