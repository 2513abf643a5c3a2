"""Files written whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write to, which takes its place once it is whole.

    On any error nothing is left behind and an existing file stays as it was. Raises OSError with
    the path that can't be written, or the folder that does not exist.
    """
    place = path.resolve()
    if not place.parent.is_dir():
        raise _error(errno.ENOENT, path.parent)
    if place.exists() and not place.is_file():
        raise _error(errno.EISDIR if place.is_dir() else errno.EEXIST, path)
    beside = place.with_name(f".{token_hex(8)}{path.suffix}")
    try:
        yield beside
        beside.replace(place)
    except OSError as error:
        raise _error(error.errno or errno.EIO, path) from error
    finally:
        beside.unlink(missing_ok=True)


def save(path: Path, content: bytes) -> None:
    """Write a file whole; one that was there is replaced. Raises OSError as `replacing` does."""
    with replacing(path) as beside:
        beside.write_bytes(content)


def _error(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))
