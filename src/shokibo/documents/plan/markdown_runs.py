"""The runs of a paragraph, joined from the pieces that the parser finds."""

from collections.abc import Iterator
from dataclasses import dataclass

from shokibo.documents.blocks import Run


@dataclass(frozen=True)
class Piece:
    """A piece of a paragraph as found."""

    text: str
    bold: bool
    note: str = ""


def joined(pieces: list[Piece]) -> Iterator[Run]:
    """Join pieces of equal weight; a line break becomes a space only between Latin letters."""
    text, weight = "", False
    for index, piece in enumerate(pieces):
        shown = piece.text
        if shown == "\n":
            before = next((one.text for one in reversed(pieces[:index]) if one.text), "")
            after = next((one.text for one in pieces[index + 1 :] if one.text), "")
            latin = before and after and before[-1].isascii() and after[0].isascii()
            shown = " " if latin else ""
        if piece.note:
            yield Run(text, weight, piece.note)
            text = ""
            continue
        if piece.bold != weight and text:
            yield Run(text, weight)
            text = ""
        text, weight = text + shown, piece.bold
    if text:
        yield Run(text, weight)
