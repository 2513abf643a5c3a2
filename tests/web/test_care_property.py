"""Random lives: their episodes are a plain replay's, and a home sees them by stay and day."""

import datetime as dt
import random
from itertools import pairwise
from typing import Any

import pytest
from django.urls import reverse

from shokibo.web.base import clock
from shokibo.web.care import actions
from shokibo.web.care.models import Child, Placement
from shokibo.web.register.models import Episode
from tests.web.calling import caller
from tests.web.children import BROKEN, PROTECTED, child_of, placed, recorded
from tests.web.world import OURS, World

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


def stays_of(draw: random.Random, today: dt.date) -> list[Row]:
    """Draw a life in our home, our sister home and elsewhere, whose moves lie near the 90 days."""
    day, rows = today - draw.randrange(200, 900) * DAY, list[Row]()
    while day <= today and len(rows) < 5:
        rows.append({"home": draw.choice(["home", "sister", None]), "started_on": day})
        day = draw.choice([today - near * DAY for near in (88, 89, 90, 91)] + [day + 150 * DAY])
        day = max(day, rows[-1]["started_on"] + DAY)
    for row, following in pairwise(rows):
        row["ended_on"] = following["started_on"] - DAY
    rows[-1]["ended_on"] = draw.choice([None, None, max(rows[-1]["started_on"], today - 90 * DAY)])
    return rows


def sees(rows: list[Row], home: str, today: dt.date) -> bool:
    """Whether a home sees a child on a day, told plainly."""
    stays = [row for row in rows if row["home"] == home]
    return any(row["ended_on"] is None or (today - row["ended_on"]).days <= 90 for row in stays)


@pytest.mark.parametrize("seed", range(4))
def test_a_home_sees_a_child_by_its_stays_and_the_day_everywhere(world: World, seed: int) -> None:
    draw, today = random.Random(seed), clock.today()
    office, person = world.authority, world.people["center_staff"]
    lived: dict[str, list[Row]] = {}
    for _ in range(8):
        child = child_of(world)
        lived[child.code] = stays_of(draw, today)
        whose = {"authority": office, "child": child, "recorded_by": person}
        for row in lived[child.code]:
            home = row["home"] and getattr(world, row["home"])
            days = {"started_on": row["started_on"], "ended_on": row["ended_on"]}
            Placement.objects.create(**whose, place="children_home", home=home, **days)
    keys = dict(Child.objects.values_list("code", "pk"))
    for role, home in (("home_staff", "home"), ("home_staff:sister", "sister")):
        client = world.client(role)
        seen = {code for code, rows in lived.items() if sees(rows, home, today)}
        page = reverse("care:children", args=[OURS])
        for address in (page, f"{page}?export=csv", f"{page}?words={next(iter(keys))}"):
            shown = client.get(address).content.decode()
            visible = {code for code in lived if f">{code}<" in shown or f"\n{code}," in shown}
            assert visible <= seen
            assert "words" in address or visible == seen, address
        for code, key in keys.items():
            answer = client.get(reverse("care:child", args=[OURS, key]))
            assert (answer.status_code == 200) is (code in seen)
            assert (code in answer.content.decode()) is (code in seen)
        assert caller(world, role).get("{ours}/tables/episodes").status_code == 403
        ledger = client.get(reverse("exchange:ledger", args=[OURS, "csv"])).content
        search = client.get(f"{reverse('today:search', args=[OURS])}?words={next(iter(keys))}")
        assert not any(code.encode() in ledger for code in keys)
        assert f">{next(iter(keys))}<" not in search.content.decode()
    counts = world.client("officer").get(reverse("care:counts", args=[OURS])).content.decode()
    assert not any(code in counts for code in keys)
