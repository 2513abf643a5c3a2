"""Make Django ready in this process, and the database what the program expects."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True)
class Prepared:
    """What a server tells when it starts.

    `logins` are roles and addresses of the demonstration; `token` is that of the invitation of
    the first administrator, blank where none was made.
    """

    logins: tuple[tuple[str, str], ...] = ()
    token: str = ""
    has_admin: bool = True


def ready() -> None:
    """Load the settings and the applications. Raises UnsafeSettingsError."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shokibo.web.settings")
    import django

    from shokibo.web.environment import read_environment

    read_environment(os.environ)
    django.setup()


def migrate() -> None:
    """Bring the database to the program's version; make its folder and its cache table."""
    from django.conf import settings
    from django.core.management import call_command

    settings.ENVIRONMENT.var.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def prepare(*, demo: bool, admin: str | None) -> Prepared:
    """Bring the database to the program's version, with the example or the first administrator.

    In a process of its own: Polars has threads, and a process with threads can't be forked into
    the server's workers. Raises UnsafeSettingsError, FileNotFoundError.
    """
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as apart:
        return apart.submit(_prepare, demo, admin).result()


def _prepare(demo: bool, admin: str | None) -> Prepared:
    ready()
    migrate()
    from shokibo.web.accounts.actions import has_admin, invite_first_admin

    if demo:
        from shokibo.web.running.demo import prepare_demo

        return Prepared(tuple(prepare_demo()))
    known = has_admin()
    return Prepared((), invite_first_admin(admin) if admin and not known else "", known)
