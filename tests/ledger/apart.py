"""Read a ledger in a process of its own, where it may do its worst.

Run as a program it reads the path given and prints what came of it as JSON.
"""

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

MEMORY = 6 << 30
SECONDS = 20
PATIENCE = 600
ENVIRONMENT = {"RUST_BACKTRACE": "0", "PYTHONPATH": os.pathsep.join(sys.path)}


@dataclass(frozen=True)
class Result:
    """What came of a reading: problems' codes and places, the seconds of work, the megabytes."""

    codes: list[str]
    places: list[str]
    seconds: float
    megabytes: int


def read_apart(path: Path, user: int | None = None) -> Result:
    """Read a ledger in another process; fail where that process dies or takes too long."""
    done = subprocess.run(
        [sys.executable, "-P", __file__, str(path), *([] if user is None else [str(user)])],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=ENVIRONMENT,
    )
    assert done.returncode == 0, done.stderr[-500:]
    return Result(**json.loads(done.stdout))


def main(path: Path, user: int | None) -> None:
    """Read, within bounds of memory, and print what came of it; as another user if one is given.

    Root reads the ledger once before it becomes that user, so that all modules are loaded.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    if user is not None:
        problems_of(path)
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
    begun = time.process_time()
    problems = problems_of(path)
    seconds = time.process_time() - begun
    sys.stdout.write(json.dumps({**problems, "seconds": seconds, "megabytes": peak()}))


def problems_of(path: Path) -> dict[str, list[str]]:
    """Read a ledger and give the codes and places of what stops the reading."""
    from shokibo.ledger.findings import UnreadableLedgerError
    from shokibo.ledger.reading import read_ledger

    try:
        read_ledger(path)
    except UnreadableLedgerError as refusal:
        found = refusal.problems
    else:
        found = []
    return {"codes": [p.code for p in found], "places": [p.place for p in found]}


def peak() -> int:
    """Return the most memory this process has held, in megabytes."""
    status = Path("/proc/self/status").read_text("utf-8").splitlines()
    held = next(line for line in status if line.startswith("VmHWM"))
    return int(held.split()[1]) // 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
