"""What is made for many authorities: the same bytes by 1, 2 and 8 workers, killed at random.

Real processes on PostgreSQL. They fork from one that has imported the program, so that many start
and die in the time that one takes to import it.
"""

import datetime as dt
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

from shokibo.planning.proposal.limits import Limits
from shokibo.web.needs import actions, tasks
from shokibo.web.needs.asked import ForecastAsked, ProposalAsked
from shokibo.web.needs.models import KINDS, Calculation
from tests.web.calculations import answered, kept, plan_of, proposal
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
DAY = dt.date(2022, 3, 31)
Made = dict[tuple[str, str], tuple[str, object, object]]


class Workers:
    """Worker processes on the test's database; those that live are killed in the end."""

    def __init__(self, folder: Path) -> None:
        self._chance, self._living = random.Random(1), list[int]()
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
        self.kill_all()
        self._process.communicate()

    def kill_all(self) -> None:
        """Kill those that live."""
        while self._living:
            os.kill(self._living.pop(), signal.SIGKILL)

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


def made(running: Workers, workers: int) -> Made:
    """Have everything made by so many workers, of which as many are killed.

    What was broken off twice is left to a person, who asks for it again.
    """
    asked = actions.ask_for_all(kinds=KINDS)
    for one in asked:
        tasks.leave(one)
    for _ in range(workers):
        running.start()
    for _ in range(workers):
        running.kill_one()
    while left := _unanswered(asked):
        asked = [one for one in asked if one.pk not in left]
        asked += [_waited_for(pk) for pk in left]
    running.kill_all()
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
    for _ in range(6000):
        row = Calculation.objects.get(pk=pk)
        if row.state == "failed":
            again = Calculation.objects.create(
                authority=row.authority, kind=row.kind, asked=row.asked
            )
            tasks.leave(again)
            return again
        if row.state != "waiting":
            return row
        time.sleep(0.1)
    raise AssertionError(f"{row} still waits")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="many processes are PostgreSQL's")
def test_1_2_and_8_workers_make_the_same_bytes_killed_at_random(
    committed_world: World, tmp_path: Path
) -> None:
    setagaya, officer = load_setagaya(committed_world), committed_world.people["officer"]
    plan_of(committed_world.other)
    forecast = ForecastAsked(as_of=DAY, to_year=2024, paths=1000, seed=1)
    kept(setagaya, officer, forecast, answer=answered())
    limits = Limits(to_year=2023, openings_per_year=1)
    kept(setagaya, officer, ProposalAsked(limits=limits), answer=proposal())
    with Workers(tmp_path) as running:
        one = made(running, 1)
        assert len(one) == 3 * len(KINDS)
        assert {state for state, _message, _answer in one.values()} == {"done", "refused"}
        assert {one[setagaya.code, kind][0] for kind in KINDS} == {"done"}
        assert made(running, 2) == one
        assert made(running, 8) == one
