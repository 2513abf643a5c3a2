"""The guide to the pages (docs/web-guide.ja.md) by its sections, as the pages show them."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

_SOURCE = Path(__file__).with_name("guide.ja.markdown")
_LEVELS = {"h2": 2, "h3": 3}
_NOT_IN_A_SLUG = re.compile(r"[^\w\- ]")


@dataclass(frozen=True)
class Section:
    """A section of the guide: its place in it, from 1, its heading and its HTML."""

    number: int
    level: int
    heading: str
    html: str


@cache
def sections() -> tuple[Section, ...]:
    """Return the guide's chapters and their sections, in its order, without pictures.

    A link within the guide leads to the section's number; one to another document is its words.
    """
    reader = MarkdownIt("commonmark").enable("table")
    starts: list[tuple[int, str, list[Token]]] = []
    tokens = reader.parse(_SOURCE.read_text("utf-8"))
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag in _LEVELS:
            starts.append((_LEVELS[token.tag], tokens[at + 1].content, []))
        elif starts:
            starts[-1][2].append(token)
    numbers = {_slug(heading): number for number, (_, heading, _) in enumerate(starts, 1)}
    found = []
    for number, (level, heading, after) in enumerate(starts, 1):
        body = after[2:]  # what follows the heading's words and its end
        for token in body:
            token.children = _without_pictures(token.children or [], numbers)
        html = reader.renderer.render(_without_empty(body), reader.options, {})
        found.append(Section(number, level, heading, html))
    return tuple(found)


@cache
def section_of(heading: str) -> Section | None:
    """Return the section with a heading."""
    return next((one for one in sections() if one.heading == heading), None)


def _slug(heading: str) -> str:
    """Name a heading as the guide's own links name it."""
    return _NOT_IN_A_SLUG.sub("", heading.lower()).replace(" ", "-")


def _without_pictures(children: list[Token], numbers: dict[str, int]) -> list[Token]:
    kept, leads = [], False
    for child in children:
        if child.type == "link_open":
            number = numbers.get(unquote(str(child.attrs["href"])).removeprefix("#"))
            leads = number is not None
            child.attrs["href"] = f"../{number}/"
        if child.type == "image" or (child.type in ("link_open", "link_close") and not leads):
            continue
        kept.append(child)
    return kept


def _without_empty(body: list[Token]) -> list[Token]:
    """Leave out paragraphs that held a picture alone."""
    kept: list[Token] = []
    for token in body:
        is_empty = [one.type for one in kept[-2:]] == ["paragraph_open", "inline"]
        if token.type == "paragraph_close" and is_empty and not kept[-1].children:
            del kept[-2:]
        else:
            kept.append(token)
    return kept
