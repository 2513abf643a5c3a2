"""Files written whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write to, which takes its place once it is whole.

    On any error nothing is left behind and an existing file stays as it was. Raises OSError
    where the folder does not exist or can't be written.
    """
    handle, name = tempfile.mkstemp(suffix=path.suffix, prefix=f".{path.stem}-", dir=path.parent)
    os.close(handle)
    written = Path(name)
    try:
        yield written
        written.chmod(0o644)
        written.replace(path)
    finally:
        written.unlink(missing_ok=True)
