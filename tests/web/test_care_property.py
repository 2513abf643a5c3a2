"""The episodes of random lives are those that a plain replay of what was recorded gives."""

import datetime as dt
import random
from typing import Any

import pytest

from shokibo.web.care import actions
from shokibo.web.care.models import Placement
from shokibo.web.register.models import Episode
from tests.web.children import BROKEN, PROTECTED, child_of, placed, recorded
from tests.web.world import World

DAY = dt.timedelta(days=1)
FIRST = dt.date(2018, 4, 1)
FIELDS = ("place", "started_on", "ended_on", "end_reason", "move_reason")
HOMES, FAMILIES = ("children_home", "infant_home"), ("foster", "family_home")
PROTECTION = "temporary_protection"
Row = dict[str, Any]


def begun(rows: list[Row], place: str, day: dt.date, why: str | None) -> None:
    """Replay a new stay: the open one ends the day before."""
    if rows and rows[-1]["ended_on"] is None:
        to_family = place in FAMILIES and rows[-1]["place"] not in FAMILIES
        reason = "foster" if to_family else "transfer"
        rows[-1] |= {"ended_on": day - DAY, "end_reason": reason, "move_reason": why}
    rows.append(dict.fromkeys(FIELDS) | {"place": place, "started_on": day})


@pytest.mark.parametrize("seed", range(12))
def test_episodes_are_the_replay_of_a_life(world: World, seed: int) -> None:
    draw, day, rows, broken = random.Random(seed), FIRST, list[Row](), False
    child, office = child_of(world), world.office("center_staff")
    for _ in range(10):
        day += draw.randrange(1, 140) * DAY
        is_open = bool(rows) and rows[-1]["ended_on"] is None
        what = draw.choice(["place", "place", "protect", "break", "end", "remove"])
        if what == "place":
            place, why = draw.choice(HOMES + FAMILIES), draw.choice(["planned", "other", None])
            placed(world, child, place=place, home=None, unit=None, started_on=day, move_reason=why)
            begun(rows, place, day, why)
            broken = False
        elif what == "protect":
            recorded(world, child, "protection", **PROTECTED | {"started_on": day})
            begun(rows, PROTECTION, day, "breakdown" if broken and is_open else "other")
            broken = False
        elif what == "break" and is_open:
            recorded(world, child, "breakdown", **BROKEN | {"noticed_on": day})
            broken = True
        elif what == "end" and is_open:
            stay = actions.open_stay(child)
            assert stay is not None
            last = {"ended_on": day, "end_reason": "return_home"}
            actions.end_care(office=office, child=child, version=stay.version, **last)  # type: ignore[arg-type]
            rows[-1] |= last
        elif what == "remove" and rows and rows[-1]["place"] != PROTECTION:
            stay = Placement.objects.get(child=child, started_on=rows.pop()["started_on"])
            actions.remove(office=office, kind="placement", row=stay, version=stay.version)
    found = Episode.objects.filter(child_code=child.code).order_by("started_on")
    assert list(found.values(*FIELDS)) == rows
    assert all(found.values_list("of_records", flat=True))
