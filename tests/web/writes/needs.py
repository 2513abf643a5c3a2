"""Writes of forecasts and proposals."""

from functools import partial

from shokibo.web.needs import actions, computing, tasks
from shokibo.web.needs.models import Calculation
from shokibo.web.pages.grid.saving import Changes
from shokibo.web.planning.models import Need
from tests.web.calculations import FORECAST, our_forecast
from tests.web.world import World
from tests.web.writes.acting import Prepare, Write, act, fresh


def _waiting(world: World) -> Calculation:
    return Calculation.objects.create(
        authority=world.authority,
        kind="forecast",
        asked=our_forecast(world).asked,
        asked_by=world.people["officer"],
    )


def _stopped(world: World, _folder: object) -> Write:
    row, office = _waiting(world), world.office("officer")
    return lambda: actions.stop(office=office, calculation=fresh(row))


def _adopted(world: World, _folder: object) -> Write:
    row, office = our_forecast(world), world.office("officer")
    added = {"fiscal_year": 2030, "age_band": "preschool", "children": 9}
    changes = Changes(Need, [added])
    return lambda: actions.adopt(office=office, calculation=fresh(row), changes=changes)


def _left(world: World, _folder: object) -> Write:
    _waiting(world)
    return tasks.take_up


NEEDS: dict[str, Prepare] = {
    "actions.ask": act("officer", actions.ask, asked=FORECAST),
    "actions.ask_for_files": act("officer", actions.ask_for_files, kind="check"),
    "actions.ask_for_all": lambda _world, _folder: partial(actions.ask_for_all, kinds=["check"]),
    "actions.stop": _stopped,
    "actions.adopt": _adopted,
    "computing.end": lambda world, _folder: partial(
        computing.end, _waiting(world).pk, "refused", message={}
    ),
    "tasks.take_up": _left,
    "tasks.broke_off": lambda world, _folder: partial(tasks.broke_off, _waiting(world).pk),
}
