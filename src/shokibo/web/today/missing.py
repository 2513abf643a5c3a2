"""What is missing from each home's applications, and the mail by which an officer reminds it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shokibo import calendar
from shokibo.web.accounts.access import Office
from shokibo.web.accounts.models import Membership, Person
from shokibo.web.accounts.permissions import Permission
from shokibo.web.audit.models import Event
from shokibo.web.audit.recording import Act, note
from shokibo.web.base.clock import today
from shokibo.web.base.forms import ShownForm
from shokibo.web.base.seen import Facts, hold
from shokibo.web.base.words import clock_time, nendo
from shokibo.web.certification.models import Application
from shokibo.web.register.models import Authority, Home
from shokibo.web.today.figures import Figures
from shokibo.web.today.known import scope_of

_EXAMINE, _WRITE = Permission.APPLICATION_EXAMINE, Permission.APPLICATION_WRITE
_BODY = """{name} 様

{authority}です。次の手続をお願いします。

{homes}

shokibo の「申請」から手続ができます。
"""


@dataclass(frozen=True)
class MissingFromHome:
    """What a home has still to do, who gets the mail of it, and the one sent today, if any."""

    home: Home
    items: tuple[str, ...]
    people: tuple[Person, ...]
    sent: Event | None

    @property
    def names(self) -> str:
        """Name who gets the mail."""
        return "、".join(person.name for person in self.people)

    @property
    def sent_words(self) -> str:
        """Say who sent a mail today, and when; blank if nobody did."""
        if self.sent is None:
            return ""
        words = {"who": self.sent.actor_name, "time": clock_time(self.sent.at)}
        return _("本日%(time)sに%(who)sが送信済み") % words


class RemindForm(ShownForm):
    """The homes that are reminded: at first those that nobody reminded today."""

    homes = forms.MultipleChoiceField(
        label=gettext_lazy("知らせる施設"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("知らせる施設を、一つ以上選んでください。")},
    )

    def __init__(self, *args: Any, found: Collection[MissingFromHome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reached = [one for one in found if one.people]
        field: Any = self.fields["homes"]
        field.choices = [(str(one.home.pk), str(one.home)) for one in reached]
        self.initial["homes"] = [str(one.home.pk) for one in reached if one.sent is None]


def missing(office: Office) -> list[MissingFromHome]:
    """Find the homes with applications that were returned, or not made again this year."""
    items: dict[int, list[str]] = {}
    rows = office.rows(Application, _EXAMINE).select_related("home", "unit", "unit__home")
    returned = rows.filter(state="returned", following__isnull=True).order_by("applied_on", "pk")
    for row in returned:
        words = _("差し戻された申請の修正:%(what)s") % {"what": _what(row)}
        items.setdefault(row.home_id, []).append(words)
    figures, year = Figures(scope_of(office), today()), calendar.fiscal_year_of(today())
    last = rows.in_bulk([one.application for one in figures.not_applied_again])
    for row in last.values():
        words = _("%(year)sの申請の提出:%(what)s") % {"year": nendo(year), "what": _what(row)}
        items.setdefault(row.home_id, []).append(words)
    homes = office.rows(Home, _EXAMINE).filter(pk__in=items).order_by("code")
    sent = _sent_today(office.authority)
    people = _people(office.authority)
    return [
        MissingFromHome(
            home,
            tuple(items[home.pk]),
            tuple({at.person.pk: at.person for at in people if at.may(_WRITE, home)}.values()),
            sent.get(home.pk),
        )
        for home in homes
    ]


def _what(row: Application) -> str:
    return " ".join(str(part) for part in (row.get_addon_display(), row.unit, row.code) if part)


def _sent_today(authority: Authority) -> Mapping[int, Event]:
    events = Event.objects.filter(authority=authority, action="home.remind", at__date=today())
    return {event.home_id: event for event in events.order_by("pk") if event.home_id}


def _people(authority: Authority) -> list[Office]:
    held = Membership.objects.filter(
        authority=authority, ended_at__isnull=True, person__is_active=True
    ).select_related("person")
    return [Office(one.person, authority, (one,)) for one in held.order_by("person__name", "pk")]


def facts_of(found: Collection[MissingFromHome]) -> Facts:
    """Return what the page shows of each home."""
    return {
        str(one.home): f"{'、'.join(one.items)} → {one.names or '—'} {one.sent_words}".strip()
        for one in found
    }


def missing_facts(office: Office) -> Facts:
    """Return what is missing now, in Japanese, as the form carries it."""
    with translation.override("ja"):
        return facts_of(missing(office))


@transaction.atomic
def remind(*, office: Office, homes: Collection[str], seen: str) -> int:
    """Send each person a mail of what is missing from the homes chosen; return how many.

    Raises ChangedSinceError if the page showed something else.
    """
    if not office.may(_EXAMINE):
        raise PermissionDenied(_EXAMINE)
    Authority.objects.select_for_update().get(pk=office.authority.pk)
    with translation.override("ja"):
        found = missing(office)
        hold(seen, facts_of(found))
        chosen = [one for one in found if str(one.home.pk) in homes and one.people]
        for one in chosen:
            words = f"宛先:{one.names}。{'、'.join(one.items)}"
            note(Act(office.person, "home.remind", words), one.home)
        people = {person.pk: person for one in chosen for person in one.people}
        for person in people.values():
            body = _BODY.format(
                name=person.name,
                authority=office.authority.name,
                homes="\n\n".join(
                    "\n".join([str(one.home), *(f"・{item}" for item in one.items)])
                    for one in chosen
                    if person in one.people
                ),
            )
            send_mail("【shokibo】申請の手続のお願い", body, None, [person.email])
    return len(people)
