"""Callers who send slowly or never end: they hold no thread, and others are answered."""

import json
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.web.installations import EMPTY, installed
from tests.web.test_running import SHOKIBO, _answer, _free_port

MANY = 40
"""More than there are threads, several times over."""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Serve the small installation; return its port."""
    port = _free_port()
    server = subprocess.Popen(
        [SHOKIBO, "serve", "--port", str(port)],
        env=installed(tmp_path_factory.mktemp("slow") / "var", EMPTY),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _answer(f"http://127.0.0.1:{port}/health/", server)
        yield port
    finally:
        server.terminate()
        server.communicate()


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        b"POST /account/login/ HTTP/1.1\r\nHost: localhost\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nlogin=",
    ],
    ids=["nothing", "half a head", "half a body"],
)
def test_many_slow_callers_block_nobody(port: int, sent: bytes) -> None:
    with ExitStack() as stack:
        for _ in range(MANY):
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            slow.sendall(sent)
        for slow_too in range(3):
            assert _health(port) == {"status": "ok", "database": "sqlite"}, slow_too


def _health(port: int) -> object:
    address = f"http://127.0.0.1:{port}/health/"
    with urllib.request.urlopen(address, timeout=600) as answer:
        return json.loads(answer.read())


def test_a_request_that_comes_in_pieces_is_answered(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=600) as slow:
        for piece in (b"GET /health/ HT", b"TP/1.1\r\nHost: local", b"host\r\n\r\n"):
            slow.sendall(piece)
            assert _health(port)
        assert slow.recv(100).startswith(b"HTTP/1.1 200 OK")
