"""Put a finished document in its place, whole or not at all."""

import errno
import os
from pathlib import Path
from secrets import token_hex


def save(path: Path, content: bytes) -> None:
    """Write a file beside its place, then move it there; a file that was there is replaced.

    Raises OSError with the path that can't be written, or the folder that does not exist.
    """
    place = path.resolve()
    if not place.parent.is_dir():
        raise _error(errno.ENOENT, path.parent)
    if place.exists() and not place.is_file():
        raise _error(errno.EISDIR if place.is_dir() else errno.EEXIST, path)
    beside = place.with_name(f".{token_hex(8)}.tmp")
    try:
        beside.write_bytes(content)
        beside.replace(place)
    except OSError as error:
        raise _error(error.errno or errno.EIO, path) from error
    finally:
        beside.unlink(missing_ok=True)


def _error(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))
