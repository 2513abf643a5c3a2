"""Measure what the tests cover: `python -m pytest -n auto -p tests.coverage`, a file a process.

A tracer is asked at every call in every library, which makes the tests half as slow again. Here
probes stand in the program's own code alone.
"""

import json
import os
from pathlib import Path

from slipcover import FileMatcher, ImportManager, Slipcover

SOURCE = "src/shokibo"
FOLDER = Path(".coverage")
NEVER = 2**31 - 1
"""Taking passed probes out again looks through all functions, and costs more than they do."""

worker = os.environ.get("PYTEST_XDIST_WORKER")
if worker:
    probes = Slipcover(branch=True, source=[SOURCE], d_miss_threshold=NEVER)
    ImportManager(probes, FileMatcher(sources=[SOURCE])).__enter__()


def pytest_sessionfinish() -> None:
    """Write what a worker's tests passed."""
    if worker:
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{os.getpid()}.json").write_text(json.dumps(probes.get_coverage()), "utf-8")
