"""Initial values of a record's form from earlier records, so that nothing is typed twice."""

from typing import Any

from shokibo.web.base.clock import today
from shokibo.web.care.models import Assessment, Breakdown, Child, Placement, Situation

_PLACE_OF = {"home": "children_home", "foster": "foster"}


def prefilled(child: Child, kind: str) -> dict[str, Any]:
    """Return the initial values of a new record of a kind."""
    return _FILLED[kind](child)


def _assessment(child: Child) -> dict[str, Any]:
    last = Assessment.objects.filter(child=child).first()
    known = ("individual_care", "at_most_four", "needs")
    return {
        "assessed_on": today(),
        **({name: getattr(last, name) for name in known} if last else {}),
    }


def _placement(child: Child) -> dict[str, Any]:
    found: dict[str, Any] = {"started_on": today()}
    if last := Assessment.objects.filter(child=child).first():
        found |= {"place": _PLACE_OF[last.outcome], "home": last.home_id, "unit": last.unit_id}
    if (stay := _stay(child)) and stay.ended_on is None:
        broken = Breakdown.objects.filter(child=child, noticed_on__gte=stay.started_on).exists()
        found["move_reason"] = "breakdown" if broken else "planned"
    return found


def _situation(child: Child) -> dict[str, Any]:
    stay, last = _stay(child), Situation.objects.filter(child=child).first()
    return {
        "recorded_on": today(),
        "home": stay.home_id if stay else None,
        "goal": last.goal if last else None,
    }


def _breakdown(_child: Child) -> dict[str, Any]:
    return {"noticed_on": today(), "next_step": "protection"}


def _protection(_child: Child) -> dict[str, Any]:
    return {"started_on": today()}


def _backing(child: Child) -> dict[str, Any]:
    stay, broken = _stay(child), Breakdown.objects.filter(child=child).first()
    found: dict[str, Any] = {"started_on": today(), "team": broken.took_part if broken else []}
    if stay:
        found |= {"home": stay.home_id, "unit": stay.unit_id, "started_on": stay.started_on}
    return found


def _stay(child: Child) -> Placement | None:
    return Placement.objects.filter(child=child).first()


_FILLED = {
    "assessment": _assessment,
    "placement": _placement,
    "situation": _situation,
    "breakdown": _breakdown,
    "protection": _protection,
    "backing": _backing,
}
