"""Atomic file writing: all files of a command, or none."""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from secrets import token_hex


@contextmanager
def replacing(paths: Sequence[Path], folder: Path | None = None) -> Iterator[list[Path]]:
    """Yield a draft next to each path to write to; all are moved into place at the end.

    `folder` is created if it does not exist. On any error all files and folders are restored.
    Raises OSError with the path that can't be written, or the folder that does not exist.
    """
    with ExitStack() as undo:
        if folder is not None:
            above = (folder, *folder.parents)
            for missing in reversed([each for each in above if not each.exists()]):
                missing.mkdir()
                undo.callback(_remove_empty, missing)
            if not folder.is_dir():
                raise _error(errno.ENOTDIR, folder)
        places = [_place(path) for path in paths]
        for number, place in enumerate(places):
            if place in places[:number]:
                raise _error(errno.EEXIST, paths[number])
        drafts = [place.with_name(f".{token_hex(8)}{place.suffix}") for place in places]
        for draft in drafts:
            undo.callback(draft.unlink, missing_ok=True)
        try:
            yield drafts
            _move(list(zip(drafts, places, strict=True)))
        except OSError as error:
            shown = dict(zip(map(str, drafts), paths, strict=True))
            path = shown.get(str(error.filename), paths[-1] if paths else folder)
            raise _error(error.errno or errno.EIO, path or Path()) from error
        undo.pop_all()


def save_all(files: Sequence[tuple[Path, bytes]], folder: Path | None = None) -> None:
    """Write files, all or none, replacing existing ones. Raises as `replacing`."""
    with replacing([path for path, _ in files], folder) as drafts:
        for draft, (_, content) in zip(drafts, files, strict=True):
            draft.write_bytes(content)


def save(path: Path, content: bytes) -> None:
    """Write a file atomically, replacing an existing one. Raises as `replacing`."""
    save_all([(path, content)])


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _place(path: Path) -> Path:
    place = path.resolve()
    if not place.parent.is_dir():
        raise _error(errno.ENOENT, path.parent)
    if place.exists() and not place.is_file():
        raise _error(errno.EISDIR if place.is_dir() else errno.EEXIST, path)
    return place


def _move(moves: Sequence[tuple[Path, Path]]) -> None:
    """Move every draft into place; if one fails, what the earlier ones replaced is restored.

    The last is moved in one step, so a single file is never missing.
    """
    with ExitStack() as undo:
        for number, (draft, place) in enumerate(moves, start=1):
            old = draft.with_suffix(".old")
            if number < len(moves) and place.exists():
                place.replace(old)
                undo.callback(old.replace, place)
            elif number < len(moves):
                undo.callback(place.unlink, missing_ok=True)
            draft.replace(place)
        undo.pop_all()
    for draft, _ in moves:
        with suppress(OSError):
            draft.with_suffix(".old").unlink(missing_ok=True)


def private(path: str, flags: int) -> int:
    """Open a file, for `open(opener=…)`, that only its owner may read, whatever the umask."""
    return os.open(path, flags, 0o600)


def make_private(folder: Path) -> None:
    """Make a folder that only its owner may enter, or remove others' rights to it and its files.

    Files of other users are left as they are.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in (folder, *filter(Path.is_file, folder.iterdir())):
        with suppress(FileNotFoundError):  # a journal that its database removed
            if path.stat().st_uid == os.geteuid():
                path.chmod(path.stat().st_mode & 0o700)


def _error(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))
