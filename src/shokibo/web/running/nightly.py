"""What the worker starts by itself each night: the drill, in a process of its own."""

import logging
import subprocess
import sys
import time
from threading import Thread

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from shokibo.web.look import clock
from shokibo.web.running.drill import is_due

INTERVAL = 600.0
"""Seconds between two looks whether it is due."""
_LOG = logging.getLogger(__name__)


def start_nightly() -> None:
    """Look now and then whether the drill is due, as long as this process lives."""
    Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    while True:
        try:
            if is_due(timezone.localtime(clock.now())):
                subprocess.run([sys.executable, "-m", "shokibo.web.running.drill"], check=False)
        except (DatabaseError, InterfaceError) as error:  # looks again once the database is back
            _LOG.warning("database away: %s", error)
        finally:
            connection.close()
        time.sleep(INTERVAL)
