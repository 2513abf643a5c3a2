"""The worker of the small installation's server: started again by it, and ended with it.

`python -m shokibo.web.running.worker_process` is that worker. It ends when its standard input does,
so that it outlives no server, however that ended.
"""

import logging
import os
import signal
import sys
import time
from subprocess import PIPE, Popen
from threading import Event, Thread

from shokibo.web.running.setup import ready

SHORTEST, LONGEST = 1.0, 60.0
"""Seconds until a worker that ended is started again: twice as many after each short life."""
_LOG = logging.getLogger(__name__)


class WorkerProcess:
    """Runs a worker in a process of its own, and starts it again, until it is to leave."""

    def __init__(self) -> None:
        self._is_over = Event()
        self._process = _started()
        Thread(target=self._keep, daemon=True).start()

    def leave(self) -> None:
        """Let the worker finish what it is doing, and start no other."""
        self._is_over.set()
        _hang_up(self._process)

    def _keep(self) -> None:
        """Wait, which holds no lock that a fork of the server could find held."""
        pause, since = SHORTEST, time.monotonic()
        while True:
            self._process.wait()
            _hang_up(self._process)
            if time.monotonic() - since > LONGEST:
                pause = SHORTEST
            if self._is_over.is_set():
                return
            _LOG.warning("the worker beside the server ended; started again in %g s", pause)
            if self._is_over.wait(pause):
                return
            self._process, since = _started(), time.monotonic()
            pause = min(2 * pause, LONGEST)


def _started() -> "Popen[bytes]":
    return Popen([sys.executable, "-m", __name__], stdin=PIPE)  # noqa: S603


def _hang_up(process: "Popen[bytes]") -> None:
    if process.stdin is not None:
        process.stdin.close()


def _end_with_starter() -> None:
    """Stop once nobody holds the other end of the standard input."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGHUP)


if __name__ == "__main__":
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup one that comes early would be lost
    Thread(target=_end_with_starter, daemon=True).start()
    ready()
    from shokibo.web.running.worker import work

    work()
