"""The outline of the plan's document: its chapters and their sections, written as a text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shokibo.documents.blocks import Bullets, Item
from shokibo.documents.plan.markdown import Flaw, TextBlock
from shokibo.documents.plan.sections import IN_OUTLINE
from shokibo.texts import Text
from shokibo.wording import nearest

_NO_LIST = Text(
    "構成は、章の名前の箇条書き(-)と、その下の段の節の名前だけで書きます。",
    "An outline is one list (-) of chapters, with the names of sections on the level below.",
)
_NO_SECTION = Text(
    "「{name}」という節はありません。近い名前:{near}。",
    "There is no section “{name}”. Similar names: {near}.",
)
_TWICE = Text(
    "節「{name}」が2回あります。1回にしてください。",
    "Section “{name}” occurs twice; name it once.",
)
_ITEM = re.compile(r"\s*[-*+] ")


@dataclass(frozen=True)
class Chapter:
    """A chapter: its title and the keys of its sections."""

    title: str
    keys: tuple[str, ...]


def outline_of(blocks: Sequence[TextBlock]) -> tuple[Chapter, ...]:
    """Return the chapters of an outline without flaws."""
    return tuple(
        Chapter(_words(item), tuple(map(_words, item.items)))
        for block in blocks
        if isinstance(block, Bullets)
        for item in block.items
    )


def outline_flaws(source: str, blocks: Sequence[TextBlock]) -> Iterator[Flaw]:
    """Find the flaws of an outline, each with its line."""
    if any(not isinstance(block, Bullets) for block in blocks):
        yield Flaw(1, _NO_LIST)
        return
    lines = [number for number, line in enumerate(source.splitlines(), 1) if _ITEM.match(line)]
    items = [
        (name, is_section)
        for chapter in outline_of(blocks)
        for name, is_section in ((chapter.title, False), *((key, True) for key in chapter.keys))
    ]
    found: set[str] = set()
    for line, (name, is_section) in zip(lines, items, strict=False):
        if not is_section:
            continue
        if name not in IN_OUTLINE:
            yield Flaw(line, _NO_SECTION, {"name": name, "near": nearest(name, IN_OUTLINE)})
        elif name in found:
            yield Flaw(line, _TWICE, {"name": name})
        found.add(name)


def _words(item: Item) -> str:
    return "".join(run.text for run in item.runs)
