"""Whose rows the start page reads, and what is computed from them once."""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from typing import TypeVar

from shokibo.ledger.tables import BY_NAME
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.register.models import Authority, Home
from shokibo.web.store.answers import cached
from shokibo.web.store.mapping import models_of

T = TypeVar("T")


@dataclass(frozen=True)
class Scope:
    """Whose rows are read: an authority's, or with `homes` those of these homes alone."""

    authority: Authority
    homes: tuple[Home, ...] | None = None

    @property
    def keys(self) -> tuple[int, ...] | None:
        """The homes' keys, which are part of the key of what is cached."""
        return None if self.homes is None else tuple(home.pk for home in self.homes)


def scope_of(office: Office) -> Scope:
    """Return the part of the register that a person reads."""
    if office.holds_over_all(Permission.REGISTER_READ):
        return Scope(office.authority)
    return Scope(office.authority, tuple(office.homes(Permission.REGISTER_READ)))


def known(
    scope: Scope,
    what: tuple[Hashable, ...],
    compute: Callable[[], T],
    tables: Collection[str] = tuple(BY_NAME),
) -> T:
    """Return what was computed from some tables of the scope as they are, or compute it.

    It has no words, and nothing of the person that asks.
    """
    named = ("today", *what, scope.keys)
    return cached(scope.authority, named, compute, models_of(tables), shared=True)
