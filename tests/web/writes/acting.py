"""How a write is made ready and done: from rows as they are now each time."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.db.models import Model

from tests.web.world import World

Write = Callable[[], object]
Prepare = Callable[[World, Path], Write]
Made = Callable[[World], Model]


def fresh(row: Model) -> Any:  # noqa: ANN401
    """Return a row as it is now, with nothing left from the time before."""
    return type(row)._default_manager.get(pk=row.pk)


def act(role: str, act: Callable[..., object], **given: object) -> Prepare:
    """Act in an office on no row."""

    def prepare(world: World, _folder: Path) -> Write:
        return partial(act, office=world.office(role), **given)

    return prepare


def on(made: Made, name: str, role: str, act: Callable[..., object], **given: object) -> Prepare:
    """Act in an office on a row that is made before, as it is now each time."""

    def prepare(world: World, _folder: Path) -> Write:
        row, office = made(world), world.office(role)

        def write() -> None:
            current = fresh(row)
            act(office=office, **{name: current}, version=current.version, **given)

        return write

    return prepare
