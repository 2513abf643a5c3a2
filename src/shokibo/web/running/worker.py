"""The worker: does the work that pages leave to it, and takes up what another left unfinished.

To be imported once Django is ready.
"""

import logging
import signal
import time
from collections.abc import Callable
from types import FrameType

from django.db import OperationalError, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker

from shokibo.web.exchange import tasks as exchange
from shokibo.web.mail import tasks as mail
from shokibo.web.nation import tasks as nation
from shokibo.web.needs import tasks as needs
from shokibo.web.running.nightly import nightly

INTERVAL = 1.0
"""Seconds between two looks for work."""
_AWAY = 5.0
"""Seconds to wait while the database is away."""
_LOG = logging.getLogger(__name__)


class Worker(db_worker.Worker):
    """The library's worker, which ends between two looks for work and never within a query.

    A second SIGTERM or Ctrl-C breaks off what is being done. SIGHUP, which says that whoever
    started it is gone, never does.
    """

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """End when what is being done is finished; break it off where that was said before."""
        if self.running_task and not self.running:
            super().shutdown(signum, frame)
        self.leave(signum, frame)

    def leave(self, signum: int, _frame: FrameType | None) -> None:
        """End when what is being done is finished."""
        _LOG.info("%s: the worker ends", signal.Signals(signum).name)
        self.running = False

    def configure_signals(self) -> None:
        """Listen to SIGHUP too."""
        super().configure_signals()
        signal.signal(signal.SIGHUP, self.leave)


def work(when_ready: Callable[[], None] = lambda: None) -> None:
    """Work until SIGTERM or Ctrl-C; what is being done is finished first.

    Raises OperationalError if the database is away at the start; one that goes away later is
    waited for.
    """
    connection.ensure_connection()
    worker = Worker(
        queue_names=["default", "mail"],
        interval=INTERVAL,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    worker.configure_signals()
    with nightly():
        when_ready()
        while worker.running:
            try:
                exchange.take_up()
                needs.take_up()
                nation.take_up()
                mail.take_up()
                worker.run()
            except OperationalError as error:  # goes on once the database is back
                _LOG.warning("database away: %s", error)
                connection.close()
                time.sleep(_AWAY)
