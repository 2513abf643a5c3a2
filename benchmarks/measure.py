"""How everything is measured: fresh processes, the best of several runs, peak memory.

`python -m benchmarks.measure MODULE:FUNCTION PATH` runs one task on a file or folder and prints its
figures as JSON. The process that starts tasks stays small, since a child's peak memory begins at
its parent's.
"""

import gc
import importlib
import json
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import TypeAlias

Figures: TypeAlias = dict[str, float]
Task: TypeAlias = Callable[[str], Figures]
Measured: TypeAlias = tuple[Figures, float]

ROOT = Path(__file__).parents[1]
KIB_IN_MB = 1024
ROUNDS = 2


@dataclass(frozen=True)
class Result:
    """One line of the report. Times in seconds, memory in MB.

    `reference` is the time of `peer`, taken in the same run. An aim that is None was not set.
    """

    name: str
    seconds: float
    peer: str
    reference: float
    peak_mb: float
    command: str
    aim_seconds: float | None = None
    aim_mb: float | None = None
    aim_speed: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def speed(self) -> float:
        """How many times as fast as the reference."""
        return self.reference / self.seconds

    @property
    def met(self) -> bool | None:
        """Return whether all aims are met; None if there is none."""
        reached = []
        if self.aim_seconds is not None:
            reached.append(self.seconds <= self.aim_seconds)
        if self.aim_mb is not None:
            reached.append(self.peak_mb <= self.aim_mb)
        if self.aim_speed is not None:
            reached.append(self.speed >= self.aim_speed)
        return all(reached) if reached else None

    def show(self) -> None:
        """Print the line, with its notes."""
        print(
            f"{self.name}: {self.seconds:.3f} s, {self.peer} {self.reference:.3f} s, "
            f"{self.speed:.2f} times as fast, peak {self.peak_mb:.0f} MB"
        )
        for note in self.notes:
            print(f"  {note}")


@dataclass(frozen=True)
class Finished:
    """A process that has ended: its wall time, its peak memory, what it printed."""

    seconds: float
    peak_mb: float
    output: bytes
    errors: bytes


def run(*command: str, environment: Mapping[str, str] | None = None) -> Finished:
    """Run a command to its end. Raises RuntimeError, with its messages, where it fails."""
    with TemporaryFile() as output, TemporaryFile() as errors:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=errors, cwd=ROOT, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        messages = errors.read()
        if process.returncode:
            raise RuntimeError(f"{shlex.join(command)}\n{messages.decode()}")
        return Finished(seconds, usage.ru_maxrss / KIB_IN_MB, output.read(), messages)


def fresh(task: Task, about: str) -> Measured:
    """Run a task in a process of its own; return its figures, and the peak memory in MB."""
    name = f"{task.__module__}:{task.__name__}"
    done = run(sys.executable, "-m", "benchmarks.measure", name, about)
    return json.loads(done.output), done.peak_mb


def in_turn(*tasks: Task, about: str) -> list[Measured]:
    """Run tasks alternately, twice each, so that disturbances affect all.

    Return for each task the minimum of every figure, and the most memory.
    """
    rounds = [[fresh(task, about) for task in tasks] for _ in range(ROUNDS)]
    return [
        (
            {name: min(figures[name] for figures, _ in of_task) for name in of_task[0][0]},
            max(peak for _, peak in of_task),
        )
        for of_task in zip(*rounds, strict=True)
    ]


def best(times: int, call: Callable[[], object]) -> float:
    """Return the shortest of several runs of a call, in seconds."""
    taken = []
    for _ in range(times):
        gc.collect()
        begin = time.perf_counter()
        call()
        taken.append(time.perf_counter() - begin)
    return min(taken)


def main() -> None:
    """Run the task named on the command line and print its figures."""
    module, function = sys.argv[1].split(":")
    task = getattr(importlib.import_module(module), function)
    print(json.dumps(task(sys.argv[2])))


if __name__ == "__main__":
    main()
