"""Make Django ready in this process, and the database what the program expects."""

import logging
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from shokibo.files import make_private

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Prepared:
    """What a server prints when it starts.

    `logins` are roles and addresses of the demonstration; `token` is that of the invitation of
    the first administrator, `new_password` the path at which one who is let in again chooses a
    password, blank if there is none.
    """

    logins: tuple[tuple[str, str], ...] = ()
    token: str = ""
    has_admin: bool = True
    new_password: str = ""


def ready() -> None:
    """Load the settings and the applications. Raises UnsafeSettingsError.

    What the program writes from here on is its owner's alone: the database with its journals, keys,
    backups, uploaded files.
    """
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shokibo.web.settings")
    import django

    from shokibo.web.environment.reading import read_environment

    read_environment(os.environ)
    django.setup()


def migrate(*, practice: bool = False) -> None:
    """Bring the database to the program's version; make its folder and its cache table.

    Raises RefusedError if an office's database is to be a practice's, or the other way.
    """
    from django.conf import settings
    from django.core.management import call_command

    from shokibo.web.accounts.factor_secrets import bring_to_first_key
    from shokibo.web.audit.sealing import seal_all
    from shokibo.web.running.marks import check_for_office, check_for_practice
    from shokibo.web.running.owning import as_owner

    make_private(settings.ENVIRONMENT.var)
    (check_for_practice if practice else check_for_office)()
    with as_owner():
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    seal_all()
    if lost := bring_to_first_key():
        _LOG.warning("second factors that no key of SHOKIBO_FACTOR_KEY opens: %s", lost)


def prepare(*, demo: bool, admin: str | None, readmit: str | None) -> Prepared:
    """Bring the database to the program's version, with the example or an administrator.

    In a process of its own: Polars has threads, and a process with threads can't be forked into
    the server's workers. Raises UnsafeSettingsError, RefusedError.
    """
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        return pool.submit(_prepare, demo, admin, readmit).result()


def _prepare(demo: bool, admin: str | None, readmit: str | None) -> Prepared:
    ready()
    migrate(practice=demo)
    from shokibo.web.accounts import actions

    if demo:
        from shokibo.web.running.demo import prepare_demo

        return Prepared(tuple(prepare_demo()))
    known = actions.has_admin()
    return Prepared(
        token=actions.invite_first_admin(admin) if admin and not known else "",
        has_admin=known,
        new_password=actions.readmit(readmit) if readmit else "",
    )
