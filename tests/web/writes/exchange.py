"""Writes of imports."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

from shokibo.web.accounts.models import Membership
from shokibo.web.exchange import actions, applying, dry_run, tasks
from shokibo.web.exchange.models import Run
from tests.web.imports import brought, downloaded, edited, taken_in
from tests.web.world import OURS, World
from tests.web.writes.acting import Prepare, Write, on

PAST = dt.datetime(2022, 4, 1, tzinfo=dt.UTC)


def _workbook(world: World) -> bytes:
    content = edited(downloaded(world.office("officer")), "staff", "u-1", job="その他")
    content = edited(content, "staff", "m-1", delete="○")
    added = {"home_id": "n", "name": "新しい園", "operator": "新法人", "authority_code": OURS}
    return edited(content, "homes", "", **added)


def _of_home(world: World) -> bytes:
    content = downloaded(world.office("home_staff"))
    return edited(content, "capacities", "", unit_id="u4", effective_from="2023-04-01", capacity=5)


def _read(world: World) -> Run:
    return brought(world, "officer", _workbook(world))


def _asked(world: World, role: str = "officer", content: bytes = b"") -> Run:
    run = brought(world, role, content or _workbook(world))
    actions.ask(office=world.office(role), run=run, version=run.version, reason="試験")
    return run


def _waiting(world: World) -> Run:
    return actions.upload(
        office=world.office("officer"), name="台帳.xlsx", content=_workbook(world)
    )


def _tried_twice(world: World) -> Run:
    run = _waiting(world)
    Run.objects.update(tries=2)
    return run


def _work(made: Callable[[World], Run], work: Callable[[int], object]) -> Prepare:
    def prepare(world: World, _folder: Path) -> Write:
        return partial(work, made(world).pk)

    return prepare


def _undo(role: str, content: Callable[[World], bytes]) -> Prepare:
    return on(lambda world: taken_in(world, role, content(world)), "run", role, actions.undo)


def _without_role(made: Callable[[World], Run]) -> Callable[[World], Run]:
    def ended(world: World) -> Run:
        run = made(world)
        Membership.objects.filter(person=world.people["officer"]).update(
            ended_at=PAST, ended_by=world.people["admin"]
        )
        return run

    return ended


EXCHANGE: dict[str, Prepare] = {
    "actions.upload": lambda world, _folder: partial(
        actions.upload, office=world.office("officer"), name="台帳.xlsx", content=b"x"
    ),
    "actions.ask": on(_read, "run", "officer", actions.ask, reason="試験"),
    "applying.apply": _work(_asked, applying.apply),
    "applying.apply of a home": _work(
        lambda world: _asked(world, "home_staff", _of_home(world)), applying.apply
    ),
    "actions.undo": _undo("officer", _workbook),
    "actions.undo of a home": _undo("home_staff", _of_home),
    "actions.discard": on(_read, "run", "officer", actions.discard),
    "actions.again": on(_read, "run", "officer", actions.again),
    "models.Run.leave": _work(_without_role(_asked), applying.apply),
    "dry_run.dry_run": _work(_waiting, dry_run.dry_run),
    "models.Run.leave of a waiting one": _work(_without_role(_waiting), dry_run.dry_run),
    "tasks.take_up": lambda world, _folder: (_waiting(world), tasks.take_up)[1],
    "tasks._begun": _work(_waiting, tasks._begun),
    "tasks._begun after two tries": _work(_tried_twice, tasks._begun),
    "tasks.broke_off": _work(_waiting, tasks.broke_off),
}
