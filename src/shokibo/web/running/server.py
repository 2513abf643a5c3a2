"""Serve the pages: gunicorn, one process on the small installation's SQLite, else one per core."""

import os
import socket
from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from gunicorn.app.base import BaseApplication

from shokibo.web.running.worker_process import WorkerProcess

THREADS = 8
MOST_WORKERS = 8
"""Each thread keeps a connection: 64 leave room within the 100 that PostgreSQL lets in."""


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        from shokibo.web.wsgi import application  # in the worker, after the fork

        return application


def is_free(host: str, port: int) -> bool:
    """Return whether nothing listens at an address."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError:
            return False
    return True


def serve(
    host: str, port: int, when_ready: Callable[[], None], when_stopped: Callable[[], None]
) -> None:
    """Serve until stopped by Ctrl-C or SIGTERM, then end the process; requests are finished.

    The small installation's worker runs with it; an office runs `shokibo worker` by itself.
    """
    is_office = bool(os.environ.get("DATABASE_URL"))
    cores = os.cpu_count() or 1
    workers = min(cores, MOST_WORKERS) if is_office else 1
    # Polars would start a thread a core in every worker: more than there are cores.
    os.environ.setdefault("POLARS_MAX_THREADS", str(cores // workers))
    background = None if is_office else WorkerProcess()
    options = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "threads": THREADS,
        "worker_class": "shokibo.web.running.buffering.BufferingWorker",
        "loglevel": "warning",
        "control_socket_disable": True,
        "when_ready": lambda _: when_ready(),
        "on_exit": lambda _: _stop(background, when_stopped),
    }
    _Server(options).run()


def _stop(background: WorkerProcess | None, when_stopped: Callable[[], None]) -> None:
    if background is not None:
        background.leave()
    when_stopped()
