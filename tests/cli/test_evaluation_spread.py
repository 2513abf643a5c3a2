"""A nation is judged alike by one process, by several, and by a cluster that loses a worker."""

import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest
from distributed import Client

from benchmarks.nation import nation
from shokibo.answers import plain
from shokibo.law.day_evaluation import day_evaluation
from shokibo.law.evaluate import evaluate
from shokibo.law.own_law import law_of
from shokibo.law.parameters import national_law
from shokibo.law.spread import evaluation_in_parts
from shokibo.ledger.model import ledger_of
from shokibo.ledger.writing import write_folder
from tests.cli.cluster import cluster
from tests.cli.running import PROGRAM, process
from tests.reference.compare import random_ledger
from tests.reference.generate import boundary_days

ASKED = ("--as-of", "2022-10-01", "--format", "json")
AUTHORITIES = 6


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small nation, in which somebody works for two authorities' homes."""
    folder = tmp_path_factory.mktemp("nation")
    frames = nation(1, AUTHORITIES, 12, 24, 120, 2022, years=1)
    home, other = (frames["homes"].row(place, named=True) for place in (0, -1))
    assert home["authority_code"] != other["authority_code"]
    whose = frames["staff"].filter(
        pl.col("home_id") == home["home_id"], employment="full_time", role="care"
    )
    twice = whose.head(1).with_columns(
        home_id=pl.lit(other["home_id"]), unit_id=pl.lit(None, pl.String), role=pl.lit("backup")
    )
    frames |= {"staff": pl.concat([frames["staff"], twice])}
    write_folder(ledger_of(frames), folder, "parquet")
    return folder


@pytest.fixture(scope="module")
def alone(ledger: Path) -> str:
    return process("evaluate", ledger, *ASKED).out


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_processes_give_the_bytes_of_one(workers: int, ledger: Path, alone: str) -> None:
    ran = process("evaluate", ledger, *ASKED, "--workers", workers)
    assert ran.status == 0, ran.err
    assert ran.out == alone


def test_a_cluster_that_loses_a_worker_gives_the_bytes_of_one(
    ledger: Path, alone: str, tmp_path: Path
) -> None:
    with cluster(tmp_path) as (address, workers), Client(address) as watching:
        watching.wait_for_workers(2)
        command = [str(PROGRAM), "evaluate", str(ledger), *ASKED, "--scheduler", address]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
            while not all(watching.processing().values()):
                assert running.poll() is None
                time.sleep(0.02)
            workers[0].kill()
            out, _ = running.communicate(timeout=300)
    assert running.returncode == 0
    assert out == alone


def test_parts_are_judged_as_the_whole() -> None:
    parted = 0
    for seed in range(40):
        tables, ledger = random_ledger(seed)
        if ledger["homes"]["authority_code"].n_unique() < 2:
            continue
        law, day = law_of(ledger, national_law()), boundary_days(tables)[seed]
        whole = day_evaluation(evaluate(ledger, law, [day]), law, day, "ja")
        with ThreadPoolExecutor(1) as executor:
            assert plain(evaluation_in_parts(ledger, law, day, "ja", executor)) == plain(whole)
        parted += 1
    assert parted


def test_a_ledger_without_a_home_is_judged_too() -> None:
    _, ledger = random_ledger(0)
    empty = type(ledger)({name: frame.clear() for name, frame in ledger.tables.items()})
    day = national_law().texts[-1].published_on
    with ThreadPoolExecutor(1) as executor:
        answer = evaluation_in_parts(empty, national_law(), day, "ja", executor)
    assert (answer.units, answer.homes) == ([], [])
