"""Read and mark an upload in a process of its own: whatever the file does, the pages go on."""

import math
import multiprocessing
import pickle
import resource
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from shokibo.documents.checked.marking import Mark, marked_workbook
from shokibo.ledger.findings import Finding
from shokibo.ledger.keys import ExternalIds
from shokibo.ledger.model import Ledger
from shokibo.ledger.model import empty_frame as empty
from shokibo.ledger.raw import TableSource
from shokibo.ledger.reading import Progress, Reading, read_rows
from shokibo.ledger.tables import BY_NAME
from shokibo.texts import Language
from shokibo.web.exchange.problems import ENTRIES

MOST_SECONDS = 180
"""So long a process may calculate; the largest ledger of all homes of the country takes 10."""
MOST_MEMORY = 4_000_000_000
"""So many bytes of address space it may ask for, most of which is never used."""
_MOST_SENT = 500_000_000
_PATIENCE = 2 * MOST_SECONDS
_LONGEST_NAME = 80
_NAME_BYTES = 240
"""A file system takes names of 255 bytes."""


def file_name(given: str | None) -> str:
    """Return an upload's own name: no folder, nothing that can't be shown, not too long."""
    name = PurePath((given or "").replace("\\", "/")).name
    shown = "".join(letter for letter in name if letter.isprintable())[-_LONGEST_NAME:]
    short = shown.encode()[-_NAME_BYTES:].decode(errors="ignore")
    return short.lstrip(".") or "upload.xlsx"


def read_isolated(
    name: str, content: bytes, known: ExternalIds, progress: Progress = lambda _: None
) -> Reading:
    """Read a workbook; where the reading itself dies or does not end, that is its problem."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / file_name(name)
        path.write_bytes(content)
        read = isolated(_read, (path, dict(known)), progress)
    if isinstance(read, Reading):
        return read
    finding = Finding(ENTRIES["FILE_UNREADABLE"], "", path.name, {"name": path.name})
    frames = {name: empty(table) for name, table in BY_NAME.items()}
    sources = {name: TableSource(table.sheet, is_sheet=True) for name, table in BY_NAME.items()}
    return Reading(Ledger(frames, dict(frames), sources), (finding,), 1, {})


def mark_isolated(content: bytes, marks: Sequence[Mark], language: Language) -> bytes | None:
    """Mark findings in a workbook; None where that can't be done."""
    marked = isolated(_mark, (content, tuple(marks), language))
    return marked if isinstance(marked, bytes) else None


def isolated(
    work: Callable[..., object], arguments: tuple[object, ...], progress: Progress = lambda _: None
) -> object:
    """Return what a function returns in a process of its own; None where it dies or does not end.

    `progress` is called with each text that the function sends by its last argument.
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
    """Work within limits of seconds, beyond those of the start of this process, and of memory."""
    with suppress(OSError):  # if memory runs out, this process goes first
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    seconds, memory = math.ceil(time.process_time()) + limits[0], limits[1]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    theirs.send(work(*arguments, theirs.send))


def _read(path: Path, known: ExternalIds, progress: Progress) -> Reading:
    return read_rows(path, progress, known)


def _mark(content: bytes, marks: Sequence[Mark], language: Language, _: Progress) -> bytes | None:
    try:
        return marked_workbook(content, marks, language)
    except ValueError:
        return None
