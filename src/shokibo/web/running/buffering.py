"""The server's worker: no thread is given to a request before it is there as a whole.

gunicorn starts, watches and stops the processes; in each, waitress holds the connections. Whoever
sends or reads slowly holds a connection of hundreds, and none of the few threads.
"""

import os
import time
from typing import Any

from django.conf import settings
from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.server import create_server

CONNECTIONS = 500
_IDLE_SECONDS = 30
_TICK = 1.0


class BufferingWorker(Worker):  # type: ignore[misc]
    """Serves until the arbiter ends it; requests that are there are answered first."""

    def run(self) -> None:
        """Turn waitress' loop, and let the arbiter know each second."""
        server: Any = create_server(
            self.wsgi,
            sockets=[listener.sock for listener in self.sockets],
            threads=self.cfg.threads,
            connection_limit=CONNECTIONS,
            channel_timeout=_IDLE_SECONDS,
            cleanup_interval=_IDLE_SECONDS // 3,
            max_request_body_size=10 * settings.IMPORT_MOST_BYTES,
            clear_untrusted_proxy_headers=False,  # SHOKIBO_PROXIED says whether they are believed
            asyncore_use_poll=True,
            ident=None,
        )
        while self.alive and self.ppid == os.getppid():
            self._turn(server)
        server.accepting = False
        until = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < until and any(
            channel.requests or channel.total_outbufs_len
            for channel in list(server.active_channels.values())
        ):
            self._turn(server)
        server.task_dispatcher.shutdown()

    def _turn(self, server: Any) -> None:
        self.notify()
        wasyncore.loop(timeout=_TICK, use_poll=True, map=server._map, count=1)
