"""The file of a backup: lines of JSON, gzipped, and sealed unless its name says it is plain."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from shokibo.files import private, replacing
from shokibo.web.base.refusal import RefusedError
from shokibo.web.running.sealing import MAGIC, BrokenSealError, SealedReader, SealedWriter

_GZIP, _FORMER = b"\x1f\x8b", b"PK"
_LEVEL = 6
_LONGEST = 256 * 1024 * 1024
"""Bytes of a line: a file of 20 MB, the largest that a page takes, makes one of 27 MB."""


class DamagedError(Exception):
    """The file is not a backup, or not as it was written."""


@contextmanager
def writing(path: Path, passphrase: str | None) -> Iterator[Callable[[bytes], object]]:
    """Return what writes lines to a file that its owner alone may read; None writes it plain."""
    with replacing([path]) as (draft,), open(draft, "xb", opener=private) as file:
        sealed = None if passphrase is None else SealedWriter(file, passphrase)
        with gzip.GzipFile("", "wb", _LEVEL, sealed or file, mtime=0) as packed:
            yield packed.write
        if sealed is not None:
            sealed.finish()


@contextmanager
def reading(path: Path, passphrase: str | None) -> Iterator[Iterator[bytes]]:
    """Return the lines of a file, one at a time.

    Raises OSError, RefusedError if it is of the other kind, and, as late as at the last line,
    DamagedError.
    """
    with path.open("rb") as file:
        begins = file.read(len(MAGIC))
        file.seek(0)
        _check_kind(begins, path.name, is_plain=passphrase is None)
        source = file if passphrase is None else SealedReader(file, passphrase)
        with gzip.GzipFile(fileobj=source) as packed:
            yield _lines(packed, path.name)


def _check_kind(begins: bytes, name: str, *, is_plain: bool) -> None:
    if begins.startswith(_FORMER):
        raise RefusedError(
            f"「{name}」は以前の版の控え(zip)です。その版のプログラムで戻してから、"
            "新しい版にしてください。",
            f"{name} is a backup of a former version (zip). Restore it with that version, "
            "then upgrade.",
        )
    if begins.startswith(_GZIP) and not is_plain:
        raise RefusedError(
            f"「{name}」は暗号化されていない控えです。改ざんされていても分かりません。"
            "出所が確かなら --plain を付けて戻してください。何も戻していません。",
            f"{name} is not encrypted, so that nobody would notice if it was tampered with. "
            "Where you are sure of its origin restore it with --plain. Nothing was restored.",
        )
    if begins == MAGIC and is_plain:
        raise RefusedError(
            f"「{name}」は暗号化された控えです。--plain を外し、控えたときの合言葉を "
            "--passphrase-file か SHOKIBO_BACKUP_KEY で指定してください。何も戻していません。",
            f"{name} is encrypted. Leave --plain out, and give the passphrase it was made with by "
            "--passphrase-file or SHOKIBO_BACKUP_KEY. Nothing was restored.",
        )
    if not (begins.startswith(_GZIP) if is_plain else begins == MAGIC):
        raise DamagedError


def _lines(packed: gzip.GzipFile, name: str) -> Iterator[bytes]:
    try:
        while line := packed.readline(_LONGEST):
            if not line.endswith(b"\n"):
                raise DamagedError
            yield line
    except BrokenSealError as error:
        if error.is_first:
            raise RefusedError(
                f"「{name}」は、この合言葉では開けません。控えたときの合言葉か確かめてください。"
                "合言葉が正しければ、控えが壊れています。何も戻していません。",
                f"{name} does not open with this passphrase. Check that it is the one the backup "
                "was made with; if it is, the backup is damaged. Nothing was restored.",
            ) from error
        raise DamagedError from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DamagedError from error
