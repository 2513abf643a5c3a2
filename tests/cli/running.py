"""Running the program: within the process, or as a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = Path(sys.executable).with_name("shokibo")
Json = dict[str, Any]


@dataclass(frozen=True)
class Ran:
    """How a run of the program ended and what it printed."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Json:
        """The one JSON document that is all of standard output."""
        found: Json = json.loads(self.out)
        return found


Cli = Callable[..., Ran]


def process(*arguments: object) -> Ran:
    """Run the program as a process of its own."""
    done = subprocess.run(
        [PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=600
    )
    return Ran(done.returncode, done.stdout, done.stderr)
