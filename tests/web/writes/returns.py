"""Writes of returns."""

import datetime as dt
from functools import partial
from pathlib import Path

from shokibo.web.accounts.access import access_of
from shokibo.web.returns import actions
from shokibo.web.returns.models import Return
from shokibo.web.steps.taking import take
from tests.web.world import LETTER, World
from tests.web.writes.acting import Prepare, Write, act, on


def _drafted(world: World) -> Return:
    return actions.draft(office=world.office("officer"), form=1, year=2022)


def sent(world: World) -> Return:
    row = _drafted(world)
    take(
        actions.SUBMIT, office=world.office("approver"), row=row, version=row.version, values=LETTER
    )
    return row


def _correct(world: World, _folder: Path) -> Write:
    sent(world)
    return partial(actions.draft, office=world.office("officer"), form=1, year=2022)


def _deadline(day: int | None) -> Prepare:
    def prepare(world: World, _folder: Path) -> Write:
        enter = partial(actions.set_deadline, office=world.office("officer"), form=1, year=2022)
        enter(version=0, day=dt.date(2022, 6, 1), ground="国の通知")
        later = dt.date(2022, 6, day) if day else None
        return partial(enter, version=1, day=later, ground="国の通知")

    return prepare


def _paper(day: int | None, *, again: bool = False) -> Prepare:
    def prepare(world: World, _folder: Path) -> Write:
        world.authority.reports_from = 2022
        world.authority.save()
        mark = partial(
            actions.mark_paper,
            access=access_of(world.people["officer"]),
            authority=world.authority,
            form=1,
            year=2021,
        )
        if again:
            mark(version=0, day=dt.date(2021, 4, 28))
        then = dt.date(2021, 4, day) if day else None
        return partial(mark, version=int(again), day=then)

    return prepare


RETURNS: dict[str, Prepare] = {
    "steps.taking.take draft a return": act("officer", actions.draft, form=1, year=2022),
    "steps.taking.take draft a correction": _correct,
    "steps.taking.take edit a return": on(
        _drafted,
        "row",
        "officer",
        partial(take, actions.EDIT),
        values={**LETTER, "remark": "備考", "late_ground": ""},
    ),
    "steps.taking.take discard a return": on(
        _drafted, "row", "officer", partial(take, actions.DISCARD)
    ),
    "steps.taking.take submit a return": on(
        _drafted, "row", "approver", partial(take, actions.SUBMIT), values=LETTER
    ),
    "actions.set_deadline first": act(
        "officer",
        actions.set_deadline,
        form=1,
        year=2022,
        version=0,
        day=dt.date(2022, 6, 1),
        ground="国の通知",
    ),
    "actions.set_deadline another": _deadline(2),
    "actions.set_deadline none": _deadline(None),
    "actions.mark_paper first": _paper(28),
    "actions.mark_paper another": _paper(30, again=True),
    "actions.mark_paper none": _paper(None, again=True),
}
