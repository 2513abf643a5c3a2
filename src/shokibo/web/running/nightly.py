"""What the worker starts each night: the drill, in a separate process."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from shokibo.web.base import clock
from shokibo.web.running.drill import is_due

INTERVAL = 600.0
"""Seconds between two checks whether it is due."""
_LOG = logging.getLogger(__name__)


@contextmanager
def nightly() -> Iterator[None]:
    """Check regularly whether the drill is due; a running one is finished first."""
    over = Event()
    thread = Thread(target=_watch, args=(over,))
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _watch(over: Event) -> None:
    while not over.is_set():
        try:
            if is_due(timezone.localtime(clock.now())):
                subprocess.run([sys.executable, "-m", "shokibo.web.running.drill"], check=False)
        except (DatabaseError, InterfaceError) as error:  # looks again once the database is back
            _LOG.warning("database away: %s", error)
        finally:
            connection.close()
        over.wait(INTERVAL)
