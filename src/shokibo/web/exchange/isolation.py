"""Read and mark an import in a separate process."""

from collections.abc import Sequence
from pathlib import Path
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
from shokibo.web.base.isolation import file_name, isolated
from shokibo.web.exchange.problems import ENTRIES


def read_isolated(
    name: str, content: bytes, known: ExternalIds, progress: Progress = lambda _: None
) -> Reading:
    """Read a workbook; a reading process that dies or does not end is a problem of the workbook."""
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
    """Mark findings in a workbook; None if that can't be done."""
    marked = isolated(_mark, (content, tuple(marks), language))
    return marked if isinstance(marked, bytes) else None


def _read(path: Path, known: ExternalIds, progress: Progress) -> Reading:
    return read_rows(path, progress, known)


def _mark(content: bytes, marks: Sequence[Mark], language: Language, _: Progress) -> bytes | None:
    try:
        return marked_workbook(content, marks, language)
    except ValueError:
        return None
