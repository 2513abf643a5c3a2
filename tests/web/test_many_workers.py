"""Files of many authorities: the same bytes by 1, 2 and 8 workers, killed at random.

Real processes on PostgreSQL. They fork from one that has imported the program, so that many start
and die in the time that one takes to import it.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import pytest
from django.db import connection

from shokibo.web.needs import actions, tasks
from shokibo.web.needs.models import FILED, Calculation
from tests.web.calculations import plan_of
from tests.web.killing import on_this_database
from tests.web.plans import load_setagaya
from tests.web.world import World

FORKING = """
import os, sys
from shokibo.web.running.setup import ready
ready()
from shokibo.web.running.worker import work
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        sys.stdin.close()
        work()
        os._exit(0)
    print(child, flush=True)
"""
Made = dict[tuple[str, str], tuple[str, object, object]]


class Workers:
    """Worker processes on the test's database; those that live are killed in the end."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._chance, self._living = random.Random(seed), list[int]()
        self._process = subprocess.Popen(
            [sys.executable, "-c", FORKING],
            env=on_this_database(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for pid in self._living:
            os.kill(pid, signal.SIGKILL)
        self._process.communicate()

    def start(self) -> None:
        """Start one more."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self._living.append(int(self._process.stdout.readline()))

    def kill_one(self) -> None:
        """Kill one at a random moment, whatever it is doing, and start another."""
        time.sleep(self._chance.uniform(0.05, 1))
        os.kill(self._living.pop(self._chance.randrange(len(self._living))), signal.SIGKILL)
        self.start()


def made(folder: Path, workers: int) -> Made:
    """Have everything made by so many workers, of which as many are killed.

    What was broken off twice is left to a person, who asks for it again.
    """
    with Workers(folder, seed=workers) as running:
        asked = actions.ask_for_all(kinds=FILED)
        for one in asked:
            tasks.start(one)
        for _ in range(workers):
            running.start()
        for _ in range(workers):
            running.kill_one()
        while left := _unanswered(asked):
            asked = [one for one in asked if one.pk not in left]
            asked += [_waited_for(pk) for pk in left]
    found = Calculation.objects.filter(pk__in=[one.pk for one in asked])
    return {
        (one.authority.code, one.kind): (one.state, one.message, one.answer)
        for one in found.select_related("authority")
    }


def _unanswered(asked: list[Calculation]) -> list[int]:
    rows = Calculation.objects.filter(pk__in=[one.pk for one in asked])
    return list(rows.filter(state__in=["waiting", "failed"]).values_list("pk", flat=True))


def _waited_for(pk: int) -> Calculation:
    """Wait for a calculation; where it was broken off, ask for it again."""
    for _ in range(1200):
        row = Calculation.objects.select_related("authority").get(pk=pk)
        if row.state == "failed":
            every = actions.ask_for_all(kinds=[row.kind])
            (again,) = (one for one in every if one.authority == row.authority)
            for one in every:
                tasks.start(one)
            return again
        if row.state != "waiting":
            return row
        time.sleep(0.1)
    raise AssertionError(f"{row} still waits")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="many processes are PostgreSQL's")
def test_1_2_and_8_workers_make_the_same_bytes_killed_at_random(
    committed_world: World, tmp_path: Path
) -> None:
    load_setagaya(committed_world)
    plan_of(committed_world.other)
    one = made(tmp_path, 1)
    assert len(one) == 3 * len(FILED)
    assert {state for state, _message, _answer in one.values()} == {"done", "refused"}
    assert made(tmp_path, 2) == one
    assert made(tmp_path, 8) == one
