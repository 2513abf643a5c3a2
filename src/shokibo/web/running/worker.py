"""The worker: does the work that pages leave to it, and takes up what another left unfinished.

`python -m shokibo.web.running.worker` is the one that stands beside a server of the small
installation: it ends when what it was started with does.
"""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from subprocess import PIPE, Popen
from threading import Thread

from shokibo.web.running.setup import ready

INTERVAL = 1.0
"""Seconds between two looks for work."""
_AWAY = 5.0
"""Seconds to wait while the database is away."""
_LOG = logging.getLogger(__name__)


def work(when_ready: Callable[[], None] = lambda: None) -> None:
    """Work until SIGTERM or Ctrl-C; what is being done is finished first. Django is ready."""
    from django.db import OperationalError, connection
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    from shokibo.web.exchange.tasks import take_up

    worker = Worker(
        queue_names=["default"],
        interval=INTERVAL,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    worker.configure_signals()
    when_ready()
    is_new = True
    while worker.running:
        try:
            if is_new:
                take_up()
                is_new = False
            worker.run()
        except OperationalError as error:  # goes on once the database is back
            _LOG.warning("database away: %s", error)
            connection.close()
            time.sleep(_AWAY)


def beside() -> "Popen[bytes]":
    """Start a worker beside this process; it ends with it, however that ends."""
    return Popen([sys.executable, "-m", __name__], stdin=PIPE)  # noqa: S603


def _end_with_starter() -> None:
    """Stop as SIGTERM does once nobody holds the other end of the standard input."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    Thread(target=_end_with_starter, daemon=True).start()
    ready()
    work()
