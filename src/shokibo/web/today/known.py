"""Whose rows the start page reads, and what is worked out of them once."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.kept_answers import kept
from shokibo.web.register.models import Authority, Home

Told = TypeVar("Told")


@dataclass(frozen=True)
class Scope:
    """Whose rows are read: an authority's, or with `homes` those of these homes alone."""

    authority: Authority
    homes: tuple[Home, ...] | None = None

    @property
    def keys(self) -> tuple[int, ...] | None:
        """The homes' keys, by which what was worked out for others is told apart."""
        return None if self.homes is None else tuple(home.pk for home in self.homes)


def scope_of(office: Office) -> Scope:
    """Give the part of the register that a person reads."""
    if any(
        role.scope == "authority" and Permission.REGISTER_READ in role.permissions
        for role in office.roles
    ):
        return Scope(office.authority)
    return Scope(office.authority, tuple(office.homes(Permission.REGISTER_READ)))


def known(scope: Scope, what: str, day: dt.date, work_out: Callable[[], Told]) -> Told:
    """Give what was worked out for this state of the data on this day, or work it out."""
    return kept(scope.authority, (what, scope.keys, day), work_out)
