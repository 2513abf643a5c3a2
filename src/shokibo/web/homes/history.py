"""The history of a home and its units, from the log."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from shokibo.web.audit.models import Event
from shokibo.web.audit.words import action_of
from shokibo.web.base.words import colon, wareki
from shokibo.web.register.models import Home, Unit
from shokibo.web.store.wording import kind_of_row
from shokibo.web.trail import describing

_KINDS = (
    "register.home",
    "register.unit",
    "register.capacity",
    "register.confirmation",
    "register.occupancy",
    "register.changeproposal",
    "certification.handover",
)
_OF_UNIT = ("register.capacity", "register.changeproposal", "certification.handover")
_DESCRIBED_BY_FIELDS = ("register.capacity", "register.confirmation", "register.occupancy")
"""What was added is described by its fields; its own name would only repeat them."""
_NOT_SHOWN = {
    "authority",
    "home",
    "comment",
    "reason",
    "proposed_at",
    "proposed_by",
    "decided_at",
    "decided_by",
}


def of_home(home: Home) -> QuerySet[Event]:
    """Return the events of a home and its units; of the first load only the home's own row."""
    loaded = Q(action="register.load") & ~Q(subject_kind="register.home")
    return Event.objects.filter(
        authority=home.authority_id, home=home, subject_kind__in=_KINDS
    ).exclude(loaded)


def of_unit(unit: Unit) -> QuerySet[Event]:
    """Return the events of a unit, its capacities, proposals and handovers."""
    of_home = Event.objects.filter(authority=unit.authority_id, home=unit.home_id)
    own = Q(subject_kind="register.unit", subject_id=unit.pk)
    for kind in _OF_UNIT:
        of_kind = of_home.filter(subject_kind=kind, after__unit=unit.pk)
        own |= Q(subject_kind=kind, subject_id__in=of_kind.values("subject_id"))
    return of_home.filter(own)


def steps(events: Iterable[Event]) -> list[dict[str, object]]:
    """Convert events to the steps of a timeline."""
    shown = list(events)
    names = describing.names_in(shown)
    found: list[dict[str, object]] = []
    for event in shown:
        changes = []
        for one in describing.changes_of(event, names):
            change = one.after if not event.before else f"{one.before} → {one.after}"
            if one.field not in _NOT_SHOWN:
                changes.append(f"{colon(one.header)}{one.before if not event.after else change}")
        why = [_("、").join(changes)]
        if event.reason:
            why.append(_("理由:%(reason)s") % {"reason": event.reason})
        is_described = not event.before and event.subject_kind in _DESCRIBED_BY_FIELDS
        what = (
            kind_of_row(describing.model_of(event)),
            "" if is_described else event.subject_name,
        )
        found.append(
            {
                "when": wareki(event.at),
                "what": colon(action_of(event)) + " ".join(filter(None, what)),
                "who": event.actor_name if event.actor_id else _("システム"),
                "why": "\n".join(filter(None, why)),
            }
        )
    return found
