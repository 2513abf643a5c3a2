"""Writes of actions."""

import datetime as dt
from functools import partial

from shokibo.web.certification import actions, carrying, reminders
from shokibo.web.certification.evidence import CheckedFile
from shokibo.web.certification.models import Application
from tests.web.applications import APRIL, certified, drafted, proposed, returned, submitted
from tests.web.world import World
from tests.web.writes.acting import Prepare, Write, fresh, on


def _with_file(row: Application, world: World) -> Application:
    actions.attach(
        office=world.office("home_staff"),
        application=row,
        version=row.version,
        file=CheckedFile("a.pdf", b"%PDF-"),
    )
    return row


def _detach(world: World) -> Write:
    row, office = _with_file(drafted(world), world), world.office("home_staff")
    return lambda: actions.detach(
        office=office, evidence=row.evidence.get(), version=fresh(row).version
    )


def _revised(world: World) -> Application:
    first, office = returned(world), world.office("home_staff")
    row = actions.revise(office=office, application=first, version=first.version)
    actions.submit(office=office, application=row, version=row.version)
    return row


def _carry(world: World) -> Write:
    for code in ("c4", "d4"):
        certified(world, code)
    return partial(carrying.carry, office=world.office("home_staff"), from_year=2022)


CERTIFICATION: dict[str, Prepare] = {
    "actions.draft": lambda world, _folder: partial(
        actions.draft,
        office=world.office("home_staff"),
        home=world.home,
        addon="dispersal",
        unit=world.unit("u4"),
        fiscal_year=2022,
        start_month=APRIL,
        requested_extra=1,
    ),
    "actions.edit": on(
        drafted, "application", "home_staff", actions.edit, values={"requested_extra": 2}
    ),
    "actions.attach": on(
        drafted, "application", "home_staff", actions.attach, file=CheckedFile("a.pdf", b"%PDF-")
    ),
    "actions.detach": lambda world, _folder: _detach(world),
    "actions.submit": on(drafted, "application", "home_staff", actions.submit),
    "actions.discard": on(
        lambda world: _with_file(drafted(world), world),
        "application",
        "home_staff",
        actions.discard,
    ),
    "actions.withdraw": on(submitted, "application", "home_staff", actions.withdraw, reason="転居"),
    "actions.withdraw with versions before": on(
        _revised, "application", "home_staff", actions.withdraw, reason="転居"
    ),
    "actions.send_for_correction": on(
        submitted,
        "application",
        "officer",
        actions.send_for_correction,
        comments={"unit": "直す", "staff": "確かめる"},
    ),
    "actions.revise": on(returned, "application", "home_staff", actions.revise),
    "actions.propose_certify": on(
        submitted, "application", "officer", actions.propose_certify, extra=1, reason="確認した"
    ),
    "actions.propose_reject": on(
        submitted, "application", "officer", actions.propose_reject, reason="要件を満たさない"
    ),
    "actions.take_back": on(proposed, "application", "officer", actions.take_back, reason="見直す"),
    "actions.send_back": on(
        proposed, "application", "approver", actions.send_back, reason="確かめる"
    ),
    "actions.certify": on(proposed, "application", "approver", actions.certify),
    "actions.reject": on(
        partial(proposed, decision="reject"), "application", "approver", actions.reject
    ),
    "actions.end": on(
        certified,
        "application",
        "approver",
        actions.end,
        ended_on=dt.date(2022, 4, 30),
        reason="退職",
    ),
    "carrying.carry": lambda world, _folder: _carry(world),
    "reminders._send": lambda _world, _folder: (
        lambda: next(
            reminders._send(due, dt.date(2022, 4, 3))
            for due in reminders.due_on(dt.date(2022, 4, 3))
        )
    ),
}
