"""A cluster of Dask: a scheduler and two workers, real processes of this machine."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

Process = subprocess.Popen[bytes]


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[Process]]]:
    """Run a scheduler and two workers; yield the scheduler's address and the workers."""
    file = folder / "scheduler.json"
    worker = ("dask_worker", "--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
    commands = (
        ("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-show"),
        *[worker] * 2,
    )
    running = []
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
            running.append(started)
            while not file.exists():
                assert started.poll() is None
                time.sleep(0.05)
        yield json.loads(file.read_text("utf-8"))["address"], running[1:]
