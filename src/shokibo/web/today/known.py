"""What is worked out once for each state of an authority's data, and kept until it changes.

Every change of a row is logged, so the latest events tell one state from another. The key holds
whose rows were read, so nobody is answered from what was worked out for others.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache as once
from importlib.metadata import version
from typing import TypeVar

from django.core.cache import cache

from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.models import Event
from shokibo.web.register.models import Authority, Home

Told = TypeVar("Told")

_EVENTS = 50
"""So many of the latest events are compared: one that is committed late is among them."""
_BUSY_SECONDS = 30
_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Scope:
    """Whose rows are read: an authority's, or with `homes` those of these homes alone."""

    authority: Authority
    homes: tuple[Home, ...] | None = None

    @property
    def name(self) -> str:
        """Name it in a key."""
        if self.homes is None:
            return f"{self.authority.pk}-all"
        return f"{self.authority.pk}-" + ".".join(str(home.pk) for home in self.homes)


def scope_of(office: Office) -> Scope:
    """Give the part of the register that a person reads."""
    if any(
        role.scope == "authority" and Permission.REGISTER_READ in role.permissions
        for role in office.roles
    ):
        return Scope(office.authority)
    return Scope(office.authority, tuple(office.homes(Permission.REGISTER_READ)))


def known(scope: Scope, what: str, day: dt.date, work_out: Callable[[], Told]) -> Told:
    """Give what was worked out for this state of the data on this day, or work it out.

    One request works it out; those that ask in the meantime get what was known before, if any.
    """
    key = f"{what}-" + hashlib.sha256(scope.name.encode()).hexdigest()
    state = (scope.name, day, _program(), _latest(scope.authority))
    kept: tuple[object, Told] | None = cache.get(key)
    mine = kept is None or kept[0] == state or cache.add(f"{key}-busy", 1, _BUSY_SECONDS)
    if kept is not None and (kept[0] == state or not mine):
        return kept[1]
    try:
        told = work_out()
        cache.set(key, (state, told), _SECONDS)
    finally:
        cache.delete(f"{key}-busy")
    return told


def _latest(authority: Authority) -> Sequence[int]:
    events = Event.objects.filter(authority=authority).order_by("-at", "-pk")
    return list(events.values_list("pk", flat=True)[:_EVENTS])


@once
def _program() -> str:
    """Give the program's version: another one may work out something else."""
    return version("shokibo")
