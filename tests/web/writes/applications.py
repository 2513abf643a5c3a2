"""Writes of actions."""

import datetime as dt
from functools import partial

from shokibo.web.certification import actions, carrying, issuing, reminders
from shokibo.web.certification import transitions as steps
from shokibo.web.certification.evidence import CheckedFile
from shokibo.web.certification.models import Application
from shokibo.web.steps.taking import take
from tests.web.applications import (
    APRIL,
    OCTOBER,
    certified,
    certified_for_two,
    changing,
    drafted,
    ending,
    proposed,
    returned,
    submitted,
    unit_of_four,
)
from tests.web.world import World
from tests.web.writes.acting import Prepare, Write, act, fresh, on


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
    row = take(steps.REVISE, office=office, row=first, version=first.version)
    take(steps.SUBMIT, office=office, row=row, version=row.version)
    return row


def _issue(world: World) -> Write:
    office, rows = world.office("officer"), [certified(world)]
    issuing.set_letters(office=office, version=0, values={"pattern": "第{{ 番号 }}号"})
    return partial(
        issuing.issue,
        office=office,
        rows=rows,
        issued_on=APRIL,
        signatory="架空県知事",
        conditions="",
        remark="",
    )


def _prepare(world: World) -> Write:
    """Prepare the draft of a unit that a home then completes."""
    unit = unit_of_four(world, "c4")
    given = {"home": world.home, "unit": unit, "addon": "dispersal", "requested_extra": 1}
    when = {"fiscal_year": 2022, "start_month": OCTOBER}
    office = world.office("officer")
    return lambda: take(
        steps.PREPARE,
        office=office,
        row=Application(authority=world.authority, code="", **given, **when),
    )


def _carry(world: World) -> Write:
    for code in ("c4", "d4"):
        certified(world, code)
    return partial(carrying.carry, office=world.office("home_staff"), from_year=2022)


CERTIFICATION: dict[str, Prepare] = {
    "steps.taking.take draft": lambda world, _folder: partial(
        actions.draft,
        office=world.office("home_staff"),
        home=world.home,
        addon="dispersal",
        unit=world.unit("u4"),
        fiscal_year=2022,
        start_month=APRIL,
        requested_extra=1,
    ),
    "steps.taking.take prepare": lambda world, _folder: _prepare(world),
    "steps.taking.take edit": on(
        drafted, "row", "home_staff", partial(take, steps.EDIT), values={"requested_extra": 2}
    ),
    "actions.attach": on(
        drafted, "application", "home_staff", actions.attach, file=CheckedFile("a.pdf", b"%PDF-")
    ),
    "issuing.issue": lambda world, _folder: _issue(world),
    "issuing.set_letters": act(
        "officer", issuing.set_letters, version=0, values={"pattern": "第{{ 番号 }}号"}
    ),
    "actions.detach": lambda world, _folder: _detach(world),
    "steps.taking.take submit": on(drafted, "row", "home_staff", partial(take, steps.SUBMIT)),
    "steps.taking.take discard": on(
        lambda world: _with_file(drafted(world), world),
        "row",
        "home_staff",
        partial(take, steps.DISCARD),
    ),
    "steps.taking.take withdraw": on(
        submitted, "row", "home_staff", partial(take, steps.WITHDRAW), reason="転居"
    ),
    "steps.taking.take withdraw with versions before": on(
        _revised, "row", "home_staff", partial(take, steps.WITHDRAW), reason="転居"
    ),
    "steps.taking.take send_for_correction": on(
        submitted,
        "row",
        "officer",
        partial(take, steps.RETURN),
        values={"comments": {"unit": "修正", "staff": "確かめる"}},
    ),
    "steps.taking.take revise": on(returned, "row", "home_staff", partial(take, steps.REVISE)),
    "steps.taking.take propose_certify": on(
        submitted,
        "row",
        "officer",
        partial(take, steps.PROPOSE_CERTIFY),
        values={"proposed_extra": 1},
        reason="確認した",
    ),
    "steps.taking.take propose_reject": on(
        submitted, "row", "officer", partial(take, steps.PROPOSE_REJECT), reason="要件を満たさない"
    ),
    "steps.taking.take take_back": on(
        proposed, "row", "officer", partial(take, steps.TAKE_BACK), reason="見直す"
    ),
    "steps.taking.take send_back": on(
        proposed, "row", "approver", partial(take, steps.SEND_BACK), reason="確かめる"
    ),
    "steps.taking.take certify": on(proposed, "row", "approver", partial(take, steps.CERTIFY)),
    "steps.taking.take reject": on(
        partial(proposed, decision="reject"), "row", "approver", partial(take, steps.REJECT)
    ),
    "steps.taking.take propose_end": on(
        certified,
        "row",
        "officer",
        partial(take, steps.PROPOSE_END),
        values={"ended_on": dt.date(2022, 4, 30)},
        reason="退職",
    ),
    "steps.taking.take take_back_end": on(
        ending, "row", "officer", partial(take, steps.TAKE_BACK_END)
    ),
    "steps.taking.take propose_change": on(
        certified_for_two,
        "row",
        "officer",
        partial(take, steps.PROPOSE_CHANGE),
        values={"from_month": OCTOBER, "changed_extra": 1},
        reason="退職",
    ),
    "steps.taking.take change": on(changing, "row", "approver", partial(take, steps.CHANGE)),
    "steps.taking.take end": on(ending, "row", "approver", partial(take, steps.END)),
    "carrying.carry": lambda world, _folder: _carry(world),
    "reminders._send": lambda _world, _folder: (
        lambda: next(
            reminders._send(due, dt.date(2022, 4, 3))
            for due in reminders.due_on(dt.date(2022, 4, 3))
        )
    ),
}
