"""Writes of open data."""

from functools import partial
from pathlib import Path

from shokibo.web.opendata import actions
from shokibo.web.opendata.drafting import drafted
from shokibo.web.steps.taking import take
from tests.web.test_opendata import publish
from tests.web.world import World
from tests.web.writes.acting import Prepare, Write, act, on


def _open(world: World, _folder: Path) -> Write:
    draft = drafted(world.authority, None)
    publishing = partial(actions.publish, chosen=draft.chosen, digest=draft.digest)
    return partial(publishing, office=world.office("officer"))


OPENDATA: dict[str, Prepare] = {
    "actions.set_settings": act(
        "officer", actions.set_settings, version=0, threshold=10, licence="CC BY 4.0"
    ),
    "steps.taking.take publish open data": _open,
    "steps.taking.take withdraw open data": on(
        publish, "row", "officer", partial(take, actions.WITHDRAW), reason="誤り"
    ),
}
