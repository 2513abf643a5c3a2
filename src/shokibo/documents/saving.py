"""Put a finished document in its place, whole or not at all."""

import errno
import os
from pathlib import Path


def save(path: Path, content: bytes) -> None:
    """Write a file beside its place, then move it there; a file that was there is replaced.

    Raises OSError: FileNotFoundError naming the folder where that does not exist, and one
    naming the path where something other than a file stands there.
    """
    place = path.resolve()
    if not place.parent.is_dir():
        raise _error(errno.ENOENT, path.parent)
    if place.exists() and not place.is_file():
        raise _error(errno.EISDIR if place.is_dir() else errno.EEXIST, path)
    beside = place.with_name(f".{os.getpid()}.tmp")
    try:
        beside.write_bytes(content)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def _error(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))
