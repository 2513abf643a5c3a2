"""Read a ledger in a process of its own, where it may do its worst.

Run as a program it reads the path given and prints what came of it as JSON.
"""

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

MEMORY = 6 << 30
SECONDS = 20


@dataclass(frozen=True)
class Result:
    """What came of a reading: problems' codes and places, if any, its seconds and megabytes."""

    codes: list[str]
    places: list[str]
    seconds: float
    megabytes: int


def read_apart(path: Path, user: int | None = None) -> Result:
    """Read a ledger in another process; fail where that process dies or takes too long."""
    who = {"user": user, "group": user, "extra_groups": []} if user is not None else {}
    done = subprocess.run(
        [sys.executable, "-P", __file__, str(path)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        env={"RUST_BACKTRACE": "0", "PYTHONDONTWRITEBYTECODE": "1"},
        **who,  # type: ignore[call-overload]
    )
    assert done.returncode == 0, done.stderr[-500:]
    return Result(**json.loads(done.stdout))


def main(path: Path) -> None:
    """Read, within bounds of memory, and print what came of it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    from shokibo.ledger.findings import UnreadableLedgerError
    from shokibo.ledger.reading import read_ledger

    begun = time.perf_counter()
    codes, places = [], []
    try:
        read_ledger(path)
    except UnreadableLedgerError as refusal:
        codes = [problem.code for problem in refusal.problems]
        places = [problem.place for problem in refusal.problems]
    seconds = time.perf_counter() - begun
    result = {"codes": codes, "places": places, "seconds": seconds, "megabytes": peak()}
    sys.stdout.write(json.dumps(result))


def peak() -> int:
    """Give the most memory this process has held, in megabytes."""
    status = Path("/proc/self/status").read_text("ascii").splitlines()
    held = next(line for line in status if line.startswith("VmHWM"))
    return int(held.split()[1]) // 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]))
