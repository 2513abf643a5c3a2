"""What was done with a home and its units, from the log, as steps in time."""

from collections.abc import Iterable

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from shokibo.web.audit.models import Event
from shokibo.web.audit.words import ACTIONS
from shokibo.web.look.language import language
from shokibo.web.look.templatetags.look import wareki
from shokibo.web.register.models import Home, Unit
from shokibo.web.register.wording import header, kind_of_row, said

_KINDS = ("home", "unit", "capacity", "confirmation", "occupancy", "changeproposal")
_OF_UNIT = ("register.capacity", "register.changeproposal")
_TOLD_BY_FIELDS = ("register.capacity", "register.confirmation", "register.occupancy")
"""What was added is told by its fields; its own name would only say them again."""
_UNSAID = {
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
    """Give what was done with a home and its units; of the first load only the home's own row."""
    kinds = [f"register.{kind}" for kind in _KINDS]
    loaded = Q(action="register.load") & ~Q(subject_kind="register.home")
    return Event.objects.filter(
        authority=home.authority_id, home=home, subject_kind__in=kinds
    ).exclude(loaded)


def of_unit(unit: Unit) -> QuerySet[Event]:
    """Give what was done with a unit, its capacities and the proposals about it."""
    of_home = Event.objects.filter(authority=unit.authority_id, home=unit.home_id)
    own = of_home.filter(subject_kind__in=_OF_UNIT, after__unit=unit.pk).values("subject_id")
    return of_home.filter(
        Q(subject_kind="register.unit", subject_id=unit.pk)
        | Q(subject_kind__in=_OF_UNIT, subject_id__in=own)
    )


def steps(events: Iterable[Event], units: Iterable[Unit]) -> list[dict[str, object]]:
    """Write events as the steps of a timeline; `units` are those whose names may be needed."""
    names = {unit.pk: unit.name for unit in units}
    return [_step(event, names) for event in events]


def _step(event: Event, names: dict[int, str]) -> dict[str, object]:
    model = apps.get_model(event.subject_kind)
    words = ACTIONS[event.action].say(language())
    changes = _("、").join(_changes(event, model, names))
    told_below = not event.before and event.subject_kind in _TOLD_BY_FIELDS
    subject = "" if told_below else event.subject
    reason = _("理由:%(reason)s") % {"reason": event.reason} if event.reason else ""
    return {
        "when": wareki(event.at),
        "what": f"{words}:" + " ".join(part for part in (kind_of_row(model), subject) if part),
        "who": event.actor_name if event.actor_id else _("システム"),
        "why": "\n".join(part for part in (changes, reason) if part),
    }


def _changes(event: Event, model: type[Model], names: dict[int, str]) -> Iterable[str]:
    for name in {**event.before, **event.after}:
        if name in _UNSAID:
            continue
        before, after = (_said(model, name, side, names) for side in (event.before, event.after))
        change = after if not event.before else f"{before} → {after}"
        yield f"{header(model, name)}:{before if not event.after else change}"


def _said(model: type[Model], name: str, side: dict[str, object], names: dict[int, str]) -> str:
    value = side.get(name)
    if name == "unit" and isinstance(value, int):
        value = names.get(value, value)
    return said(model, name, value)
