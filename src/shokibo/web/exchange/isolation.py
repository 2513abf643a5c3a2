"""Read an upload in a process of its own: whatever the file does, the pages go on."""

import math
import multiprocessing
import pickle
import resource
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from shokibo.ledger.findings import Finding
from shokibo.ledger.keys import ExternalIds
from shokibo.ledger.model import Ledger
from shokibo.ledger.model import empty_frame as empty
from shokibo.ledger.raw import TableSource
from shokibo.ledger.reading import Progress, Reading, read_rows
from shokibo.ledger.tables import BY_NAME
from shokibo.web.exchange.problems import ENTRIES

MOST_SECONDS = 180
"""So long a reading may calculate; the largest ledger of all homes of the country takes 10."""
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
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe(duplex=False)
        limits = (MOST_SECONDS, MOST_MEMORY)
        process = spawn.Process(target=_read, args=(theirs, path, dict(known), limits), daemon=True)
        process.start()
        theirs.close()
        read = None
        end = time.monotonic() + _PATIENCE
        try:
            with suppress(EOFError, OSError):  # it died, or sends more than may be sent
                while read is None and ours.poll(max(end - time.monotonic(), 0)):
                    message = pickle.loads(ours.recv_bytes(_MOST_SENT))  # noqa: S301 - our own
                    if isinstance(message, Reading):
                        read = message
                    else:
                        progress(message)
        finally:
            process.kill()
            process.join()
            ours.close()
    if read is not None:
        return read
    finding = Finding(ENTRIES["FILE_UNREADABLE"], "", path.name, {"name": path.name})
    frames = {name: empty(table) for name, table in BY_NAME.items()}
    sources = {name: TableSource(table.sheet, is_sheet=True) for name, table in BY_NAME.items()}
    return Reading(Ledger(frames, dict(frames), sources), (finding,), 1, {})


def _read(theirs: Connection, path: Path, known: ExternalIds, limits: tuple[int, int]) -> None:
    """Read within limits of seconds, beyond those of the start of this process, and of memory."""
    with suppress(OSError):  # if memory runs out, this process goes first
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    seconds, memory = math.ceil(time.process_time()) + limits[0], limits[1]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    theirs.send(read_rows(path, theirs.send, known))
