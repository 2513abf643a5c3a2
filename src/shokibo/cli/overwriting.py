"""No command writes over what it reads: a ledger is often the only one."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import is_dataclass
from pathlib import Path

from shokibo.cli.options import ArgumentError
from shokibo.texts import Language, Text

WRITTEN_TO = frozenset({"output", "pdf", "notes", "charts", "chart"})
"""The parameters, of all commands, whose paths are written to; all other paths are read."""

_SAME = Text(
    "書き出す先「{path}」は、読み込む「{read}」と同じものです。"
    "元の内容が失われないよう、別の名を指定してください。",
    "{path} is what is read ({read}), which would be lost; name another place to write to.",
)


def require_elsewhere(arguments: Mapping[str, object], language: Language) -> list[Path]:
    """Return what a command's arguments have it read.

    Raises ArgumentError if they have it write over that.
    """
    paths = [*_paths(arguments)]
    read = [path for name, path in paths if name not in WRITTEN_TO]
    refuse_overwriting(read, [path for name, path in paths if name in WRITTEN_TO], language)
    return read


def refuse_overwriting(read: Iterable[Path], written: Iterable[Path], language: Language) -> None:
    """Raise ArgumentError if one is the other, however it is spelled: a link, `./`, `..`."""
    sources = [*read]
    for path in written:
        for source in sources:
            if _is_same(path, source):
                raise ArgumentError(_SAME.say(language, path=path, read=source))


def _paths(arguments: Mapping[str, object]) -> Iterator[tuple[str, Path]]:
    for name, value in arguments.items():
        if is_dataclass(value):
            yield from _paths(vars(value))
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Path):
                yield name, one


def _is_same(path: Path, source: Path) -> bool:
    with suppress(OSError):  # one that does not exist is no other
        return path.samefile(source)
    return False
