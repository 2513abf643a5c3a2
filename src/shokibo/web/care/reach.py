"""What a person may see of children: the only way from a person to children and their records."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet
from django.http import Http404

from shokibo.care.access import CENTER, HOME, OPENED_FOR, Relation, Sight, relation_of_home, sight
from shokibo.care.stays import PROTECTION
from shokibo.law.parameters import Law
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.permissions import Permission
from shokibo.web.base import clock
from shokibo.web.care.models import MODELS, Child, Opening, Placement, Record
from shokibo.web.register.models import Authority, Home
from shokibo.web.store.reading import ledger_of
from shokibo.web.store.rules import own_law

HOME_DAYS = "home_sees_child_days"


def law_of(authority: Authority) -> Law:
    """Return the law, overridden by an authority's own values."""
    return own_law(ledger_of(authority, only=("authorities", "parameters")))


@dataclass(frozen=True)
class Reach:
    """A person at an authority, on a day."""

    office: Office
    day: dt.date

    @cached_property
    def homes(self) -> frozenset[int]:
        """The homes whose children the person sees."""
        return frozenset(home.pk for home in self.office.homes(Permission.CHILD_OF_HOME))

    @cached_property
    def home_days(self) -> int:
        """For how many days a home can still see a child who has left."""
        return law_of(self.office.authority).integer(HOME_DAYS, self.day) or 0

    def of_center(self) -> QuerySet[Child]:
        """Return the children in the charge of the person's center."""
        return self.office.rows(Child, Permission.CHILD_READ)

    def is_of_center(self, child: Child) -> bool:
        """Whether a child is in the charge of the person's center."""
        centers = self.office.centers(Permission.CHILD_READ)
        is_any = centers is None or child.center_code in centers
        return is_any and self.office.may(Permission.CHILD_READ)

    def children(self) -> QuerySet[Child]:
        """Return the children with whom the person has a relation, without opened records."""
        seen = Q(pk__in=self.of_center().values("pk"))
        if self.homes:
            since = self.day - dt.timedelta(days=self.home_days)
            stays = Placement.objects.filter(home__in=self.homes)
            stays = stays.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=since))
            seen |= Q(pk__in=stays.values("child"))
        return Child.objects.filter(seen, authority=self.office.authority)

    def child(self, pk: int) -> Child:
        """Return a child whose records the person may open. Raises Http404."""
        found = Child.objects.filter(authority=self.office.authority, pk=pk).first()
        if found is None or not self.sight(found, "child").read:
            raise Http404
        return found

    def relations(self, child: Child) -> list[tuple[str, Relation]]:
        """Return the person's relation to a child in each role."""
        found = []
        for membership in self.office.memberships:
            if membership.role == CENTER:
                is_own = membership.center_code in (None, "", child.center_code)
                found.append((CENTER, Relation.OWN_CENTER if is_own else self._as_other(child)))
            elif membership.role == HOME:
                found.append((HOME, self._as_home(child)))
        return found

    def relation(self, child: Child) -> Relation:
        """Return the nearest relation of the person to a child."""
        found = {relation for _role, relation in self.relations(child)}
        return next((one for one in Relation if one in found), Relation.NONE)

    def sight(self, child: Child, kind: str) -> Sight:
        """Return what the person may do with records of a kind of a child."""
        return _widest(sight(role, relation, kind) for role, relation in self.relations(child))

    def records(self, child: Child, kind: str) -> QuerySet[Record]:
        """Return the records of a kind that the person sees."""
        allowed, rows = self.sight(child, kind), MODELS[kind]._default_manager.filter(child=child)
        if not allowed.read:
            return rows.none()
        rows = rows.filter(home__in=self.homes) if allowed.own_home else rows
        named = {f.name for f in MODELS[kind]._meta.concrete_fields if f.is_relation}
        return rows.select_related(*sorted(named - {"authority", "child", "recorded_by"}))

    def record(self, kind: str, pk: int, *, write: bool = False) -> Record:
        """Return a record that the person sees, or may write. Raises Http404."""
        if kind not in MODELS:
            raise Http404
        rows = MODELS[kind]._default_manager.filter(authority=self.office.authority)
        row = rows.select_related("child").filter(pk=pk).first()
        if row is None or not self.records(row.child, kind).filter(pk=pk).exists():
            raise Http404
        if write and (is_of_protection(row) or not self.sight(row.child, kind).write):
            raise Http404
        return row

    def looked(self, what: str, child: Child) -> None:
        """Log a look at a child."""
        relation = self.relation(child).value
        self.office.looked(what, 1, child=child.pk, relation=relation)

    def _as_other(self, child: Child) -> Relation:
        since = clock.now() - OPENED_FOR
        opened = Opening.objects.filter(child=child, person=self.office.person, opened_at__gt=since)
        return Relation.OPENED if opened.exists() else Relation.OTHER_CENTER

    def _as_home(self, child: Child) -> Relation:
        stays = Placement.objects.filter(child=child, home__in=self.homes)
        days = list(stays.values_list("ended_on", flat=True))
        if not days:
            return Relation.NONE
        last = None if None in days else max(day for day in days if day)
        return relation_of_home(last, self.day, self.home_days)


def is_of_protection(row: Record) -> bool:
    """Whether a stay belongs to a protection, with whose record alone it changes."""
    return isinstance(row, Placement) and row.place == PROTECTION


def reach_of(office: Office) -> Reach:
    """Return what a person sees today."""
    return Reach(office, clock.today())


def _widest(sights: Iterable[Sight]) -> Sight:
    """Return what a person's roles allow together."""
    found = [one for one in sights if one.read]
    return Sight(
        read=bool(found),
        write=any(one.write for one in found),
        agree=any(one.agree for one in found),
        own_home=bool(found) and all(one.own_home for one in found),
    )


def homes_of(office: Office) -> list[Home]:
    """Return the homes that a record may refer to."""
    return office.homes(Permission.CHILD_WRITE)
