"""Ten invented children (架空) of the practice, made by the center's own actions.

Days are counted back from today, so that a clock runs on whatever day a practice begins.
"""

import datetime as dt
from typing import Any

import numpy as np

from shokibo.care.kinds import BY_CODE
from shokibo.web.accounts.access import Office
from shokibo.web.base.clock import today
from shokibo.web.care import actions
from shokibo.web.register.models import Unit

_CENTER = "架空"
"""The center that the example's episodes name."""
_SEED = 1
"""What the codes are drawn from: the same ones in every practice."""
Values = dict[str, Any]
Given = tuple[str, Values]
"""A record: its kind and its items. Days (`…_on`) are how many days ago, a unit is its code."""


def _assessed(on: int, unit: str = "", **values: Any) -> Given:
    needs = {"individual_care": False, "at_most_four": False, "heard": True, "heard_how": "talk"}
    outcome = "home" if unit else "foster"
    return "assessment", {"assessed_on": on, "unit": unit, "outcome": outcome, **needs, **values}


def _placed(on: int, place: str, unit: str = "", **values: Any) -> Given:
    return "placement", {"started_on": on, "place": place, "unit": unit, **values}


def _agreed(on: int, goal: str, unit: str = "", *, review_on: int, policy: str = "") -> Given:
    values = {"recorded_on": on, "goal": goal, "unit": unit, "review_on": review_on}
    return "situation", {**values, "policy": policy}


def _broken(on: int, breakdown: str, next_step: str = "protection") -> Given:
    took_part = ["center", "head", "psychologist"]
    values = {"breakdown": breakdown, "tried": ["talk", "staff"], "took_part": took_part}
    return "breakdown", {"noticed_on": on, "next_step": next_step, **values}


def _protected(on: int, **values: Any) -> Given:
    return "protection", {"started_on": on, "protected_at": "center", **values}


_IN_NEED = {"individual_care": True, "at_most_four": True, "needs": ["trauma"]}
_TEAM = ["center", "head", "individual_worker", "psychologist", "backup_worker"]
_LIVES: tuple[tuple[int, tuple[Given, ...]], ...] = (
    (
        4600,  # its placement broke down: temporary protection is next
        (
            _assessed(810, "ikuseien-m1"),
            _placed(790, "children_home", "ikuseien-m1"),
            _agreed(780, "return_home", "ikuseien-m1", review_on=-30),
            _broken(6, "children"),
        ),
    ),
    (
        5100,  # in temporary protection, whose two months run
        (
            _assessed(1010, "fukuinryo-g1"),
            _placed(1000, "children_home", "fukuinryo-g1"),
            _agreed(990, "independence", "fukuinryo-g1", review_on=40),
            _broken(24, "adults"),
            _protected(20, consent=True, consent_on=18),
        ),
    ),
    (
        4200,  # returned to a smaller unit, with backing
        (
            _assessed(900, "fukuinryo-m2"),
            _placed(890, "children_home", "fukuinryo-m2"),
            _agreed(880, "stay", "fukuinryo-m2", review_on=150),
            _broken(160, "violence"),
            _protected(150, warrant_asked_on=146, warrant_given_on=143),
            _assessed(
                115, "ikuseien-g1", **_IN_NEED, coordinated_on=112, coordinated_with=["head"]
            ),
            _placed(105, "children_home", "ikuseien-g1"),
            (
                "backing",
                {"unit": "ikuseien-g1", "started_on": 105, "team": _TEAM, "review_on": -15},
            ),
            _agreed(100, "stay", "ikuseien-g1", review_on=-80, policy="小さな単位で生活を整える。"),
        ),
    ),
    (
        3900,
        (
            _assessed(640, "ikuseien-g1", **_IN_NEED),
            _placed(630, "children_home", "ikuseien-g1"),
            _agreed(620, "stay", "ikuseien-g1", review_on=-110),
        ),
    ),
    (
        5900,
        (
            _assessed(1400, "fukuinryo-m1"),
            _placed(1390, "children_home", "fukuinryo-m1"),
            _placed(400, "children_home", "fukuinryo-g2", move_reason="planned"),
            _agreed(390, "independence", "fukuinryo-g2", review_on=-60),
        ),
    ),
    (
        3300,
        (
            _assessed(300, "ikuseien-g2"),
            _placed(290, "children_home", "ikuseien-g2"),
            _agreed(280, "return_home", "ikuseien-g2", review_on=-5),
        ),
    ),
    (
        1500,
        (
            _assessed(700),
            _placed(690, "foster"),
            _agreed(680, "adoption", review_on=-20),
        ),
    ),
    (
        2700,
        (
            _assessed(1210, "fukuinryo-m3"),
            _placed(1200, "children_home", "fukuinryo-m3"),
            _assessed(530),
            _placed(520, "foster", move_reason="planned"),
            _agreed(510, "foster", review_on=-90),
        ),
    ),
    (
        900,
        (
            _assessed(470),
            _placed(460, "foster"),
            _agreed(450, "foster", review_on=-45),
        ),
    ),
    (
        4000,
        (
            _assessed(260),
            _placed(250, "family_home"),
            _agreed(240, "return_home", review_on=-10),
            _broken(70, "wish", "support"),
            ("backing", {"started_on": 60, "team": ["center", "foster_worker"], "review_on": -25}),
        ),
    ),
)
"""The children: how many days ago each was born, and its records in the order of their days."""


def add_children(office: Office) -> None:
    """Register the children and their records, as the center's staff of an office."""
    drawn = np.random.default_rng(_SEED)
    units = {unit.code: unit for unit in Unit.objects.filter(home__authority=office.authority)}
    for born, records in _LIVES:
        month = _days_ago(born).replace(day=1)
        values = {"birth_month": month, "center_code": _CENTER}
        child = actions.register(
            office=office, values=values, draw=lambda below: int(drawn.integers(below))
        )
        for kind, given in records:
            actions.add(office=office, child=child, kind=kind, values=_filled(kind, given, units))


def _filled(kind: str, given: Values, units: dict[str, Unit]) -> Values:
    """Return the items of a record as its form gives them."""
    values = {
        name: _days_ago(value) if name.endswith("_on") else value for name, value in given.items()
    }
    unit = units.get(given.get("unit", ""))
    found = {**values, "unit": unit, "home": unit.home if unit else None}
    items = {item.name for item in BY_CODE[kind].items}
    return {name: value for name, value in found.items() if name in items}


def _days_ago(days: int) -> dt.date:
    return today() - dt.timedelta(days=days)
