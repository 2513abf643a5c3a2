"""Writes of the ministry, and of what it received."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from shokibo.web.accounts.access import access_of
from shokibo.web.nation import actions, tasks
from shokibo.web.nation.publishing import drafted_sum
from shokibo.web.nation.reading import ReadFile
from shokibo.web.receipts import steps
from shokibo.web.returns.versions import latest_of
from tests.web.deliveries import asked, delivered, waiting
from tests.web.world import World
from tests.web.writes.acting import Prepare, Write, fresh, on
from tests.web.writes.returns import sent


def _of_form(world: World) -> dict[str, object]:
    access = access_of(world.people["ministry"])
    return {"access": access, "authority": world.authority, "form": 1, "year": 2022}


def _accept(world: World, _folder: Path) -> Write:
    sent(world)
    version = latest_of(world.authority, 1, 2022)
    assert version is not None
    accept: Callable[..., object] = actions.accept
    return partial(accept, **_of_form(world), sha256=version.sha256)


def _publish(world: World, _folder: Path) -> Write:
    given = _of_form(world)
    accept: Callable[..., object] = actions.accept
    accept(**given, sha256=delivered(world).sha256)
    del given["authority"]
    publish: Callable[..., object] = actions.publish_sum
    return partial(publish, **given, digest=drafted_sum(1, 2022).digest)


def _receive(world: World, _folder: Path) -> Write:
    access = access_of(world.people["ministry"])

    def receive() -> None:
        books = [SimpleUploadedFile("a.xlsx", b"x")]
        day = dt.date(2022, 4, 1)
        actions.receive(access=access, form=1, year=2022, came_on=day, workbooks=books)

    return receive


def _read(world: World, _folder: Path) -> Write:
    file = waiting(world.people["ministry"], b"x")
    return lambda: tasks.end(file.pk, ReadFile("unreadable"))


def _left(world: World, _folder: Path) -> Write:
    waiting(world.people["ministry"], b"x")
    return tasks.take_up


def _ask(world: World, _folder: Path) -> Write:
    return lambda: asked(world)


def _withdraw(world: World, _folder: Path) -> Write:
    office = access_of(world.people["ministry"]).over(world.authority)
    row = asked(world)
    return lambda: steps.withdraw(office=office, row=fresh(row), version=row.version)


NATION: dict[str, Prepare] = {
    "steps.taking.take ask about a return": _ask,
    "steps.taking.take withdraw a question": _withdraw,
    "steps.taking.take answer a question": on(
        asked, "row", "officer", partial(steps.answer, answer="直しました。")
    ),
    "actions.publish_sum": _publish,
    "actions.receive": _receive,
    "tasks.end": _read,
    "tasks.take_up": _left,
    "steps.taking.take accept a return": _accept,
}
