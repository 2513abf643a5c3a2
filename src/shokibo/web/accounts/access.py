"""What a person may see and do: the only way from a person to rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, cast

from django.db.models import Model, Q, QuerySet

from shokibo.web.accounts.models import Membership, Person
from shokibo.web.accounts.permissions import Permission
from shokibo.web.accounts.roles import Role
from shokibo.web.audit.models import LONGEST_LOOK, Look
from shokibo.web.register.models import Authority, Home

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Access:
    """A person with the roles they hold now."""

    person: Person
    memberships: tuple[Membership, ...]

    def holding(self, permission: Permission) -> tuple[Membership, ...]:
        """Return the memberships that carry a permission."""
        return tuple(m for m in self.memberships if permission in m.kind.permissions)

    def may(self, permission: Permission) -> bool:
        """Whether the person holds a permission anywhere."""
        return bool(self.holding(permission))

    @cached_property
    def authorities(self) -> list[Authority]:
        """The authorities in which the person holds any role."""
        return list(
            Authority.objects.filter(pk__in={m.authority_id for m in self.memberships}).order_by(
                "code"
            )
        )

    def over(self, authority: Authority) -> "Office":
        """Return the person's place at an authority through nationwide roles."""
        held = tuple(m for m in self.memberships if m.kind.scope == "nation")
        return Office(self.person, authority, held)

    def office(self, code: str) -> "Office | None":
        """Return the person's place at an authority; None if they have none."""
        held = tuple(m for m in self.memberships if m.authority and m.authority.code == code)
        return Office(self.person, cast("Authority", held[0].authority), held) if held else None


@dataclass(frozen=True)
class Office:
    """A person at one authority. Pages and actions get their rows from here and nowhere else."""

    person: Person
    authority: Authority
    memberships: tuple[Membership, ...]

    def may(self, permission: Permission, home: Home | None = None) -> bool:
        """Whether the person holds a permission here, over a home if one is given."""
        held = [m for m in self.memberships if permission in m.kind.permissions]
        if home is None:
            return bool(held)
        return any(
            m.authority_id == home.authority_id
            and (
                m.kind.scope == "authority"
                or m.home_id == home.pk
                or (m.operator != "" and m.operator == home.operator)
            )
            for m in held
        )

    def rows(self, model: type[Row], permission: Permission) -> QuerySet[Row]:
        """Return the rows of a model over which the person holds a permission."""
        rows = model._default_manager.all()
        if model is Authority:
            return rows.filter(pk=self.authority.pk) if self.may(permission) else rows.none()
        path: str | None = cast(
            "Any", model
        ).home_path  # the authority's own rows belong to no home
        scope = Q(pk__in=[])
        for membership in self.memberships:
            if permission not in membership.kind.permissions:
                continue
            if membership.kind.scope == "authority":
                of_all = Q(authority=membership.authority)
                scope |= of_all & _of_center(model, membership.center_code)
            elif path is not None and membership.home_id is not None:
                scope |= Q(**{path: membership.home_id})
            elif path is not None:
                operator = "operator" if path == "pk" else f"{path}__operator"
                scope |= Q(**{operator: membership.operator})
        return rows.filter(scope, authority=self.authority)

    def homes(self, permission: Permission) -> list[Home]:
        """Return the homes over which the person holds a permission."""
        return list(self.rows(Home, permission))

    def centers(self, permission: Permission) -> frozenset[str] | None:
        """Return the centers over whose children the person holds a permission; None for all."""
        held = [m.center_code for m in self.memberships if permission in m.kind.permissions]
        return None if None in held or "" in held else frozenset(map(str, held))

    def looked(
        self,
        what: str,
        rows: int,
        home: Home | None = None,
        *,
        child: int | None = None,
        relation: str | None = None,
    ) -> None:
        """Log that the person looked at rows of staff or children: on which page, how many.

        `child` and `relation` name the child, if it is one, and the person's relation to it.
        """
        Look.objects.create(
            actor=self.person,
            actor_name=self.person.name,
            authority=self.authority,
            home=home,
            what=what[:LONGEST_LOOK],
            rows=rows,
            child=child,
            relation=relation,
        )

    @property
    def roles(self) -> Iterator[type[Role]]:
        """The roles held here."""
        return (membership.kind for membership in self.memberships)

    def holds_over_all(self, permission: Permission) -> bool:
        """Whether a role over the whole authority holds a permission."""
        return any(
            role.scope == "authority" and permission in role.permissions for role in self.roles
        )

    @property
    def sees_all_homes(self) -> bool:
        """Whether some role here is over the whole authority."""
        return any(role.scope == "authority" for role in self.roles)


def _of_center(model: type[Model], center: str | None) -> Q:
    """Restrict children's rows to those of a center; all of them if none is named."""
    path: str | None = getattr(model, "center_path", None)
    return Q(**{path: center}) if center and path else Q()


def access_of(person: Person) -> Access:
    """Return what a person may see and do now."""
    held = (
        person.memberships.filter(ended_at__isnull=True)
        .select_related("authority", "home")
        .order_by("pk")
    )
    return Access(person, tuple(held) if person.is_active else ())
