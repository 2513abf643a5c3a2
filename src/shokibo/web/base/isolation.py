"""Work on an upload in a separate process, so that no file can bring the pages down."""

import math
import multiprocessing
import pickle
import resource
import time
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path, PurePath

MOST_SECONDS = 180
"""CPU seconds that a process may use; the largest ledger of the whole country takes 10."""
MOST_MEMORY = 4_000_000_000
"""Bytes of address space that it may reserve, most of which is never used."""
_MOST_SENT = 500_000_000
_PATIENCE = 2 * MOST_SECONDS
_LONGEST_NAME = 80
_NAME_BYTES = 240
"""The longest file name that file systems allow is 255 bytes."""


def file_name(given: str | None) -> str:
    """Return an upload's name: without folder, printable, not too long."""
    name = PurePath((given or "").replace("\\", "/")).name
    kept = (one for one in name if one.isprintable() or unicodedata.category(one) == "Zs")
    shown = "".join(kept)[-_LONGEST_NAME:]
    short = shown.encode()[-_NAME_BYTES:].decode(errors="ignore")
    return short.lstrip(".") or "upload.xlsx"


def isolated(
    work: Callable[..., object],
    arguments: tuple[object, ...],
    progress: Callable[[str], None] = lambda _: None,
) -> object:
    """Call a function in a separate process; None if it dies or does not end.

    `progress` receives each text that the function passes to its last argument.
    """
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    limits = (MOST_SECONDS, MOST_MEMORY)
    process = spawn.Process(target=_run, args=(theirs, limits, work, arguments), daemon=True)
    process.start()
    theirs.close()
    end = time.monotonic() + _PATIENCE
    try:
        with suppress(EOFError, OSError):  # it died, or sends more than may be sent
            while ours.poll(max(end - time.monotonic(), 0)):
                message = pickle.loads(ours.recv_bytes(_MOST_SENT))  # noqa: S301 - our own
                if not isinstance(message, str):
                    return message
                progress(message)
    finally:
        process.kill()
        process.join()
        ours.close()
    return None


def _run(
    theirs: Connection,
    limits: tuple[int, int],
    work: Callable[..., object],
    arguments: tuple[object, ...],
) -> None:
    """Work within limits of CPU seconds (beyond those of this process's start) and memory."""
    with suppress(OSError):  # if memory runs out, this process goes first
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    seconds, memory = math.ceil(time.process_time()) + limits[0], limits[1]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    theirs.send(work(*arguments, theirs.send))
