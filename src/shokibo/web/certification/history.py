"""An application's history and its other versions."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from shokibo.web.accounts.access import Office
from shokibo.web.audit.models import Event
from shokibo.web.audit.words import action_of
from shokibo.web.base.words import wareki
from shokibo.web.certification.models import STATES, Application
from shokibo.web.store.wording import header

_INSIDE = (
    "application.propose",
    "application.propose_end",
    "application.propose_change",
    "application.take_back",
    "application.send_back",
)
"""Steps within the office, which a home does not see."""
_COMPARED = ("unit", "start_month", "requested_extra")


def is_inside(office: Office) -> bool:
    """Whether a person sees the office's internal steps, not only the outcome."""
    return office.sees_all_homes


def shown_state(application: Application, *, inside: bool) -> tuple[str, str]:
    """Return the code and name of the visible state."""
    state = application.state_seen(inside=inside)
    return state, _(STATES[state])


def timeline_of(chain: list[Application], *, inside: bool) -> list[dict[str, object]]:
    """Return all steps of all versions in chronological order, from the log."""
    shown_codes = {row.pk: f"({row.code})" if len(chain) > 1 else "" for row in chain}
    events = Event.objects.filter(
        subject_kind=Application._meta.label_lower, subject_id__in=shown_codes
    ).order_by("at", "pk")
    if not inside:
        events = events.exclude(action__in=_INSIDE)
    steps = [
        {
            "when": wareki(event.at),
            "what": action_of(event) + shown_codes.get(event.subject_id or 0, ""),
            "who": event.actor_name if event.actor_id else "",
            "why": event.reason,
            "now": False,
        }
        for event in events
    ]
    if steps:
        steps[-1]["now"] = True
    return steps


@dataclass(frozen=True)
class Difference:
    """A field that a version changed."""

    name: str
    before: Any
    after: Any


def differences(application: Application) -> list[Difference]:
    """Return how a version differs from the one before; files are compared by digest."""
    before = application.previous
    if before is None:
        return []
    found = [
        Difference(header(Application, name), getattr(before, name), getattr(application, name))
        for name in _COMPARED
        if getattr(before, name) != getattr(application, name)
    ]
    files = [
        {row.sha256: row.name for row in version.evidence.defer("content")}
        for version in (before, application)
    ]
    if files[0].keys() != files[1].keys():
        old, new = (_("、").join(part.values()) for part in files)
        found.append(Difference(_("根拠資料"), old or None, new or None))
    return found
