"""A process of its own that does a write, again and again, and is killed at the n-th statement.

The process imports the program once and forks for each try, before it has a connection or a
thread.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Self

from django.db import connection

from tests.web.test_running import _environment

ACTS = {
    "certify": (
        "row = Application.objects.get(state='proposed')\n"
        "take(CERTIFY, office=office('approver'), row=row, version=row.version)"
    ),
    "return": (
        "row = Application.objects.get(state='submitted')\n"
        "take(RETURN, office=office('officer'), row=row, version=row.version,"
        " values={'comments': {'unit': '修正'}})"
    ),
    "submit": (
        "row = Return.objects.get(state='draft')\n"
        "take(returns.SUBMIT, office=office('approver'), row=row, version=row.version,"
        " values={'letter_number': '1', 'letter_date': None, 'left_blank': {'letter_date'}})"
    ),
    "apply": "applying.apply(Run.objects.get(state='applying').pk)",
}
CHILD = """
import os, signal, sys, traceback
from shokibo.web.running.setup import ready
ready()
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from shokibo.web.accounts.access import access_of
from shokibo.web.accounts.models import Person
from shokibo.web.certification.models import Application
from shokibo.web.certification.transitions import CERTIFY, RETURN
from shokibo.web.exchange import actions as exchange, applying
from shokibo.web.exchange.models import Run
from shokibo.web.returns import actions as returns
from shokibo.web.returns.models import Return
from shokibo.web.steps.taking import take

def office(role):
    return access_of(Person.objects.get(email=f"{role}@example.jp")).office("990001")

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def at_commit(do):
    # of what the log tells; the progress before is committed by itself
    commit = BaseDatabaseWrapper.commit
    def committing(wrapper):
        do(commit, wrapper) if wrapper.run_on_commit else commit(wrapper)
    BaseDatabaseWrapper.commit = committing

def act(point):
    seen = 0
    def execute(run, *given):
        nonlocal seen
        seen += 1
        if str(seen) == point:
            die()
        return run(*given)
    def tell(*_):
        print(seen, flush=True)
        die()
    def commit_and_die(commit, wrapper):
        commit(wrapper)
        die()
    places = {"count": tell, "before the commit": die, "after the commit": commit_and_die}
    if point in places:
        at_commit(places[point])
    with connection.execute_wrapper(execute):
        exec(ACT)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        try:
            act(line.strip())
        finally:
            traceback.print_exc()
            os._exit(1)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Killed:
    """A process that does a write in forks of its own."""

    def __init__(self, act: str, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"ACT = {ACTS[act]!r}\n{CHILD}"],
            env=on_this_database(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def count(self) -> int:
        """Count the statements up to the commit."""
        self._send("count")
        count = self._answer()
        assert self._answer() == -signal.SIGKILL
        return count

    def act(self, point: int | str) -> int:
        """Do the write and be killed at the n-th statement, or at the commit; return the status."""
        self._send(str(point))
        return self._answer()

    def _send(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def _answer(self) -> int:
        assert self._process.stdout
        return int(self._process.stdout.readline())


def on_this_database(folder: Path) -> dict[str, str]:
    """Return the environment of a process on this test's database."""
    name = str(connection.settings_dict["NAME"])
    given = os.environ.get("DATABASE_URL", "")
    address = f"{given.rpartition('/')[0]}/{name}" if given else f"sqlite:///{name}"
    return {**_environment(folder), "DATABASE_URL": address, "SHOKIBO_TODAY": "2022-04-05"}
