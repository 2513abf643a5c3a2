"""What a center watches: its children's clocks, and unusual looks at them."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.timezone import localtime

from shokibo.care.clocks import Clock
from shokibo.care.looks import Look, Usual, unusual
from shokibo.texts import Text
from shokibo.web.accounts.access import Office
from shokibo.web.audit import models as audit
from shokibo.web.base import clock
from shokibo.web.care.known import CLOCKED, known_of
from shokibo.web.care.models import Child, Opening, Placement, Situation
from shokibo.web.care.reach import law_of, reach_of

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Due:
    """A running clock, and its child."""

    child: Child
    clock: Clock


@dataclass(frozen=True)
class Unusual:
    """An unusual look: the log's entry, the child, and why."""

    look: audit.Look
    child: Child
    reasons: tuple[Text, ...]


def running(office: Office) -> list[Due]:
    """Return the clocks of the center's children that run today."""
    reach = reach_of(office)
    law = law_of(office.authority)
    found = [
        Due(known.child, one)
        for known in known_of(list(reach.of_center()), CLOCKED)
        for one in known.open_clocks(law, reach.day)
    ]
    return sorted(found, key=lambda due: (due.clock.due, due.child.code, due.clock.what))


def opened(office: Office) -> list[Opening]:
    """Return the openings of the center's children's records in the last week."""
    rows = Opening.objects.filter(
        child__in=reach_of(office).of_center(), opened_at__gt=clock.now() - WEEK
    )
    return list(rows.select_related("child", "person"))


def to_agree(office: Office) -> list[Situation]:
    """Return the latest policies of the children in a person's homes that these have not agreed to.

    The oldest comes first.
    """
    reach = reach_of(office)
    if not reach.homes:
        return []
    lasts = Q(ended_on__isnull=True) | Q(ended_on__gte=reach.day)
    living = Placement.objects.filter(lasts, home__in=reach.homes).values("child")
    found: dict[int, Situation] = {}
    for row in Situation.objects.filter(child__in=living, home__in=reach.homes):
        found.setdefault(row.child_id, row)
    asked = (row for row in found.values() if row.home_agreed_by_id is None)
    return sorted(asked, key=lambda row: (row.recorded_on, row.pk))


def unusual_looks(office: Office) -> list[Unusual]:
    """Return the unusual looks at the center's children of the last week, the latest first."""
    reach = reach_of(office)
    children = {child.pk: child for child in reach.of_center()}
    rows = audit.Look.objects.filter(
        authority=office.authority, child__in=children, at__gt=clock.now() - WEEK
    )
    law = law_of(office.authority)
    names = ("unusual_children_a_day", "unusual_before_hour", "unusual_from_hour")
    usual = Usual(*(law.integer(name, reach.day) or 0 for name in names))
    looks = {
        Look(row.actor_id, row.child or 0, localtime(row.at), row.relation or ""): row
        for row in rows
    }
    found = unusual(list(looks), usual)
    return [Unusual(looks[look], children[look.child], why) for look, why in found]
