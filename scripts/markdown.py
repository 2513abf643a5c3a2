"""Markdown of the generated pages: tables, texts in both languages, anchors."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from shokibo.texts import Text

_MADE_BY = "<!-- Made by `make docs`; do not edit. -->"


def page(lines: Iterable[str]) -> str:
    """Join the lines of a generated page."""
    return "\n".join([_MADE_BY, *lines]).rstrip() + "\n"


def table_lines(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Write a table and a blank line after it."""
    yield "| " + " | ".join(headers) + " |"
    yield "|" + "---|" * len(headers)
    for row in rows:
        yield "| " + " | ".join(_cell(value) for value in row) + " |"
    yield ""


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return text.strip().replace("|", "\\|").replace("\n", "<br>")


def both(text: Text | Mapping[str, str]) -> str:
    """Return a text in both languages, Japanese first."""
    ja, en = (text.ja, text.en) if isinstance(text, Text) else (text["ja"], text["en"])
    return "<br>".join(part for part in (ja, en) if part)


def unmarked(words: str) -> str:
    """Leave out how a text's values are written: {day:day} is {day}, {count:row|rows} is rows."""
    return re.sub(r"\{(\w+):\w+\}", r"{\1}", re.sub(r"\{\w+:[^|}]*\|([^}]*)\}", r"\1", words))


def slug(heading: str) -> str:
    """Return the anchor that GitHub makes of a heading."""
    allowed = (c for c in heading.strip().lower() if c.isalnum() or c in "-_ " or _combines(c))
    return "".join(allowed).replace(" ", "-")


def _combines(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Mc")
