"""Read an upload in a process of its own: whatever the file does, the pages go on."""

import multiprocessing
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from shokibo.ledger.findings import Finding
from shokibo.ledger.keys import Known
from shokibo.ledger.model import Ledger
from shokibo.ledger.model import empty_frame as empty
from shokibo.ledger.raw import Source
from shokibo.ledger.reading import Progress, Reading, read_rows
from shokibo.ledger.tables import BY_NAME
from shokibo.web.exchange import problems

MOST_SECONDS = 600
_LONGEST_NAME = 80
_NAME_BYTES = 240
"""A file system takes names of 255 bytes."""


def file_name(given: str | None) -> str:
    """Give an upload's own name: no folder, nothing that can't be shown, not too long."""
    name = PurePath((given or "").replace("\\", "/")).name
    shown = "".join(letter for letter in name if letter.isprintable())[-_LONGEST_NAME:]
    short = shown.encode()[-_NAME_BYTES:].decode(errors="ignore")
    return short.lstrip(".") or "upload.xlsx"


def read_apart(
    name: str, content: bytes, known: Known, progress: Progress = lambda _: None
) -> Reading:
    """Read a workbook; where the reading itself dies or does not end, that is its problem."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / file_name(name)
        path.write_bytes(content)
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe(duplex=False)
        process = spawn.Process(target=_read, args=(theirs, path, dict(known)), daemon=True)
        process.start()
        theirs.close()
        try:
            read = _received(ours, progress)
        finally:
            process.kill()
            process.join()
            ours.close()
    return read or _stopped(path)


def _received(ours: Connection, progress: Progress) -> Reading | None:
    """Follow the reading to its end; None where it died or took too long."""
    with suppress(EOFError):
        while ours.poll(MOST_SECONDS):
            told = ours.recv()
            if isinstance(told, Reading):
                return told
            progress(told)
    return None


def _read(theirs: Connection, path: Path, known: Known) -> None:
    with suppress(OSError):  # if memory runs out, this process goes first
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    theirs.send(read_rows(path, theirs.send, known))


def _stopped(path: Path) -> Reading:
    finding = Finding(problems.FILE_UNREADABLE, "", path.name, {"name": path.name})
    frames = {name: empty(table) for name, table in BY_NAME.items()}
    sources = {name: Source(table.sheet, is_sheet=True) for name, table in BY_NAME.items()}
    return Reading(Ledger(frames, dict(frames), sources), (finding,), {})
