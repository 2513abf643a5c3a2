"""The same bytes from one process, from several, and from a cluster of real processes."""

from pathlib import Path

import pytest

from tests.cli.cluster import cluster
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
    with cluster(tmp_path) as (address, _):
        ran = process("forecast", ledger, *ASKED, "--scheduler", address)
    assert ran.status == 0, ran.err
    assert ran.out == alone


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere"])
def test_a_scheduler_that_does_not_answer_is_reported(address: str, ledger: Path) -> None:
    ran = process("forecast", ledger, "--scheduler", address)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"shokibo: スケジューラー {address} につながりません")
    assert "Traceback" not in ran.err


def test_workers_together_with_a_cluster_are_refused(ledger: Path) -> None:
    ran = process("forecast", ledger, "--workers", "2", "--scheduler", "tcp://127.0.0.1:9")
    assert (ran.status, ran.out) == (2, "")
    assert "どちらか一つだけ" in ran.err
