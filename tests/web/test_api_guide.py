"""The examples of the API's guide run as they are shown, against a server of the practice."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django.live_server_helper import LiveServer

from shokibo.web.accounts.models import Person
from shokibo.web.api.api import openapi
from shokibo.web.api.problems import KINDS
from shokibo.web.api.scopes import SCOPES
from shokibo.web.register.models import Authority
from shokibo.web.running.demo import prepare_demo
from tests.test_readme import agrees
from tests.web.calling import make_token

GUIDE = (Path(__file__).parents[2] / "docs" / "api.ja.md").read_text("utf-8")
_BLOCK = re.compile(r"^```(console|python)\n(.*?)^```\n(?:\n```\n(.*?)^```$)?", re.M | re.S)
TIMEOUT = 600


def _shown() -> Iterator[tuple[list[str], list[str]]]:
    """Return every example in order: what is run, and the lines it prints."""
    for kind, block, printed in _BLOCK.findall(GUIDE):
        if kind == "python":
            yield [sys.executable, "-c", block], printed.splitlines()
            continue
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *output = part.splitlines()
            yield ["bash", "-c", command], output


def test_the_examples_run_and_print_what_is_shown(committed: None, live_server: LiveServer) -> None:
    call_command("flush", interactive=False, verbosity=0)  # rows are numbered from 1
    prepare_demo()
    officer = Person.objects.get(email="officer@example.jp")
    environment = {
        **os.environ,
        "SHOKIBO": f"{live_server.url}/api/v1",
        "SHOKIBO_TOKEN": make_token(officer, Authority.objects.get(), tuple(SCOPES)),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONUTF8": "1",
    }
    examples = list(_shown())
    assert len(examples) > 8
    for words, output in examples:
        done = subprocess.run(
            words, capture_output=True, encoding="utf-8", env=environment, timeout=TIMEOUT
        )
        assert done.returncode == 0, done.stderr
        printed = re.sub(r'"next": "http[^"]*"', '"next": "…"', done.stdout).splitlines()
        assert agrees(tuple(output), [line.rstrip() for line in printed]), (words, done.stdout)
        assert printed != []


def test_the_guide_lists_every_address() -> None:
    listed = re.findall(r"^\| ([A-Z]+) \| `(/api/v1/\S+)` \| (.+) \|$", GUIDE, re.M)
    assert listed == [
        (method.upper(), path, operation["summary"])
        for path, methods in openapi()["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_guide_lists_every_problem() -> None:
    listed = re.findall(r"^\| (\d{3}) \| `([a-z-]+)` \|", GUIDE, re.M)
    assert listed == [(str(kind.status), kind.code) for kind in KINDS.values()]


@pytest.mark.parametrize("scope", SCOPES)
def test_the_guide_describes_every_scope(scope: str) -> None:
    assert f"| `{scope}` |" in GUIDE
