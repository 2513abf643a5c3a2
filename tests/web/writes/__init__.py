"""Every write of the program, to be done again and again from the same rows.

A write is named by its module under `shokibo.web` and its function; words after it tell variants
apart.
"""

from functools import partial
from pathlib import Path

from django.contrib.auth.signals import user_logged_in
from django.core.mail import EmailMessage

from shokibo.ledger.reading import read_ledger
from shokibo.web.accounts import security
from shokibo.web.audit import sealing
from shokibo.web.audit.recording import Act
from shokibo.web.base.seen import seal
from shokibo.web.mail import tasks
from shokibo.web.mail.backend import QueuedBackend
from shokibo.web.running.demo import prepare_demo
from shokibo.web.store.loading import load
from shokibo.web.today import actions as today
from shokibo.web.today import missing
from tests.builders import EXAMPLES
from tests.web.applications import returned
from tests.web.world import World
from tests.web.writes.acting import Prepare, Write
from tests.web.writes.applications import CERTIFICATION
from tests.web.writes.care import CARE
from tests.web.writes.exchange import EXCHANGE
from tests.web.writes.nation import NATION
from tests.web.writes.needs import NEEDS
from tests.web.writes.office import OFFICE
from tests.web.writes.opendata import OPENDATA
from tests.web.writes.people import ACCOUNTS, TOKENS
from tests.web.writes.planning import PLANNING
from tests.web.writes.register import REGISTER
from tests.web.writes.returns import RETURNS


def _send() -> None:
    message = EmailMessage("件名", "本文", "office@example.jp", ["new@example.jp"])
    QueuedBackend().send_messages([message])


def _left(_world: World) -> Write:
    _send()
    return tasks.take_up


def _load(_world: World) -> Write:
    ledger = read_ledger(EXAMPLES / "setagaya")
    return partial(load, Act(None, "register.load"), ledger)


def _reminded(world: World, _folder: Path) -> Write:
    returned(world, unit="違います")
    office = world.office("officer")
    return partial(
        missing.remind,
        office=office,
        homes=[str(world.home.pk)],
        seen=seal(missing.missing_facts(office)),
    )


_OF_APPS = {
    "certification": CERTIFICATION,
    "care": CARE,
    "homes": REGISTER,
    "planning": PLANNING,
    "returns": RETURNS,
    "exchange": EXCHANGE,
    "nation": NATION,
    "needs": NEEDS,
    "office": OFFICE,
    "opendata": OPENDATA,
}
WRITES: dict[str, Prepare] = {
    **{
        name if name.startswith("steps.") else f"{app}.{name}": write
        for app, writes in _OF_APPS.items()
        for name, write in writes.items()
    },
    **{f"accounts.{name}": write for name, write in ACCOUNTS.items()},
    **{f"api.{name}": write for name, write in TOKENS.items()},
    "audit.sealing._seal": lambda _world, _folder: sealing.seal_all,
    "accounts.security._done": lambda world, _folder: partial(
        security._done, user_logged_in, world.people["officer"]
    ),
    "accounts.security._failed": lambda _world, _folder: partial(
        security._failed, {"email": "officer@example.jp"}
    ),
    "store.loading.load": lambda world, _folder: _load(world),
    "mail.backend.QueuedBackend.send_messages": lambda _world, _folder: _send,
    "mail.tasks.take_up": lambda world, _folder: _left(world),
    "running.demo.prepare_demo": lambda _world, _folder: prepare_demo,
    "today.missing.remind": _reminded,
    "today.actions.set_homes_due": lambda world, _folder: (
        lambda: today.set_homes_due(office=world.office("officer"), version=1, month=6, day=1)
    ),
}
