"""Reminders of deadlines by e-mail, each once to each person."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.mail import send_mail
from django.db import IntegrityError, transaction

from shokibo import calendar
from shokibo.web.accounts.models import Membership, Person
from shokibo.web.accounts.permissions import Permission
from shokibo.web.certification.deadlines import Deadline, forms_due, next_homes_due
from shokibo.web.certification.models import Reminder
from shokibo.web.register.models import Authority

DAYS_BEFORE = (14, 7, 1)
_BODY = """{name} 様

{authority}の{what}は、{due}です(あと{days}日)。

shokibo から自動で送っています。
"""
_WHO = {
    "homes": Permission.APPLICATION_WRITE,
    "form1": Permission.RETURN_DRAFT,
    "form2": Permission.RETURN_DRAFT,
}
"""Whom a deadline concerns: homes that apply, or officers who draft returns."""


@dataclass(frozen=True)
class Due:
    """A reminder to be sent: to whom, of what, how many days before."""

    authority: Authority
    person: Person
    deadline: Deadline
    days_before: int


def due_on(day: dt.date) -> Iterator[Due]:
    """Return the reminders due on a day and not sent yet.

    A missed day is made up for: the latest passed step is due.
    """
    sent = set(
        Reminder.objects.filter(due__gte=day).values_list(
            "authority_id", "person_id", "what", "due", "days_before"
        )
    )
    for authority in Authority.objects.all():
        for deadline in (next_homes_due(authority, day), *forms_due(authority, day)):
            # 14 from 14 to 8 days before, then 7, then 1
            left = deadline.days_left(day)
            step = min((days for days in DAYS_BEFORE if 1 <= left <= days), default=None)
            if step is None:
                continue
            memberships = Membership.objects.filter(
                authority=authority, ended_at__isnull=True, person__is_active=True
            ).select_related("person")
            wanted = _WHO[deadline.code]
            people = {m.person_id: m.person for m in memberships if wanted in m.kind.permissions}
            for person in people.values():
                key = (authority.pk, person.pk, deadline.code, deadline.due, step)
                if key not in sent:
                    yield Due(authority, person, deadline, step)


def remind(day: dt.date) -> int:
    """Queue the reminders due on a day for the worker; return how many."""
    return sum(_send(due, day) for due in list(due_on(day)))


def _send(due: Due, day: dt.date) -> bool:
    """Store the reminder together with its mail."""
    try:
        with transaction.atomic():
            Reminder.objects.create(
                authority=due.authority,
                person=due.person,
                what=due.deadline.code,
                due=due.deadline.due,
                days_before=due.days_before,
            )
            what, when = due.deadline.what.ja, calendar.era_date(due.deadline.due)
            body = _BODY.format(
                name=due.person.name,
                authority=due.authority.name,
                what=what,
                due=when,
                days=due.deadline.days_left(day),
            )
            send_mail(f"【shokibo】{what} {when}", body, None, [due.person.email])
    except IntegrityError:
        return False  # another run was first
    return True
