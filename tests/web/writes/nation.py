"""Writes of the ministry, and of what it received."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from shokibo.web.accounts.access import access_of
from shokibo.web.nation import actions
from shokibo.web.returns.versions import latest_of
from tests.web.world import World
from tests.web.writes.acting import Prepare, Write
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


NATION: dict[str, Prepare] = {
    "steps.taking.take accept a return": _accept,
}
