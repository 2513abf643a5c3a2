"""The same bytes from one process, from several, and from a cluster of real processes."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.cli.running import process
from tests.need.records import recorded

ASKED = ("--paths", "1000", "--to", "2024", "--format", "json")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded(tmp_path_factory.mktemp("ledger"))


@pytest.fixture(scope="module")
def alone(ledger: Path) -> str:
    return process("forecast", ledger, *ASKED).out


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_processes_give_the_bytes_of_one(workers: int, ledger: Path, alone: str) -> None:
    ran = process("forecast", ledger, *ASKED, "--workers", workers)
    assert ran.status == 0, ran.err
    assert ran.out == alone


def test_a_cluster_gives_the_bytes_of_one(ledger: Path, alone: str, tmp_path: Path) -> None:
    with cluster(tmp_path) as address:
        ran = process("forecast", ledger, *ASKED, "--scheduler", address)
    assert ran.status == 0, ran.err
    assert ran.out == alone


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Run a scheduler and two workers as processes; yield the scheduler's address."""
    file = folder / "scheduler.json"
    commands = (
        ("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-show"),
        *[("dask_worker", "--nthreads", "1", "--local-directory", str(folder))] * 2,
    )
    with ExitStack() as stack:
        for name, *options in commands:
            started = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{name}", *options,
                 "--scheduler-file", str(file), "--no-dashboard"],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )  # fmt: skip
            stack.callback(started.wait)
            stack.callback(started.terminate)
            while not file.exists():
                assert started.poll() is None
                time.sleep(0.05)
        yield json.loads(file.read_text("utf-8"))["address"]


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere"])
def test_a_scheduler_that_does_not_answer_is_told(address: str, ledger: Path) -> None:
    ran = process("forecast", ledger, "--scheduler", address)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"shokibo: スケジューラー {address} につながりません")
    assert "Traceback" not in ran.err


def test_workers_and_a_cluster_at_once_are_refused(ledger: Path) -> None:
    ran = process("forecast", ledger, "--workers", "2", "--scheduler", "tcp://127.0.0.1:9")
    assert (ran.status, ran.out) == (2, "")
    assert "どちらか一つだけ" in ran.err
