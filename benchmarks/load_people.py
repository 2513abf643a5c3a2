"""Simultaneous users, each with their own connection, and time to read and think."""

import http.client
import json
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from benchmarks.load_server import HOST

CSRF = "a" * 32
PATIENCE = 60
_AGAIN = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)
"""Errors after which a browser retries: the server closed an idle connection."""


class WrongAnswerError(Exception):
    """An answer that is not the page asked for."""


@dataclass(frozen=True)
class Opened:
    """An opened page: when (since the start), how long it took, how large it was."""

    name: str
    at: float
    seconds: float
    size: int


@dataclass(frozen=True)
class Hours:
    """How long people work, and their least and most think time between pages, in seconds."""

    warm_up: float
    measured: float
    thinks: tuple[float, float]


class _Worker:
    """Somebody at work."""

    def __init__(self, number: int, plan: dict[str, Any], port: int) -> None:
        self.number, self.plan, self.port = number, plan, port
        self.connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
        self.opened: list[Opened] = []
        self.failure: Exception | None = None

    def work(self, hours: Hours) -> None:
        """Open page after page until the time is over."""
        dice, start = random.Random(self.number), time.perf_counter()
        try:
            for number, step in enumerate(cycle(self.plan["steps"])):
                at = time.perf_counter() - start
                if at > hours.warm_up + hours.measured:
                    return
                seconds, size = self._open(step, number)
                if at > hours.warm_up:
                    self.opened.append(Opened(step["name"], at, seconds, size))
                time.sleep(dice.uniform(*hours.thinks))
        except Exception as failure:  # raised again by the one who waits for this thread
            self.failure = failure

    def _open(self, step: dict[str, Any], number: int) -> tuple[float, int]:
        sent = _posting(f"架空-{self.number}-{time.time_ns()}") if step["sends"] else None
        begin = time.perf_counter()
        status, body = self._ask(step["path"], sent)
        seconds = time.perf_counter() - begin
        _check(step, status, body)
        return seconds, len(body)

    def _ask(self, path: str, sent: str | None) -> tuple[int, bytes]:
        """Send a request as the TLS-terminating proxy would, with its headers."""
        headers = {
            "Cookie": f"sessionid={self.plan['session']}; csrftoken={CSRF}",
            "X-Forwarded-Proto": "https",
        }
        if sent is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"https://{HOST}:{self.port}{path}",
                "X-CSRFToken": CSRF,
            }
        for attempt in range(2):
            try:
                self.connection.request("POST" if sent else "GET", path, sent, headers)
                answer = self.connection.getresponse()
                return answer.status, answer.read()
            except _AGAIN:
                self.connection.close()
                if attempt:
                    raise
        raise AssertionError


def _check(step: dict[str, Any], status: int, body: bytes) -> None:
    """Raise WrongAnswerError if it is not the complete requested page."""
    wanted = 302 if step["sends"] else 200
    whole = step["says"].encode() in body and body.rstrip().endswith((b"</html>", b"}"))
    if status != wanted or not (step["sends"] or whole):
        title = re.search(rb"<title>(.*?)</title>", body)
        raise WrongAnswerError(step["path"], status, title and title[1].decode())


def _posting(code: str) -> str:
    """Fill in a new posting."""
    filled = {
        "code": code,
        "job": "childcare_worker",
        "employment": "full_time",
        "role": "backup",
        "dedicated": "false",
        "main_rota": "true",
        "started_on": "2024-06-01",
        "reason": "架空 負荷の計測",
        "version": "1",
    }
    return urlencode(filled)


def at_work(people: Path, port: int, hours: Hours) -> list[Opened]:
    """Let everybody work simultaneously; return every page opened after the warm-up.

    Raises the first failure of a request.
    """
    plan = json.loads(people.read_text("utf-8"))
    workers = [_Worker(number, each, port) for number, each in enumerate(plan)]
    threads = [Thread(target=worker.work, args=(hours,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for worker in workers:
        if worker.failure:
            raise worker.failure
    return list(_all(workers))


def _all(workers: list[_Worker]) -> Iterator[Opened]:
    for worker in workers:
        yield from worker.opened
