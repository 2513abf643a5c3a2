"""What a document prints must be in its fonts; otherwise it is refused before it is drawn.

That holds for every format. A PDF embeds its fonts; a reader's Word or Excel would draw characters
that they lack (外字, emoji, U+FFFD) as a box, or as another character.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from shokibo.characters import label, unprintable
from shokibo.texts import Language, Text

UNPRINTABLE = Text(
    "印刷できない文字があります:{characters}。かなや別の漢字に修正してください。",
    "It can't be printed: {characters}. Write it with other characters.",
)
_HEAD = Text(
    "印刷できない文字があるため、作成しません。",
    "Nothing was made: some characters can't be printed.",
)
_LINE = Text("{where}「{text}」:{characters}", "{where}, {text}: {characters}")
_HINT = Text("かなや別の漢字に修正してください。", "Write them with other characters.")
_LONGEST = 60  # characters of a text that a message repeats


@dataclass(frozen=True)
class Unprintable:
    """A text that can't be printed, and its place in the document."""

    where: Text
    text: str

    @property
    def shown(self) -> str:
        """As much of it as fits a line, starting where it can't be printed."""
        line = self.text.replace("\n", " ")
        if len(line) <= _LONGEST:
            return line
        first = unprintable(line)[0][0]
        start = max(first - _LONGEST // 2, 0)
        return f"…{line[start : start + _LONGEST]}…"

    @property
    def characters(self) -> str:
        """Its characters that the fonts lack, each once."""
        return named_characters(self.text)


class UnprintableError(ValueError):
    """A document has texts with characters that its fonts lack."""

    def __init__(self, texts: Iterable[Unprintable]) -> None:
        self.texts = tuple(texts)
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """Name every text with its place and characters, and say what to do."""
        lines = [
            _LINE.say(
                language,
                where=one.where.say(language),
                text=one.shown,
                characters=one.characters,
            )
            for one in self.texts
        ]
        return "\n".join([_HEAD.say(language), *lines, _HINT.say(language)])


def named_characters(text: str) -> str:
    """Name a text's unprintable characters, each once; blank if there are none."""
    return "、".join(dict.fromkeys(label(character) for _, character in unprintable(text)))


def require_printable(parts: Iterable[tuple[Text, object]]) -> None:
    """Raise UnprintableError for all of a document's unprintable texts at once.

    Each part is the name of a place, and a text, or a dataclass or collection of texts.
    """
    found = [
        Unprintable(where, text)
        for where, part in parts
        for text in _texts(part)
        if unprintable(text)
    ]
    if found:
        raise UnprintableError(dict.fromkeys(found))


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif is_dataclass(part):
        for each in fields(part):
            yield from _texts(getattr(part, each.name))
    elif isinstance(part, Mapping):
        yield from _texts(tuple(part.values()))
    elif isinstance(part, list | tuple):
        for each in part:
            yield from _texts(each)
